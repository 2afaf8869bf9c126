"""White-space chunks: the one pass over the text; all rules work on unique chunks.

Forty-five million chunks of a hundred thousand articles hold under a million
different strings, so whatever is asked of each string is asked only once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from mediakit import kernels
from mediakit.kernels import texts as loops

BATCH_BYTES = 64 << 20
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
    """The white-space chunks of one field of one shard.

    `ids` (int32) point into `vocabulary`; `starts` (int32) are bytes within the
    article; `offsets` (int64, articles + 1) say which chunks are an article's;
    `lines` (uint8) counts the line ends before each chunk, at most 2.
    """

    ids: np.ndarray
    starts: np.ndarray
    offsets: np.ndarray
    lines: np.ndarray
    vocabulary: pa.LargeStringArray


def chunk_texts(texts: pa.LargeStringArray) -> Chunks:
    """Split every text on Unicode white space and number the unique chunks."""
    encoded, starts, lines, counts = [], [], [], []
    for batch in _batches(texts):
        found = _chunk_batch(*_bytes(batch))
        encoded.append(found[0])
        starts.append(found[1])
        lines.append(found[2])
        counts.append(found[3])
    unified = pa.chunked_array(
        encoded, type=pa.dictionary(pa.int32(), pa.large_string())
    ).unify_dictionaries()
    vocabulary = (
        unified.chunk(0).dictionary
        if unified.num_chunks
        else pa.array([], pa.large_string())
    )
    ids = [chunk.indices.to_numpy(zero_copy_only=False) for chunk in unified.chunks]
    per_article = np.concatenate(counts) if counts else np.empty(0, np.int64)
    return Chunks(
        ids=np.concatenate(ids) if ids else np.empty(0, np.int32),
        starts=np.concatenate(starts) if starts else np.empty(0, np.int32),
        offsets=np.concatenate([[0], np.cumsum(per_article)]).astype(np.int64),
        lines=np.concatenate(lines) if lines else np.empty(0, np.uint8),
        vocabulary=vocabulary,
    )


def _batches(texts: pa.LargeStringArray) -> Iterator[pa.LargeStringArray]:
    ends = _offsets(texts)
    first = 0
    while first < len(texts):
        limit = ends[first] + BATCH_BYTES
        last = max(int(np.searchsorted(ends, limit, side="right")) - 1, first + 1)
        yield texts.slice(first, last - first)
        first = last


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


def _chunk_batch(data: np.ndarray, offsets: np.ndarray):
    """Return the chunks of a batch, their starts, line ends and number per text."""
    if not kernels.COMPILED:
        return _chunk_by_passes(data, offsets)
    ids, starts, lines, per_text, letters, ends = loops.chunk_bytes(data, offsets)
    vocabulary = _strings(letters, ends)
    return pa.DictionaryArray.from_arrays(ids, vocabulary), starts, lines, per_text


def _chunk_by_passes(buffer: np.ndarray, offsets: np.ndarray):
    word = ~_spaces(buffer)
    edge = np.zeros(len(buffer) + 1, bool)
    edge[offsets] = True
    before = np.concatenate([[False], word])
    after = np.concatenate([word, [False]])
    starts = np.flatnonzero(after & (~before | edge))
    ends = np.flatnonzero(before & (~after | edge))
    sizes = np.concatenate([[0], np.cumsum(ends - starts)])
    chunks = _strings(buffer[word], sizes).dictionary_encode()
    first = np.searchsorted(starts, offsets)
    per_text = np.diff(first)
    article_starts = np.repeat(offsets[:-1], per_text)
    lines = _lines_before(buffer, starts, ends, article_starts)
    return chunks, (starts - article_starts).astype(np.int32), lines, per_text


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
