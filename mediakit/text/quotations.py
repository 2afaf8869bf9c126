"""Direct quotation: what stands between quotation marks, paired mark by mark.

Marks get lost, are typed double or serve as apostrophes, so every rule is local:
a missing mark spoils its own paragraph and no other.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

CLOSED_BY = {
    "“": ("”", '"', "’’", "''"),
    "‘‘": ("’’", "”", "''", '"'),
    "``": ("''", '"', "”", "’’"),
    '"': ('"', "”", "''"),
    "''": ("''", '"'),
    "„": ("“", "”", '"'),
} | {
    opening: (closing,)
    for opening, closing in ("””", "«»", "»«", "‹›", "›‹", "「」", "『』")
}
ONLY_OPEN = frozenset(("“", "‘‘", "``", "„", "«", "‹", "「", "『"))
BEFORE_OPENING = frozenset("([{—–-/:‘“„«'>*¡¿")
AFTER_CLOSING = frozenset(")]}—–-/:.,;!?…’”»'<*")

# One class first, so that the search skips at full speed to the next candidate.
BEFORE_SINGLE = r"\s(\[{—–/:\-"
MARK = re.compile(
    r"[\"“”„«»‹›「」『』'‘’`=](?:"
    r"(?<=[“”„«»‹›「」『』])|(?<=\")\"?|(?<=’)’|(?<=`)`|(?<==)\"[^\"\n]*\""
    rf"|(?<=')(?:'|(?<![^{BEFORE_SINGLE}]')(?=\w))"
    rf"|(?<=‘)(?:‘|(?<![^{BEFORE_SINGLE}]‘)(?=\w)))"
)
SINGLE = re.compile(rf"(?P<opens>(?<![^{BEFORE_SINGLE}])['‘](?=\w))|(?<=\S)['’](?!\w)")
FEET = re.compile(r"\d\s?['’]\s?\d{1,2}$")
ELISION = re.compile(
    r"(?:[Tt]is|[Tt]was|[Nn]|em|cause|cos|til|till|bout|round|neath|\d\ds?|s|t|d|m|ll|re|ve)\b"
)
MAY_BE_APOSTROPHE = re.compile(r"(?:[sS]|in|ol?)['’]\s+\w")
LINE_BREAK = re.compile(r"[\n\r\u2028\u2029]+")
BLANK_LINE = re.compile(r"\n\s*\n")
ENDS_SENTENCE = frozenset(".!?…:\"”’»'")
WRAPPED_LINES = 5


class Quotations(NamedTuple):
    """Contents of quotations, and the places of the marks without a partner."""

    spans: list[tuple[int, int]]
    unpaired: list[int]


class Opened(NamedTuple):
    """A quotation not closed yet: its mark, where its content and its mark stand."""

    mark: str
    begin: int
    place: int


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """Find the direct quotations of a text.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (int, int)
        Start and end of the content of each outermost quotation, without its marks.

    Notes
    -----
    Marks: curly, straight, low (German), angle (also »…«), Swedish (”…”), Chinese
    and Japanese corner marks, typewriter's double apostrophes. Single marks quote
    only where they cannot be apostrophes: 'Tis, the '90s, rock 'n' roll, James' book
    open nothing. Quotations inside quotations belong to the outer one. A quotation
    that a paragraph leaves open goes on if the next paragraph opens with its mark,
    else it ends with the paragraph. A line end is a paragraph's end unless the text
    is wrapped at a line width.

    Not every mark is speech: titles and scare quotes are found as well, and reported
    speech without marks is not. `pair_marks` also tells which marks had no partner.

    Examples
    --------
    >>> text = "“It’s over,” he said. 'Tis the workers' victory, or 'theft'."
    >>> [text[start:end] for start, end in quotation_spans(text)]
    ['It’s over,', 'theft']
    """
    return pair_marks(text).spans


def pair_marks(text: str) -> Quotations:
    """Find the direct quotations of a text and its marks without a partner.

    Parameters
    ----------
    text : str

    Returns
    -------
    Quotations
        `spans`, as `quotation_spans`; `unpaired`, the places of marks that open
        without being closed in their paragraph or the ones that go on, or close
        without having been opened.

    Examples
    --------
    >>> pair_marks('He said: "We won.')
    Quotations(spans=[(10, 17)], unpaired=[9])
    """
    spans, unpaired = [], []
    if not MARK.search(text):
        return Quotations(spans, unpaired)
    opened, last = None, 0
    for start, end in _paragraphs(text):
        after = start
        if opened and text.startswith(opened.mark, start):
            opened = opened._replace(place=start)
            after += len(opened.mark)
        elif opened:
            spans.append((opened.begin, last))
            unpaired.append(opened.place)
            opened = None
        opened = _pair_in_paragraph(text, after, end, opened, spans, unpaired)
        last = end
    if opened:
        spans.append((opened.begin, last))
        unpaired.append(opened.place)
    trimmed = [_trim(text, *span) for span in spans]
    return Quotations([span for span in trimmed if span[0] < span[1]], unpaired)


def _pair_in_paragraph(
    text: str,
    start: int,
    end: int,
    opened: Opened | None,
    spans: list[tuple[int, int]],
    unpaired: list[int],
) -> Opened | None:
    """Add what a paragraph holds to `spans` and `unpaired`; return what stays open."""
    if not MARK.search(text, start, end):
        return opened
    depth, resume = 0, start
    nests = opened is None and _directed_marks_balance(text, start, end)
    for found in MARK.finditer(text, start, end):
        place, after = found.span()
        mark = found.group().replace('""', '"')
        left = text[place - 1] if place > start else " "
        if place < resume or mark[0] == "=" or _is_inches(text, place, left):
            continue
        right = text[after] if after < end else " "
        if opened is None and mark in ("'", "‘"):
            close = _single_close(text, after, end)
            if close:
                spans.append((after, close))
                resume = close + 1
        elif opened is None and _opens(mark, left, right):
            opened = Opened(mark, after, place)
        elif opened is None:
            unpaired.append(place)
        elif _closes(opened.mark, mark, left, right):
            if not depth:
                spans.append((opened.begin, place))
                opened = None
            depth = max(depth - 1, 0)
        elif mark == opened.mark and nests:
            depth += 1
        elif mark == opened.mark:
            unpaired.append(opened.place)
            opened = opened._replace(place=place)
    return opened


def _is_inches(text: str, place: int, left: str) -> bool:
    """Say whether a mark stands for inches, as in 5'10"."""
    return left.isdigit() and bool(FEET.search(text[max(0, place - 7) : place]))


def _opens(mark: str, left: str, right: str) -> bool:
    """Say whether a mark opens, given its neighbours and no quotation open."""
    free = left.isspace() or left in BEFORE_OPENING
    closing = not free and (right.isspace() or right in AFTER_CLOSING)
    if mark in ONLY_OPEN:
        return not (mark == "“" and closing)
    if mark in ('"', "''"):
        return not left.isalnum() and not closing
    return mark in CLOSED_BY and free and not right.isspace()


def _closes(opening: str, mark: str, left: str, right: str) -> bool:
    """Say whether a mark closes the quotation that `opening` opened."""
    free = left.isspace() or left in BEFORE_OPENING
    if mark == "“" == opening:
        return not free and (right.isspace() or right in AFTER_CLOSING)
    if mark not in CLOSED_BY[opening]:
        return False
    return mark not in ('"', "''") or not (left.isspace() and right.isalnum())


def _directed_marks_balance(text: str, start: int, end: int) -> bool:
    """Say whether marks of one direction pair up, so that nesting can be trusted."""
    return all(
        text.count(opening, start, end) == text.count(closing, start, end)
        for opening, closing in ("“”", "«»", "「」", "『』")
    )


def _single_close(text: str, start: int, end: int) -> int | None:
    """Return where a single quotation closes, or None if it is an apostrophe."""
    if ELISION.match(text, start, end):
        return None
    doubtful, straight, curly, last = None, 0, 0, start
    for found in SINGLE.finditer(text, start, end):
        place = found.start()
        if found["opens"]:
            break
        straight += text.count('"', last, place)
        curly += text.count("“", last, place) - text.count("”", last, place)
        last = place
        if straight % 2 or curly:
            continue
        if not MAY_BE_APOSTROPHE.match(text, place - 1, end):
            return place
        doubtful = doubtful or place
    return doubtful


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each paragraph, without white space around it."""
    lines = [line.strip() for line in text.split("\n")]
    ends = [line[-1] for line, following in pairwise(lines) if line and following]
    inside = sum(end not in ENDS_SENTENCE for end in ends)
    wrapped = len(ends) >= WRAPPED_LINES and 2 * inside > len(ends)
    start = 0
    for found in (BLANK_LINE if wrapped else LINE_BREAK).finditer(text + "\n\n"):
        span = _trim(text, start, found.start())
        if span[0] < span[1]:
            yield span
        start = found.end()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    content = text[start:end]
    return end - len(content.lstrip()), start + len(content.rstrip())
