"""Blocks of a measure, counted when they are asked for, wherever that may be.

A measure of a million articles has more counts than fit into memory, so it holds
how to count a block of them; some counted blocks are kept, as far as they fit.
"""

import uuid
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from mediakit import kernels
from mediakit.kernels.counts import select_columns
from mediakit.measure.kept import KEPT
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.workers import Once, each

LARGE = 1 << 16


@dataclass(frozen=True)
class Block:
    """The rows of one shard: `values` (rows x items), `exposure` (rows x kinds)."""

    rows: slice
    values: sparse.csr_array
    exposure: np.ndarray


def corpus_blocks(corpus: Corpus, count: Callable, *args) -> "Blocks":
    """Return a measure's blocks, one per part of the corpus, counted when asked for.

    Parameters
    ----------
    corpus : Corpus
        In the view that is counted.
    count : callable
        ``count(part, view, *args)`` returns the values (csr_array, rows x items; int64
        if they are counts) and the exposure (float, rows x denominators) of a Part. A
        function of a module, so that a cluster finds it by its name.
    *args
        Handed on to `count`; large arrays are sent once to each worker of a cluster.

    Returns
    -------
    sequence of Block
        For ``Measure(stored=...)``. Counted blocks are kept in memory while all of a
        process' measures need less than 1 GiB, and counted again otherwise.
    """
    starts = np.cumsum([0, *(len(part) for part in corpus.parts)]).tolist()
    recipe = Recipe(_Counting(count, corpus.view, args))
    return Blocks(recipe, tuple((part,) for part in corpus.parts), tuple(starts))


@dataclass(frozen=True, eq=False)
class Recipe:
    """How blocks are made of their sources; all blocks of a measure share one."""

    make: Callable
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self):
        weakref.finalize(self, KEPT.forget, self.key)

    def __reduce__(self):
        return Recipe, (self.make, self.key)

    def counted(
        self, number: int, source: tuple
    ) -> tuple[sparse.csr_array, np.ndarray]:
        """Return values and exposure of the block of that number."""
        found = KEPT.get(self.key, number)
        if found is None:
            found = self.make(number, *source)
            KEPT.put(self.key, number, found)
        return found


@dataclass(frozen=True)
class _Counting:
    count: Callable
    view: object
    args: tuple

    def __call__(self, number, part):
        return self.count(part, self.view, *self.args)


@dataclass(frozen=True)
class _Selecting:
    """Rows and items of another recipe's blocks; it keeps its own if `instead`."""

    base: Recipe
    place: np.ndarray | None
    size: int
    instead: bool

    def __call__(self, number, *source):
        *source, rows = source
        values, exposure = self.base.counted(number, tuple(source))
        if self.instead:
            KEPT.forget(self.base.key, number)
        if rows is not None:
            values, exposure = values[rows], exposure[rows]
        if self.place is not None:
            values = select_items(values, self.place, self.size)
        return values, exposure


@dataclass(frozen=True, eq=False)
class Blocks(Sequence):
    """A sequence of Block that holds how to count each; `starts` are their rows."""

    recipe: Recipe
    sources: tuple[tuple, ...]
    starts: tuple[int, ...]

    def __len__(self):
        return len(self.sources)

    def __getitem__(self, number):
        if isinstance(number, slice):
            return [self[one] for one in range(len(self))[number]]
        number = range(len(self))[number]
        counted = self.recipe.counted(number, self.sources[number])
        return Block(slice(*self.starts[number : number + 2]), *counted)

    def __iter__(self) -> Iterator[Block]:
        return (self[number] for number in range(len(self)))

    def subset(self, mask: np.ndarray) -> "Blocks":
        """Return the blocks of the rows where `mask` is true."""
        rows = [np.flatnonzero(mask[a:b]) for a, b in self._edges()]
        starts = np.cumsum([0, *map(len, rows)]).tolist()
        return self._selected(None, 0, rows, tuple(starts))

    def items(self, chosen: np.ndarray, size: int, *, instead=False) -> "Blocks":
        """Return the blocks of the chosen of `size` items, in the order given.

        With `instead` only they are kept in memory, not the blocks they come from.
        """
        place = places(chosen, size)
        rows = [None] * len(self)
        return self._selected(place, len(chosen), rows, self.starts, instead)

    def pieces(self) -> Iterator[tuple]:
        """Yield what a worker needs beside the recipe: rows, number and sources."""
        for number, (first, last) in enumerate(self._edges()):
            yield slice(first, last), number, *map(_sent, self.sources[number])

    def _edges(self):
        return zip(self.starts[:-1], self.starts[1:], strict=True)

    def _selected(self, place, size, rows, starts, instead=False):
        sources = ((*s, r) for s, r in zip(self.sources, rows, strict=True))
        recipe = Recipe(_Selecting(self.recipe, place, size, instead))
        return Blocks(recipe, tuple(sources), starts)


def places(chosen: np.ndarray, size: int) -> np.ndarray:
    """Return the new position of each of `size` items; -1 for those not chosen."""
    place = np.full(size, -1, np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    return place


def select_items(values: sparse.csr_array, place: np.ndarray, size: int):
    """Return the columns of the items whose `place` is not -1, each at its place."""
    indptr, indices, data = values.indptr, values.indices, values.data
    if kernels.COMPILED:
        indptr, indices, data = select_columns(indptr, indices, data, place)
    else:
        indices = place[indices]
        kept = indices >= 0
        ends = np.concatenate([[0], np.cumsum(kept)])
        indices, data, indptr = indices[kept], data[kept], ends[indptr]
    selected = sparse.csr_array((data, indices, indptr), shape=(values.shape[0], size))
    selected.sort_indices()
    return selected


def map_blocks(
    stored: Sequence[Block], function: Callable, rows: np.ndarray | None, *args
) -> Iterator:
    """Yield ``function(block, rows, *args)`` of each block, in their order.

    Parameters
    ----------
    stored : sequence of Block
        As a measure holds them; a block is counted by the worker that needs it.
    function : callable
        Of a module; what it returns should be small.
    rows : ndarray or None
        One entry per article; each block gets its own.
    *args
        Handed on; large arrays are sent once to each worker of a cluster.
    """
    args = [_sent(arg) for arg in args]
    blocks = _pieces(stored)
    cut = ((None if rows is None else rows[one[1]], *one) for one in blocks)
    return each(_mapped, cut, function, *args)


def map_pairs(
    stored: Sequence[Block], beside: Sequence[Block], function: Callable, *args
) -> Iterator:
    """Yield ``function(block, other, *args)`` of the blocks of two measures.

    Both are of the same articles, cut alike; otherwise as `map_blocks`.
    """
    args = [_sent(arg) for arg in args]
    pairs = zip(_pieces(stored), _pieces(beside), strict=True)
    return each(_paired, ((len(a), *a, *b) for a, b in pairs), function, *args)


def _pieces(stored: Sequence[Block]) -> Iterator[tuple]:
    """Yield what a worker needs for each block: recipe, rows and the rest."""
    if isinstance(stored, Blocks):
        return ((Once(stored.recipe), *piece) for piece in stored.pieces())
    return ((None, block.rows, Once(block)) for block in stored)


def _sent(value):
    """Mark what is worth sending once: parts, and large arrays."""
    small = isinstance(value, np.ndarray) and value.nbytes < LARGE
    return Once(value) if isinstance(value, np.ndarray | Part) and not small else value


def _mapped(piece, function, *args):
    codes, *piece = piece
    return function(_block(*piece), codes, *args)


def _paired(piece, function, *args):
    cut, *both = piece
    return function(_block(*both[:cut]), _block(*both[cut:]), *args)


def _block(recipe, rows, *source) -> Block:
    if recipe is None:
        return source[0]
    number, *source = source
    return Block(rows, *recipe.counted(number, tuple(source)))
