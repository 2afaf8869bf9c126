"""Sums over cells (a group, or a group in one period), one block at a time.

Only cells x items are ever dense, so a million articles need no more memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
from scipy import sparse

from mediakit.infer.groups import Clusters
from mediakit.infer.provenance import check_size
from mediakit.infer.units import Units, article_units, indicator, owners
from mediakit.measure.measure import Measure


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
) -> tuple[CellSums, CellSums]:
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
        The same object without clusters. Exact for integers below 2^53, however
        the measure is cut into blocks.

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
    articles = _sum(_rows(measure, cells, columns), owner, count, total)
    if clusters is None:
        return articles, articles
    units, cell_of_unit = _pairs(cells, clusters)
    merged = _merge(_rows(measure, units, columns), len(cell_of_unit), measure, owner)
    return articles, _sum([replace(merged, side=cell_of_unit)], owner, count, total)


def _rows(measure, codes, columns) -> Iterator[Units]:
    for part in article_units(measure, codes):
        values = part.values if columns is None else part.values[:, columns]
        yield Units(values, part.exposure, part.side)


def _pairs(cells, clusters):
    """Return the unit of each row, a cluster within a cell, and each unit's cell."""
    inside = cells >= 0
    keys = cells[inside] * clusters.count + clusters.codes[inside]
    found, places = np.unique(keys, return_inverse=True)
    units = np.full(len(cells), -1, np.int64)
    units[inside] = places
    return units, found // max(clusters.count, 1)


def _merge(rows: Iterable[Units], count, measure, owner) -> Units:
    values = sparse.csr_array((count, len(owner)))
    exposure = np.zeros((count, len(measure.denominators)))
    for part in rows:
        into = indicator(part.side, count)
        values = values + into @ part.values
        exposure += into @ part.exposure
    return Units(values, exposure, np.arange(count))


def _sum(rows: Iterable[Units], owner, count, total) -> CellSums:
    """Add up rows; `total` is each cell's exposure where a jackknife needs it."""
    sums = {field.name: np.zeros((count, len(owner))) for field in fields(CellSums)}
    for part in rows:
        into = indicator(part.side, count)
        weight = _weights(part, total)
        for name, each in _dense_terms(part.exposure, weight).items():
            sums[name] += (into @ each)[:, owner]
        for name, each in _sparse_terms(part, weight, owner).items():
            entries = (each, part.values.indices, part.values.indptr)
            added = into @ sparse.csr_array(entries, part.values.shape)
            sums[name] += added.toarray()
    return CellSums(**sums)


def _weights(part, total):
    if total is None:
        return np.ones_like(part.exposure)
    outside = np.zeros((1, total.shape[1]))
    left = np.vstack([total, outside])[part.side] - part.exposure
    return np.divide(1, left**2, out=np.zeros_like(left), where=left > 0)


def _dense_terms(exposure, weight):
    return {"exposure": exposure, "units": exposure > 0, "n2": weight * exposure**2}


def _sparse_terms(part, weight, owner):
    row = np.repeat(np.arange(len(weight)), np.diff(part.values.indptr))
    place = row, owner[part.values.indices]
    x, n, w = part.values.data, part.exposure[place], weight[place]
    return {
        "value": x,
        "units_with": (x != 0).astype(float),
        "units_full": (x == n).astype(float),
        "x2": w * x**2,
        "xn": w * x * n,
    }
