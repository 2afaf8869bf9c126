"""trend: the rate of every item in every period, gaps and thin periods included.

The dispersion is pooled over an item's periods: one month of twenty articles says too
little about how they vary, and a month without the item nothing at all.
"""

import warnings

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.formulas.intervals import ALPHA
from mediakit.infer.groups import group_codes
from mediakit.infer.periods import CALENDAR, cut_periods, dates
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.rates import notes_on, rate_table
from mediakit.infer.values import did_you_mean
from mediakit.measure.measure import Measure


def trend(
    measure: Measure,
    *,
    by: str | None = None,
    freq: str = "month",
    items: str | list[str] | None = None,
    cluster: str | None = None,
) -> pd.DataFrame:
    """Show how the rate of every item moves from period to period, in every group.

    What you learn: when something was said more, and whether the movement is larger
    than what a handful of articles would make by chance.

    Parameters
    ----------
    measure : Measure
        From ``count_*``, ``score_*`` or `as_measure`; its articles need `published`.
    by : str, optional
        A column of the articles or a preset of the outlet register. By default all
        articles are one group, "all".
    freq : {"day", "week", "month", "quarter", "year"}, default "month"
        Length of a period, in UTC; weeks run from Monday to Sunday.
    items : str or list of str, optional
        Items wanted, in this order; by default all of the measure.
    cluster : str, optional
        A column, "week" or "event_id": articles of a period sharing a value are
        merged before their variation is measured.

    Returns
    -------
    DataFrame
        One row per item, group and period:

        - item, group : str
        - period : first day of the period, datetime64[us] in UTC, without a zone
        - rate, low, high, value, exposure, articles, articles_with : as in
          `summarise`; a period without articles between two with is a row of rate
          NaN and exposure 0, so that a plot shows the gap
        - partial : True if the period begins before the group's first article or
          ends after its last, to the day: keep it out of slopes

        ``attrs["mediakit"]`` holds measure, parameters, versions and notes.

    Raises
    ------
    MediakitError
        If `measure` is not a Measure, it has no dates, a name is unknown, or the
        table would exceed five million rows.

    Warns
    -----
    MediakitWarning
        If articles have no date, or one too coarse for `freq` ("2014" in a month):
        they are in no period. Also if they have no value of `by`.

    Notes
    -----
    Counts and shares have the intervals of `summarise`, with the dispersion phi
    pooled over the periods of a group: the sum of S over the sum of X (shares: of
    N R (1 - R)) in periods of two articles or more. With 5, 20 or 70 New York Times
    articles a period these hold a word's true rate in .93 to .96 of the periods,
    where an interval from each period alone holds it in .12 to .90. Means have each
    period's own jackknife interval, and none in a period of one article.

    Neighbouring periods are tested nowhere here; a line that leaves the band once in
    twenty periods is what chance does. Not for outlets whose archive changed in
    between: a new feed looks like a turn in the news.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> days = pd.to_datetime(["2014-09-03", "2014-09-20", "2014-11-05"], utc=True)
    >>> counts = pd.DataFrame({"published": days, "protest": [1, 0, 4],
    ...                        "words": [400, 600, 500]})
    >>> measure = mk.as_measure(counts, value="protest", exposure="words", unit="word")
    >>> mk.trend(measure)[["period", "rate", "articles", "partial"]]
          period   rate  articles  partial
    0 2014-09-01  0.001         2     True
    1 2014-10-01    NaN         0    False
    2 2014-11-01  0.008         1     True
    """
    check_measure(measure)
    check_choice("freq", freq, CALENDAR)
    items = [items] if isinstance(items, str) else items
    items = None if items is None else list(dict.fromkeys(items))
    columns = None if items is None else item_positions(measure, items)
    groups = group_codes(measure.articles, by)
    undated = undated_notes(measure.articles, freq)
    periods = cut_periods(measure.articles, groups.codes, freq)
    names = pd.Series(groups.names, dtype="str").take(periods.pools)
    labels = pd.DataFrame(
        {"group": names.array, "period": periods.starts, "partial": periods.partial}
    )
    table, bare = rate_table(
        measure,
        periods.cells,
        labels,
        pools=periods.pools,
        cluster=cluster,
        columns=columns,
    )
    table["partial"] = table.pop("partial")
    notes = undated + notes_on(measure, groups, by, table, bare)
    parameters = {"by": by, "freq": freq, "items": items, "cluster": cluster}
    table.attrs["mediakit"] = provenance(
        measure, "trend", parameters | {"alpha": ALPHA}, notes
    )
    return table


def item_positions(measure: Measure, items: list[str]) -> np.ndarray:
    """Return where the named items stand in the measure; raise if one does not."""
    known = pd.Index(measure.items["item"])
    missing = [name for name in items if name not in known]
    if missing:
        raise MediakitError(
            f"{measure.name!r} has no items {missing[:10]}; it has {len(known):,}, "
            f"such as {list(known[:10])}." + did_you_mean(str(missing[0]), known)
        )
    return known.get_indexer(items)


def undated_notes(articles: pd.DataFrame, freq: str, *, stacklevel=3) -> list[str]:
    """Return, and warn of, the articles that no period can hold."""
    placed = dates(articles, freq)
    undated = int(articles["published"].isna().sum())
    coarse = int(placed.isna().sum()) - undated
    if not undated + coarse:
        return []
    note = (
        f"{undated + coarse:,} of {len(articles):,} articles are in no period: "
        f"{undated:,} without a date, {coarse:,} whose date is too coarse for a {freq}."
    )
    warnings.warn(note, MediakitWarning, stacklevel=stacklevel)
    return [note]
