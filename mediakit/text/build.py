"""Build a shard: chunk once, apply the tokenizer's rule, find sentences."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pyarrow as pa

from mediakit import kernels
from mediakit.kernels import texts as loops
from mediakit.text.chunks import Chunks, chunk_starts, chunk_texts
from mediakit.text.nltk_spans import is_chunk_local, spans_from_nltk
from mediakit.text.pieces import (
    Pieces,
    compile_chunks,
    expand,
    repeat_per_piece,
    sort_types,
)
from mediakit.text.quick_codes import codes_of_chunks
from mediakit.text.sentences import BREAKS
from mediakit.text.shard import PARAGRAPH, SENTENCE, Shard
from mediakit.text.words import word_spans

BLOCK_CHUNKS = 1 << 20


def build_shard(titles: pa.LargeStringArray, texts: pa.LargeStringArray, tokenizer):
    """Return the Shard of these articles; `tokenizer` is "words" or NLTK's."""
    chunks, lines = chunk_texts(titles, texts)
    breaks = chunk_breaks(chunks, lines)
    del lines
    fields = {"title": titles, "text": texts}
    words = tokenizer == "words"
    rule = word_spans if words else partial(spans_from_nltk, tokenizer)
    if not is_chunk_local(tokenizer):
        return _by_sentence(fields, chunks, breaks, rule)
    pieces, vocabulary = compile_chunks(chunks.vocabulary, rule, plain=words)
    ids, flags, offsets = expand_tokens(chunks, breaks, pieces)
    return Shard(fields, chunks, vocabulary, ids, offsets, flags, pieces)


def chunk_breaks(chunks: Chunks, lines: np.ndarray) -> np.ndarray:
    """Say for each chunk whether a SENTENCE, and a PARAGRAPH, begins with it (uint8).

    `lines` counts the line ends before each. A blank line ends a paragraph. A single
    line end does too, unless the document is wrapped at a line width: at least 5
    line ends, most of them inside sentences.
    """
    ends, starts = codes_of_chunks(chunks.vocabulary)
    if kernels.pays(chunks.ids.nbytes):
        return loops.chunk_breaks(
            chunks.ids, lines, chunks.offsets, ends, starts, BREAKS
        )
    flags = [
        _breaks_by_passes(block, lines[rows], ends, starts)
        for block, rows in _blocks(chunks)
    ]
    return np.concatenate([np.empty(0, np.uint8), *flags])


def _blocks(chunks: Chunks) -> Iterator[tuple[Chunks, slice]]:
    """Yield the chunks of some documents, and where they are among all."""
    offsets, first, size = chunks.offsets, 0, len(chunks.offsets) - 1
    while first < size:
        limit = offsets[first] + BLOCK_CHUNKS
        last = max(int(np.searchsorted(offsets, limit, side="right")) - 1, first + 1)
        rows = slice(offsets[first], offsets[last])
        of_block = offsets[first : last + 1] - rows.start
        yield Chunks(chunks.ids[rows], of_block, chunks.vocabulary), rows
        first = last


def _breaks_by_passes(chunks: Chunks, lines: np.ndarray, ends, starts) -> np.ndarray:
    first = np.zeros(len(chunks.ids), bool)
    first[chunks.offsets[:-1][np.diff(chunks.offsets) > 0]] = True
    sentence = np.zeros(len(chunks.ids), bool)
    sentence[1:] = BREAKS[ends[chunks.ids[:-1]], starts[chunks.ids[1:]]]
    single = (lines == 1) & ~first
    documents = np.repeat(np.arange(len(chunks.offsets) - 1), np.diff(chunks.offsets))
    size = len(chunks.offsets) - 1
    singles = np.bincount(documents[single], minlength=size)
    inside = np.bincount(documents[single & ~sentence], minlength=size)
    wrapped = (singles >= loops.WRAPPED_LINES) & (2 * inside > singles)
    paragraph = first | (lines >= 2) | (single & ~wrapped[documents])
    flags = (sentence | paragraph) * SENTENCE | paragraph * PARAGRAPH
    return flags.astype(np.uint8)


def expand_tokens(chunks: Chunks, breaks: np.ndarray, pieces: Pieces):
    """Return the tokens of all chunks: their ids, flags and documents' offsets."""
    if kernels.pays(chunks.ids.nbytes):
        return loops.expand_tokens(
            chunks.ids, breaks, chunks.offsets, pieces.offsets, pieces.ids
        )
    blocks = [
        _expand_by_passes(block, breaks[rows], pieces)
        for block, rows in _blocks(chunks)
    ]
    empty = np.empty(0, np.int32), np.empty(0, np.uint8), np.zeros(1, np.int64)
    ids, flags, sizes = map(np.concatenate, zip(empty, *blocks, strict=True))
    return ids, flags, np.cumsum(sizes)


def _expand_by_passes(chunks: Chunks, breaks: np.ndarray, pieces: Pieces):
    """Return the tokens of some documents, their flags and each document's number."""
    (ids,) = expand(chunks.ids, pieces, pieces.ids)
    ends = np.concatenate([[0], np.cumsum(np.diff(pieces.offsets)[chunks.ids])])
    flags = np.zeros(len(ids), np.uint8)
    for flag in (SENTENCE, PARAGRAPH):
        number = np.cumsum(breaks & flag > 0)
        of_token = repeat_per_piece(chunks.ids, pieces, number)
        flags[np.diff(of_token, prepend=-1) != 0] |= flag
    return ids, flags, np.diff(ends[chunks.offsets])


def _by_sentence(fields, chunks, breaks, rule) -> Shard:
    """Tokenize sentence by sentence, for rules that look beyond a chunk."""
    types: dict[str, int] = {}
    ids, begins, sizes, flags = [], [], [], []
    documents = pa.concat_arrays(list(fields.values()))
    starts = chunk_starts(documents)
    for index, text in enumerate(documents.to_pylist()):
        rows = slice(chunks.offsets[index], chunks.offsets[index + 1])
        begun = np.flatnonzero(breaks[rows] & SENTENCE)
        bounds = starts[rows][begun].tolist()
        opens = (breaks[rows][begun] & PARAGRAPH > 0).tolist()
        if not bounds:
            sizes.append(0)
            continue
        data = text.encode()
        before = len(ids)
        for begin, end, new in zip(
            bounds, [*bounds[1:], len(data)], opens, strict=True
        ):
            part = data[begin:end].decode()
            for number, (start, stop) in enumerate(rule(part)):
                ids.append(types.setdefault(part[start:stop], len(types)))
                begins.append(begin + len(part[:start].encode()))
                flags.append(0 if number else SENTENCE | (PARAGRAPH if new else 0))
        sizes.append(len(ids) - before)
    vocabulary, order = sort_types(types)
    return Shard(
        texts=fields,
        chunks=chunks,
        vocabulary=pa.array(vocabulary, pa.large_string()),
        ids=order[np.array(ids, np.int64)],
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        flags=np.array(flags, np.uint8),
        begins=np.array(begins, np.int32),
    )
