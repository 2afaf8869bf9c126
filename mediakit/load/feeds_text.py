"""What feeds, sitemaps and crawls share: XML as text, and HTML as its visible text.

Nothing is fetched; XML whose entities would grow is refused.
"""

import re
from importlib import import_module
from types import ModuleType

from mediakit.errors import MediakitError
from mediakit.load.databases_html import BLOCK, BLOCKS, LINE
from mediakit.load.encodings import is_utf8, to_utf8
from mediakit.load.sources import Options, Source

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
DECLARATION = re.compile(r"<\?xml\b[^>]*>")
ENCODING = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)""")
ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')""")
NESTED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w+;|%\w+;")
SKIPPED = ("script", "style", "noscript", "template", "head", "title")
LATIN = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "latin1")
LARGEST = 1 << 26
GROWTH = 1_000_000
MOST_ENTITIES = 100


def web_package(name: str, why: str) -> ModuleType:
    """Import a module of the extra "web", or say how to get it."""
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise MediakitError(
            f'{why} needs the package {package}: pip install "mediakit[web]".'
        ) from error


def root_name(head: str) -> str:
    """Return the name of the first element of XML, without its prefix."""
    found = ROOT.search(COMMENT.sub("", head))
    return found[1] if found else ""


def xml_text(source: Source, options: Options, ledger) -> str:
    """Return XML as a string without its declaration and comments.

    The encoding is the one said, the one declared or UTF-8, in this order; what is
    declared does not count where the file is UTF-8.
    """
    data = source.data
    if len(data) > LARGEST:
        raise MediakitError(
            f"{source.name} has {len(data):,} bytes, more than the {LARGEST:,} that "
            "are read of one feed or sitemap; split it."
        )
    encoding = options.encoding
    if encoding is None and not is_utf8(data):
        encoding = _declared(bytes(data[:4096]))
    data = to_utf8(data, name=source.name, encoding=encoding, ledger=ledger)
    text = COMMENT.sub("", bytes(data).decode())
    _refuse_growth(text, source.name)
    return DECLARATION.sub("", text, count=1).strip()


def _declared(head: bytes) -> str | None:
    found = ENCODING.search(head)
    name = found[1].decode().lower() if found else LATIN[0]
    try:
        "".encode(name)
    except LookupError:
        return None
    return None if name in LATIN else name


def entity_values(text: str) -> dict[str, str]:
    """Return the entities that a document declares with a value of its own."""
    return {name: double or single for name, double, single in ENTITY.findall(text)}


def _refuse_growth(text: str, name: str) -> None:
    """Raise where the entities of a document would make it many times as long."""
    values = entity_values(text)
    grown = len(values) > MOST_ENTITIES or any(map(NESTED.search, values.values()))
    if not grown:
        grown = GROWTH < sum(
            len(value) * text.count(f"&{entity};") for entity, value in values.items()
        )
    if grown:
        raise MediakitError(
            f"{name} declares entities that make it many times as long, as no feed "
            "does; it was not read."
        )


def html_text(markup: str) -> str:
    """Return the visible text of HTML, with an empty line between paragraphs."""
    root = _parsed(markup)
    return _visible(root) if root is not None else ""


def page_parts(page: str) -> tuple[str, str]:
    """Return the title and the visible text of a page."""
    root = _parsed(page)
    if root is None:
        return "", ""
    title = root.findtext(".//title") or ""
    return " ".join(title.split()), _visible(root)


def _parsed(markup: str):
    etree = web_package("lxml.etree", "HTML")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _visible(root) -> str:
    etree = web_package("lxml.etree", "HTML")
    etree.strip_elements(root, *SKIPPED, with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    parts = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            parts.append(BLOCK)
        if event == "start" and element.tag == "br":
            parts.append(LINE)
        run = element.text if event == "start" else element.tail
        parts.append(re.sub(r"\s+", " ", run or ""))
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
