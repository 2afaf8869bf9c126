"""Word shingles as 64-bit numbers, and the index of those that stand in two texts.

Every shingle is looked up, none is sampled: a wire story of a hundred words inside
an article of two thousand has a Jaccard coefficient that no sketch would find.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from mediakit.progress import progress
from mediakit.text.chunks import chunk_texts
from mediakit.text.pieces import compile_chunks, expand, repeat_per_piece
from mediakit.text.words import word_spans

WORDS = 5
SCHEME = "words 1, lower case, 5 in a row, SipHash of words, polynomial modulo 2**64"
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
BLOCK_ARTICLES = 5_000
PART_SHINGLES = 6_000_000
BLOCK_PAIRS = 20_000


@dataclass(frozen=True)
class Shingles:
    """The different shingles of each text, and which of them stand in several.

    `sizes` (int64) counts all of a text's; `shared` (texts x shingles, CSR of ones)
    holds those of at least two texts; `candidates` (pairs x 2, smaller row first)
    are pairs that share one.
    """

    sizes: np.ndarray
    shared: sparse.csr_array
    candidates: np.ndarray

    def common(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Count the shingles that stand in both texts of each pair."""
        counts = np.empty(len(a), np.int64)
        for first in range(0, len(a), BLOCK_PAIRS):
            rows = slice(first, first + BLOCK_PAIRS)
            both = self.shared[a[rows]].multiply(self.shared[b[rows]])
            counts[rows] = both.sum(axis=1)
        return counts


def hash_shingles(texts: pa.LargeStringArray, seed: int) -> tuple:
    """Return every shingle of the texts (uint64) and the row it stands in (int32).

    A text of fewer than five words has none.
    """
    chunks, _ = chunk_texts(texts)
    pieces, vocabulary = compile_chunks(chunks.vocabulary, word_spans, plain=True)
    words = _hash_words(vocabulary, seed)[expand(chunks.ids, pieces, pieces.ids)[0]]
    of_chunk = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(chunks.offsets))
    rows = repeat_per_piece(chunks.ids, pieces, of_chunk)
    size = max(len(words) - WORDS + 1, 0)
    hashes = np.zeros(size, np.uint64)
    for place in range(WORDS):
        hashes *= MULTIPLIER
        hashes += words[place : place + size]
    whole = rows[:size] == rows[WORDS - 1 :]
    return hashes[whole], rows[:size][whole]


def _hash_words(words: pa.LargeStringArray, seed: int) -> np.ndarray:
    folded = pc.replace_substring(pc.utf8_lower(words), "’", "'")
    strings = folded.to_numpy(zero_copy_only=False)
    return pd.util.hash_array(strings, hash_key=f"{seed:016d}", categorize=False)


def index_shingles(
    texts: pa.LargeStringArray, times: np.ndarray, *, window: float, seed: int
) -> Shingles:
    """Find the shingles that stand in several texts, and the pairs that share some.

    `times` (days) must not fall; NaN, at the end, is no date. A shingle's texts are
    cut where more than `window` days pass between them; in each piece every text
    makes a pair with the first and with the one before it.
    """
    size, first = len(texts), 0
    sizes = np.zeros(size, np.int64)
    kept, columns, pairs = [], [], []
    for hashes, rows in _parts(*_all_shingles(texts, seed)):
        new, rows = _postings(hashes, rows)
        sizes += np.bincount(rows, minlength=size)
        several = ~new | ~np.append(new[1:], True)
        new, rows = new[several], rows[several]
        kept.append(rows)
        columns.append(first + np.cumsum(new) - 1)
        first += int(new.sum())
        pairs.append(_pairs(new, rows, times, window))
    places = np.concatenate(kept), np.concatenate(columns)
    ones = np.ones(len(places[0]), np.int32)
    shared = sparse.csr_array((ones, places), shape=(size, max(first, 1)))
    codes = np.unique(np.concatenate(pairs))
    return Shingles(sizes, shared, np.column_stack([codes // size, codes % size]))


def _postings(hashes: np.ndarray, rows: np.ndarray):
    """Return each shingle's rows, once each, and where a new shingle begins."""
    order = np.argsort(hashes, kind="stable")
    hashes, rows = hashes[order], rows[order]
    new = np.diff(hashes, prepend=~hashes[:1]) != 0
    once = new | (np.diff(rows, prepend=-1) != 0)
    return new[once], rows[once]


def _all_shingles(texts: pa.LargeStringArray, seed: int):
    """Return the shingles of all texts, block by block to bound the memory."""
    hashes, rows = [np.empty(0, np.uint64)], [np.empty(0, np.int32)]
    starts = range(0, len(texts), BLOCK_ARTICLES)
    for start in progress(starts, what="shingles"):
        found, of_block = hash_shingles(texts.slice(start, BLOCK_ARTICLES), seed)
        hashes.append(found)
        rows.append(of_block + np.int32(start))
    return np.concatenate(hashes), np.concatenate(rows)


def _parts(hashes: np.ndarray, rows: np.ndarray) -> Iterator[tuple]:
    """Split the shingles by their highest bits into parts that sort in little room."""
    bits = max(int(np.ceil(np.log2(max(len(hashes), 1) / PART_SHINGLES))), 0)
    if not bits:
        yield hashes, rows
        return
    part = (hashes >> np.uint64(64 - bits)).astype(np.uint16)
    for number in progress(range(2**bits), what="shared shingles"):
        inside = part == number
        yield hashes[inside], rows[inside]


def _pairs(new, rows, times, window) -> np.ndarray:
    """Return the different pairs of a part as numbers: first * texts + second."""
    gap = np.diff(times[rows], prepend=np.nan) > window
    starts = np.flatnonzero(new | gap)
    run = np.repeat(starts, np.diff(starts, append=len(rows)))
    later = np.flatnonzero(run != np.arange(len(rows)))
    firsts = np.concatenate([rows[run[later]], rows[later - 1]]).astype(np.int64)
    return np.unique(firsts * len(times) + np.tile(rows[later], 2))
