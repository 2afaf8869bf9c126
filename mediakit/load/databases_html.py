"""HTML of databases -> pieces of text that know the classes of the tags around them.

Only the standard library's tokeniser is used: nothing runs, nothing is fetched.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from mediakit.load.sources import Source

HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--|<!doctype html|<html|<head|<body)", re.I
)
SKIPPED = {"script", "style", "title", "noscript"}
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base"}
BLOCKS = {
    "p", "div", "table", "tr", "td", "th", "ul", "ol", "li", "h1", "h2", "h3", "h4",
    "h5", "h6", "article", "section", "header", "footer", "aside", "form", "body",
    "blockquote", "pre", "hr", "dl", "dt", "dd", "main", "figure", "figcaption",
}  # fmt: skip
# unclosed, these would make the tokeniser of older Pythons quadratic
UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
LOOSE, FEW = re.compile(r"<(?=[^<>]*(?:<|\Z))"), 100
LINE, BLOCK = "\n", "\n\n"


@dataclass(frozen=True)
class Piece:
    """A run of text, the classes and ids of the tags it stands in, and its tag."""

    text: str
    classes: frozenset
    tag: str


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces, self.stack, self.open = [], [], Counter()

    @property
    def classes(self) -> frozenset:
        return self.stack[-1][1] if self.stack else frozenset()

    def handle_starttag(self, tag, attrs):
        if tag == "p" and self.stack and self.stack[-1][0] == "p":
            self._pop()
        if tag == "br" or tag in BLOCKS:
            self._add(LINE if tag == "br" else BLOCK)
        if tag in VOID:
            return
        named = dict(attrs)
        names = f"{named.get('class') or ''} {named.get('id') or ''}".split()
        self.stack.append(
            (tag, self.classes | frozenset(names) if names else self.classes)
        )
        self.open[tag] += 1

    def handle_startendtag(self, tag, attrs):
        if tag == "br" or tag in BLOCKS:
            self._add(LINE if tag == "br" else BLOCK)

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self._add(BLOCK)
        if self.open[tag]:
            while self._pop() != tag:
                pass

    def handle_data(self, data):
        if not any(self.open[tag] for tag in SKIPPED):
            self._add(re.sub(r"\s+", " ", data))

    def _add(self, text: str) -> None:
        tag = self.stack[-1][0] if self.stack else ""
        self.pieces.append(Piece(text, self.classes, tag))

    def _pop(self) -> str:
        tag, _ = self.stack.pop()
        self.open[tag] -= 1
        return tag


def is_html(source: Source) -> bool:
    """Say whether a file is an HTML page, by its ending or its first tag."""
    if source.kind:
        return False
    named = source.ending in (".html", ".htm", ".xhtml", ".xht")
    return named or HTML.match(source.head) is not None


def read_pieces(page: str) -> list[Piece]:
    """Return the text of a page in pieces, with breaks between blocks."""
    reader = _Reader()
    page = UNSEEN.sub("", page)
    if len(LOOSE.findall(page)) > FEW:
        page = LOOSE.sub("&lt;", page)
    reader.feed(page)
    reader.close()
    return reader.pieces


def joined(pieces: list[Piece]) -> str:
    """Join pieces to paragraphs with an empty line between them."""
    text = "".join(piece.text for piece in pieces)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def page_text(page: str) -> str:
    """Return the whole text of a page."""
    return joined(read_pieces(page))
