"""Which numbers differ between two tables that should be the same."""

import numpy as np
import pandas as pd

COLUMNS = ["row", "column", "before", "after", "relative"]
TOLERANCE = 1e-9
FREE_TEXT = {"note", "why"}
ABSENT, PRESENT = "(no such row)", "(a row)"


def differences(
    before: pd.DataFrame, after: pd.DataFrame, *, tolerance: float = TOLERANCE
) -> pd.DataFrame:
    """List the cells of `before` that are otherwise in `after`.

    Parameters
    ----------
    before, after : DataFrame
        Rows are found again by their texts and dates (item, group, period), whatever
        their order.
    tolerance : float, default 1e-9
        How far two decimal numbers may lie apart, relative to the larger, and pass
        for equal. Counts, dates and texts must be the same.

    Returns
    -------
    DataFrame
        row (str, the texts that name it), column, before, after (str, "" if missing),
        relative (float, the distance over the larger; NaN where no numbers). Rows and
        columns that only one table has are listed, too.

    Examples
    --------
    >>> one = pd.DataFrame({"item": ["war", "peace"], "rate": [0.5, 0.25]})
    >>> two = pd.DataFrame({"item": ["peace", "war"], "rate": [0.25, 0.4]})
    >>> differences(one, two)[["row", "column", "before", "after", "relative"]]
       row column before after  relative
    0  war   rate    0.5   0.4       0.2
    """
    shared = [name for name in before if name in after]
    lines = [
        ("", name, "a column" if name in before else "", "a column" * (name in after))
        for name in [*before, *after]
        if name not in shared
    ]
    found = [(*line, float("nan")) for line in lines]
    keys = _keys(before, after, shared)
    left, right = _indexed(before, keys), _indexed(after, keys)
    for label in left.index.difference(right.index, sort=False):
        found.append((_said(label), "", PRESENT, ABSENT, float("nan")))
    for label in right.index.difference(left.index, sort=False):
        found.append((_said(label), "", ABSENT, PRESENT, float("nan")))
    both = left.index.intersection(right.index, sort=False)
    left, right = left.loc[both], right.loc[both]
    for name in shared:
        if name not in keys and name not in FREE_TEXT:
            found += _cells(name, left[name], right[name], tolerance)
    return pd.DataFrame(found, columns=COLUMNS).astype({"relative": float})


def _keys(before, after, shared: list[str]) -> list[str]:
    """Return the columns that name a row: texts and dates that either side has."""
    named = [
        name
        for name in shared
        if name not in FREE_TEXT and not pd.api.types.is_numeric_dtype(before[name])
    ]
    unique = [
        name
        for name in named
        if not set(before[name].dropna()).isdisjoint(after[name].dropna())
    ]
    return unique if len(before) and len(after) else named


def _indexed(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    said = table[keys].astype("str").fillna("")
    label = pd.Series([" | ".join(row) for row in said.itertuples(index=False)])
    again = label.groupby(label).cumcount()
    label = label.where(again == 0, label + " #" + (again + 1).astype("str"))
    return table.set_axis(pd.Index(label, dtype="str"), axis=0)


def _said(label: str) -> str:
    return label or "#1"


def _cells(name: str, left: pd.Series, right: pd.Series, tolerance: float):
    if pd.api.types.is_float_dtype(left) or pd.api.types.is_float_dtype(right):
        one, two = (
            pd.to_numeric(x, errors="coerce").to_numpy(float) for x in (left, right)
        )
        larger = np.maximum(np.abs(one), np.abs(two))
        with np.errstate(invalid="ignore", divide="ignore"):
            relative = np.where(larger > 0, np.abs(one - two) / larger, 0.0)
        alike = (one == two) | (np.isnan(one) & np.isnan(two)) | (relative <= tolerance)
    else:
        relative = np.full(len(left), np.nan)
        alike = (
            left.astype("str").fillna("").to_numpy()
            == right.astype("str").fillna("").to_numpy()
        )
        if pd.api.types.is_numeric_dtype(left) and pd.api.types.is_numeric_dtype(right):
            one, two = left.to_numpy(float), right.to_numpy(float)
            larger = np.maximum(np.maximum(np.abs(one), np.abs(two)), 1e-300)
            relative = np.abs(one - two) / larger
    for place in np.flatnonzero(~alike):
        values = (_text(side.iloc[place]) for side in (left, right))
        yield (_said(left.index[place]), name, *values, relative[place])


def _text(value) -> str:
    return "" if pd.isna(value) else str(value)


def summary(found: pd.DataFrame, numbers: int) -> str:
    """Say in one sentence how many numbers changed, and by how much at most."""
    if found.empty:
        return f"{numbers:,} cells, all the same"
    said = f"{len(found):,} of {numbers:,} cells differ"
    if found["relative"].notna().any():
        worst = found.loc[found["relative"].idxmax()]
        said += (
            f"; the most: {worst['column']} of {worst['row']}, {worst['before']} -> "
            f"{worst['after']} ({100 * worst['relative']:.2g} %)"
        )
    else:
        first = found.iloc[0]
        said += f"; first: {first['row']} {first['column']} {first['before']} -> "
        said += str(first["after"])
    return said
