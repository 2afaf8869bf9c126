"""Sums over cells (a group, or a group in one period), one block at a time.

Only cells x items are ever dense, so a million articles need no more memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from mediakit import kernels
from mediakit.infer.groups import Clusters
from mediakit.infer.merged import Merged, merge_codes
from mediakit.infer.provenance import check_size
from mediakit.infer.sums import add_items, whole
from mediakit.infer.units import Units, indicator, map_units, owners
from mediakit.kernels.counts import add_cells
from mediakit.measure.measure import Measure

DENSE = ("exposure", "units", "n2")
SPARSE = ("value", "units_with", "units_full", "x2", "xn")


@dataclass(frozen=True)
class CellSums:
    """Sums over the units of each cell, every field cells x items.

    Units are articles, or clusters, with exposure; `units_with` have a value,
    `units_full` a value as large as their exposure. `x2`, `xn`, `n2` are the sums of
    x x, x n and n n, for a mean weighted by 1 / (N - n)^2 as its jackknife asks.
    """

    value: np.ndarray
    exposure: np.ndarray
    units: np.ndarray
    units_with: np.ndarray
    units_full: np.ndarray
    x2: np.ndarray
    xn: np.ndarray
    n2: np.ndarray


def cell_sums(
    measure: Measure,
    cells: np.ndarray,
    count: int,
    *,
    clusters: Clusters | None = None,
    columns: np.ndarray | None = None,
) -> tuple[CellSums, CellSums, int]:
    """Sum a measure over cells, once over articles and once over units of evidence.

    Parameters
    ----------
    measure : Measure
        What to sum.
    cells : int array, one per article
        Cell of each article; -1 is outside.
    count : int
        Number of cells.
    clusters : Clusters, optional
        What is merged within a cell before it is squared; by default an article is
        a unit. The merged rows stay sparse but are held all at once.
    columns : int array, optional
        Positions of the items wanted; by default all.

    Returns
    -------
    articles, units : CellSums
        The same object without clusters. Exact for whole numbers, however the
        measure is cut into blocks.
    bare : int
        Articles without any exposure, whatever their cell.

    Raises
    ------
    MediakitError
        If cells x items exceed five million, or an article has a value but no
        exposure.
    """
    owner = owners(measure) if columns is None else owners(measure)[columns]
    check_size(count * len(owner))
    total = None
    if measure.kind == "mean":
        total = indicator(cells, count) @ measure.exposure
    codes, merged = cells[:, None], None
    if clusters is not None:
        units, cell_of_unit = _pairs(cells, clusters)
        codes = np.column_stack([cells, units])
        merged = Merged(measure, len(cell_of_unit), len(owner))
    into, bare = _Total(owner, count), 0
    for part, without, rest in map_units(
        measure, codes, _of_block, count, total, chosen=columns
    ):
        into.add(part)
        bare += without
        if rest is not None:
            merged.add(*rest)
    articles = into.sums()
    if merged is None:
        return articles, articles, bare
    into = _Total(owner, count)
    into.add(_part([merged.units(cell_of_unit)], owner, count, total))
    return articles, into.sums(), bare


def _of_block(units: Iterable[Units], owner, count, total):
    units = list(units)
    cells = [replace(part, side=part.side[:, 0].copy()) for part in units]
    bare = sum(int((part.exposure == 0).all(axis=1).sum()) for part in units)
    rest = None
    if units[0].side.shape[1] > 1:
        codes = [replace(part, side=part.side[:, 1].copy()) for part in units]
        rest = merge_codes(codes, owner)
    return _part(cells, owner, count, total), bare, rest


def _pairs(cells, clusters):
    """Return the unit of each row, a cluster within a cell, and each unit's cell."""
    inside = cells >= 0
    keys = cells[inside] * clusters.count + clusters.codes[inside]
    found, places = np.unique(keys, return_inverse=True)
    units = np.full(len(cells), -1, np.int64)
    units[inside] = places
    return units, found // max(clusters.count, 1)


class _Total:
    """The sums of all blocks: exposure by denominator, values by item."""

    def __init__(self, owner: np.ndarray, count: int):
        self.owner = owner
        self.dense = np.zeros(
            (len(DENSE), count, int(owner.max(initial=0)) + 1), np.int64
        )
        self.values = np.zeros((len(owner), count, len(SPARSE)), np.int64)

    def add(self, part: tuple) -> None:
        """Add what `_part` returns."""
        dense, items, values = part
        self.dense = self.dense + dense[:, :, : self.dense.shape[2]]
        self.values = add_items(self.values, items, values)

    def sums(self) -> CellSums:
        """Return the sums, cells x items."""
        dense = dict(
            zip(DENSE, self.dense[:, :, self.owner].astype(float), strict=True)
        )
        values = np.moveaxis(self.values.astype(float), [2, 1], [0, 1])
        return CellSums(**dense, **dict(zip(SPARSE, values, strict=True)))


def _part(units: Iterable[Units], owner, count, total):
    """Add up units by cell; `total` is each cell's exposure where a jackknife asks."""
    dense, values = 0, np.zeros((len(owner), count, len(SPARSE)))
    for part in units:
        into, weight = indicator(part.side, count), _weights(part, total)
        n = part.exposure
        dense = dense + np.stack([into @ n, into @ (n > 0), into @ (weight * n**2)])
        if kernels.COMPILED:
            add_cells(values, *part.loop_arrays(), owner, weight)
            continue
        for place, each in enumerate(_terms(part, weight, owner)):
            entries = (each, part.values.indices, part.values.indptr)
            added = into @ sparse.csr_array(entries, part.values.shape)
            values[:, :, place] += added.toarray().T
    items = np.flatnonzero(values[:, :, 1].any(axis=1))
    values = values if len(items) == len(owner) else values[items]
    return whole(dense), items, whole(values)


def _weights(part, total):
    if total is None:
        return np.ones_like(part.exposure)
    outside = np.zeros((1, total.shape[1]))
    left = np.vstack([total, outside])[part.side] - part.exposure
    return np.divide(1, left**2, out=np.zeros_like(left), where=left > 0)


def _terms(part, weight, owner):
    """Return the terms of every entry, as in SPARSE."""
    row = np.repeat(np.arange(len(weight)), np.diff(part.values.indptr))
    place = row, owner[part.values.indices]
    n, w = part.exposure[place], weight[place]
    x = part.values.data.astype(float, copy=False)
    return x, (x != 0).astype(float), (x == n).astype(float), w * x * x, w * x * n
