"""From chunks to tokens: rules run once per unique chunk, arrays do the rest."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.text.words import EDGES

BLOCK = 1 << 18
LETTERS = "A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ӿ"
PLAIN = f"^[{LETTERS}]+(?:['’-][{LETTERS}]+)*$"
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
    chunks: pa.LargeStringArray, rule: Callable[[str], Spans], *, plain: bool = False
) -> tuple[Pieces, pa.LargeStringArray]:
    """Apply a chunk-local rule to each chunk; return the pieces and their types.

    Types are sorted by code point. With `plain`, `plain_words` are not asked about.
    """
    one, words, begins = plain_words(chunks) if plain else _no_words(len(chunks))
    rest = chunks.filter(pa.array(~one)).to_pylist()
    spans = [rule(chunk) for chunk in rest]
    sizes = np.ones(len(chunks), np.int64)
    sizes[~one] = [len(found) for found in spans]
    cut, cut_begins = _cut(rest, spans)
    types = pa.concat_arrays([words, cut]).dictionary_encode()
    order = pc.sort_indices(types.dictionary).to_numpy()
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order))
    by_rule = np.repeat(~one, sizes)
    where = np.concatenate([np.flatnonzero(~by_rule), np.flatnonzero(by_rule)])
    pieces = Pieces(
        offsets=np.concatenate([[0], np.cumsum(sizes)]),
        ids=np.empty(len(where), np.int32),
        begins=np.empty(len(where), np.int32),
    )
    pieces.ids[where] = rank[types.indices.to_numpy()]
    pieces.begins[where] = np.concatenate([begins, cut_begins])
    return pieces, types.dictionary.take(order)


def plain_words(
    chunks: pa.LargeStringArray,
) -> tuple[np.ndarray, pa.LargeStringArray, np.ndarray]:
    """Find the chunks that are one word between punctuation for the default tokenizer.

    Returns which they are, their words, and the byte at which each word begins.
    """
    right = pc.utf8_ltrim(chunks, characters=EDGES)
    words = pc.utf8_rtrim(right, characters=EDGES)
    plain = pc.match_substring_regex(words, PLAIN)
    begins = pc.subtract(pc.binary_length(chunks), pc.binary_length(right))
    return (
        plain.to_numpy(zero_copy_only=False),
        words.filter(plain),
        begins.filter(plain).to_numpy(),
    )


def _no_words(size: int):
    return np.zeros(size, bool), pa.array([], pa.large_string()), np.empty(0, np.int64)


def _cut(chunks: list[str], spans: list[Spans]):
    """Return the words at the spans of each chunk, and their first bytes."""
    words, begins = [], []
    for chunk, found in zip(chunks, spans, strict=True):
        ascii_only = chunk.isascii()
        for start, end in found:
            words.append(chunk[start:end])
            begins.append(start if ascii_only else len(chunk[:start].encode()))
    return pa.array(words, pa.large_string()), np.array(begins, np.int64)


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
