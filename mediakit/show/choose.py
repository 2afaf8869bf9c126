"""Which rows of a long table a plot shows; what is left out is said, not hidden."""

import difflib

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.show.sizes import now

MOST_LINES = 5
DIFFERENT_LINES = 40


def choose_items(
    table: pd.DataFrame, items: list[str] | str | None, top: int
) -> list[str]:
    """Return the items to show: those asked for, or those in the most articles."""
    known = list(table["item"].unique())
    if items is not None:
        return _asked_for(items, known)
    top = _checked(top)
    if len(known) <= top:
        return known
    totals = table.groupby("item", sort=False)["articles_with"].sum()
    return list(totals.sort_values(ascending=False, kind="stable").index[:top])


def choose_rows(
    comparison: pd.DataFrame, estimate: str, items: list[str] | str | None, top: int
) -> pd.DataFrame:
    """Return the rows to show: those asked for, or `top`, half of them each side's.

    The comparison is in order of evidence. A side with fewer rows than its half
    leaves its places to the other.
    """
    if items is not None:
        names = _asked_for(items, list(comparison["item"]))
        rows = comparison.set_index("item", drop=False).loc[names]
        return rows.reset_index(drop=True)
    top = _checked(top)
    sign = np.sign(comparison[estimate].to_numpy())
    places = [np.flatnonzero(sign == side) for side in (1, -1)]
    half = [
        min(len(one), max((top + 1) // 2, top - len(two)))
        for one, two in (places, places[::-1])
    ]
    half[1] = min(half[1], top - half[0])
    shown = np.concatenate([one[:n] for one, n in zip(places, half, strict=True)])
    level = np.flatnonzero((sign == 0) | np.isnan(sign))[: max(top - len(shown), 0)]
    return comparison.iloc[np.concatenate([shown, level])]


def choose_lines(
    trend: pd.DataFrame, items: list[str] | str | None
) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    """Return (item, group) and rows of each line: those asked for, or the fullest."""
    pairs = trend.groupby(["item", "group"], sort=False)["articles_with"].sum()
    if items is None:
        chosen = pairs.nlargest(MOST_LINES).index
    else:
        names = _asked_for(items, list(trend["item"].unique()))
        chosen = pairs[pairs.index.get_level_values("item").isin(names)].index
    trend = trend[trend["item"].isin(chosen.get_level_values("item"))]
    lines = trend.groupby(["item", "group"], sort=False)
    lines = [(pair, rows) for pair, rows in lines if pair in chosen]
    if len(lines) > DIFFERENT_LINES:
        raise MediakitError(
            f"{len(lines)} lines cannot be told apart; choose at most "
            f"{DIFFERENT_LINES} with `items`."
        )
    if items is not None:
        lines.sort(key=lambda line: names.index(line[0][0]))
    return lines


def _asked_for(items, known: list[str]) -> list[str]:
    names = [items] if isinstance(items, str) else list(items)
    there = set(known)
    unknown = [name for name in names if name not in there]
    if unknown:
        close = difflib.get_close_matches(str(unknown[0]), known, n=3, cutoff=0.5)
        hint = f"; did you mean {close}?" if close else f"; it has {known[:10]}."
        raise MediakitError(f"the table has no item {unknown[0]!r}{hint}")
    return list(dict.fromkeys(names))


def _checked(top) -> int:
    """Return how many rows to show: as many as asked for, on a wall a few."""
    if isinstance(top, bool) or not isinstance(top, int | np.integer) or top < 1:
        raise MediakitError(f"`top` must be a whole number from 1, got {top!r}.")
    return min(int(top), now().most_rows)
