"""mark_patterns: what patterns find, as a layer that all other counts can follow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from mediakit.errors import MediakitError, check_choice
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.patterns import (
    BOUNDS,
    Patterns,
    compile_patterns,
    find_each,
    named_patterns,
)
from mediakit.text.shard import FIELDS
from mediakit.text.views import Layer, View
from mediakit.workers import Once, each


def mark_patterns(
    corpus: Corpus,
    patterns: str | Sequence[str] | Mapping[str, str | Sequence[str]],
    *,
    name: str,
    bounds: str = "sentence",
) -> Corpus:
    """Mark every place where patterns stand, so that counts can look there or not.

    What you learn: what a figure is without the names, set phrases or mottoes that
    make it. ``corpus.without("names")`` masks them in every count and every exposure.

    Parameters
    ----------
    corpus : Corpus
        With text; a derived corpus has no order to mark.
    patterns : str, list of str, or dict of str to patterns
        As in `count_patterns`. The names of a dict are the labels of the spans.
    name : str
        What the layer is called.
    bounds : {"sentence", "article"}, default "sentence"
        What a match never reaches across.

    Returns
    -------
    Corpus
        With the layer `name` over titles and texts, whatever the view: the words of
        ``corpus.only(name)`` are those that the patterns meet.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, a pattern cannot be read, or the name is one
        of a field or of a layer that is there.

    Notes
    -----
    Within one label the longest match counts and no word twice; matches of different
    labels may share words. A phrase never reaches across the edge of a view: after
    ``without`` no phrase is seen that was not there before.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "outlet": ["A"], "text": ["Good Hope is a cape. Hope is good."]}))
    >>> corpus = mk.mark_patterns(mk.tokenize(articles), "Good Hope", name="names")
    >>> corpus.only("names").totals(), corpus.without("names").totals()
    (array([2]), array([6]))
    """
    check_new_layer(corpus, name)
    check_choice("bounds", bounds, BOUNDS)
    named = named_patterns(patterns)
    compiled = compile_patterns(corpus, named)
    pieces = ((Once(part),) for part in corpus.parts)
    layers = each(_spans, pieces, Once(compiled), tuple(named), bounds)
    parts = tuple(
        replace(part, shard=part.shard.with_layer(name, layer))
        for part, layer in zip(corpus.parts, layers, strict=True)
    )
    return replace(corpus, parts=parts)


def check_new_layer(corpus: Corpus, name: str) -> None:
    """Raise if the corpus has no order of words, or something of that name."""
    corpus.need_order(f"the layer {name!r}")
    taken = [*FIELDS, *corpus.layers]
    if not isinstance(name, str) or not name.strip() or name in taken:
        raise MediakitError(
            f"`name` must be a new name for the layer, none of {taken}, got {name!r}."
        )


def _spans(piece: tuple[Part], patterns: Patterns, names, bounds: str) -> Layer:
    """Return the layer of one part; for `each`."""
    (part,) = piece
    starts, ends, labels = [], [], []
    for field in FIELDS:
        hits = find_each(part.shard, part.to_global, patterns, View(field), bounds)
        for label, (first, after) in enumerate(hits):
            starts.append(first)
            ends.append(after)
            labels.append(np.full(len(first), label, np.int32))
    starts, ends, labels = map(np.concatenate, (starts, ends, labels))
    order = np.lexsort((labels, ends, starts))
    return Layer(starts[order], ends[order], labels[order], names)
