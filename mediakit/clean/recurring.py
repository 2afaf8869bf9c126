"""Lines that stand at the same edge of many articles of one outlet, found by counting.

No list holds every outlet's furniture; but what stands under article after article,
whatever the article says, is furniture. What is a sentence of news stays.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass

from mediakit.clean.report import shorten

EDGE = 5
LEAST_ARTICLES, LEAST_SHARE = 5, 0.002
LONGEST_LINE = 300  # of the normal form; a longer line is a paragraph

FIGURES = re.compile(r"\d+")
CALENDAR = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
SENTENCE = re.compile(r"[.!?:;,…。！？：；，।؟۔][\"'”’»)\]]*\Z")
OF_THE_PAGE = re.compile(
    r"\bthis (?:article|story|report|post|page|version|newsletter|column|podcast)\b|"
    r"\bour (?:newsletters?|app|website|journalis|reporting|readers)\b|"
    r"\b(?:newsletter|podcast|subscri\w+|sign[- ]up|e-?mail|click|copyright|cookies|"
    r"advertis\w+|your (?:morning|evening|weekend|daily) briefing)\b|"
    r"\b(?:reporting|editing|written|photos?|photographs?|translated) by\b|"
    r"\bcontributed (?:reporting|research|to)\b|\bread (?:more|on)\b|©|@\w|www\.|"
    r"\bappear(?:s|ed) in print\b|\bfirst published\b|"
    r"\bthe (?:author|writer)s? (?:is|are|was|were)\b",
    re.IGNORECASE,
)


@dataclass
class Recurring:
    """The lines of one outlet that recur, in normal form, at either edge."""

    taken: tuple[set[str], set[str]]
    left: Counter

    def strip(self, text: str, changed: dict[str, tuple[int, str]]) -> str:
        """Return `text` without those lines, noting each in `changed`."""
        lines = text.split("\n")
        drop = [at for at, edge, line in edges(lines) if line in self.taken[edge]]
        if not drop or len(set(drop)) == sum(map(bool, map(str.strip, lines))):
            return text
        for at in set(drop):
            rule = f"recurring line “{shorten(normal(lines[at]))}”"
            removed, example = changed.get(rule, (0, ""))
            changed[rule] = (removed + len(lines[at]), example or shorten(lines[at]))
        kept = (line for at, line in enumerate(lines) if at not in set(drop))
        return "\n".join(kept)


def normal(line: str) -> str:
    """Return a line in the form in which lines are compared: no case, figure or date.

    Examples
    --------
    >>> normal("(HK Edition 06/12/2015 page9)"), normal("Updated:  Monday 3 May")
    ('(hk edition 0/0/0 page0)', 'updated: day 0 day')
    """
    figures = FIGURES.sub("0", line.casefold())
    return " ".join(CALENDAR.sub("day", figures).split())


def edges(lines: list[str]) -> list[tuple[int, int, str]]:
    """Return place, edge (0 the start, 1 the end) and normal form of edge lines."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return [
        (at, edge, normal(lines[at][: 2 * LONGEST_LINE]))
        for edge, places in enumerate((filled[:EDGE], filled[::-1][:EDGE]))
        for at in places
    ]


def find_recurring(texts: list[str]) -> Recurring | None:
    """Find the recurring lines in the texts of one outlet; None if there are none.

    A line recurs if it stands at the same edge of at least five articles and 0.2 %
    of the outlet's, each of which goes on differently: the copies of one article
    count once. A line that ends as a sentence does is taken only if it speaks of the
    page and not of the world; else it is left, and told.
    """
    ends = [edges(text.split("\n")) for text in texts if isinstance(text, str)]
    least = max(LEAST_ARTICLES, math.ceil(LEAST_SHARE * len(ends)))
    seen = Counter(key for lines in ends for key in {line[1:] for line in lines})
    often = {
        key
        for key, articles in seen.items()
        if articles >= least and len(key[1]) <= LONGEST_LINE
    }
    bodies: dict[tuple[int, str], set[str]] = {key: set() for key in often}
    for lines in ends:
        here = {line[1:] for line in lines} & often
        for edge in {edge for edge, _ in here}:
            body = _body(lines, edge, often)
            if body:
                for key in here:
                    if key[0] == edge:
                        bodies[key].add(body)
    found = {key for key, texts in bodies.items() if len(texts) >= least}
    taken = {key for key in found if not SENTENCE.search(key[1])}
    taken |= {key for key in found if OF_THE_PAGE.search(key[1])}
    if not found:
        return None
    left = Counter({line: seen[edge, line] for edge, line in found - taken})
    sides = tuple({line for at, line in taken if at == edge} for edge in (0, 1))
    return Recurring(sides, left)


def _body(lines, edge: int, often: set) -> str:
    """Return the first line from the edge inwards that does not stand in many."""
    inward = (line for _, at, line in lines if at == edge)
    return next((line for line in inward if (edge, line) not in often), "")
