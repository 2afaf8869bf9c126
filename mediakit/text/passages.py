"""find_passages: from a number back to the words that made it."""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
import pyarrow as pa

from mediakit.errors import MediakitError, check_choice
from mediakit.text.corpus import Corpus
from mediakit.text.cutting import cut
from mediakit.text.folding import folded_vocabulary
from mediakit.text.patterns import (
    BOUNDS,
    Patterns,
    compile_patterns,
    find_hits,
    named_patterns,
)
from mediakit.text.shard import Shard, View
from mediakit.workers import Once, each

SORTS = ("text", "left", "right", "date")
MOST_SORTED = 10
COLUMNS = ("left", "match", "right", "article_id", "outlet", "published", "title")
"""Columns of passages; layers that hold the match follow as "layers"."""
ABOUT = ("article_id", "outlet", "published")
LINES = pa.schema(
    [
        (name, pa.large_string())
        for name in ("left", "match", "right", "title", "layers")
    ]
)


def find_passages(
    corpus: Corpus,
    pattern: str | list[str],
    *,
    width: int | str = 8,
    sort: str = "text",
    limit: int | None = None,
    bounds: str = "sentence",
) -> pd.DataFrame:
    """Show every place where a word or phrase stands, with the words around it.

    What you learn: what a count is made of. Read passages before you interpret one.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.only("quotation")``.
    pattern : str or list of str
        As in `count_patterns`: words, wildcards ("sanction*"), phrases, and so on.
    width : int or "sentence", default 8
        Words shown on either side, or the whole sentence.
    sort : {"text", "left", "right", "date"}, default "text"
        Order: as in the corpus; by the words before, nearest first; by the words
        after (at most ten, and no more than shown; case and punctuation play no
        part); by date. Lines that are equal stay in the order of the corpus.
    limit : int, optional
        How many lines to return, the first in the order asked for; by default all.
    bounds : {"sentence", "article"}, default "sentence"
        What a phrase never reaches across, as in `count_patterns`.

    Returns
    -------
    DataFrame
        One row per hit: left, match, right (str, the original text exactly, so that
        the three joined stand in the article as they are), article_id, outlet,
        published, title, and layers (str, the marked layers that hold the match, with
        commas between).

    Raises
    ------
    MediakitError
        If the corpus holds counts only, a pattern cannot be read, or another
        argument is unknown.

    Notes
    -----
    The longest match counts, and no word counts twice, so the number of rows is the
    number `count_patterns` gives. Context does not reach beyond the field (title or
    text) of its article. When not to use it: to publish articles; passages are
    quotations, and somebody's text.

    Examples
    --------
    >>> import mediakit as mk
    >>> strait = mk.load_sample("strait")
    >>> found = mk.find_passages(strait, "blockade*", width=3)
    >>> list(found.columns[:3])
    ['left', 'match', 'right']
    """
    corpus.need_order("a search for passages")
    check_choice("sort", sort, SORTS)
    check_choice("bounds", bounds, BOUNDS)
    _check_numbers(width, limit)
    texts = [text for one in named_patterns(pattern).values() for text in one]
    patterns = compile_patterns(corpus, texts)
    hits = _find(corpus, (Once(patterns), bounds, *_keys(corpus, sort, width)), limit)
    chosen = _order(corpus, hits, sort)[:limit]
    grouped = np.argsort(hits.parts[chosen], kind="stable")
    taken = chosen[grouped]
    cuts = np.searchsorted(hits.parts[taken], np.arange(len(corpus.parts) + 1))
    pieces = (
        (Once(part), hits.starts[taken[a:b]], hits.ends[taken[a:b]])
        for part, a, b in zip(corpus.parts, cuts[:-1], cuts[1:], strict=True)
        if a < b
    )
    lines = [LINES.empty_table(), *each(_lines, pieces, corpus.view.field, width)]
    cells = pa.concat_tables(lines).take(pa.array(np.argsort(grouped)))
    rows = hits.rows[chosen]
    columns = {n: corpus.metadata[n].array.take(rows) for n in ABOUT}
    for name in cells.column_names:
        columns[name] = pd.Series(cells[name], dtype="str")
    return pd.DataFrame({name: columns[name] for name in (*COLUMNS, "layers")})


def _check_numbers(width, limit) -> None:
    if width != "sentence" and not _is_count(width):
        raise MediakitError(
            f'`width` must be a number of words or "sentence", got {width!r}.'
        )
    if limit is not None and not _is_count(limit):
        raise MediakitError(
            f"`limit` must be a number of lines, or None for all, got {limit!r}."
        )


def _is_count(value) -> bool:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    return whole and value >= 0


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
    for step in range(most):
        token = ends + step if side == "right" else starts - 1 - step
        inside = (token >= shard.offsets[documents]) & (
            token < shard.offsets[documents + 1]
        )
        beside[inside, step] = items[part.to_global[shard.ids[token[inside]]]]
    return Hits(starts, ends, rows + first, np.full(len(starts), number), beside)


def _order(corpus: Corpus, hits: Hits, sort: str) -> np.ndarray:
    """Return the hits in the order asked for."""
    if sort == "text" or not len(hits.starts):
        return np.arange(len(hits.starts))
    if sort == "date":
        dates = corpus.metadata["published"].iloc[hits.rows].reset_index(drop=True)
        return dates.sort_values(kind="stable").index.to_numpy()
    return np.lexsort([np.zeros(len(hits.keys)), *hits.keys.T[::-1]])


def _lines(piece, field: str, width: int | str) -> pa.Table:
    """Cut the lines of some hits of one part; for `each`."""
    part, starts, ends = piece
    shard = part.shard
    cells = cut(shard, starts, ends, width, field)
    documents = np.searchsorted(shard.offsets, starts, side="right") - 1
    rows = documents - shard.documents(field).start
    cells["title"] = shard.texts["title"].take(pa.array(rows))
    cells["layers"] = pa.array(_layers(shard, starts, ends), pa.large_string())
    return pa.table(cells)


def _layers(shard: Shard, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Name the layers that hold both the first and the last word of each hit."""
    names = np.full(len(starts), "", object)
    for name in sorted(shard.layers):
        layer = shard.layers[name]
        opened, closed = np.sort(layer.starts), np.sort(layer.ends)
        inside = np.ones(len(starts), bool)
        for token in (starts, ends - 1):
            begun = np.searchsorted(opened, token, side="right")
            inside &= begun > np.searchsorted(closed, token, side="right")
        names = np.where(inside, names + np.where(names == "", "", ", ") + name, names)
    return names
