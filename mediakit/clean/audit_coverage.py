"""How many articles each outlet has in each ISO week, and where weeks are missing.

A hole in the collection looks like silence of the outlet.
"""

import numpy as np
import pandas as pd

GAP_EXPECTED = 5
WEEK = pd.Timedelta(days=7)
MONTHS = {
    "outlet": "str",
    "month": "str",
    "month_start": "datetime64[us, UTC]",
    "articles": "int64",
}
GAPS = ("outlet", "from_week", "to_week", "weeks", "expected")


def coverage(published: pd.Series, outlet: pd.Series) -> pd.DataFrame:
    """Return one row per outlet and week, from its first to its last week.

    `published` holds plausible dates only. Weeks are ISO weeks in UTC.
    """
    dated = published.notna()
    name, monday = outlet[dated], _monday(published[dated])
    counts = monday.groupby([name.to_numpy(), monday.to_numpy()]).size()
    parts = []
    for one, weeks in counts.groupby(level=0):
        weeks = weeks.droplevel(0)
        every = pd.date_range(weeks.index[0], weeks.index[-1], freq=WEEK)
        filled = weeks.reindex(every, fill_value=0)
        parts.append(
            pd.DataFrame({"outlet": one, "week_start": every, "articles": filled.array})
        )
    columns = {"outlet": "str", "week_start": "datetime64[us]", "articles": "int64"}
    empty = pd.DataFrame(columns=list(columns))
    table = pd.concat(parts, ignore_index=True) if parts else empty
    table = table.astype(columns)
    table.insert(1, "week", _iso(table["week_start"]))
    table["week_start"] = table["week_start"].dt.tz_localize("UTC")
    return table


def months(published: pd.Series, outlet: pd.Series) -> pd.DataFrame:
    """Return one row per outlet and month, from its first to its last month."""
    dated = published.notna()
    month = published[dated].dt.tz_localize(None).dt.to_period("M")
    counts = month.groupby([outlet[dated].to_numpy(), month.array]).size()
    parts = []
    for one, filled in counts.groupby(level=0):
        filled = filled.droplevel(0)
        every = pd.period_range(filled.index[0], filled.index[-1], freq="M")
        filled = filled.reindex(every, fill_value=0)
        start = every.to_timestamp().tz_localize("UTC").as_unit("us")
        named = {"outlet": one, "month": every.astype("str"), "month_start": start}
        parts.append(pd.DataFrame({**named, "articles": filled.array}))
    table = pd.concat(parts) if parts else pd.DataFrame(columns=[*MONTHS])
    return table.astype(MONTHS).reset_index(drop=True)


def gaps(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return runs of empty weeks in which the outlet's own pace promises articles."""
    empty = weeks["articles"] == 0
    change = (empty != empty.shift()) | (weeks["outlet"] != weeks["outlet"].shift())
    run = change.cumsum()[empty]
    groups = weeks.groupby("outlet")["articles"]
    span, total = (groups.transform(how)[empty] for how in ("size", "sum"))
    holes = weeks[empty].groupby(run)
    size = holes.size()
    table = pd.DataFrame(
        {
            "outlet": holes["outlet"].first(),
            "from_week": holes["week"].first(),
            "to_week": holes["week"].last(),
            "weeks": size,
        }
    )
    table["expected"] = size * (total / span).groupby(run).first()
    kinds = dict.fromkeys(["outlet", "from_week", "to_week"], "str")
    table = table.astype({**kinds, "weeks": "int64", "expected": "float64"})
    table = table[table["expected"] >= GAP_EXPECTED]
    return table.sort_values("expected", ascending=False).reset_index(drop=True)


def _monday(published: pd.Series) -> pd.Series:
    day = published.dt.tz_localize(None).dt.floor("D").astype("datetime64[us]")
    return day - pd.to_timedelta(day.dt.day_of_week, unit="D").astype("timedelta64[us]")


def _iso(mondays: pd.Series) -> pd.Series:
    iso = mondays.dt.isocalendar().astype("int64")
    named = np.char.add(
        np.char.mod("%04d-W", iso["year"].to_numpy()),
        np.char.mod("%02d", iso["week"].to_numpy()),
    )
    return pd.Series(named, index=mondays.index, dtype="str")
