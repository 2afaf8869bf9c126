"""find_tones: every sentence with what several instruments of tone say of it."""

from collections.abc import Sequence

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.measure.sentiment_engines import engine_of
from mediakit.measure.sentiment_passages import find_tone
from mediakit.measure.tones import INSTRUMENTS
from mediakit.schema import is_constructed
from mediakit.text.corpus import Corpus


def find_tones(corpus: Corpus, *, methods: Sequence = INSTRUMENTS) -> pd.DataFrame:
    """Show every sentence with its score by several instruments.

    What you learn: whether two instruments mean the same sentences when they give an
    article the same mean. Most often they do not.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.without("name")``. For `plot_tone_strip` one
        article: ``corpus.subset(corpus.metadata["article_id"] == "a1")``.
    methods : sequence of str or Dictionary, default ("vader", "textblob")
        As `score_sentiment` takes them.

    Returns
    -------
    DataFrame
        The columns of `find_tone`, after method (str) and sentence (int, its number in
        the article, from 1); all sentences by the first method, then by the next.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, or a method is unknown or given twice.

    Notes
    -----
    Scales differ: compare signs between instruments, not sizes. When not to use it: to
    publish articles; passages are somebody's text.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "The Great Wall is long. It rained."]}))
    >>> found = mk.find_tones(mk.tokenize(articles))
    >>> found[["method", "sentence", "score"]].values.tolist()[0]
    ['vader', 1, 0.6249]
    """
    corpus.need_order("a score of sentences")
    methods = [methods] if not isinstance(methods, list | tuple) else list(methods)
    engines = {engine_of(one, corpus).name: one for one in methods}
    if not methods or len(engines) < len(methods):
        raise MediakitError(
            "`methods` must name one or several instruments, each once, got "
            f"{list(engines)}."
        )
    tables = []
    for name, method in engines.items():
        found = find_tone(corpus, method=method)
        found.insert(0, "method", pd.Series(name, found.index, dtype="str"))
        number = found.groupby("article_id", sort=False).cumcount() + 1
        found.insert(1, "sentence", number.astype("int64"))
        tables.append(found)
    both = pd.concat(tables, ignore_index=True)
    both.attrs["mediakit"] = {
        "verb": "find_tones",
        "methods": list(engines),
        "source": {"constructed": True} if is_constructed(corpus.metadata) else {},
    }
    return both
