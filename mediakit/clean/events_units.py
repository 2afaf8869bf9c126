"""From rows to units of text and back: time, copies, and the names of events."""

import numpy as np
import pandas as pd
from scipy import sparse

DAY = pd.Timedelta(days=1)


def given_events(articles: pd.DataFrame) -> np.ndarray:
    """Return the event of each article that has one already, else NaN."""
    if "event_id" not in articles:
        return np.full(len(articles), np.nan, object)
    column = articles["event_id"]
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")  # numbers with gaps: 3.0 is 3
    column = column.astype("str")
    return column.where(column.notna() & (column != "")).to_numpy(object)


def in_time(articles, ids) -> tuple[np.ndarray, np.ndarray]:
    """Return each article's day, NaN for none, and the dated rows in order of time."""
    coarse = articles["published_precision"].isin(["month", "year"])
    published = articles["published"].where(~coarse)
    time = ((published - pd.Timestamp(0, tz="UTC")) / DAY).to_numpy(float)
    order = np.lexsort((ids, time))
    return np.floor(time), order[np.isfinite(time[order])]


def text_units(articles, ids, order) -> tuple[np.ndarray, np.ndarray]:
    """Return the unit of each row, copies of one text being one, and its first row."""
    keys = pd.Series(np.char.add("article ", ids) if len(ids) else [], dtype="str")
    if "duplicate_group" in articles:
        groups = articles["duplicate_group"].reset_index(drop=True)
        keys = keys.where(groups.isna(), "copies of " + groups.astype("str"))
    unit, _ = pd.factorize(keys.iloc[order])
    return unit, np.unique(unit, return_index=True)[1]


def averages(vectors, unit, count) -> sparse.csr_array:
    """Return the average of each unit's rows."""
    share = 1 / np.bincount(unit, minlength=count)[unit]
    cells = share, (unit, np.arange(len(unit)))
    return sparse.csr_array(cells, shape=(count, len(unit))) @ vectors


def known_events(given, unit, count) -> tuple[list[str], np.ndarray]:
    """Return the names of earlier events, and the event of each unit, -1 for none."""
    has = np.flatnonzero(pd.notna(given))[::-1]  # of several the first is written last
    of_unit = np.full(count, np.nan, object)
    of_unit[unit[has]] = given[has]
    codes, names = pd.factorize(of_unit)
    return list(names), codes


def named(event, names, ids, given) -> np.ndarray:
    """Return each row's name of its event: as it was, or its first article's id."""
    codes, firsts = np.unique(event, return_index=True)
    taken, names = set(given[pd.notna(given)]), dict(enumerate(names))
    for code, first in zip(codes.tolist(), firsts.tolist(), strict=True):
        if code not in names:
            name, count = ids[first], 2
            while name in taken:
                name, count = f"{ids[first]} ({count})", count + 1
            names[code] = name
            taken.add(name)
    return np.array([names[code] for code in event.tolist()], object)


def as_their_copies(articles, labels) -> np.ndarray:
    """Give articles without an event that of their copies, where those have one."""
    if "duplicate_group" not in articles:
        return labels
    table = pd.DataFrame({"event": labels, "group": articles["duplicate_group"].array})
    known = table.dropna().sort_values("event").drop_duplicates("group")
    of_group = known.set_index("group")["event"]
    missing = table["event"].isna() & table["group"].notna()
    table.loc[missing, "event"] = table.loc[missing, "group"].map(of_group)
    return table["event"].to_numpy(object)


def likeness(vectors, labels) -> np.ndarray:
    """Return the average likeness of each row to the others of its event."""
    codes, _ = pd.factorize(labels)
    size = np.bincount(codes)
    cells = np.ones(len(codes)), (codes, np.arange(len(codes)))
    sums = sparse.csr_array(cells, shape=(len(size), len(codes))) @ vectors
    own = vectors.multiply(vectors).sum(axis=1)
    others = vectors.multiply(sums[codes]).sum(axis=1) - own
    alone = size[codes] < 2
    return np.where(alone, np.nan, others / np.maximum(size[codes] - 1, 1))
