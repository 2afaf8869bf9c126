"""count_ngrams: how often words stand side by side, in every article."""

from collections.abc import Collection

import numpy as np

from mediakit.errors import MediakitError
from mediakit.measure.blocks import corpus_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.paired import Paired
from mediakit.measure.runs import common_runs, count_runs
from mediakit.measure.terms import (
    corpus_provenance,
    count_words,
    item_table,
    stopword_items,
)
from mediakit.text.corpus import Corpus
from mediakit.text.folding import folded_vocabulary

MOST_WORDS = 8


def count_ngrams(
    corpus: Corpus,
    *,
    n: int = 2,
    fold="lower",
    stopwords: bool | Collection[str] = False,
    min_articles: int = 2,
) -> Paired:
    """Count every run of n words within a sentence, article by article.

    The result answers "which phrases does A use that B does not?" by `compare`, and
    "which of them are phrases at all?" by `associate`.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.without("quotation")``.
    n : int, default 2
        Words in a run, 2 to 8.
    fold : {"lower", "stem", "lemma"}, None, NLTK stemmer or callable, default "lower"
        Which forms count as one word, as in `count_terms`.
    stopwords : bool or collection of str, default False
        Leave out runs that begin or end with one of them: True for the function
        words of the corpus' language, or your own list. "freedom of speech" stays.
    min_articles : int, default 2
        Leave out runs in fewer articles of the corpus; below 2 most are left in that
        nobody will ever look at.

    Returns
    -------
    Measure
        Of kind "count"; one item per run, as "human rights", by code point; the
        exposure is all words of the article in the view. ``beside`` is the measure
        of their single words, for `associate`.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, `n` is out of range, or `fold` puts white
        space into a word.

    Notes
    -----
    Runs overlap: "human rights council" holds two of two words. A run lies in one
    sentence and wholly in the view; punctuation inside a sentence does not part it.
    A word that `fold` leaves out (as "") ends a run. Runs of n words are looked for
    only where those of n - 1 stand in enough articles, which loses none and needs
    little memory. When not to use it: to count a name you know; `count_patterns`
    does that.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "Human rights first.", "On human rights. Rights matter."]}))
    >>> phrases = mk.count_ngrams(mk.tokenize(articles))
    >>> phrases.items["item"].tolist(), phrases.values.toarray().tolist()
    (['human rights'], [[1], [1]])
    """
    corpus.need_order("a count of phrases")
    if not isinstance(n, int) or isinstance(n, bool) or not 2 <= n <= MOST_WORDS:
        raise MediakitError(f"`n` must be a number from 2 to {MOST_WORDS}, got {n!r}.")
    folded = folded_vocabulary(corpus, fold)
    words, index = folded.items, folded.index
    _check_words(words)
    dropped = stopword_items(stopwords, fold, corpus.language)
    edge = np.array([word not in dropped for word in words], bool)
    runs = common_runs(corpus, index, edge, n, max(min_articles, 1))
    members = runs.words()
    items = [" ".join([words[at] for at in run]) for run in members.tolist()]
    order = sorted(range(len(items)), key=items.__getitem__)
    place = np.empty(len(items), np.int32)
    place[order] = np.arange(len(items), dtype=np.int32)
    used = np.unique(members)
    single = np.full(len(words) + 1, -1, np.int32)
    single[used] = np.arange(len(used), dtype=np.int32)
    shared = {
        "kind": "count",
        "unit": "word",
        "denominators": ("words",),
        "articles": corpus.metadata,
        "evidence": corpus.bag,
        "provenance": {
            **corpus_provenance(corpus),
            "made_by": "count_ngrams",
            "n": n,
            "fold": fold if isinstance(fold, str | None) else repr(fold),
            "stopwords": sorted(dropped),
            "min_articles": min_articles,
        },
    }
    return Paired(
        name=f"runs of {n} words",
        items=item_table([items[at] for at in order]),
        stored=corpus_blocks(corpus, count_runs, runs, place),
        others=lambda: Measure(
            name="words",
            items=item_table([words[at] for at in used]),
            stored=corpus_blocks(corpus, count_words, single[index], len(used)),
            **shared,
        ),
        **shared,
    )


def _check_words(words: list[str]) -> None:
    parted = next((word for word in words if len(word.split()) != 1), None)
    if parted is not None:
        raise MediakitError(
            f"`fold` made {parted!r}, but a word of a phrase must be without white "
            'space; let it return "" to leave a word out.'
        )
