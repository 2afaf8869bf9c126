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
from mediakit.text.bags import as_rows, fold
from mediakit.text.chunks import Chunks, chunk_starts, encoded
from mediakit.text.opened_checks import check_sizes
from mediakit.text.pieces import Pieces, expand, repeat_per_piece
from mediakit.text.postings import Postings, build_postings
from mediakit.text.views import Layer, View

FIELDS = ("title", "text")
SENTENCE, PARAGRAPH = 1, 2
KEPT_COUNTS = 4
HERE = "the corpus"
NO_TOKENS, NO_ITEM = np.empty(0, np.int64), np.int32(-1)


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
    def hashes(self) -> np.ndarray:
        """The sha256 of each article's title and text: 32 bytes (uint8) a row."""
        hashes = []
        for title, text in zip(*map(encoded, map(self.texts.get, FIELDS)), strict=True):
            digest = hashlib.sha256(title)
            digest.update(b"\x1f")
            digest.update(text)
            hashes.append(digest.digest())
        return as_rows(hashes)

    @cached_property
    def postings(self) -> Postings:
        """Where each local type stands, in all fields."""
        return build_postings(self.ids, len(self.vocabulary))

    @property
    def known_ids(self) -> np.ndarray:
        """The ids of tokens, none of which points beyond the types."""
        return self.ids

    @property
    def known_chunk_ids(self) -> np.ndarray:
        """The ids of chunks, none of which points beyond the unique ones."""
        return self.chunks.ids

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
        ids, starts = self.known_chunk_ids, self.chunk_starts()
        check_sizes("the split of the texts", HERE, chunks=(len(ids), len(starts)))
        if kernels.pays(ids.nbytes):
            offsets, begins = self.pieces.offsets, self.pieces.begins
            return loops.token_starts(ids, starts, offsets, begins)
        (inside,) = expand(ids, self.pieces, self.pieces.begins)
        return repeat_per_piece(ids, self.pieces, starts) + inside

    def chunk_starts(self, documents: np.ndarray | None = None) -> np.ndarray:
        """Return the byte at which each chunk begins in its document (int32).

        Found again from the texts, which is quick for a few `documents` (in order).
        """
        texts = [self.texts[name] for name in FIELDS]
        if documents is not None:
            title = documents < len(self)
            rows = documents[title], documents[~title] - len(self)
            texts = [one.take(pa.array(r)) for one, r in zip(texts, rows, strict=True)]
        return np.concatenate([chunk_starts(one) for one in texts])

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

    def folded(
        self, view: View, to: np.ndarray, size: int, without: np.ndarray = NO_TOKENS
    ) -> sparse.csr_array:
        """Count the view's tokens as items; `to` has the item of each type, or -1.

        `without` are positions of tokens to leave out.
        """
        if kernels.pays(self.ids.nbytes):
            return self._counted(view, to, size, without)
        counts = self._count(view, without) if len(without) else self.counts(view)
        return fold(counts, to, size)

    def totals(self, view: View) -> np.ndarray:
        """Count all tokens of each article in the view (int64)."""
        return np.diff(self._places(view)[1])

    def _count(self, view: View, without: np.ndarray = NO_TOKENS) -> sparse.csr_array:
        if kernels.pays(self.ids.nbytes):
            types = np.arange(len(self.vocabulary), dtype=np.int32)
            return self._counted(view, types, len(types), without)
        where, offsets = self._places(view)
        ones = np.ones(len(self.ids), np.int64)
        ones[without] = 0
        matrix = sparse.csr_array(
            (ones[where], self.ids[where], offsets),
            shape=(len(self), len(self.vocabulary)),
        )
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return matrix

    def _counted(
        self, view: View, to: np.ndarray, size: int, without: np.ndarray
    ) -> sparse.csr_array:
        where, offsets = self._places(view)
        check_sizes("the map", HERE, types=(len(to), len(self.vocabulary)))
        ids = self.known_ids
        if len(without):
            ids, to = np.array(ids), np.append(to, NO_ITEM)
            ids[without] = len(self.vocabulary)
        indptr, indices, counts = count_tokens(ids[where], offsets, to, size)
        return sparse.csr_array((counts, indices, indptr), shape=(len(self), size))
