"""One printed date -> wall-clock time, zone and precision, or nothing.

Month names are English, German, French and Spanish; numbers in any usual order.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mediakit.load.date_words import FILLER_WORDS, MONTH_NUMBER, ZONE_MINUTES

_M = "(?P<month>" + "|".join(sorted(MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
_D, _Y = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_Y2 = r"(?P<year>\d{4}|\d{2})"
_SEP = r"[\s.,\-/]*"
NAMED = [
    re.compile(pattern)
    for pattern in (
        rf"{_D}{_SEP}{_M}{_SEP}{_Y2}",
        rf"{_M}{_SEP}{_D}[\s,\-/]+{_Y}",
        rf"{_Y}{_SEP}{_M}{_SEP}{_D}",
        rf"{_M}{_SEP}{_Y}",
        rf"{_Y}{_SEP}{_M}",
    )
]
NUMBERED = [
    re.compile(pattern)
    for pattern in (
        rf"{_Y}[-/.\s年](?P<month>\d{{1,2}})[-/.\s月]{_D}日?",
        rf"{_Y}(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_D}\.\s?(?P<month>\d{{1,2}})\.\s?{_Y2}",
        rf"{_Y}[-/年](?P<month>\d{{1,2}})月?",
        r"(?P<year>[12]\d{3})年?",
    )
]
SLASHED = re.compile(rf"(?P<one>\d{{1,2}})[/-](?P<two>\d{{1,2}})[/-]{_Y2}")
_ZONE = (
    r"(?:utc|gmt)\s?[+-]\d{1,2}(?::?\d\d)?|[+-]\d\d(?::?\d\d)?"
    r"|(?!sept|aout)[a-z]{1,4}t|z|utc|mez|mesz|msk"
)
TIME = re.compile(
    r"(?:(?<=\d)t|(?<![\d:.]))(?P<hour>\d{1,2})"
    r"(?:\s?[:h]\s?(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d+))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?|\s*(?P<alone>[ap])\.?m\b\.?)"
    rf"(?:\s*\(?(?P<zone>{_ZONE})(?!\w)\)?)?(?!\d)"
)
ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?P<time>[T ]\d\d:\d\d(?P<second>:\d\d(?:[.,]\d+)?)?"
    r" ?(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)t?(\d\d)(\d\d)(\d\d)?(z?)")
RUN_ON = re.compile(r"(\d{4}-\d\d-\d\d)t(\d\d)(\d\d)(\d\d)(z?)")
EPOCH = re.compile(r"(\d{9,10})(\.\d+)?|(\d{13})|(\d{16})|(\d{19})")
LABEL = re.compile(
    r"^(?:last |first )?(?:updated|published|posted|modified|created|publie|maj|stand|"
    r"veroffentlicht|aktualisiert|publicado|actualizado|date)\b(?: on| at| le| am| el)?"
    r"\s*[:\-]?\s*"
)
SECOND_LABEL = re.compile(r"\W*(?:last )?(?:updated|modified)\b.*$")
FILLERS = re.compile(rf"\b(?:{'|'.join(FILLER_WORDS)})\b[.,]?")
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er)\b")

LONGEST = 200


@dataclass(frozen=True)
class Stamp:
    """A wall-clock time, its zone's minutes east of UTC, and its precision.

    `zone` is True where a zone was given, False where none, None if not understood.
    """

    wall: datetime
    precision: str
    minutes: int = 0
    zone: bool | None = False


@dataclass(frozen=True)
class Slashed:
    """A date such as 03/04/2022; `order` is True where it must be day-first."""

    one: int
    two: int
    year: str
    time: Stamp

    @property
    def order(self) -> bool | None:
        """Say whether the day stands first; None where both readings are possible."""
        if self.one > 12 or self.two > 12:
            return self.one > 12
        return None

    def read(self, day_first: bool | None) -> Stamp | None:
        """Return the date in its only reading, or in the column's."""
        order = day_first if self.order is None else self.order
        if order is None and self.one != self.two:
            return None
        day, month = (self.one, self.two) if order else (self.two, self.one)
        return _stamp(self.year, month, day, self.time)


def parse_date(text: str) -> Stamp | Slashed | None:
    """Parse one printed date; a text of over 200 characters is none."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if stamp := _iso(text):
        return stamp
    text = _plain(text)
    if stamp := _digits(text):
        return stamp
    text = SECOND_LABEL.sub("", LABEL.sub("", text))
    text = RUN_ON.sub(r"\1t\2:\3:\4\5", text)
    clock = Stamp(datetime.min, "day")
    if time := TIME.search(text):
        clock = _clock(time)
        text = f"{text[: time.start()]} {text[time.end() :]}"
    return _day(text, clock) if clock else None


def _plain(text: str) -> str:
    """Return `text` in lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _iso(text: str) -> Stamp | None:
    match = ISO.fullmatch(text)
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return None
    if match["time"] is None:
        return Stamp(moment, "day")
    precision = "minute" if match["second"] is None else "second"
    if moment.tzinfo is None:
        return Stamp(moment, precision)
    minutes = int(moment.utcoffset().total_seconds() // 60)
    return Stamp(moment.replace(tzinfo=None), precision, minutes, True)


def _digits(text: str) -> Stamp | None:
    """Read compact datetimes and seconds (or finer) since 1970."""
    if match := COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        clock = Stamp(
            datetime.min + timedelta(hours=int(hour), minutes=int(minute)),
            "second" if second else "minute",
            zone=bool(zone),
        )
        wall = clock.wall + timedelta(seconds=int(second or 0))
        return _stamp(year, int(month), int(day), replace(clock, wall=wall))
    if match := EPOCH.fullmatch(text):
        scale = {13: 10**3, 16: 10**6, 19: 10**9}.get(len(text), 1)
        wall = datetime(1970, 1, 1) + timedelta(seconds=float(text) / scale)
        return Stamp(wall, "second", zone=True)
    return None


def _clock(time: re.Match) -> Stamp | None:
    """Return the time of day as a stamp on the first of days."""
    hour, minute = int(time["hour"]), int(time["minute"] or 0)
    if half := time["half"] or time["alone"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    second = int(time["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    part = int((time["part"] or "0")[:6].ljust(6, "0"))
    wall = datetime.min.replace(
        hour=hour, minute=minute, second=second, microsecond=part
    )
    precision = "second" if time["second"] else "minute" if time["minute"] else "hour"
    minutes = _zone_minutes(time["zone"]) if time["zone"] else 0
    zone = bool(time["zone"]) if minutes is not None else None
    return Stamp(wall, precision, minutes or 0, zone)


def _zone_minutes(zone: str) -> int | None:
    if zone in ZONE_MINUTES:
        return ZONE_MINUTES[zone]
    offset = re.search(r"([+-])(\d{1,2}):?(\d\d)?", zone)
    if not offset:
        return None
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return -minutes if offset[1] == "-" else minutes


def _day(text: str, clock: Stamp) -> Stamp | Slashed | None:
    text = FILLERS.sub(" ", ORDINAL.sub("", text))
    text = re.sub(r"\s+", " ", text).strip(" ,;|.-–—()[]")
    if match := SLASHED.fullmatch(text):
        one, two = int(match["one"]), int(match["two"])
        if min(one, two) == 0 or min(one, two) > 12:
            return None
        return Slashed(one, two, match["year"], clock)
    for pattern in (*NUMBERED, *NAMED):
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            month = found.get("month") or "1"
            month = MONTH_NUMBER[month] if month in MONTH_NUMBER else int(month)
            day = int(found.get("day") or 1)
            stamp = _stamp(found["year"], month, day, clock)
            coarse = (
                "day" if found.get("day") else "month" if "month" in found else "year"
            )
            if stamp and coarse != "day":
                return (
                    replace(stamp, precision=coarse)
                    if clock.precision == "day"
                    else None
                )
            return stamp
    return None


def _stamp(year: str, month: int, day: int, clock: Stamp) -> Stamp | None:
    """Join day and time of day; two-digit years are 1969 to 2068."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 69 else 1900
    try:
        wall = clock.wall.replace(year=number, month=month, day=day)
    except ValueError:
        return None
    return replace(clock, wall=wall)
