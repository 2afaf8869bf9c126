"""The two sides of a measure compared item by item, as numbers without words.

`compare` puts them into a table; `placebo` only counts what they find.
"""

from collections.abc import Callable, Iterable
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
    Units,
    article_units,
    cluster_units,
    owners,
)
from mediakit.measure.measure import Measure

LEAST = 10
RATES = {"count": RateComparison, "share": ShareComparison}
Comparison = RateComparison | MeanComparison
Reader = Callable[[], Iterable[Units]]


def compare_articles(measure: Measure, side: np.ndarray) -> Comparison:
    """Compare side A with side B in every item, articles being the units."""
    owner = owners(measure)
    a, b = side_sums(article_units(measure, side), owner)
    none = np.zeros(len(owner))
    if measure.kind == "mean":
        units = article_units(measure, side)
        return _means(units, owner, a, b, covariance=none, shared=none)
    return RATES[measure.kind](a, b, none, none)


def compare_clusters(
    measure: Measure, side: np.ndarray, clusters: Clusters
) -> Comparison:
    """Compare side A with side B in every item, clusters being the units."""
    owner = owners(measure)
    merged = cluster_units(measure, side, clusters)
    a, b = side_sums([merged], owner)
    covariance, shared = shared_covariance(merged, owner, a.rate, b.rate)
    if measure.kind == "mean":
        products = jackknife_products(merged, owner, *_rates_and_totals(a, b))
        covariance = products * ratio(shared - 1, np.maximum(shared, 1))
        return _means([merged], owner, a, b, covariance=covariance, shared=shared)
    return RATES[measure.kind](a, b, covariance, shared)


def compare_without(measure: Measure, side: np.ndarray, whole: Comparison, family):
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
    owner = owners(measure)
    leading = np.full(len(owner), OUTSIDE)
    leading[family] = np.where(whole.difference[family] < 0, B, A)
    rates = np.where(leading == B, whole.b.rate, whole.a.rate)
    x, n = most_influential(article_units(measure, side), owner, rates, leading)
    a, b = (
        sums.without(np.where(leading == g, x, 0), np.where(leading == g, n, 0))
        for g, sums in ((A, whole.a), (B, whole.b))
    )
    if measure.kind != "mean":
        return replace(whole, a=a, b=b)[family]
    units = article_units(measure, side)
    less = {"leading": leading, "x": x, "n": n}
    none = np.zeros(len(owner))
    return _means(units, owner, a, b, covariance=none, shared=none, less=less)[family]


def _rates_and_totals(a: Sums, b: Sums):
    return np.array([a.rate, b.rate]), np.array([a.n, b.n])


def _means(units, owner, a, b, *, covariance, shared, less=None):
    """Build the comparison of two means, every unit with a score holding the item."""
    rates, totals = _rates_and_totals(a, b)
    squares = jackknife_squares(units, owner, rates, totals)
    if less is not None:
        items, lead = np.arange(len(owner)), less["leading"]
        left = totals[lead, items] - less["n"]
        gone = ratio(less["x"] - rates[lead, items] * less["n"], left)
        squares[lead, items] -= np.nan_to_num(gone) ** 2
    a, b = (replace(sums, held=sums.m) for sums in (a, b))
    variance = squares * ratio([a.m - 1, b.m - 1], np.maximum([a.m, b.m], 1))
    return MeanComparison(a, b, *variance, covariance, shared)
