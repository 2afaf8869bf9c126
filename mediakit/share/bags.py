"""Which row of a derived corpus an article goes to, or why it goes to none.

Long articles are rows of their own; short ones, as headlines, are pooled into bags
large enough that no single one can be read out of them.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError

MIN_WORDS = 50
MIN_BAG = 20
WITHHELD = ("empty", "repeat", "undated", "short", "small bag")
PERIODS = ("day", "month", "year")
BAG = ["published", "period"]


@dataclass(frozen=True)
class Plan:
    """`row` of each article (-1: withheld), its `reason`, and the table of rows."""

    row: np.ndarray
    reason: np.ndarray
    rows: pd.DataFrame


def plan_rows(
    articles: pd.DataFrame, words: np.ndarray, content, *, bag: str, by: list[str]
) -> Plan:
    """Decide for each article whether and where it is counted.

    Parameters
    ----------
    articles : DataFrame
        outlet, published, published_precision, the columns in `by` and, where bags
        are wider than a day, period ("month" or "year").
    words : int array
        Words of each article.
    content : sequence of str
        What was counted: equal for repeats.
    bag : str
        "article": one row each, from 50 words on; the same content in one outlet
        counts once. Otherwise one row per outlet, values of `by` and period; the
        same content on one day counts once; days below 20 articles are pooled into
        their week.
    by : list of str
        Columns that are never mixed in a bag.

    Returns
    -------
    Plan
        Its rows have outlet, the columns in `by`, published (first day), for bags
        period ("day", "week", "month" or "year"), n_articles, published_precision.
    """
    keys = ["outlet", *by]
    frame = _dated(articles, keys).assign(content=[*content], words=words)
    repeats = ["content"] if bag == "article" else ["content", "published"]
    reason = pd.Series("", index=frame.index, dtype=object)
    reason[_repeated(frame, [*keys, *repeats])] = "repeat"
    reason[frame["words"] == 0] = "empty"
    if bag == "article":
        reason[(frame["words"] < MIN_WORDS) & (reason == "")] = "short"
        rows = frame[reason == ""].assign(n_articles=1)
        numbers = np.arange(len(rows))
    else:
        reason[frame["published"].isna() & (reason == "")] = "undated"
        kept = _pool_small_days(_floored(frame[reason == ""]), keys)
        groups = kept.groupby([*keys, *BAG], dropna=False)["words"]
        small = (groups.transform("size") < MIN_BAG) | (
            groups.transform("sum") < MIN_WORDS
        )
        reason[small.index[small]] = "small bag"
        groups = kept[~small].groupby([*keys, *BAG], dropna=False)
        rows = groups.size().rename("n_articles").reset_index()
        numbers = groups.ngroup().to_numpy()
    row = np.full(len(frame), -1)
    row[reason == ""] = numbers
    columns = [*keys, *BAG, "n_articles"]
    table = _with_precision(rows[columns])
    if bag == "article":
        table = table.drop(columns="period")
    return Plan(row, reason.to_numpy(), table)


def _dated(articles: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    frame = articles[[*keys, "published"]].reset_index(drop=True)
    frame["published"] = frame["published"].dt.floor("D")
    coarse = articles["published_precision"].isin(["month", "year"]).to_numpy()
    period = articles["period"] if "period" in articles else "day"
    frame["period"] = np.where(coarse, articles["published_precision"], period)
    unknown = set(frame["period"]) - set(PERIODS)
    if unknown:
        raise MediakitError(
            f"the column `period` must hold one of {list(PERIODS)}, got "
            f"{sorted(map(str, unknown))}; it says what a bag spans."
        )
    return frame


def _repeated(frame: pd.DataFrame, same: list[str]) -> np.ndarray:
    """Mark all but the first published of the same content."""
    first = frame.sort_values("published", kind="stable").drop_duplicates(same).index
    return ~frame.index.isin(first)


def _floored(frame: pd.DataFrame) -> pd.DataFrame:
    dates, period = frame["published"].dt, frame["period"]
    past = np.select(
        [period == "month", period == "year"], [dates.day - 1, dates.day_of_year - 1]
    )
    first = frame["published"] - pd.to_timedelta(past, unit="D")
    return frame.assign(published=first)


def _pool_small_days(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Move days below 20 articles into a bag of their week.

    Where a week's small days stay below 20 together, its smallest other day joins.
    """
    weekday = pd.to_timedelta(frame["published"].dt.day_of_week, unit="D")
    frame = frame.assign(week=frame["published"] - weekday)
    daily = frame[frame["period"] == "day"]
    days = daily.groupby([*keys, "week", "published"], dropna=False)
    sizes = days["words"].transform("size")
    small = sizes < MIN_BAG
    weeks = daily.assign(size=sizes, small=small).groupby([*keys, "week"], dropna=False)
    moved = []
    for _, week in weeks:
        pooled = week[week["small"]]
        if 0 < len(pooled) < MIN_BAG:
            others = week[~week["small"]].sort_values(["size", "published"])
            next_day = others["published"].head(1)
            pooled = week[week["small"] | week["published"].isin(next_day)]
        moved.extend(pooled.index)
    frame.loc[moved, "published"] = frame.loc[moved, "week"]
    frame.loc[moved, "period"] = "week"
    return frame.drop(columns="week")


def _with_precision(rows: pd.DataFrame) -> pd.DataFrame:
    precision = rows["period"].replace("week", "day").where(rows["published"].notna())
    return rows.assign(published_precision=precision).reset_index(drop=True)
