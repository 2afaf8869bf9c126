"""count_terms: how often each word stands in each article."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.measure.blocks import Block, corpus_blocks, map_blocks
from mediakit.measure.measure import Measure
from mediakit.text.corpus import Corpus
from mediakit.text.folding import folded_vocabulary
from mediakit.text.part import Part
from mediakit.text.shard import View
from mediakit.text.vocabulary import fold_vocabulary
from mediakit.text.vocabulary import stopwords as function_words


def count_terms(
    corpus: Corpus,
    *,
    fold="lower",
    stopwords: bool | Collection[str] = False,
    min_articles: int = 1,
) -> Measure:
    """Count every word of every article in the corpus' view.

    The result answers "who uses which words how often", by `summarise`, `compare`
    and `trend`.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.only("title")``.
    fold : {"lower", "stem", "lemma"}, None, NLTK stemmer or callable, default "lower"
        Which forms count as one item; None keeps every surface form apart.
    stopwords : bool or collection of str, default False
        Items to leave out: True for the function words of the corpus' language, or
        your own list. Totals keep them, so a list never changes a rate.
    min_articles : int, default 1
        Leave out items in fewer articles of the corpus. Totals keep them.

    Returns
    -------
    Measure
        Of kind "count"; one item per word, by code point; the exposure is all words
        of the article in the view.

    Raises
    ------
    MediakitError
        If `fold` is unknown, or the corpus holds only counts of lower-cased words
        and `fold` is None.

    Notes
    -----
    Words are not ideas: read passages before you interpret a count. For names of
    several words or rival labels use `count_patterns`.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "outlet": ["A", "B"], "text": ["Peace holds.", "No peace, no peace."]}))
    >>> words = mk.count_terms(mk.tokenize(articles))
    >>> words.items["item"].tolist(), words.values.toarray().tolist()
    (['holds', 'no', 'peace'], [[1, 0, 1], [0, 2, 2]])
    """
    if corpus.counts_only and fold is None:
        raise MediakitError(
            "this corpus holds counts of lower-cased words only; use fold='lower', "
            "'stem' or 'lemma'."
        )
    folded = folded_vocabulary(corpus, fold)
    items, index = folded.items, folded.index
    dropped = stopword_items(stopwords, fold, corpus.language)
    kept = np.array([item not in dropped for item in items], bool)
    blocks = corpus_blocks(corpus, count_words, index, len(items))
    found = map_blocks(blocks, articles_with, None, len(items))
    kept &= sum(found, np.zeros(len(items), np.int64)) >= min_articles
    if not kept.all():
        chosen = np.flatnonzero(kept)
        blocks = blocks.items(chosen, len(items), instead=True)
        items = [items[number] for number in chosen]
    return Measure(
        name="words",
        kind="count",
        unit="word",
        items=item_table(items),
        denominators=("words",),
        articles=corpus.metadata,
        stored=blocks,
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "count_terms",
            "fold": fold if isinstance(fold, str | None) else repr(fold),
            "stopwords": sorted(dropped),
            "min_articles": min_articles,
        },
    )


def stopword_items(stopwords, fold, language: str) -> frozenset[str]:
    """Return the words to leave out, folded as the items are."""
    if isinstance(stopwords, str):
        raise MediakitError(
            f"`stopwords` must be True or a collection of words, got {stopwords!r}; "
            "a single word is a list too: [" + repr(stopwords) + "]."
        )
    if isinstance(stopwords, bool):
        stopwords = function_words(language) if stopwords else ()
    words = sorted(stopwords)
    if fold is None:
        words += [word.capitalize() for word in words]
    return frozenset(fold_vocabulary(words, fold, language=language)[0])


def count_words(part: Part, view: View, index: np.ndarray, size: int):
    """Count the words of a part as items, and all its words; for `corpus_blocks`."""
    values = part.folded(view, index, size)
    return values, part.totals(view).astype(float)[:, None]


def articles_with(block: Block, _, size: int) -> np.ndarray:
    """Count the articles that hold each item; for `map_blocks`."""
    return np.bincount(block.values.indices, minlength=size)


def item_table(items: list[str]) -> pd.DataFrame:
    """Return the items table of a measure without concepts."""
    return pd.DataFrame(
        {
            "item": pd.Series(items, dtype="str"),
            "concept": pd.Series([float("nan")] * len(items), dtype="str"),
            "denominator": np.zeros(len(items), np.int64),
        }
    )


def corpus_provenance(corpus: Corpus) -> dict:
    """Return what every measure records of its corpus."""
    return {
        "corpus": corpus.fingerprint,
        "articles": len(corpus),
        "tokenizer": corpus.tokenizer,
        "language": corpus.language,
        "view": str(corpus.view),
        **{
            key: corpus.provenance[key]
            for key in ("sample", "constructed")
            if key in corpus.provenance
        },
    }
