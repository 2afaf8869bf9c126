"""Bootstrap of articles, or of clusters as wholes: units drawn anew with replacement.

The weights are drawn for all rows in their order, so the same seed gives the same
whatever the blocks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from mediakit.errors import MediakitError
from mediakit.formulas.bootstrap import acceleration, bca_limits, bca_p, lijffijt_p
from mediakit.formulas.intervals import ALPHA
from mediakit.formulas.means import MeanComparison
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.formulas.sums import ratio
from mediakit.infer.contrast import Comparison
from mediakit.infer.family import Family, PValues, enough
from mediakit.infer.groups import Clusters
from mediakit.infer.units import A, B, Units, map_units, owners
from mediakit.measure.measure import Measure
from mediakit.progress import progress

DRAWS = 999
AT_ONCE = 111
ITEMS_AT_ONCE = 10_000


def bootstrap_tests(
    measure: Measure,
    side: np.ndarray,
    family: Family,
    merged: Comparison,
    clusters: Clusters,
    *,
    seed: int | None,
) -> PValues:
    """Test the family by 999 bootstrap samples of articles, and of clusters.

    Parameters
    ----------
    measure : Measure
        What was measured; each hundred samples read its blocks once for every ten
        thousand items.
    side : ndarray of int, one per article
        A, B or OUTSIDE.
    family : Family
        Of the same measure and sides.
    merged : Comparison
        The family over clusters.
    clusters : Clusters
        What p_cluster takes for evidence. Clusters on side A only, on B only and on
        both are drawn apart, those on both for both sides at once.
    seed : int
        Of the samples.

    Returns
    -------
    PValues
        p of BCa, and as `more` the columns low_bootstrap, high_bootstrap, p_lijffijt.
    """
    if seed is None:
        raise MediakitError(
            'test="bootstrap" draws at random and needs a `seed`, as seed=1.'
        )
    over, size = family.articles, len(family.members)
    p, p_cluster, low, high, p_lijffijt = (np.full(size, np.nan) for _ in range(5))
    articles = np.arange(len(side))
    for some, drawn in _drawn(measure, side, family, articles, [seed, 0]):
        given = drawn, *_influence(over[some])
        p[some] = bca_p(*given)
        low[some], high[some] = bca_limits(*given, alpha=ALPHA)
        p_lijffijt[some] = lijffijt_p(drawn)
    for some, drawn in _drawn(measure, side, family, clusters.codes, [seed, 1]):
        p_cluster[some] = bca_p(drawn, *_influence(merged[some]))
    p_cluster[~enough(merged)] = np.nan
    more = {"low_bootstrap": low, "high_bootstrap": high, "p_lijffijt": p_lijffijt}
    q, q_cluster = benjamini_hochberg(p), benjamini_hochberg(p_cluster)
    return PValues(p, q, p_cluster, q_cluster, more)


def _influence(over: Comparison) -> tuple[np.ndarray, np.ndarray]:
    """Return the estimate that is drawn, and its acceleration."""
    a, b = over.a, over.b
    if isinstance(over, MeanComparison):
        variance = over.variance_a + over.variance_b - 2 * over.covariance
        return over.difference, acceleration(a, b, a.n, b.n, variance)
    variance = ratio(a.square, a.x**2) + ratio(b.square, b.x**2)
    variance = variance - 2 * ratio(over.covariance, a.x * b.x)
    return over.log_ratio, acceleration(a, b, a.x, b.x, variance)


def _drawn(measure, side, family, codes, seed) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield some items of the family after the other, with the estimate of each draw.

    `codes` say what is drawn as a whole; the same draws serve all items.
    """
    members = family.members
    names = measure.items["item"].to_numpy()[members]
    steps = range(0, len(members), ITEMS_AT_ONCE)
    turns = [(first, turn) for first in steps for turn in range(DRAWS // AT_ONCE)]
    for first, turn in progress(turns, what="drawing units anew"):
        some = slice(first, first + ITEMS_AT_ONCE)
        if turn == 0:
            rng, parts = np.random.default_rng(seed), []
            # zeros add nothing to the sums, so those of a mean need not be spelt out
            narrow = replace(measure.only_items(names[some].tolist()), kind="count")
        table = np.column_stack([side.astype(np.int8), _weights(side, codes, rng)])
        parts.append(_estimates(narrow, table, measure.kind))
        if turn == DRAWS // AT_ONCE - 1:
            yield some, np.concatenate(parts, axis=1)


def _weights(side, codes, rng) -> np.ndarray:
    """Return how often each row is drawn: rows x draws, 0 where it is on no side."""
    inside = side >= 0
    present = np.zeros((2, int(codes.max(initial=-1)) + 1), bool)
    for g in (A, B):
        present[g, codes[side == g]] = True
    stratum = present[A] + 2 * present[B]
    weights = np.zeros((len(stratum), AT_ONCE), np.int8)
    for value in (1, 2, 3):
        units = np.flatnonzero(stratum == value)
        for draw in range(AT_ONCE if len(units) else 0):
            chosen = rng.integers(0, len(units), len(units))
            weights[units, draw] = np.bincount(chosen, minlength=len(units))
    return weights[codes] * inside[:, None].astype(np.int8)


def _estimates(measure, table, kind) -> np.ndarray:
    """Return the log ratio, of means the difference, of every draw: items x draws."""
    sums, exposure = 0.0, 0.0
    for x, n in map_units(measure, table, _weighted):
        sums, exposure = sums + x, exposure + n
    rates = [ratio(sums[g], exposure[g][owners(measure)]) for g in (A, B)]
    if kind == "mean":
        return rates[A] - rates[B]
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = np.log2(rates[A]) - np.log2(rates[B])
    return np.where((rates[A] == 0) & (rates[B] == 0), 0, drawn)


def _weighted(units: Iterable[Units], owner) -> tuple[np.ndarray, np.ndarray]:
    """Add up numerators and exposures of both sides by the weights of each draw."""
    sums, exposure = 0.0, 0.0
    for part in units:
        side, weights = part.side[:, 0], part.side[:, 1:].astype(float)
        both = [np.where((side == g)[:, None], weights, 0) for g in (A, B)]
        sums = sums + np.stack([part.values.T @ each for each in both])
        exposure = exposure + np.stack([part.exposure.T @ each for each in both])
    return sums, exposure
