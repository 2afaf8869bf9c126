"""Web archives (WARC, ARC, WET) -> a table, one row per page.

The date of capture is `retrieved`; it says nothing about when a page was published.
"""

import codecs
import re
from collections import Counter
from io import BytesIO
from urllib.parse import urlsplit

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load import pages
from mediakit.load.archives_records import LARGEST, is_archive, read_records
from mediakit.load.feeds_text import page_parts, web_package
from mediakit.load.json_records import refuse_names
from mediakit.load.sources import Format, Options, Source
from mediakit.progress import progress

COLUMNS = ["outlet", "published", "title", "text", "url", "retrieved", "content_type"]
PAGES = ("text/html", "application/xhtml+xml")
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
LOOKED_AT = 4096
NOT_UNDERSTOOD = "records not understood, left out"


def recognise(source: Source) -> bool:
    """Tell an archive by its first bytes, compressed or not."""
    return is_archive(source.data)


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read the pages of one archive, record after record."""
    refuse_names(options, source.name)
    for package in ("warcio", "trafilatura"):
        web_package(package, f"{source.name} is a web archive, which")
    troubles, others, rows = Counter(), Counter(), []
    records = read_records(source.data, troubles)
    for raw in progress(records, what=f"reading {source.name}"):
        record = _record(raw, others, troubles)
        if record is not None:
            rows.append(_row(*record, ledger))
    ledger.add("rows expected", troubles[NOT_UNDERSTOOD])
    for what, count in troubles.items():
        ledger.add(what, count, f"in {source.name}", lost=True)
    kinds = ", ".join(f"{kind} {n:,}" for kind, n in sorted(others.items()))
    ledger.add("records that are no page", others.total(), kinds)
    names = dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)])
    return pd.DataFrame(rows, columns=list(names), dtype=object)


def _record(raw: bytes, others: Counter, troubles: Counter) -> tuple | None:
    """Return a record and its page, None for anything else, which is counted."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        record = next(iter(ArchiveIterator(BytesIO(raw), arc2warc=True)))
        kind = _kind(record)
        if kind is not None:
            others[kind] += 1
            return None
        body = _body(record)
    except Exception:  # whatever a damaged record makes warcio raise
        troubles[NOT_UNDERSTOOD] += 1
        return None
    return record, body


def _kind(record) -> str | None:
    """Return what a record is if it is no page."""
    if record.rec_type not in ("response", "resource", "conversion"):
        return record.rec_type
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not status.startswith("2"):
        return f"status {status}"
    mime = _mime(record)
    plain = record.rec_type == "conversion" and mime == "text/plain"
    return None if mime in PAGES or plain else mime or "without a type"


def _content_type(record) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _mime(record) -> str:
    return _content_type(record).partition(";")[0].strip().lower()


def _body(record) -> bytes:
    """Return the content, unpacked, up to the size that no page has."""
    stream, parts, size = record.content_stream(), [], 0
    while size < LARGEST and (part := stream.read(1 << 16)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _row(record, body: bytes, ledger) -> dict:
    """Read a page as a saved one; what the archive says of it goes first."""
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    text = decoded(body, _content_type(record))
    if _mime(record) == "text/plain":
        row = plain_row("", text, ledger)
    else:
        row = page_row(text, url, ledger)
    return row | {
        "outlet": row.get("outlet") or _host(url),
        "url": url or None,
        "retrieved": record.rec_headers.get_header("WARC-Date"),
        "content_type": _mime(record),
    }


def page_row(page: str, url: str, ledger) -> dict:
    """Read one page; one too large for that gives all its text."""
    data = codecs.BOM_UTF8 + page.encode("utf-8", "replace")
    try:
        return pages.read(Source(url, "", lambda: data), Options(), ledger)
    except MediakitError:
        ledger.add("pages too large to find the article in", 1, url, lost=True)
        return plain_row(*page_parts(page), ledger)


def plain_row(title: str, text: str, ledger) -> dict:
    """Count and return a page of which title and text are all that is known."""
    ledger.add("rows expected", 1)
    ledger.add("rows read", 1)
    return {"title": title or None, "text": text or None}


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url.strip("<>")).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def decoded(body: bytes, content_type: str) -> str:
    """Decode a page: as UTF-8 where it is, else as it says, else as Windows-1252."""
    said = CHARSET.search(content_type.encode("latin-1", "replace"))
    said = said or CHARSET.search(body[:LOOKED_AT])
    names = ["utf-8", *([said[1].decode()] if said else [])]
    for name in names:
        try:
            return body.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    return body.decode("utf-8", "or_cp1252")


FORMAT = Format("warc", "web archives (WARC, ARC)", recognise, read)
