"""CSV, TSV and every other delimited text -> a table of strings.

A strict scan decides: a regular file goes through Arrow, any other through the csv
module with its quotes mended, and every oddity is counted with a line number.
"""

import codecs
import io
from itertools import islice

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from mediakit.load.columns import known_headings, unique_names
from mediakit.load.csv_dialect import (
    SAMPLE,
    SEP_LINE,
    Dialect,
    long_fields,
    sniff,
    usual_width,
)
from mediakit.load.csv_repair import Lines, Tally, has_swallowed, read_records
from mediakit.load.csv_scan import Scan, scan
from mediakit.load.encodings import to_utf8
from mediakit.load.json_records import starts_as_json
from mediakit.load.sources import Format, Options, Source
from mediakit.progress import progress

ROWS = 20_000
LINES = 5
LARGEST_BLOCK = 1 << 30
EXTRA = "extra_cells"
SHORT, LONG = "rows too short", "rows too long"
ENDINGS = (".csv", ".tsv", ".tab", ".psv")


def recognise(source: Source) -> bool:
    """Tell delimited text by its ending, two known headings, or even tabs."""
    if source.kind or starts_as_json(source):
        return False
    if source.ending in ENDINGS:
        return not source.head.lstrip().startswith("<")
    if source.ending not in ("", ".txt", ".text", ".dat"):
        return False
    lines = source.head.strip().split("\n")[:LINES]
    dialect = sniff(lines[0], width=None, delimiter=None)
    tabs = {line.count("\t") for line in lines}
    evenly_tabbed = len(lines) == LINES and len(tabs) == 1 and tabs != {0}
    return evenly_tabbed or known_headings(dialect.literal(lines[0])) > 1


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read one delimited file; every cell stays a string, empty ones are missing."""
    data = to_utf8(
        source.data, name=source.name, encoding=options.encoding, ledger=ledger
    )
    delimiter, line = options.delimiter, 1
    if said := SEP_LINE.match(data):
        delimiter = said[1].decode().replace("\\t", "\t")
        data, line = memoryview(data)[said.end() :], 2
    width = len(options.names) if options.names else None
    sample = _sample(data)
    dialect = sniff(sample, width=width, delimiter=delimiter)
    if options.headerless:
        count = usual_width(sample, dialect)
        names, heading_lines, start = unique_names([None] * count, ledger), 0, 0
    else:
        names, heading_lines, start = _headings(data, dialect, ledger, source.name)
    body = memoryview(data)[start:]
    table = _fast(body, dialect, len(names), ledger)
    if table is None:
        lines = Lines(_stream(body), number=line + heading_lines)
        table = _careful(lines, dialect, len(names), ledger, source.name)
    frame = table.to_pandas(split_blocks=True, self_destruct=True)
    frame.columns = names + [EXTRA] * (len(frame.columns) - len(names))
    ledger.add("rows read", len(frame))
    return frame


def _sample(data) -> str:
    sample = bytes(data[:SAMPLE])
    if len(data) > SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    return sample.decode("utf-8", "ignore")


def _stream(data) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        pa.BufferReader(pa.py_buffer(data)), encoding="utf-8", newline=""
    )


def _headings(data, dialect: Dialect, ledger, name: str):
    """Return the column names, and how many lines and bytes stand before the rows."""
    lines = Lines(_stream(data))
    with long_fields():
        first = next(read_records(lines, dialect, 0, Tally()), [])
    count = lines.number - 1 + len(lines.taken)
    size = sum(len(line.encode()) for line in islice(_stream(data), count))
    return unique_names(first, ledger, name=name), count, size


def _fast(body, dialect: Dialect, width: int, ledger) -> pa.Table | None:
    """Read a regular file through Arrow; None if the scan or Arrow finds it is not."""
    if not dialect.is_plain or not len(body) or not width:
        return None
    if bytes(body[:3]) == codecs.BOM_UTF8:  # Arrow would drop it from the first cell
        return None
    found = scan(body, delimiter=dialect.delimiter)
    if not found.regular or _any_swallowed(body, found, dialect, width):
        return None
    names = [str(i) for i in range(width)]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            read_options=pacsv.ReadOptions(
                column_names=names,
                block_size=min(max(1 << 24, 2 * found.longest), LARGEST_BLOCK),
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=dialect.delimiter, newlines_in_values=bool(found.multiline)
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=True,
                null_values=[""],
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != found.records:
        return None
    ledger.add("rows expected", found.records)
    return table


def _any_swallowed(body, found: Scan, dialect: Dialect, width: int) -> bool:
    """Say whether any record of several lines holds what looks like records."""
    delimiter = dialect.delimiter.encode()
    for starts, ends in found.multiline:
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            record = bytes(body[start:end])
            first = record.index(b"\n")
            if record.count(delimiter, 0, first) == width - 1:
                lines = record.split(b"\n")
                if any(line.count(delimiter) == width - 1 for line in lines[1:4]):
                    decoded = record.decode().split("\n")
                    if has_swallowed(decoded, dialect, width):
                        return True
    return False


def _careful(lines: Lines, dialect: Dialect, width: int, ledger, name: str) -> pa.Table:
    """Read record by record; short rows are padded, extra cells kept apart."""
    tally, parts, batch = Tally(), [], []
    with long_fields():
        records = read_records(lines, dialect, width, tally)
        for row in progress(records, what=f"reading {name}"):
            if len(row) != width:
                row = _fitted(row, width, dialect.delimiter)
                tally.add(SHORT, lines.number, len(row) < width)
                tally.add(LONG, lines.number, len(row) > width)
            batch.append(row)
            if len(batch) == ROWS:
                parts.append(_table(batch, width))
                batch = []
    parts.append(_table(batch, width))
    for what, count in tally.counts.items():
        note = f"first in line {tally.first_lines[what]} of {name}"
        ledger.add(what, count, note, lost=True)
    table = pa.concat_tables(parts)
    ledger.add("rows expected", table.num_rows)
    return table if tally.counts[LONG] else table.drop_columns([str(width)])


def _fitted(row: list[str], width: int, delimiter: str) -> list[str]:
    """Join what stands beyond the last column into one cell, if it is not blank."""
    extra = row[width:]
    return row[:width] + ([delimiter.join(extra)] if any(extra) else [])


def _table(rows: list[list[str]], width: int) -> pa.Table:
    """Return rows of up to `width` + 1 cells as a table; empty cells are missing."""
    padded = (row + [""] * (width + 1 - len(row)) for row in rows)
    columns = list(zip(*padded, strict=True)) or [()] * (width + 1)
    return pa.table(
        {
            str(i): pa.array([cell or None for cell in column], pa.large_string())
            for i, column in enumerate(columns)
        }
    )


FORMAT = Format("csv", "CSV, TSV or other delimited text", recognise, read)
