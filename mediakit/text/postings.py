"""The index of a shard: where each of its words stands, found without a search."""

from dataclasses import dataclass

import numpy as np

from mediakit import kernels
from mediakit.kernels.texts import postings


@dataclass(frozen=True, eq=False)
class Postings:
    """Where each local type stands in the shard's stream of tokens.

    `positions` (int32, one per token) has the places of type 0, then those of type
    1, and so on, each in ascending order; `offsets` (int64, types + 1) says which
    of them are a type's.
    """

    offsets: np.ndarray
    positions: np.ndarray

    def of(self, number: int) -> np.ndarray:
        """Return the places of one type, in ascending order."""
        return self.positions[self.offsets[number] : self.offsets[number + 1]]


def build_postings(ids: np.ndarray, types: int) -> Postings:
    """Index a stream of tokens: `ids` (int32) are types below `types`."""
    sizes = np.bincount(ids, minlength=types)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    if kernels.pays(ids.nbytes):
        return Postings(offsets, postings(ids, offsets))
    return Postings(offsets, np.argsort(ids, kind="stable").astype(np.int32))
