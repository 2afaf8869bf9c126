"""The table of a comparison: its columns, its order and its notes."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mediakit.infer.contrast import Comparison
from mediakit.infer.family import LEAST, Family, PValues
from mediakit.infer.groups import Clusters, Sides
from mediakit.infer.units import A, B
from mediakit.measure.measure import Measure

ALPHA = 0.05
FEW = 50
ESTIMATE = {"count": "log_ratio", "share": "difference", "mean": "difference"}
P_VALUES = ("p", "q", "p_cluster", "q_cluster")
COLUMNS = (
    *("item", "value_a", "value_b", "rate_a", "rate_b", "difference", "log_ratio"),
    *("low", "high", "bound", "p", "q", "p_cluster", "q_cluster"),
    *("articles_a", "articles_b", "note"),
    *("p_without", "difference_without", "log_ratio_without"),
)


@dataclass(frozen=True)
class Found:
    """What a comparison finds, before it is a table; `record` is told with it."""

    family: Family
    tested: PValues
    without: Comparison
    record: dict = field(default_factory=dict)


def comparison_table(
    measure: Measure, found: Found, clusters: Clusters
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return one row per item in the order of evidence, and that order."""
    family, tested, without = found.family, found.tested, found.without
    whole, size = family.whole, len(measure.items)
    limits = _limits(family.articles)
    estimate = getattr(family.articles, ESTIMATE[measure.kind])
    order = _order(family, limits["bound"], tested.p, estimate)
    note = _notes(family, tested, clusters, several(measure.evidence))
    columns = {
        "item": measure.items["item"].astype("str").array.take(order),
        "value_a": whole.a.x[order],
        "value_b": whole.b.x[order],
        "rate_a": whole.a.rate[order],
        "rate_b": whole.b.rate[order],
        "difference": whole.difference[order],
        "log_ratio": whole.log_ratio[order],
        "articles_a": whole.a.held.astype(np.int64)[order],
        "articles_b": whole.b.held.astype(np.int64)[order],
        "note": note.take(order),
    }
    of_family = {
        **limits,
        **{name: getattr(tested, name) for name in P_VALUES},
        **tested.more,
        "p_without": without.p(),
        "difference_without": without.difference,
        "log_ratio_without": without.log_ratio,
    }
    place = np.empty(size, np.int64)
    place[order] = np.arange(size)
    for name, values in of_family.items():
        columns[name] = np.full(size, np.nan)
        columns[name][place[family.members]] = values
    columns = {name: columns[name] for name in (*COLUMNS, *tested.more)}
    return pd.DataFrame(columns, copy=False), order


def context(measure: Measure, sides: Sides, family: Family) -> dict:
    """Return what `compare` records besides its parameters."""
    described = {
        name: {
            "label": label,
            "articles": int(rows.sum()),
            "exposure": dict(
                zip(measure.denominators, family.exposure[side].tolist(), strict=True)
            ),
        }
        for name, label, rows, side in (
            ("a", sides.label_a, sides.rows_a, A),
            ("b", sides.label_b, sides.rows_b, B),
        )
    }
    return {
        "sides": described,
        "outside": sides.outside,
        "family": len(family.members),
        "estimate": ESTIMATE[measure.kind],
    }


def table_notes(
    sides: Sides, found: Found, clusters: Clusters, units: str
) -> list[str]:
    """Return what the reader must know before reading any row."""
    members, tested = found.family.members, found.tested
    fewer = min(int(sides.rows_a.sum()), int(sides.rows_b.sum()))
    notes = list(sides.notes)
    if fewer < LEAST:
        notes.append(
            f"a side has only {fewer} {units}: counts only, no test; read them."
        )
    elif fewer < FEW:
        notes.append(
            f"a side has only {fewer} {units}: look at labels and passages before "
            "key words."
        )
    if len(members) and np.isnan(tested.p_cluster).all():
        notes.append(
            f"a side has fewer than {LEAST} clusters ({clusters.name}): p_cluster is "
            f"not given, and p takes the {units} for independent."
        )
    return notes


def several(evidence: str) -> str:
    """Return the unit of evidence in the plural.

    Examples
    --------
    >>> several("article"), several("bag of headlines")
    ('articles', 'bags of headlines')
    """
    first, *others = evidence.split(" ")
    return " ".join([f"{first}s", *others])


def _limits(articles: Comparison) -> dict:
    lower = np.zeros(articles.difference.shape, bool)
    nearest = articles.difference < 0
    return {
        "low": articles.limit(ALPHA, lower),
        "high": articles.limit(ALPHA, ~lower),
        "bound": articles.limit(ALPHA / max(len(lower), 1), nearest),
    }


def _notes(
    family: Family, tested: PValues, clusters: Clusters, units: str
) -> pd.api.extensions.ExtensionArray:
    """Combine each item's notes; items with the same ones share a text."""
    members, size = family.members, len(family.common)
    tests = np.isin(np.arange(size), members)
    among = np.zeros((4, size), bool)
    among[:, members] = (
        np.isnan(tested.p),
        np.isnan(tested.p_cluster),
        family.articles.uneven(),
        _undrawn(family.articles, tested),
    )
    constant, unclustered, uneven, undrawn = among
    constant, unclustered = constant & ~undrawn, unclustered & ~undrawn
    said = {
        f"in fewer than {LEAST} {units} of both sides: not tested": ~family.common,
        f"fewer than {LEAST} {units} on a side: not tested": family.common & ~tests,
        f"no variation between {units}: not tested": constant,
        f"no p_cluster: fewer than {LEAST} clusters ({clusters.name}) on a side, or "
        "no variation between them": unclustered & ~constant,
        f"a side has none: to draw its {units} anew says nothing of p": undrawn,
        "the smaller side clumps over twice as much: p may be too small": uneven
        & ~constant,
    }
    codes = sum(said[text].astype(np.int64) << bit for bit, text in enumerate(said))
    used, place = np.unique(codes, return_inverse=True)
    texts = [
        "; ".join(text for bit, text in enumerate(said) if code >> bit & 1)
        for code in used
    ]
    return pd.array(texts, dtype="str").take(place)


def _undrawn(articles: Comparison, tested: PValues) -> np.ndarray:
    """Say where a bootstrap has no p because a side never has the item."""
    none = (articles.a.x == 0) | (articles.b.x == 0)
    return none & np.isnan(tested.p) & ("low_bootstrap" in tested.more)


def _order(family: Family, bound, p, estimate) -> np.ndarray:
    """Strongest evidence first; untested items last, commonest first.

    What is given is of the family's members.
    """
    members = family.members
    total = family.whole.a.held + family.whole.b.held
    strength = np.where(estimate < 0, -bound, bound)
    weak = np.nan_to_num(-strength, nan=np.inf)
    first = np.lexsort((-total[members], np.nan_to_num(p, nan=2.0), weak))
    others = np.ones(len(total), bool)
    others[members] = False
    others = np.flatnonzero(others)
    last = np.argsort(-total[others], kind="stable")
    return np.concatenate([members[first], others[last]])
