"""Delimited text record by record, with stray quotes mended instead of obeyed.

A quote that was never closed swallows the rows after it; here they are told by their
field count, put back and read as the rows they are.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mediakit.load.csv_dialect import Dialect

LAZY_LINES = 50
MANY_LINES = 10
MOST = 0.9
SHAPED = 40


@dataclass
class Tally:
    """Rows whose quotes were mended, rows they had swallowed, and the first lines."""

    mended: int = 0
    mended_line: int = 0
    swallowed: int = 0
    swallowed_line: int = 0

    def add(self, line: int, swallowed: int) -> None:
        """Count one mended row that had swallowed others."""
        self.mended_line = self.mended_line or line
        self.mended += 1
        if swallowed:
            self.swallowed_line = self.swallowed_line or line
            self.swallowed += swallowed


class Lines:
    """Physical lines that remember what a record took and can take lines back."""

    def __init__(self, stream: Iterable[str], number: int = 1):
        self._stream, self._back = iter(stream), []
        self.taken, self.number = [], number

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._stream)
        self.taken.append(line)
        return line

    def next_record(self) -> None:
        """Forget the lines of the last record."""
        self.number += len(self.taken)
        self.taken = []

    def keep(self, count: int) -> None:
        """Put back all lines of this record but the first `count`."""
        self._back.extend(reversed(self.taken[count:]))
        del self.taken[count:]

    def take(self, count: int) -> list[str]:
        """Return the first `count` lines of this record, fewer at the end."""
        while len(self.taken) < count:
            if next(self, None) is None:
                break
        return self.taken[:count]


def read_records(
    lines: Lines, dialect: Dialect, width: int, tally: Tally
) -> Iterator[list[str]]:
    """Yield the records that are not blank, each with the quotes it can bear."""
    reader = csv.reader(lines, strict=True, **dialect.arguments)
    while True:
        lines.next_record()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = _mend(lines, dialect, width, tally)
        if len(lines.taken) > 1 and has_swallowed(lines.taken, dialect, width):
            row = _take_literally(lines, dialect, tally, len(lines.taken) - 1)
        if row:
            yield row


def has_swallowed(taken: list[str], dialect: Dialect, width: int) -> bool:
    """Say whether the lines of one record look like records of their own.

    All must have the right number of fields and share a shape of digits (a date, an
    id) with the first; among many lines, nine in ten will do.
    """
    first = dialect.literal(taken[0])
    if dialect.quotechar is None or width < 2 or len(first) != width:
        return False
    rows = [dialect.literal(line) for line in taken[1:]]
    fitting = [row for row in rows if len(row) == width]
    if len(fitting) == len(rows) or (
        len(rows) >= MANY_LINES and len(fitting) >= MOST * len(rows)
    ):
        same = (len(rows) >= MANY_LINES and width > 2) or dialect.delimiter == "\t"
        return same or any(_same_shape(first, fitting, i) for i in range(width))
    return False


def _same_shape(first: list[str], rows: list[list[str]], column: int) -> bool:
    shape = _shape(first[column])
    same = sum(_shape(row[column]) == shape for row in rows)
    return shape is not None and same >= MOST * len(rows)


def _shape(field: str) -> str | None:
    """Return `field` with each number as 0, None if it holds none or is long."""
    shaped = re.sub(r"\d+", "0", field)
    return shaped if shaped != field and len(field) < SHAPED else None


def _take_literally(
    lines: Lines, dialect: Dialect, tally: Tally, swallowed: int
) -> list[str]:
    tally.add(lines.number, swallowed)
    lines.keep(1)
    return dialect.literal(lines.taken[0])


def _mend(lines: Lines, dialect: Dialect, width: int, tally: Tally) -> list[str]:
    """Read a record whose quotes are wrong, in the first way that fits the width."""
    if dialect.quotechar is None:
        return _leniently(lines, dialect, tally)
    swallowed = len(lines.taken) - 1
    first = _lazy(lines.taken[0].rstrip("\r\n"), dialect)
    if first is not None and len(first) == width:
        tally.add(lines.number, 0)
        lines.keep(1)
        return first
    fits = len(dialect.literal(lines.taken[0])) == width
    if fits and _next_is_record(lines, dialect, width):
        return _take_literally(lines, dialect, tally, swallowed)
    for count in range(2, LAZY_LINES):
        row = _lazy("".join(lines.take(count)).rstrip("\r\n"), dialect)
        if row is not None and len(row) == width:
            tally.add(lines.number, 0)
            lines.keep(count)
            return row
        if len(lines.taken) < count:
            break
    if fits:
        return _take_literally(lines, dialect, tally, swallowed)
    return _leniently(lines, dialect, tally)


def _next_is_record(lines: Lines, dialect: Dialect, width: int) -> bool:
    following = lines.take(2)[1:]
    return not following or len(dialect.literal(following[0])) == width


def _leniently(lines: Lines, dialect: Dialect, tally: Tally) -> list[str]:
    """Fall back on what the csv module makes of the first line."""
    tally.add(lines.number, 0)
    lines.keep(1)
    return next(csv.reader(lines.taken, **dialect.arguments))


def _lazy(text: str, dialect: Dialect) -> list[str] | None:
    """Split `text` so that a quote closes only before a delimiter or the end."""
    quote, delimiter = dialect.quotechar, dialect.delimiter
    fields, at = [], 0
    while True:
        if text.startswith(quote, at):
            end = _closing(text, at + 1, quote, delimiter)
            if end is None:
                return None
            fields.append(text[at + 1 : end].replace(quote * 2, quote))
            at = end + 1
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            fields.append(text[at:end])
            at = end
        if at == len(text):
            return fields
        at += 1


def _closing(text: str, at: int, quote: str, delimiter: str) -> int | None:
    while (at := text.find(quote, at)) >= 0:
        if text.startswith(quote, at + 1):
            at += 2
        elif at + 1 == len(text) or text.startswith(delimiter, at + 1):
            return at
        else:
            at += 1
    return None
