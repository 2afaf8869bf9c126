"""Many dates as arrays: wall-clock time, zone and precision of each.

ISO dates, which most files have, are parsed all at once.
"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.load.date_patterns import Stamp
from mediakit.schema import PRECISIONS

WITHOUT_ZONE, WITH_ZONE, UNKNOWN_ZONE = 0, 1, 2
ZONES = {False: WITHOUT_ZONE, True: WITH_ZONE, None: UNKNOWN_ZONE}
NAMES = np.array([*PRECISIONS, None], dtype=object)
SECOND, MINUTE, HOUR, DAY = (
    PRECISIONS.index(name) for name in ("second", "minute", "hour", "day")
)
ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?Z?)?$"
DAY_LENGTH, MINUTE_LENGTH = len("2022-03-07"), len("2022-03-07T17:49")


class Stamps:
    """Arrays of one date each; `walls` is NaT until a date is put in."""

    def __init__(self, size: int):
        self.walls = np.full(size, np.datetime64("NaT", "us"))
        self.minutes = np.zeros(size, dtype="int64")
        self.precisions = np.full(size, len(PRECISIONS))
        self.zones = np.zeros(size, dtype="int8")

    @property
    def timed(self) -> np.ndarray:
        """Say which dates have a time of day."""
        return self.precisions <= HOUR

    def put(self, place: int, stamp: Stamp) -> None:
        """Put one date at its place."""
        self.walls[place] = stamp.wall
        self.minutes[place] = stamp.minutes
        self.precisions[place] = PRECISIONS.index(stamp.precision)
        self.zones[place] = ZONES[stamp.zone]

    def put_iso(self, texts: pd.Index) -> np.ndarray:
        """Put in all ISO dates in UTC or without a zone; say which those are."""
        strings = pa.array(texts.to_series(), type=pa.large_string())
        iso = pc.match_substring_regex(strings, ISO).to_numpy(zero_copy_only=False)
        found = texts[iso]
        moments = pd.to_datetime(found, format="ISO8601", utc=True, errors="coerce")
        self.walls[iso] = moments.tz_localize(None).to_numpy().astype("datetime64[us]")
        in_utc = found.str.endswith("Z")
        lengths = found.str.len().to_numpy() - in_utc
        precisions = np.where(lengths == MINUTE_LENGTH, MINUTE, SECOND)
        precisions[lengths == DAY_LENGTH] = DAY
        self.precisions[iso] = np.where(moments.isna(), len(PRECISIONS), precisions)
        self.zones[iso] = np.where(in_utc, WITH_ZONE, WITHOUT_ZONE)
        return iso & ~np.isnat(self.walls)

    def moments(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the moments in UTC and the names of their precisions.

        Where all times of several days are midnight, they are no times.
        """
        precisions, timed = self.precisions.copy(), self.timed
        days = self.walls.astype("datetime64[D]")
        exact = precisions <= MINUTE
        midnights = exact.any() and (self.walls[exact] == days[exact]).all()
        if midnights and len(np.unique(days[exact])) > 1:
            precisions[exact], timed = DAY, timed & ~exact
        shift = np.where(timed, self.minutes, 0).astype("timedelta64[m]")
        return self.walls - shift, NAMES[precisions]
