"""Excel (.xlsx) -> a table; sheets with the same headings are joined.

The rows expected are counted in the sheet's own XML, not by the library that reads it.
"""

import re
import warnings
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa

from mediakit.errors import MediakitError
from mediakit.load.columns import unique_names
from mediakit.load.sources import Format, Options, Source

MAGIC, BOOK = b"PK\x03\x04", b"xl/workbook.xml"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
ROW = re.compile(rb"<(?:\w+:)?row[ >]")
FILLED = re.compile(rb"<(?:\w+:)?[vt]\b[^>]*>[^<]")


def recognise(source: Source) -> bool:
    """Tell an Excel workbook: a zip that has one inside."""
    return bytes(source.data[:4]) == MAGIC and source.data.rfind(BOOK) >= 0


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read the first sheet, and further ones if they have the same headings."""
    stream = pa.BufferReader(pa.py_buffer(source.data))
    try:
        sheets = _sheets(stream)
        filled = _filled_rows(stream)
    except Exception as error:  # whatever the parts of openpyxl raise
        raise MediakitError(
            f"{source.name} is not a complete Excel workbook ({error!r}); save it "
            "again, or as .csv."
        ) from error
    return join_sheets(sheets, filled, source.name, options, ledger)


def join_sheets(
    sheets: dict[str, list[list]], filled: int, name: str, options: Options, ledger
) -> pd.DataFrame:
    """Return the first sheet, and further ones if they have the same headings.

    `filled` is how many rows all sheets should have.
    """
    if not sheets:
        raise MediakitError(f"{name} has no sheet with rows.")
    first, *others = sheets.items()
    heading = [] if options.headerless else [first[1][0]]
    rows, headings = first[1][len(heading) :], len(heading)
    for sheet, more in others:
        if more[: len(heading)] == heading:
            rows, headings = rows + more[len(heading) :], headings + len(heading)
            continue
        note = f"{sheet!r} of {name} has other headings; save it as its own file"
        ledger.add("rows on sheets left out", len(more), note, lost=True)
        filled -= len(more)
    ledger.add("rows expected", filled - headings)
    ledger.add("rows read", len(rows))
    return _frame(heading, rows, ledger, name)


def _sheets(stream) -> dict[str, list[list]]:
    """Return the rows that are not blank of each sheet that has any."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        sheets = {
            sheet.title: filled_rows(sheet.iter_rows(values_only=True))
            for sheet in book.worksheets
        }
    return {title: rows for title, rows in sheets.items() if rows}


def filled_rows(rows) -> list[list]:
    """Return the rows that are not blank, without blank cells at their end."""
    return [_trimmed(row) for row in rows if any(c not in (None, "") for c in row)]


def _trimmed(row) -> list:
    cells = list(row)
    while cells[-1] in (None, ""):
        cells.pop()
    return cells


def _filled_rows(stream) -> int:
    """Count the rows with a filled cell in the XML of all sheets."""
    with zipfile.ZipFile(stream) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if SHEET.fullmatch(n)]
    return sum(
        bool(FILLED.search(row)) for sheet in sheets for row in ROW.split(sheet)[1:]
    )


def _frame(heading: list, rows: list, ledger, name: str) -> pd.DataFrame:
    width = max(map(len, heading + rows), default=0)
    rows = [row + [None] * (width - len(row)) for row in rows]
    cells = heading[0] if heading else []
    names = unique_names(cells + [None] * (width - len(cells)), ledger, name=name)
    return pd.DataFrame(rows, columns=names, dtype=object)


FORMAT = Format("excel", "Excel (.xlsx)", recognise, read)
