"""explain_tone: the words that made a difference in tone, by side."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.infer.compare import compare, side_codes
from mediakit.infer.groups import choose_sides
from mediakit.measure.sentiment import score_sentiment
from mediakit.measure.sentiment_engines import engine_of
from mediakit.measure.tone_hits import Votes, sum_votes
from mediakit.text.corpus import Corpus

OTHERS = "(all other words)"
WHOLE = {"mean_a": "rate_a", "mean_b": "rate_b"} | {
    name: name for name in ("difference", "low", "high")
}


def explain_tone(
    corpus: Corpus,
    *,
    by: str,
    a: object,
    b: object = "rest",
    method="vader",
    top: int | None = 20,
    cluster: str | None = None,
) -> pd.DataFrame:
    """Show which words make the difference in tone between two sides.

    What you learn: whether a difference rests on words of judgement or on the names and
    topics of one side. Look at the first ten words, then at `find_tone`, before you
    write a sentence about tone.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``mk.mark_names(corpus).without("name")``.
    by, a, b, cluster
        As in `compare`.
    method : str or Dictionary, default "vader"
        As in `score_sentiment`.
    top : int or None, default 20
        Words shown, those with the largest contribution; the others are summed in a
        last row, "(all other words)". None shows all.

    Returns
    -------
    DataFrame
        One row per word, the largest contribution first:

        - item : str, the entry of the instrument's lexicon
        - hits_a, hits_b : how often it voted in scored sentences
        - valence_a, valence_b : its mean weight after the instrument's rules, as
          negation; NaN where it never voted
        - rate_a, rate_b : what it adds to the side's mean score per sentence; over all
          words they sum to the mean
        - difference : rate_a - rate_b, its contribution; they sum to that of the means
        - articles_a, articles_b : articles in which it voted; NaN for the last row

        ``attrs["mediakit"]``: as `compare` of the same measure, with ``mean_a``,
        ``mean_b``, ``difference``, ``low`` and ``high`` of the whole; None where
        `compare` has NaN.

    Raises
    ------
    MediakitError
        As `compare` and `score_sentiment`, or if `top` is no number.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    An arithmetic of the score and no cause: a word contributes also by being rarer. A
    sentence's score is shared out over its words by what each weighs; see `Hits`. When
    not to use it: as key words; `keyness` tests each word.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "The United Nations met. A good day.", "A good day. A horrible day."]}))
    >>> words = mk.explain_tone(mk.tokenize(articles), by="outlet", a="A", b="B")
    >>> words["item"].tolist()
    ['horrible', 'united', 'good']
    """
    if top is not None and (not isinstance(top, int) or top < 1):
        raise MediakitError(
            f"`top` must be a number of words, or None for all, got {top!r}."
        )
    measure = score_sentiment(corpus, method=method)
    first = measure.items["item"].iloc[0]
    whole = compare(measure.only_items([first]), by=by, a=a, b=b, cluster=cluster)
    sides = choose_sides(corpus.metadata, by, a, b)
    engine = engine_of(method, corpus)
    votes = sum_votes(corpus, engine, side_codes(sides))
    table = _table(engine.entries(), votes, top)
    record, row = whole.attrs["mediakit"], whole.iloc[0]
    table.attrs["mediakit"] = {
        **record,
        "verb": "explain_tone",
        "parameters": record["parameters"] | {"top": top},
        "item": first,
        **{
            name: float(row[of]) if np.isfinite(row[of]) else None
            for name, of in WHOLE.items()
        },
    }
    return table


def _table(entries: list[str], votes: Votes, top: int | None) -> pd.DataFrame:
    seen = np.flatnonzero(votes.hits.sum(axis=0))
    columns: dict = {"item": pd.Series([entries[one] for one in seen], dtype="str")}
    hits, parts = votes.hits[:, seen], votes.parts[:, seen]
    rates = _ratio(parts, votes.sentences[:, None])
    for name, values in (
        ("hits", hits.astype(np.int64)),
        ("valence", _ratio(votes.valences[:, seen], hits)),
        ("rate", rates),
    ):
        columns |= {f"{name}_a": values[0], f"{name}_b": values[1]}
    columns["difference"] = rates[0] - rates[1]
    articles = votes.articles[:, seen].astype(float)
    columns |= {"articles_a": articles[0], "articles_b": articles[1]}
    table = pd.DataFrame(columns)
    order = np.lexsort((table["item"], -table["difference"].abs()))
    table = table.iloc[order].reset_index(drop=True)
    if top is None or len(table) <= top:
        return table
    others = table.iloc[top:]
    last = {name: others[name].sum() for name in ("hits_a", "hits_b")}
    last |= {name: others[name].sum() for name in ("rate_a", "rate_b", "difference")}
    row = pd.DataFrame([{"item": OTHERS, **last}]).astype({"item": "str"})
    return pd.concat([table.iloc[:top], row], ignore_index=True)[list(table)]


def _ratio(x: np.ndarray, n: np.ndarray) -> np.ndarray:
    x, n = np.broadcast_arrays(np.asarray(x, float), np.asarray(n, float))
    return np.divide(x, n, out=np.full(x.shape, np.nan), where=n > 0)
