"""Factiva: HTML and XML exports, and rich text.

Checked on exports: HTML with field codes, and XML. HTML without field codes and rich
text are built from documentation.
"""

import re
from itertools import groupby

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load.databases import Export, to_table
from mediakit.load.databases_files import decoded, is_rtf, rtf_text
from mediakit.load.databases_html import Piece, is_html, joined, read_pieces
from mediakit.load.factiva_fields import (
    DOCUMENT,
    fields_of_codes,
    fields_of_lines,
)
from mediakit.load.factiva_xml import read_xml
from mediakit.load.sources import Format, Options, Source

PAGE = re.compile(rb"class\s*=\s*[\"']?article [a-z]{2}Article")
XML = re.compile(r"<(?:\w+:)?ppsarticle\b|https?://global\.factiva\.com", re.IGNORECASE)
NUMBER = re.compile(rb"Do[ck]umento? [A-Z0-9]{4,16}(?:19|20)\d{6}\w{4,}")
CODED = re.compile(r"^\|?\s*([A-Z]{2,3})\s*\|\s*(.*?)\s*\|?$")
ADVICE = "Save the articles from Factiva as HTML or RTF in the article format"


def recognise(source: Source) -> bool:
    """Tell an export by its tags, or by the document numbers of rich text."""
    if is_rtf(source):
        return NUMBER.search(source.data) is not None
    if source.kind:
        return False
    return _is_xml(source) or (is_html(source) and PAGE.search(source.data) is not None)


def _is_xml(source: Source) -> bool:
    return source.head.lstrip().startswith("<") and XML.search(source.head) is not None


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read every document of an export."""
    if is_rtf(source):
        export = _read_rtf(rtf_text(source, options))
    elif _is_xml(source):
        export = read_xml(source)
    else:
        export = _read_page(decoded(source, options, ledger))
    if not export.records:
        raise MediakitError(f"{source.name} holds no article of Factiva. {ADVICE}.")
    return to_table(export, source, ledger)


def _read_page(page: str) -> Export:
    """Read the articles of a page; as many are expected as start in its source."""
    groups = groupby(read_pieces(page), key=lambda piece: "article" in piece.classes)
    articles = [list(pieces) for inside, pieces in groups if inside]
    records = [_of_pieces(pieces) for pieces in articles if joined(pieces)]
    expected = len(PAGE.findall(page.encode()))
    return Export(records, max(expected, len(records)))


def _of_pieces(pieces: list[Piece]) -> dict:
    if any("index" in piece.classes for piece in pieces):
        groups = groupby(pieces, key=lambda piece: "index" in piece.classes)
        values = [(is_code, joined(list(group))) for is_code, group in groups]
        return fields_of_codes(_pairs(values))
    record = fields_of_lines(joined(pieces).splitlines())
    for column, ending in [("title", ("hd", "Headline")), ("author", "author")]:
        marked = [p for p in pieces if any(c.endswith(ending) for c in p.classes)]
        record[column] = " ".join(joined(marked).split()) or record.get(column)
    paragraphs = [p for p in pieces if "articleParagraph" in p.classes]
    if paragraphs:
        record["text"] = joined(paragraphs)
    return record


def _pairs(values: list[tuple[bool, str]]) -> list[tuple[str, str]]:
    """Pair each code with the value after it."""
    pairs, code = [], ""
    for is_code, value in values:
        if is_code:
            code = value
        elif value:
            pairs.append((code, value))
    return pairs


def _read_rtf(text: str) -> Export:
    """Split rich text at its document numbers."""
    records, lines = [], []
    for line in text.splitlines():
        lines.append(line.strip())
        if DOCUMENT.search(line):
            records.append(_of_lines(lines))
            lines = []
    count = len(records)
    if sum(map(bool, lines)) > 3 and any(CODED.match(line) for line in lines):
        records.append(_of_lines(lines))
    dropped = {}
    if left := sum(map(bool, lines)) * (len(records) == count):
        dropped["cover pages left out"] = f"{left} lines after the last article"
    return Export(records, len(records), "", "", dropped)


def _of_lines(lines: list[str]) -> dict:
    if not any(CODED.match(line) for line in lines):
        return fields_of_lines([line.strip("|") for line in lines])
    pairs = []
    for line in lines:
        if found := CODED.match(line):
            pairs.append((found[1], found[2]))
        elif pairs and line:
            code, value = pairs[-1]
            pairs[-1] = (code, f"{value}\n\n{line.strip('|')}")
    return fields_of_codes(pairs)


FORMAT = Format("factiva", "Factiva exports (HTML, XML, RTF)", recognise, read)
