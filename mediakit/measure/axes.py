"""score_axis: which of two poles the words of an article, or near a name, lean to."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.formulas.vectors import positions
from mediakit.measure.axis_counts import count_all, count_beside
from mediakit.measure.axis_training import Training, count_neighbours
from mediakit.measure.axis_words import (
    check_poles,
    choose_poles,
    choose_words,
    table_of_words,
)
from mediakit.measure.blocks import corpus_blocks, map_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.terms import articles_with, corpus_provenance, count_words
from mediakit.text.corpus import Corpus
from mediakit.text.folding import folded_vocabulary
from mediakit.text.lots import lots_of
from mediakit.text.patterns import compile_patterns, named_patterns

TRAINED_ON = 20_000
COMMONEST = 1_000
NORMAL = 1.959964


@dataclass(frozen=True)
class Axis(Measure):
    """A measure of where words stand between two poles, and the words themselves.

    Attributes
    ----------
    words : DataFrame
        One row per word of the axis, nearest to the first pole first: word, articles
        (with it), position (from -1 to 1, above 0 towards the first pole), pole (its
        pole's name, or missing) and, for the poles' words, left_out: its position on
        the axis made without it, above 0 on its own side.
    """

    words: pd.DataFrame = field(default=None, repr=False)
    training: Training | None = field(default=None, repr=False)
    order: np.ndarray | None = field(default=None, repr=False)

    @cached_property
    def stability(self) -> float:
        """How far two axes agree, each learnt from a random half of the articles.

        The correlation of the positions of the 1,000 commonest words: near 1 the axis
        is the corpus', below .7 it is the lot's.
        """
        common = np.argsort(-self.words["articles"].to_numpy(), kind="stable")
        chosen = self.order[common[:COMMONEST]]
        one, two = (half[chosen] for half in self.training.halves())
        known = np.isfinite(one) & np.isfinite(two)
        return float(np.corrcoef(one[known], two[known])[0, 1])

    def positions(self, *, repeats: int = 20) -> pd.DataFrame:
        """Return `words` with low and high: 95 %, by learning the axis anew.

        Each time from as many articles, drawn with replacement; the interval is the
        position plus and minus 1.96 standard deviations of what was found.
        """
        if type(repeats) is not int or repeats < 2:
            raise MediakitError(f"`repeats` must be a number from 2, got {repeats!r}.")
        drawn = self.training.drawn(repeats)[:, self.order]
        table = self.words.copy()
        known = np.isfinite(drawn).all(axis=0)
        spread = np.full(drawn.shape[1], np.nan)
        spread[known] = NORMAL * drawn[:, known].std(axis=0, ddof=1)
        table.insert(3, "low", table["position"] - spread)
        table.insert(4, "high", table["position"] + spread)
        return table


def score_axis(
    corpus: Corpus,
    poles: dict[str, list[str]],
    *,
    near: str | list[str] | dict | None = None,
    window: int = 5,
    dimensions: int = 50,
    min_articles: int = 10,
    seed: int = 0,
) -> Axis:
    """Score which of two poles the words lean to, on an axis learnt from the corpus.

    What you learn: whether what an outlet writes, or writes near a name, keeps the
    company of the words of one pole or the other, as war or peace. `compare` says
    whether outlets differ, ``.words`` which words stand where.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it; some hundreds of articles at least.
    poles : dict of two lists
        Two names with single words each, as {"war": ["war*", "attack"], "peace":
        ["peace", "talks"]}; five to ten a pole that are sure to be meant so here.
    near : str, list or dict, optional
        Names as in `count_patterns`: score the words near each name. By default all
        words of the article.
    window : int, default 5
        Words on either side, within the sentence: to learn from and to score near a
        name.
    dimensions : int, default 50
        Of the vectors.
    min_articles : int, default 10
        Words in fewer articles, function words and numbers have no position.
    seed : int, default 0
        Of what is drawn.

    Returns
    -------
    Axis
        A Measure of kind "mean": positions summed over scored words, from -1 to 1 and
        above 0 towards the first pole. One item, the axis, or one for each name in
        `near`. Besides ``.words``, ``.positions()`` with intervals, ``.stability``.

    Raises
    ------
    MediakitError
        If there are not two poles of single words, too few words to learn from, or
        the corpus holds counts only.

    Warns
    -----
    MediakitWarning
        If words of the poles are not there, or fewer than two in three stand on their
        own side when the axis is made without them.

    Notes
    -----
    Positive pointwise mutual information of words within the window (contexts to the
    power .75), reduced by SVD (Levy, Goldberg and Dagan 2015); a word's position is the
    cosine with the mean of the first pole's words minus the mean of the second's, and
    scores are means over words (FrameAxis; Kwak, An, Jing and Ahn 2021). Learnt from at
    most 20,000 articles, drawn at random. Read differences: where 0 lies depends on
    the poles. Intervals of `compare` take the axis as given; whether another sample of
    articles would give it is what `stability` and ``positions()`` tell.

    When not to use it: as what an outlet thinks. It is company, not stance: "no war"
    leans to war, and outlets that cover other events lean elsewhere. Check
    `stability`, the poles' `left_out`, and validate with codes before you build on it.

    Examples
    --------
    >>> import mediakit as mk
    >>> poles = {"clash": ["attack*", "fired", "shot", "killed", "militia"],
    ...          "talks": ["talks", "agreement", "delegation*", "ministers", "signed"]}
    >>> axis = mk.score_axis(mk.load_sample("strait"), poles, min_articles=5)
    >>> axis.items["item"].tolist(), "died" in axis.words["word"].head(30).tolist()
    (['clash v talks'], True)
    """
    corpus.need_order("an axis of words")
    names = check_poles(poles)
    _check(window=window, dimensions=dimensions, min_articles=min_articles)
    folded = folded_vocabulary(corpus, "lower")
    counted = corpus_blocks(corpus, count_words, folded.index, len(folded.items))
    found = map_blocks(counted, articles_with, None, len(folded.items))
    held = sum(found, np.zeros(len(folded.items), np.int64))
    chosen = choose_words(folded.items, held, min_articles, corpus.language)
    words = np.array([folded.items[number] for number in chosen], object)
    sides = choose_poles(poles, words)
    place = np.full(len(folded.items) + 1, -1)
    place[chosen] = np.arange(len(chosen))
    index = place[folded.index]
    learnt = _drawn(corpus, seed)
    neighbours = count_neighbours(learnt, index, len(words), window)
    size = min(dimensions, len(words) - 1)
    training = Training(neighbours, *sides, size, seed)
    vectors = training.whole()
    position = positions(vectors, *sides)
    table, order = table_of_words(words, held[chosen], position, names, sides, vectors)
    if near is None:
        items = [f"{names[0]} v {names[1]}"]
        blocks = corpus_blocks(corpus, count_all, index, position)
    else:
        named = named_patterns(near)
        items = list(named)
        patterns = [compile_patterns(corpus, texts) for texts in named.values()]
        blocks = corpus_blocks(corpus, count_beside, patterns, index, position, window)
    return Axis(
        name=f"lean of words, {names[0]} (above) v {names[1]}",
        kind="mean",
        unit="scored word",
        items=pd.DataFrame(
            {
                "item": pd.Series(items, dtype="str"),
                "concept": pd.Series([float("nan")] * len(items), dtype="str"),
                "denominator": np.arange(len(items)),
            }
        ),
        denominators=tuple(f"scored words, {item}" for item in items),
        articles=corpus.metadata,
        stored=blocks,
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "score_axis",
            "poles": {name: list(poles[name]) for name in names},
            "near": near,
            "window": window,
            "dimensions": size,
            "min_articles": min_articles,
            "seed": seed,
            "learnt_from": len(learnt),
        },
        words=table,
        training=training,
        order=order,
    )


def _drawn(corpus: Corpus, seed: int) -> Corpus:
    """Return the corpus, or so many of its articles as an axis is learnt from."""
    if len(corpus) <= TRAINED_ON:
        return corpus
    lots = lots_of(corpus.metadata["article_id"].to_numpy(object), seed)
    mask = np.zeros(len(corpus), bool)
    mask[np.argsort(lots, kind="stable")[:TRAINED_ON]] = True
    return corpus.subset(mask)


def _check(**numbers) -> None:
    for name, value in numbers.items():
        if type(value) is not int or value < 1:
            raise MediakitError(f"`{name}` must be a number from 1, got {value!r}.")
