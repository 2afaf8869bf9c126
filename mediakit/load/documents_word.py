"""Word documents of no database -> one article each: paragraphs, tables, notes.

What is deleted, hidden in fields or stands in headers of pages is not the text; text
boxes and notes follow it.
"""

import zipfile

import pyarrow as pa

from mediakit.errors import MediakitError
from mediakit.load.databases_files import (
    BREAKS,
    LARGEST,
    is_word,
    parse_xml,
    word_xml,
)
from mediakit.load.documents_article import article
from mediakit.load.documents_lines import Block
from mediakit.load.sources import DAMAGE, Format, Options, Source

STYLES, CORE = "word/styles.xml", "docProps/core.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
HEADINGS = ("title", "heading 1")
LEFT_OUT = {"Fallback", "instrText", "delText", "del", "moveFrom", "rPr", "pPr"}
MARKS = {"footnoteReference", "endnoteReference"}
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def recognise(source: Source) -> bool:
    """Tell a Word document (.docx)."""
    return is_word(source)


def read(source: Source, options: Options, ledger) -> dict:
    """Read the article of one document."""
    root = parse_xml(word_xml(source), source.name)
    others = _parts(source)
    headings = _heading_styles(others.get(STYLES), source.name)
    body = root.find("body")
    blocks, boxes = _blocks(body if body is not None else root, headings)
    for name in NOTES:
        if name in others:
            blocks += _notes(parse_xml(others[name], source.name))
    if boxes:
        ledger.add("text boxes put after the paragraph they stand in", boxes)
    ledger.add("rows expected", 1)
    ledger.add("rows read", 1)
    stated = _stated(others.get(CORE), source.name)
    return {
        **article(blocks, source, ledger, title=stated.get("title")),
        "word_created": stated.get("created"),
        "word_author": stated.get("creator"),
    }


def _parts(source: Source) -> dict[str, bytes]:
    """Return the parts of the document beside its main one."""
    try:
        with zipfile.ZipFile(pa.BufferReader(pa.py_buffer(source.data))) as archive:
            names = {STYLES, CORE, *NOTES} & set(archive.namelist())
            if sum(archive.getinfo(name).file_size for name in names) > LARGEST:
                raise MediakitError(
                    f"{source.name} unpacks to more than {LARGEST:,} bytes; no "
                    "article is that long."
                )
            return {name: archive.read(name) for name in sorted(names)}
    except MediakitError:
        raise
    except DAMAGE as error:
        raise MediakitError(
            f"{source.name} is a damaged Word document ({error}); save it again."
        ) from error


def _heading_styles(data: bytes | None, name: str) -> set[str]:
    """Return the ids of the styles that are a title or a first heading."""
    if data is None:
        return set()
    found = set()
    for style in parse_xml(data, name).iter("style"):
        label = style.find("name")
        if label is not None and _value(label).lower() in HEADINGS:
            found.add(next(v for k, v in style.items() if k.endswith("styleId")))
    return found


def _value(element) -> str:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == "val"), "")


def _blocks(body, headings: set[str]) -> tuple[list[Block], int]:
    """Return the paragraphs and the rows of tables in order, and how many boxes."""
    blocks, boxes, waiting = [], 0, list(reversed(body))
    while waiting:
        element = waiting.pop()
        if element.tag == "tr":
            cells = [" ".join(_text(p) for p in cell.iter("p")) for cell in element]
            _add(blocks, "\t".join(cell for cell in cells if cell.strip()), False)
        elif element.tag == "p":
            style = element.find("pPr/pStyle")
            marked = style is not None and _value(style) in headings
            _add(blocks, _text(element), marked)
            inside = _boxes(element)
            boxes += len(inside)
            waiting.extend(reversed([p for box in inside for p in box]))
        elif element.tag not in LEFT_OUT:
            waiting.extend(reversed(element))
    return blocks, boxes


def _add(blocks: list[Block], text: str, heading: bool) -> None:
    lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
    if any(lines):
        whole = "\n".join(lines).strip()
        blocks.append(Block(whole, 0.0, 0, tuple(filter(None, lines)), heading))


def _text(paragraph) -> str:
    """Return the text of one paragraph, that of boxes and deletions left out."""
    parts, waiting = [], [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == "t":
            parts.append(element.text or "")
        elif element.tag in BREAKS:
            parts.append(BREAKS[element.tag])
        elif element.tag in MARKS:
            parts.append(f"[{_id(element)}]")
        elif element.tag not in (*LEFT_OUT, "txbxContent"):
            waiting.extend(reversed(element))
    return "".join(parts)


def _boxes(paragraph) -> list:
    """Return the text boxes anchored in a paragraph, each once."""
    found, waiting = [], [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == "txbxContent":
            found.append(element)
        elif element.tag not in LEFT_OUT:
            waiting.extend(reversed(element))
    return found


def _id(element) -> str:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == "id"), "")


def _notes(root) -> list[Block]:
    """Return footnotes or endnotes, each a paragraph with its number."""
    blocks = []
    for note in root:
        kind = next((v for k, v in note.items() if k.endswith("type")), "")
        if kind not in SEPARATORS:
            text = " ".join(filter(None, (_text(p).strip() for p in note.iter("p"))))
            _add(blocks, f"[{_id(note)}] {text}" if text else "", False)
    return blocks


def _stated(data: bytes | None, name: str) -> dict:
    """Return title, creator and date of creation as the document states them."""
    if data is None:
        return {}
    return {element.tag: element.text for element in parse_xml(data, name)}


FORMAT = Format("docx", "Word documents, one article each", recognise, read)
