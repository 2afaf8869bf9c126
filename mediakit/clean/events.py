"""label_events: which articles report the same event, in whatever outlet.

Ten reports of one event are not ten independent ones, and what an outlet leaves out
can only be seen in what the others have.
"""

import numbers
import platform
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd

from mediakit.clean.events_groups import group_units
from mediakit.clean.events_threshold import CHANCE, Threshold, chance_threshold
from mediakit.clean.events_units import (
    as_their_copies,
    averages,
    given_events,
    in_time,
    known_events,
    likeness,
    named,
    text_units,
)
from mediakit.clean.events_words import LEAD_WORDS, word_vectors
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.schema import check_articles

HALF = 0.5


def label_events(
    articles: pd.DataFrame, *, days: float = 3, threshold: float | None = None
) -> pd.DataFrame:
    """Put together the articles that report one event, across outlets.

    Afterwards `compare` takes the event for the unit of evidence, `count_coverage`
    asks who covered it, and outlets can be compared on the same events.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES, best with the column `duplicate_group` of `label_duplicates`: copies
        of one text then count once. A column `event_id` is kept where it has a value:
        articles without one join these events or form new ones, so that a collection
        can grow without renaming.
    days : float, default 3
        Articles published more than so many days apart count as unlike.
    threshold : float, optional
        How alike an article must be, on average, to all articles of the event: a
        cosine above 0 and at most 1. By default it is found from the articles
        themselves, see the Notes.

    Returns
    -------
    DataFrame
        The rows of `articles` with two columns added, or filled: event_id (str,
        `article_id` of the event's first article; missing for articles without a date
        or without a word) and event_likeness (float, average likeness to the event's
        other articles; NaN where there is none). Read the events of low likeness first.
        ``attrs["mediakit"]["events"]`` has parameters, threshold and counts.

    Raises
    ------
    MediakitError
        If `articles` breaks the schema or a parameter is out of range.

    Warns
    -----
    MediakitWarning
        If articles have no date (to the day) or no word; if there are too few
        articles weeks apart to find a threshold (0.1 is then taken); or if less than
        half of the pairs that are alike beyond chance reach the threshold, as where
        one long story fills the news.

    Notes
    -----
    Likeness is the cosine of word weights (1 + ln uses) ln((articles + 1) / articles
    with the word) in the title, counted twice, and the first 150 words; names count
    1.3 times. Day by day, groups are put together by the highest average likeness
    (Sokal and Michener 1958), articles out of reach counting as 0; earlier events
    take in articles but never merge. The order of the rows is irrelevant.

    The threshold is the least likeness that is at most three tenths as common among
    articles weeks apart, which cannot report one event, as among articles within
    `days`. That rule and the numbers above were chosen on half of the events of
    "strait" and on three weeks of American news. On what was held out (B-cubed F1; in
    brackets if each article stood alone): the other half of "strait" .91 (.13); four
    weeks of seven American outlets, labelled by hand, .93 (.89), where of the pairs
    put together .78 were right and of the true ones 14 of 30 were found, by event .67;
    the coded phrases of NewsWCL50, put on one day, .95 (.33). The most similar article
    was of the same event for .87, .86 and 1.00 of the articles that share one.

    **When not to use it: where one long story fills the news**, as a campaign or a war
    does. Twelve more American weeks of 2015-16, of primaries and debates, were labelled
    after all of this was fixed: 14 of 51 true pairs were found and 14 of 38 put
    together were right, B-cubed F1 .92 (.94): articles are better left alone there.
    The words do not tell: the pairs put together wrongly are more alike (median .14)
    than the true ones that were missed (.06). Wrong are the eve of a vote and its
    result, missed are the winner's evening and the loser's. No threshold, weight of
    names or of titles, or length read that was tried on half of those weeks did better
    (what is gained in right pairs is lost threefold in wrong ones), nor on the older
    labels another number of days, or weights by how rare a word is in those weeks.
    Such news can be told: of the near pairs alike beyond chance, and half as alike as
    the threshold or more, only a part reaches it ("reach" in the record), .40 in those
    American years, .98 in "strait". Below one half there is a warning.

    Nor on headlines (3 % of the pairs of those American weeks were found, B-cubed F1
    .64 in "strait"), on bags of words per day, where dates of publication are wrong, or
    across languages: the match is of words. So read before you rely on it: an "event"
    may be two, or half of one, and a long story falls into several.

    References
    ----------
    Sokal and Michener (1958), University of Kansas Science Bulletin 38: 1409-1438.
    Bagga and Baldwin (1998), Algorithms for scoring coreference chains, LREC.

    Examples
    --------
    >>> import mediakit as mk
    >>> articles = mk.load_sample("strait").articles
    >>> labelled = label_events(articles).set_index("article_id")
    >>> labelled.loc[["e09-kelta-1", "e09-skerry-1"], "event_id"].tolist()
    ['e09-kelta-1', 'e09-kelta-1']
    """
    _check(articles, days, threshold)
    ids = articles["article_id"].to_numpy(str)
    given = given_events(articles)
    day, order = in_time(articles, ids)
    vectors, has_words = word_vectors(articles.iloc[order])
    order, vectors = order[has_words], vectors[has_words]
    unit, first = text_units(articles, ids, order)
    merged = averages(vectors, unit, len(first))
    now = day[order[first]]
    found = Threshold(threshold, False, 0, 0)
    if threshold is None:
        found = chance_threshold(merged, now, days)
    names, known = known_events(given[order], unit, len(first))
    limits = {"days": days, "threshold": found.threshold}
    event = group_units(merged, now, known=known, **limits)[unit]
    labels = given.copy()
    labels[order] = named(event, names, ids[order], given)
    labels = np.where(pd.isna(given), labels, given)
    labels = as_their_copies(articles, labels)
    out = articles.copy(deep=False)
    out["event_id"] = pd.Series(labels, index=articles.index, dtype="str")
    alike = np.full(len(ids), np.nan)
    alike[order] = likeness(vectors, labels[order])
    out["event_likeness"] = alike
    record = _record(articles, out, day, order, days, found)
    out.attrs["mediakit"] = {**out.attrs.get("mediakit", {}), "events": record}
    _warn(record, threshold)
    return out


def _check(articles, days, threshold) -> None:
    check_articles(articles)
    if not _is_number(days) or not 0 <= days < np.inf:
        raise MediakitError(
            f"`days` must be a number from 0 on, got {days!r}; 3 means that reports "
            "up to three days apart can be of one event."
        )
    if threshold is not None and (not _is_number(threshold) or not 0 < threshold <= 1):
        raise MediakitError(
            f"`threshold` must lie above 0 and at most at 1, got {threshold!r}; leave "
            "it out to find it from the articles."
        )


def _is_number(value) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _record(articles, out, day, order, days, found: Threshold) -> dict:
    """Return what was done and found, plain enough for JSON."""
    sizes = out["event_id"].value_counts()
    undated = int(np.isnan(day).sum())
    return {
        "verb": "label_events",
        "parameters": {"days": days, "lead_words": LEAD_WORDS, "chance": CHANCE},
        **found.record(),
        "articles": len(out),
        "events": len(sizes),
        "events of several articles": int((sizes > 1).sum()),
        "kept": int((given_events(articles) == given_events(articles)).sum()),
        "undated": undated,
        "without words": len(out) - undated - len(order),
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("mediakit", "numpy", "pandas", "scipy")},
    }


def _warn(record: dict, threshold) -> None:
    lost = record["undated"], record["without words"]
    if any(lost):
        warnings.warn(
            f"{lost[0]:,} of {record['articles']:,} articles have no date to the day "
            f"and {lost[1]:,} no word; they were not matched. Those that are no copies "
            "of others have no `event_id` unless they had one.",
            MediakitWarning,
            stacklevel=3,
        )
    if record["reach"] is not None and record["reach"] < HALF:
        warnings.warn(
            f"of the pairs of articles within {record['parameters']['days']:g} days "
            f"that are alike beyond chance only {record['reach']:.0%} reach the "
            f"threshold {record['threshold']}: long stories may fill these days, whose "
            "events words cannot tell apart. In such news (an American election) 30 of "
            "86 true pairs of articles were found, and 30 of 59 that were put together "
            "were right. Read events before you count on them, or label by hand.",
            MediakitWarning,
            stacklevel=3,
        )
    if threshold is None and record["articles"] and not record["calibrated"]:
        warnings.warn(
            "too few articles lie weeks apart to see how alike articles are by "
            f"chance; the usual threshold {record['threshold']} was taken. Give "
            "`threshold` and read some events to judge it.",
            MediakitWarning,
            stacklevel=3,
        )
