"""Evidence inside strata: what clusters add, and labels permuted stratum by stratum."""

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from mediakit.formulas.multiple import benjamini_hochberg, max_t
from mediakit.formulas.sums import ratio
from mediakit.infer.family import PValues
from mediakit.infer.groups import Clusters
from mediakit.infer.merged import Merged, merge_codes
from mediakit.infer.permutation import AT_ONCE, PERMUTATIONS, SAME, exchanged
from mediakit.infer.strata import Entries, Strata
from mediakit.infer.units import OUTSIDE, A, B, Units, indicator, map_units, owners
from mediakit.measure.measure import Measure

NOTHING = 1e-9


def article_weights(strata: Strata, articles: int) -> np.ndarray:
    """Return each article's weight, articles x denominators: N_b / N, or -N_a / N."""
    n_a, n_b = strata.sums["n"]
    n = np.where(n_a + n_b > 0, n_a + n_b, 1.0)
    weights = np.zeros((articles, n.shape[1]))
    for g, other in ((A, n_b), (B, -n_a)):
        rows = np.flatnonzero(strata.side == g)
        weights[rows] = (other / n)[strata.codes[rows]]
    return weights


def cluster_scores(
    measure: Measure, strata: Strata, clusters: Clusters, entries: Entries
) -> sparse.csr_array:
    """Return what each cluster adds to the score U, clusters x items of `entries`.

    Notes
    -----
    An article adds N_b / N (x - r n) on side a and -N_a / N (x - r n) on side b, r
    its stratum's rate over both sides. The sum is U whatever r is; where clusters are
    the strata r cancels and a cluster adds p - q.
    """
    size, chosen = len(entries.chosen), entries.chosen
    owner = owners(measure)[chosen]
    weights = article_weights(strata, len(measure))
    inside = np.flatnonzero(strata.codes >= 0)
    keys = strata.codes[inside] * 2 + strata.side[inside]
    keys = clusters.codes[inside] * (2 * strata.count) + keys
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    codes = np.full(len(measure), OUTSIDE)
    codes[inside] = place
    merged = Merged(measure, len(first), size)
    for part in map_units(measure, codes, merge_codes, chosen=chosen):
        merged.add(*part)
    values = merged.values.astype(float)
    rows = np.repeat(np.arange(len(first)), np.diff(values.indptr))
    values.data *= weights[inside[first]][rows, owner[values.indices]]
    scores = indicator(clusters.codes[inside[first]], clusters.count) @ values
    rates = ratio(entries.a.x + entries.b.x, entries.a.n + entries.b.n)
    for column in range(weights.shape[1]):
        these = owner[entries.items] == column
        cells = rates[these], (entries.stratum[these], entries.items[these])
        rate = sparse.csr_array(cells, shape=(strata.count, size))
        moved = weights[inside, column] * measure.exposure[inside, column]
        place = clusters.codes[inside], strata.codes[inside]
        moved = sparse.csr_array((moved, place), (clusters.count, strata.count))
        moved.sum_duplicates()
        moved.data[np.abs(moved.data) < NOTHING] = 0
        moved.eliminate_zeros()
        scores = scores - moved @ rate
    return sparse.csr_array(scores)


class Inside:
    """Labels permuted inside strata, for the items that are added, batch by batch.

    Notes
    -----
    With r the rate of a stratum over both sides, e = x - r n does not know the
    labels. The statistic is U over the root of the sum over strata of
    N_a N_b / N^2 times the sum of e^2: the studentised score test.
    """

    def __init__(self, measure: Measure, strata: Strata, seed: int):
        self.measure, self.strata, self.seed = measure, strata, seed
        self.rows = np.flatnonzero(strata.side >= 0)
        self.label = (strata.side[self.rows] == A).astype(np.int8)
        self.stratum = strata.codes[self.rows]
        self.size = len(measure.items)
        self.p, self.p_cluster = np.full((2, self.size), np.nan)
        self.observed, self.score = np.full((2, self.size), np.nan)
        self.highest = np.zeros((2, PERMUTATIONS))

    def add(self, entries: Entries, local: np.ndarray, scores) -> None:
        """Permute for the items `local` of the entries; `scores` are their clusters'.

        Every batch sees the same drawings.
        """
        rng = np.random.default_rng(self.seed)
        chosen = entries.chosen[local]
        statistic = _Statistic(self, entries, local)
        observed = statistic(self.label[:, None])[:, 0]
        size = np.sqrt(np.asarray(scores.multiply(scores).sum(axis=0)).ravel())
        score = ratio(np.abs(np.asarray(scores.sum(axis=0)).ravel()), size)
        more, more_cluster = np.zeros((2, len(local)))
        signs = np.random.default_rng(self.seed + 1)
        for first in range(0, PERMUTATIONS, AT_ONCE):
            span = slice(first, first + AT_ONCE)
            drawn = np.nan_to_num(statistic(self._draw(rng)), nan=np.inf)
            more += (drawn >= SAME * observed[:, None]).sum(axis=1)
            known = np.isfinite(observed)
            self._raise(0, span, drawn[known])
            turned = signs.choice([-1.0, 1.0], (AT_ONCE, scores.shape[0]))
            drawn = ratio(np.abs((scores.T @ turned.T).T), size).T
            more_cluster += (drawn >= SAME * score[:, None]).sum(axis=1)
            self._raise(1, span, np.nan_to_num(drawn))
        for into, value in (
            (self.p, (1 + more) / (1 + PERMUTATIONS)),
            (self.p_cluster, (1 + more_cluster) / (1 + PERMUTATIONS)),
            (self.observed, observed),
            (self.score, score),
        ):
            into[chosen] = value

    def tested(self, members: np.ndarray, known: np.ndarray) -> PValues:
        """Return p, and as `more` p of the largest statistic, of the members."""
        known = known & np.isfinite(self.observed[members])
        some = ~np.isnan(self.score[members])
        p = np.where(known, self.p[members], np.nan)
        p_cluster = np.where(some, self.p_cluster[members], np.nan)
        largest = max_t(SAME * self.observed[members], self.highest[0])
        largest_cluster = max_t(SAME * self.score[members], self.highest[1])
        more = {
            "p_max": np.where(known, largest, np.nan),
            "p_max_cluster": np.where(some, largest_cluster, np.nan),
        }
        q, q_cluster = benjamini_hochberg(p), benjamini_hochberg(p_cluster)
        return PValues(p, q, p_cluster, q_cluster, more)

    def _draw(self, rng) -> np.ndarray:
        """Exchange labels within strata: articles x drawings."""
        return exchanged(self.label, self.stratum, rng, AT_ONCE)

    def _raise(self, row, span, drawn):
        found = drawn.max(axis=0, initial=0)
        self.highest[row, span] = np.maximum(self.highest[row, span], found)


class _Statistic:
    """The statistic of any labels, items x drawings."""

    def __init__(self, inside: Inside, entries: Entries, local: np.ndarray):
        self.inside, self.chosen = inside, entries.chosen[local]
        self.owner = owners(inside.measure)[self.chosen]
        a, b = entries.a, entries.b
        n, x = a.n + b.n, a.x + b.x
        rate = ratio(x, n)
        square = a.x2 + b.x2 - 2 * rate * (a.xn + b.xn) + rate**2 * (a.n2 + b.n2)
        place = entries.stratum, entries.items
        shape = inside.strata.count, len(entries.chosen)
        self.rate, self.square = (
            sparse.csr_array((each, place), shape=shape)[:, local]
            for each in (rate, np.maximum(square, 0))
        )

    def __call__(self, labels: np.ndarray) -> np.ndarray:
        inside, strata = self.inside, self.inside.strata
        among = np.zeros((len(inside.measure), labels.shape[1]), np.int8)
        among[inside.rows] = labels
        parts = map_units(inside.measure, among, _labelled, chosen=self.chosen)
        score = sum(parts, np.zeros((len(self.chosen), labels.shape[1])))
        square = np.zeros_like(score)
        into = indicator(inside.stratum, strata.count)
        for column in range(inside.measure.exposure.shape[1]):
            items = np.flatnonzero(self.owner == column)
            n = inside.measure.exposure[inside.rows, column]
            on_a = into @ (labels * n[:, None])
            whole = strata.sums["n"][:, :, column].sum(axis=0)[:, None]
            share = ratio(on_a, whole)
            score[items] -= self.rate[:, items].T @ on_a
            square[items] = self.square[:, items].T @ np.nan_to_num(share * (1 - share))
        return ratio(np.abs(score), np.sqrt(np.where(square > 0, square, np.nan)))


def _labelled(units: Iterable[Units], owner):
    return sum(part.values.T @ part.side.astype(float) for part in units)
