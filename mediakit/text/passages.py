"""find_passages: from a number back to the words that made it."""

import numpy as np
import pandas as pd
import pyarrow as pa

from mediakit.errors import MediakitError
from mediakit.schema import is_constructed
from mediakit.text.corpus import Corpus
from mediakit.text.cutting import cut
from mediakit.text.passage_hits import Hits, gather_hits, order_hits
from mediakit.text.shard import Shard
from mediakit.workers import Once, each

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
    check_numbers(width, limit)
    asked = {"width": width, "sort": sort, "bounds": bounds}
    hits = gather_hits(corpus, pattern, **asked, limit=limit)
    found = cut_lines(corpus, hits, order_hits(corpus, hits, sort, limit), width)
    return say_if_constructed(found, corpus, "find_passages")


def say_if_constructed(found: pd.DataFrame, corpus: Corpus, verb: str) -> pd.DataFrame:
    """Mark lines of an invented world in ``attrs``: what shows them says so."""
    if is_constructed(corpus.metadata):
        found.attrs["mediakit"] = {"verb": verb, "source": {"constructed": True}}
    return found


def cut_lines(
    corpus: Corpus, hits: Hits, chosen: np.ndarray, width: int | str
) -> pd.DataFrame:
    """Return the passages of the `chosen` hits, in their order."""
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


def check_numbers(width, limit) -> None:
    """Raise if the width shown or the number of lines cannot be."""
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
