"""RSS and Atom feeds -> a table, one row per entry; ill-formed ones as far as they go.

A feed mostly holds teasers: what stands in `text` is what the outlet put into the
feed, which need not be the article.
"""

import re
import warnings
from io import BytesIO

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load.feeds_text import (
    ROOT,
    entity_values,
    html_text,
    root_name,
    web_package,
    xml_text,
)
from mediakit.load.json_records import refuse_names
from mediakit.load.sources import Format, Options, Source

COLUMNS = (
    *("outlet", "published", "title", "text", "url", "author"),
    *("section", "language", "article_id"),
)
RSS_NAMESPACE = re.compile(r"purl\.org/(?:net/)?rss|netscape\.com/rdf|rss1\.0")
CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
TYPE = {"content-type": "application/xml; charset=utf-8"}


def recognise(source: Source) -> bool:
    """Tell a feed by its first element."""
    if source.kind or "<" not in source.head[:4096]:
        return False
    name = root_name(source.head).lower()
    if name == "rdf":
        return RSS_NAMESPACE.search(source.head) is not None
    return name in ("rss", "feed")


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read the entries of one feed."""
    refuse_names(options, source.name)
    text = xml_text(source, options, ledger)
    feed = _parsed(text, source.name)
    expected = len(ENTRY.findall(CDATA.sub("", text)))
    records = [_record(entry, feed.feed, ledger) for entry in feed.entries]
    ledger.add("rows expected", max(expected, len(records)))
    ledger.add("rows read", len(records))
    if feed.bozo:
        why = " ".join(str(feed.get("bozo_exception")).split())
        note = f"{source.name}: {why.removeprefix('<unknown>:')}"
        ledger.add(
            "feeds that are ill-formed, read as far as they go", 1, note, lost=True
        )
    if not records:
        ledger.add("feeds without entries", 1, source.name, lost=True)
    return pd.DataFrame(records, columns=_columns(records), dtype=object)


def _columns(records: list[dict]) -> list[str]:
    return list(dict.fromkeys([*COLUMNS, *(name for r in records for name in r)]))


def _parsed(text: str, name: str):
    """Let feedparser read bytes: it would open a string, and any bytes, as a path."""
    feedparser = web_package("feedparser", f"{name} is a feed, which")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return feedparser.parse(
                BytesIO(_without_prolog(text).encode()),
                response_headers=TYPE,
                resolve_relative_uris=False,
                sanitize_html=False,
            )
    except Exception as error:  # whatever a damaged feed makes feedparser raise
        raise MediakitError(
            f"{name} is a damaged feed ({error!r}); fetch it again."
        ) from error


def _without_prolog(text: str) -> str:
    """Leave of what stands before the first element only entities, one per line.

    feedparser searches there in time that grows with the square of the blank lines.
    """
    root = ROOT.search(text)
    start = root.start() if root else len(text)
    values = entity_values(text[:start])
    lines = [f'<!ENTITY {name} "{value}">' for name, value in values.items()]
    declared = "\n".join(["<!DOCTYPE feed [", *lines, "]>", ""]) if lines else ""
    return declared + text[start:]


def _record(entry, feed, ledger) -> dict:
    """Return an entry under our names; an aggregator's outlet is the entry's source."""
    outlet = _line(feed, "title")
    source = _line(entry.get("source") or {}, "title")
    language = (entry.get("language") or feed.get("language") or "").strip()
    record = {
        "outlet": source or outlet,
        "published": _date(entry, ledger),
        "title": _line(entry, "title"),
        "text": _text(entry),
        "url": _only_text(entry.get("link")),
        "author": _people(entry) or _people(feed),
        "section": _joined(tag.get("term") for tag in entry.get("tags") or []),
        "language": re.split("[-_]", language)[0].lower() or None,
        "article_id": _only_text(entry.get("id")),
    }
    if source and outlet and source != outlet:
        record["distributor"] = outlet
    return record


def _date(entry, ledger) -> str | None:
    """Return the date as printed: of publication, or else of the last change."""
    for key in ("published", "created", "updated"):
        if value := _only_text(dict.get(entry, key)):
            if key == "updated":
                ledger.add("dates of the last change, as no other is given", 1)
            return value
    return None


def _text(entry) -> str | None:
    """Return the longest content; without one, the summary."""
    contents = [_plain(content) for content in entry.get("content") or []]
    longest = max(contents, key=len, default="")
    return longest or _plain(entry.get("summary_detail") or {}) or None


def _line(holder, key: str) -> str | None:
    text = _plain(dict.get(holder, f"{key}_detail") or {"value": dict.get(holder, key)})
    return " ".join(text.split()) or None


def _plain(detail) -> str:
    value = _only_text(dict.get(detail, "value")) or ""
    if "html" in (dict.get(detail, "type") or "") or "</" in value:
        return html_text(value)
    return value


def _people(holder) -> str | None:
    names = [_only_text(person.get("name")) for person in holder.get("authors") or []]
    return _joined(names) or _only_text(holder.get("author"))


def _joined(parts) -> str | None:
    kept = dict.fromkeys(part.strip() for part in parts if part and part.strip())
    return "; ".join(kept) or None


def _only_text(value) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


FORMAT = Format("feed", "RSS and Atom feeds", recognise, read)
