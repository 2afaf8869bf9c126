"""find_tone: the sentences behind a score, each with the words that made it."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.errors import check_choice, check_whole
from mediakit.measure.sentiment_engines import Engine, Tone, engine_of
from mediakit.text.corpus import Corpus
from mediakit.text.cutting import cut
from mediakit.text.dictionary import Dictionary
from mediakit.text.passages import say_if_constructed
from mediakit.text.views import View
from mediakit.workers import Once, each

SORTS = ("text", "lowest", "highest")
ABOUT = ("article_id", "outlet", "published")


def find_tone(
    corpus: Corpus,
    *,
    method: str | Dictionary = "vader",
    sort: str = "text",
    limit: int | None = None,
) -> pd.DataFrame:
    """Show every sentence with its score and the words that made it.

    What you learn: what a mean of `score_sentiment` is made of. Read the lowest and the
    highest twenty of each side before you say a word about tone.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.only("quotation")``.
    method : str or Dictionary, default "vader"
        As in `score_sentiment`.
    sort : {"text", "lowest", "highest"}, default "text"
        Order: as in the corpus, or by score; sentences without a score come last.
    limit : int, optional
        How many sentences to return, the first in the order asked for; by default all.

    Returns
    -------
    DataFrame
        One row per sentence of the view: left and right (empty), match (str, the
        sentence as it was written, with what is out of the view), article_id, outlet,
        published, title, score (float, the first item of `score_sentiment`; NaN where
        the instrument knows no word), known (int, words that voted), words (str, the
        lexicon's entries with their weight after negation and the like, in order).

    Raises
    ------
    MediakitError
        If the corpus holds counts only, or an argument is unknown.

    Notes
    -----
    ``found.dropna(subset="score")`` are the sentences of which `score_sentiment` takes
    the mean. For codes of your own, sample some of every side and every third of the
    scores, and hide both. When not to use it: to publish articles; passages are
    somebody's text.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "The talks were not good. It rained. A horrible war began."]}))
    >>> found = mk.find_tone(mk.tokenize(articles), sort="lowest", limit=2)
    >>> found[["match", "score", "words"]].values.tolist()[1]
    ['The talks were not good.', -0.3412, 'good -1.4']
    """
    corpus.need_order("a score of sentences")
    check_choice("sort", sort, SORTS)
    if limit is not None:
        limit = check_whole("limit", limit, 0)
    engine = engine_of(method, corpus)
    pieces = ((Once(part),) for part in corpus.parts)
    tones = list(each(_scored, pieces, corpus.view, engine))
    sizes = np.cumsum([0, *(len(tone.rows) for tone in tones)])
    score = np.concatenate([np.empty(0), *(_first(tone) for tone in tones)])
    order = np.argsort(-score if sort == "highest" else score, kind="stable")
    chosen = (np.arange(len(score)) if sort == "text" else order)[:limit]
    entries, before, tables = engine.entries(), 0, []
    for number, (part, tone) in enumerate(zip(corpus.parts, tones, strict=True)):
        first, last = sizes[number : number + 2]
        units = np.sort(chosen[(chosen >= first) & (chosen < last)]) - first
        rows = corpus.metadata.iloc[before + tone.rows[units]]
        table = rows[list(ABOUT)].reset_index(drop=True)
        table["match"] = _sentences(part.shard, tone, units, corpus.view)
        titles = part.texts("title").take(pa.array(tone.rows[units]))
        table["title"] = pd.Series(titles, dtype="str")
        table["known"] = tone.known[units]
        table["words"] = pd.Series(_words(tone, units, entries), dtype="str")
        table["place"] = first + units
        tables.append(table)
        before += len(part)
    found = _together(corpus, tables, chosen, score)
    return say_if_constructed(found, corpus, "find_tone")


def _scored(piece, view: View, engine: Engine) -> Tone:
    """Score the sentences of one part; for `each`."""
    (part,) = piece
    return engine.tone(part, view, "sentence", hits=True)


def _first(tone: Tone) -> np.ndarray:
    return np.where(tone.known > 0, tone.values[:, 0], np.nan)


def _sentences(shard, tone: Tone, units: np.ndarray, view: View) -> pd.Series:
    """Cut the sentences of some units out of the original texts."""
    starts, ends = tone.starts[units], tone.ends[units]
    full = np.flatnonzero(ends > starts)
    cells = cut(shard, starts[full], ends[full], 0, view.field)
    texts = pd.Series([""] * len(units), dtype="str")
    glue = pa.scalar("", pa.large_string())
    parts = map(cells.get, ("left", "match", "right"))
    whole = pc.binary_join_element_wise(*parts, glue)
    texts.iloc[full] = whole.to_pylist()
    return texts


def _words(tone: Tone, units: np.ndarray, entries: list[str]) -> list[str]:
    """Write down the entries that voted in each unit, with their weights."""
    hits = tone.hits
    edges = np.searchsorted(hits.units, np.stack([units, units + 1]))
    return [
        ", ".join(
            f"{entries[entry]} {valence:+.2g}"
            for entry, valence in zip(
                hits.entries[a:b].tolist(), hits.valences[a:b].tolist(), strict=True
            )
        )
        for a, b in edges.T.tolist()
    ]


def _together(corpus: Corpus, tables: list, chosen: np.ndarray, score) -> pd.DataFrame:
    """Return the rows of all parts in the order chosen."""
    if not tables:
        empty = corpus.metadata[list(ABOUT)].iloc[:0]
        names = dict.fromkeys(("match", "title", "words"), pd.Series(dtype="str"))
        tables = [empty.assign(**names, known=0, place=0)]
    found = pd.concat(tables, ignore_index=True)
    found = found.set_index("place").loc[chosen].reset_index(drop=True)
    blank = pd.Series([""] * len(found), dtype="str")
    found = found.assign(left=blank, right=blank, score=score[chosen])
    columns = ["left", "match", "right", *ABOUT, "title", "score", "known", "words"]
    return found[columns].astype({"known": np.int64})
