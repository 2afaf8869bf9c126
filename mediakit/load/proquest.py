"""ProQuest: text and RIS exports, built from documentation without a real sample.

Its spreadsheets are read as any Excel file, once saved as .xlsx.
"""

import re

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load.columns import plain
from mediakit.load.databases import Export, add_value, count_missing, to_table
from mediakit.load.databases_files import decoded
from mediakit.load.proquest_ris import looks_like_ris, read_ris
from mediakit.load.sources import Format, Options, Source

RULE = re.compile(r"^_{20,}[ \t]*$", re.MULTILINE)
MARK = re.compile(
    r"^(?:Document|Dokument|Documento) (\d{1,6}) (?:of|de|von|sur) (\d{1,6})[ \t]*$",
    re.MULTILINE,
)
FIELD = re.compile(r"^([A-ZÀ-Þ][\w /()-]{2,40}):(?=\s|$)[ \t]*(.*)$")
TELLS = re.compile(
    r"^(?:ProQuest document ID|ID del documento de ProQuest|ID du document ProQuest"
    r"|ProQuest-Dokument-ID|Publication info|Full text)\s*:",
    re.MULTILINE | re.IGNORECASE,
)
COLUMNS = {
    "title": "title titel titre titulo",
    "author": "author authors autor auteur",
    "text": "fulltext volltext texteintegral textocompleto textointegral",
    "abstract": "abstract zusammenfassung resume resumen",
    "outlet": "publicationtitle publikationstitel titredelapublication "
    "titulodepublicacion titulodelapublicacion",
    "published": "publicationdate publikationsdatum datedepublication "
    "fechadepublicacion",
    "section": "section rubrik seccion rubrique",
    "language": "languageofpublication publikationssprache langue idioma "
    "languedepublication idiomadelapublicacion",
    "article_id": "proquestdocumentid proquestdokumentid iddudocumentproquest "
    "iddeldocumentodeproquest",
    "url": "documenturl dokumenturl urldudocument urldeldocumento",
    "subject": "subject thema sujet materia",
    "location": "location ort lieu lugar",
    "people": "people personen personnes personas",
    "pages": "pages seiten paginas firstpage",
    "edition": "edition",
    "published_by": "publisher herausgeber editeur editorial",
    "publication_type": "sourcetype",
    "document_type": "documenttype dokumenttyp typededocument tipodedocumento",
    "copyright": "copyright",
    "dateline": "dateline",
    "publication_info": "publicationinfo",
    "links": "links",
    "year": "publicationyear",
    "issn": "issn",
    "database": "database datenbank basededatos basededonnees",
    "place": "placeofpublication",
    "country": "countryofpublication",
    "updated": "lastupdated",
    "company": "companyorganization",
    "index_terms": "identifierkeyword",
    "subtitle": "subtitle",
    "column_name": "column",
}
COLUMNS = {name: column for column, names in COLUMNS.items() for name in names.split()}
ENDS_TEXT = {"subject", "location", "people", "outlet", "copyright", "company", "links",
             "title", "index_terms"}  # fmt: skip
DATE = re.compile(r"\b\d{1,2} \w{3,12}\.? \d{4}")
AFTER_OUTLET = re.compile(r"[;,\[]")


def recognise(source: Source) -> bool:
    """Tell an export by its rules and field names, or as RIS."""
    if source.kind:
        return False
    head = source.head.replace("\r\n", "\n").replace("\r", "\n")
    if looks_like_ris(head):
        return True
    return RULE.search(head) is not None and TELLS.search(head) is not None


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read every document of an export."""
    text = decoded(source, options, ledger)
    if looks_like_ris(text):
        return to_table(read_ris(text), source, ledger)
    pieces = RULE.split(text)
    documents = [piece for piece in pieces if TELLS.search(piece)]
    if not documents:
        raise MediakitError(
            f"{source.name} holds no document of ProQuest. Export full records as "
            "text (TXT) or RIS."
        )
    records = [_record(document) for document in documents]
    marks = [MARK.search(document) for document in documents]
    numbers = [int(mark[1]) for mark in marks if mark]
    said = max([int(mark[2]) for mark in marks if mark], default=0)
    expected, gaps = count_missing(numbers)
    expected = max(expected, len(records))
    missing = f"document {', '.join(map(str, gaps[:20]))}" if gaps else ""
    part = f"{expected:,} of {said:,} documents" if said > expected else ""
    dropped = {}
    if any(piece.strip() for piece in pieces if piece not in documents):
        dropped["cover pages left out"] = "contact and copyright lines"
    return to_table(Export(records, expected, missing, part, dropped), source, ledger)


def _record(document: str) -> dict:
    record, column = {}, "title"
    mark = MARK.search(document)
    document = document[mark.end() :] if mark else document
    for line in document.split("\n"):
        found = FIELD.match(line.strip())
        named = COLUMNS.get(plain(found[1])) if found else None
        if named and (column != "text" or named in ENDS_TEXT):
            column = named
            add_value(record, column, found[2])
        else:
            add_value(record, column, line)
    return _completed(record)


def _completed(record: dict) -> dict:
    """Take the title from its first line, outlet and date from the publication line."""
    lines = list(dict.fromkeys(record.get("title", "").split("\n\n")))
    record["title"] = " ".join(lines[0].split())
    info = record.get("publication_info", "")
    if date := DATE.search(info):
        outlet = AFTER_OUTLET.split(info[: date.start()], maxsplit=1)[0].strip()
        found = {"outlet": outlet, "published": date[0]}
        record |= {k: v for k, v in found.items() if v and not record.get(k)}
    if outlet := record.get("outlet"):
        record["outlet"], _, place = (part.strip() for part in outlet.partition(";"))
        record["place"] = record.get("place") or place
    record["pages"] = record.get("pages", "").replace("\n\n", " ")
    return record


FORMAT = Format("proquest", "ProQuest exports (TXT, RIS)", recognise, read)
