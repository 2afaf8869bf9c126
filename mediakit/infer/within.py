"""compare(within=): the same events, sections or topics on both sides.

What differs between strata, as the choice of topics, cannot make a difference here.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from scipy import sparse, special

from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.formulas.strata import TERMS, stratum_terms
from mediakit.formulas.sums import Sums, ratio
from mediakit.infer.comparison import FEW, Found
from mediakit.infer.contrast import compare_articles
from mediakit.infer.family import LEAST, Family, PValues, enough
from mediakit.infer.groups import Clusters, Sides
from mediakit.infer.inside import Inside, article_weights, cluster_scores
from mediakit.infer.strata import (
    Entries,
    Strata,
    entries_of,
    matched,
    strata_of,
    terms_of,
)
from mediakit.infer.units import A, B, Units, map_units, owners
from mediakit.measure.measure import Measure


def compare_within(
    measure: Measure,
    side: np.ndarray,
    clusters: Clusters,
    sides: Sides,
    *,
    within: str,
    test: str,
    seed: int | None,
) -> tuple[Found, Sides]:
    """Compare two sides within the strata of `within`.

    Parameters
    ----------
    measure, side
        What was measured; A, B or OUTSIDE for each article.
    clusters : Clusters
        What p_cluster takes for evidence.
    sides : Sides
        What `side` came from.
    within, test, seed
        As in `compare`. Where a side has fewer than fifty articles in strata with
        both sides, labels are permuted inside the strata whatever the `test`.

    Returns
    -------
    found : Found
        Of all items; the family is that of the articles in strata with both sides.
    sides : Sides
        The same, of those articles only, with notes on what is left out.
    """
    strata = strata_of(measure, side, within)
    plain, _ = compare_articles(measure, strata.side)
    held = plain.a.held + plain.b.held
    fewer = min(int((strata.side == g).sum()) for g in (A, B))
    permuted = test == "permutation" or fewer < FEW
    asked = np.flatnonzero((held >= LEAST) & enough(plain))
    size = len(held)
    terms, gone = np.zeros((2, len(TERMS), size))
    lighter = np.zeros(size)
    by_clusters = np.full(size, np.nan)
    count = len(np.unique(clusters.codes[strata.side >= 0]))
    inside = Inside(measure, strata, seed or 0) if permuted else None
    for entries in entries_of(measure, strata, held):
        each, ratios = terms_of(measure, strata, entries)
        added = entries.add(each)
        terms[:, entries.chosen] = added
        local = np.flatnonzero(np.isin(entries.chosen, asked))
        if not len(local):
            continue
        changed = _without(measure, strata, entries, each, ratios)
        gone[:, entries.chosen], lighter[entries.chosen] = changed
        scores = cluster_scores(measure, strata, clusters, entries)[:, local]
        by_clusters[entries.chosen[local]] = _p_of_scores(scores, max(count, 2))
        if inside is not None:
            inside.add(entries, local, scores)
    whole = matched(measure, strata, terms)
    common = whole.a.held + whole.b.held >= LEAST
    members = np.flatnonzero(common & enough(whole))
    n = strata.sums["n"].sum(axis=1)
    family = Family(whole, common, members, n)
    without = replace(
        whole, terms=terms + gone, weight=whole.weight + lighter, df=whole.df - 1
    )
    several = _enough_clusters(measure, strata, clusters)[owners(measure)[members]]
    tested = _tested(family, by_clusters[members], inside)
    more = dict(tested.more)
    if permuted:
        more["p_max_cluster"] = np.where(several, more["p_max_cluster"], np.nan)
    tested = replace(
        tested,
        p_cluster=np.where(several, tested.p_cluster, np.nan),
        q_cluster=np.where(several, tested.q_cluster, np.nan),
        more=more,
    )
    record = {
        "within": {
            "strata": strata.count,
            "one_sided": strata.one_sided,
            "missing": strata.missing,
            "lost": dict(zip("ab", strata.lost, strict=True)),
        }
    }
    notes = [*sides.notes, *_notes(strata, sides, permuted, seed)]
    rows_a, rows_b = strata.side == A, strata.side == B
    sides = replace(sides, rows_a=rows_a, rows_b=rows_b, notes=notes)
    return Found(family, tested, without[members], record), sides


def _notes(strata: Strata, sides: Sides, permuted: bool, seed) -> list[str]:
    lost_a, lost_b = (f"{100 * part:.0f} %" for part in strata.lost)
    notes = [
        f"within {strata.name}: {strata.count:,} hold both sides and are compared; "
        f"{strata.one_sided:,} hold one side only. Left out: {lost_a} of what "
        f"{sides.label_a} has and {lost_b} of {sides.label_b}."
    ]
    if strata.missing:
        notes.append(
            f"{strata.missing:,} articles of the sides have no {strata.name} and are "
            "among them."
        )
    if permuted:
        notes.append(
            f"p by 999 permutations of the labels inside each {strata.name}, "
            f"p_cluster by 999 changes of sign, seed {seed or 0}."
        )
    return notes


def _tested(family, by_clusters, inside) -> PValues:
    p = family.articles.p()
    if inside is not None:
        return inside.tested(family.members, known=~np.isnan(p))
    p_cluster = np.where(np.isnan(by_clusters), np.nan, np.fmax(p, by_clusters))
    return PValues(p, benjamini_hochberg(p), p_cluster, benjamini_hochberg(p_cluster))


def _p_of_scores(scores: sparse.csr_array, clusters: int) -> np.ndarray:
    """Return p of the t test that the clusters' scores are zero in the mean."""
    total = np.asarray(scores.sum(axis=0)).ravel()
    square = np.asarray(scores.multiply(scores).sum(axis=0)).ravel()
    spread = square - total**2 / clusters
    spread = np.where(square > 0, np.maximum(spread, 0), np.nan)
    with np.errstate(divide="ignore"):
        t = np.abs(total) / np.sqrt(spread * clusters / (clusters - 1))
    return 2 * special.stdtr(clusters - 1, -t)


def _enough_clusters(measure, strata, clusters) -> np.ndarray:
    """Say for which denominators both sides have ten clusters."""
    several = []
    for g in (A, B):
        rows = strata.side == g
        codes = clusters.codes[rows]
        several.append(
            [
                len(np.unique(codes[column > 0])) >= LEAST
                for column in measure.exposure[rows].T
            ]
        )
    return np.logical_and(*several)


def _without(measure, strata, entries: Entries, terms, ratios):
    """Return how terms and weight change without each item's strongest article."""
    p, q = entries.add(terms[[TERMS.index("p"), TERMS.index("q")]])
    lead = np.where(p < q, B, A)
    owner = owners(measure)[entries.chosen]
    weight = matched(measure, strata, np.zeros((len(TERMS), len(owners(measure)))))
    rate = ratio(np.where(lead == A, p, q), weight.weight[entries.chosen])
    weights = np.abs(article_weights(strata, len(measure)))
    codes = np.column_stack([strata.codes, strata.side, weights])
    parts = map_units(measure, codes, _strongest, lead, rate, chosen=entries.chosen)
    items, _, x, n, stratum = _first(np.concatenate(list(parts), axis=1))
    items, stratum = items.astype(int), stratum.astype(int)
    place = np.searchsorted(entries.keys, stratum * len(entries.chosen) + items)
    a, b = (
        _less(sums[place], np.where(lead[items] == g, x, 0), n * (lead[items] == g))
        for g, sums in ((A, entries.a), (B, entries.b))
    )
    change, lighter = np.zeros((len(terms), len(owner))), np.zeros(len(owner))
    new = stratum_terms(a, b, ratios[place], mean=measure.kind == "mean")
    change[:, items] = new - terms[:, place]
    n_a, n_b = strata.sums["n"][:, stratum, owner[items]]
    lighter[items] = np.nan_to_num(ratio(a.n * b.n, a.n + b.n))
    lighter[items] -= ratio(n_a * n_b, n_a + n_b)
    return change, lighter


def _less(sums: Sums, x, n) -> Sums:
    less = sums.without(x, n)
    return replace(less, n=np.where(less.m > 0.5, less.n, 0.0))


def _strongest(units: Iterable[Units], owner, lead, rate):
    found = [np.empty((5, 0))]
    for part in units:
        rows, n = part.entries(owner)
        items, x = part.values.indices, part.values.data.astype(float)
        inside = part.side[rows, 1] == lead[items]
        rows, n, items, x = rows[inside], n[inside], items[inside], x[inside]
        weight = part.side[rows, 2 + owner[items]]
        residual = weight * (x - rate[items] * n)
        strongest = np.stack([items, residual, x, n, part.side[rows, 0]])
        found.append(_first(strongest))
    return np.concatenate(found, axis=1)


def _first(found: np.ndarray) -> np.ndarray:
    """Return the column of each item with the largest residual."""
    found = found[:, np.lexsort((-found[1], found[0]))]
    new = np.ones(found.shape[1], bool)
    new[1:] = found[0, 1:] != found[0, :-1]
    return found[:, new]
