"""Europresse: HTML exports; the older layout is checked on an export.

The newer layout (elements `article`, a container for the text) and the count of
documents on the cover are built from documentation.
"""

import re

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load.databases import Export, is_rights, split_date, to_table
from mediakit.load.databases_files import decoded
from mediakit.load.databases_html import Piece, is_html, joined, read_pieces
from mediakit.load.sources import Format, Options, Source

OUTLET, HEADER, TITLE, TEXT = (
    "docpublicationname",
    "docheader",
    "titrearticlevisu",
    "dococurrcontainer",
)
AUTHOR = "sm-margin-bottomnews"
START = re.compile(rb"class\s*=\s*[\"']?DocPublicationName", re.IGNORECASE)
SAID = re.compile(
    r"(?:Nombre de documents?|Number of documents?|Número de documentos?"
    r"|Anzahl der Dokumente)(?:\(s\))?\s*:\s*(\d{1,7})",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\b(?:news|web|pub|bio|rep)[·.]\d{8}[·.][\w·.-]+")
NUMBER_LINE = re.compile(
    r"^(?:Numéro de document|Document number|Número de documento|Dokumentnummer)\s*:.*",
    re.IGNORECASE,
)
LENGTH = re.compile(
    r"\b\d{1,3}(?:[\s.,]\d{3})* (?:mots|words|palabras|Wörter)\b", re.IGNORECASE
)
ISSUE = re.compile(r",?\s*\b(?:no|nº|n°|nr)\.?\s*(\d+)$", re.IGNORECASE)
LONGEST_AUTHOR = 100
DATE_PARTS = 4


def recognise(source: Source) -> bool:
    """Tell an export by the class of its outlets' names."""
    return is_html(source) and START.search(source.data) is not None


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read every article of a page."""
    page = decoded(source, options, ledger)
    cover, articles = _split(read_pieces(page))
    if not articles:
        raise MediakitError(
            f"{source.name} holds no article of Europresse. Save the documents "
            "themselves as HTML, not the list of results."
        )
    records = [_record(pieces) for pieces in articles]
    text = joined(cover)
    said = [int(number) for number in SAID.findall(text)]
    expected = max([*said, len(START.findall(page.encode())), len(records)])
    gone = expected - len(records)
    missing = f"{gone} of {expected} documents" if gone else ""
    dropped = {}
    if SAID.search(text):
        dropped["cover pages left out"] = f"{len(text.splitlines())} lines"
    if certificates := sum("certificate" in record for record in records):
        dropped["certificates left out"] = f"after {certificates} articles"
    for record in records:
        record.pop("certificate", None)
    return to_table(Export(records, expected, missing, "", dropped), source, ledger)


def _split(pieces: list[Piece]) -> tuple[list[Piece], list[list[Piece]]]:
    """Split pieces where a new outlet is named, after those before the first."""
    parts, inside = [[]], False
    for piece in pieces:
        named = _has(piece, OUTLET) and bool(piece.text.strip())
        if named and not inside:
            parts.append([])
            inside = True
        elif piece.text.strip():
            inside = named
        parts[-1].append(piece)
    return parts[0], parts[1:]


def _has(piece: Piece, *names: str) -> bool:
    return any(found.lower() in names for found in piece.classes)


def _marked(pieces: list[Piece], name: str) -> str:
    return " ".join(joined([piece for piece in pieces if _has(piece, name)]).split())


def _record(pieces: list[Piece]) -> dict:
    record = {"outlet": _marked(pieces, OUTLET), "title": _marked(pieces, TITLE)}
    if issue := ISSUE.search(record["outlet"]):
        record["outlet"], record["issue"] = record["outlet"][: issue.start()], issue[1]
    _read_header(_marked(pieces, HEADER), record)
    marked = [_has(piece, OUTLET, HEADER, TITLE) for piece in pieces]
    after = len(marked) - marked[::-1].index(True)
    above = [p for p, mark in zip(pieces[:after], marked, strict=False) if not mark]
    record["subtitle"] = " ".join(joined(above).split())
    rest = pieces[after:]
    if any(_has(piece, TEXT) for piece in rest):
        record["author"] = _marked(rest, AUTHOR)
        blocks = joined([piece for piece in rest if _has(piece, TEXT)])
        tail = joined([piece for piece in rest if not _has(piece, TEXT)])
        found = NUMBER.search(tail)
        record["article_id"] = found[0] if found else None
    else:
        record["author"], rest = _author(rest)
        blocks = joined(rest)
    return _read_text(blocks.split("\n\n"), record)


def _author(pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """Take the author: a short line after the title that ends in a line break."""
    for i, piece in enumerate(pieces):
        if piece.text.strip():
            line = piece.text.strip()
            short = len(line) <= LONGEST_AUTHOR and line[-1] not in ".!?:"
            ends = [following.text for following in pieces[i + 1 : i + 3]]
            if short and ends and ends[0] == "\n":
                return line, pieces[i + 1 :]
            return "", pieces
    return "", pieces


def _read_header(header: str, record: dict) -> None:
    """Read "Politics, Thursday 5 October 2013, p. 3": section, date, pages."""
    if found := LENGTH.search(header):
        record["length"] = found[0]
        header = header[: found.start()] + header[found.end() :]
    parts = [part.strip() for part in header.split(",") if part.strip()]
    for size in range(DATE_PARTS, 0, -1):
        for start in range(len(parts) - size + 1):
            date = split_date(", ".join(parts[start : start + size]))
            if date and not date[1]:
                record["published"] = date[0]
                record["section"] = ", ".join(parts[:start])
                record["pages"] = ", ".join(parts[start + size :])
                return
    record["section"] = ", ".join(parts)


def _read_text(blocks: list[str], record: dict) -> dict:
    """Read the text up to the copyright line, the document number and certificate."""
    text = []
    for place, block in enumerate(blocks):
        if NUMBER_LINE.match(block) or NUMBER.fullmatch(block):
            found = NUMBER.search(block)
            record["article_id"] = found[0] if found else None
            if blocks[place + 1 :]:
                record["certificate"] = True
            break
        if is_rights(block) and len(block) < 2 * LONGEST_AUTHOR:
            record["copyright"] = block
        else:
            text.append(block)
    record["text"] = "\n\n".join(text)
    return record


FORMAT = Format("europresse", "Europresse exports (HTML)", recognise, read)
