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

from mediakit.load.date_patterns import Slashed, Stamp, parse_date
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
    codes, unique = pd.factorize(values.str.strip())
    weights = np.bincount(codes[codes >= 0], minlength=len(unique))
    parsed = [parse_date(value) for value in unique]
    empty = np.array([value.lower() in MISSING for value in unique], dtype=bool)
    day_first = _day_first(parsed, weights)
    stamps = [
        entry.read(day_first) if isinstance(entry, Slashed) else entry
        for entry in parsed
    ]
    found = np.array([stamp is not None for stamp in stamps], dtype=bool)
    slashed = np.array([isinstance(entry, Slashed) for entry in parsed], dtype=bool)
    kinds = {
        "unparsed": ~found & ~empty & ~slashed,
        "ambiguous": ~found & slashed,
        "without_zone": np.array([_has_zone(s, False) for s in stamps], dtype=bool),
        "unknown_zone": np.array([_has_zone(s, None) for s in stamps], dtype=bool),
    }
    dates = _spread(stamps, codes, values.index)
    for kind, mask in kinds.items():
        dates.counts[kind] = int(weights[mask].sum())
        dates.examples[kind] = [str(value) for value in unique[mask][:EXAMPLES]]
    dates.counts["missing"] = int((codes < 0).sum() + weights[empty].sum())
    return dates


def _has_zone(stamp: Stamp | None, kind: bool | None) -> bool:
    return stamp is not None and stamp.precision != "day" and stamp.zone is kind


def _day_first(parsed: list, weights: np.ndarray) -> bool | None:
    """Let the column's unambiguous values say whether days stand before months."""
    votes = {True: 0, False: 0}
    for entry, weight in zip(parsed, weights, strict=True):
        if isinstance(entry, Slashed) and entry.order is not None:
            votes[entry.order] += int(weight)
    if min(votes.values()) > NOISE * sum(votes.values()) or not sum(votes.values()):
        return None
    return votes[True] > votes[False]


def _spread(stamps: list, codes: np.ndarray, index: pd.Index) -> Dates:
    """Turn the stamps of the unique values into the two columns."""
    walls = np.array([s.wall if s else None for s in stamps], dtype="datetime64[us]")
    precisions = np.array([s.precision if s else None for s in stamps], dtype=object)
    timed = np.isin(precisions.astype(str), ["second", "minute"])
    days = walls.astype("datetime64[D]")
    if timed.any() and len(np.unique(days[timed])) > 1:
        if (walls[timed] == days[timed]).all():
            precisions[timed], timed = "day", np.zeros_like(timed)
    hours = precisions.astype(str) == "hour"
    minutes = np.array([s.minutes if s else 0 for s in stamps], dtype="int64")
    shift = np.where(timed | hours, minutes, 0).astype("timedelta64[m]")
    walls = np.append(walls - shift, np.datetime64("NaT", "us"))
    precisions = np.append(precisions, np.array([None], dtype=object))
    published = pd.Series(walls[codes], index=index).dt.tz_localize("UTC").astype(UTC)
    precision = pd.Series(precisions[codes], index=index).astype("str")
    return Dates(published, precision.where(published.notna()))


def _find_suspicious(dates: Dates, values: pd.Series, now: datetime) -> None:
    """Count dates no article can have: before print, after tomorrow, epoch zero."""
    published = dates.published
    odd = (published.dt.year < FIRST_YEAR) | (published == pd.Timestamp(0, tz="UTC"))
    odd |= published > now + timedelta(days=1)
    dates.counts["suspicious"] = int(odd.sum())
    examples = values[odd].drop_duplicates().iloc[:EXAMPLES]
    dates.examples["suspicious"] = [re.sub(r"\s+", " ", str(v)) for v in examples]
