"""The blocks of a document -> one article: its title, date, outlet and text.

A date is taken only from a line that is a date, or from the file's name; where those
disagree none is taken.
"""

import re
from functools import cache

from mediakit.load.date_patterns import Slashed, Stamp, parse_date
from mediakit.load.documents_lines import Block
from mediakit.load.register import load_outlets
from mediakit.load.register_match import fold_name, name_index
from mediakit.load.text_files import name_parts

TOP = 20
SHORT = 200
LARGER = 1.15
LONGEST_TITLE, LONGEST_DATE = 300, 60
LABEL = re.compile(
    r"\b(?:published|posted|publié|publicado|veröffentlicht)\b", re.IGNORECASE
)
CHANGED = re.compile(r"\b(?:updated|modified|printed|retrieved|accessed)\b", re.I)
NO_TITLE = re.compile(
    r"(?:microsoft \w+ - )|(?:untitled|document|title)\b|\S+\.\w{2,5}$|\S+$",
    re.IGNORECASE,
)
DISAGREE = "documents with several dates, none taken"
DATABASE = re.compile(r"\b(?:LexisNexis|Nexis Uni|Factiva|ProQuest|Europresse)\b")
CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
DAYS = ("day", "hour", "minute", "second")


def article(
    blocks: list[Block], source, ledger, *, title: str | None, edges: list[str] = ()
) -> dict:
    """Return the article in blocks.

    `title` is what the file states of itself, `edges` lines taken out of the text.
    """
    named = name_parts(source.stem, source.folder)
    heading, outlet = _heading(blocks)
    stated = title if title and not NO_TITLE.match(title) else None
    if stated and any(edge.startswith(stated) for edge in edges):
        heading = []  # the headline runs at the head of every page
    printed = " ".join(block.text for block in heading)
    rest = [b.text for b in blocks if not any(b is taken for taken in heading)]
    if not printed:
        where = "the file's own data" if stated else "the file's name"
        ledger.add(f"titles from {where}", 1, source.name)
    text = "\n\n".join(rest)
    top = [part for b in blocks[:TOP] if len(b.text) <= SHORT for part in b.parts]
    top = [part for part in (*top, *edges) if len(part) <= LONGEST_DATE]
    if found := DATABASE.search(text):
        note = f"{source.name} names {found[0]}; see that it is one article"
        ledger.add("documents that may be a database's list", 1, note, lost=True)
    if not text:
        ledger.add("documents without article text", 1, source.name, lost=True)
    return {
        "outlet": outlet or named["outlet"],
        "published": _date(top, named["published"], source, ledger),
        "title": printed or stated or named["title"],
        "text": text or None,
    }


def _heading(blocks: list[Block]) -> tuple[list[Block], str | None]:
    """Return the blocks of the headline and the name of a known outlet above it.

    The headline is what is set largest on the first page, or marked as a heading,
    except the name of the paper: one in the register, or one that stands there twice.
    """
    first = [block for block in blocks if block.page == blocks[0].page][:TOP]
    outlet = None
    for group in _candidates(first, blocks):
        text = " ".join(block.text for block in group)
        if folded := fold_name(text):
            if folded in _outlet_names():
                outlet = outlet or text
                continue
            if _stands_again(folded, group, first) or len(text) > LONGEST_TITLE:
                continue
            return group, outlet
    return [], outlet


def _candidates(first: list[Block], blocks: list[Block]) -> list[list[Block]]:
    """Return runs of headings, or of one size beyond the body's, the largest first."""
    marked = [[block] for block in first if block.heading]
    if marked or not first:
        return marked
    amounts = {}
    for block in blocks:
        size = round(block.size, 1)
        amounts[size] = amounts.get(size, 0) + len(block.text)
    body = max(amounts, key=amounts.get)
    groups = []
    for place, block in enumerate(first):
        if block.size > LARGER * body:
            alike = place and groups and groups[-1][-1] is first[place - 1]
            if alike and abs(block.size - first[place - 1].size) < 0.5:
                groups[-1].append(block)
            else:
                groups.append([block])
    return sorted(groups, key=lambda group: -max(block.size for block in group))


def _stands_again(folded: str, group: list[Block], first: list[Block]) -> bool:
    """Say whether the same words stand elsewhere on the page, as a masthead's do.

    The line that a browser prints above a page has the time, and the headline again.
    """
    if group[0].heading:
        return False
    others = [b for b in first if not any(b is taken for taken in group)]
    others = [b for b in others if not CLOCK.search(b.text[:SHORT])]
    return any(fold_name(part) == folded for b in others for part in b.parts)


@cache
def _outlet_names() -> frozenset[str]:
    return frozenset(name_index(load_outlets()))


def _date(parts: list[str], in_name: str | None, source, ledger) -> str | None:
    """Return the date printed at the top, else that of the file's name."""
    labelled = _dates(part for part in parts if LABEL.search(part))
    plain = _dates(part for part in parts if not CHANGED.search(part))
    found = labelled or plain
    if in_name and (stamp := _stamp(in_name)):
        if found and {stamp.wall.date()} != set(found):
            note = f"{source.name}: {next(iter(found.values()))!r} stands in it"
            ledger.add(DISAGREE, 1, note, lost=True)
            return None
        return next(iter(found.values()), in_name)
    if len(found) > 1:
        note = f"{source.name}: {', '.join(map(repr, list(found.values())[:3]))}"
        ledger.add(DISAGREE, 1, note, lost=True)
        return None
    if found:
        ledger.add("dates from a line of the text", 1, source.name)
    return next(iter(found.values()), None)


def _dates(parts) -> dict:
    """Return the days that lines name, each with the first line that names it."""
    days = {}
    for part in parts:
        stamp = _stamp(part)
        if stamp is not None and re.search(r"[^\W\d_]|\d{4}-\d\d-\d\d", part):
            day = stamp.wall.date()
            if day not in days or len(part) > len(days[day]):
                days[day] = part
    return days


def _stamp(text: str) -> Stamp | None:
    """Return a date to the day that needs no other to be read."""
    stamp = parse_date(text)
    if stamp is None or isinstance(stamp, Slashed) or stamp.precision not in DAYS:
        return None
    return stamp
