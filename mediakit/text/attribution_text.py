"""A text with its quotations blanked out, cut into paragraphs and sentences.

What stands in a quotation never helps to find who speaks, so it is blanked with a
sign of its own, letter by letter: places stay the same.
"""

import re
from dataclasses import dataclass

from mediakit.text.quotations import quotation_spans
from mediakit.text.sentences import CLOSERS, STOPS, is_break
from mediakit.text.starts import Starts

BLANK = "\ue000"
OTHER_SIGN = "\ufffd"
MARKS = frozenset("\"'“”‘’„«»‹›「」『』`")
LINE = re.compile(r"[^\n\r\u2028\u2029]+")
MAY_END = re.compile(
    rf"[{''.join(sorted(STOPS))}][{re.escape(CLOSERS)}]*(?P<gap>\s+)(?=(?P<right>\S+))"
)
GAP = re.compile(r"(?<=\S)\s+(?=\S)")

MOST_SENTENCE = 1500
MOST_TITLE = 8
SMALL = frozenset("a an the of and in on for to with at from by vs".split())
BEFORE_TITLE = re.compile(
    r"(?:^|\s)(?:of|on|in|at|to|by|from|for|with|the|book|novel|film|movie|song|show|album|series|"
    r"play|titled|entitled|program|programme|magazine|memoir|documentary|drama|sitcom|"
    r"\w+[’']s|and|a|an|hit|musical|podcast)$",
    re.IGNORECASE,
)

Span = tuple[int, int]


@dataclass(frozen=True)
class Blanked:
    """A text, the same with quotations blanked, their contents and their outsides.

    `titles` are quotations that are left standing: works named in a clause;
    `places` those of the blanked text at which a reporting verb may begin.
    """

    text: str
    blanked: str
    contents: tuple[Span, ...]
    outsides: tuple[Span, ...]
    titles: tuple[Span, ...] = ()
    places: tuple[int, ...] = ()


def blank_quotations(text: str, starts: Starts) -> Blanked:
    """Return a text with its quotations blanked, marks included."""
    contents = quotation_spans(text)
    titles = [span for span in contents if _is_title(text, *span)]
    contents = [span for span in contents if span not in titles]
    outsides, last = [], 0
    for start, end in contents:
        outside = _with_marks(text, start, end, last)
        outsides.append(outside)
        last = outside[1]
    pieces, at = [], 0
    for start, end in outsides:
        pieces += [text[at:start].replace(BLANK, OTHER_SIGN), BLANK * (end - start)]
        at = end
    pieces.append(text[at:].replace(BLANK, OTHER_SIGN))
    blanked = "".join(pieces)
    places = tuple(starts.places(blanked))
    return Blanked(
        text, blanked, tuple(contents), tuple(outsides), tuple(titles), places
    )


def _is_title(text: str, start: int, end: int) -> bool:
    """Say whether what is quoted is the title of a work, within a clause."""
    content = text[start:end]
    words = content.split()
    if len(words) > MOST_TITLE or content[-1:] in "!?" and len(words) > 3:
        return False
    before = text[max(0, start - 24) : start].rstrip("\"'“‘«` ")
    if not BEFORE_TITLE.search(before):
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or word.lower() in SMALL
        for word in words
    )


def _with_marks(text: str, start: int, end: int, least: int) -> Span:
    """Return the span of a content with the marks around it."""
    begin = start
    while begin > least and text[begin - 1].isspace():
        begin -= 1
    if begin == least or text[begin - 1] not in MARKS:
        begin = start
    elif begin - 1 > least and text[begin - 2] == text[begin - 1]:
        begin -= 2
    else:
        begin -= 1
    after = end
    while after < len(text) and after - end < 2 and text[after] in MARKS:
        after += 1
    if after - end == 2 and text[end] != text[end + 1]:
        after -= 1
    return begin, after


def paragraphs(blanked: str) -> list[Span]:
    """Return the spans of the lines that hold anything; no quotation is cut."""
    return [found.span() for found in LINE.finditer(blanked) if found.group().strip()]


def sentences(one: Blanked, start: int, end: int) -> list[Span]:
    """Return the spans of the sentences of a paragraph; no quotation is cut.

    What has no end for 1,500 letters is no sentence and is cut at a word.
    """
    while start < end and one.text[start].isspace():
        start += 1
    while start < end and one.text[end - 1].isspace():
        end -= 1
    if start == end:
        return []
    firsts, lasts = [start], []
    for found in MAY_END.finditer(one.text, start, end):
        left = found.start("gap")
        if one.blanked[left] == BLANK:
            continue
        begin = found.start()
        while begin > start and not one.text[begin - 1].isspace():
            begin -= 1
        if is_break(one.text[begin:left], found["right"]):
            _cut_long(one, firsts, lasts, left)
            lasts.append(left)
            firsts.append(found.end())
    _cut_long(one, firsts, lasts, end)
    return list(zip(firsts, [*lasts, end], strict=True))


def _cut_long(one: Blanked, firsts: list[int], lasts: list[int], end: int) -> None:
    """Cut the last sentence, which goes on to `end`, at words if it is no sentence."""
    at = firsts[-1] + MOST_SENTENCE + 1
    while at < end:
        gap = GAP.search(one.text, at, end)
        if gap is None:
            return
        at = gap.end()
        if one.blanked[gap.start()] != BLANK:
            lasts.append(gap.start())
            firsts.append(at)
            at += MOST_SENTENCE + 1
