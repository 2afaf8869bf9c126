"""Words near a node against the same words elsewhere, over articles."""

import numpy as np
import pandas as pd

from mediakit.formulas.association import expected
from mediakit.formulas.intervals import ALPHA
from mediakit.formulas.near import PartComparison, equal_units
from mediakit.infer.evidence import Evidence, Interval
from mediakit.infer.family import LEAST
from mediakit.infer.pair_sums import PairSums, pair_sums
from mediakit.measure.measure import Measure
from mediakit.measure.paired import Paired


def near_evidence(measure: Paired) -> Evidence:
    """Return the evidence on each word near the node."""
    size = len(measure.items)
    place = _place(measure, measure.beside)
    sums = pair_sums(measure, measure.beside, place)
    a, b = sums.near, sums.rest
    tested = np.minimum(a.m, b.m) >= LEAST
    tested &= a.held + b.held - sums.cross[-1] >= LEAST
    family = _family(sums, place, tested)
    hits = np.full(size, measure.exposure[:, 1].sum())
    words_near = float(measure.exposure[:, 0].sum())
    n = words_near + sums.beside
    frequency = a.x + b.x
    span = np.full(size, words_near)
    return Evidence(
        observed=a.x,
        expected=expected(n, span, frequency),
        f1=span,
        frequency=frequency,
        n=n,
        parts=np.full(size, 2),
        dice_parts=(hits, frequency),
        articles=a.held,
        tested=tested,
        interval=_interval(_compared(sums), tested, family),
        estimate="log_ratio",
        family=family,
        totals={
            "words": n,
            "words_near": words_near,
            "uses_of_node": float(measure.exposure[:, 1].sum()),
        },
    )


def _place(near: Measure, beside: Measure) -> np.ndarray:
    """Return which item of the one each item of the other is, -1 for none."""
    items = near.items["item"]
    chosen = pd.Index(beside.items["item"]).get_indexer(items)
    if (chosen < 0).any():
        beside.only_items(items.tolist())  # says which it lacks
    place = np.full(len(beside.items), -1, np.int32)
    place[chosen] = np.arange(len(chosen))
    return place


def _interval(compared: PartComparison, tested: np.ndarray, family: int) -> Interval:
    """Return limits and p of the items tested, NaN for the others."""
    compared = compared[tested]
    below = np.nan_to_num(compared.log_ratio) < 0
    lower = np.zeros(len(below), bool)
    found = {
        "low": compared.limit(ALPHA, lower),
        "high": compared.limit(ALPHA, ~lower),
        "bound": compared.limit(ALPHA / max(family, 1), below),
        "p": compared.p(),
    }
    columns = {name: np.full(len(tested), np.nan) for name in found}
    for name, values in found.items():
        columns[name][tested] = values
    return Interval(**columns)


def _compared(sums: PairSums) -> PartComparison:
    """Compare both sides, each article with its covariance."""
    a, b, shared = sums.near, sums.rest, sums.shared
    xy, x_rest, y_n, n_rest, _ = sums.cross
    rate_a, rate_b = np.nan_to_num(a.rate), np.nan_to_num(b.rate)
    products = xy - rate_b * x_rest - rate_a * y_n + rate_a * rate_b * n_rest
    covariance = products * shared / max(shared - 1, 1)
    units = equal_units(np.array([a.x2, b.x2]), sums.fourth)
    units = np.where(rate_a > rate_b, units[0], np.fmax(*units))
    return PartComparison(a, b, covariance, np.full(len(xy), float(shared)), units)


def _family(sums: PairSums, place: np.ndarray, tested: np.ndarray) -> int:
    """Count the words tested, and those that could have been: in ten articles."""
    common = sums.held >= LEAST
    common[place >= 0] |= tested[place[place >= 0]]
    return int(common.sum())
