"""From chunks to tokens: rules run once per unique chunk, arrays do the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

BLOCK = 1 << 18
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Pieces:
    """The tokens inside each unique chunk.

    `offsets` (int64, chunks + 1) say which pieces are a chunk's; `ids` (int32) are
    their token types and `begins` (int32) the byte at which each begins in it.
    """

    offsets: np.ndarray
    ids: np.ndarray
    begins: np.ndarray


def compile_chunks(
    chunks: Sequence[str], rule: Callable[[str], Spans]
) -> tuple[Pieces, list[str]]:
    """Apply a chunk-local rule to each chunk; return the pieces and their types.

    Types are sorted by code point.
    """
    types: dict[str, int] = {}
    sizes, ids, begins = [], [], []
    for chunk in chunks:
        spans = rule(chunk)
        sizes.append(len(spans))
        plain = chunk.isascii()
        for start, end in spans:
            ids.append(types.setdefault(chunk[start:end], len(types)))
            begins.append(start if plain else len(chunk[:start].encode()))
    vocabulary, order = sort_types(types)
    pieces = Pieces(
        offsets=np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(
            np.int64
        ),
        ids=order[np.array(ids, np.int64)].astype(np.int32),
        begins=np.array(begins, np.int32),
    )
    return pieces, vocabulary


def sort_types(types: dict[str, int]) -> tuple[list[str], np.ndarray]:
    """Return the types by code point, and the new number of each old one."""
    vocabulary = sorted(types)
    order = np.empty(len(vocabulary), np.int32)
    order[[types[word] for word in vocabulary]] = np.arange(len(vocabulary))
    return vocabulary, order


def expand(
    chunk_ids: np.ndarray, pieces: Pieces, *values: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return `values` of the pieces of every chunk, in the order of the text."""
    counts = np.diff(pieces.offsets)
    total = int(counts[chunk_ids].sum())
    out = tuple(np.empty(total, value.dtype) for value in values)
    done = 0
    for first in range(0, len(chunk_ids), BLOCK):
        where = _piece_positions(chunk_ids[first : first + BLOCK], pieces, counts)
        for value, result in zip(values, out, strict=True):
            result[done : done + len(where)] = value[where]
        done += len(where)
    return out


def repeat_per_piece(
    chunk_ids: np.ndarray, pieces: Pieces, values: np.ndarray
) -> np.ndarray:
    """Return the value of each token's chunk; `values` has one per chunk."""
    return np.repeat(values, np.diff(pieces.offsets)[chunk_ids])


def _piece_positions(chunk_ids, pieces, counts) -> np.ndarray:
    sizes = counts[chunk_ids]
    first = pieces.offsets[chunk_ids]
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(
        first - (ends - sizes), sizes
    )
