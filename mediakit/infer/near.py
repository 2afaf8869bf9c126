"""Words near a node against the same words elsewhere, over articles."""

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.formulas.association import expected
from mediakit.formulas.intervals import ALPHA
from mediakit.formulas.near import PartComparison, equal_units
from mediakit.formulas.sums import Sums
from mediakit.infer.evidence import Evidence, Interval
from mediakit.infer.family import LEAST
from mediakit.measure.blocks import Block, map_blocks, map_pairs
from mediakit.measure.measure import Measure
from mediakit.measure.paired import Paired
from mediakit.measure.terms import articles_with


def near_evidence(measure: Paired) -> Evidence:
    """Return the evidence on each word near the node."""
    size = len(measure.items)
    elsewhere = measure.beside.only_items(measure.items["item"].tolist())
    compared, both = _compared(measure, elsewhere)
    a, b = compared.a, compared.b
    tested = np.minimum(a.m, b.m) >= LEAST
    tested &= a.held + b.held - both >= LEAST
    family = _family(measure, tested)
    hits = np.full(size, measure.exposure[:, 1].sum())
    span = np.full(size, measure.exposure[:, 0].sum())
    n = float(measure.exposure[:, 0].sum() + elsewhere.exposure.sum())
    frequency = a.x + b.x
    totals = {
        "words": n,
        "words_near": float(measure.exposure[:, 0].sum()),
        "uses_of_node": float(measure.exposure[:, 1].sum()),
    }
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
        interval=_interval(compared, family),
        estimate="log_ratio",
        family=family,
        totals=totals,
    )


def _interval(compared: PartComparison, family: int) -> Interval:
    below = np.nan_to_num(compared.log_ratio) < 0
    lower = np.zeros(len(below), bool)
    return Interval(
        low=compared.limit(ALPHA, lower),
        high=compared.limit(ALPHA, ~lower),
        bound=compared.limit(ALPHA / max(family, 1), below),
        p=compared.p(),
    )


def _compared(near: Measure, elsewhere: Measure) -> tuple[PartComparison, np.ndarray]:
    """Compare both sides; return that, and the articles with an item on both."""
    size = len(near.items)
    a, b, cross, shared = _zeros(size), _zeros(size), np.zeros((5, size)), 0
    x4 = np.zeros((2, size))
    for added in map_pairs(near.stored, elsewhere.stored, _both_sides):
        a += added[0]
        b += added[1]
        x4 += added[2]
        cross += added[3]
        shared += added[4]
    xy, x_rest, y_n, n_rest, both = cross
    rate_a, rate_b = np.nan_to_num(a.rate), np.nan_to_num(b.rate)
    products = xy - rate_b * x_rest - rate_a * y_n + rate_a * rate_b * n_rest
    covariance = products * shared / max(shared - 1, 1)
    units = equal_units(np.array([a.x2, b.x2]), x4)
    more = np.nan_to_num(a.rate) > np.nan_to_num(b.rate)
    units = np.where(more, units[0], np.fmax(*units))
    shared = np.full(size, float(shared))
    return PartComparison(a, b, covariance, shared, units), both


def _both_sides(one: Block, other: Block) -> tuple:
    """Return a block's sums on either side, fourth powers, cross sums and rows."""
    n, rest = one.exposure[:, 0], other.exposure[:, 0]
    rows = np.flatnonzero((n > 0) & (rest > 0))
    x, y = one.values[rows].astype(float), other.values[rows].astype(float)
    cross = [
        x.multiply(y).sum(axis=0),
        x.T @ rest[rows],
        y.T @ n[rows],
        np.full(x.shape[1], n[rows] @ rest[rows]),
        (x != 0).multiply(y != 0).sum(axis=0),
    ]
    fourth = np.array([_fourth(one.values), _fourth(other.values)])
    sums = _sums(one.values, n), _sums(other.values, rest)
    return *sums, fourth, np.array(cross, float), len(rows)


def _sums(values: sparse.csr_array, n: np.ndarray) -> Sums:
    """Add up one side of a block, every item over the same exposure."""
    size = values.shape[1]
    x, n_of = values.data.astype(float), np.repeat(n, np.diff(values.indptr))

    def per_item(terms):
        return np.bincount(values.indices, terms, minlength=size)

    def same(total):
        return np.full(size, float(total))

    return Sums(
        m=same((n > 0).sum()),
        held=per_item(x != 0),
        n=same(n.sum()),
        n2=same(n @ n),
        n3=same(n**2 @ n),
        x=per_item(x),
        x2=per_item(x**2),
        x3=per_item(x**3),
        xn=per_item(x * n_of),
        x2n=per_item(x**2 * n_of),
        xn2=per_item(x * n_of**2),
    )


def _fourth(values: sparse.csr_array) -> np.ndarray:
    terms = values.data.astype(float) ** 4
    return np.bincount(values.indices, terms, minlength=values.shape[1])


def _zeros(size: int) -> Sums:
    return Sums.of_units(np.zeros((0, size)), np.zeros(0))


def _family(measure: Paired, tested: np.ndarray) -> int:
    """Count the words tested, and those that could have been: in ten articles."""
    size = len(measure.beside.items)
    found = map_blocks(measure.beside.stored, articles_with, None, size)
    common = sum(found, np.zeros(size, np.int64)) >= LEAST
    place = pd.Index(measure.beside.items["item"])
    common[place.get_indexer(measure.items["item"][tested])] = True
    return int(common.sum())
