"""What tests find in random splits of real articles; the parts of acceptance.py.

Every function yields (split, band, test, quantity, value, tests behind the value).
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy import stats

from mediakit.formulas.keyness import chi2_p, g2
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.family import Family, clusters_compared, family_of, score_tests
from mediakit.infer.groups import Clusters, cluster_codes
from mediakit.infer.placebo import random_sides
from mediakit.infer.units import A
from mediakit.measure.measure import Block, Measure

SPLITS = {"50/50": 0.5, "75/25": 0.75, "90/10": 0.9}
PLANTED_SPLITS = {"50/50": 0.5, "90/10": 0.9, "10/90": 0.1}
RATIOS = (0.5, 0.25)
EDGES = {"10-20": (10, 20), "20-50": (20, 50), "50-200": (50, 200), "200+": (200, 1e9)}
PLANTED_A_BAND = 60
FOUND_ANY = "splits with any q < .05"
Row = tuple[str, str, str, str, float, int]


def calibration(measure: Measure, rng, repeats: int) -> Iterator[Row]:
    """Split articles at random: small p, and splits that find anything."""
    weeks, units = cluster_codes(measure.articles, "week"), np.arange(len(measure))
    for split, share in SPLITS.items():
        for _ in range(repeats):
            side = _split(units, share, rng)
            family = family_of(measure, side)
            tested = score_tests(measure, side, family, weeks)
            yield from _small_p(split, family, "compare", tested.p)
            yield from _small_p(split, family, "compare by week", tested.p_cluster)
            yield from _small_p(split, family, "G2", _classical_p(family))
            yield split, "all", "compare", FOUND_ANY, (tested.q < 0.05).any(), 1


def unequal_lengths(measure: Measure, rng, repeats: int) -> Iterator[Row]:
    """Glue side a's articles together by fours: equal rates, unequal lengths."""
    units = np.arange(len(measure))
    for split, share in SPLITS.items():
        for _ in range(repeats):
            side = _split(units, share, rng)
            place = rng.permutation(np.flatnonzero(side == A))
            codes = units.copy()
            codes[place] = place[np.arange(len(place)) // 4 * 4]
            fours = Clusters("four", np.unique(codes, return_inverse=True)[1])
            family = family_of(measure, side)
            p = clusters_compared(measure, side, family, fours).p()
            yield from _small_p(split, family, "compare, lengths 4 to 1", p)


def whole_weeks(measure: Measure, rng, repeats: int) -> Iterator[Row]:
    """Let labels follow weeks: articles are deceived, weeks are not."""
    weeks = cluster_codes(measure.articles, "week")
    for split, share in SPLITS.items():
        for _ in range(repeats):
            side = _split(weeks.codes, share, rng)
            family = family_of(measure, side)
            tested = score_tests(measure, side, family, weeks)
            yield from _small_p(split, family, "by week", tested.p_cluster)
            yield from _small_p(split, family, "by article", tested.p)
            found = (tested.q_cluster < 0.05).any()
            yield split, "all", "by week", FOUND_ANY, found, 1


def planted(measure: Measure, rng, repeats: int) -> Iterator[Row]:
    """Thin some items' hits on side a: false finds, coverage and power."""
    units = np.arange(len(measure))
    held = (measure.values > 0).sum(axis=0)
    for split, share in PLANTED_SPLITS.items():
        for _ in range(repeats):
            for factor in RATIOS:
                bands = (np.flatnonzero(inside) for _, inside in _bands(held))
                chosen = np.concatenate(
                    [rng.choice(band, PLANTED_A_BAND, replace=False) for band in bands]
                )
                side = _split(units, share, rng)
                thinned = _thin(measure, side, chosen, factor, rng)
                for row in _one_planting(thinned, side, chosen, factor, held):
                    yield split, *row


def headline(measure: Measure, rng, repeats: int) -> Iterator[Row]:
    """Count the key words that each method finds at FDR 5 % in random splits."""
    alone = cluster_codes(measure.articles, "article")
    for split in ("50/50", "90/10"):
        for _ in range(repeats):
            side = _split(alone.codes, SPLITS[split], rng)
            family = family_of(measure, side)
            found = {
                "compare": score_tests(measure, side, family, alone).p,
                "G2, two-term": _classical_p(family, cells=2),
                "G2, four-term": _classical_p(family, cells=4),
            }
            for test, p in found.items():
                q = benjamini_hochberg(p)
                yield split, "all", test, "found", (q < 0.05).sum(), 1
            yield split, "all", "all", "tested", len(family.members), 1


def _split(units, share, rng):
    return random_sides(units, np.ones(len(units), bool), share, rng)


def _bands(held: np.ndarray):
    """Yield each band of articles with the item, and which items lie in it."""
    for band, (low, high) in EDGES.items():
        yield band, (held >= low) & (held < high)


def _small_p(split, family, test, p):
    held = family.articles.a.held + family.articles.b.held
    for band, inside in _bands(held):
        known = p[inside & ~np.isnan(p)]
        if len(known):
            for level in (".05", ".001"):
                share = (known < float(level)).mean()
                yield split, band, test, f"p < {level}", share, len(known)


def _classical_p(family: Family, cells: int = 4) -> np.ndarray:
    a, b = family.articles.a, family.articles.b
    return chi2_p(g2(a.x, b.x, a.n, b.n, cells=cells))


def _thin(measure, side, chosen, factor, rng) -> Measure:
    """Keep each hit of the chosen items on side a with probability `factor`."""
    values = measure.values.copy()
    rows = np.repeat(np.arange(len(measure)), np.diff(values.indptr))
    hit = (side[rows] == A) & np.isin(values.indices, chosen)
    values.data[hit] = rng.binomial(values.data[hit], factor)
    values.eliminate_zeros()
    block = Block(slice(0, len(measure)), values, measure.exposure)
    return replace(measure, stored=(block,))


def _one_planting(thinned, side, chosen, factor, held):
    family = family_of(thinned, side)
    p = family.articles.p()
    true = np.isin(family.members, chosen)
    found = benjamini_hochberg(p) < 0.05
    name, many = f"ratio {factor}", found.sum()
    if many:
        yield "all", name, "false among found", (found & ~true).sum() / many, 1
    limits = (
        family.articles.limit(0.05, np.full(len(true), upper))
        for upper in (False, True)
    )
    low, high = limits
    covered = (low <= np.log2(factor)) & (np.log2(factor) <= high)
    ranks = np.full(len(true), np.nan)
    ranks[true] = _rank_p(thinned, side, family.members[true])
    tests = {"compare": p, "G2": _classical_p(family), "Mann-Whitney": ranks}
    for band, inside in _bands(held[family.members]):
        mine = inside & true
        if mine.any():
            yield band, name, "coverage", covered[mine].mean(), mine.sum()
            for test, each in tests.items():
                power = (each[mine] < 0.05).mean()
                yield band, test, f"power at ratio {factor}", power, mine.sum()


def _rank_p(measure, side, items):
    rates = measure.values[:, items].toarray() / np.maximum(measure.exposure, 1)
    test = stats.mannwhitneyu(rates[side == A], rates[side != A], method="asymptotic")
    return test.pvalue
