"""The text around tokens, cut out of the few documents that hold them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit import kernels
from mediakit.kernels.hits import copy_ranges, find_tokens
from mediakit.text.chunks import chunk_starts
from mediakit.text.opened_checks import misfit
from mediakit.text.pattern_match import ranges
from mediakit.text.shard import SENTENCE, Shard

BATCH_BYTES = 1 << 22


def cut(
    shard: Shard, starts: np.ndarray, ends: np.ndarray, width: int | str, field: str
) -> dict[str, pa.LargeStringArray]:
    """Cut left, match and right of each hit out of the original texts.

    White space at the outer edges is left out, the punctuation there kept.
    """
    documents = np.searchsorted(shard.offsets, starts, side="right") - 1
    low, high = _around(shard, starts, ends, documents, width)
    edges = np.concatenate([low, starts, ends - 1, high - 1])
    places = _places(shard, field, edges, np.tile(documents, 4))
    chunks, tokens, after = (np.split(np.asarray(place), 4) for place in places)
    last = shard.vocabulary.take(pa.array(shard.ids[ends - 1]))
    begin, end = tokens[1], tokens[2] + pc.binary_length(last).to_numpy()
    rows = documents - shard.documents(field).start
    texts = shard.texts[field]
    return {
        "left": _slices(texts, rows, chunks[0], begin),
        "match": _slices(texts, rows, begin, end),
        "right": _slices(texts, rows, end, after[3]),
    }


def _around(shard: Shard, starts, ends, documents, width: int | str):
    """Return the first token and the one after the last of what is shown."""
    low, high = shard.offsets[documents], shard.offsets[documents + 1]
    if width != "sentence":
        return np.maximum(low, starts - width), np.minimum(high, ends + width)
    shown = np.unique(documents)
    tokens = ranges(shard.offsets[shown], shard.offsets[shown + 1])
    begins = tokens[(shard.flags[tokens] & SENTENCE) > 0]
    first = begins[np.searchsorted(begins, starts, side="right") - 1]
    after = np.searchsorted(begins, ends - 1, side="right")
    return first, np.minimum(np.append(begins, len(shard.ids))[after], high)


def _places(shard: Shard, field: str, tokens: np.ndarray, documents: np.ndarray):
    """Return the bytes where each token's chunk begins, it begins, the chunk ends."""
    shown, rank = np.unique(documents, return_inverse=True)
    texts, rows = shard.texts[field], shown - shard.documents(field).start
    offsets, data = _buffers(texts)
    begins, ends = offsets[rows], offsets[rows + 1]
    if shard.begins is None and kernels.pays(int((ends - begins).sum())):
        numbers = tokens - shard.offsets[documents]
        keys, back = np.unique(rank << 32 | numbers, return_inverse=True)
        firsts = np.searchsorted(keys >> 32, np.arange(len(rows) + 1))
        chunks, pieces = shard.chunks, shard.pieces
        sizes = np.empty((len(chunks.vocabulary), 2), np.int32)
        sizes[:, 0] = pc.binary_length(chunks.vocabulary)
        sizes[:, 1] = np.diff(pieces.offsets)
        found = find_tokens(
            (data, begins, ends),
            (chunks.ids, chunks.offsets[shown], sizes),
            (pieces.offsets, pieces.begins),
            firsts,
            keys & 0xFFFFFFFF,
        )
        return found[:, back]
    return _places_by_passes(shard, texts.take(pa.array(rows)), tokens, shown, rank)


def _places_by_passes(shard: Shard, texts, tokens, shown, rank):
    """Return what `_places` does; `texts` are those of the documents shown."""
    chunks, pieces, offsets = shard.chunks, shard.pieces, shard.offsets
    first, last = chunks.offsets[shown], chunks.offsets[shown + 1]
    ids = chunks.ids[ranges(first, last)]
    begins = chunk_starts(texts).astype(np.int64)
    if shard.begins is None:
        sizes = offsets[shown + 1] - offsets[shown]
        number = tokens - offsets[shown[rank]] + (np.cumsum(sizes) - sizes)[rank]
        per_chunk = pieces.offsets[ids + 1] - pieces.offsets[ids]
        ends = np.cumsum(per_chunk)
        chunk = np.searchsorted(ends, number, side="right")
        piece = pieces.offsets[ids[chunk]] + number - (ends[chunk] - per_chunk[chunk])
        at = begins[chunk] + pieces.begins[piece]
    else:
        at = shard.begins[tokens].astype(np.int64)
        keys = np.repeat(np.arange(len(shown)), last - first) << 32 | begins
        chunk = np.searchsorted(keys, rank << 32 | at, side="right") - 1
    words = chunks.vocabulary.take(pa.array(ids[chunk]))
    return begins[chunk], at, begins[chunk] + pc.binary_length(words).to_numpy()


def _buffers(texts: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray]:
    """Return where each text begins and ends in the letters, and the letters."""
    _, offsets, letters = texts.buffers()
    offsets = np.frombuffer(offsets, np.int64)[texts.offset :][: len(texts) + 1]
    return offsets, np.frombuffer(letters or b"", np.uint8)


def _slices(
    texts: pa.LargeStringArray, rows: np.ndarray, begins: np.ndarray, ends: np.ndarray
) -> pa.LargeStringArray:
    """Return the bytes from begin to before end of the text of each row."""
    offsets, data = _buffers(texts)
    bounds = np.concatenate([[0], np.cumsum(ends - begins)]).astype(np.int64)
    begins, ends = offsets[rows] + begins, offsets[rows] + ends
    inside = (offsets[rows] <= begins) & (begins <= ends) & (ends <= offsets[rows + 1])
    if not inside.all():
        raise misfit("the index points beyond a text", "the corpus")
    if kernels.pays(bounds[-1]):
        copied = copy_ranges(data, begins, ends)
    else:
        copied, at = np.empty(bounds[-1], np.uint8), 0
        while at < len(begins):
            stop = np.searchsorted(bounds, bounds[at] + BATCH_BYTES, side="right") - 1
            batch = slice(at, max(int(stop), at + 1))
            where = ranges(begins[batch], ends[batch])
            copied[bounds[batch.start] : bounds[batch.stop]] = data[where]
            at = batch.stop
    buffers = pa.py_buffer(bounds), pa.py_buffer(copied)
    return pa.LargeStringArray.from_buffers(len(rows), *buffers)
