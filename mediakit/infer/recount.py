"""Count an item anew in a corpus that was cut, folded or viewed in another way."""

from dataclasses import replace

import pandas as pd
from nltk.tokenize import RegexpTokenizer

from mediakit.errors import MediakitError
from mediakit.measure.agency import count_agency
from mediakit.measure.measure import Measure
from mediakit.measure.naming import count_naming
from mediakit.measure.patterns import count_patterns
from mediakit.measure.terms import count_terms
from mediakit.measure.voices import count_voices
from mediakit.text.corpus import Corpus
from mediakit.text.dictionary import LEVEL, Dictionary
from mediakit.text.layers import mark_quotations
from mediakit.text.tokenize import tokenize
from mediakit.text.vocabulary import fold_vocabulary
from mediakit.text.words import WORDS_RULES

FOLDS = ("lower", "stem", "lemma")
RUNS = r"\w+"


class UnaskedError(MediakitError):
    """Why something cannot be counted anew, and what would be needed."""


def check_view(measure: Measure, corpus: Corpus) -> None:
    """Raise if the corpus is seen in another view than the measure was counted in."""
    counted, shown = measure.provenance.get("view"), str(corpus.view)
    if counted != shown:
        raise UnaskedError(
            f"The measure is of the view {counted!r} and the corpus is in the view "
            f"{shown!r}; give the corpus in the view that was counted."
        )


def other_tokenizer(corpus: Corpus) -> tuple[Corpus, str]:
    """Return the corpus cut into words in another way, and which way."""
    if corpus.counts_only:
        raise UnaskedError("Words cannot be cut anew: the corpus holds counts only.")
    unknown = [name for _, name in corpus.view.steps if name != "quotation"]
    if unknown:
        raise UnaskedError(
            f"The corpus is seen through the layer {unknown[0]!r}, which would have to "
            "be marked anew; tokenize, mark and count it with another tokenizer, and "
            "compare."
        )
    rules = corpus.tokenizer != WORDS_RULES
    cut = tokenize(
        corpus.articles,
        tokenizer="words" if rules else RegexpTokenizer(RUNS),
        language=corpus.language,
    )
    if corpus.view.steps:
        cut = mark_quotations(cut)
    said = "mediakit cuts them" if rules else "runs of letters and digits"
    return replace(cut, view=corpus.view), said


def count_again(
    measure: Measure, item: str, corpus: Corpus, *, fold: str | None = None
) -> Measure:
    """Count one item of a measure in another corpus, by the verb that made it.

    Parameters
    ----------
    measure : Measure
        Made by `count_terms`, `count_patterns`, `count_naming`, `count_voices` or
        `count_agency`.
    item : str
        One of its items.
    corpus : Corpus
        Of the same articles.
    fold : {"lower", "stem", "lemma"}, optional
        For `count_terms`; by default as the measure was folded.

    Raises
    ------
    UnaskedError
        If the measure does not say how it was made, or the corpus lacks the item.
    """
    made = measure.provenance
    counters = {
        "count_terms": _terms,
        "count_patterns": _patterns,
        "count_naming": _naming,
        "count_voices": _voices,
        "count_agency": _agency,
    }
    verb = made.get("made_by")
    if verb not in counters:
        raise UnaskedError(
            f"A measure made by {verb or 'hand'} does not hold how to count it again; "
            "count the other corpus yourself, and compare."
        )
    return counters[verb](measure, item, corpus, fold)


def folded(item: str, fold: str, language: str) -> str:
    """Return what an item is called when words are folded so."""
    return fold_vocabulary([item], fold, language=language)[0][0]


def _terms(measure, item, corpus, fold) -> Measure:
    fold = fold or measure.provenance["fold"]
    if fold is not None and fold not in FOLDS:
        raise UnaskedError("Words were folded by a rule of your own; count them again.")
    name = item if fold is None else folded(item, fold, corpus.language)
    counted = count_terms(corpus, fold=fold)
    if name not in set(counted.items["item"]):
        raise UnaskedError(f"So cut or folded, the corpus has no word {name!r}.")
    return counted.only_items([name])


def _patterns(measure, item, corpus, fold) -> Measure:
    made = measure.provenance
    return count_patterns(corpus, {item: made["patterns"][item]}, bounds=made["bounds"])


def _naming(measure, item, corpus, fold) -> Measure:
    made = measure.provenance
    concept = measure.items.set_index("item").loc[item, "concept"]
    rows = [
        (name, pattern)
        for name, patterns in made["labels"].items()
        for pattern in patterns
        if name.rpartition(LEVEL)[0] == concept
    ]
    entries = pd.DataFrame(rows, columns=["category", "pattern"]).assign(weight=1.0)
    rivals = Dictionary("naming", entries, exclude=tuple(made["exclude"]))
    counted = count_naming(corpus, rivals)
    label = item.removesuffix(f" ({concept})")
    named = item if item in set(counted.items["item"]) else label
    return counted.only_items([named])


def _voices(measure, item, corpus, fold) -> Measure:
    made = measure.provenance
    _check_lists(made)
    if str(corpus.view) != made["view"]:
        raise UnaskedError("Voices are counted in quotations, not outside of them.")
    counted = count_voices(corpus, of=made["of"], home=made["home"])
    return counted.only_items([item])


def _agency(measure, item, corpus, fold) -> Measure:
    made = measure.provenance
    _check_lists(made)
    counted = count_agency(corpus, per=made["per"])
    if item not in set(counted.items["item"]):
        raise UnaskedError(f"So cut, the corpus has no {item!r}.")
    return counted.only_items([item])


def _check_lists(made: dict) -> None:
    """Raise if words of the user's own decided, which the measure does not hold."""
    if made["own_lists"]:
        raise UnaskedError(
            f"Your own {' and '.join(made['own_lists'])} are not held by the measure; "
            "count the other corpus yourself, and compare."
        )
