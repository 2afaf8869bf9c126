"""Web archives (WARC, ARC, WET) -> a table, one row per page.

The date of capture is `retrieved`; it says nothing about when a page was published.
"""

import re
from collections import Counter
from io import BytesIO
from urllib.parse import urlsplit

import pandas as pd

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
    web_package("warcio", f"{source.name} is a web archive, which")
    troubles, others, pages = Counter(), Counter(), []
    records = read_records(source.data, troubles)
    for raw in progress(records, what=f"reading {source.name}"):
        page = _page(raw, others, troubles)
        if page is not None:
            pages.append(page)
    ledger.add("rows expected", len(pages) + troubles[NOT_UNDERSTOOD])
    ledger.add("rows read", len(pages))
    for what, count in troubles.items():
        ledger.add(what, count, f"in {source.name}", lost=True)
    kinds = ", ".join(f"{kind} {n:,}" for kind, n in sorted(others.items()))
    ledger.add("records that are no page", others.total(), kinds)
    return pd.DataFrame(pages, columns=COLUMNS, dtype=object)


def _page(raw: bytes, others: Counter, troubles: Counter) -> dict | None:
    """Return the page in a record, None for anything else, which is counted."""
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
    return _row(record, body)


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


def _row(record, body: bytes) -> dict:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    page = _decoded(body, _content_type(record))
    title, text = ("", page) if _mime(record) == "text/plain" else page_parts(page)
    return {
        "outlet": _host(url),
        "title": title or None,
        "text": text or None,
        "url": url.strip("<>") or None,
        "retrieved": record.rec_headers.get_header("WARC-Date"),
        "content_type": _mime(record),
    }


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url.strip("<>")).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _decoded(body: bytes, content_type: str) -> str:
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
