"""The corpora that come with mediakit, and what is known of the constructed one."""

from dataclasses import replace

import pandas as pd

from mediakit.errors import check_choice
from mediakit.resources import folder
from mediakit.schema import complete_articles
from mediakit.text.corpus import Corpus
from mediakit.text.derived import open_derived
from mediakit.text.tokenize import tokenize

DERIVED = ("democracy", "headlines_2022", "kcna")
CONSTRUCTED = "strait"
SAMPLES = (*DERIVED, CONSTRUCTED)
TRUTH = (
    "events",
    "frames",
    "furniture",
    "house_labels",
    "labels",
    "naming",
    "outlets",
    "pages",
    "people",
    "quotations",
    "tone",
)


def load_sample(name: str) -> Corpus:
    """Load a corpus that comes with mediakit, to learn on and to try things out.

    Parameters
    ----------
    name : {"democracy", "headlines_2022", "kcna", "strait"}
        "democracy": China Daily and the New York Times, 2013-15, per article;
        "headlines_2022": Xinhua, CGTN, Global Times, China Daily and the BBC, bags
        of headlines per outlet and day; "kcna": the Korean Central News Agency, bags
        of stories per day 2011-12 and of headlines per month 1997-2014; "strait": a
        constructed corpus with full text, ten outlets of an invented world.

    Returns
    -------
    Corpus
        The first three are real coverage as word counts, without texts, titles or
        order: what needs those says so. "strait" has all of them and a column
        `constructed`; what was planted in it is in `load_truth`. Each folder in
        ``data`` has a data card.

    Raises
    ------
    MediakitError
        If there is no such sample, or its files were changed.

    Examples
    --------
    >>> import mediakit as mk
    >>> sorted(mk.load_sample("democracy").metadata["outlet"].unique())
    ['China Daily', 'New York Times']
    >>> mk.load_sample("strait").metadata["constructed"].all()
    np.True_
    """
    check_choice("name", name, SAMPLES)
    if name != CONSTRUCTED:
        return open_derived(folder("data") / "derived" / name)
    table = pd.read_csv(
        folder("data") / CONSTRUCTED / "constructed_articles.csv",
        dtype={"author": "str", "section": "str"},
        parse_dates=["published"],
    )
    articles = complete_articles(table.assign(published_precision="minute"))
    corpus = tokenize(articles)
    return replace(corpus, provenance={**corpus.provenance, "sample": name})


def load_truth(name: str) -> pd.DataFrame:
    """Load what is known of the constructed corpus "strait", to check a method by.

    Parameters
    ----------
    name : str
        One of

        - "outlets", "people", "events": the invented world;
        - "labels": event, genre and wire group of each article, with origin and edit;
        - "quotations": spans with kind (direct, indirect, scare), speaker, group, cue;
        - "naming": spans of rival labels of a concept, and whether they are quoted;
        - "house_labels": the label planted for each outlet and concept;
        - "furniture": spans of datelines, bylines, captions and the like;
        - "frames", "tone": codes of two coders, unreconciled (see the codebook);
        - "pages": the saved web pages made of thirty articles.

    Returns
    -------
    DataFrame
        `article_id` is that of the corpus; `start` and `end` are characters of the
        article's text.

    Raises
    ------
    MediakitError
        If there is no such table.

    Examples
    --------
    >>> import mediakit as mk
    >>> mk.load_truth("events")["event"].iloc[3]
    'deaths on the Hask Bank'
    """
    check_choice("name", name, TRUTH)
    path = folder("data") / CONSTRUCTED / "truth" / f"constructed_{name}.csv"
    return pd.read_csv(path, keep_default_na=False)
