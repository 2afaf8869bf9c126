"""What the classical measures are computed from: two sums a side, read once.

`compare` reads every count twice and more; occurrences and articles with the item take
one short pass.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from mediakit import kernels
from mediakit.formulas.keyness import g2
from mediakit.formulas.rates import RateComparison
from mediakit.formulas.sums import Sums
from mediakit.infer.compare import side_codes
from mediakit.infer.comparison import context
from mediakit.infer.family import Family, family_from
from mediakit.infer.groups import choose_sides
from mediakit.infer.provenance import provenance
from mediakit.infer.sums import Powers, add_items, summed, whole
from mediakit.infer.units import A, B, Units, indicator, map_units, owners
from mediakit.kernels.sides import add_counts
from mediakit.measure.measure import Measure

BEWARE = (
    "classical measures alone: they take words for independent, and find differences "
    "between random halves of one newspaper; `compare` says what articles bear out."
)


def counted(
    measure: Measure, *, by: str, a: object, b: object
) -> tuple[pd.DataFrame, Family, np.ndarray]:
    """Return what `compared` does, without what single articles and clusters say.

    The rows are in the order of Dunning's log-likelihood.
    """
    sides = choose_sides(measure.articles, by, a, b)
    family = family_from(*count_sides(measure, side_codes(sides)))
    whole, items = family.whole, measure.items["item"].array
    strength = g2(whole.a.x, whole.b.x, whole.a.n, whole.b.n, cells=4)
    order = np.argsort(-np.nan_to_num(strength, nan=-1), kind="stable")
    columns = {
        "value_a": whole.a.x,
        "value_b": whole.b.x,
        "rate_a": whole.a.rate,
        "rate_b": whole.b.rate,
        "difference": whole.difference,
        "log_ratio": whole.log_ratio,
        "articles_a": whole.a.held.astype(np.int64),
        "articles_b": whole.b.held.astype(np.int64),
    }
    columns = {name: values[order] for name, values in columns.items()}
    table = pd.DataFrame({"item": items.take(order), **columns}, copy=False)
    parameters = {"by": by, "a": sides.label_a, "b": sides.label_b}
    record = provenance(measure, "keyness", parameters, [*sides.notes, BEWARE])
    table.attrs["mediakit"] = record | context(measure, sides, family)
    return table, family, order


def count_sides(
    measure: Measure, side: np.ndarray
) -> tuple[RateComparison, np.ndarray]:
    """Return what `compare_articles` does; all sums but m, held, n and x are NaN."""
    owner = owners(measure)
    totals = np.zeros((len(owner), 2, 2), np.int64)
    dense = np.zeros((2, 2, len(measure.denominators)))
    for part in map_units(measure, side, _counts):
        totals = add_items(totals, part.items, part.sparse)
        dense = dense + part.dense
    nothing = np.full(len(owner), np.nan)
    unknown = dict.fromkeys(("n2", "n3", "x2", "x3", "xn", "x2n", "xn2"), nothing)
    of_side = (
        Sums(
            m=dense[0, g, owner].astype(float),
            n=dense[1, g, owner].astype(float),
            held=totals[:, g, 0].astype(float),
            x=totals[:, g, 1].astype(float),
            **unknown,
        )
        for g in (A, B)
    )
    return RateComparison(*of_side, nothing, nothing), dense[1]


def _counts(units: Iterable[Units], owner: np.ndarray) -> Powers:
    """Add up x != 0 and x of both sides of some units."""
    sums, dense = np.zeros((len(owner), 2, 2)), 0.0
    for part in units:
        into, n, values = indicator(part.side, 2), part.exposure, part.values
        dense = dense + np.stack([into @ (n > 0), into @ n])
        if kernels.COMPILED:
            matrix = values.indptr, values.indices, values.data
            add_counts(sums, *matrix, part.side)
            continue
        sides = np.column_stack([part.side == A, part.side == B]).astype(float)
        for place, entries in enumerate((values.data != 0, values.data)):
            sums[:, :, place] += summed(values, entries, sides)
    items = np.flatnonzero(sums[:, :, 0].any(axis=1)).astype(np.int32)
    sums = sums if len(items) == len(owner) else sums[items]
    return Powers(dense, items, whole(sums))
