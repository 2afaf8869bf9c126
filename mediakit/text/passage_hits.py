"""Where the hits of a pattern are, in the order in which they will be read."""

from dataclasses import dataclass, fields

import numpy as np

from mediakit.errors import check_choice
from mediakit.text.corpus import Corpus
from mediakit.text.folding import folded_vocabulary
from mediakit.text.patterns import (
    BOUNDS,
    Patterns,
    compile_patterns,
    find_hits,
    named_patterns,
)
from mediakit.text.shard import View
from mediakit.workers import Once, each

SORTS = ("text", "left", "right", "date")
MOST_SORTED = 10


@dataclass(frozen=True)
class Hits:
    """Where the hits are: spans in the stream of a part, and rows of the corpus.

    `keys` (hits x words, int32) has the items that lines are sorted by.
    """

    starts: np.ndarray
    ends: np.ndarray
    rows: np.ndarray
    parts: np.ndarray
    keys: np.ndarray


def gather_hits(
    corpus: Corpus, pattern, *, width, sort="text", bounds="sentence", limit=None
) -> Hits:
    """Return where the hits of a pattern are, of which `cut_lines` cuts some."""
    corpus.need_order("a search for passages")
    check_choice("sort", sort, SORTS)
    check_choice("bounds", bounds, BOUNDS)
    texts = [text for one in named_patterns(pattern).values() for text in one]
    patterns = compile_patterns(corpus, texts)
    keys = _keys(corpus, sort, width)
    return _find(corpus, (Once(patterns), bounds, *keys), limit)


def _keys(corpus: Corpus, sort: str, width) -> tuple:
    """Return the side to sort by, by how many words, and the item of each type."""
    if sort not in ("left", "right"):
        return sort, 0, np.empty(0, np.int32)
    most = MOST_SORTED if width == "sentence" else min(width, MOST_SORTED)
    items = folded_vocabulary(corpus, "lower").index
    return sort, most, Once(items)


def _find(corpus: Corpus, asked: tuple, limit: int | None) -> Hits:
    """Return the hits of all parts; of the first only, where those are enough."""
    firsts = np.cumsum([0, *map(len, corpus.parts)])[:-1]
    pieces = [
        (Once(part), number, first)
        for number, (part, first) in enumerate(zip(corpus.parts, firsts, strict=True))
    ]
    *_, sort, most, _ = asked
    found = [
        Hits(*[np.empty(0, np.int64)] * 4, np.empty((0, most), np.int32)),
    ]
    if limit is None or sort != "text":
        found += each(_hits, pieces, corpus.view, *asked)
    else:
        for piece in pieces:
            limit -= len(found[-1].starts)
            if limit > 0:
                found += each(_hits, [piece], corpus.view, *asked, limit)
    names = [column.name for column in fields(Hits)]
    return Hits(*(np.concatenate([getattr(h, n) for h in found]) for n in names))


def _hits(
    piece, view: View, patterns: Patterns, bounds: str, side, most, items, limit=None
) -> Hits:
    """Find the hits of one part, or the first; for `each`."""
    part, number, first = piece
    shard = part.shard
    starts, lengths = find_hits(shard, part.to_global, patterns, view, bounds)
    if part.rows is None:
        starts, lengths = starts[:limit], lengths[:limit]
    ends = starts + lengths
    documents = np.searchsorted(shard.offsets, starts, side="right") - 1
    rows = documents - shard.documents(view.field).start
    if part.rows is not None:
        place = np.full(len(shard), -1, np.int64)
        place[part.rows] = np.arange(len(part.rows))
        rows = place[rows]
        kept = rows >= 0
        starts, ends, rows = starts[kept], ends[kept], rows[kept]
        documents = documents[kept]
    beside = np.full((len(starts), most), -1, np.int32)
    numbers = items[part.to_global] if most else items
    for step in range(most):
        token = ends + step if side == "right" else starts - 1 - step
        inside = (token >= shard.offsets[documents]) & (
            token < shard.offsets[documents + 1]
        )
        beside[inside, step] = numbers[shard.ids[token[inside]]]
    return Hits(starts, ends, rows + first, np.full(len(starts), number), beside)


def order_hits(
    corpus: Corpus, hits: Hits, sort: str, stop: int | None = None
) -> np.ndarray:
    """Return the hits in the order asked for: all, or the first `stop`."""
    if sort == "text" or not len(hits.starts):
        return np.arange(len(hits.starts))[:stop]
    if sort == "date":
        dates = corpus.metadata["published"].iloc[hits.rows].reset_index(drop=True)
        return dates.sort_values(kind="stable").index.to_numpy()[:stop]
    rows = _among_first(hits.keys, stop)
    keys = hits.keys[rows]
    return rows[np.lexsort([np.zeros(len(keys)), *keys.T[::-1]])][:stop]


def _among_first(keys: np.ndarray, stop: int | None) -> np.ndarray:
    """Return the rows, ascending, that can be among the first `stop` by their keys."""
    rows, sure = np.arange(len(keys)), []
    for column in keys.T if stop else ():
        if len(rows) <= stop:
            break
        values = column[rows]
        edge = np.partition(values, stop - 1)[stop - 1]
        sure.append(rows[values < edge])
        stop -= len(sure[-1])
        rows = rows[values == edge]
    return np.sort(np.concatenate([*sure, rows]))
