"""Words for harm: forms of verbs, nouns of acts, and harm that only happens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial

from mediakit.errors import MediakitError
from mediakit.text.starts import Starts
from mediakit.text.voices_words import inflected, read_lists

PLAIN, PRESENT, PAST, PARTICIPLE, ING = "base", "present", "past", "participle", "ing"


@dataclass(frozen=True)
class HarmWords:
    """Forms of harm verbs with their roles, nouns, and events with their verbs.

    `forms` has for each form the base and the roles it can have; `ergative` the
    base of each form; `breaking` the forms that events break out with.
    """

    forms: dict[str, tuple[str, frozenset[str]]]
    nouns: frozenset[str]
    ergative: dict[str, str]
    events: frozenset[str]
    breaking: frozenset[str]
    pattern: re.Pattern
    starts: Starts = field(repr=False)


def harm_words(given=None) -> HarmWords:
    """Return the words of a file or a dict, or those that come with us."""
    return _compiled(read_lists(given, "harm_verbs.yaml", "harm")) if given else _ours()


@lru_cache(maxsize=1)
def _ours() -> HarmWords:
    return _compiled(read_lists(None, "harm_verbs.yaml", "harm"))


def _compiled(lists: dict) -> HarmWords:
    if not isinstance(lists.get("verbs"), list) or not lists["verbs"]:
        raise MediakitError(
            "`harm` must have a list of `verbs`, as in data/dictionaries/"
            f"harm_verbs.yaml; it has {sorted(map(str, lists))}."
        )
    forms: dict[str, tuple[str, frozenset[str]]] = {}
    for verb in lists["verbs"]:
        base, given = _with_forms(verb)
        for form, role in zip([base, *given], _ROLES, strict=True):
            known = forms.get(form, (base, frozenset()))
            forms[form] = (known[0], known[1] | {role})
    ergative = {}
    for verb in lists.get("ergative", ()):
        base, given = _with_forms(verb)
        ergative |= dict.fromkeys([base, *given], base)
    nouns, events, breaking = (
        frozenset(lists.get(name, ())) for name in ("nouns", "events", "breaking")
    )
    words = sorted({*forms, *nouns, *ergative, *breaking}, key=len, reverse=True)
    firsts = {word[:1] for word in words}
    first = "".join(sorted(firsts | {one.upper() for one in firsts}))
    begins = rf"(?<![\w’'-])(?=[{re.escape(first)}])"
    choice = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    pattern = re.compile(rf"{begins}(?:{choice})(?![\w-])", re.IGNORECASE)
    heads = "|".join(re.escape(word.split()[0]) for word in words)
    head = re.compile(rf"{begins}(?=(?:{heads})(?![\w-]))", re.IGNORECASE)
    starts = Starts(partial(_starts, head))
    return HarmWords(forms, nouns, ergative, events, breaking, pattern, starts)


def _starts(head: re.Pattern, chunk: str) -> tuple[int, ...]:
    """Return the places of a chunk at which a mention of harm may begin."""
    return tuple(found.start() for found in head.finditer(chunk))


_ROLES = (PLAIN, PRESENT, PAST, PARTICIPLE, ING)


def _with_forms(verb: str | Mapping) -> tuple[str, list[str]]:
    """Return a verb and its forms: present, past, participle and with -ing."""
    given = verb if isinstance(verb, Mapping) else {verb: None}
    base, forms = next(iter(given.items()))
    if forms is None:
        _, present, past, ing = inflected(base)
        forms = [present, past, past, ing]
    if len(forms) != 4:
        raise MediakitError(
            f"`harm`: {base!r} must have four forms (present, past, participle, with "
            f"-ing), got {forms!r}."
        )
    return base, list(forms)
