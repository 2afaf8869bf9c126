"""Printed lines -> paragraphs: what repeats on pages is taken out, words are joined.

A line goes only if it stands at the edges of most pages, numbers aside; a hyphen at
a line's end goes only if the document does not write the word with one.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

EDGE = 2
MOST_OF = 0.6
LEAST_PAGES = 3
GAP, INDENT, SIZES = 1.35, 0.7, 1.08
NUMBER = re.compile(r"\d+")
PAGE = re.compile(
    r"(?:page |seite |p\. ?)?[-–—]? ?(\d{1,4}) ?[-–—]?"
    r"(?: ?(?:/|of|von|de|sur) ?\d{1,4})?",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(https?://\S+)(?:\s+\d{1,4}\s?/\s?\d{1,4})?")
HYPHEN = re.compile(r"(\w+)[-‐]$")
SOFT = "\u00ad"
NEXT = re.compile(r"[\w’']+")
ENDS = re.compile(r"[.!?:…。！？]['\"”’»)\]]*$")
REMOVED = "running heads, feet and page numbers taken out"


@dataclass(frozen=True)
class Line:
    """One printed line: its text, where it begins, its size and its pieces."""

    text: str
    x: float
    y: float
    size: float
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """One paragraph or heading: its text, its size and the pieces of its lines."""

    text: str
    size: float
    page: int
    parts: tuple[str, ...] = ()
    heading: bool = False


def take_running_lines(pages: list, name: str, ledger) -> tuple[list, list[Line]]:
    """Return pages without what repeats at their edges, and the lines taken out.

    Numbers aside, a line must stand among the outer two lines of most of at least
    three pages; page numbers must count up by one from page to page.
    """
    running = Counter(key for page in pages for key in {*map(_key, _edges(page))})
    least = max(LEAST_PAGES, MOST_OF * len(pages))
    numbered = _numbered(pages)
    kept, gone = [], []
    for number, page in enumerate(pages):
        edges = _edges(page)
        drop = [line for line in edges if running[_key(line)] >= least]
        drop += [line for line in edges if numbered and line in numbered[number]]
        drop += [line for line in edges if ADDRESS.fullmatch(line.text)]
        gone += [line for line in page if line in drop]
        kept.append([line for line in page if line not in drop])
    if gone:
        ledger.add(REMOVED, len(gone), f"as {gone[0].text[:60]!r} in {name}")
    return kept, gone


def _edges(page: list[Line]) -> list[Line]:
    """Return the lines at the head and foot of a page, as it looks."""
    ordered = sorted(page, key=lambda line: -line.y)
    return ordered if len(ordered) <= 2 * EDGE else ordered[:EDGE] + ordered[-EDGE:]


def _key(line: Line) -> str:
    return NUMBER.sub("#", line.text)


def _numbered(pages: list) -> list[list[Line]] | None:
    """Return the lines that are page numbers, None unless they count up by one."""
    found = []
    for page in pages:
        lines = [line for line in _edges(page) if PAGE.fullmatch(line.text)]
        found.append({int(PAGE.fullmatch(line.text)[1]): line for line in lines})
    for start in found[0] if len(pages) > 1 else ():
        if all(start + step in numbers for step, numbers in enumerate(found)):
            return [[numbers[start + i]] for i, numbers in enumerate(found)]
    return None


def join_lines(pages: list, name: str, ledger) -> list[Block]:
    """Return the paragraphs of pages whose running lines are gone."""
    lines = [(line, number) for number, page in enumerate(pages) for line in page]
    if not lines:
        return []
    usual = _usual_gap([line for line, _ in lines])
    groups = [[lines[0]]]
    for place in range(1, len(lines)):
        before, here = lines[place - 1], lines[place]
        after = lines[place + 1][0] if place + 1 < len(lines) else None
        if _begins(before[0], here[0], after, usual, same=before[1] == here[1]):
            groups.append([])
        groups[-1].append(here)
    words = Counter(w.lower() for line, _ in lines for w in _words(line.text))
    joined = Counter()
    blocks = [_block(group, words, joined) for group in groups]
    if joined:
        shown = ", ".join(map(repr, list(joined)[:3]))
        ledger.add("words joined at line ends", joined.total(), f"{shown} in {name}")
    return blocks


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-‐]\w+)*", text)


def _usual_gap(lines: list[Line]) -> float:
    gaps = [
        (a.y - b.y) / a.size
        for a, b in pairwise(lines)
        if a.size and b.size and 0 < a.y - b.y < 3 * a.size and _alike(a, b)
    ]
    return median(gaps) if gaps else 1.2


def _alike(one: Line, other: Line) -> bool:
    small, large = sorted((one.size, other.size))
    return large <= SIZES * small


def _begins(before: Line, line: Line, after, usual: float, *, same: bool) -> bool:
    """Say whether a paragraph begins with `line`."""
    if not _alike(before, line):
        return True
    down = (before.y - line.y) / line.size if line.size else 0
    if not same or down < 0:
        return ENDS.search(before.text) is not None
    if down > GAP * usual:
        return True
    indent = INDENT * line.size
    follows = after is not None and _alike(line, after) and line.y > after.y
    if follows and line.x - after.x > indent:
        return True
    return line.x - before.x > indent and (not follows or after.x >= line.x)


def _block(group: list, words: Counter, joined: Counter) -> Block:
    text = ""
    for line, _ in group:
        text = _joined(text, line.text, words, joined)
    sizes = [line.size for line, _ in group]
    parts = tuple(part for line, _ in group for part in (line.text, *line.parts))
    return Block(text.replace(SOFT, ""), max(sizes), group[0][1], parts)


def _joined(text: str, line: str, words: Counter, joined: Counter) -> str:
    """Join a line to those before; a hyphen goes unless it belongs to the word."""
    if not text:
        return line
    if text.endswith(SOFT):
        return text[:-1] + line
    head, tail = HYPHEN.search(text), NEXT.match(line)
    if not head or not tail:
        return f"{text} {line}"
    if not tail[0][0].islower():
        return text + line
    whole = head[1] + tail[0]
    if words[f"{head[1]}-{tail[0]}".lower()] > words[whole.lower()]:
        return text + line
    joined[whole] += 1
    return text[:-1] + line
