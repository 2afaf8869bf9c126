"""find_toward: the sentences about somebody, each with the words that judge them."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from mediakit.errors import check_choice, check_whole
from mediakit.measure.sentiment_passages import ABOUT, SORTS
from mediakit.measure.toward import Judged, judged
from mediakit.measure.toward_words import TowardWords, words_for
from mediakit.text.about_sentences import named_corpus
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.passages import say_if_constructed
from mediakit.text.views import View
from mediakit.workers import Once, each


def find_toward(
    corpus: Corpus,
    actors: str | Sequence[str] | Mapping[str, Sequence[str]],
    *,
    words: Mapping | str | None = None,
    sort: str = "text",
    limit: int | None = None,
) -> pd.DataFrame:
    """Show every sentence about somebody, with the words that judge them.

    What you learn: what a mean of `score_toward` is made of, and where its rules err.

    Parameters
    ----------
    corpus, actors, words
        As in `score_toward`.
    sort : {"text", "lowest", "highest"}, default "text"
        Order: as in the corpus, or by score.
    limit : int, optional
        How many rows to return, the first in the order asked for; by default all.

    Returns
    -------
    DataFrame
        One row per sentence and actor: left and right (empty), match (str, the
        sentence as it was written), article_id, outlet, published, actor (str), score
        (float, from -1 to 1; 0 where no word judges), known (int, words that judge),
        words (str, each with its weight for this actor, in order).

    Raises
    ------
    MediakitError
        As `score_toward`, or if an argument is unknown.

    Notes
    -----
    For codes of your own draw from these rows, of every side and every third of the
    scores, and hide both. When not to use it: to publish articles; passages are
    somebody's text.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "China condemned Japan. It rained."]}))
    >>> found = mk.find_toward(mk.tokenize(articles), ["China", "Japan"])
    >>> found[["actor", "score", "words"]].round(2).values.tolist()
    [['China', 0.0, ''], ['Japan', -0.8, 'condemned -2.7']]
    """
    check_choice("sort", sort, SORTS)
    if limit is not None:
        limit = check_whole("limit", limit, 0)
    lists = words_for(corpus.language, words)
    names, named = named_corpus(corpus, actors)
    pieces = ((Once(part),) for part in named.parts)
    found = list(each(_judged, pieces, corpus.view, Once(lists)))
    firsts = np.cumsum([0, *map(len, corpus.parts)]).tolist()
    rows = [
        first + one.sentence.row
        for first, several in zip(firsts, found, strict=False)
        for one in several
    ]
    rows = np.array(rows, np.int64)
    flat = [one for several in found for one in several]
    texts = pd.Series([one.sentence.text.strip() for one in flat], dtype="str")
    blank = pd.Series([""] * len(flat), dtype="str")
    table = {"left": blank, "match": texts, "right": blank}
    for name in ABOUT:
        table[name] = corpus.metadata[name].array.take(rows)
    table["actor"] = pd.Series([names[one.actor] for one in flat], dtype="str")
    table["score"] = np.array([one.score for one in flat], float)
    table["known"] = np.array([len(one.hits) for one in flat], np.int64)
    table["words"] = pd.Series([_words(one) for one in flat], dtype="str")
    table = pd.DataFrame(table)
    if sort != "text":
        key = table["score"].to_numpy() * (-1 if sort == "highest" else 1)
        table = table.iloc[np.argsort(key, kind="stable")]
    found = table[:limit].reset_index(drop=True)
    return say_if_constructed(found, corpus, "find_toward")


def _judged(piece: tuple[Part], view: View, lists: TowardWords) -> list[Judged]:
    """Return what is judged in one part; for `each`."""
    (part,) = piece
    return list(judged(part, view, lists))


def _words(one: Judged) -> str:
    return ", ".join(f"{word} {weight:+.2g}" for word, weight in one.hits)
