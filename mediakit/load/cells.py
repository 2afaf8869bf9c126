"""Cells of any kind -> plain strings, or numbers where every cell is one.

JSON, Excel and a user's own table bring lists, objects and dates where text should
be; what they say is kept.
"""

import json
import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.schema import ARTICLES

PARAGRAPHS = "\n\n"
MISSING_MARKS = ["NA", "N/A", "NaN", "nan", "None", "NULL", "null", "<NA>"]
NUMBER = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?$"
WITH_COMMA = r"-?\d[\d.]{0,20}(?:,\d{1,12})*"
LOOKED_AT = 100
EXACT = 2**53
SURROGATES = re.compile("[\ud800-\udfff]")


def tidy(frame: pd.DataFrame, ledger, *, untyped: bool) -> pd.DataFrame:
    """Return `frame` with our columns as str, the user's as str or numbers.

    `untyped` says that the format knows strings only, so that "12" is a number.
    """
    columns = {}
    for name in frame.columns:
        if name == "published":
            columns[name] = frame[name]
        elif name in ARTICLES:
            joiner = PARAGRAPHS if name in ("title", "text") else "; "
            columns[name] = _clean(as_text(frame[name], joiner=joiner), name, ledger)
        else:
            columns[name] = _own(frame[name], untyped)
            _tell_commas(columns[name], name, ledger)
    return pd.DataFrame(columns, index=frame.index)


def as_text(values: pd.Series, *, joiner: str = "; ") -> pd.Series:
    """Return `values` as str; lists of strings are joined, other objects are JSON."""
    if values.dtype == "str":
        return values
    cells = [_cell(value, joiner) for value in values.tolist()]
    try:
        return pd.Series(cells, index=values.index, dtype="str")
    except UnicodeEncodeError:
        cells = [cell and SURROGATES.sub("\ufffd", cell) for cell in cells]
        return pd.Series(cells, index=values.index, dtype="str")


def _cell(value: object, joiner: str) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple, np.ndarray)):
        items = list(value)
        if all(isinstance(item, str) for item in items):
            return joiner.join(items)
        return json.dumps(items, ensure_ascii=False, default=str)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if pd.isna(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _clean(values: pd.Series, name: str, ledger) -> pd.Series:
    """Take out NUL characters and the marks other programs write for "missing"."""
    strings = pa.array(values)
    if pc.any(pc.match_substring_regex(strings, r"\x00")).as_py():
        nuls = pc.sum(pc.count_substring(strings, "\0")).as_py()
        ledger.add("NUL bytes removed", nuls, f"in {name}", lost=True)
        values = values.str.replace("\0", "", regex=False)
    marks = values.isin(MISSING_MARKS)
    if marks.any() and name != "article_id":
        shown = ", ".join(values[marks].unique())
        ledger.add("cells read as missing", marks.sum(), f"{shown} in {name}")
        values = values.mask(marks)
    empty = values == ""
    return values.mask(empty) if empty.any() else values


def _own(values: pd.Series, untyped: bool) -> pd.Series:
    """Return a column of the user's in the plainest dtype that loses nothing."""
    if values.dtype == "str":
        return _numbers(values) if untyped else values
    if values.dtype != object:
        return values
    known = values.dropna()
    kinds = set(map(type, known.tolist()))
    if kinds and kinds <= {int, float} and known.abs().max() < EXACT:
        return pd.to_numeric(values)
    if kinds == {bool} and len(known) == len(values):
        return values.astype(bool)
    return as_text(values)


def _tell_commas(values: pd.Series, name: str, ledger) -> None:
    """Count a column of numbers that stay text, as a comma can mean two things."""
    if values.dtype == "str" and len(known := values.dropna()):
        head = known.iloc[:LOOKED_AT]
        if not head.str.fullmatch(WITH_COMMA).all() or not head.str.contains(",").any():
            return
        note = f"{name!r}, as {head[head.str.contains(',')].iloc[0]!r}"
        ledger.add("columns of numbers with commas, kept as text", 1, note)


def _numbers(values: pd.Series) -> pd.Series:
    """Return numbers if each cell is a plain one (no leading zero, 15 digits)."""
    known = pa.array(values).drop_null()
    for cells in (known[:LOOKED_AT], known):
        plain = pc.match_substring_regex(cells, NUMBER)
        if not len(cells) or not pc.all(plain).as_py():
            return values
    points = pc.any(pc.match_substring(known, ".")).as_py()
    whole = len(known) == len(values) and not points
    return values.astype("int64" if whole else "float64")
