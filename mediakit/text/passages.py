"""find_passages: from a number back to the words that made it."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice
from mediakit.text.corpus import Corpus
from mediakit.text.patterns import compile_patterns, find_hits, named_patterns
from mediakit.text.shard import SENTENCE, Shard

SORTS = ("text", "left", "right", "date")
COLUMNS = ("left", "match", "right", "article_id", "outlet", "published", "title")
"""Columns of passages; layers that hold the match follow as "layers"."""


def find_passages(
    corpus: Corpus,
    pattern: str | list[str],
    *,
    width: int | str = 8,
    sort: str = "text",
) -> pd.DataFrame:
    """Show every place where a word or phrase stands, with the words around it.

    What you learn: what a count is made of. Read passages before you interpret one.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.only("quotation")``.
    pattern : str or list of str
        As in `count_patterns`: words, wildcards ("sanction*"), phrases.
    width : int or "sentence", default 8
        Words shown on either side, or the whole sentence.
    sort : {"text", "left", "right", "date"}, default "text"
        Order: as in the corpus; by the words before, nearest first; by the words
        after; by date.

    Returns
    -------
    DataFrame
        One row per hit: left, match, right (str, the original text with its line
        breaks as spaces), article_id, outlet, published, title, and layers (str, the
        marked layers that hold the match, with commas between).

    Raises
    ------
    MediakitError
        If the corpus holds counts only, the pattern is empty, or `width` or `sort`
        is unknown.

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
    if width != "sentence" and not (isinstance(width, int) and width >= 0):
        raise MediakitError(
            f'`width` must be a number of words or "sentence", got {width!r}.'
        )
    texts = [text for one in named_patterns(pattern).values() for text in one]
    compiled = compile_patterns(corpus, texts)
    tables, first = [], 0
    for part in corpus.parts:
        starts, lengths = find_hits(part.shard, part.to_global, compiled, corpus.view)
        rows, kept = _rows_of(part, starts, corpus.view.field)
        table = _cut(part.shard, starts[kept], lengths[kept], width, corpus.view.field)
        about = corpus.metadata[["article_id", "outlet", "published"]]
        about = about.iloc[first + rows].reset_index(drop=True)
        titles = pd.Series(part.texts("title").to_pylist(), dtype="str")
        about["title"] = titles.iloc[rows].to_numpy()
        layers = _layers(part.shard, starts[kept])
        tables.append(pd.concat([table, about], axis=1).assign(layers=layers))
        first += len(part)
    found = pd.concat(tables, ignore_index=True) if tables else _empty()
    return _sorted(found, sort)


def _rows_of(part, starts: np.ndarray, field: str):
    """Return the row of each hit among the part's rows, and which hits are kept."""
    shard = part.shard
    documents = np.searchsorted(shard.offsets, starts, side="right") - 1
    rows = documents - shard.documents(field).start
    if part.rows is None:
        return rows, np.arange(len(rows))
    place = np.full(len(shard), -1, np.int64)
    place[part.rows] = np.arange(len(part.rows))
    kept = np.flatnonzero(place[rows] >= 0)
    return place[rows[kept]], kept


def _cut(shard: Shard, starts, lengths, width, field: str) -> pd.DataFrame:
    """Cut left, match and right out of the original texts."""
    documents = np.searchsorted(shard.offsets, starts, side="right") - 1
    low, high = shard.offsets[documents], shard.offsets[documents + 1]
    if width == "sentence":
        begins = np.flatnonzero(shard.flags & SENTENCE)
        place = np.searchsorted(begins, starts, side="right")
        low = begins[place - 1]
        high = np.minimum(np.append(begins, len(shard.ids))[place], high)
    else:
        low = np.maximum(low, starts - width)
        high = np.minimum(high, starts + lengths + width)
    begins = shard.starts()
    ends = begins + _sizes(shard)
    texts, first = shard.texts[field], shard.documents(field).start
    rows = []
    for document, a, b, length, z in zip(
        *(c.tolist() for c in (documents, low, starts, lengths, high)), strict=True
    ):
        data = texts[document - first].as_py().encode()
        match = slice(begins[b], ends[b + length - 1])
        left, right = _chunk_edges(shard, document, begins[a], begins[z - 1], len(data))
        rows.append((data[left : match.start], data[match], data[match.stop : right]))
    cells = [tuple(" ".join(part.decode().split()) for part in row) for row in rows]
    return pd.DataFrame(cells, columns=["left", "match", "right"], dtype="str")


def _chunk_edges(shard: Shard, document: int, first: int, last: int, size: int):
    """Return where the chunk of the first byte begins and that of the last ends."""
    chunks = shard.chunks
    bounds = slice(chunks.offsets[document], chunks.offsets[document + 1])
    starts = chunks.starts[bounds]
    left = starts[np.searchsorted(starts, first, side="right") - 1]
    after = np.searchsorted(starts, last, side="right")
    return int(left), int(starts[after]) if after < len(starts) else size


def _sizes(shard: Shard) -> np.ndarray:
    """Return the bytes of each token."""
    sizes = np.array([len(word.encode()) for word in shard.vocabulary.to_pylist()])
    return sizes[shard.ids] if len(sizes) else np.empty(0, np.int64)


def _layers(shard: Shard, starts: np.ndarray) -> pd.Series:
    names = np.full(len(starts), "", object)
    for name in sorted(shard.layers):
        inside = shard.layers[name].covers(len(shard.ids))[starts]
        names = np.where(inside, names + np.where(names == "", "", ", ") + name, names)
    return pd.Series(names, dtype="str")


def _empty() -> pd.DataFrame:
    table = pd.DataFrame(columns=[*COLUMNS, "layers"], dtype="str")
    return table.assign(published=pd.to_datetime(table["published"], utc=True))


def _sorted(found: pd.DataFrame, sort: str) -> pd.DataFrame:
    if sort == "text":
        return found
    if sort == "date":
        keys = found["published"]
    elif sort == "right":
        keys = found["right"].str.lower()
    else:
        keys = found["left"].str.lower().str.split().map(lambda words: words[::-1])
    order = keys.sort_values(kind="stable").index
    return found.loc[order].reset_index(drop=True)
