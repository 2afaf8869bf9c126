"""Units of evidence: what a worker reads of a block, article by article."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from mediakit import kernels
from mediakit.errors import MediakitError
from mediakit.kernels.counts import merge_rows
from mediakit.measure.blocks import Block, map_blocks, places, select_items
from mediakit.measure.measure import Measure
from mediakit.progress import progress

ENTRIES_AT_ONCE = 2_000_000
A, B, OUTSIDE = 0, 1, -1


@dataclass(frozen=True)
class Units:
    """Some rows of evidence: articles, or clusters on one side.

    Attributes
    ----------
    values : csr_array, rows x items
        Numerators.
    exposure : ndarray, rows x denominators
        Exposures.
    side : ndarray of int
        A, B or OUTSIDE for each row, or any code.
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


def map_units(
    measure: Measure,
    side: np.ndarray,
    function: Callable,
    *args,
    chosen: np.ndarray | None = None,
) -> Iterator:
    """Yield ``function(units, owner, *args)`` of every block, in their order.

    Parameters
    ----------
    measure : Measure
        What was measured. A mean's zeros are spelt out: they are scores too.
    side : ndarray of int, one or a row of them per article
        What becomes the units' `side`.
    function : callable
        Of a module. It gets an iterator of Units, the rows of one block, and the
        denominator of each item, and returns sums, as they travel from a worker.
    *args
        Handed on.
    chosen : ndarray of int, optional
        Positions of the items wanted; by default all.

    Raises
    ------
    MediakitError
        If an article has a value but no exposure; it is named.
    """
    owner = owners(measure)
    mapped = map_blocks(
        measure.stored, _of_block, side, measure.kind, owner, chosen, function, *args
    )
    count = len(measure.stored)
    if count > 1:
        mapped = progress(mapped, what="reading articles", total=count)
    for lost, found in mapped:
        if lost is not None:
            _raise_lost(measure, *lost)
        yield found


def _of_block(block, side, kind, owner, chosen, function, *args):
    lost = _lost(block, owner)
    if lost is not None:
        return lost, None
    if chosen is not None:
        place = places(chosen, len(owner))
        values = select_items(block.values, place, len(chosen))
        block, owner = Block(block.rows, values, block.exposure), owner[chosen]
    return None, function(block_units(block, side, kind), owner, *args)


def block_units(block: Block, side: np.ndarray, kind: str) -> Iterator[Units]:
    """Yield a block's articles as units, as many at a time as fit into memory.

    There is always one, if of no articles.
    """
    whole = kernels.COMPILED and kind != "mean" or not len(side)
    cuts = [(0, len(side))] if whole else _cuts(block.values, kind)
    for first, last in cuts:
        values = _rows(block.values, first, last)
        values = spelt_out(values) if kind == "mean" else values
        yield Units(values, block.exposure[first:last], side[first:last])


def owners(measure: Measure) -> np.ndarray:
    """Return the denominator of each item, as a column of the exposure."""
    return measure.items["denominator"].to_numpy(np.int64)


def add_rows(
    values: sparse.csr_array,
    codes: np.ndarray,
    count: int,
    chosen: np.ndarray | None = None,
) -> sparse.csr_array:
    """Add up rows by code, sparse, the `chosen` items only; -1 is left out."""
    size = values.shape[1]
    chosen = np.arange(size) if chosen is None else chosen
    place = places(chosen, size)
    if not kernels.COMPILED:
        return indicator(codes, count) @ select_items(values, place, len(chosen))
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(count + 1))
    indptr, indices, data = merge_rows(
        order, ends, values.indptr, values.indices, values.data, place, len(chosen)
    )
    return sparse.csr_array((data, indices, indptr), shape=(count, len(chosen)))


def indicator(codes: np.ndarray, count: int) -> sparse.csr_array:
    """Return the matrix that adds up rows by code; rows coded -1 are left out."""
    inside = np.flatnonzero(codes >= 0)
    cells = (np.ones(len(inside)), (codes[inside], inside))
    return sparse.csr_array(cells, shape=(count, len(codes)))


def _cuts(values, kind):
    """Return first and last rows of pieces of a block that fit into memory."""
    ends = values.indptr.astype(np.int64)
    if kind == "mean":
        ends = np.arange(len(ends)) * values.shape[1]
    steps = np.arange(0, ends[-1] + ENTRIES_AT_ONCE, ENTRIES_AT_ONCE)
    rows = np.searchsorted(ends, steps[:-1])
    rows = np.unique(np.append(rows, [0, len(ends) - 1]))
    return zip(rows[:-1], rows[1:], strict=True)


def _rows(values, first, last):
    start, stop = values.indptr[first], values.indptr[last]
    pointers = values.indptr[first : last + 1] - start
    cells = values.data[start:stop], values.indices[start:stop], pointers
    return sparse.csr_array(cells, shape=(last - first, values.shape[1]))


def spelt_out(values: sparse.csr_array) -> sparse.csr_array:
    """Return the matrix with its zeros stored too."""
    rows, items = values.shape
    indices = np.tile(np.arange(items), rows)
    pointers = np.arange(rows + 1) * items
    cells = (values.toarray().ravel(), indices, pointers)
    return sparse.csr_array(cells, shape=values.shape)


def _lost(block, owner) -> tuple[int, int] | None:
    """Return the first article, and its item, with a value but no exposure."""
    values = block.values
    for row in np.flatnonzero((block.exposure == 0).any(axis=1)):
        entries = slice(values.indptr[row], values.indptr[row + 1])
        items = values.indices[entries][values.data[entries] != 0]
        lost = items[block.exposure[row, owner[items]] == 0]
        if len(lost):
            return block.rows.start + int(row), int(lost[0])
    return None


def _raise_lost(measure, article, item):
    ids = measure.articles.get("article_id")
    name = f"row {article}" if ids is None else repr(ids.iloc[article])
    denominator = measure.denominators[owners(measure)[item]]
    raise MediakitError(
        f"article {name} has {measure.items['item'].iloc[item]!r} but no "
        f"exposure ({denominator!r} is 0); a rate over nothing is undefined: correct "
        "the exposure or drop the article."
    )
