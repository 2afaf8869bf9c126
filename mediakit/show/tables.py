"""Tables keep where they came from: a CSV anyone can open, a sidecar with the rest.

The sidecar holds dtypes, provenance and the checksum, so a figure can be rebuilt.
"""

import hashlib
import json
import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_frame
from mediakit.show.cells import from_text, read_cells, to_text, write_cells
from mediakit.show.files import new_files, path_for
from mediakit.spreadsheets import guard

FORMAT = "mediakit table 1"
GUARD = (
    "Text cells that a spreadsheet would run as a formula (first character = + - @, "
    "tab or line break) have an apostrophe in front; read_table takes it off."
)


def save_table(table: pd.DataFrame, path: str | Path) -> list[Path]:
    """Save a table with its provenance: a CSV and a JSON sidecar beside it.

    The CSV opens in a spreadsheet, R or any editor. The sidecar, named as the CSV
    plus ".json", says how the table was made, its column types and its checksum.

    Parameters
    ----------
    table : DataFrame
        Any table of mediakit. Columns hold numbers, truth values, dates or text.
    path : str or Path
        Where to; must end in ".csv". Missing folders are made.

    Returns
    -------
    list of Path
        The CSV and the sidecar.

    Raises
    ------
    MediakitError
        If the suffix is not ".csv", a column cannot be given back exactly (lists,
        categories), column names repeat, the index holds data, or the
        provenance is not plain JSON.

    Notes
    -----
    Numbers are written so that they read back to the last bit, dates as ISO 8601
    in UTC. UTF-8 with a byte-order mark, because Excel needs it (in R:
    ``fileEncoding = "UTF-8-BOM"``). Text that a spreadsheet would run as a formula
    gets an apostrophe in front; the sidecar counts these cells and `read_table`
    takes the apostrophe off. When not to use it: for millions of rows, where
    Parquet is smaller and faster.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> table = pd.DataFrame({"item": ["=peace", "war"], "rate": [0.1, float("nan")]})
    >>> table.attrs["mediakit"] = {"verb": "summarise"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save_table(table, folder + "/words.csv")
    ...     again = read_table(paths[0])
    >>> [path.name for path in paths]
    ['words.csv', 'words.csv.json']
    >>> again.equals(table), again.attrs
    (True, {'mediakit': {'verb': 'summarise'}})
    """
    check_frame("table", table)
    path = path_for(path, (".csv",))
    _check_shape(table)
    written = [to_text(table[name]) for name in table.columns]
    cells, notes = [cells for cells, _ in written], [note for _, note in written]
    sidecar = {
        "format": FORMAT,
        "csv": os.fsencode(path.name).decode("utf-8", "replace"),
        "rows": len(table),
        "columns": notes,
        "guard": GUARD,
        "attrs": table.attrs,
    }
    paths = [path, _sidecar_of(path)]
    with new_files(*paths) as (csv_part, json_part):
        write_cells(csv_part, map(guard, table.columns), zip(*cells, strict=True))
        sidecar["sha256"] = _sha256(csv_part)
        json_part.write_text(_json(sidecar) + "\n", encoding="utf-8", newline="\n")
    return paths


def read_table(path: str | Path) -> pd.DataFrame:
    """Read a table that `save_table` wrote, with its types and provenance.

    Parameters
    ----------
    path : str or Path
        The CSV; its sidecar must lie beside it.

    Returns
    -------
    DataFrame
        The columns, dtypes, values and ``attrs`` that were saved.

    Raises
    ------
    MediakitError
        If a file is missing or is no table of mediakit, or if the CSV was changed
        so that its columns or types no longer fit.

    Warns
    -----
    MediakitWarning
        If the CSV was changed after saving but still fits; ``attrs`` then notes it.

    Notes
    -----
    When not to use it: for a CSV of other origin; read that with ``pandas.read_csv``,
    articles with ``mk.read_articles``.

    Examples
    --------
    See `save_table`.
    """
    path = Path(path)
    sidecar = _read_sidecar(path)
    changed = _sha256(path) != sidecar["sha256"]
    notes = sidecar["columns"]
    rows = read_cells(path, [guard(note["name"]) for note in notes])
    columns = zip(*rows, strict=True) if rows else ([] for _ in notes)
    table = pd.DataFrame(
        {
            note["name"]: from_text(cells, note)
            for note, cells in zip(notes, columns, strict=True)
        },
        index=pd.RangeIndex(len(rows)),
    )
    table.attrs = sidecar["attrs"]
    if changed:
        _say_changed(table, path, sidecar)
    return table


def _check_shape(table: pd.DataFrame) -> None:
    names = list(table.columns)
    if not names:
        raise MediakitError("the table has no columns; there is nothing to save.")
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        raise MediakitError(f"column names must be text and differ, got {names}.")
    index = table.index
    if index.name is not None or not pd.api.types.is_integer_dtype(index.dtype):
        raise MediakitError(
            f"the index holds data ({index.name or index.dtype}) that a CSV would "
            "lose; call reset_index() first."
        )


def _sidecar_of(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(content: dict) -> str:
    def plain(value):
        if isinstance(value, np.generic):
            return value.item()
        raise TypeError(f"{type(value).__name__} {value!r}")

    try:
        return json.dumps(
            content, indent=2, ensure_ascii=False, allow_nan=False, default=plain
        )
    except (TypeError, ValueError) as error:
        raise MediakitError(
            f"the table's attrs cannot be written as JSON ({error}); keep text, "
            "finite numbers, lists and dicts in them."
        ) from error


def _read_sidecar(path: Path) -> dict:
    if not path.is_file():
        raise MediakitError(f"there is no file {str(path)!r}.")
    beside = _sidecar_of(path)
    if not beside.is_file():
        raise MediakitError(
            f"{path.name!r} has no {beside.name!r} beside it, so its types and "
            "provenance are unknown; fetch that file too, or read the plain numbers "
            "with pandas.read_csv."
        )
    try:
        sidecar = json.loads(beside.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MediakitError(f"{beside.name!r} is not JSON ({error}).") from error
    if not isinstance(sidecar, dict) or sidecar.get("format") != FORMAT:
        raise MediakitError(
            f"{beside.name!r} does not describe a {FORMAT!r}; "
            "save the table again with this version."
        )
    return sidecar


def _say_changed(table: pd.DataFrame, path: Path, sidecar: dict) -> None:
    message = (
        f"{path.name!r} was changed after it was saved ({sidecar['rows']} rows then, "
        f"{len(table)} now; checksum differs), so its provenance may not hold."
    )
    warnings.warn(message, MediakitWarning, stacklevel=3)
    if "mediakit" in table.attrs:
        table.attrs["mediakit"].setdefault("notes", []).append(message)
