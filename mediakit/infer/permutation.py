"""Permutation of the units' labels, studentised by the score test's variance.

Without that variance, sides whose articles differ in length are told apart by chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from scipy import sparse

from mediakit import kernels
from mediakit.errors import MediakitError
from mediakit.formulas.multiple import benjamini_hochberg, max_t
from mediakit.formulas.sums import EXHAUSTED
from mediakit.infer.family import LEAST, Family, PValues
from mediakit.infer.groups import Clusters
from mediakit.infer.merged import Merged, merge_codes
from mediakit.infer.units import OUTSIDE, A, B, Units, indicator, map_units, owners
from mediakit.kernels.draws import deal
from mediakit.measure.measure import Measure
from mediakit.progress import progress

PERMUTATIONS = 999
AT_ONCE = 111
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
        What was measured; each hundred permutations read its blocks once.
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
        p = (1 + number at least as extreme) / (1 + 999), q by Benjamini-Hochberg,
        and as `more` p_max and p_max_cluster: the same as p for the largest statistic
        of the family (max-T), which holds the chance of any false find. Over clusters:
        articles swap labels within clusters on both sides, and clusters on one side
        swap with one another as wholes.

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
    owner = owners(measure)[family.members]
    items = measure.items["item"].iloc[family.members].tolist()
    # zeros add nothing to the sums, so those of a mean need not be spelt out
    narrow = replace(measure.only_items(items), kind="count")
    rng = np.random.default_rng(seed)
    rows = np.flatnonzero(side >= 0)
    plain = _Units(rows, side[rows] == A, np.zeros(len(rows), np.int64))
    p, p_max = _permute(_Permutable(narrow, plain, owner, measure.kind), rng)
    units = _within_clusters(narrow, side, clusters)
    by_cluster = _permute(_Permutable(narrow, units, owner, measure.kind), rng)
    enough = _clusters_a_side(measure, side, clusters)[owner] >= LEAST
    p_cluster, largest = (np.where(enough, each, np.nan) for each in by_cluster)
    more = {"p_max": p_max, "p_max_cluster": largest}
    q, q_cluster = benjamini_hochberg(p), benjamini_hochberg(p_cluster)
    return PValues(p, q, p_cluster, q_cluster, more)


@dataclass(frozen=True)
class _Units:
    """What labels are drawn for: the `merged` clusters, then the articles `rows`.

    `label` is true for side A; labels are exchanged within a `stratum`.
    """

    rows: np.ndarray
    label: np.ndarray
    stratum: np.ndarray
    merged: Units | None = None


def _within_clusters(measure, side, clusters) -> _Units:
    """Return units with their strata: articles by shared cluster, others merged.

    The clusters on one side only are whole units, all in stratum 0.
    """
    codes, count = clusters.codes, clusters.count
    on = [np.bincount(codes[side == g], minlength=count) for g in (A, B)]
    shared = (np.minimum(*on) > 0)[codes]
    rows = np.flatnonzero((side >= 0) & shared)
    single = np.flatnonzero(np.maximum(*on) * (np.minimum(*on) == 0))
    place = np.full(count, OUTSIDE)
    place[single] = np.arange(len(single))
    into = np.where((side >= 0) & ~shared, place[codes], OUTSIDE)
    merged = Merged(measure, len(single), len(measure.items))
    for part in map_units(measure, into, merge_codes):
        merged.add(*part)
    label = np.concatenate([on[A][single] > 0, side[rows] == A])
    stratum = np.concatenate([np.zeros(len(single), np.int64), codes[rows] + 1])
    return _Units(rows, label, stratum, merged.units(np.arange(len(single))))


def _clusters_a_side(measure, side, clusters) -> np.ndarray:
    """Return the smaller side's number of clusters with exposure, by denominator."""
    counts = []
    for g in (A, B):
        into = indicator(np.where(side == g, clusters.codes, OUTSIDE), clusters.count)
        counts.append(((into @ measure.exposure) > 0).sum(axis=0))
    return np.minimum(*counts)


def label_sums(units: Iterable[Units], owner: np.ndarray) -> tuple:
    """Add up x, xn, x2 of each item, and m, n, n2 of each denominator, by label.

    The units' `side` is a table of 1 for the units on side A, units x drawings.
    """
    sums, dense = 0.0, 0.0
    for part in units:
        labels, values, n = part.side.astype(float), part.values, part.exposure
        x = values.data.astype(float, copy=False)
        terms = (x, x * part.entries(owner)[1], x * x)
        sums = sums + np.stack(
            [_with_entries(values, each).T @ labels for each in terms]
        )
        powers = np.stack([n > 0, n, n * n]).swapaxes(1, 2)
        dense = dense + powers @ labels
    return sums, dense


def exchanged(label: np.ndarray, stratum: np.ndarray, rng, times: int) -> np.ndarray:
    """Exchange labels within strata at random: int8, units x times."""
    many = len(label)
    order = np.argsort(stratum, kind="stable")
    starts = np.searchsorted(stratum[order], np.arange(stratum.max(initial=-1) + 2))
    given, drawn = label[order].astype(np.int8), np.empty((times, many), np.int8)
    room = np.empty(many, np.int32), np.empty(many, np.int32), np.empty(many)
    for labels in drawn:
        keys = stratum + rng.random(many)
        if kernels.pays(drawn.nbytes):
            deal(labels, keys, stratum, starts, given, *room)
        else:
            labels[np.argsort(keys)] = given
    return np.ascontiguousarray(drawn.T)


class _Permutable:
    """Units, and the statistic of any labels that may be given to them."""

    def __init__(self, measure: Measure, units: _Units, owner, kind):
        self.measure, self.units, self.owner, self.kind = measure, units, owner, kind
        self.label, self.stratum = units.label, units.stratum
        self.everything = self._sums(np.ones((len(self.label), 1), np.int8))

    def draw(self, rng, times: int) -> np.ndarray:
        """Exchange labels within strata, `times` times: units x times."""
        return exchanged(self.label, self.stratum, rng, times)

    def statistic(self, labels: np.ndarray) -> np.ndarray:
        """Size of the studentised difference, items x columns of `labels`."""
        a = self._sums(labels)
        b = {name: self.everything[name] - a[name] for name in a}
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
        whole = len(labels) - len(self.units.rows)
        among = np.zeros((len(self.measure), labels.shape[1]), np.int8)
        among[self.units.rows] = labels[whole:]
        sums, dense = 0.0, 0.0
        for part in chain(
            self._merged(labels[:whole]), map_units(self.measure, among, label_sums)
        ):
            sums, dense = sums + part[0], dense + part[1]
        named = dict(zip(("x", "xn", "x2"), sums, strict=True))
        return named | dict(zip(("m", "n", "n2"), dense[:, self.owner], strict=True))

    def _merged(self, labels):
        merged = self.units.merged
        if merged is not None:
            yield label_sums([replace(merged, side=labels)], self.owner)


def _with_entries(values, data):
    cells = (data, values.indices, values.indptr)
    return sparse.csr_array(cells, shape=values.shape)


def _square(sums, rate):
    square = sums["x2"] - 2 * rate * sums["xn"] + rate**2 * sums["n2"]
    square = np.where(square > EXHAUSTED * sums["x2"], square, 0)
    return square * sums["m"] / (sums["m"] - 1)


def _permute(units: _Permutable, rng) -> tuple[np.ndarray, np.ndarray]:
    """Return p, and p of the largest statistic, of each item."""
    observed = units.statistic(units.label[:, None].astype(np.int8))[:, 0]
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
