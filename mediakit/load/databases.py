"""What the readers of news databases share: dates, labels, languages and the account.

A database prints how many documents an export has; the account holds that against
what was read.
"""

import re
from dataclasses import dataclass, field

import pandas as pd

from mediakit.load.columns import plain
from mediakit.load.databases_services import name_sources
from mediakit.load.date_patterns import Slashed, parse_date
from mediakit.load.sources import Source

LANGUAGES = {
    name: code
    for code, names in {
        "ar": "arabic arabe arabisch",
        "de": "german allemand deutsch aleman",
        "en": "english anglais englisch ingles",
        "es": "spanish espagnol spanisch espanol",
        "fr": "french francais franzosisch frances",
        "it": "italian italien italienisch italiano",
        "ja": "japanese japonais japanisch japones",
        "ko": "korean coreen koreanisch coreano",
        "nl": "dutch neerlandais niederlandisch holandes nederlands",
        "pt": "portuguese portugais portugiesisch portugues",
        "ru": "russian russe russisch ruso",
        "zh": "chinese chinois chinesisch chino",
    }.items()
    for name in names.split()
}
RIGHTS = re.compile(
    r"\s*(?:copyright\b|©|\(c\)\s|all rights reserved|tous droits réservés"
    r"|alle rechte vorbehalten|todos los derechos)",
    re.IGNORECASE,
)
BY = re.compile(r"^(?:by|par|por|von)\s+(?=\S)", re.IGNORECASE)
NUMBER = re.compile(r"\d[\d.,\s]*")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
SHORT = 0.5
LEAST = 50
LONGEST_DATE = 80
WORDS_PRINTED = "length"


@dataclass
class Export:
    """What one export holds: its records, how many it should, and what else it had."""

    records: list[dict]
    expected: int
    missing: str = ""
    part: str = ""
    dropped: dict[str, str] = field(default_factory=dict)


def to_table(export: Export, source: Source, ledger) -> pd.DataFrame:
    """Return the records as a table, the account written to the `ledger`."""
    name = source.name
    ledger.add("rows expected", export.expected)
    ledger.add("rows read", len(export.records))
    if export.missing:
        ledger.add("rows lost", 0, f"{export.missing} of {name}", lost=True)
    if export.part:
        note = f"{name}: {export.part}; see that the rest is here"
        ledger.add("files that are part of a download", 1, note, lost=True)
    for what, note in export.dropped.items():
        ledger.add(what, 1, f"{name}: {note}")
    records = [_tidied(record) for record in export.records]
    name_sources(records, ledger, name)
    _hold_against_lengths(records, ledger, name)
    return pd.DataFrame(records, dtype=object)


def split_date(line: str) -> tuple[str, str] | None:
    """Split "May 3, 2016 Tuesday, Late Edition" into the date and what follows it."""
    line = " ".join(line.split())
    if not line or len(line) > LONGEST_DATE or not re.search(r"\d", line):
        return None
    parts = re.split(r"([,;]\s*)", line)
    for end in range(len(parts), 0, -2):
        date = "".join(parts[:end])
        if _is_day(date):
            return date, "".join(parts[end + 1 :]).strip()
    return None


def _is_day(text: str) -> bool:
    stamp = parse_date(text)
    if stamp is None or not re.search(r"[^\d\s]", text):
        return False
    return isinstance(stamp, Slashed) or stamp.precision != "year"


def language_code(printed: str) -> str:
    """Return the code of one language printed in words, else what is printed."""
    return LANGUAGES.get(plain(printed), printed)


def language_codes(values: pd.Series) -> pd.Series:
    """Return codes for the languages that are printed in words."""
    codes = {
        v: language_code(v) for v in values.dropna().unique() if isinstance(v, str)
    }
    return values.map(codes).astype("str")


def is_rights(block: str) -> bool:
    """Say whether a block is a copyright line."""
    return RIGHTS.match(block) is not None


def add_value(record: dict, column: str, value: str) -> None:
    """Add to what a record has in a column, as a paragraph of its own."""
    if value := value.strip():
        record[column] = "\n\n".join(filter(None, [record.get(column), value]))


def count_missing(numbers: list[int]) -> tuple[int, list[int]]:
    """Return how many documents runs of printed numbers should have, and the gaps.

    Where numbers start again, another download begins.
    """
    expected, gaps, last = 0, [], None
    for number in numbers:
        step = 1 if last is None or number <= last else number - last
        if step > 1:
            gaps += range(last + 1, min(number, last + 1000))
        expected += step
        last = number
    return expected, gaps


def _tidied(record: dict) -> dict:
    tidy = {column: value for column, value in record.items() if value}
    if "edition" in tidy:  # the register's column is that of a classification
        tidy["print_edition"] = tidy.pop("edition")
    if "author" in tidy:
        tidy["author"] = BY.sub("", tidy["author"])
    if "language" in tidy:
        tidy["language"] = language_code(tidy["language"])
    return {"title": None, "text": None} | tidy


def _hold_against_lengths(records: list[dict], ledger, name: str) -> None:
    """Count the texts that are much shorter than the database says."""
    short = []
    for record in records:
        text = record["text"] or ""
        said = NUMBER.search(record.get(WORDS_PRINTED, ""))
        words = int(re.sub(r"\D", "", said[0])[:9]) if said else 0
        if words >= LEAST and len(text.split()) < SHORT * words:
            if not UNSPACED.search(text):
                short.append(f"{len(text.split()):,} of {words:,} words")
    if short:
        note = f"{short[0]} in {name}"
        ledger.add("texts under half the printed length", len(short), note, lost=True)
