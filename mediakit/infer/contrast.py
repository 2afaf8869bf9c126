"""The two sides of a measure compared item by item, as numbers without words.

`compare` puts them into a table; `placebo` only counts what they find.
"""

from dataclasses import replace

import numpy as np

from mediakit.formulas.means import MeanComparison
from mediakit.formulas.rates import RateComparison
from mediakit.formulas.shares import ShareComparison
from mediakit.formulas.sums import Sums, ratio
from mediakit.infer.groups import Clusters
from mediakit.infer.influence import most_influential
from mediakit.infer.means import jackknife_products, jackknife_squares
from mediakit.infer.sums import shared_covariance, side_sums
from mediakit.infer.units import (
    OUTSIDE,
    A,
    B,
    article_units,
    cluster_units,
    owners,
)
from mediakit.measure.measure import Measure

RATES = {"count": RateComparison, "share": ShareComparison}
Comparison = RateComparison | MeanComparison


def compare_articles(measure: Measure, side: np.ndarray) -> Comparison:
    """Compare side A with side B in every item, articles being the units."""
    owner = owners(measure)
    a, b = side_sums(article_units(measure, side), owner)
    none = np.zeros(len(owner))
    if measure.kind != "mean":
        return RATES[measure.kind](a, b, none, none)
    units = article_units(measure, side)
    return _means(a, b, jackknife_squares(units, owner, *_stacked(a, b)), none, none)


def compare_clusters(
    measure: Measure, side: np.ndarray, clusters: Clusters
) -> Comparison:
    """Compare side A with side B in every item, clusters being the units."""
    owner = owners(measure)
    merged = cluster_units(measure, side, clusters)
    a, b = side_sums([merged], owner)
    covariance, shared = shared_covariance(merged, owner, a.rate, b.rate)
    if measure.kind != "mean":
        return RATES[measure.kind](a, b, covariance, shared)
    squares = jackknife_squares([merged], owner, *_stacked(a, b))
    products = jackknife_products(merged, owner, *_stacked(a, b))
    return _means(a, b, squares, products * _jackknife_factor(shared), shared)


def compare_without(
    measure: Measure, side: np.ndarray, whole: Comparison, family: np.ndarray
) -> Comparison:
    """Compare the family's items, each without its most influential article.

    Parameters
    ----------
    measure : Measure
        What was measured.
    side : ndarray of int, one per article
        A, B or OUTSIDE.
    whole : Comparison
        As `compare_articles` returns it.
    family : ndarray of int
        Positions of the items asked for.

    Returns
    -------
    Comparison
        Of the family's items.
    """
    owner, items = owners(measure), np.arange(len(measure.items))
    leading = np.full(len(owner), OUTSIDE)
    leading[family] = np.where(whole.difference[family] < 0, B, A)
    lead_rate = _stacked(whole.a, whole.b)[0][leading, items]
    x, n = most_influential(article_units(measure, side), owner, lead_rate, leading)
    a, b = (
        sums.without(np.where(leading == g, x, 0), np.where(leading == g, n, 0))
        for g, sums in ((A, whole.a), (B, whole.b))
    )
    if measure.kind != "mean":
        return replace(whole, a=a, b=b)[family]
    rates, totals = _stacked(a, b)
    squares = jackknife_squares(article_units(measure, side), owner, rates, totals)
    gone = ratio(x - rates[leading, items] * n, totals[leading, items] - n)
    squares[leading, items] -= np.nan_to_num(gone) ** 2
    none = np.zeros(len(owner))
    return _means(a, b, squares, none, none)[family]


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
