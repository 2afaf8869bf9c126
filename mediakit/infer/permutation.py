"""Permutation of the units' labels, studentised by the score test's variance.

Without that variance, sides whose articles differ in length are told apart by chance.
"""

import numpy as np
from scipy import sparse

from mediakit.errors import MediakitError
from mediakit.formulas.multiple import max_t
from mediakit.formulas.sums import EXHAUSTED
from mediakit.infer.family import LEAST, Family, PValues
from mediakit.infer.groups import Clusters
from mediakit.infer.units import A, B, Units, article_units, indicator, owners
from mediakit.measure.measure import Measure
from mediakit.progress import progress

PERMUTATIONS = 999
AT_ONCE = 37
SAME = 1 - 1e-9


def permutation_tests(
    measure: Measure,
    side: np.ndarray,
    family: Family,
    clusters: Clusters,
    *,
    seed: int | None,
) -> PValues:
    """Test the family by 999 permutations of labels, over articles and clusters.

    Parameters
    ----------
    measure : Measure
        What was measured; the family's values are held at once.
    side : ndarray of int, one per article
        A, B or OUTSIDE.
    family : Family
        Of the same measure and sides.
    clusters : Clusters
        What p_cluster takes for evidence.
    seed : int
        Of the random permutations.

    Returns
    -------
    PValues
        p = (1 + number at least as extreme) / (1 + 999), and as q the same for the
        largest statistic of the family (max-T), which holds the chance of any false
        find. Over clusters: articles swap labels within clusters on both sides, and
        clusters on one side swap with one another as wholes.

    Notes
    -----
    The statistic is |U| / sqrt(V) of `score_test` at equal rates, which is
    |R_a - R_b| / sqrt((S_a + S_b) / (N_a N_b)), for means the difference over
    its linearised standard error, both with the permuted sides' residuals.
    """
    if seed is None:
        raise MediakitError(
            'test="permutation" draws at random and needs a `seed`, as seed=1.'
        )
    units = _family_units(measure, side, family)
    codes = clusters.codes[side >= 0]
    owner = owners(measure)[family.members]
    rng = np.random.default_rng(seed)
    one_stratum = np.zeros(len(codes), np.int64)
    p, q = _permute(_Permutable(units, one_stratum, owner, measure.kind), rng)
    merged, stratum = _within_clusters(units, codes)
    by_cluster = _permute(_Permutable(merged, stratum, owner, measure.kind), rng)
    enough = _clusters_a_side(units, codes)[owner] >= LEAST
    return PValues(p, q, *(np.where(enough, each, np.nan) for each in by_cluster))


def _family_units(measure, side, family) -> Units:
    """Hold all articles of both sides at once, the family's items only."""
    parts = []
    for part in article_units(measure, side):
        inside = np.flatnonzero(part.side >= 0)
        values = part.values[inside][:, family.members]
        parts.append((values, part.exposure[inside], part.side[inside]))
    values, exposure, sides = zip(*parts, strict=True)
    return Units(
        sparse.vstack(values, format="csr"),
        np.concatenate(exposure),
        np.concatenate(sides),
    )


def _within_clusters(units: Units, codes: np.ndarray) -> tuple[Units, np.ndarray]:
    """Return units with their strata: articles by shared cluster, others merged.

    The clusters on one side only are whole units, all in stratum 0.
    """
    count = int(codes.max(initial=-1)) + 1
    there = [np.bincount(codes[units.side == g], minlength=count) for g in (A, B)]
    shared = (np.minimum(*there) > 0)[codes]
    unit = np.where(shared, count + np.arange(len(codes)), codes)
    found, first, into = np.unique(unit, return_index=True, return_inverse=True)
    merge = indicator(into, len(found))
    merged = Units(
        (merge @ units.values).tocsr(), merge @ units.exposure, units.side[first]
    )
    return merged, np.where(shared, codes + 1, 0)[first]


def _clusters_a_side(units: Units, codes: np.ndarray) -> np.ndarray:
    """Return the smaller side's number of clusters with exposure, by denominator."""
    count = int(codes.max(initial=-1)) + 1
    counts = []
    for g in (A, B):
        into = indicator(np.where(units.side == g, codes, -1), count)
        counts.append(((into @ units.exposure) > 0).sum(axis=0))
    return np.minimum(*counts)


class _Permutable:
    """Units, and the statistic of any labels that may be given to them."""

    def __init__(self, units: Units, stratum, owner, kind):
        values, n = units.values, units.exposure
        self.units, self.stratum, self.owner, self.kind = units, stratum, owner, kind
        self.label = units.side == A
        self.terms = {
            "x": values.T.tocsr(),
            "xn": _with_entries(values, values.data * units.entries(owner)[1]),
            "x2": _with_entries(values, values.data**2),
        }
        self.dense = {"m": (n > 0).T.astype(float), "n": n.T, "n2": (n**2).T}

    def draw(self, rng, times: int) -> np.ndarray:
        """Exchange labels within strata, `times` times: units x times."""
        order = np.argsort(self.stratum, kind="stable")
        labels = np.empty((len(order), times))
        for column in range(times):
            drawn = np.argsort(self.stratum + rng.random(len(order)))
            labels[drawn, column] = self.label[order]
        return labels

    def statistic(self, labels: np.ndarray) -> np.ndarray:
        """Size of the studentised difference, items x columns of `labels`."""
        a = self._sums(labels)
        everything = self._sums(np.ones((len(labels), 1)))
        b = {name: everything[name] - a[name] for name in a}
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = a["x"] / a["n"], b["x"] / b["n"]
            spread = [_square(sums, r) for sums, r in zip((a, b), rates, strict=True)]
            if self.kind == "mean":
                variance = spread[0] / a["n"] ** 2 + spread[1] / b["n"] ** 2
            else:
                variance = (spread[0] + spread[1]) / (a["n"] * b["n"])
            size = np.abs(rates[0] - rates[1]) / np.sqrt(variance)
        return size

    def _sums(self, labels):
        sums = {name: term @ labels for name, term in self.terms.items()}
        return sums | {
            name: (term @ labels)[self.owner] for name, term in self.dense.items()
        }


def _with_entries(values, data):
    cells = (data, values.indices, values.indptr)
    return sparse.csr_array(cells, shape=values.shape).T.tocsr()


def _square(sums, rate):
    square = sums["x2"] - 2 * rate * sums["xn"] + rate**2 * sums["n2"]
    square = np.where(square > EXHAUSTED * sums["x2"], square, 0)
    return square * sums["m"] / (sums["m"] - 1)


def _permute(units: _Permutable, rng) -> tuple[np.ndarray, np.ndarray]:
    """Return p, and p of the largest statistic, of each item."""
    observed = units.statistic(units.label[:, None].astype(float))[:, 0]
    known = np.isfinite(observed)
    more, highest = np.zeros(len(observed)), []
    for _ in progress(range(PERMUTATIONS // AT_ONCE), what="permuting labels"):
        drawn = units.statistic(units.draw(rng, AT_ONCE))
        drawn = np.nan_to_num(drawn, nan=np.inf)
        more += (drawn >= SAME * observed[:, None]).sum(axis=1)
        highest.append(drawn[known].max(axis=0, initial=0))
    p = np.where(known, (1 + more) / (1 + PERMUTATIONS), np.nan)
    reached = np.where(known, SAME * observed, np.nan)
    return p, max_t(reached, np.concatenate(highest))
