"""The rates of single articles, gathered for some items at a time.

Ranks need all of an item's rates at once, so the blocks are read once for as many
items as fit into memory; most rates are 0 and are only counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields

import numpy as np

from mediakit.formulas.ranks import RateSums, rate_sums
from mediakit.infer.contrast import Comparison
from mediakit.infer.units import A, Units, map_units
from mediakit.measure.measure import Measure

RATES_AT_ONCE = 10_000_000


def article_rates(measure: Measure, side: np.ndarray, whole: Comparison) -> RateSums:
    """Return what Mann-Whitney and Welch need, for every item of a measure of counts.

    Parameters
    ----------
    measure : Measure
        Of kind "count".
    side : ndarray of int, one per article
        A, B or OUTSIDE.
    whole : Comparison
        As `compare_articles` returns it.
    """
    a, b = whole.a, whole.b
    parts = []
    for items in _as_many(a.held + b.held):
        found = [*map_units(measure, side, _rates, chosen=items)]
        item, rate, on_a = (np.concatenate(each) for each in zip(*found, strict=True))
        parts.append(rate_sums(item, rate, on_a, a.m[items], b.m[items]))
    names = [f.name for f in fields(RateSums)]
    if not parts:
        return RateSums(*(np.zeros(0) for _ in names))
    return RateSums(*(np.concatenate([getattr(p, n) for p in parts]) for n in names))


def _as_many(held: np.ndarray) -> Iterator[np.ndarray]:
    """Yield positions of items one after the other, by how many rates they have."""
    turn = (np.cumsum(held) - held) // RATES_AT_ONCE
    edges = np.flatnonzero(np.diff(turn, prepend=-1, append=-1))
    for first, last in zip(edges[:-1], edges[1:], strict=True):
        yield np.arange(first, last)


def _rates(units: Iterable[Units], owner):
    """Return item, rate and side of every article that holds an item."""
    parts = []
    for part in units:
        rows, n = part.entries(owner)
        x, side = part.values.data, part.side[rows]
        inside = np.flatnonzero((side >= 0) & (x != 0))
        item = part.values.indices[inside].astype(np.int32)
        parts.append((item, x[inside] / n[inside], side[inside] == A))
    return tuple(np.concatenate(each) for each in zip(*parts, strict=True))
