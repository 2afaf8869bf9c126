"""Renamed tables -> ARTICLES: dates parsed, ids given, and everything odd counted."""

import platform
import re
from importlib.metadata import version

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.load.account import Ledger
from mediakit.load.cells import tidy
from mediakit.load.databases import language_codes
from mediakit.load.dates import EXAMPLES, Dates, parse_dates
from mediakit.load.hints import hint_columns, hint_dates, hint_spellings
from mediakit.load.identity import checksum, content_digests, give_ids
from mediakit.load.json_records import NO_RECORD
from mediakit.schema import PRECISIONS, UTC, complete_articles

EXCEL_LIMIT = 32_767
DATE_KINDS = {
    "unparsed": "dates not understood",
    "ambiguous": "dates with day or month first",
    "suspicious": "dates no article can have",
    "unknown_zone": "times in an unknown zone, read as UTC",
}
SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?")
DAYS_OF_EXCEL = (
    "; if Excel shows dates there, save the workbook as .xlsx, or give the column the "
    "format of a date and save the file again"
)
TO_SETTLE = "; write them as 2022-04-03 to settle it"
ALWAYS = (
    "rows expected",
    "rows read",
    "rows kept",
    "dates missing",
    "dates not understood",
    "texts empty",
    "titles empty",
    "exact repeats",
)
FIRST = ("files read", "files left out", *ALWAYS[:3])
BLANK = r"^[\s\pZ]*$"


def make_articles(frames: list, ledger: Ledger, *, untyped: bool) -> pd.DataFrame:
    """Join renamed tables into ARTICLES with the account in ``attrs["mediakit"]``."""
    frame = typed_articles(frames, ledger, untyped=untyped)
    held = count_texts(frame, ledger)
    return finish_articles(frame, content_digests(frame), held, ledger)


def typed_articles(frames: list, ledger: Ledger, *, untyped: bool) -> pd.DataFrame:
    """Join renamed tables under the columns and dtypes of ARTICLES, dates parsed."""
    frame = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    frame = tidy(frame, ledger, untyped=untyped)
    hint_columns(frame, ledger)
    if "language" in frame:
        frame["language"] = language_codes(frame["language"])
    if "outlet" in frame:
        hint_spellings(frame["outlet"], ledger)
    return complete_articles(_dated(frame, ledger))


def finish_articles(
    frame: pd.DataFrame,
    digests: np.ndarray,
    held: np.ndarray,
    ledger: Ledger,
    lengths: np.ndarray | None = None,
) -> pd.DataFrame:
    """Give every row its id, and the table its account and checksum.

    `held` says which rows have a title or a text; `lengths` are the bytes of both
    where the table has neither.
    """
    again = pd.Series(digests[held]).duplicated().sum()
    ledger.add("exact repeats", again, "kept; white space aside")
    frame["article_id"] = _identified(frame["article_id"], digests, ledger)
    frame.attrs["mediakit"] = {
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("mediakit", "pandas", "pyarrow")},
        "account": _account(ledger, len(frame)),
        "checksum": checksum(frame, digests, lengths),
    }
    return frame


def _dated(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    if "published" not in frame:
        ledger.add("dates missing", len(frame), "no column is known to hold dates")
        hint_dates(frame, ledger)
        return frame.assign(published=pd.Series(pd.NaT, frame.index, dtype=UTC))
    dates = parse_dates(frame["published"])
    _report_dates(dates, ledger)
    given = frame.get(
        "published_precision", pd.Series(np.nan, frame.index, dtype="str")
    )
    known = given.isin(PRECISIONS) & dates.published.notna()
    precision = dates.precision.where(~known, given)
    return frame.assign(published=dates.published, published_precision=precision)


def _report_dates(dates: Dates, ledger: Ledger) -> None:
    ledger.add("dates missing", dates.counts["missing"])
    for kind, what in DATE_KINDS.items():
        shown = ", ".join(map(repr, dates.examples.get(kind, [])))
        note = f"as {shown}" if shown else ""
        if kind == "ambiguous" and shown:
            note += TO_SETTLE
        if kind == "unparsed" and shown:
            days = all(map(SERIAL.fullmatch, dates.examples[kind]))
            note += DAYS_OF_EXCEL * days
        ledger.add(what, dates.counts.get(kind, 0), note, lost=True)
    ledger.add("times without a zone, read as UTC", dates.counts.get("without_zone", 0))


def count_texts(frame: pd.DataFrame, ledger: Ledger) -> np.ndarray:
    """Count empty titles and texts, and say which rows are not empty."""
    titles, texts = (_blank(frame[name]) for name in ("title", "text"))
    ledger.add("titles empty", titles.sum())
    ledger.add("texts empty", texts.sum())
    ledger.add("neither title nor text", (titles & texts).sum())
    lengths = pc.utf8_length(pa.array(frame["text"], pa.large_string()))
    cut = pc.sum(pc.equal(lengths, EXCEL_LIMIT)).as_py() or 0
    if cut:
        note = f"exactly {EXCEL_LIMIT:,} characters, the most a cell of Excel holds"
        ledger.add("texts cut by Excel", cut, note, lost=True)
    return ~(titles & texts)


def _blank(values: pd.Series) -> np.ndarray:
    matches = pc.match_substring_regex(pa.array(values, pa.large_string()), BLANK)
    return pc.fill_null(matches, True).to_numpy(zero_copy_only=False)


def _identified(given: pd.Series, digests: np.ndarray, ledger: Ledger) -> pd.Series:
    missing = given.isna()
    ledger.add("ids made from the content", missing.sum())
    twice = given.duplicated() & ~missing
    same = pd.DataFrame({"id": given, "content": digests}).duplicated()
    other = given[twice & ~same]
    if len(other):
        shown = ", ".join(map(repr, other.unique()[:EXAMPLES]))
        note = f"numbered -2, -3, as {shown}"
        ledger.add("ids given to several articles", len(other), note, lost=True)
    return give_ids(given, digests)


def _account(ledger: Ledger, kept: int) -> list[dict]:
    """Return the lines that say something: files and rows, columns, then the rest."""
    ledger.add("rows kept", kept)
    gone = ledger.count("rows expected") - ledger.count("rows read")
    ledger.add("rows lost", max(gone - ledger.count(NO_RECORD), 0), lost=True)
    lines = [
        line
        for line in ledger.lines()
        if line["articles"]
        or line["what"] in ALWAYS
        or line["what"].startswith("column ")
    ]
    return sorted(lines, key=_place)


def _place(line: dict) -> int:
    what = line["what"]
    if what in FIRST:
        return FIRST.index(what)
    return len(FIRST) + (not what.startswith("column "))
