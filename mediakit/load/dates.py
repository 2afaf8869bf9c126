"""Dates as outlets print them -> UTC, each with the precision it was given in.

Every unique value is parsed once. A day stays that day whatever the zone, and
03/04/2022 is read only if other values of the column say which number is the day.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC as UTC_ZONE
from datetime import datetime, time, timedelta

import numpy as np
import pandas as pd

from mediakit.load.date_patterns import Slashed, parse_date
from mediakit.load.date_stamps import UNKNOWN_ZONE, WITHOUT_ZONE, Stamps
from mediakit.schema import UTC

EXAMPLES = 5
MISSING = {"", "na", "n/a", "nan", "nat", "none", "null", "<na>", "-"}
FIRST_YEAR = 1500
NOISE = 0.01


@dataclass
class Dates:
    """Parsed dates: two columns, the kinds of trouble, and examples of each."""

    published: pd.Series
    precision: pd.Series
    counts: dict = field(default_factory=dict)
    examples: dict = field(default_factory=dict)


def parse_dates(values: pd.Series, *, now: datetime | None = None) -> Dates:
    """Parse a column of dates of any dtype.

    `counts` has missing, unparsed, ambiguous, suspicious, without_zone and
    unknown_zone; `examples` up to five values of each.
    """
    if isinstance(values.dtype, pd.DatetimeTZDtype) or values.dtype.kind == "M":
        dates = _from_datetimes(values)
    else:
        dates = _from_strings(_strings(values))
    _find_suspicious(dates, values, now or datetime.now(UTC_ZONE))
    return dates


def _strings(values: pd.Series) -> pd.Series:
    if values.dtype.kind in "iuf":
        whole = values.dropna()
        whole = whole[np.isfinite(whole.astype("float64"))]
        texts = [f"{value:.6f}".rstrip("0").rstrip(".") for value in whole.tolist()]
        out = pd.Series(np.nan, index=values.index, dtype="str")
        out[whole.index] = texts
        return out
    if values.dtype == object:
        values = values.map(_printed)
    return values.astype("str")


def _printed(value: object) -> object:
    """Print a date or time; Excel has no dates but midnights."""
    if isinstance(value, datetime) and value.time() == time.min and not value.tzinfo:
        return value.date().isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else value


def _from_datetimes(values: pd.Series) -> Dates:
    """Take real datetimes: without a zone they are UTC; all at midnight, days."""
    aware = isinstance(values.dtype, pd.DatetimeTZDtype)
    wall = values.dt.tz_localize(None) if aware else values
    known = wall.dropna()
    days = (known == known.dt.normalize()).all() and known.nunique() > 1
    instants = values if aware and not days else wall.dt.tz_localize("UTC")
    published = instants.dt.tz_convert("UTC").astype(UTC)
    precision = pd.Series("day" if days else "second", index=values.index, dtype="str")
    dates = Dates(published, precision.where(published.notna()))
    dates.counts["missing"] = int(values.isna().sum())
    return dates


def _from_strings(values: pd.Series) -> Dates:
    """Parse each unique string once: ISO dates all together, others one by one."""
    codes, unique = pd.factorize(values.str.strip())
    weights = np.bincount(codes[codes >= 0], minlength=len(unique))
    stamps = Stamps(len(unique))
    others = np.flatnonzero(~stamps.put_iso(unique))
    texts = dict(zip(others.tolist(), unique[others].tolist(), strict=True))
    entries = {place: parse_date(text) for place, text in texts.items()}
    slashed = {i: entry for i, entry in entries.items() if isinstance(entry, Slashed)}
    day_first = _day_first(slashed, weights)
    for place, entry in entries.items():
        stamp = entry.read(day_first) if place in slashed else entry
        if stamp is not None:
            stamps.put(place, stamp)
    lost = [place for place in texts if np.isnat(stamps.walls[place])]
    empty = {place for place in lost if texts[place].lower() in MISSING}
    kinds = {
        "unparsed": [i for i in lost if i not in slashed and i not in empty],
        "ambiguous": [i for i in lost if i in slashed],
        "without_zone": stamps.timed & (stamps.zones == WITHOUT_ZONE),
        "unknown_zone": stamps.timed & (stamps.zones == UNKNOWN_ZONE),
    }
    dates = _spread(stamps, codes, values.index)
    for kind, places in kinds.items():
        dates.counts[kind] = int(weights[places].sum())
        dates.examples[kind] = unique[places][:EXAMPLES].tolist()
    dates.counts["missing"] = int((codes < 0).sum() + weights[list(empty)].sum())
    return dates


def _day_first(slashed: dict, weights: np.ndarray) -> bool | None:
    """Let the column's unambiguous values say whether days stand before months."""
    votes = {True: 0, False: 0}
    for place, entry in slashed.items():
        if entry.order is not None:
            votes[entry.order] += int(weights[place])
    if min(votes.values()) > NOISE * sum(votes.values()) or not sum(votes.values()):
        return None
    return votes[True] > votes[False]


def _spread(stamps: Stamps, codes: np.ndarray, index: pd.Index) -> Dates:
    """Turn the stamps of the unique values into the two columns."""
    moments, names = stamps.moments()
    moments = np.append(moments, np.datetime64("NaT", "us"))
    names = np.append(names, np.array([None], dtype=object))
    published = pd.Series(moments[codes], index=index).dt.tz_localize("UTC")
    return Dates(published.astype(UTC), pd.Series(names[codes], index, dtype="str"))


def _find_suspicious(dates: Dates, values: pd.Series, now: datetime) -> None:
    """Count dates no article can have: before print, after tomorrow, epoch zero."""
    published = dates.published
    odd = (published.dt.year < FIRST_YEAR) | (published == pd.Timestamp(0, tz="UTC"))
    odd |= published > now + timedelta(days=1)
    dates.counts["suspicious"] = int(odd.sum())
    examples = values[odd].drop_duplicates().iloc[:EXAMPLES]
    dates.examples["suspicious"] = [re.sub(r"\s+", " ", str(v)) for v in examples]
