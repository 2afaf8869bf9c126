"""Dates in UTC, and what a date of coarse precision may not say."""

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.schema import PRECISIONS

FREQUENCIES = ("day", "week", "month", "quarter", "year")


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
    return published.where(~articles["published_precision"].isin(_too_coarse(freq)))


def iso_weeks(articles: pd.DataFrame) -> pd.Series:
    """Return the ISO week of each article as "2013-W07", missing where unknown."""
    published = dates(articles, "week")
    parts = published.dt.isocalendar()
    week = parts["week"].astype("str").str.zfill(2)
    return (parts["year"].astype("str") + "-W" + week).where(published.notna())


def _too_coarse(freq):
    finest_needed = {"day": "day", "week": "day", "month": "month", "quarter": "month"}
    return PRECISIONS[PRECISIONS.index(finest_needed.get(freq, "year")) + 1 :]
