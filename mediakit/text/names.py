"""mark_names: names of several words, found by their capitals, without a list."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.errors import MediakitError
from mediakit.text.actors import actor_names
from mediakit.text.corpus import Corpus
from mediakit.text.folding import folded_vocabulary
from mediakit.text.marked import check_new_layer
from mediakit.text.names_runs import Known, evidence, name_spans
from mediakit.text.names_words import CAPITAL, classes_of
from mediakit.text.views import Layer
from mediakit.workers import Once, each

NOUNS_CAPITAL = ("de", "lb")
MOST_LEAST = 10


def mark_names(corpus: Corpus, *, name: str = "name", least: int = 2) -> Corpus:
    """Mark names of several words, so that the words inside them stop counting.

    What you learn: what a figure is once the "United" of United Nations, the "Party"
    of Communist Party of China and the "Great" of Great Britain have no say in it. Show
    tone with and without: ``corpus`` beside ``corpus.without("name")``.

    Parameters
    ----------
    corpus : Corpus
        With text; a derived corpus has no order to mark.
    name : str, default "name"
        What the layer is called.
    least : int, default 2
        How many capitalised words a name has at least. With 1 also "Party" or "NATO"
        by itself is a name.

    Returns
    -------
    Corpus
        With the layer over titles and texts, whatever the view; its spans are whole
        names, inner "of", "for the", "de la" and the like included.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, its language writes common nouns with a
        capital (German), `least` is no number from 1 to 10, or the layer is there.

    Notes
    -----
    Inside a sentence a capital is enough. Where one says nothing, at the start of a
    sentence or quotation, after a colon, and throughout a headline in capitals, a word
    belongs to a name only if the corpus elsewhere writes it mostly with a capital, or
    writes it so beside the same neighbour, or the names of `mark_actors` do; or if it
    stands nowhere else and is no word of the language's dictionary (simplemma). So
    "Great Britain agreed" is found and the "Angry" of "Angry Chinese fans" is not. A
    comma or quotation mark ends a name; "and" joins inside a name with "of" or "for"
    (Ministry of Trade and Industry) and takes in a single word before a longer name
    (Securities and Exchange Commission). Acronyms are capitalised words. Offices before
    a name (President, General) are taken in with it; days of the week are not.

    The more text, the surer the evidence; the whole corpus gives it, whatever the
    view. When not to use it: to count or list names; it does not know who is meant,
    and lower-cased names are not found.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "Great Britain and the United States agreed. A great party followed."]}))
    >>> corpus = mk.mark_names(mk.tokenize(articles))
    >>> corpus.only("name").totals(), corpus.without("name").totals()
    (array([4]), array([7]))
    """
    check_new_layer(corpus, name)
    if corpus.language in NOUNS_CAPITAL:
        raise MediakitError(
            f"language {corpus.language!r} writes every noun with a capital, so "
            "capitals do not tell names; use `mark_actors` or `mark_patterns`."
        )
    whole = isinstance(least, int) and not isinstance(least, bool)
    if not whole or not 1 <= least <= MOST_LEAST:
        raise MediakitError(
            f"`least` must be a number of words from 1 to {MOST_LEAST}, got {least!r}."
        )
    classes = classes_of(corpus.vocabulary)
    known = _known(corpus, classes)
    pieces = ((Once(part),) for part in corpus.parts)
    spans = each(name_spans, pieces, Once(classes), Once(known), least)
    parts = []
    for part, (starts, ends) in zip(corpus.parts, spans, strict=True):
        layer = Layer(starts, ends, np.zeros(len(starts), np.int32))
        parts.append(replace(part, shard=part.shard.with_layer(name, layer)))
    return replace(corpus, parts=tuple(parts))


def _known(corpus: Corpus, classes: np.ndarray) -> Known:
    """Return what the running text of the corpus says of its capitals."""
    size = len(classes)
    counts, pairs = np.zeros(size, np.int64), [_listed_pairs(corpus)]
    pieces = ((Once(part),) for part in corpus.parts)
    for types, times, found in each(evidence, pieces, Once(classes)):
        counts[types] += times
        pairs.append(found)
    fold = folded_vocabulary(corpus, "lower").index
    sides = np.zeros((2, int(fold.max(initial=-1)) + 2), np.int64)
    np.add.at(sides, ((classes >= CAPITAL).astype(int), fold), counts)
    lower, upper = sides
    mostly = (upper > lower)[fold]
    unseen = np.flatnonzero((classes >= CAPITAL) & (upper + lower == 0)[fold])
    mostly[unseen] = _in_no_dictionary(corpus, unseen)
    return Known(mostly, np.unique(np.concatenate(pairs)))


def _in_no_dictionary(corpus: Corpus, types: np.ndarray) -> np.ndarray:
    """Say which types are no words of the corpus' language, so that they are names."""
    from simplemma import is_known

    words = corpus.vocabulary.take(pa.array(types)).to_pylist()
    try:
        known = [is_known(word, lang=corpus.language) for word in words]
    except ValueError:
        known = [True] * len(words)
    return ~np.array(known, bool)


def _listed_pairs(corpus: Corpus) -> np.ndarray:
    """Return the neighbours in the names of our list of actors, as pairs of types."""
    names = [one for names in actor_names().values() for one in names]
    pairs = [
        pair
        for name in names
        for pair in pairwise(name.split())
        if pair[0][0].isupper() and pair[1][0].isupper()
    ]
    words = [pa.array(side, pa.large_string()) for side in zip(*pairs, strict=True)]
    first, second = (
        pc.index_in(one, corpus.vocabulary).fill_null(-1).to_numpy().astype(np.int64)
        for one in words
    )
    there = (first >= 0) & (second >= 0)
    return first[there] << 32 | second[there]
