"""Rate and interval of every item in every cell: what summarise and trend share."""

import warnings

import numpy as np
import pandas as pd

from mediakit.errors import MediakitWarning
from mediakit.formulas.intervals import (
    mean_interval,
    score_interval,
    share_interval,
    squared_residuals,
)
from mediakit.formulas.sums import ratio
from mediakit.infer.cells import CellSums, cell_sums
from mediakit.infer.comparison import several
from mediakit.infer.groups import Groups, cluster_codes
from mediakit.infer.units import indicator
from mediakit.measure.measure import Measure

ENOUGH_WITH = 10


def cell_rates(
    kind: str, articles: CellSums, units: CellSums, pools: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rate, low and high of every cell and item.

    Parameters
    ----------
    kind : {"count", "share", "mean"}
        Which interval: score with dispersion, Wilson with dispersion, jackknife t.
    articles, units : CellSums
        Rates come from the articles, intervals from the units of evidence.
    pools : int array, one per cell
        Cells whose dispersion is estimated together: the periods of a group.

    Returns
    -------
    rate, low, high : array, cells x items
        Rate is NaN where the exposure is 0; the bounds also where a pool has no
        cell of two units.
    """
    rate = ratio(articles.value, articles.exposure)
    residuals = squared_residuals(units.x2, units.xn, units.n2, rate, units.units)
    if kind == "mean":
        variance = ratio(units.units - 1, units.units) ** 2 * residuals
        return rate, *mean_interval(rate, variance, units.units)
    phi, df = _dispersion(kind, units, rate, residuals, pools)
    interval = share_interval if kind == "share" else score_interval
    return rate, *interval(articles.value, articles.exposure, phi=phi, df=df)


def _within_scale(measure, columns, low, high):
    """Return the limits without what no score can be, as -1.3 on a scale from -1."""
    scale = measure.provenance.get("scale") or {}
    items = measure.items["item"].to_numpy()
    ends = [scale.get(item, (-np.inf, np.inf)) for item in items]
    least, most = np.array(ends, float).reshape(-1, 2).T
    if columns is not None:
        least, most = least[columns], most[columns]
    return np.clip(low, least, most), np.clip(high, least, most)


def _dispersion(kind, units, rate, residuals, pools):
    """Return phi and its degrees of freedom, 0 where unknown, of each cell and item.

    Where a pool has fewer than ten units with the item (for a share also without
    it), phi is at least that of all pools together and at least 1, so that a count
    of zero still has an upper bound.
    """
    several = units.units > 1
    binomial = 1 - rate if kind == "share" else 1
    into = indicator(pools, int(pools.max(initial=-1)) + 1)
    spread = into @ np.where(several, residuals, 0)
    mass = into @ np.where(several, units.value * binomial, 0)
    df = into @ np.where(several, units.units - 1, 0)
    telling = into @ units.units_with
    if kind == "share":
        telling = np.minimum(telling, into @ (units.units - units.units_full))
    phi, overall = ratio(spread, mass), ratio(spread.sum(axis=0), mass.sum(axis=0))
    few = (telling < ENOUGH_WITH) | ~(spread > 0)
    phi = np.where(few, np.fmax(phi, np.fmax(overall, 1)), phi)
    return phi[pools], df[pools]


def rate_table(
    measure: Measure,
    cells: np.ndarray,
    labels: pd.DataFrame,
    *,
    pools: np.ndarray,
    cluster: str | None,
    columns: np.ndarray | None = None,
) -> tuple[pd.DataFrame, int]:
    """Return one row per item and cell, items in the order of the measure.

    Parameters
    ----------
    measure : Measure
        What is summed.
    cells : int array, one per article
        Cell of each article; -1 is outside.
    labels : DataFrame, one row per cell
        What names a cell: group, or group and period.
    pools : int array, one per cell
        Cells whose dispersion is estimated together.
    cluster : str or None
        What is merged into one unit of evidence.
    columns : int array, optional
        Positions of the items wanted; by default all.

    Returns
    -------
    table : DataFrame
        item, the columns of `labels`, then rate, low, high, value, exposure,
        articles, articles_with.
    bare : int
        Articles without any exposure.
    """
    clusters = None if cluster is None else cluster_codes(measure.articles, cluster)
    articles, units, bare = cell_sums(
        measure, cells, len(labels), clusters=clusters, columns=columns
    )
    rate, low, high = cell_rates(measure.kind, articles, units, pools)
    low, high = _within_scale(measure, columns, low, high)
    items = measure.items["item"]
    items = items if columns is None else items.iloc[columns]
    table = labels.take(np.tile(np.arange(len(labels)), len(items)))
    table.insert(0, "item", items.repeat(len(labels)).array)
    numbers = {
        "rate": rate,
        "low": low,
        "high": high,
        "value": articles.value,
        "exposure": articles.exposure,
        "articles": articles.units.astype(np.int64),
        "articles_with": articles.units_with.astype(np.int64),
    }
    flat = {name: number.T.ravel() for name, number in numbers.items()}
    return table.reset_index(drop=True).assign(**flat), bare


def notes_on(
    measure: Measure, groups: Groups, by: str | None, table: pd.DataFrame, bare: int
) -> list[str]:
    """Return, in sentences, what stands in no group and what has no interval.

    `table` and `bare` are as `rate_table` returns them.
    Articles without a value of `by` are also warned about.
    """
    notes, rows = [], f"{len(measure):,} {several(measure.evidence)}"
    if groups.outside:
        notes.append(
            f"{groups.outside:,} of {rows} have no value of {by!r} and stand in no "
            "group."
        )
        warnings.warn(notes[0], MediakitWarning, stacklevel=3)
    if bare:
        notes.append(
            f"{bare:,} of {rows} have no exposure ({measure.unit}) and count nowhere."
        )
    unsure = int((table["rate"].notna() & table["low"].isna()).sum())
    if unsure:
        notes.append(
            f"{unsure:,} of {len(table):,} rows have a rate but no interval: too few "
            "units, or no variation between them, to judge by."
        )
    return notes
