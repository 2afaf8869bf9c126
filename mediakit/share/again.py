"""Measures made again on other articles, from what they say of themselves."""

import re
import warnings
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.folders import read_content
from mediakit.measure.agency import count_agency
from mediakit.measure.collocates import count_collocates
from mediakit.measure.dictionaries import count_dictionary
from mediakit.measure.measure import Measure
from mediakit.measure.naming import count_naming
from mediakit.measure.ngrams import count_ngrams
from mediakit.measure.patterns import count_patterns
from mediakit.measure.sentiment import score_sentiment
from mediakit.measure.sentiment_engines import METHODS
from mediakit.measure.store import INDEX as MEASURE
from mediakit.measure.terms import count_terms
from mediakit.measure.tones import score_tones
from mediakit.measure.voices import count_voices
from mediakit.share.recipes import COUNTED, as_json, remake
from mediakit.share.stored import layer_measures
from mediakit.share.verify_files import check_files
from mediakit.text.corpus import Corpus
from mediakit.text.dictionary import Dictionary
from mediakit.text.dictionary_shipped import SHIPPED, load_dictionary
from mediakit.text.layers import mark_quotations

VERBS = {
    **{one.__name__: one for one in (count_terms, count_patterns, count_ngrams)},
    **{one.__name__: one for one in (count_collocates, count_dictionary)},
    **{one.__name__: one for one in (count_naming, count_voices, count_agency)},
    **{one.__name__: one for one in (score_sentiment, score_tones)},
}
TOLD = {
    "count_terms": COUNTED,
    "count_patterns": ("patterns", "bounds"),
    "count_ngrams": ("n", "fold", "stopwords", "min_articles"),
    "count_collocates": ("node", "window", "bounds", "fold", "min_articles"),
    "count_dictionary": ("unit", "items"),
    "count_naming": (),
    "count_voices": ("of", "home"),
    "count_agency": ("per",),
    "score_sentiment": ("method", "unit", "items"),
    "score_tones": ("methods", "without"),
}
INSTRUMENT = re.compile("sha256|^methods$|^vader|^textblob")


def counted(source: dict, corpus: Corpus) -> Measure:
    """Make a measure by the verb, and with the parameters, that its record names.

    Parameters
    ----------
    source : dict
        ``measure.provenance``, or "source" in the record of a table.
    corpus : Corpus
        What to measure.

    Raises
    ------
    MediakitError
        If the record does not hold how to make it again, or a list of words or a
        library of tone is another one now.
    """
    verb = source.get("made_by", "")
    if verb in ("layers", "layer_spans") and corpus.layers:
        return layer_measures(corpus)[verb]
    if verb not in VERBS or source.get("own_lists"):
        raise MediakitError(
            f"a measure made by {verb or 'hand'} does not hold how it is made; make it "
            "yourself and give it to `mk.derive`."
        )
    told = {name: source[name] for name in TOLD[verb]}
    corpus = _seen(corpus, source.get("view"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        if verb == "count_collocates":
            told["window"] = tuple(told["window"])
        if verb in ("count_dictionary", "count_naming"):
            measure = VERBS[verb](corpus, _shipped(source["dictionary"]), **told)
        elif verb == "score_tones":
            methods = [_instrument(name) for name in told.pop("methods")]
            measure = score_tones(corpus, methods=methods, **told)
        elif verb == "score_sentiment":
            method = _instrument(told.pop("method"))
            measure = score_sentiment(corpus, method=method, **told)
        else:
            measure = VERBS[verb](corpus, **told)
    _check_instrument(source, measure)
    return measure


def _seen(corpus: Corpus, view: str | None) -> Corpus:
    """Return the corpus in the view that was counted."""
    if view in (None, str(corpus.view)):
        return corpus
    marked = mark_quotations(corpus)
    for field in ("text", "title"):
        whole = marked.only(field)
        for one in (whole, whole.only("quotation"), whole.without("quotation")):
            if str(one.view) == view:
                return one
    raise MediakitError(
        f"a measure was counted in the view {view!r}, whose layers are not in its "
        "record; make it yourself and give it to `mk.derive`."
    )


def _instrument(name: str):
    return name if name in METHODS else _shipped(name)


def _shipped(name: str) -> Dictionary:
    if name not in SHIPPED:
        raise MediakitError(
            f"the words of your dictionary {name!r} are not in the record of its "
            "table; count it yourself and give it to `mk.derive`."
        )
    return load_dictionary(name)


def _check_instrument(source: dict, measure: Measure) -> None:
    """Raise if lists or libraries are others than when the record was made."""
    now = as_json(measure.provenance)
    then = as_json(source)
    asked = [name for name in then if INSTRUMENT.search(name)]
    other = [name for name in asked if then[name] != now.get(name)]
    if other:
        raise MediakitError(
            f"{source['made_by']} cannot be repeated here: {', '.join(other)} of its "
            "record are not those of this mediakit and its libraries."
        )


def replicate(corpus: Corpus, folder) -> dict[str, pd.DataFrame]:
    """Ask the questions of a derived corpus of a new sample: level 3.

    What you learn: whether a finding is one of those articles only. The protocol, that
    is the measures, sides, tests, parameters and seeds, is taken from the package.

    Parameters
    ----------
    corpus : Corpus
        The new sample, with the columns that the tables compare by.
    folder : path
        What `derive` wrote of the first sample, with tables.

    Returns
    -------
    dict of str to DataFrame
        Every table of the package, made of the new corpus, by the name of its file.

    Raises
    ------
    MediakitError
        If the package is not whole, holds no tables, or a measure cannot be made
        again.

    Notes
    -----
    The items are those the first study asked for; of all words, those of the new
    sample. Do not use it to confirm a finding with articles that the first study saw.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd, tempfile
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"] * 24, "text": [
    ...     f"peace {'talks ' * n}" for n in range(60, 108)]}))
    >>> first, second = mk.tokenize(articles).split(seed=1)
    >>> table = mk.compare(mk.count_terms(first), by="outlet", a="A", b="B")
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = mk.derive(first, f"{place}/talks", tables={"words": table})
    ...     mk.replicate(second, f"{place}/talks")["words"]["articles_a"].tolist()
    [14, 14]
    """
    folder = Path(folder)
    lines, package = check_files(folder)
    wrong = [f"{check}: {said}" for check, ok, said in lines if not ok]
    recipes = package.get("mediakit", {}).get("tables", [])
    if wrong or not recipes:
        said = "; ".join(wrong) or "it holds no tables"
        raise MediakitError(f"{str(folder)!r} cannot be repeated: {said}.")
    return {Path(one["file"]).stem: _repeated(one, corpus, folder) for one in recipes}


def _repeated(recipe: dict, corpus: Corpus, folder: Path) -> pd.DataFrame:
    name = recipe["measure"]
    if not isinstance(name, str):
        return remake(recipe, corpus)
    source = read_content(folder / "measures" / name / MEASURE)["provenance"]
    return remake(recipe, corpus, measure=counted(source, corpus))
