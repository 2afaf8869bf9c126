"""Groups and countries of speakers, by lists of words that one can edit."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mediakit.errors import MediakitError
from mediakit.text.actors import actor_names
from mediakit.text.voices_words import read_lists

UNKNOWN = "unknown"
CAPITAL = re.compile(r"(?<![\w-])\w+")


@dataclass(frozen=True)
class People:
    """How speakers are put into groups and countries: lists, compiled."""

    groups: dict[str, re.Pattern]
    countries: dict[str, str]
    firsts: dict[str, tuple[str, ...]]

    def group_of(self, description: str) -> str:
        """Return the group whose words come first; "anonymous" before all others."""
        best, at = UNKNOWN, len(description)
        for group, pattern in self.groups.items():
            found = pattern.search(description)
            if found and group == "anonymous":
                return group
            if found and found.start() < at:
                best, at = group, found.start()
        return best

    def country_of(self, description: str) -> str | None:
        """Return the actor named first in a description."""
        for found in CAPITAL.finditer(description):
            for name in self.firsts.get(found.group(), ()):
                after = found.start() + len(name)
                whole = not description[after : after + 1].isalnum()
                if whole and description.startswith(name, found.start()):
                    return self.countries[name]
        return None


def read_people(speakers=None, actors=None) -> People:
    """Return the lists of groups and actors, given or ours."""
    if speakers is None and actors is None:
        return _ours()
    return _people(speakers, actors)


@lru_cache(maxsize=1)
def _ours() -> People:
    return _people(None, None)


def _people(speakers, actors) -> People:
    groups = {}
    for group, patterns in read_lists(speakers, "speakers.yaml", "speakers").items():
        if isinstance(patterns, str):
            patterns = [patterns]
        try:
            groups[str(group)] = re.compile(
                "|".join(f"(?:{one})" for one in patterns), re.IGNORECASE
            )
        except (re.error, TypeError) as error:
            raise MediakitError(
                f"`speakers`: the words of {group!r} must be a list of regular "
                f"expressions, got {patterns!r}: {error}"
            ) from error
    countries = {
        name: actor
        for actor, several in actor_names(actors).items()
        for name in several
    }
    firsts: dict[str, tuple[str, ...]] = {}
    for name in sorted(countries, key=len, reverse=True):
        word = CAPITAL.match(name)
        key = word.group() if word else name
        firsts[key] = (*firsts.get(key, ()), name)
    anonymous = {"anonymous": groups.pop("anonymous")} if "anonymous" in groups else {}
    return People({**anonymous, **groups}, countries, firsts)
