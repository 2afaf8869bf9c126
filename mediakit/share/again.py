"""Measures made again on other articles, from what they say of themselves."""

import warnings
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.folders import read_content
from mediakit.measure.collocates import count_collocates
from mediakit.measure.measure import Measure
from mediakit.measure.ngrams import count_ngrams
from mediakit.measure.patterns import count_patterns
from mediakit.measure.store import INDEX as MEASURE
from mediakit.measure.terms import count_terms
from mediakit.share.recipes import COUNTED, remake
from mediakit.share.stored import layer_measures
from mediakit.share.verify_files import check_files
from mediakit.text.corpus import Corpus

TOLD = {
    "count_terms": COUNTED,
    "count_patterns": ("bounds",),
    "count_ngrams": ("n", "fold", "stopwords", "min_articles"),
    "count_collocates": ("bounds", "fold", "min_articles"),
}


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
        If the record does not hold how to make it again.
    """
    verb = source.get("made_by", "")
    told = {name: source[name] for name in TOLD.get(verb, ())}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        if verb == "count_terms":
            return count_terms(corpus, **told)
        if verb == "count_patterns":
            return count_patterns(corpus, source["patterns"], **told)
        if verb == "count_ngrams":
            return count_ngrams(corpus, **told)
        if verb == "count_collocates":
            window = tuple(source["window"])
            return count_collocates(corpus, source["node"], window=window, **told)
        if verb in ("layers", "layer_spans") and corpus.layers:
            return layer_measures(corpus)[verb]
    raise MediakitError(
        f"a measure made by {verb or 'hand'} does not hold how it is made; make it "
        "yourself and give it to `mk.derive`."
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
