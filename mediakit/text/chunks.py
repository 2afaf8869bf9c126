"""White-space chunks: the one pass over the text; all rules work on unique chunks.

Forty-five million chunks of a hundred thousand articles hold under a million
different strings, so whatever is asked of each string is asked only once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa

from mediakit import kernels
from mediakit.kernels import chunks as loops

BLOCK_BYTES = 8 << 20
ASCII_SPACES = [*range(9, 14), *range(28, 33)]
WIDE_SPACES = [
    bytes(character, "utf-8")
    for character in "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
] + [bytes(chr(code), "utf-8") for code in range(0x2000, 0x200B)]
ASCII_LINE_ENDS = [10, 11, 12]
WIDE_LINE_ENDS = [bytes(character, "utf-8") for character in "\x85\u2028\u2029"]

_SPACE = np.zeros(256, bool)
_SPACE[ASCII_SPACES] = True
_LEAD = np.zeros(256, bool)
_LEAD[sorted({space[0] for space in WIDE_SPACES})] = True


@dataclass(frozen=True)
class Chunks:
    """The white-space chunks of the documents of one shard.

    `ids` (int32) point into `vocabulary`; `offsets` (int64, documents + 1) say which
    chunks are a document's. Where they begin is found again when it is asked for.
    """

    ids: np.ndarray
    offsets: np.ndarray
    vocabulary: pa.LargeStringArray


def chunk_texts(*columns: pa.LargeStringArray) -> tuple[Chunks, np.ndarray]:
    """Split every text on Unicode white space and number the unique chunks.

    Also returns the line ends before each chunk (uint8, at most 2).
    """
    size = sum(map(_size, columns))
    most = size // 2 + sum(map(len, columns))
    compiled = kernels.pays(size)
    number = Compiled(most) if compiled else ByArrow()
    lines, counts, found = np.empty(most, np.uint8), [np.zeros(1, np.int64)], 0
    for block in chain.from_iterable(map(_blocks, columns)):
        data, offsets = _bytes(block)
        if compiled:
            begins, sizes, before, hashes, per_text = loops.split_bytes(data, offsets)
            number.add(data, begins, sizes, hashes)
        else:
            letters, sizes, before, _, per_text = _split_by_passes(data, offsets)
            number.add(letters, sizes)
        lines[found : found + len(before)] = before
        found += len(before)
        counts.append(per_text)
    ids, vocabulary = number.finish()
    offsets = np.cumsum(np.concatenate(counts))
    return Chunks(ids, offsets, vocabulary), lines[:found]


def chunk_starts(texts: pa.LargeStringArray) -> np.ndarray:
    """Return the byte of its text at which each chunk begins (int32)."""
    starts = [np.empty(0, np.int32)]
    for block in _blocks(texts):
        data, offsets = _bytes(block)
        if kernels.pays(len(data)):
            begins, *_, per_text = loops.split_bytes(data, offsets)
        else:
            *_, begins, per_text = _split_by_passes(data, offsets)
        starts.append((begins - np.repeat(offsets[:-1], per_text)).astype(np.int32))
    return np.concatenate(starts)


class Compiled:
    """The numbers of unique chunks, kept in one hash table over all blocks.

    Room for the `most` chunks there can be costs no memory before it is written to.
    """

    def __init__(self, most: int):
        self.letters, self.ends = np.empty(0, np.uint8), np.zeros(1, np.int64)
        self.table = np.zeros((1 << 16, 2), np.uint64)
        self.unique, self.found, self.ids = 0, 0, np.empty(most, np.int32)

    def add(self, data, begins, sizes, hashes) -> None:
        """Take in the chunks of one more block."""
        used = int(self.ends[self.unique])
        self.letters = _room(self.letters, used, len(data))
        self.ends = _room(self.ends, self.unique + 1, len(begins))
        known = (self.letters, self.ends, self.unique)
        ids = self.ids[self.found : self.found + len(begins)]
        self.unique, self.table = loops.number_chunks(
            data, begins, sizes, hashes, known, self.table, ids
        )
        self.found += len(begins)

    def finish(self) -> tuple[np.ndarray, pa.LargeStringArray]:
        """Return the number of each chunk, and the unique chunks."""
        ends = self.ends[: self.unique + 1].copy()
        letters = self.letters[: ends[-1]].copy()
        return self.ids[: self.found], _strings(letters, ends)


class ByArrow:
    """The numbers of unique chunks, from Arrow's dictionaries of single blocks."""

    def __init__(self):
        self.blocks = []

    def add(self, letters, sizes) -> None:
        """Take in the chunks of one more block."""
        self.blocks.append(_strings(letters, sizes).dictionary_encode())

    def finish(self) -> tuple[np.ndarray, pa.LargeStringArray]:
        """Return the number of each chunk, and the unique chunks."""
        kind = pa.dictionary(pa.int32(), pa.large_string())
        unified = pa.chunked_array(self.blocks, type=kind).unify_dictionaries()
        if not unified.num_chunks:
            return np.empty(0, np.int32), pa.array([], pa.large_string())
        ids = [block.indices.to_numpy(zero_copy_only=False) for block in unified.chunks]
        return np.concatenate(ids), unified.chunk(0).dictionary


def _room(values: np.ndarray, used: int, more: int) -> np.ndarray:
    """Return the array with room for `more` values after those in use."""
    if used + more <= len(values):
        return values
    larger = np.empty(max(used + more, 2 * len(values)), values.dtype)
    larger[:used] = values[:used]
    return larger


def _blocks(texts: pa.LargeStringArray) -> Iterator[pa.LargeStringArray]:
    ends = _offsets(texts)
    first = 0
    while first < len(texts):
        limit = ends[first] + BLOCK_BYTES
        last = max(int(np.searchsorted(ends, limit, side="right")) - 1, first + 1)
        yield texts.slice(first, last - first)
        first = last


def _size(texts: pa.LargeStringArray) -> int:
    ends = _offsets(texts)
    return int(ends[-1] - ends[0])


def _offsets(texts: pa.LargeStringArray) -> np.ndarray:
    raw = np.frombuffer(texts.buffers()[1], np.int64)
    return raw[texts.offset : texts.offset + len(texts) + 1]


def _bytes(texts: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray]:
    """Return the bytes of texts, and where each text begins in them."""
    offsets = _offsets(texts)
    begin, end = int(offsets[0]), int(offsets[-1])
    data = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[begin:end]
    return data, offsets - begin


def encoded(texts: pa.LargeStringArray) -> Iterator[memoryview]:
    """Yield the bytes of each text, without copying them."""
    data, offsets = _bytes(texts)
    for begin, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
        yield data[begin:end].data


def _split_by_passes(buffer: np.ndarray, offsets: np.ndarray):
    """Return the letters of all chunks, their ends, line ends, begins and number."""
    word = ~_spaces(buffer)
    edge = np.zeros(len(buffer) + 1, bool)
    edge[offsets] = True
    before = np.concatenate([[False], word])
    after = np.concatenate([word, [False]])
    begins = np.flatnonzero(after & (~before | edge))
    ends = np.flatnonzero(before & (~after | edge))
    sizes = np.concatenate([[0], np.cumsum(ends - begins)])
    first = np.searchsorted(begins, offsets)
    per_text = np.diff(first)
    lines = _lines_before(buffer, begins, ends, np.repeat(offsets[:-1], per_text))
    return buffer[word], sizes, lines, begins, per_text


def _strings(data: np.ndarray, ends: np.ndarray) -> pa.LargeStringArray:
    letters = pa.py_buffer(np.ascontiguousarray(data))
    return pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), letters)


def _spaces(buffer: np.ndarray) -> np.ndarray:
    """Mark the bytes of Unicode white space (what `str.isspace` says)."""
    spaces = _SPACE[buffer]
    leads = np.flatnonzero(_LEAD[buffer])
    for space in WIDE_SPACES:
        found = _positions(buffer, space, leads)
        for index in range(len(space)):
            spaces[found + index] = True
    return spaces


def _positions(buffer: np.ndarray, needle: bytes, leads: np.ndarray) -> np.ndarray:
    found = leads[buffer[leads] == needle[0]]
    found = found[found + len(needle) <= len(buffer)]
    for index, byte in enumerate(needle[1:], start=1):
        found = found[buffer[found + index] == byte]
    return found


def _lines_before(buffer, starts, ends, article_starts) -> np.ndarray:
    """Count the line ends between a chunk and the one before it, at most 2."""
    leads = np.flatnonzero(_LEAD[buffer])
    marks = [np.flatnonzero(buffer == byte) for byte in ASCII_LINE_ENDS]
    marks += [_positions(buffer, mark, leads) for mark in WIDE_LINE_ENDS]
    bare = np.flatnonzero(buffer == 13)
    followed = buffer[np.minimum(bare + 1, len(buffer) - 1)] == 10
    marks = np.sort(np.concatenate([*marks, bare[~followed]]))
    previous = np.maximum(np.concatenate([[0], ends[:-1]]), article_starts)
    between = np.searchsorted(marks, starts) - np.searchsorted(marks, previous)
    return np.minimum(between, 2).astype(np.uint8)
