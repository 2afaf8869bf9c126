"""keep_about: articles about a subject, without those that only mention it.

A search engine finds every article that has the word; a study of a subject that keeps
them all counts what happened to stand beside it.
"""

import numbers

import numpy as np
import pandas as pd

from mediakit.clean.steps import with_step
from mediakit.errors import MediakitError
from mediakit.schema import check_articles
from mediakit.text.passages import find_passages
from mediakit.text.tokenize import tokenize

ADDED = ("about_by", "about_hits")
TO_CODE = 50
PER = 1000
NOT_THERE, IN_PASSING = "without the words asked for", "with a passing mention"


def keep_about(
    articles: pd.DataFrame,
    pattern: str | list[str],
    *,
    lead: int = 100,
    times: int | None = 3,
    rate: float | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Keep the articles about a subject; drop those that mention it in passing.

    An article is kept if the pattern stands in its title, in the first words of its
    text, or often enough in all of it. What was dropped and why is counted and drawn
    by `show_flow`. Whether the rule is right only reading can tell: code the sample.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES, best after `clean_boilerplate`: a list of related headlines names
        subjects that the article is not about.
    pattern : str or list of str
        As in `count_patterns`: words, wildcards ("protest*"), phrases. Of a list any
        will do.
    lead : int, default 100
        How many words of the text, cut at white space, are the lead; 0 for none.
    times : int or None, default 3
        So many hits in title and text are enough; None for no such rule.
    rate : float, optional
        Hits per 1,000 words of title and text that are enough, for long articles that
        name the subject late; by default no such rule.
    seed : int, default 0
        Draws the sample to code.

    Returns
    -------
    DataFrame
        The articles kept, with two columns more: about_by (str, the first rule that
        kept it: "title", "lead", "times" or "rate"); about_hits (int, hits in title
        and text). In ``attrs["mediakit"]["steps"]``: how many were dropped and why,
        how many each rule kept, and "to_code", the `article_id` of up to 50 kept
        articles of each rule, drawn at random, to say by reading whether they are
        about it; and as many of those dropped with a passing mention.

    Raises
    ------
    MediakitError
        If `articles` breaks the schema or was sorted out by this function before, the
        pattern cannot be read, or a parameter is out of range.

    Notes
    -----
    Code some tens of each rule and report the share that is about the subject
    (precision), and of those dropped the share that is not (what the rule loses).
    An article of a corpus that a search chose was chosen by its own words; what it
    was selected by cannot be studied in it. When not to use it: for names that are
    common words, and for subjects that some outlets call by another name: give all
    names, else the outlet that avoids the word drops out.

    Examples
    --------
    >>> import mediakit as mk
    >>> articles = mk.load_sample("strait").articles
    >>> about = mk.keep_about(articles, "ferry")
    >>> len(articles), len(about)
    (185, 10)
    >>> about["about_by"].value_counts().to_dict()
    {'title': 8, 'lead': 2}
    """
    _check(articles, lead, times, rate)
    found = _hits(articles, pattern, lead)
    rules = {
        "title": found["title"] > 0,
        "lead": found["lead"] > 0,
        "times": found["all"] >= times if times is not None else False,
        "rate": found["all"] * PER >= rate * found["words"].clip(lower=1)
        if rate
        else False,
    }
    rules = {name: pd.Series(rows, index=found.index) for name, rows in rules.items()}
    by = pd.Series(np.select(list(rules.values()), list(rules), ""), articles.index)
    passing = (by == "") & (found["all"] > 0)
    kept = articles[by != ""].copy(deep=False)
    kept["about_by"] = by[by != ""].astype("str")
    kept["about_hits"] = found["all"][by != ""].astype("int64")
    strata = {name: articles["article_id"][by == name] for name in rules}
    strata[IN_PASSING] = articles["article_id"][passing]
    return with_step(
        articles,
        kept,
        verb="keep_about",
        dropped={NOT_THERE: (found["all"] == 0).sum(), IN_PASSING: passing.sum()},
        by_rule={name: int((by == name).sum()) for name in rules},
        to_code=_samples(strata, seed),
        parameters={
            "pattern": pattern,
            "lead": lead,
            "times": times,
            "rate": rate,
            "seed": int(seed),
        },
    )


def _hits(articles: pd.DataFrame, pattern, lead: int) -> pd.DataFrame:
    """Return hits in title, lead and both fields, and words, of every article."""
    whole = tokenize(articles)
    leads = articles.assign(text=articles["text"].map(_start(lead), na_action="ignore"))
    places = {
        "title": whole.only("title"),
        "text": whole,
        "lead": tokenize(leads.astype({"text": "str"})),
    }
    found = pd.DataFrame(index=articles.index)
    for name, corpus in places.items():
        hits = find_passages(corpus, pattern, width=0)["article_id"].value_counts()
        found[name] = articles["article_id"].map(hits).fillna(0).astype("int64")
    found["all"] = found["title"] + found["text"]
    found["words"] = whole.totals() + places["title"].totals()
    return found


def _start(lead: int):
    return lambda text: " ".join(text.split(maxsplit=lead)[:lead])


def _samples(strata: dict[str, pd.Series], seed: int) -> dict[str, list[str]]:
    """Draw up to fifty of each stratum, the same whatever the order of the rows."""
    return {
        name: sorted(ids)
        if len(ids) <= TO_CODE
        else sorted(ids.sort_values().sample(TO_CODE, random_state=seed))
        for name, ids in strata.items()
        if len(ids)
    }


def _check(articles, lead, times, rate) -> None:
    check_articles(articles)
    there = [name for name in ADDED if name in articles]
    if there:
        raise MediakitError(
            f"`articles` has {there} already; drop those columns to sort it out anew."
        )
    if not _whole(lead, 0):
        raise MediakitError(f"`lead` must be a number of words from 0, got {lead!r}.")
    if times is not None and not _whole(times, 1):
        raise MediakitError(
            f"`times` must be a number of hits from 1, or None, got {times!r}."
        )
    real = isinstance(rate, numbers.Real) and not isinstance(rate, bool)
    if rate is not None and not (real and rate > 0):
        raise MediakitError(
            f"`rate` must be hits per 1,000 words above 0, or None, got {rate!r}."
        )


def _whole(value, least: int) -> bool:
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    return whole and value >= least
