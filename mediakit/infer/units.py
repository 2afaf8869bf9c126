"""Units of evidence: articles read block by block, or clusters merged of them.

A cluster may reach over several blocks; it is whole before anything is squared.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from mediakit import kernels
from mediakit.errors import MediakitError
from mediakit.infer.groups import Clusters
from mediakit.kernels.counts import merge_rows
from mediakit.measure.measure import Measure
from mediakit.progress import progress

ENTRIES_AT_ONCE = 2_000_000
A, B, OUTSIDE = 0, 1, -1


@dataclass(frozen=True)
class Units:
    """Some rows of evidence: articles, or clusters on one side.

    Attributes
    ----------
    values : csr_array of float, rows x items
        Numerators.
    exposure : ndarray, rows x denominators
        Exposures.
    side : ndarray of int
        A, B or OUTSIDE for each row.
    """

    values: sparse.csr_array
    exposure: np.ndarray
    side: np.ndarray

    def entries(self, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the row and the exposure of every stored numerator."""
        rows = np.repeat(np.arange(len(self.side)), np.diff(self.values.indptr))
        if self.exposure.shape[1] == 1:
            return rows, self.exposure[rows, 0]
        return rows, self.exposure[rows, owner[self.values.indices]]

    def loop_arrays(self) -> tuple[np.ndarray, ...]:
        """Return what the compiled loops read: the matrix, exposure and side."""
        matrix = self.values.indptr, self.values.indices, self.values.data
        return (*matrix, self.exposure, self.side)


def article_units(
    measure: Measure, side: np.ndarray, *, at_once: int = ENTRIES_AT_ONCE
) -> Iterator[Units]:
    """Yield the articles as units, a few million entries at a time.

    Parameters
    ----------
    measure : Measure
        What was measured. A mean's zeros are spelt out: they are scores too.
    side : ndarray of int, one per article
        A, B or OUTSIDE, or any code: it is handed on.
    at_once : int
        Numerators held in memory.

    Raises
    ------
    MediakitError
        If an article has a value but no exposure; it is named.
    """
    owner = owners(measure)
    for block in progress(measure.blocks(), what="reading articles"):
        for first, last in _cuts(block.values, measure.kind, at_once):
            values = _rows(block.values, first, last)
            values = _spelt_out(values) if measure.kind == "mean" else values
            exposure = block.exposure[first:last]
            start = block.rows.start
            _check_exposure(measure, values, exposure, owner, start + first)
            yield Units(values, exposure, side[start + first : start + last])


def cluster_units(measure: Measure, side: np.ndarray, clusters: Clusters) -> Units:
    """Merge articles into clusters: first all clusters on A, then the same on B.

    A cluster that a side does not have is a row without exposure.
    """
    count = clusters.count
    unit = np.where(side < 0, OUTSIDE, side * count + clusters.codes)
    values, exposure = None, np.zeros((2 * count, len(measure.denominators)))
    for part in article_units(measure, unit, at_once=8 * ENTRIES_AT_ONCE):
        added = add_rows(part.values, part.side, 2 * count)
        values = added if values is None else values + added
        exposure += indicator(part.side, 2 * count) @ part.exposure
    if values is None:
        values = sparse.csr_array((2 * count, len(measure.items)))
    if measure.kind == "mean":
        values = _spelt_out(values)
    return Units(values, exposure, np.repeat([A, B], count))


def owners(measure: Measure) -> np.ndarray:
    """Return the denominator of each item, as a column of the exposure."""
    return measure.items["denominator"].to_numpy(np.int64)


def add_rows(values: sparse.csr_array, codes: np.ndarray, count: int):
    """Add up rows by code, sparse; rows coded -1 are left out."""
    if not kernels.COMPILED:
        return indicator(codes, count) @ values
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(count + 1))
    indptr, indices, data = merge_rows(
        order, ends, values.indptr, values.indices, values.data, values.shape[1]
    )
    return sparse.csr_array((data, indices, indptr), shape=(count, values.shape[1]))


def indicator(codes: np.ndarray, count: int) -> sparse.csr_array:
    """Return the matrix that adds up rows by code; rows coded -1 are left out."""
    inside = np.flatnonzero(codes >= 0)
    cells = (np.ones(len(inside)), (codes[inside], inside))
    return sparse.csr_array(cells, shape=(count, len(codes)))


def _cuts(values, kind, at_once):
    """Return first and last rows of pieces of a block that fit into memory."""
    ends = values.indptr.astype(np.int64)
    if kind == "mean":
        ends = np.arange(len(ends)) * values.shape[1]
    steps = np.arange(0, ends[-1] + at_once, at_once)
    rows = np.searchsorted(ends, steps[:-1])
    rows = np.unique(np.append(rows, [0, len(ends) - 1]))
    return zip(rows[:-1], rows[1:], strict=True)


def _rows(values, first, last):
    start, stop = values.indptr[first], values.indptr[last]
    data = values.data[start:stop].astype(float)
    pointers = values.indptr[first : last + 1] - start
    shape = (last - first, values.shape[1])
    return sparse.csr_array((data, values.indices[start:stop], pointers), shape=shape)


def _spelt_out(values):
    """Store the zeros too."""
    rows, items = values.shape
    indices = np.tile(np.arange(items), rows)
    pointers = np.arange(rows + 1) * items
    cells = (values.toarray().ravel(), indices, pointers)
    return sparse.csr_array(cells, shape=values.shape)


def _check_exposure(measure, values, exposure, owner, start):
    for row in np.flatnonzero((exposure == 0).any(axis=1)):
        entries = slice(values.indptr[row], values.indptr[row + 1])
        items = values.indices[entries][values.data[entries] != 0]
        lost = items[exposure[row, owner[items]] == 0]
        if not len(lost):
            continue
        article = start + row
        ids = measure.articles.get("article_id")
        name = f"row {article}" if ids is None else repr(ids.iloc[article])
        raise MediakitError(
            f"article {name} has {measure.items['item'].iloc[lost[0]]!r} but no "
            f"exposure ({measure.denominators[owner[lost[0]]]!r} is 0); a rate over "
            "nothing is undefined: correct the exposure or drop the article."
        )
