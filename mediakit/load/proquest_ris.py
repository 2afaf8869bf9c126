"""RIS: two-letter tags, one field per line, records that end in "ER  -".

ProQuest puts an abstract where others put the text; it is kept as `abstract`, and
a full text only where a tag for one is filled.
"""

import re

from mediakit.load.databases import Export, add_value

TAG = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*))?$")
START = re.compile(r"\s*(?:\d+\.\s*)?TY  ?- ")
TAGS = {
    "TI": "title", "T1": "title", "CT": "title",
    "T2": "outlet", "JF": "outlet", "JO": "outlet", "JA": "outlet",
    "AU": "author", "A1": "author",
    "DA": "published", "Y1": "published", "PY": "published",
    "UR": "url", "L2": "url", "LA": "language", "AN": "article_id", "ID": "article_id",
    "SE": "section", "SP": "pages", "CY": "place", "PB": "published_by",
    "KW": "subject", "AB": "abstract", "N2": "abstract", "N1": "notes", "TX": "text",
    "ET": "edition", "SN": "issn", "DB": "database", "TY": "document_type",
}  # fmt: skip
LISTED = {"author", "subject"}


def looks_like_ris(text: str) -> bool:
    """Say whether a text starts with the tag of a record's type."""
    return START.match(text.lstrip("\ufeff")) is not None


def read_ris(text: str) -> Export:
    """Read every record; as many are expected as begin."""
    records, tag = [], ""
    for line in text.lstrip("\ufeff").split("\n"):
        found = TAG.match(line.rstrip())
        if found:
            tag = found[1]
        if tag == "TY" and found:
            records.append({})
        if tag == "ER" or not records:
            continue
        _add(records[-1], tag, found[2] or "" if found else line)
    for record in records:
        record["title"] = record.get("title") or record.pop("notes", None)
        record["published"] = _date(record.get("published"))
    return Export(records, len(records))


def _add(record: dict, tag: str, value: str) -> None:
    column = TAGS.get(tag, f"ris_{tag.lower()}")
    value = " ".join(value.split())
    if column in LISTED:
        record[column] = "; ".join(filter(None, [record.get(column), value]))
    elif column in ("abstract", "notes", "text"):
        add_value(record, column, value)
    elif column == "published":
        record[column] = max(record.get(column, ""), value, key=len)
    else:
        record[column] = record.get(column) or value


def _date(printed: str | None) -> str | None:
    """Read "2016/05/03/" and its shorter forms as a date with hyphens."""
    if not printed:
        return None
    numbers = [part for part in printed.split("/") if part.strip().isdigit()]
    numbers = numbers[:3] if re.match(r"\d{4}(?:/|$)", printed) else []
    return "-".join(number.strip().zfill(2) for number in numbers) or printed
