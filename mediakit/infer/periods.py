"""Dates and periods in UTC, and what a date of coarse precision may not say."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.infer.provenance import check_size
from mediakit.schema import PRECISIONS

CALENDAR = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
COARSEST = {"day": "day", "week": "day", "month": "month", "quarter": "month"}
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Periods:
    """Groups cut into periods of equal name, from each group's first to its last.

    `cells` is the cell of each article (-1 outside); `pools`, `starts` and
    `partial` are the group, the first day and the partiality of each cell.
    """

    cells: np.ndarray
    pools: np.ndarray
    starts: pd.DatetimeIndex
    partial: np.ndarray


def dates(articles: pd.DataFrame, freq: str = "day") -> pd.Series:
    """Return when each article appeared, in UTC without zone, to place it in a `freq`.

    Missing where the date is missing, or less precise than a day for days and weeks,
    than a month for months and quarters. Raises if there are no dates at all.
    """
    published = articles.get("published")
    if published is None or not pd.api.types.is_datetime64_any_dtype(published):
        found = "missing" if published is None else f"of dtype {published.dtype}"
        raise MediakitError(
            f"the column `published` must hold dates, but it is {found}; "
            "read the articles with `mk.read_articles` or use `pd.to_datetime`."
        )
    if published.dt.tz is not None:
        published = published.dt.tz_convert("UTC").dt.tz_localize(None)
    if "published_precision" not in articles:
        return published
    coarsest = PRECISIONS.index(COARSEST.get(freq, "year"))
    too_coarse = articles["published_precision"].isin(PRECISIONS[coarsest + 1 :])
    return published.where(~too_coarse)


def iso_weeks(articles: pd.DataFrame) -> pd.Series:
    """Return the ISO week of each article as "2013-W07", missing where unknown."""
    published = dates(articles, "week")
    parts = published.dt.isocalendar()
    week = parts["week"].astype("str").str.zfill(2)
    return (parts["year"].astype("str") + "-W" + week).where(published.notna())


def cut_periods(articles: pd.DataFrame, codes: np.ndarray, freq: str) -> Periods:
    """Cut groups into periods, without a hole between a group's first and last.

    A period is partial if it begins before the day of the group's first article or
    ends after the day of its last; an article dated by the month covers the month.

    Parameters
    ----------
    articles : DataFrame
        One row per article.
    codes : int array, one per article
        Group of each article; -1 is outside.
    freq : str
        A key of CALENDAR.

    Returns
    -------
    Periods
        Articles in no group, or whose date is too coarse for `freq`, are outside.
    """
    published = dates(articles, freq)
    inside = (codes >= 0) & published.notna().to_numpy()
    groups = codes[inside]
    numbers = pd.PeriodIndex(published[inside], freq=CALENDAR[freq]).asi8
    count = int(codes.max(initial=-1)) + 1
    first, last = _range(numbers, numbers, groups, count)
    lengths = np.maximum(last - first + 1, 0)
    check_size(int(lengths.sum()))
    offsets = np.cumsum(lengths) - lengths
    pools = np.repeat(np.arange(count), lengths)
    cells = np.full(len(codes), -1, np.int64)
    cells[inside] = offsets[groups] + numbers - first[groups]
    periods = pd.PeriodIndex.from_ordinals(
        np.arange(len(pools)) - offsets[pools] + first[pools], freq=CALENDAR[freq]
    )
    opened, closed = _range(*_days(articles, published, inside), groups, count)
    starts = periods.start_time.as_unit("us")
    ends = periods.end_time.to_numpy().astype("datetime64[D]").astype(np.int64)
    begins = starts.to_numpy().astype("datetime64[D]").astype(np.int64)
    partial = (begins < opened[pools]) | (ends > closed[pools])
    return Periods(cells, pools, starts, partial)


def _range(low, high, groups, count):
    """Return each group's smallest `low` and largest `high`; empty: high < low."""
    limits = np.iinfo(np.int64)
    first = np.full(count, limits.max // 2)
    last = np.full(count, limits.min // 2)
    np.minimum.at(first, groups, low)
    np.maximum.at(last, groups, high)
    return first, last


def _days(articles, published, inside):
    """Return the first and last day, since 1970, that each date may stand for."""
    exact = published[inside].to_numpy().astype("datetime64[D]")
    first, last = exact, exact
    if "published_precision" in articles:
        precision = articles["published_precision"][inside].to_numpy()
        for name, unit in (("month", "M"), ("year", "Y")):
            wide = exact.astype(f"datetime64[{unit}]")
            coarse = precision == name
            first = np.where(coarse, wide.astype("datetime64[D]"), first)
            after = (wide + np.timedelta64(1, unit)).astype("datetime64[D]")
            last = np.where(coarse, after - DAY, last)
    return first.astype(np.int64), last.astype(np.int64)
