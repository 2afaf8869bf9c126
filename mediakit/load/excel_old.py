"""Excel up to 2003 (.xls), as ProQuest still exports it -> a table.

xlrd reads it, a small package that is not installed by default.
"""

from io import BytesIO, StringIO

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load.excel import filled_rows, join_sheets
from mediakit.load.sources import Format, Options, Source

MAGIC = b"\xd0\xcf\x11\xe0"
BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
MOST_BYTES = 200_000_000


def recognise(source: Source) -> bool:
    """Tell an old Excel workbook: an OLE file with a workbook in it."""
    if bytes(source.data[:4]) != MAGIC:
        return False
    return source.ending == ".xls" or any(source.data.find(b) >= 0 for b in BOOKS)


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read the first sheet, and further ones if they have the same headings."""
    try:
        import xlrd
    except ImportError as error:
        raise MediakitError(
            f"{source.name} is an old Excel file: open it in Excel or LibreOffice and "
            "save it as .xlsx or .csv, or install what reads it: pip install xlrd."
        ) from error
    if len(source.data) > MOST_BYTES:
        raise MediakitError(
            f"{source.name} has {len(source.data):,} bytes, more than an old Excel "
            "file can sensibly have; save it as .csv."
        )
    try:
        book = xlrd.open_workbook(
            file_contents=BytesIO(source.data).getvalue(),
            logfile=StringIO(),
            on_demand=True,
        )
        sheets = {s.name: _rows(s, book.datemode, xlrd) for s in book.sheets()}
    except Exception as error:  # whatever a damaged file makes xlrd raise
        raise MediakitError(
            f"{source.name} is not a complete Excel workbook ({error!r:.200}); save it "
            "again, as .xlsx or .csv."
        ) from error
    sheets = {name: rows for name, rows in sheets.items() if rows}
    filled = sum(map(len, sheets.values()))
    return join_sheets(sheets, filled, source.name, options, ledger)


def _rows(sheet, datemode: int, xlrd) -> list[list]:
    """Return the filled rows of a sheet, with dates as dates."""
    return filled_rows(
        [_value(cell, datemode, xlrd) for cell in sheet.row(number)]
        for number in range(sheet.nrows)
    )


def _value(cell, datemode: int, xlrd):
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_NUMBER and cell.value.is_integer():
        return int(cell.value)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return None
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value


FORMAT = Format("xls", "old Excel (.xls)", recognise, read)
