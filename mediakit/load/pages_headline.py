"""The dates printed between the headline of a page and its text.

A masthead's date, which is that of the day it was looked at, stands before the
headline; dates of other articles stand after the text.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from mediakit.load.date_patterns import Slashed, parse_date

PROSE = 200
ROOM = 500
SHORT = 60
MOST = 60
PARTS = re.compile(r"\s*[|·•/–—\u00a0]\s*|\s{2,}")
AFTER_NAME = re.compile(r"^[^\W\d][^\d,]{0,40},\s+(?=\d)")
SILENT = ("script", "style", "noscript", "template")
MOST_TEXTS = 5_000
DAYS = ("day", "hour", "minute", "second")
PRINTED_DAY = re.compile(r"\d{4}\D|\D\d{4}|^\d{4}\b")
BOXES = ("aside", "nav", "footer", "ul", "ol", "table")


def printed_dates(tree) -> dict[date, str]:
    """Return the days that lines after the only headline name, with the line."""
    headings = [h for h in tree.iter("h1") if "".join(h.itertext()).strip()]
    if len(headings) != 1:
        return {}
    days, inside, room = {}, set(headings[0].iter()), ROOM
    for text in islice(_texts(tree, headings[0], inside), MOST):
        room -= len(text)
        if len(text) > PROSE or room < 0:
            break
        days = _days(text) | days
    return days


def all_printed_dates(tree) -> set[date]:
    """Return every day that a line anywhere on a page names."""
    found = set()
    for text in islice(tree.itertext(), MOST_TEXTS):
        found |= _days(text.strip()).keys() if len(text) <= PROSE else set()
    return found


def _texts(tree, heading, inside: set) -> Iterator[str]:
    """Yield the texts after a heading that stand in no box, in the page's order."""
    begun = False
    for element in tree.iter():
        begun = begun or element is heading
        if not begun or element.tag in SILENT:
            continue
        boxed = any(True for _ in element.iterancestors(*BOXES))
        texts = ["" if element in inside else element.text, element.tail]
        for text in texts if not boxed else ():
            if text and text.strip():
                yield text.strip()


def _days(text: str) -> dict[date, str]:
    """Return the days that parts of a line are, with the part."""
    parts = PARTS.split(text)
    parts += [AFTER_NAME.sub("", part) for part in parts]
    return {day: part for part in parts if (day := _day(part))}


def _day(text: str) -> date | None:
    """Return the day that a short line is, where it can be read alone."""
    if not 6 <= len(text) <= SHORT or not PRINTED_DAY.search(text):
        return None
    stamp = parse_date(text)
    if stamp is None or isinstance(stamp, Slashed) or stamp.precision not in DAYS:
        return None
    return stamp.wall.date()
