"""Sitemaps -> a table, one row per address; news sitemaps have title, outlet and date.

A sitemap that is cut off or ill-formed is read up to the break. The sitemaps that an
index lists are named and counted, not fetched.
"""

import re
from xml.parsers import expat

import pandas as pd

from mediakit.load.feeds_text import root_name, xml_text
from mediakit.load.json_records import refuse_names
from mediakit.load.sources import Format, Options, Source

FIELDS = {
    ("loc",): "url",
    ("lastmod",): "last_changed",
    ("news", "title"): "title",
    ("news", "publication_date"): "published",
    ("news", "publication", "name"): "outlet",
    ("news", "publication", "language"): "language",
    ("news", "genres"): "genre",
    ("news", "keywords"): "section",
}
COLUMNS = ["title", "text", "published", *FIELDS.values()]
ENTRIES = {"urlset": "url", "sitemapindex": "sitemap"}


class _Reader:
    """Collects what stands at known places in the entries below the root."""

    def __init__(self):
        self.path, self.parts, self.records = [], [], []

    def start(self, tag: str, _) -> None:
        self.path.append(tag.rpartition(":")[2])
        self.parts = []
        if len(self.path) == 2 and self.path[1] == ENTRIES.get(self.path[0]):
            self.records.append({})

    def data(self, part: str) -> None:
        self.parts.append(part)

    def end(self, _) -> None:
        field = FIELDS.get(tuple(self.path[2:]))
        value = " ".join("".join(self.parts).split())
        if field and value and self.records:
            self.records[-1].setdefault(field, value)
        self.path.pop()
        self.parts = []


def recognise(source: Source) -> bool:
    """Tell a sitemap by its first element."""
    if source.kind or "<" not in source.head:
        return False
    return root_name(source.head) in ENTRIES


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read the addresses of one sitemap; those of an index are only counted."""
    refuse_names(options, source.name)
    text = xml_text(source, options, ledger)
    records, fault = _records(text)
    root = root_name(text)
    expected = len(re.findall(rf"<(?:\w+:)?{ENTRIES.get(root, 'url')}(?=[\s>/])", text))
    if fault:
        what = "sitemaps that are ill-formed, read up to the break"
        ledger.add(what, 1, f"{source.name}: {fault}", lost=True)
    if root == "sitemapindex":
        ledger.add("sitemaps listed, not fetched", 0, lost=True)
        for record in records:
            note = record.get("url", "without an address")
            ledger.add("sitemaps listed, not fetched", 1, note, lost=True)
        records, expected = [], 0
    ledger.add("rows expected", max(expected, len(records)))
    ledger.add("rows read", len(records))
    columns = list(dict.fromkeys(COLUMNS))
    return pd.DataFrame(records, columns=columns, dtype=object)


def _records(text: str) -> tuple[list[dict], str]:
    """Return the entries up to the end or the first fault, and the fault."""
    reader, parser = _Reader(), expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        return reader.records, str(error)
    return reader.records, ""


FORMAT = Format("sitemap", "sitemaps and their indexes", recognise, read)
