"""What tests find in splits of real articles where some words are thinned."""

from collections.abc import Iterator

import numpy as np
from scipy import stats
from split_parts import SPLITS, Outlet, Row, bands, g2_p, thinned

from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.family import clusters_compared, family_of
from mediakit.infer.units import A

RATIOS = (0.5, 0.25)
A_BAND = 60


def planted(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Thin some items' hits on side a: false finds, coverage and power."""
    units = np.arange(len(outlet.measure))
    for split, share in (SPLITS | {"10/90": 0.1}).items():
        for _ in range(repeats):
            side = outlet.split(units, share, rng)
            for row in _one_planting(outlet, side, rng, "compare"):
                yield split, *row


def planted_weeks(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Do the same where labels follow weeks and weeks are the units."""
    yield from _planted_clusters(outlet, rng, repeats, "week")


def planted_events(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Do the same where labels follow events and events are the units."""
    yield from _planted_clusters(outlet, rng, repeats, "event")


def _planted_clusters(outlet, rng, repeats, name):
    for split, share in SPLITS.items():
        for _ in range(repeats):
            side = outlet.split(outlet.clusters[name].codes, share, rng)
            for row in _one_planting(outlet, side, rng, f"by {name}", name):
                yield split, *row


def _one_planting(outlet, side, rng, test, clusters=None):
    for factor in RATIOS:
        chosen = np.concatenate(
            [
                rng.choice(np.flatnonzero(inside), A_BAND, replace=False)
                for _, inside in bands(outlet.held)
            ]
        )
        measure = thinned(outlet.measure, side, chosen, factor, rng)
        family = family_of(measure, side)
        compared = family.articles
        if clusters:
            codes = outlet.clusters[clusters]
            compared = clusters_compared(measure, side, family, codes)
        p, true = compared.p(), np.isin(family.members, chosen)
        yield from _false(test, factor, p, true)
        covered, size = np.zeros(len(true), bool), np.log2(factor)
        low, high = (
            compared[true].limit(0.05, np.full(true.sum(), upper))
            for upper in (False, True)
        )
        covered[true] = (low <= size) & (size <= high)
        tests = {test: p}
        if not clusters:
            tests |= _others(measure, side, family, true)
        for band, inside in bands(outlet.held[family.members]):
            mine = inside & true
            if mine.any():
                share = covered[mine].mean()
                yield band, test, f"coverage of ratio {factor}", share, mine.sum()
                for name, each in tests.items():
                    power = (each[mine] < 0.05).mean()
                    yield band, name, f"power at ratio {factor}", power, mine.sum()


def _false(test, factor, p, true):
    found = benjamini_hochberg(p) < 0.05
    if found.any():
        false = (found & ~true).sum() / found.sum()
        yield "all", test, f"false among found, ratio {factor}", false, 1


def _others(measure, side, family, true):
    values = measure.values[:, family.members[true]].toarray()
    rates = values / np.maximum(measure.exposure, 1)
    a, b = rates[side == A], rates[side != A]
    found = {
        "Welch": stats.ttest_ind(a, b, equal_var=False).pvalue,
        "Mann-Whitney": stats.mannwhitneyu(a, b, method="asymptotic").pvalue,
    }
    out = {"G2": g2_p(family)}
    for name, p in found.items():
        out[name] = np.full(len(true), np.nan)
        out[name][true] = p
    return out
