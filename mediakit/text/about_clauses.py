"""Clauses and sides: where one who is named stands in a sentence."""

import re
import warnings
from collections.abc import Callable
from functools import cache
from threading import Lock

NOUN = ("NN", "CD", "JJ", "DT", "PRP$", "POS")
AUXILIARIES = frozenset(
    "is are was were be been being am get gets got getting 's ’s".split()
)
WORD = re.compile(r"[’']s\b|\w+(?:[.,’'-](?!s\b)\w+)*|[^\w\s]")
BORDER = re.compile(
    r"[;:—–()“”\"]|(?:,?\s+|^)(?:but|while|because|although|though|after|before|when|if|since|"
    r"whereas|unless|who|which|that|where|whose)(?!\w)|,\s+(?:and|or|so|yet)(?!\w)",
    re.IGNORECASE,
)
SUBJECT, OBJECT = "subject", "object"
PREPOSITIONS = frozenset("on against at".split())
AGENT_REACH = 3
_loading = Lock()


def _tagger() -> Callable:
    """Return TextBlob's tagger with its words read; the library leaves files open."""
    with _loading:  # its dictionary is half full while it loads
        return _tagger_read()


@cache
def _tagger_read() -> Callable:
    from textblob.en import tag

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        tag("Words are read.", tokenize=False)
    return tag


def clause_of(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the letters of the clause that holds the letters `first` to `last`.

    Examples
    --------
    >>> text = "Rain fell, but Ruritania won because it played well."
    >>> text[slice(*clause_of(text, 15, 15))]
    'Ruritania won'
    """
    begin, end = 0, len(text)
    for found in BORDER.finditer(text):
        if found.end() <= first:
            begin = found.end()
        elif found.start() > last:
            end = found.start()
            break
    while begin < first and text[begin].isspace():
        begin += 1
    return begin, end


def side_of(text: str, first: int, last: int) -> str | None:
    """Return the side of the name at the letters `first` to `last`, or None.

    The subject does something, also after "by"; to the object it is done, as to what
    stands before a passive. None where the tags do not tell.

    Examples
    --------
    >>> text = "Ruritania was attacked by Sylvania."
    >>> side_of(text, 0, 0), side_of(text, 26, 26)
    ('object', 'subject')
    """
    found = list(WORD.finditer(text))
    words = [one.group() for one in found]
    tags = [kind for _, kind in _tagger()(" ".join(words), tokenize=False)]
    inside = [
        place
        for place, one in enumerate(found)
        if one.end() > first and one.start() <= last
    ]
    if len(tags) != len(words) or not inside:
        return None
    begin, after = _phrase(words, tags, inside[0], inside[-1] + 1)
    left = tags[begin - 1] if begin else ""
    word = words[begin - 1].lower() if begin else ""
    if left in ("IN", "TO"):
        before = tags[max(0, begin - 1 - AGENT_REACH) : begin - 1]
        if word == "by" and "VBN" in before:
            return SUBJECT
        done = word in PREPOSITIONS and before[-1:] and before[-1].startswith("VB")
        if done:
            return OBJECT
        if word != "that":
            return None
    side = _of_verb(words, tags, after)
    if side is None and left.startswith("VB") and word not in AUXILIARIES:
        return OBJECT
    return side


def _phrase(words, tags, first: int, after: int) -> tuple[int, int]:
    """Return the noun phrase around a name, others joined by "and" included."""
    while first and (
        tags[first - 1].startswith(NOUN)
        or (
            words[first - 1] == "and" and first > 1 and tags[first - 2].startswith("NN")
        )
    ):
        first -= 1
    while after < len(words) and (
        tags[after].startswith(NOUN)
        or words[after] in ("’s", "'s", "’", "'")
        or (
            words[after] == "and"
            and after + 1 < len(words)
            and tags[after + 1].startswith(("NN", "DT"))
        )
    ):
        after += 1
    return first, after


def _of_verb(words, tags, place: int) -> str | None:
    """Return the side of what stands before a finite verb, or None without one."""
    group = []
    while place < len(tags) and (tags[place].startswith(("VB", "MD", "RB"))):
        group.append(place)
        place += 1
    verbs = [one for one in group if not tags[one].startswith("RB")]
    if not verbs or tags[verbs[0]] in ("VBG", "VB"):
        return None
    helped = any(words[one].lower() in AUXILIARIES for one in verbs[:-1])
    behind = words[place].lower() if place < len(words) else ""
    participle = tags[verbs[-1]] in ("VBN", "VBD")
    if participle and len(verbs) > 1 and helped:
        return OBJECT
    if participle and len(verbs) == 1 and behind == "by":
        return OBJECT
    return SUBJECT
