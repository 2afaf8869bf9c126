"""Headlines that a page puts around its story: its own again, and those of others.

A saved page names each related story twice, in the picture's text and in the link.
"""

from collections.abc import Set

from mediakit.clean.recurring import SENTENCE
from mediakit.clean.report import shorten

LEAST_WORDS, MOST_WORDS, LEAST_TITLE = 3, 20, 4
LIST_FROM_END = 12

OWN = "own headline above the text"
TWICE = "related headlines, each twice"
OTHERS = "headline of another article"


def plain(line: str) -> str:
    """Return a line in the form in which headlines are compared: without case."""
    return " ".join(line.casefold().split())


def strip_headlines(
    text: str, own: str, titles: Set[str], changed: dict[str, tuple[int, str]]
) -> str:
    """Return `text` without headline lines, noting each kind in `changed`.

    `own` is the article's title as `plain` gives it, `titles` those of its outlet. A
    line that ends as a sentence does is no headline of a list.
    """
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines) if line.strip()]
    found = {at: OTHERS for at in filled[1:] if _titled(lines[at], own, titles)}
    found |= dict.fromkeys(_twice(lines, filled), TWICE)
    if own and len(filled) > 1 and plain(lines[filled[0]]) == own:
        found[filled[0]] = OWN
    if not found or len(found) == len(filled):
        return text
    for at, rule in sorted(found.items()):
        removed, example = changed.get(rule, (0, ""))
        changed[rule] = (removed + len(lines[at]), example or shorten(lines[at]))
    return "\n".join(line for at, line in enumerate(lines) if at not in found)


def _titled(line: str, own: str, titles: Set[str]) -> bool:
    """Say whether a line is the title of another article."""
    name = plain(line)
    known = name in titles and name != own
    return known and len(name.split()) >= LEAST_TITLE and not SENTENCE.search(name)


def _twice(lines: list[str], filled: list[int]) -> list[int]:
    """Return lines of lists of headlines: two doubled ones, or one near the end."""
    pairs = [
        (a, b)
        for a, b in zip(filled, filled[1:], strict=False)
        if _headline(lines[a]) and plain(lines[a]) == plain(lines[b])
    ]
    glued = [(at, at) for at in filled if _headline(_half(lines[at]))]
    rows = sorted({at for pair in pairs + glued for at in pair})
    near_end = rows and rows[0] in filled[-LIST_FROM_END:]
    return rows if len(pairs) + len(glued) > 1 or near_end else []


def _headline(line: str) -> bool:
    """Say whether a line may be a headline: no sentence, and no embedded tweet."""
    if SENTENCE.search(line.strip()) or "#" in line or "@" in line:
        return False
    return LEAST_WORDS <= len(line.split()) <= MOST_WORDS


def _half(line: str) -> str:
    """Return the first half of a line that says the same twice, else nothing."""
    line = line.strip()
    half = len(line) // 2
    first, second = line[:half].strip(), line[half:].strip()
    return first if first == second and len(line) > 1 else ""
