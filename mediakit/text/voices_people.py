"""Groups and countries of speakers, by lists of words that one can edit."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mediakit.errors import MediakitError
from mediakit.text.actors import actor_names
from mediakit.text.voices_words import read_lists

UNKNOWN, ANONYMOUS, OFFICIAL = "unknown", "anonymous", "official"
ESCAPED = re.compile(r"(?P<kept>\\.)|[^\W\d_]")
NAMED_LETTER = re.compile(r"\(\?P|\\[NxuU]")
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
        description = _lowered(description)
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


def _lowered(text: str) -> str:
    """Return a text in lower case, letter for letter."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _any_case(pattern: str) -> re.Pattern:
    """Compile a pattern for lowered texts: a quarter of the time of any case."""
    compiled = re.compile(pattern, re.IGNORECASE)
    if NAMED_LETTER.search(pattern):
        return compiled
    lowered = ESCAPED.sub(lambda one: one["kept"] or one.group().lower(), pattern)
    return re.compile(lowered)


def _groups(given) -> dict[str, re.Pattern]:
    groups = {}
    for group, patterns in read_lists(given, "speakers.yaml", "speakers").items():
        several = [patterns] if isinstance(patterns, str) else patterns
        try:
            joined = "|".join(f"(?:{one})" for one in several)
            groups[str(group)] = _any_case(joined)
        except (re.error, TypeError) as error:
            raise MediakitError(
                f"`speakers`: the words of {group!r} must be a list of regular "
                f"expressions, got {patterns!r}: {error}"
            ) from error
    first = {ANONYMOUS: groups.pop(ANONYMOUS)} if ANONYMOUS in groups else {}
    return {**first, **groups}


def learn(described: Iterable[tuple]) -> dict[tuple, Counter]:
    """Count the groups and the countries that full names are given.

    `described` has (speaker, group, country) of each voice.
    """
    counts: dict[tuple, Counter] = {}
    for speaker, group, country in described:
        if speaker and " " in speaker:
            for column, value in (("group", group), ("country", country)):
                if value not in (None, UNKNOWN):
                    counts.setdefault((speaker, column), Counter())[value] += 1
    return counts


def usual(counts: dict[tuple, Counter]) -> dict[tuple, str]:
    """Return the value that a name is given most often, the first of equals."""
    return {
        key: min(count, key=lambda value: (-count[value], value))
        for key, count in counts.items()
    }


def placed(speaker, group, country, home, most: dict[tuple, str]) -> tuple:
    """Return group and country as other articles fill them in, told apart by home."""
    if group == UNKNOWN:
        group = most.get((speaker, "group"), UNKNOWN)
    country = country or most.get((speaker, "country"))
    if group == OFFICIAL and country and isinstance(home, str):
        group = f"{'home' if country == home else 'other'} {OFFICIAL}"
    return group, country
