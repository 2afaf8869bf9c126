"""A shard of which only word counts are known, as in a derived corpus."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
from scipy import sparse

from mediakit.text.views import Layer, View


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
    def hashes(self) -> np.ndarray:
        """The sha256 of each row's counts: 32 bytes (uint8) a row."""
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
            hashes.append(hashlib.sha256(text.encode()).digest())
        return as_rows(hashes)

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


def as_rows(hashes: list[bytes]) -> np.ndarray:
    """Return sha256 digests as an array of 32 bytes a row."""
    return np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, 32)
