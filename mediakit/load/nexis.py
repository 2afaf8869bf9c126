"""Nexis, Nexis Uni and LexisNexis: text, Word, RTF and HTML, one or many articles.

Text, Word and LexisNexis HTML are checked on exports; RTF is built from documentation.
"""

import re

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load.databases import to_table
from mediakit.load.databases_files import (
    decoded,
    is_rtf,
    is_word,
    rtf_text,
    word_text,
    word_xml,
)
from mediakit.load.databases_html import is_html, page_text
from mediakit.load.nexis_documents import NUMBERED, has_documents, read_documents
from mediakit.load.nexis_uni import END, has_end_marks, listed_titles, read_uni
from mediakit.load.proquest import recognise as is_proquest
from mediakit.load.sources import Format, ListError, Options, Source

TABLES = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson")
INLINE = re.compile(
    rb"[>\s}](?:\d[\d.,]*\s+(?:of|von|de|sur)\s+\d[\d.,]*\s+DO[CK]UMENT"
    rb"|Do[ck]umento? \d+ (?:of|von|de|sur) \d+)"
)
ENDED = re.compile(
    rb"End of Document|Ende des Dokuments|Fin du document|Fin del documento"
)
LISTED = re.compile(rb"(?:Documents|Dokumente|Documentos)\b")
FIELDS = re.compile(rb"(?:Load-Date|Length|Longueur|Longitud|L\S{1,4}nge|Byline)\s?:")
SEARCHED = 1 << 23
ADVICE = (
    "it has neither lines such as '1 of 14 DOCUMENTS' nor 'End of Document'. Download "
    "full documents from Nexis, not a result list"
)


def recognise(source: Source) -> bool:
    """Tell an export by the marks between its documents."""
    if is_word(source):
        xml = word_xml(source)
        return _has_marks(xml) or (LISTED.search(xml) is not None and _is_list(source))
    if is_rtf(source):
        return _has_marks(source.data)
    if source.kind or source.ending in TABLES:
        return False
    if is_html(source):
        return _has_marks(source.data)
    if is_proquest(source):  # which numbers its documents too
        return False
    head = source.head.replace("\r\n", "\n").replace("\r", "\n")
    return has_documents(head) or has_end_marks(head) or _marked_later(source.data)


def _is_list(source: Source) -> bool:
    return bool(listed_titles(word_text(source)))


def _has_marks(data) -> bool:
    """Search marked-up text; the end mark counts only beside a field of Nexis."""
    if INLINE.search(data):
        return True
    return ENDED.search(data) is not None and FIELDS.search(data) is not None


def _marked_later(data) -> bool:
    """Search beyond the head of a text: a table of contents can be long."""
    data = data[:SEARCHED]
    return any(
        re.search(mark.pattern.encode(), data, mark.flags & ~re.UNICODE)
        for mark in (NUMBERED, END)
    )


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read every document of an export."""
    text, wrapped = _text(source, options, ledger)
    if has_documents(text):
        return to_table(read_documents(text, wrapped=wrapped), source, ledger)
    if has_end_marks(text):
        return to_table(read_uni(text), source, ledger)
    if titles := listed_titles(text):
        raise ListError(source.name, titles)
    raise MediakitError(f"{source.name} is no export of Nexis; {ADVICE}.")


def _text(source: Source, options: Options, ledger) -> tuple[str, bool]:
    """Return the text, and whether its paragraphs are wrapped."""
    if is_word(source):
        return word_text(source), False
    if is_rtf(source):
        return rtf_text(source, options), False
    text = decoded(source, options, ledger)
    return (page_text(text), False) if is_html(source) else (text, True)


FORMAT = Format("nexis", "Nexis, Nexis Uni and LexisNexis exports", recognise, read)
