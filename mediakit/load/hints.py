"""What a reader of an export should be told: which column may be the one that lacks."""

import pandas as pd

from mediakit.load.account import Ledger
from mediakit.load.dates import parse_dates
from mediakit.schema import ARTICLES

WANTED = ("outlet", "published", "title", "text")
LOOKED_AT, MOST_OUTLETS, LONG_TEXT, LONG_NAME = 20, 50, 200, 40


def hint_dates(frame: pd.DataFrame, ledger: Ledger) -> None:
    """Name the user's columns whose first values are nearly all dates."""
    for name, values in _own_texts(frame):
        if parse_dates(values).published.notna().mean() > 0.8:
            note = f"say columns={{{name!r}: 'published'}} if it is the date"
            ledger.add("columns that look like dates", 1, note, lost=True)


def hint_columns(frame: pd.DataFrame, ledger: Ledger) -> None:
    """Name the columns that look like texts or outlets where none is known as such."""
    if "text" not in frame:
        for name, values in _own_texts(frame):
            if is_long(values):
                note = f"say columns={{{name!r}: 'text'}} if it is the text"
                ledger.add("columns that look like texts", 1, note, lost=True)
    if "outlet" not in frame and len(frame):
        likely = [name for name, _ in _own_texts(frame) if _names(frame[name])]
        note = "no column is known to hold the outlet"
        if likely:
            note += f"; say columns={{{likely[0]!r}: 'outlet'}}"
            note += f", or one of {likely[1:]}, if it does" * (len(likely) > 1)
        ledger.add("outlets missing", len(frame), note)


def hint_rivals(
    frame: pd.DataFrame, column: str, ours: str, rivals: list[str], ledger: Ledger
) -> None:
    """Count rows that lack what another column with a fitting name has."""
    if ours not in WANTED or not rivals:
        return
    lacking = _empty(frame[column])
    for other in rivals if lacking.any() else ():
        if count := int((lacking & ~_empty(frame[other])).sum()):
            note = f"{other!r}; fill {column!r} from it with pandas first"
            what = f"rows without {ours} that have it under another name"
            ledger.add(what, count, note, lost=True)


def _empty(values: pd.Series) -> pd.Series:
    return values.isna() | (values.astype("str").str.strip() == "")


def is_long(values: pd.Series) -> bool:
    """Say whether the first values of a column are as long as texts are."""
    known = values.dropna().iloc[:LOOKED_AT].astype("str")
    return bool(known.str.len().median() >= LONG_TEXT)


def hint_spellings(outlets: pd.Series, ledger: Ledger) -> None:
    """Name outlets that differ in capitals and spaces only: they count as several."""
    names = pd.Series(outlets.dropna().unique(), dtype="str")
    plain = names.str.casefold().str.split().str.join(" ")
    for _, alike in names.groupby(plain):
        if len(alike) > 1:
            rows = int(outlets.isin(alike).sum())
            note = f"{sorted(alike)} count as {len(alike)}"
            ledger.add("outlets spelt in several ways", rows, note, lost=True)


def _own_texts(frame: pd.DataFrame):
    for name in frame.columns:
        if name not in ARTICLES and frame[name].dtype == "str":
            values = frame[name].dropna().iloc[:LOOKED_AT]
            if len(values):
                yield name, values


def _names(values: pd.Series) -> bool:
    """Say whether a few short values stand in many rows each."""
    known = values.dropna()
    different = known.nunique()
    short = known.str.len().max() <= LONG_NAME
    return short and 1 < different <= MOST_OUTLETS and different * 3 <= len(known)
