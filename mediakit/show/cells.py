"""Columns to text and back without loss: what stands in a cell of a saved table.

CSV has no types, so each column's dtype and sign for "missing" go to the sidecar.
"""

import csv
import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pandas as pd
from pandas.api import types

from mediakit.errors import MediakitError
from mediakit.spreadsheets import guard, unguard

SPECIAL = re.compile('[",\r\n]')
LONGEST = 2**31 - 1  # what a C long holds on every system
MISSING = ("", "NA", "<missing>", "<no value>")


def to_text(column: pd.Series) -> tuple[list[str], dict]:
    """Return the cells of a column and what is needed to read them back."""
    texts = _texts(column)
    used = set(texts)
    missing = next(sign for sign in _signs() if sign not in used)
    is_text = _kind(column.dtype) == "text"
    cells = [guard(text) if is_text and text is not None else text for text in texts]
    note = {"name": column.name, "dtype": str(column.dtype), "missing": missing}
    guarded = sum(cell != text for cell, text in zip(cells, texts, strict=True))
    if guarded:
        note["guarded"] = guarded
    return [missing if cell is None else cell for cell in cells], note


def from_text(cells: list[str], note: dict) -> pd.Series:
    """Return the column that `to_text` was given."""
    dtype = types.pandas_dtype(note["dtype"])
    kind = _kind(dtype)
    texts = [None if cell == note["missing"] else cell for cell in cells]
    try:
        if kind == "date":
            dates = pd.to_datetime(
                pd.Series(texts, dtype="str"), format="ISO8601", utc=_has_zone(dtype)
            )
            return dates.astype(dtype)
        values = [None if text is None else READ[kind](text) for text in texts]
        return pd.Series(values, dtype=dtype)
    except (ValueError, TypeError, KeyError) as error:
        raise MediakitError(
            f"column {note['name']!r} was saved as {note['dtype']}, but holds "
            f"something else now ({error}); take the file from where it was saved."
        ) from error


READ = {
    "truth": {"True": True, "False": False}.__getitem__,
    "whole": int,
    "real": float,
    "text": unguard,
}


def _kind(dtype) -> str | None:
    """Return how the dtype is written, or None if it cannot be."""
    if types.is_bool_dtype(dtype):
        return "truth"
    if types.is_integer_dtype(dtype):
        return "whole"
    if types.is_float_dtype(dtype):
        return "real"
    if types.is_datetime64_any_dtype(dtype):
        return "date"
    return "text" if types.is_string_dtype(dtype) else None


def _has_zone(dtype) -> bool:
    return isinstance(dtype, pd.DatetimeTZDtype)


def _texts(column: pd.Series) -> list[str | None]:
    """Return the values as text, None where missing."""
    kind = _kind(column.dtype)
    values = column
    if kind == "date" and _has_zone(column.dtype):
        values = column.dt.tz_convert("UTC")
    write = {"whole": lambda x: str(int(x)), "real": lambda x: repr(float(x))}
    write = write | {"date": pd.Timestamp.isoformat, "truth": str, "text": str}
    missing = column.isna().to_numpy()
    values = [None if no else x for x, no in zip(values, missing, strict=True)]
    bad = next((x for x in values if kind == "text" and not _is_text(x)), None)
    if kind is None or bad is not None:
        held = column.dtype if bad is None else f"{type(bad).__name__} among text"
        raise MediakitError(
            f"column {column.name!r} holds {held}, which a CSV cannot give back; "
            "convert it first, for example with .astype('str')."
        )
    return [None if x is None else write[kind](x) for x in values]


def _is_text(value) -> bool:
    return value is None or isinstance(value, str)


def _signs():
    yield from MISSING
    number = 0
    while True:
        number += 1
        yield f"<missing {number}>"


def write_cells(path: Path, names: Iterable[str], rows: Iterable[tuple]) -> None:
    """Write a header and rows of text as UTF-8 CSV with a byte-order mark."""
    try:
        with open(path, "w", encoding="utf-8-sig", newline="") as file:
            for row in chain([names], rows):
                line = ",".join(map(_quoted, row))
                file.write((line or '""') + "\n")
    except UnicodeEncodeError as error:
        raise MediakitError(
            f"the table holds half a character ({error}), which no file can store; "
            "clean the text first."
        ) from error


def _quoted(cell: str) -> str:
    """Quote a cell where needed; csv.writer forgets lone carriage returns."""
    return '"' + cell.replace('"', '""') + '"' if SPECIAL.search(cell) else cell


def read_cells(path: Path, names: list[str]) -> list[list[str]]:
    """Return the rows of a CSV that must have the columns `names`."""
    limit = csv.field_size_limit(LONGEST)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            found, *rows = list(csv.reader(file)) or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unlike(path, error) from error
    finally:
        csv.field_size_limit(limit)
    if found != names:
        raise _unlike(path, f"its columns should be {names}, found {found}")
    for place, row in enumerate(rows, start=1):
        if len(row) != len(names):
            raise _unlike(path, f"row {place} has {len(row)} cells, not {len(names)}")
    return rows


def _unlike(path: Path, why: object) -> MediakitError:
    return MediakitError(
        f"{path.name!r} was changed and is no longer the table saved ({why}); "
        "take the file from where it was saved."
    )
