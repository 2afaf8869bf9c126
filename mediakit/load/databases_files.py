"""Word, RTF, HTML and XML files of databases -> text, without anything that runs.

XML that declares entities is refused; nothing is fetched; what unpacks to more than
`LARGEST` bytes is not read.
"""

import re
import zipfile
from xml.etree import ElementTree
from xml.parsers import expat

import pyarrow as pa

from mediakit.errors import MediakitError
from mediakit.load.encodings import is_utf8, to_utf8
from mediakit.load.sources import DAMAGE, Options, Source

WORD = "word/document.xml"
RTF = b"{\\rtf"
LARGEST = 1 << 29
DEEPEST = 1_000
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
HIDDEN = ("Fallback", "txbxContent", "instrText", "delText")


def is_word(source: Source) -> bool:
    """Say whether a file is a Word document (.docx)."""
    data = source.data
    return bytes(data[:4]) == b"PK\x03\x04" and data.rfind(WORD.encode()) >= 0


def is_rtf(source: Source) -> bool:
    """Say whether a file is rich text (RTF)."""
    return bytes(source.data[: len(RTF)]) == RTF


def decoded(source: Source, options: Options, ledger) -> str:
    """Return a text file as a string whose lines end in a line feed alone.

    An HTML page's own word about its encoding counts only where it is not UTF-8.
    """
    encoding = options.encoding
    if encoding is None and not is_utf8(source.data):
        encoding = _declared(bytes(source.data[:4096]))
    data = to_utf8(source.data, name=source.name, encoding=encoding, ledger=ledger)
    return bytes(data).decode().replace("\r\n", "\n").replace("\r", "\n")


def _declared(head: bytes) -> str | None:
    """Return the encoding a page declares, None where Windows-1252 is meant."""
    found = CHARSET.search(head)
    name = found[1].decode().lower() if found else ""
    if name in ("", "utf-8", "utf8", "iso-8859-1", "latin1", "us-ascii"):
        return None
    try:
        "".encode(name)
    except LookupError:
        return None
    return name


def word_xml(source: Source) -> bytes:
    """Return the main part of a Word document."""
    try:
        with zipfile.ZipFile(pa.BufferReader(pa.py_buffer(source.data))) as archive:
            if archive.getinfo(WORD).file_size > LARGEST:
                raise MediakitError(
                    f"{source.name} unpacks to more than {LARGEST:,} bytes; "
                    "no article is that long."
                )
            return archive.read(WORD)
    except (*DAMAGE, KeyError) as error:
        if isinstance(error, MediakitError):
            raise
        raise MediakitError(
            f"{source.name} is a damaged Word document ({error}); export it again."
        ) from error


def word_text(source: Source) -> str:
    """Return the paragraphs of a Word document, one per line."""
    root = parse_xml(word_xml(source), source.name)
    for name in HIDDEN:
        for element in root.iter(name):
            tail = element.tail
            element.clear()
            element.tail = tail
    return "\n".join(_paragraph(element) for element in root.iter("p"))


def _paragraph(element) -> str:
    parts = [
        BREAKS[part.tag] if part.tag in BREAKS else part.text or ""
        for part in element.iter()
        if part.tag == "t" or part.tag in BREAKS
    ]
    return "".join(parts)


def rtf_text(source: Source, options: Options) -> str:
    """Return the text of an RTF file."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise MediakitError(
            f"{source.name} is rich text, which needs the package striprtf: "
            'pip install "mediakit[documents]", or export it as text or Word.'
        ) from error
    raw = bytes(source.data).decode("latin-1")
    try:
        text = rtf_to_text(raw, encoding=options.encoding or "cp1252", errors="replace")
    except Exception as error:  # whatever a damaged file makes striprtf raise
        raise MediakitError(
            f"{source.name} is damaged rich text ({error!r}); export it again."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def parse_xml(data, name: str) -> ElementTree.Element:
    """Parse XML into elements without namespaces; entities are refused."""
    builder, depth = ElementTree.TreeBuilder(), 0

    def start(tag, attributes):
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise MediakitError(f"{name} is nested more than {DEEPEST} deep.")
        builder.start(tag.rpartition("}")[2], attributes)

    def end(tag):
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition("}")[2])

    def refuse(*declaration):
        raise MediakitError(
            f"{name} declares entities, as no database does; it was not read."
        )

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(bytes(data), True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, MediakitError):
            raise
        raise MediakitError(
            f"{name} is not whole XML ({error}); it may be cut off. Export it again."
        ) from error
    return builder.close()
