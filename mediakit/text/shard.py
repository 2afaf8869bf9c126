"""A shard: up to 50,000 articles as flat arrays, title and text as two fields.

Its documents are first all titles, then all texts, so that a field is a slice and
a layer is a set of spans over one stream of tokens.
"""

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
from scipy import sparse

from mediakit import kernels
from mediakit.kernels import texts as loops
from mediakit.kernels.counts import count_tokens
from mediakit.text.chunks import Chunks, encoded
from mediakit.text.pieces import Pieces, expand, repeat_per_piece
from mediakit.text.postings import Postings, build_postings

FIELDS = ("title", "text")
SENTENCE, PARAGRAPH = 1, 2
KEPT_COUNTS = 4


@dataclass(frozen=True)
class Layer:
    """Spans of tokens [start, end) in a shard's stream, in order, with labels."""

    starts: np.ndarray
    ends: np.ndarray
    labels: np.ndarray
    names: tuple[str, ...] = ("",)

    def covers(self, size: int) -> np.ndarray:
        """Mark the tokens that lie in a span."""
        steps = np.zeros(size + 1, np.int32)
        np.add.at(steps, self.starts, 1)
        np.add.at(steps, self.ends, -1)
        return np.cumsum(steps[:-1]) > 0


@dataclass(frozen=True)
class View:
    """Which part of the articles is measured: a field, narrowed by layers."""

    field: str = "text"
    steps: tuple[tuple[str, str], ...] = ()

    def __str__(self):
        return " ".join([self.field, *(f"{verb} {name}" for verb, name in self.steps)])


@dataclass(frozen=True, eq=False)
class Shard:
    """Articles as arrays; see the module's text for the order of documents.

    `ids` (int32, local types), `offsets` (int64, documents + 1) and `flags` (uint8:
    1 a sentence, 2 a paragraph begins here) describe the tokens; `begins` holds
    their byte starts where the tokenizer is not local to a chunk.
    """

    texts: dict[str, pa.LargeStringArray]
    chunks: Chunks
    vocabulary: pa.LargeStringArray
    ids: np.ndarray
    offsets: np.ndarray
    flags: np.ndarray
    pieces: Pieces | None = None
    begins: np.ndarray | None = None
    layers: dict[str, Layer] = field(default_factory=dict)
    _counts: dict[View, sparse.csr_array] = field(default_factory=dict, repr=False)

    def __len__(self):
        return len(self.texts["text"])

    @cached_property
    def hashes(self) -> list[str]:
        """The sha256 of each article's title and text."""
        hashes = []
        for title, text in zip(*map(encoded, map(self.texts.get, FIELDS)), strict=True):
            digest = hashlib.sha256(title)
            digest.update(b"\x1f")
            digest.update(text)
            hashes.append(digest.hexdigest())
        return hashes

    @cached_property
    def postings(self) -> Postings:
        """Where each local type stands, in all fields."""
        return build_postings(self.ids, len(self.vocabulary))

    def documents(self, name: str) -> slice:
        """Return the documents of a field."""
        first = FIELDS.index(name) * len(self)
        return slice(first, first + len(self))

    def holding(self, name: str, chunks: np.ndarray) -> np.ndarray:
        """Return the rows whose title or text holds one of the unique chunks."""
        if not len(chunks):
            return np.empty(0, np.int64)
        offsets = self.chunks.offsets
        where = np.flatnonzero(np.isin(self.chunks.ids, chunks))
        documents = np.unique(np.searchsorted(offsets, where, side="right") - 1)
        first = self.documents(name).start
        return documents[(documents >= first) & (documents < first + len(self))] - first

    def starts(self) -> np.ndarray:
        """Return the byte at which each token begins in its document (int32)."""
        if self.begins is not None:
            return self.begins
        if kernels.COMPILED:
            return loops.token_starts(
                self.chunks.ids,
                self.chunks.starts,
                self.pieces.offsets,
                self.pieces.begins,
            )
        (inside,) = expand(self.chunks.ids, self.pieces, self.pieces.begins)
        return repeat_per_piece(self.chunks.ids, self.pieces, self.chunks.starts) + (
            inside
        )

    def with_layer(self, name: str, layer: Layer) -> "Shard":
        """Return the shard with one more layer."""
        return replace(self, layers={**self.layers, name: layer}, _counts={})

    def selection(self, view: View) -> tuple[slice, np.ndarray | None]:
        """Return the tokens of the view's field and the mask of its layers."""
        documents = self.documents(view.field)
        tokens = slice(
            int(self.offsets[documents.start]), int(self.offsets[documents.stop])
        )
        if not view.steps:
            return tokens, None
        mask = np.ones(tokens.stop - tokens.start, bool)
        for verb, name in view.steps:
            inside = self.layers[name].covers(len(self.ids))[tokens]
            mask &= inside if verb == "only" else ~inside
        return tokens, mask

    def selected(self, view: View) -> tuple[np.ndarray, np.ndarray]:
        """Return the view's tokens as positions in the stream, and their offsets."""
        where, offsets = self._places(view)
        if isinstance(where, slice):
            where = np.arange(where.start, where.stop)
        return where, offsets

    def _places(self, view: View) -> tuple[slice | np.ndarray, np.ndarray]:
        """Return what `selected` does, or a slice for a whole field."""
        tokens, mask = self.selection(view)
        documents = self.documents(view.field)
        offsets = self.offsets[documents.start : documents.stop + 1] - tokens.start
        if mask is None:
            return tokens, offsets
        kept = np.flatnonzero(mask)
        return kept + tokens.start, np.searchsorted(kept, offsets)

    def counts(self, view: View) -> sparse.csr_array:
        """Count the view's tokens: articles x local types, int64."""
        if view not in self._counts:
            if len(self._counts) >= KEPT_COUNTS:
                self._counts.pop(next(iter(self._counts)))
            self._counts[view] = self._count(view)
        return self._counts[view]

    def folded(self, view: View, to: np.ndarray, size: int) -> sparse.csr_array:
        """Count the view's tokens as items; `to` has the item of each type, or -1."""
        if kernels.COMPILED:
            return self._counted(view, to, size)
        return fold(self.counts(view), to, size)

    def totals(self, view: View) -> np.ndarray:
        """Count all tokens of each article in the view (int64)."""
        return np.diff(self._places(view)[1])

    def _count(self, view: View) -> sparse.csr_array:
        if kernels.COMPILED:
            types = np.arange(len(self.vocabulary), dtype=np.int32)
            return self._counted(view, types, len(types))
        where, offsets = self._places(view)
        ids = self.ids[where]
        matrix = sparse.csr_array(
            (np.ones(len(ids), np.int64), ids, offsets),
            shape=(len(self), len(self.vocabulary)),
        )
        matrix.sum_duplicates()
        return matrix

    def _counted(self, view: View, to: np.ndarray, size: int) -> sparse.csr_array:
        where, offsets = self._places(view)
        ids = self.ids[where]
        indptr, indices, counts = count_tokens(ids, offsets, to, size)
        return sparse.csr_array((counts, indices, indptr), shape=(len(self), size))


@dataclass(frozen=True, eq=False)
class CountsShard:
    """Articles or bags of which only word counts are known.

    `matrix` (rows x types) leaves out the pooled words; `sums` counts all words.
    """

    matrix: sparse.csr_array
    sums: np.ndarray
    vocabulary: pa.LargeStringArray
    layers: dict[str, Layer] = field(default_factory=dict)

    def __len__(self):
        return self.matrix.shape[0]

    @cached_property
    def hashes(self) -> list[str]:
        """The sha256 of each row's counts."""
        words = self.vocabulary.to_pylist()
        rows = zip(self.matrix.indptr, self.matrix.indptr[1:], self.sums, strict=False)
        hashes = []
        for start, stop, total in rows:
            counts = zip(
                self.matrix.indices[start:stop],
                self.matrix.data[start:stop],
                strict=True,
            )
            line = sorted(f"{words[number]} {count}" for number, count in counts)
            text = f"{total}\x1f" + "\x1f".join(line)
            hashes.append(hashlib.sha256(text.encode()).hexdigest())
        return hashes

    def counts(self, view: View) -> sparse.csr_array:
        """Return the stored counts."""
        return self.matrix

    def folded(self, view: View, to: np.ndarray, size: int) -> sparse.csr_array:
        """Return the stored counts as items; `to` has the item of each type, or -1."""
        return fold(self.matrix, to, size)

    def totals(self, view: View) -> np.ndarray:
        """Return the stored totals, pooled words included."""
        return self.sums


def fold(counts: sparse.csr_array, to: np.ndarray, size: int) -> sparse.csr_array:
    """Add up the columns of each item; `to` has the item of each column, or -1."""
    kept = np.flatnonzero(to >= 0)
    cells = (np.ones(len(kept), np.int64), (kept, to[kept]))
    folded = counts @ sparse.csr_array(cells, shape=(len(to), size))
    folded.sort_indices()
    return folded
