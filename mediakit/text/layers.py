"""Layers: named spans over the tokens, so that "where" is asked once for all counts."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.quotations import quotation_spans
from mediakit.text.shard import FIELDS, Layer, Shard

Spans = list[tuple[int, int]]


def mark_quotations(corpus: Corpus) -> Corpus:
    """Mark direct quotation, so that own voice and quoted voice can be told apart.

    Parameters
    ----------
    corpus : Corpus
        With text; a derived corpus has no order to mark.

    Returns
    -------
    Corpus
        With the layer "quotation": ``corpus.only("quotation")`` measures what is
        quoted, ``corpus.without("quotation")`` the outlet's own words.

    Raises
    ------
    MediakitError
        If the corpus holds counts only.

    Notes
    -----
    Words between quotation marks, in titles and texts: curly, straight, low and
    angle marks, nested ones as one, quotations over several paragraphs as one; a
    mark without a partner quotes to the end of its paragraph. Reported speech
    without marks stays in the outlet's own voice, and a scare quote counts as
    quotation: look at passages before you build on a difference.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "outlet": ["A"], "text": ['He said: "We want peace." She left.']}))
    >>> corpus = mk.mark_quotations(mk.tokenize(articles))
    >>> corpus.only("quotation").totals(), corpus.without("quotation").totals()
    (array([3]), array([4]))
    """
    return mark_spans(corpus, "quotation", quotation_spans)


def mark_spans(corpus: Corpus, name: str, rule: Callable[[str], Spans]) -> Corpus:
    """Return the corpus with a layer of the character spans `rule` finds in a text."""
    corpus.need_order(f"the layer {name!r}")
    parts = tuple(
        replace(part, shard=part.shard.with_layer(name, _layer(part.shard, rule)))
        for part in corpus.parts
    )
    return replace(corpus, parts=parts)


def _layer(shard: Shard, rule: Callable[[str], Spans]) -> Layer:
    starts = shard.starts()
    first, last = [], []
    document = 0
    for field in FIELDS:
        for text in shard.texts[field].to_pylist():
            tokens = slice(shard.offsets[document], shard.offsets[document + 1])
            document += 1
            spans = rule(text)
            if not spans:
                continue
            edges = np.array(_byte_spans(text, spans))
            found = np.searchsorted(starts[tokens], edges) + tokens.start
            kept = found[found[:, 0] < found[:, 1]]
            first.append(kept[:, 0])
            last.append(kept[:, 1])
    return Layer(
        starts=np.concatenate([np.empty(0, np.int64), *first]).astype(np.int64),
        ends=np.concatenate([np.empty(0, np.int64), *last]).astype(np.int64),
        labels=np.zeros(sum(map(len, first)), np.int32),
    )


def token_spans(
    part: Part, field: str, texts: list[str], rows: list[int], spans: Spans
) -> np.ndarray:
    """Return the tokens [start, end) of spans of characters, in the shard's stream.

    `rows` has the row of each span in the part; `texts` are the part's.
    """
    shard, found = part.shard, np.empty((len(spans), 2), np.int64)
    starts = shard.starts()
    known: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        known.setdefault(row, []).append(number)
    for row, numbers in known.items():
        own = row if part.rows is None else int(part.rows[row])
        document = shard.documents(field).start + own
        tokens = slice(shard.offsets[document], shard.offsets[document + 1])
        edges = np.array(_byte_spans(texts[row], [spans[one] for one in numbers]))
        found[numbers] = np.searchsorted(starts[tokens], edges) + tokens.start
    return found


def _byte_spans(text: str, spans: Spans) -> Spans:
    if text.isascii():
        return spans
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    sizes = 1 + (points >= 0x80) + (points >= 0x800) + (points >= 0x10000)
    bytes_before = np.concatenate([[0], np.cumsum(sizes)])
    return [(bytes_before[start], bytes_before[end]) for start, end in spans]
