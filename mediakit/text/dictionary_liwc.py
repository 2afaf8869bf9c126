"""Dictionaries of LIWC, with the irregularities of the files that people have."""

import csv
import io
import re

from mediakit.errors import MediakitError
from mediakit.text.dictionary import LEVEL
from mediakit.text.dictionary_read import Found, foreign

LEGEND = re.compile(r"(?P<before>\s*)(?P<code>\d+)(?P<gap>\s+)(?P<name>\S.*)")
BY_SPACES = re.compile(r"(.*?\S)\s+(\d+(?:[\s,]+\d+)*)")
OF = re.compile(r"<(?P<next>[^<>]+)>\s*(?P<yes>\d+)/(?P<no>\d+)")
ON_BEFORE = re.compile(r"\([^()]*\)\s*\d+(?:/\d+)?")
WORDS_BEFORE = "its codes hang on the word before, which no count can follow"


def read_dic(text: str, name: str) -> Found:
    """Read a .dic: the legend between two lines of "%", then entries and codes."""
    lines = list(enumerate(text.split("\n"), start=1))
    marks = [at for at, (_, line) in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise MediakitError(
            f"{name} has no legend of categories between two lines of '%', as a LIWC "
            "dictionary does."
        )
    found = Found()
    categories = _legend(lines[marks[0] + 1 : marks[1]], found, name)
    for number, line in lines[marks[1] + 1 :]:
        if line.strip() and line.strip() != "%":
            _entry(number, line, categories, found)
    return found


def _legend(lines, found: Found, name: str) -> dict[int, str]:
    """Return the category of each code; tabs before names are levels (2015)."""
    rows = []
    for number, line in lines:
        match = LEGEND.fullmatch(line.rstrip())
        if match:
            indent = _indent(match["before"], match["gap"])
            label = match["name"].replace(LEVEL, " ").replace("\t", " ")
            rows.append((int(match["code"]), indent, " ".join(label.split())))
        elif line.strip():
            found.skip(number, line, "no category of the legend: a number and a name")
    if not rows:
        raise MediakitError(f"{name} has no category between its two lines of '%'.")
    categories, above = {}, []
    for code, indent, label in rows:
        above = [one for one in above if one[0] < indent]
        path = LEVEL.join([*(one[1] for one in above), label])
        if path in categories.values():
            label = f"{label} ({code})"
            path = LEVEL.join([*(one[1] for one in above), label])
        above.append((indent, label))
        categories[code] = path
    return categories


def _indent(before: str, gap: str) -> int:
    """Return how far a name of the legend is set in; spaces alone align, no more."""
    if "\t" in before:
        return before.count("\t")
    head, tab, tail = gap.partition("\t")
    return len(tail.expandtabs(8)) if tab else 0


def _entry(number: int, line: str, categories: dict[int, str], found: Found) -> None:
    term, tab, rest = line.strip().partition("\t")
    if not tab:
        match = BY_SPACES.fullmatch(line.strip())
        if not match:
            match = re.fullmatch(r"([^\s<(][^<(]*?)\s*([<(].*)", line.strip())
        if not match:
            found.skip(number, line, "no category's number stands behind it")
            return
        term, rest = match.groups()
    elif (last := re.search(r"\s(\d+)$", term)) and int(last[1]) in categories:
        found.skip(number, line, f"read as a phrase: no tab before {last[1]}")
    if "<" in term and (inside := OF.search(term)):
        term, rest = term[: inside.start()], f"{inside.group()} {rest}"
    for condition in OF.finditer(rest):
        phrase = f"{term.strip()} {condition['next']}"
        _codes(number, line, phrase, [condition["yes"]], categories, found)
        _codes(number, line, term, [condition["no"]], categories, found)
    rest = OF.sub(" ", rest)
    if ON_BEFORE.search(rest) or re.match(r"\(\s*\d", term):
        found.skip(number, line, WORDS_BEFORE)
        rest = ON_BEFORE.sub(" ", rest)
        if re.match(r"\(\s*\d", term):
            return
    _codes(number, line, term, re.split(r"[\s,;]+", rest.strip()), categories, found)


def _codes(number, line, term, codes, categories, found: Found) -> None:
    for code in filter(None, codes):
        category = categories.get(int(code)) if code.isdecimal() else None
        if category is None:
            found.skip(number, line, f"{code!r} is no category of the legend")
        else:
            found.rows.append((number, category, foreign(term), 1.0))


def read_dicx(text: str, name: str) -> Found:
    """Read a .dicx of LIWC-22: a column per category, "X" or a weight in its cells."""
    found = Found()
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = next((row for row in rows if any(map(str.strip, row))), [])
    if len(header) < 2 or header[0].strip().lower() != "dicterm":
        raise MediakitError(
            f"{name} must begin with a line 'DicTerm,category,...', as LIWC-22 writes "
            f"it, got {header[:3]}."
        )
    names = [cell.strip().replace(LEVEL, " ") for cell in header[1:]]
    for row in rows:
        term, cells = (row[0], row[1:]) if row else ("", [])
        if not any(map(str.strip, row)):
            continue
        marked = False
        for category, cell in zip(names, map(str.strip, cells), strict=False):
            weight = _weight(cell)
            if weight is None:
                found.skip(rows.line_num, f"{term}: {cell}", "neither X nor a number")
            elif weight:
                found.rows.append((rows.line_num, category, foreign(term), weight))
            marked |= weight is None or bool(weight)
        if not marked:
            found.skip(rows.line_num, term, "no category is marked")
    return found


def _weight(cell: str) -> float | None:
    if cell.lower() in ("", "x"):
        return float(bool(cell))
    try:
        return float(cell)
    except ValueError:
        return None
