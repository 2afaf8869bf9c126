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
    of_family = {
        **_limits(family.articles),
        **{name: getattr(tested, name) for name in P_VALUES},
        **tested.more,
        "p_without": without.p(),
        "difference_without": without.difference,
        "log_ratio_without": without.log_ratio,
    }
    columns = {
        "item": measure.items["item"].to_numpy(),
        "value_a": whole.a.x,
        "value_b": whole.b.x,
        "rate_a": whole.a.rate,
        "rate_b": whole.b.rate,
        "difference": whole.difference,
        "log_ratio": whole.log_ratio,
        "articles_a": whole.a.held.astype(np.int64),
        "articles_b": whole.b.held.astype(np.int64),
        "note": _notes(family, tested, clusters, several(measure.evidence)),
    }
    for name, values in of_family.items():
        columns[name] = np.full(size, np.nan)
        columns[name][family.members] = values
    table = pd.DataFrame(columns)[[*COLUMNS, *tested.more]]
    table = table.astype({"item": "str", "note": "str"})
    order = _order(columns, ESTIMATE[measure.kind], family)
    return table.iloc[order].reset_index(drop=True), order


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
) -> np.ndarray:
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
    texts = np.empty(1 << len(said), object)
    for code in np.unique(codes):
        texts[code] = "; ".join(t for bit, t in enumerate(said) if code >> bit & 1)
    return texts[codes]


def _undrawn(articles: Comparison, tested: PValues) -> np.ndarray:
    """Say where a bootstrap has no p because a side never has the item."""
    none = (articles.a.x == 0) | (articles.b.x == 0)
    return none & np.isnan(tested.p) & ("low_bootstrap" in tested.more)


def _order(columns: dict, estimate: str, family: Family) -> np.ndarray:
    """Strongest evidence first; untested items last, commonest first."""
    bound, p = columns["bound"], columns["p"]
    strength = np.where(columns[estimate] < 0, -bound, bound)
    weak = np.nan_to_num(-strength, nan=np.inf)
    total = columns["articles_a"] + columns["articles_b"]
    last = np.ones(len(p), bool)
    last[family.members] = False
    return np.lexsort((-total, np.nan_to_num(p, nan=2.0), weak, last))
