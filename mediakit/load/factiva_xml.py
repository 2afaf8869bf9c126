"""Factiva's XML: articles as elements; the file says how many there should be."""

from mediakit.load.databases import Export, add_value
from mediakit.load.databases_files import parse_xml
from mediakit.load.sources import Source

ELEMENTS = {
    "accessionNo": "article_id", "baseLanguage": "language", "byline": "author",
    "columnName": "column_name", "copyright": "copyright", "credit": "credit",
    "edition": "edition", "notes": "notes", "publisherName": "published_by",
    "sectionName": "section", "sourceCode": "source_code", "sourceName": "outlet",
    "wordCount": "length",
}  # fmt: skip
TEXTS = {"headline": "title", "leadParagraph": "text", "tailParagraphs": "text"}
LISTS = {
    "region": "geographic",
    "newsSubject": "subject",
    "company": "company",
    "industry": "industry",
}


def read_xml(source: Source) -> Export:
    """Read every article element."""
    root = parse_xml(source.data, source.name)
    records = [_record(article) for article in root.iter("article")]
    said = [element.get("count", "") for element in root.iter("ppsarticleResultSet")]
    counts = sum(int(count) for count in said if count.isascii() and count.isdigit())
    expected = max(counts, len(records))
    gone = expected - len(records)
    missing = f"{gone} of the {expected} documents it announces" if gone else ""
    return Export(records, expected, missing)


def _record(article) -> dict:
    record = {}
    for element in article:
        if column := ELEMENTS.get(element.tag):
            add_value(record, column, _text(element))
        elif column := TEXTS.get(element.tag):
            for paragraph in element.iter("paragraph"):
                add_value(record, column, _text(paragraph))
        elif column := LISTS.get(element.tag):
            named = " | ".join(filter(None, [record.get(column), _text(element)]))
            record[column] = named
        elif element.tag == "publicationDate":
            record["published"] = _text(element)
        elif element.tag == "pages":
            record["pages"] = " ".join(_text(page) for page in element)
    record["title"] = " ".join(record.get("title", "").split())
    record["language"] = record.get("language", "").lower()
    return record


def _text(element) -> str:
    return " ".join("".join(element.itertext()).split())
