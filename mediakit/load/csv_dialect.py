"""How a delimited file is written: its delimiter, its quotes and its escapes.

Known headings decide first, then evenness: the right dialect gives every record the
same number of fields.
"""

import csv
import io
import re
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from mediakit.load.columns import known_headings

DELIMITERS = ",;\t|^~\x1f\x01¦§"
NO_DELIMITER = "\0"
SAMPLE = 1 << 18
ROWS = 300
EVEN = 0.8
FEW = 5
SEP_LINE = re.compile(
    rb"""["]?sep=([^"'\\\w\r\n]|\\t|\xc2[\x80-\xbf])["]?\r?\n""", re.IGNORECASE
)


@dataclass(frozen=True)
class Dialect:
    """One way of writing delimited text, in the terms of the csv module."""

    delimiter: str
    quotechar: str | None = '"'
    escapechar: str | None = None
    skipinitialspace: bool = False

    @property
    def arguments(self) -> dict:
        """The keyword arguments for `csv.reader`."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quotechar,
            "escapechar": self.escapechar,
            "doublequote": self.escapechar is None,
            "skipinitialspace": self.skipinitialspace,
            "quoting": csv.QUOTE_MINIMAL if self.quotechar else csv.QUOTE_NONE,
        }

    @property
    def is_plain(self) -> bool:
        """Say whether quotes are doubled and nothing else is special (RFC 4180)."""
        return self == Dialect(self.delimiter) and "\0" < self.delimiter < "\x7f"

    def literal(self, line: str) -> list[str]:
        """Split one line with its quotes taken as text."""
        return line.rstrip("\r\n").split(self.delimiter)


@contextmanager
def long_fields():
    """Let the csv module read fields of any length."""
    before = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def sniff(sample: str, *, width: int | None, delimiter: str | None) -> Dialect:
    """Return the dialect of `sample`; `width` is the number of columns if known."""
    first = next((line for line in sample.splitlines() if line.strip()), "")
    if delimiter is None:
        delimiter = _delimiter(sample, first, width)
    if delimiter == "\t" and _quotes_are_text(sample):
        return Dialect(delimiter, quotechar=None)
    variants = [Dialect(delimiter)]
    if first.startswith("'"):
        variants.insert(0, Dialect(delimiter, quotechar="'"))
    if f'{delimiter} "' in sample:
        variants.append(Dialect(delimiter, skipinitialspace=True))
    if "\\" in sample:
        variants.append(Dialect(delimiter, escapechar="\\"))
        variants.append(Dialect(delimiter, quotechar=None, escapechar="\\"))
    if len(variants) == 1:
        return variants[0]
    return max(variants, key=lambda dialect: _evenness(sample, dialect, width))


def _quotes_are_text(sample: str) -> bool:
    """Say whether even lines have more cells with one quote at an edge than two."""
    lines = [line.rstrip("\r").split("\t") for line in sample.split("\n") if line]
    edges = Counter(
        cell.startswith('"') + cell.endswith('"')
        for line in lines
        for cell in line
        if cell != '"'
    )
    even = len(set(map(len, lines))) == 1 and '""' not in sample
    return even and edges[1] > max(FEW, edges[2])


def usual_width(sample: str, dialect: Dialect) -> int:
    """Return the number of fields that most records have."""
    widths = [len(row) for row in _parse(sample, dialect)[0]]
    return max(widths, key=widths.count)


def _delimiter(sample: str, first: str, width: int | None) -> str:
    best, chosen = (0, 0.0, 0), NO_DELIMITER
    for delimiter in DELIMITERS:
        if delimiter not in first:
            continue
        rows, _ = _parse(sample, Dialect(delimiter))
        fields = width or len(rows[0])
        even = sum(len(row) == fields for row in rows) / len(rows)
        known = known_headings(rows[0]) if width is None else 0
        if fields > 1 and (even >= EVEN or known) and (known, even, fields) > best:
            best, chosen = (known, even, fields), delimiter
    if chosen == NO_DELIMITER and (width or 0) > 1:
        return _delimiter(sample, first, None)
    return chosen


def _evenness(sample: str, dialect: Dialect, width: int | None) -> tuple[float, bool]:
    rows, strict = _parse(sample, dialect)
    fields = width or len(rows[0])
    return sum(len(row) == fields for row in rows) / len(rows), strict


def _parse(sample: str, dialect: Dialect) -> tuple[list[list[str]], bool]:
    """Return the first records, and whether every quote stood where one may."""
    try:
        return _rows(sample, dialect, strict=True), True
    except csv.Error:
        return _rows(sample, dialect, strict=False), False


def _rows(sample: str, dialect: Dialect, *, strict: bool) -> list[list[str]]:
    reader = csv.reader(
        io.StringIO(sample, newline=""), strict=strict, **dialect.arguments
    )
    with long_fields():
        return list(islice(filter(None, reader), ROWS)) or [[]]
