"""score_sentiment: the tone of the sentences of each article, by named instruments."""

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError, check_choice
from mediakit.measure.blocks import corpus_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.sentiment_engines import Engine, engine_of
from mediakit.measure.terms import corpus_provenance
from mediakit.text.corpus import Corpus
from mediakit.text.dictionary import Dictionary
from mediakit.text.part import Part
from mediakit.text.views import View

UNITS = {  # what a unit of exposure is called, and what stands behind an item
    "sentence": ("scored sentence", ""),
    "every sentence": ("sentence", " (every sentence)"),
    "article": ("article", " (whole article)"),
    "word": ("word", " (per word)"),
}
ITEMS = ("score", "coverage")
SENTENCES = {  # the denominators of a score of sentences: its own, and the other
    "sentence": ("scored sentences", "sentences"),
    "every sentence": ("sentences", "scored sentences"),
}
COVERED = {"sentences": "sentences scored", "words": "words that vote"}


def score_sentiment(
    corpus: Corpus,
    *,
    method: str | Dictionary = "vader",
    unit: str = "sentence",
    items: str = "score",
) -> Measure:
    """Score how positive or negative each article's sentences are, word by word.

    What you learn: whose sentences hold more words that a list calls good or bad. What
    you do not learn is who is for or against whom. See the Notes before you use it.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.without("quotation")``.
    method : {"vader", "textblob", "vader_corrected", "textblob_corrected"}
        The instrument: the library's own numbers exactly, or corrected (see Notes). Or
        a Dictionary of `read_dictionary`: the weights in a sentence, summed.
    unit : {"sentence", "every sentence", "article", "word"}, default "sentence"
        Mean over the sentences the instrument knows a word of; over all sentences, the
        others as its own 0; or the library's own score of the whole article. "word"
        is for a Dictionary: the weights in the text, over its words.
    items : {"score", "coverage"}, default "score"
        The scores; or how much of the text they rest on: the share of sentences with
        a word that votes, and of words. Look at it beside every score.

    Returns
    -------
    Measure
        Of kind "mean". Items of VADER: compound (-1 to 1), pos, neu, neg (0 to 1);
        of TextBlob: polarity (-1 to 1), subjectivity (0 to 1); of a Dictionary with
        positive and negative categories: tone, else its categories; with "(every
        sentence)" or "(whole article)" behind where it is so. Numerators are scores
        summed over sentences, exposures those sentences, with all sentences (or the
        scored ones) beside them for coverage; a whole article is one. Coverage is of
        kind "share".

    Raises
    ------
    MediakitError
        If an argument is unknown, or the corpus holds counts only.

    Notes
    -----
    VADER: Hutto and Gilbert 2014, for social media. TextBlob: the adjectives of
    pattern.en (De Smedt and Daelemans 2012). Equal to both libraries to the last bit,
    sentence by sentence, tested; `provenance` has their versions.

    A sentence's text is its white-space chunks joined by blanks, and a score is the
    library's score of that text. In a view the chunks outside are taken out before
    the rules run, so masked words neither vote nor negate; a chunk with tokens on both
    sides is out, and signs that stand alone go with the chunk before them. An article
    in a view without layers is scored as it was written, line ends included.

    A Dictionary: the longest match votes once; within its reach a negator multiplies a
    weight by the dictionary's factor (-1), an intensifier right before by its own.
    Categories called positive and negative (neg_positive and neg_negative with the
    other sign, as Young and Soroka 2012) make the item tone: positive less negative.

    Corrected: only entries made of letters vote. The libraries read ":(" in "said: (see
    note)", "8)" in "(section 8)", and VADER scores the numbers 143 and 187.

    What it is worth: on sentences of US political news, coded toward a person, macro F1
    is .53 by VADER and .42 by TextBlob, .55 by VADER with names masked and .60 by
    `score_toward`; always saying one class has .18, the data's authors' model .83.
    Single articles (PerSenT): .37 and .40 by sentence, .32 for VADER of the whole text.
    ``benchmarks/tone_validity.md`` has all figures.

    When not to use it: as the tone of an outlet. Of five such tools none came close to
    people's judgement of news (van Atteveldt, van der Velden and Boukes 2021). "United"
    in United Nations and "party" in Communist Party count as praise in VADER: mask
    names (``corpus.without("actor")``), read `find_tone`, and `validate` with codes of
    your own before you draw a figure. Whole articles saturate VADER: most long ones
    come close to 1 or -1.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "The book was good. It rained.", "It was a horrible day."]}))
    >>> tone = mk.score_sentiment(mk.tokenize(articles), method="vader")
    >>> tone.values.toarray()[:, 0].tolist(), tone.exposure[:, 0].tolist()
    ([0.4404, -0.5423], [1.0, 1.0])
    """
    check_choice("unit", unit, UNITS)
    check_choice("items", items, ITEMS)
    corpus.need_order("a score of sentences")
    engine = engine_of(method, corpus)
    coverage = items == "coverage"
    if unit == "word" and isinstance(method, str):
        raise MediakitError(
            f'unit="word" is for a Dictionary, whose weights add up; {method!r} scores '
            'sentences: use "sentence", "every sentence" or "article".'
        )
    scored_in, behind = UNITS[unit]
    names = list(COVERED.values()) if coverage else [n + behind for n in engine.items]
    return Measure(
        name=f"{engine.name}, coverage" if coverage else engine.name + behind,
        kind="share" if coverage else "mean",
        unit="sentence or word" if coverage else scored_in,
        items=pd.DataFrame(
            {
                "item": pd.Series(names, dtype="str"),
                "concept": pd.Series([float("nan")] * len(names), dtype="str"),
                "denominator": np.arange(len(names)) * coverage,
            }
        ),
        denominators=tuple(COVERED)
        if coverage
        else SENTENCES.get(unit, (f"{scored_in}s",)),
        articles=corpus.metadata,
        stored=corpus_blocks(corpus, sum_tone, engine, items if coverage else unit),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "score_sentiment",
            "method": engine.name,
            **engine.about(),
            "unit": unit,
            "items": items,
            "scale": {} if coverage else dict(zip(names, engine.scale, strict=False)),
        },
    )


def sum_tone(part: Part, view: View, engine: Engine, what: str):
    """Sum an engine's scores over the units of each row; for `corpus_blocks`.

    `what` is a unit of `score_sentiment`, or "coverage".
    """
    tone = engine.tone(part, view, "article" if what == "article" else "sentence")
    scored = tone.known > 0
    if what == "word":
        sums = [_by_row(tone.rows, column, len(part)) for column in tone.values.T]
        words = part.totals(view).astype(float)
        return sparse.csr_array(np.column_stack(sums)), words[:, None]
    if what == "coverage":
        values = np.column_stack([scored, tone.known]).astype(np.int64)
        exposure = np.column_stack([np.ones_like(tone.words), tone.words])
    elif what == "article":
        values, exposure = tone.values, np.ones((len(scored), 1))
    else:
        every = np.column_stack([scored, np.ones_like(scored)])
        own = what == "sentence"
        values = np.where(scored[:, None], tone.values, 0.0) if own else tone.values
        exposure = every if own else every[:, ::-1]
    sums = [_by_row(tone.rows, column, len(part)) for column in values.T]
    totals = [_by_row(tone.rows, column, len(part)) for column in exposure.T]
    sums = np.column_stack(sums).astype(values.dtype)
    return sparse.csr_array(sums), np.column_stack(totals)


def _by_row(rows: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    return np.bincount(rows, values, size)
