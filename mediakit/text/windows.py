"""Windows: the words near the hits of a pattern, each counted once."""

from dataclasses import dataclass

import numpy as np

from mediakit.text.part import Part
from mediakit.text.patterns import find_hits
from mediakit.text.shard import SENTENCE, Shard, View

BOUNDS = ("sentence", "article")


@dataclass(frozen=True)
class Places:
    """Tokens of a shard as positions in its stream, with the row of each."""

    positions: np.ndarray
    rows: np.ndarray

    def per_row(self, size: int) -> np.ndarray:
        """Count the tokens of each row."""
        return np.bincount(self.rows, minlength=size)


def places_near(
    part: Part,
    view: View,
    patterns,
    window: tuple[int, int],
    bounds: str,
) -> tuple[Places, Places, np.ndarray]:
    """Return the words near the hits of a pattern, the hits' own words, and the hits.

    A word in two windows stands there once; words of a hit are near no other. A
    window ends with the sentence (or the article), and where the view leaves words
    out.

    Returns
    -------
    near, node : Places
        Rows are those of the shard, all of them.
    hits : ndarray of int64
        Hits of each row.
    """
    shard = part.shard
    starts, lengths = find_hits(shard, part.to_global, patterns, view, bounds)
    starts, ends = starts.astype(np.int64), (starts + lengths).astype(np.int64)
    documents = np.searchsorted(shard.offsets, starts, side="right") - 1
    rows = documents - shard.documents(view.field).start
    low, high = _reaches(shard, view, starts, ends, documents, window, bounds)
    if len(starts):
        low[1:] = np.maximum(low[1:], np.minimum(high[:-1], starts[1:]))
        high[:-1] = np.minimum(high[:-1], starts[1:])
    begins = np.column_stack([low, ends]).ravel()
    stops = np.column_stack([starts, high]).ravel()
    near = _spelt_out(begins, stops, np.repeat(rows, 2))
    node = _spelt_out(starts, ends, rows)
    return near, node, np.bincount(rows, minlength=len(shard))


def _reaches(shard: Shard, view: View, starts, ends, documents, window, bounds):
    """Return how far each hit's window reaches: [low, high) with the hit in it."""
    tokens, mask = shard.selection(view)

    def open_at(edges, places):
        """Say whether no border lies before `edges` and the view has `places`."""
        free = np.ones(len(edges), bool)
        if bounds == "sentence":
            last = len(shard.flags) - 1
            free = (shard.flags[np.minimum(edges, last)] & SENTENCE) == 0
        if mask is not None:
            free &= mask[np.clip(places - tokens.start, 0, len(mask) - 1)]
        return free

    first, stop = shard.offsets[documents], shard.offsets[documents + 1]
    low, going = starts.copy(), np.ones(len(starts), bool)
    for _ in range(window[0]):
        going &= (low > first) & open_at(low, low - 1)
        low -= going
    high, going = ends.copy(), np.ones(len(ends), bool)
    for _ in range(window[1]):
        going &= (high < stop) & open_at(high, high)
        high += going
    return low, high


def _spelt_out(begins: np.ndarray, stops: np.ndarray, rows: np.ndarray) -> Places:
    """Return every position of the runs [begin, stop)."""
    sizes = np.maximum(stops - begins, 0)
    before = np.cumsum(sizes) - sizes
    positions = np.arange(int(sizes.sum())) + np.repeat(begins - before, sizes)
    return Places(positions, np.repeat(rows, sizes))
