"""The bytes of a saved page -> its characters and its tree, within limits.

A parser without network and entities reads it; nothing runs and nothing is fetched.
"""

import codecs
import re

from mediakit.errors import MediakitError
from mediakit.load.encodings import BOMS, is_utf8, to_utf8
from mediakit.load.sources import Options, Source

MOST_BYTES = 10_000_000
MOST_ELEMENTS = 50_000
MOST_NESTED = 50_000_000
DEEPEST = 256
HEAD = 4096
CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]{0,100}?encoding="
    rb"[\"']([\w.-]+)",
    re.IGNORECASE,
)
TEXTUAL = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|iso2022_jp|koi8-[rut]|gb18030|gb2312|gbk|big5(?:hkscs)?"
    r"|shift_jis|euc_jp|euc_kr|mac-(?:roman|cyrillic)|ascii|tis-620"
)
AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ADVICE = "Cut out the article and save it alone, or as text."
INSTALL = 'Reading pages needs trafilatura; install it: pip install "mediakit[web]".'


def page_text(source: Source, options: Options, ledger) -> str:
    """Decode a page: as said, by its mark or bytes, or as it declares; count the odd.

    Bytes that are UTF-8 are read so whatever is declared.
    """
    data, name = source.data, source.name
    if len(data) > MOST_BYTES:
        raise MediakitError(
            f"{name} has {len(data):,} bytes; a page may have {MOST_BYTES:,}. {ADVICE}"
        )
    head = bytes(data[:HEAD])
    declared = declared_encoding(head)
    marked = options.encoding is not None or head.startswith(tuple(b for b, _ in BOMS))
    sound = is_utf8(data) and declared != "iso2022_jp"
    if sound and declared not in (None, "utf-8", "cp1252") and not head.isascii():
        ledger.add("pages that declare a wrong encoding", 1, f"{declared} in {name}")
    if not marked and declared == "utf-8" and not sound:
        ledger.add("pages that declare a wrong encoding", 1, f"utf-8 in {name}")
    if marked or sound or declared in (None, "utf-8"):
        clean = to_utf8(data, name=name, encoding=options.encoding, ledger=ledger)
        return bytes(clean).decode()
    text = bytes(data).decode(declared, errors="replace").replace("\0", "")
    if broken := text.count("\ufffd"):
        note = f"{declared} in {name}"
        ledger.add("characters not decoded", broken, note, lost=True)
    ledger.add("files in another encoding", 1, f"{declared} in {name}")
    return text


def declared_encoding(head: bytes) -> str | None:
    """Return the encoding a page declares, as browsers take it; None if none known."""
    found = CHARSET.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    return AS_BROWSERS_READ.get(name, name) if TEXTUAL.fullmatch(name) else None


def page_tree(text: str, name: str, ledger):
    """Parse a page; comments, processing instructions and entities are left out."""
    try:
        from lxml import etree, html
    except ImportError as error:
        raise MediakitError(INSTALL) from error
    parser = html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
    )
    text, controls = CONTROL.subn("", text)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return html.document_fromstring("<html><body></body></html>")
    if any("depth" in entry.message for entry in parser.error_log):
        note = f"beyond {DEEPEST} levels in {name}"
        ledger.add("pages nested too deep to read whole", 1, note, lost=True)
    check_size(tree, name)
    if controls := controls + sum(map(_without_controls, tree.iter())):
        ledger.add("control characters removed from pages", controls, name)
    return tree


def _without_controls(element) -> int:
    """Take out characters that no element may be given; return how many."""
    removed = 0
    for place in ("text", "tail"):
        clean, number = CONTROL.subn("", getattr(element, place) or "")
        if number:
            setattr(element, place, clean)
            removed += number
    attributes = element.items()
    if any(CONTROL.search(name + value) for name, value in attributes):
        element.attrib.clear()
        for name, value in attributes:
            clean, number = CONTROL.subn("", value)
            removed += number
            if not CONTROL.search(name):
                element.set(name, clean)
    return removed


def check_size(tree, name: str) -> None:
    """Raise where a page has so many or so deep elements that reading takes minutes."""
    lengths = {}
    for element in reversed(list(tree.iter())):
        own = len(element.text or "") if element.tag not in ("script", "style") else 0
        lengths[element] = own + sum(lengths[c] + len(c.tail or "") for c in element)
    if len(lengths) > MOST_ELEMENTS:
        found = f"{len(lengths):,} elements; a page may have {MOST_ELEMENTS:,}"
    elif sum(lengths.values()) > MOST_NESTED:
        found = (
            f"{sum(lengths.values()):,} characters, counted once for each element "
            f"around them; a page may have {MOST_NESTED:,}"
        )
    else:
        return
    raise MediakitError(f"{name} has {found}. {ADVICE}")
