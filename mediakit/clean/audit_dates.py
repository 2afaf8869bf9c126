"""What dates can be wrong: impossible, not yet come, after retrieval, all at one time.

A date that is only wrong by a default value makes a peak in any curve over time.
"""

import numpy as np
import pandas as pd

from mediakit.load.register import load_outlets

FIRST_NEWSPAPER = pd.Timestamp("1605-01-01", tz="UTC")
PLACEHOLDERS = pd.DatetimeIndex(
    np.array(
        ["0001-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01"]
        + ["1970-01-01", "1980-01-01"],
        dtype="datetime64[us]",
    )
).tz_localize("UTC")
CLOCK = ("second", "minute", "hour")
COARSE = ("month", "year")
EASTERNMOST = pd.Timedelta(hours=14)
DAY = pd.Timedelta(days=1)
FAR = pd.Timedelta(days=3 * 365)
MOST_AT_ONE_TIME, LEAST_TIMED, LEAST_DATED = 0.5, 10, 20
UNUSABLE = (
    "no date",
    "placeholder date",
    "impossible date",
    "date before the outlet",
    "date in the future",
    "date after retrieval",
    "date far from the outlet's others",
)


def find_dates(articles: pd.DataFrame, outlet: pd.Series, register, today) -> dict:
    """Return for each check of dates the rows it finds, or None if it cannot ask.

    `register` is the row of each article in the register, -1 for none.
    """
    published = articles["published"]
    day = published.dt.floor("D")
    impossible = (published < FIRST_NEWSPAPER) & ~day.isin(PLACEHOLDERS)
    found = {
        "no date": published.isna(),
        "placeholder date": day.isin(PLACEHOLDERS),
        "impossible date": impossible,
        "date before the outlet": _before_outlet(published, register),
        "date in the future": published > today + EASTERNMOST,
        "date after retrieval": None,
        "unreadable retrieval date": None,
    }
    if "retrieved" in articles:
        retrieved = _retrieved(articles["retrieved"])
        found["date after retrieval"] = published > retrieved + EASTERNMOST
        found["unreadable retrieval date"] = (
            articles["retrieved"].notna() & retrieved.isna()
        )
    plausible = published.mask(unusable(found))
    found["date far from the outlet's others"] = _far(plausible, outlet)
    found["one clock time for most"] = _at_one_time(articles, outlet)
    coarse = articles["published_precision"].isin(COARSE)
    found["day of the month not known"] = coarse & published.notna()
    return found


def date_table(articles: pd.DataFrame, outlet: pd.Series, found: dict) -> pd.DataFrame:
    """Return one row per outlet: what dates it has; see `audit_articles`."""
    published, precision = articles["published"], articles["published_precision"]
    clock = precision.isin(CLOCK) & published.notna()
    rows = pd.DataFrame(
        {
            "articles": 1,
            "dated": published.notna(),
            "day_only": published.notna() & (precision == "day"),
            "coarser": published.notna() & precision.isin(COARSE),
            "timed": clock,
            "midnight": clock & (published == published.dt.floor("D")),
        }
    )
    table = rows.groupby(outlet.to_numpy()).sum().astype("int64")
    table["midnight_share"] = table["midnight"] / table["timed"].where(
        table["timed"] > 0
    )
    times = published.where(clock).dt.strftime("%H:%M").groupby(outlet.to_numpy())
    counted = times.value_counts()
    commonest = counted.reset_index(level=1).groupby(level=0).head(1)
    table["commonest_time"] = commonest.iloc[:, 0].reindex(table.index).astype("str")
    share = commonest.iloc[:, 1].reindex(table.index)
    table["commonest_time_share"] = share / table["timed"].where(table["timed"] > 0)
    plausible = published.mask(unusable(found)).groupby(outlet.to_numpy())
    table["first"], table["last"] = plausible.min(), plausible.max()
    return table.rename_axis("outlet").reset_index().astype({"outlet": "str"})


def unusable(found: dict) -> np.ndarray:
    """Return the rows whose date is missing or certainly or probably wrong."""
    asked = [found[name] for name in UNUSABLE if found.get(name) is not None]
    return np.logical_or.reduce(asked)


def _before_outlet(published: pd.Series, register) -> pd.Series:
    founded = pd.to_numeric(load_outlets()["founded"], errors="coerce").to_numpy()
    year = np.where(register >= 0, founded[register], np.nan)
    return (published.dt.year < year) & (published >= FIRST_NEWSPAPER)


def _retrieved(column: pd.Series) -> pd.Series:
    """Return the last moment that a date of retrieval may mean."""
    parsed = pd.to_datetime(column, utc=True, errors="coerce", format="mixed")
    parsed = parsed.astype("datetime64[us, UTC]")
    return parsed.where(parsed != parsed.dt.floor("D"), parsed + DAY)


def _far(published: pd.Series, outlet: pd.Series) -> pd.Series:
    """Find dates three years outside the middle nine tenths of the outlet's dates."""
    stamp = published.astype("int64").where(published.notna()).astype("float64")
    groups = stamp.groupby(outlet.to_numpy())
    low, high = (groups.transform("quantile", q) for q in (0.05, 0.95))
    enough = groups.transform("count") >= LEAST_DATED
    far = FAR / pd.Timedelta(microseconds=1)
    return enough & ((stamp < low - far) | (stamp > high + far))


def _at_one_time(articles: pd.DataFrame, outlet: pd.Series) -> pd.Series:
    """Find dates with a clock time that most of the outlet's articles share."""
    published = articles["published"]
    timed = published.notna() & articles["published_precision"].isin(CLOCK)
    minute = (published.dt.hour * 60 + published.dt.minute).where(timed)
    groups = minute.groupby([outlet.to_numpy(), minute.to_numpy()])
    same = groups.transform("size")
    total = timed.groupby(outlet.to_numpy()).transform("sum")
    return timed & (total >= LEAST_TIMED) & (same > MOST_AT_ONE_TIME * total)
