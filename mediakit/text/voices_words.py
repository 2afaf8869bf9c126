"""Verbs that report speech and words that describe speakers, as editable lists."""

import os
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial

import yaml

from mediakit.errors import MediakitError
from mediakit.resources import folder
from mediakit.text.starts import Starts

VOWELS = frozenset("aeiou")
WORD = re.compile(r"(?<![\w-])[A-Za-z]+(?![\w-])")


@dataclass(frozen=True)
class VoiceVerbs:
    """Reporting verbs: the base form of each form, the class of each base form."""

    bases: dict[str, str]
    classes: dict[str, str]
    clause: frozenset[str]
    only_quoting: frozenset[str]
    sources: tuple[str, ...]
    firsts: dict[str, tuple[str, ...]]
    starts: Starts = field(repr=False)

    def find(
        self, text: str, places: list[int], start: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """Yield the spans of all forms of reporting verbs, the longest at a place.

        `places` are those of ``starts.places(text)``; what lies between `start` and
        `end` counts.
        """
        first_of, after_last = bisect_left(places, start), bisect_left(places, end)
        for first in places[first_of:after_last]:
            found = WORD.match(text, first, end)
            for form in self.firsts[found.group().lower()]:
                after = first + len(form)
                if after == found.end():
                    yield first, after
                    break
                same = text[first:after].lower() == form
                if same and after <= end and not text[after : after + 1].isalnum():
                    yield first, after
                    break

    def class_of(self, cue: str) -> str:
        """Return the class of a cue as it stands; what has no verb is neutral."""
        return self.classes.get(self.base_of(cue), "neutral")

    def base_of(self, cue: str) -> str:
        """Return the base form of a cue as it stands."""
        return self.bases.get(" ".join(cue.lower().split()), cue.lower())


def read_lists(given, name: str, what: str) -> dict:
    """Return lists that are given as a dict, as the path of a YAML file, or not."""
    if isinstance(given, Mapping):
        return dict(given)
    if given is not None and not isinstance(given, str | os.PathLike):
        raise MediakitError(
            f"`{what}` must be a dict or the path of a YAML file, "
            f"got {type(given).__name__}; see data/dictionaries/{name}."
        )
    path = given if given is not None else folder("data") / "dictionaries" / name
    try:
        with open(path, encoding="utf-8") as file:
            read = yaml.safe_load(file)
    except FileNotFoundError as error:
        raise MediakitError(
            f"`{what}`: there is no file {str(path)!r}; copy "
            f"data/dictionaries/{name}, edit it and give its path."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MediakitError(
            f"`{what}`: {str(path)!r} is no YAML file in UTF-8: {error}"
        ) from error
    if not isinstance(read, dict):
        raise MediakitError(
            f"`{what}`: {str(path)!r} must hold names with lists, as "
            f"data/dictionaries/{name} does."
        )
    return read


def voice_verbs(given=None) -> VoiceVerbs:
    """Return the reporting verbs of a file or a dict, or those that come with us."""
    if given is None:
        return _ours()
    return _compiled(read_lists(given, "voice_verbs.yaml", "verbs"))


@lru_cache(maxsize=1)
def _ours() -> VoiceVerbs:
    return _compiled(read_lists(None, "voice_verbs.yaml", "verbs"))


def _compiled(lists: dict) -> VoiceVerbs:
    classes = lists.get("classes")
    if not isinstance(classes, Mapping) or not classes:
        raise MediakitError(
            "`verbs` must have `classes`, each a list of verbs, as in "
            f"data/dictionaries/voice_verbs.yaml; it has {sorted(map(str, lists))}."
        )
    bases, of = {}, {}
    for name, verbs in classes.items():
        for verb in verbs:
            base, forms = (
                next(iter(verb.items())) if isinstance(verb, dict) else (verb, None)
            )
            of.setdefault(base, str(name))
            for form in forms or inflected(base):
                bases.setdefault(form, base)
    sources = tuple(lists.get("sources", ()))
    firsts: dict[str, tuple[str, ...]] = {}
    for form in sorted([*bases, *sources], key=len, reverse=True):
        word = form.split(" ")[0]
        firsts[word] = (*firsts.get(word, ()), form)
    return VoiceVerbs(
        bases=bases,
        classes=of,
        clause=frozenset(lists.get("clause", of)),
        only_quoting=frozenset(lists.get("only_quoting", ())),
        sources=sources,
        firsts=firsts,
        starts=Starts(partial(_starts, frozenset(firsts))),
    )


def _starts(firsts: frozenset[str], chunk: str) -> tuple[int, ...]:
    """Return the places of a chunk at which a reporting verb may begin."""
    words = WORD.finditer(chunk)
    return tuple(one.start() for one in words if one.group().lower() in firsts)


def inflected(base: str) -> list[str]:
    """Return the forms of a regular verb; a particle stays behind ("point out").

    Examples
    --------
    >>> inflected("point out")
    ['point out', 'points out', 'pointed out', 'pointing out']
    >>> inflected("deny")
    ['deny', 'denies', 'denied', 'denying']
    """
    verb, *rest = base.split(" ")
    tail = "".join(f" {word}" for word in rest)
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        forms = [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    elif verb.endswith("e"):
        forms = [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    else:
        plural = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
        forms = [verb, f"{verb}{plural}", f"{verb}ed", f"{verb}ing"]
    return [form + tail for form in forms]
