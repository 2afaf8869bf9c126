"""The two sides of a measure compared item by item, as numbers without words.

`compare` puts them into a table; `placebo` only counts what they find. Each block is
read twice: for the sums of all items, then for what hangs on single articles and on
clusters, which only the items that are tested need.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from mediakit.formulas.means import MeanComparison
from mediakit.formulas.rates import ClusterComparison, RateComparison
from mediakit.formulas.shares import ShareComparison
from mediakit.formulas.sums import Sums, ratio
from mediakit.infer.groups import Clusters
from mediakit.infer.influence import largest_of, largest_of_all
from mediakit.infer.means import add_squares, jackknife_products, jackknife_squares
from mediakit.infer.merged import Merged, cluster_sides, merge_codes
from mediakit.infer.sums import power_sums, shared_covariance, side_sums, total_sums
from mediakit.infer.units import A, B, Units, map_units, owners
from mediakit.measure.measure import Measure

RATES = {"count": RateComparison, "share": ShareComparison}
CLUSTER_RATES = RATES | {"count": ClusterComparison}
Comparison = RateComparison | MeanComparison


@dataclass(frozen=True)
class Second:
    """What the second reading finds: clusters, if asked for, and single articles.

    `x` and `n` are numerator and exposure, per item, of the most influential one.
    """

    clusters: Units | None
    x: np.ndarray
    n: np.ndarray


def compare_articles(
    measure: Measure, side: np.ndarray
) -> tuple[Comparison, np.ndarray]:
    """Compare side A with side B in every item, articles being the units.

    Returns
    -------
    comparison : Comparison
        Of all items.
    exposure : ndarray, 2 x denominators
        What each side has in all.
    """
    owner = owners(measure)
    a, b, exposure = total_sums(map_units(measure, side, power_sums), owner)
    none = np.zeros(len(owner))
    if measure.kind != "mean":
        return RATES[measure.kind](a, b, none, none), exposure
    squares = _squares(measure, side, a, b, None)
    return _means(a, b, squares, none, none), exposure


def read_again(
    measure: Measure,
    side: np.ndarray,
    whole: Comparison,
    members: np.ndarray,
    clusters: Clusters | None,
) -> Second:
    """Read the blocks for clusters and for the most influential articles.

    Parameters
    ----------
    measure : Measure
        What was measured.
    side : ndarray of int, one per article
        A, B or OUTSIDE.
    whole : Comparison
        As `compare_articles` returns it.
    members : ndarray of int
        Positions of the items asked for; what is found is about them.
    clusters : Clusters, optional
        What articles are merged into.
    """
    lead, rate = _leading(whole[members])
    rates = np.full((len(measure.items), 2), np.inf)
    rates[members, lead] = rate
    codes = side[:, None]
    if clusters is not None:
        codes = np.column_stack([side, cluster_sides(side, clusters)])
        merged = Merged(measure, 2 * clusters.count, len(members))
    largest = []
    for found, part in map_units(measure, codes, _second, rates, members):
        largest.append(found)
        if part is not None:
            merged.add(*part)
    sides = np.repeat([A, B], 0 if clusters is None else clusters.count)
    units = None if clusters is None else merged.units(sides)
    x, n = largest_of_all(largest, len(measure.items))
    return Second(units, x[members], n[members])


def _second(units: Iterable[Units], owner, rates, members):
    units = list(units)
    sides = [replace(part, side=part.side[:, 0].copy()) for part in units]
    largest = largest_of(sides, owner, rates)
    if units[0].side.shape[1] == 1:
        return largest, None
    codes = [replace(part, side=part.side[:, 1].copy()) for part in units]
    return largest, merge_codes(codes, owner, members)


def compare_clusters(measure: Measure, merged: Units, owner: np.ndarray) -> Comparison:
    """Compare side A with side B in every item, clusters being the units.

    Parameters
    ----------
    measure : Measure
        What was measured.
    merged : Units
        As `read_again` returns them.
    owner : ndarray of int, one per item of `merged`
        The denominator that belongs to each item.
    """
    a, b = side_sums([merged], owner)
    covariance, shared = shared_covariance(merged, owner, a.rate, b.rate)
    if measure.kind != "mean":
        return CLUSTER_RATES[measure.kind](a, b, covariance, shared)
    squares = jackknife_squares([merged], owner, *_stacked(a, b))
    products = jackknife_products(merged, owner, *_stacked(a, b))
    return _means(a, b, squares, products * _jackknife_factor(shared), shared)


def compare_without(
    measure: Measure,
    side: np.ndarray,
    whole: Comparison,
    members: np.ndarray,
    second: Second,
) -> Comparison:
    """Compare the members, each without its most influential article.

    Parameters
    ----------
    measure, side, whole, members
        As in `read_again`.
    second : Second
        What that returned.

    Returns
    -------
    Comparison
        Of the members.
    """
    chosen = whole[members]
    lead, rates = _leading(chosen)
    x, n = second.x, second.n
    a, b = (
        sums.without(np.where(lead == g, x, 0), np.where(lead == g, n, 0))
        for g, sums in ((A, chosen.a), (B, chosen.b))
    )
    if measure.kind != "mean":
        return replace(chosen, a=a, b=b)
    items = np.arange(len(members))
    squares = _squares(measure, side, a, b, members)
    rates, totals = _stacked(a, b)
    gone = ratio(x - rates[lead, items] * n, totals[lead, items] - n)
    squares[lead, items] -= np.nan_to_num(gone) ** 2
    none = np.zeros(len(members))
    return _means(a, b, squares, none, none)


def _leading(chosen: Comparison) -> tuple[np.ndarray, np.ndarray]:
    """Return the side whose rate is higher, and that rate."""
    lead = np.where(chosen.difference < 0, B, A)
    return lead, _stacked(chosen.a, chosen.b)[0][lead, np.arange(len(lead))]


def _squares(measure, side, a, b, chosen):
    rates, totals = _stacked(a, b)
    parts = map_units(measure, side, jackknife_squares, rates, totals, chosen=chosen)
    return add_squares(parts, len(a.x))


def _stacked(a: Sums, b: Sums) -> tuple[np.ndarray, np.ndarray]:
    """Return rates and exposures, sides x items."""
    return np.array([a.rate, b.rate]), np.array([a.n, b.n])


def _means(a, b, squares, covariance, shared) -> MeanComparison:
    """Compare means; every unit with a score holds the item."""
    a, b = replace(a, held=a.m), replace(b, held=b.m)
    variance = squares * _jackknife_factor(np.array([a.m, b.m]))
    return MeanComparison(a, b, *variance, covariance, shared)


def _jackknife_factor(m):
    return np.maximum(m - 1, 0) / np.maximum(m, 1)
