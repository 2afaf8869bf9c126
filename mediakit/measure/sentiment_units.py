"""The sentences, or the articles, of a view as the white-space chunks they hold.

Sentiment libraries split on blanks, so a chunk is what their rules read.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mediakit.text.part import Part
from mediakit.text.pattern_match import ranges
from mediakit.text.shard import SENTENCE, Shard
from mediakit.text.views import View

BLOCK_CHUNKS = 1 << 20
UNITS = ("sentence", "article")


@dataclass(frozen=True)
class Units:
    """Some units of a part in a view, in the order of the articles.

    Attributes
    ----------
    rows : ndarray of int64
        The row of each unit's article in the part.
    starts, ends : ndarray of int64
        Its tokens [start, end) in the shard's stream, those out of the view included.
    edges : ndarray of int64, units + 1
        Which of the chunks in the view are a unit's.
    chunks : ndarray of int32
        Those chunks, as numbers of the shard's unique chunks.
    tokens : ndarray of int64
        The first token of each of them; of one without, the next token there is.
    whole : bool
        Whether the units are articles of which nothing is left out.
    """

    rows: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    edges: np.ndarray
    chunks: np.ndarray
    tokens: np.ndarray
    whole: bool

    def __len__(self):
        return len(self.rows)


def unit_blocks(part: Part, view: View, unit: str) -> Iterator[Units]:
    """Yield the units of a part block by block, so that few are in memory.

    A chunk is in the view if all its tokens are, and one without a token ("--", ":)")
    if the chunk before it is, or at the beginning of an article the one after it. A
    sentence begins with the chunk of its first token; units out of the view are none.
    """
    shard = part.shard
    rows = np.arange(len(shard)) if part.rows is None else np.asarray(part.rows)
    documents = shard.documents(view.field).start + rows
    sizes = np.diff(shard.chunks.offsets)[documents]
    _, mask = shard.selection(view)
    held = None if mask is None else np.concatenate([[0], np.cumsum(mask)])
    first = 0
    ends = np.cumsum(sizes)
    while first < len(rows):
        limit = ends[first] - sizes[first] + BLOCK_CHUNKS
        last = max(int(np.searchsorted(ends, limit, side="right")), first + 1)
        block = slice(first, last)
        yield _units(shard, view, unit, documents[block], np.arange(first, last), held)
        first = last


def _units(shard: Shard, view: View, unit: str, documents, rows, held) -> Units:
    offsets = shard.chunks.offsets
    sizes = offsets[documents + 1] - offsets[documents]
    chunks = shard.chunks.ids[ranges(offsets[documents], offsets[documents + 1])]
    counts, tokens = _tokens(shard, documents, chunks, sizes)
    begins = np.zeros(len(chunks), bool)
    begins[(np.cumsum(sizes) - sizes)[sizes > 0]] = True
    if unit == "sentence":
        first = np.repeat(shard.offsets[documents], sizes)
        inner = np.flatnonzero((counts > 0) & (tokens > first))
        begins[inner[shard.flags[tokens[inner]] & SENTENCE > 0]] = True
    of_chunk = np.repeat(rows, sizes)
    begun = np.flatnonzero(begins)
    starts = tokens[begun]
    after = np.repeat(shard.offsets[documents + 1], sizes)[begun]
    ends = np.minimum(np.append(starts, len(shard.ids))[1:], after)
    number = np.cumsum(begins) - 1
    if held is not None:
        inside = shard.offsets[shard.documents(view.field).start]
        kept = _kept(counts, tokens - inside, held, begins_of(sizes))
        chunks, tokens, number = chunks[kept], tokens[kept], number[kept]
    units, edges = np.unique(number, return_index=True)
    return Units(
        rows=of_chunk[begun][units],
        starts=starts[units],
        ends=ends[units],
        edges=np.append(edges, len(chunks)).astype(np.int64),
        chunks=chunks,
        tokens=tokens,
        whole=unit == "article" and held is None,
    )


def begins_of(sizes: np.ndarray) -> np.ndarray:
    """Return for each chunk where its document begins among them."""
    return np.repeat(np.cumsum(sizes) - sizes, sizes)


def _tokens(shard: Shard, documents, chunks, sizes):
    """Return how many tokens each chunk has, and the number of its first."""
    if shard.pieces is not None:
        counts = np.diff(shard.pieces.offsets)[chunks]
    else:
        counts = _counted(shard, documents, sizes)
    before = np.cumsum(counts) - counts
    here = before - before[np.minimum(begins_of(sizes), max(len(before) - 1, 0))]
    return counts, here + np.repeat(shard.offsets[documents], sizes)


def _counted(shard: Shard, documents, sizes) -> np.ndarray:
    """Count the tokens of each chunk where a tokenizer looks beyond chunks."""
    offsets = shard.offsets
    lengths = offsets[documents + 1] - offsets[documents]
    tokens = ranges(offsets[documents], offsets[documents + 1])
    number = np.arange(len(documents))
    begin = np.repeat(number, sizes) << 32 | shard.chunk_starts(documents)
    token = np.repeat(number, lengths) << 32 | shard.begins[tokens]
    of = np.searchsorted(begin, token, side="right") - 1
    return np.bincount(of, minlength=len(begin))


def _kept(counts, tokens, held, begins) -> np.ndarray:
    """Return which chunks are in the view: see `unit_blocks`."""
    inside = (held[tokens + counts] - held[tokens] == counts) & (counts > 0)
    place = np.arange(len(counts))
    before = np.maximum.accumulate(np.where(counts > 0, place, -1))
    after = np.where(counts > 0, place, len(counts))
    after = np.minimum.accumulate(after[::-1])[::-1]
    beside = np.where(before >= begins, before, after)
    same = beside < len(counts)
    same[same] = begins[beside[same]] == begins[same]
    kept = np.zeros(len(counts), bool)
    kept[same] = inside[beside[same]]
    return kept
