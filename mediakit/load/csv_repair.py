"""Delimited text record by record, with stray quotes mended instead of obeyed.

A quote that was never closed swallows the rows after it; here they are told by their
field count, put back and read as the rows they are.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from mediakit.load.csv_dialect import Dialect

STRAY = "rows with a stray quote"
SWALLOWED = "rows a stray quote had swallowed"
LAZY_LINES = 20
QUOTES_IGNORED = 3
MANY_LINES = 10
HUNDREDS = 200
MOST = 0.9
SHAPED = 40


class Tally:
    """How often each oddity occurs, and the line of the first."""

    def __init__(self):
        self.counts, self.first_lines = Counter(), {}

    def add(self, what: str, line: int, count: int = 1) -> None:
        """Count an oddity that stands in `line`."""
        if count:
            self.counts[what] += count
            self.first_lines.setdefault(what, line)


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
            row = None
        if dialect.quotechar and _is_doubtful(row, lines.taken, dialect, width):
            row = _mend(lines, dialect, width, tally) or row
        if row is None:
            row = _leniently(lines, dialect, tally)
        if row:
            yield row


def _is_doubtful(
    row: list | None, taken: list[str], dialect: Dialect, width: int
) -> bool:
    if row is None or (row and len(row) != width):
        return any(dialect.quotechar in line for line in taken)
    return len(taken) > 1 and has_swallowed(taken, dialect, width)


def has_swallowed(taken: list[str], dialect: Dialect, width: int) -> bool:
    """Say whether the lines of one record look like records of their own.

    All must have the right number of fields (nine in ten among many lines), and share
    a shape of digits (a date, an id) with the first unless chance is ruled out: by
    tabs, by three or more fields in many lines, by hundreds of lines.
    """
    first = dialect.literal(taken[0])
    if dialect.quotechar is None or width < 2 or len(first) != width:
        return False
    rows = [dialect.literal(line) for line in taken[1:]]
    fitting = [row for row in rows if len(row) == width]
    many = len(rows) >= MANY_LINES
    if len(fitting) < (MOST if many else 1) * len(rows):
        return False
    by_chance = dialect.delimiter != "\t" and not (many and width > 2)
    if len(rows) >= HUNDREDS or not by_chance:
        return True
    return any(_same_shape(first, fitting, i) for i in range(width))


def _same_shape(first: list[str], rows: list[list[str]], column: int) -> bool:
    shape = _shape(first[column])
    same = sum(_shape(row[column]) == shape for row in rows)
    return shape is not None and same >= MOST * len(rows)


def _shape(field: str) -> str | None:
    """Return `field` with each number as 0, None if it holds none or is long."""
    shaped = re.sub(r"\d+", "0", field)
    return shaped if shaped != field and len(field) < SHAPED else None


def _mend(lines: Lines, dialect: Dialect, width: int, tally: Tally) -> list | None:
    """Read a record whose quotes are wrong in the first way that fits the width.

    What follows must look like the start of a record; one line may go without.
    """
    spanned, alone = len(lines.taken), None
    for count, row in _readings(lines, dialect):
        if len(row) == width:
            if _record_follows(lines, count, row, dialect):
                return _accept(lines, count, row, tally, spanned)
            alone = alone or (row if count == 1 else None)
    if alone:
        return _accept(lines, 1, alone, tally, spanned)
    lines.keep(spanned)
    return None


def _readings(lines: Lines, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield ways to read the next lines: all quotes lazy, one as text, all as text.

    In a single line a doubled quote before a delimiter may be a stray one and the end.
    """
    for count in range(1, LAZY_LINES + 1):
        part = lines.take(count)
        if len(part) < count:
            return
        text = "".join(part).rstrip("\r\n")
        for ignored in (None, *range(QUOTES_IGNORED)):
            if row := _lazy(text, dialect, ignored):
                yield count, row
        if count == 1:
            end = dialect.quotechar + dialect.delimiter
            doubled = text.replace(dialect.quotechar + end, end)
            if doubled != text and (row := _lazy(doubled, dialect, None)):
                yield count, row
            yield count, dialect.literal(text)


def _record_follows(lines: Lines, count: int, row: list[str], dialect: Dialect) -> bool:
    """Say whether the line after the first `count` starts as `row` does, or is none."""
    following = lines.take(count + 1)[count:]
    if not following:
        return True
    fields = dialect.literal(following[0])
    shapes = [_shape(field.strip(dialect.quotechar)) for field in (row[0], fields[0])]
    return shapes[0] == shapes[1] if shapes[0] else len(fields) >= len(row)


def _accept(
    lines: Lines, count: int, row: list[str], tally: Tally, spanned: int
) -> list[str]:
    tally.add(STRAY, lines.number)
    tally.add(SWALLOWED, lines.number, max(spanned - count, 0))
    lines.keep(count)
    return row


def _leniently(lines: Lines, dialect: Dialect, tally: Tally) -> list[str]:
    """Fall back on what the csv module makes of the first line."""
    tally.add(STRAY, lines.number)
    lines.keep(1)
    return next(csv.reader(lines.taken, **dialect.arguments))


def _lazy(text: str, dialect: Dialect, ignored: int | None) -> list[str] | None:
    """Split `text` so that a quote closes only before a delimiter or the end.

    The opening quote number `ignored` is text.
    """
    quote, delimiter = dialect.quotechar, dialect.delimiter
    fields, at, opened = [], 0, -1
    while True:
        opened += text.startswith(quote, at)
        if text.startswith(quote, at) and opened != ignored:
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
