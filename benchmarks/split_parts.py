"""What the parts of acceptance.py share: an outlet's articles, bands, other tests.

Every part yields (split, band, test, quantity, value, tests behind the value).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse, special, stats

from mediakit.formulas.keyness import chi2_p, g2
from mediakit.infer.family import Family
from mediakit.infer.groups import Clusters, cluster_codes
from mediakit.infer.placebo import random_sides
from mediakit.infer.units import A, B
from mediakit.measure.measure import Block, Measure

SPLITS = {"50/50": 0.5, "75/25": 0.75, "90/10": 0.9}
EDGES = {"10-20": (10, 20), "20-50": (20, 50), "50-200": (50, 200), "200+": (200, 1e9)}
CLUSTERS = {"week": "week", "event": "event_id"}
FOUND_ANY = "splits with any q < .05"
Row = tuple[str, str, str, str, float, int]


@dataclass(frozen=True)
class Outlet:
    """The word counts of one outlet's articles, and its weeks and events."""

    measure: Measure

    @cached_property
    def clusters(self) -> dict[str, Clusters]:
        """Weeks and events, by name."""
        articles = self.measure.articles
        return {name: cluster_codes(articles, c) for name, c in CLUSTERS.items()}

    @cached_property
    def held(self) -> np.ndarray:
        """Articles that hold each item."""
        return (self.measure.values > 0).sum(axis=0)

    @cached_property
    def rates(self) -> sparse.csr_array:
        """Rate of every item in every article."""
        each = 1 / np.maximum(self.measure.exposure[:, 0], 1)
        return sparse.csr_array(sparse.diags_array(each) @ self.measure.values)

    @cached_property
    def above(self) -> tuple[sparse.csr_array, np.ndarray]:
        """Ranks of the rates less that of a zero; the ties' term of each item."""
        rates, count = sparse.csc_array(self.rates), len(self.measure)
        ties = np.zeros(rates.shape[1])
        ranks = np.empty(len(rates.data))
        for item in range(rates.shape[1]):
            entries = slice(rates.indptr[item], rates.indptr[item + 1])
            some, zeros = rates.data[entries], count - np.diff(rates.indptr)[item]
            ranks[entries] = stats.rankdata(some) + zeros - (zeros + 1) / 2
            same = np.unique(some, return_counts=True)[1]
            ties[item] = zeros**3 - zeros + (same.astype(float) ** 3 - same).sum()
        cells = (ranks, rates.indices, rates.indptr)
        return sparse.csr_array(sparse.csc_array(cells, shape=rates.shape)), ties

    def split(self, units: np.ndarray, share: float, rng) -> np.ndarray:
        """Draw a `share` of the units for side A."""
        return random_sides(units, np.ones(len(units), bool), share, rng)


def bands(held: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each band of articles with the item, and which items lie in it."""
    for band, (low, high) in EDGES.items():
        yield band, (held >= low) & (held < high)


def small_p(split, held, test, p, levels=(".05", ".001")) -> Iterator[Row]:
    """Yield, band by band, the share of p below each level."""
    for band, inside in bands(held):
        known = p[inside & ~np.isnan(p)]
        if len(known):
            for level in levels:
                share = (known < float(level)).mean()
                yield split, band, test, f"p < {level}", share, len(known)


def held_in(family: Family) -> np.ndarray:
    """Return the articles of both sides that hold each member."""
    return family.articles.a.held + family.articles.b.held


def g2_p(family: Family, cells: int = 4) -> np.ndarray:
    """Return the p of log-likelihood, of the family's members."""
    a, b = family.articles.a, family.articles.b
    return chi2_p(g2(a.x, b.x, a.n, b.n, cells=cells))


def welch_p(rates: sparse.csr_array, side: np.ndarray) -> np.ndarray:
    """Return the p of Welch's test on the articles' rates, of every item."""
    mean, error, square = [], [], rates.multiply(rates)
    for g in (A, B):
        rows = (side == g).astype(float)
        m = rows.sum()
        mean.append(rows @ rates / m)
        error.append((rows @ square / m - mean[-1] ** 2) / (m - 1))
    (a, b), sizes = error, [(side == g).sum() - 1 for g in (A, B)]
    with np.errstate(divide="ignore", invalid="ignore"):
        df = (a + b) ** 2 / (a**2 / sizes[0] + b**2 / sizes[1])
        return 2 * special.stdtr(df, -np.abs(mean[0] - mean[1]) / np.sqrt(a + b))


def rank_p(above, side: np.ndarray) -> np.ndarray:
    """Return the p of Mann-Whitney's test on the articles' rates, of every item.

    Asymptotic with ties and continuity corrected, as SciPy's.
    """
    ranks, ties = above
    m, n = (side == A).sum(), len(side)
    zero = (n - np.bincount(ranks.indices, minlength=ranks.shape[1]) + 1) / 2
    u = (side == A).astype(float) @ ranks + m * zero - m * (m + 1) / 2
    variance = m * (n - m) / 12 * (n + 1 - ties / (n * (n - 1)))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (np.abs(u - m * (n - m) / 2) - 0.5) / np.sqrt(variance)
    return np.minimum(2 * special.ndtr(-z), 1)


def thinned(measure: Measure, side, chosen, factor: float, rng) -> Measure:
    """Keep each hit of the chosen items on side a with probability `factor`."""
    values = measure.values.copy()
    rows = np.repeat(np.arange(len(measure)), np.diff(values.indptr))
    hit = (side[rows] == A) & np.isin(values.indices, chosen)
    values.data[hit] = rng.binomial(values.data[hit], factor)
    values.eliminate_zeros()
    return with_values(measure, values)


def with_values(measure: Measure, values: sparse.csr_array) -> Measure:
    """Return the measure with other numerators."""
    block = Block(slice(0, len(measure)), values, measure.exposure)
    return replace(measure, stored=(block,))
