"""Groups and countries of speakers, by lists of words that one can edit."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mediakit.errors import MediakitError
from mediakit.text.actors import actor_names
from mediakit.text.voices_words import read_lists

UNKNOWN, ANONYMOUS = "unknown", "anonymous"
FIRST_WORD = re.compile(r"(?<![\w-])\w+")


@dataclass(frozen=True)
class NamedActors:
    """Actors by their names, and the names by their first words, longest first."""

    owners: dict[str, str]
    firsts: dict[str, tuple[str, ...]]

    def first(self, words: str) -> str | None:
        """Return the actor that is named first."""
        for found in FIRST_WORD.finditer(words):
            for name in self.firsts.get(found.group(), ()):
                after = found.start() + len(name)
                whole = not words[after : after + 1].isalnum()
                if whole and words.startswith(name, found.start()):
                    return self.owners[name]
        return None


@dataclass(frozen=True)
class People:
    """How speakers are put into groups and countries: lists, compiled."""

    groups: dict[str, re.Pattern]
    actors: NamedActors

    def group_of(self, description: str) -> str:
        """Return the group whose words come first; "anonymous" before all others."""
        best, at = UNKNOWN, len(description)
        for group, pattern in self.groups.items():
            found = pattern.search(description)
            if found and group == ANONYMOUS:
                return group
            if found and found.start() < at:
                best, at = group, found.start()
        return best


@lru_cache(maxsize=1)
def _our_actors() -> NamedActors:
    return _named(None)


@lru_cache(maxsize=1)
def _our_groups() -> dict[str, re.Pattern]:
    return _groups(None)


def read_actors(given=None) -> NamedActors:
    """Return the actors of a file or a dict, or those that come with us."""
    return _our_actors() if given is None else _named(given)


def read_people(speakers=None, actors=None) -> People:
    """Return the lists of groups and actors, given or ours."""
    groups = _our_groups() if speakers is None else _groups(speakers)
    return People(groups, read_actors(actors))


def _named(given) -> NamedActors:
    owners = {
        name: actor for actor, names in actor_names(given).items() for name in names
    }
    firsts: dict[str, tuple[str, ...]] = {}
    for name in sorted(owners, key=len, reverse=True):
        word = FIRST_WORD.match(name)
        key = word.group() if word else name
        firsts[key] = (*firsts.get(key, ()), name)
    return NamedActors(owners, firsts)


def _groups(given) -> dict[str, re.Pattern]:
    groups = {}
    for group, patterns in read_lists(given, "speakers.yaml", "speakers").items():
        several = [patterns] if isinstance(patterns, str) else patterns
        try:
            joined = "|".join(f"(?:{one})" for one in several)
            groups[str(group)] = re.compile(joined, re.IGNORECASE)
        except (re.error, TypeError) as error:
            raise MediakitError(
                f"`speakers`: the words of {group!r} must be a list of regular "
                f"expressions, got {patterns!r}: {error}"
            ) from error
    first = {ANONYMOUS: groups.pop(ANONYMOUS)} if ANONYMOUS in groups else {}
    return {**first, **groups}
