"""What tests find in random splits of real articles, where nothing differs."""

from collections.abc import Iterator

import numpy as np
from split_parts import (
    FOUND_ANY,
    SPLITS,
    Outlet,
    Row,
    g2_p,
    held_in,
    rank_p,
    small_p,
    welch_p,
)

from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.family import clusters_compared, family_of, score_tests
from mediakit.infer.groups import Clusters
from mediakit.infer.units import A


def calibration(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Split articles at random: small p, and splits that find anything."""
    measure, units = outlet.measure, np.arange(len(outlet.measure))
    for split, share in SPLITS.items():
        for _ in range(repeats):
            side = outlet.split(units, share, rng)
            family = family_of(measure, side)
            p = {"compare": family.articles.p()}
            for name, clusters in outlet.clusters.items():
                merged = clusters_compared(measure, side, family, clusters)
                p[f"compare by {name}"] = merged.p()
            for test, each in p.items():
                found = (benjamini_hochberg(each) < 0.05).any()
                yield split, "all", test, FOUND_ANY, found, 1
            p["G2"] = g2_p(family)
            p["Welch"] = welch_p(outlet.rates, side)[family.members]
            p["Mann-Whitney"] = rank_p(outlet.above, side)[family.members]
            for test, each in p.items():
                yield from small_p(split, held_in(family), test, each)


def unequal_lengths(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Glue side a's articles together by fours: equal rates, unequal lengths."""
    measure, units = outlet.measure, np.arange(len(outlet.measure))
    for split, share in SPLITS.items():
        for _ in range(repeats):
            side = outlet.split(units, share, rng)
            place = rng.permutation(np.flatnonzero(side == A))
            codes = units.copy()
            codes[place] = place[np.arange(len(place)) // 4 * 4]
            fours = Clusters("four", np.unique(codes, return_inverse=True)[1])
            family = family_of(measure, side)
            p = clusters_compared(measure, side, family, fours).p()
            test = "compare, lengths 4 to 1"
            yield from small_p(split, held_in(family), test, p)
            found = (benjamini_hochberg(p) < 0.05).any()
            yield split, "all", test, FOUND_ANY, found, 1


def whole_weeks(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Let labels follow weeks: articles are deceived, weeks are not."""
    yield from _whole_clusters(outlet, rng, repeats, "week")


def whole_events(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Let labels follow events."""
    yield from _whole_clusters(outlet, rng, repeats, "event")


def _whole_clusters(outlet, rng, repeats, name):
    clusters = outlet.clusters[name]
    for split, share in SPLITS.items():
        for _ in range(repeats):
            side = outlet.split(clusters.codes, share, rng)
            family = family_of(outlet.measure, side)
            tested = score_tests(outlet.measure, side, family, clusters)
            held = held_in(family)
            yield from small_p(split, held, f"by {name}", tested.p_cluster)
            yield from small_p(split, held, "by article", tested.p)
            found = (tested.q_cluster < 0.05).any()
            yield split, "all", f"by {name}", FOUND_ANY, found, 1


def headline(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Count the key words that each method finds at FDR 5 % in random splits."""
    units = np.arange(len(outlet.measure))
    for split in ("50/50", "90/10"):
        for _ in range(repeats):
            side = outlet.split(units, SPLITS[split], rng)
            family = family_of(outlet.measure, side)
            found = {
                "compare": family.articles.p(),
                "G2, two-term": g2_p(family, cells=2),
                "G2, four-term": g2_p(family, cells=4),
                "Welch": welch_p(outlet.rates, side)[family.members],
                "Mann-Whitney": rank_p(outlet.above, side)[family.members],
            }
            for test, p in found.items():
                q = benjamini_hochberg(p)
                yield split, "all", test, "found", (q < 0.05).sum(), 1
            yield split, "all", "all", "tested", len(family.members), 1
