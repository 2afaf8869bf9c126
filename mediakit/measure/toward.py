"""score_toward: how sentences judge those they are about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.measure.blocks import corpus_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.measure.toward_rules import WORD, judge, level
from mediakit.measure.toward_words import TowardWords, words_for
from mediakit.text.about_sentences import Sentence, named_corpus, sentences_about
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.views import View

SCALE = (-1.0, 1.0)


@dataclass(frozen=True)
class Judged:
    """What a sentence says of one whom it names: score, and the words that made it."""

    sentence: Sentence
    actor: int
    score: float
    hits: tuple[tuple[str, float], ...]


def score_toward(
    corpus: Corpus,
    actors: str | Sequence[str] | Mapping[str, Sequence[str]],
    *,
    words: Mapping | str | None = None,
) -> Measure:
    """Score how sentences judge those they are about: against, for, or neither.

    What you learn: whether one who is named stands near words of praise or of blame,
    and on which side of a verb. In "Ruritania condemned Sylvania" the verb is against
    Sylvania; `score_sentiment` gives both the same.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it: ``corpus.without("quotation")`` for the outlet's own voice,
        ``corpus.only("quotation")`` for those it quotes.
    actors : str, list of str, or dict
        As in `mark_about`.
    words : dict or path of a YAML file, optional
        Verbs and words with their weights; by default
        ``data/dictionaries/toward.yaml``. Copy it and edit.

    Returns
    -------
    Measure
        Of kind "mean": an item for each actor, from -1 (against) to 1 (for). The
        exposure of an item are the sentences that name its actor; a sentence without
        a word that judges counts 0. Behind them stand, for each actor, the sentences
        with such a word.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, an actor is unknown, a list cannot be read, or
        the corpus is in another language than the lists.

    Notes
    -----
    A verb says something of who does it and something else of whom it is done to, by
    its place, the passive and "by"; every other word counts by its distance from the
    name (half at 8 words) and less across a clause. Negation turns a word to -0.6 of
    its weight; what the one who is named says to others counts a tenth. Weights are
    those of the lists, and 0.6 of VADER's for other words; their sum x becomes
    ``x / sqrt(x ** 2 + 4)``. Several mentions in a sentence are averaged.

    Against people's codes of sentences of US political news (NewsMTSC; below -0.05
    against, from 0.05 for), on a quarter held back: macro F1 .60 (.58 to .62). VADER of
    the sentence has .53, always saying the commonest class .18, and the model of the
    data's authors, on its own test part, .83. Of articles (PerSenT) .40, VADER's mean
    over sentences .37. ``benchmarks/tone_validity.md`` has all figures.

    When not to use it: on one sentence, or as the opinion of an outlet. `validate` it
    with codes of your own first; read `find_toward`. Pronouns are not followed.

    References
    ----------
    Hamborg and Donnay (2021), NewsMTSC. Hutto and Gilbert (2014), VADER.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "China condemned Japan. It rained."]}))
    >>> toward = mk.score_toward(mk.tokenize(articles), ["China", "Japan"])
    >>> toward.values.toarray().round(2).tolist(), toward.exposure.tolist()
    ([[0.0, -0.8]], [[1.0, 1.0, 0.0, 1.0]])
    """
    lists = words_for(corpus.language, words)
    names, named = named_corpus(corpus, actors)
    return Measure(
        name="targeted tone",
        kind="mean",
        unit="sentence",
        items=pd.DataFrame(
            {
                "item": pd.Series(names, dtype="str"),
                "concept": pd.Series([float("nan")] * len(names), dtype="str"),
                "denominator": np.arange(len(names)),
            }
        ),
        denominators=(
            *(f"sentences about {name}" for name in names),
            *(f"sentences that judge {name}" for name in names),
        ),
        articles=corpus.metadata,
        stored=corpus_blocks(named, sum_toward, lists, len(names)),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "score_toward",
            "actors": list(names),
            "scale": dict.fromkeys(names, SCALE),
            **lists.about(),
        },
    )


def judged(part: Part, view: View, lists: TowardWords) -> Iterator[Judged]:
    """Yield what each sentence of a named corpus' part says of each whom it names."""
    for sentence in sentences_about(part, view):
        found = [one for one in WORD.finditer(sentence.text)]
        starts = np.array([one.start() for one in found])
        shown = np.ones(len(found), bool)
        shown[np.searchsorted(starts, sentence.hidden, side="right") - 1] = False
        kept = np.flatnonzero(shown)
        words = [found[place].group().lower() for place in kept]
        starts = starts[kept]
        for actor in dict.fromkeys(one[0] for one in sentence.names):
            yield _judged(sentence, actor, words, starts, lists)


def _judged(sentence, actor: int, words: list, starts, lists: TowardWords) -> Judged:
    """Judge one who is named: the mean over mentions, names themselves left out."""
    spans = [
        np.searchsorted(starts, [first, last], side="right") - [1, 0]
        for number, first, last in sentence.names
        if number == actor
    ]
    inside = {place for first, after in spans for place in range(first, after)}
    weights: dict[int, float] = {}
    for first, after in spans:
        for place, weight in judge(words, int(first), int(after), lists):
            if place not in inside:
                weights[place] = weights.get(place, 0.0) + weight / len(spans)
    hits = tuple((words[place], weights[place]) for place in sorted(weights))
    return Judged(sentence, actor, level(sum(weights.values())), hits)


def sum_toward(
    part: Part, view: View, lists: TowardWords, size: int
) -> tuple[sparse.csr_array, np.ndarray]:
    """Sum the scores of each actor, and count sentences; for `corpus_blocks`."""
    values = np.zeros((len(part), size))
    exposure = np.zeros((len(part), 2 * size))
    for one in judged(part, view, lists):
        row = one.sentence.row
        values[row, one.actor] += one.score
        exposure[row, one.actor] += 1
        exposure[row, size + one.actor] += bool(one.hits)
    return sparse.csr_array(values), exposure
