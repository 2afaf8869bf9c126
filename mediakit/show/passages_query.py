"""What a reader asks of the passage explorer, checked before it is used."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice
from mediakit.text.passage_hits import SORTS

ROWS = 50
MIXED = "mixed"
ORDERS = (*SORTS, MIXED)


@dataclass(frozen=True)
class Query:
    """A pattern, filters (an empty one is none) and the first line that is shown."""

    pattern: str = ""
    sort: str = "text"
    outlets: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    layer: str = ""
    blind: bool = False
    start: int = 0

    def everywhere(self) -> "Query":
        """Return the query without what only says how its lines are shown."""
        return replace(self, blind=False, start=0)


def read_query(said: Mapping) -> Query:
    """Return what a browser sent as a query, or raise in words for its reader."""
    taken = {}
    for field in fields(Query):
        value = said.get(field.name, field.default)
        if field.name == "outlets":
            value = _names(value)
        if type(value) is not type(field.default):
            raise MediakitError(
                f"`{field.name}` must be {type(field.default).__name__}, got {value!r}."
            )
        taken[field.name] = value
    query = Query(**taken)
    check_choice("sort", query.sort, ORDERS)
    days = [_day(query.first), _day(query.last)]
    if None not in days and days[0] > days[1]:
        raise MediakitError(
            f"the first day, {query.first}, comes after the last, {query.last}; "
            "change one of them."
        )
    return replace(query, start=max(0, query.start // ROWS * ROWS))


def _names(value) -> tuple[str, ...]:
    """Return names, which a browser sends as a list; one name stands for itself."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(
        isinstance(one, str) for one in names
    ):
        raise MediakitError(f"`outlets` must be names of outlets, got {value!r}.")
    return tuple(dict.fromkeys(names))


def _day(text: str) -> pd.Timestamp | None:
    if not text:
        return None
    try:
        return pd.to_datetime(text, format="%Y-%m-%d", utc=True)
    except ValueError as error:
        raise MediakitError(
            f"{text!r} is no day; write year, month and day as 2016-03-31."
        ) from error


def kept_rows(table: pd.DataFrame, query: Query) -> tuple[np.ndarray, list[str]]:
    """Return which rows have the outlets and days asked for, and what that drops.

    Days are inclusive, in UTC. Rows without a date are left out where days are asked
    for, and counted.
    """
    kept, notes = np.ones(len(table), bool), []
    if query.outlets:
        named = table["outlet"].astype("str").isin(query.outlets)
        kept &= named.to_numpy(bool)
    first, last = _day(query.first), _day(query.last)
    if first is not None or last is not None:
        dates = pd.to_datetime(table["published"], utc=True)
        undated = int((dates.isna().to_numpy() & kept).sum())
        if undated:
            notes.append(f"Left out, as they have no date: {undated:,}.")
        inside = dates.notna()
        if first is not None:
            inside &= dates >= first
        if last is not None:
            inside &= dates < last + pd.Timedelta(days=1)
        kept &= inside.to_numpy(bool)
    return kept, notes


def mixed(size: int) -> np.ndarray:
    """Return the numbers below `size` in random order, the same every time."""
    return np.random.default_rng(0).permutation(size)


def outlets_of(table: pd.DataFrame) -> list[tuple[str, int]]:
    """Return each outlet and its number of rows, by name."""
    counts = table["outlet"].astype("str").value_counts(sort=False)
    return sorted((str(name), int(n)) for name, n in counts.items())


def days_of(table: pd.DataFrame) -> list[str]:
    """Return the first and the last day of a table, "" where no row has a date."""
    dates = pd.to_datetime(table["published"], utc=True).dropna()
    if not len(dates):
        return ["", ""]
    return [f"{day:%Y-%m-%d}" for day in (dates.min(), dates.max())]
