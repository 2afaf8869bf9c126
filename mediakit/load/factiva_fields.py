"""The fields of a Factiva document: by their codes, or by the order of the lines."""

import re

from mediakit.load.columns import plain
from mediakit.load.databases import LANGUAGES, add_value, is_rights, split_date

CODES = {
    "HD": "title", "BY": "author", "WC": "length", "PD": "published", "ET": "time",
    "SN": "outlet", "SC": "source_code", "ED": "edition", "PG": "pages",
    "SE": "section", "CLM": "column_name", "LA": "language", "CY": "copyright",
    "LP": "text", "TD": "text", "CR": "credit", "DLN": "dateline", "ART": "graphic",
    "CT": "contact", "RF": "notes", "CO": "company", "IN": "industry",
    "NS": "subject", "RE": "geographic", "PUB": "published_by", "VOL": "volume",
    "IPD": "index_terms", "IPC": "index_codes", "AN": "article_id",
}  # fmt: skip
DOCUMENT = re.compile(
    r"^\|?(?:AN\|)?\s*Do[ck]umento? ([A-Z0-9]{4,16}(?:19|20)\d{6}\w{4,})"
)
PREFIX = re.compile(r"^\s*Do[ck]umento?\s+")
LENGTH = re.compile(
    r"[\d.,\s]+ (?:words|mots|Wörter|palabras|parole|woorden)", re.IGNORECASE
)
CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[AP]M)?(?: [A-Z]{3,4})?")
CODE = re.compile(r"[A-Z0-9]{1,10}")


def fields_of_codes(pairs: list[tuple[str, str]]) -> dict:
    """Return a record from codes and values; unknown codes keep their name."""
    record = {}
    for code, value in pairs:
        add_value(record, CODES.get(code, f"factiva_{code.lower()}"), value)
    return _finished(record)


def fields_of_lines(lines: list[str]) -> dict:
    """Return a record from the lines of a document without codes.

    They stand in this order: title, author, length, date, time, outlet, code, edition
    and page, language, copyright, text, document number.
    """
    lines = [line.strip() for line in lines]
    place = next((i for i, line in enumerate(lines) if LENGTH.fullmatch(line)), None)
    record = {}
    if place is not None:
        above = [line for line in lines[:place] if line]
        record["length"] = lines[place]
        record["title"] = above[0] if above else None
        record["author"] = " ".join(above[1:])
        lines = _read_head(lines[place + 1 :], record)
    for line in lines:
        if found := DOCUMENT.match(line):
            record["article_id"] = found[1]
        else:
            add_value(record, "text", line)
    return _finished(record)


def _read_head(lines: list[str], record: dict) -> list[str]:
    """Take the lines from the date to the copyright; return those after them."""
    for i, line in enumerate(lines):
        if not line:
            continue
        if "published" not in record:
            date = split_date(line)
            if date is None:
                return lines[i:]
            record["published"] = date[0]
        elif "outlet" not in record and CLOCK.fullmatch(line):
            record["time"] = line
        elif "outlet" not in record:
            record["outlet"] = line
        elif "language" not in record and CODE.fullmatch(line):
            column = "pages" if "source_code" in record else "source_code"
            add_value(record, column, line)
        elif "language" not in record and plain(line) in LANGUAGES:
            record["language"] = line
        elif is_rights(line) or ("language" in record and "copyright" not in record):
            record["copyright"] = line
            return lines[i + 1 :]
        elif "source_code" in record and "language" not in record:
            add_value(record, "edition", line)
        else:
            return lines[i:]
    return []


def _finished(record: dict) -> dict:
    """Join date and time, title lines, and take the word before the number away."""
    if time := record.pop("time", None):
        record["published"] = f"{record.get('published', '')} {time}".strip()
    if number := record.get("article_id"):
        record["article_id"] = PREFIX.sub("", number)
    if title := record.get("title"):
        record["title"] = " ".join(title.split())
    return record
