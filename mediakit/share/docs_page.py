"""One page of the documentation: the frame around it, its links, what is searched."""

import html
import json
import posixpath
import re
from dataclasses import dataclass
from html.parser import HTMLParser

HOME, SEARCH = "index.html", "search.js"


@dataclass(frozen=True)
class Page:
    """A page: where it goes, its title, one line on it, and its HTML."""

    path: str
    title: str
    line: str
    body: str
    group: str

    def to(self, target: str) -> str:
        """Return the way from this page to another file of the documentation."""
        return posixpath.relpath(target, posixpath.dirname(self.path) or ".")


class Words(HTMLParser):
    """Collects what a reader sees of a page."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_data(self, data: str) -> None:
        """Take a piece of text."""
        self.seen.append(data)


def words_in(page: str) -> str:
    """Return the text of a piece of HTML, on one line.

    Examples
    --------
    >>> words_in("<p>Count <code>words</code>.</p>")
    'Count words.'
    """
    parser = Words()
    parser.feed(page)
    return " ".join("".join(parser.seen).replace("¶", "").split())


def search_index(pages: list[Page]) -> str:
    """Return a script that holds the words of all pages."""
    found = [
        {"path": p.path, "title": p.title, "line": p.line, "text": words_in(p.body)}
        for p in pages
    ]
    held = json.dumps(found, separators=(",", ":")).replace("</", "<\\/")
    return f"window.PAGES = {held};\n"


def linked(page: Page, known: dict[str, str]) -> str:
    """Return a page's HTML in which names of verbs lead to their pages."""

    def link(found: re.Match) -> str:
        name = re.match(r"(?:mk\.|mediakit\.)?(\w+)", found[1])
        target = known.get(name[1] if name else "")
        if target in (None, page.path):
            return found[0]
        return f'<a href="{page.to(target)}">{found[0]}</a>'

    pieces = re.split(r"(<pre.*?</pre>|<a .*?</a>|<dt>.*?</dt>)", page.body, flags=re.S)
    pieces[::2] = [re.sub(r"<code>([^<]+)</code>", link, one) for one in pieces[::2]]
    return "".join(pieces)


def framed(page: Page, pages: list[Page], known: dict[str, str]) -> str:
    """Return a whole page, with the way to all others."""
    groups: dict[str, list[str]] = {}
    for one in pages:
        here = ' aria-current="page"' if one is page else ""
        item = f'<li><a href="{page.to(one.path)}"{here}>{html.escape(one.title)}</a>'
        groups.setdefault(one.group, []).append(f"{item}</li>")
    ways = "".join(
        f"<details{' open' if group in (page.group, pages[0].group) else ''}>"
        f"<summary>{html.escape(group)}</summary><ul>{''.join(items)}</ul></details>"
        for group, items in groups.items()
    )
    root = page.to(".")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(page.title)} - mediakit</title>"
        f'<link rel="stylesheet" href="{page.to("style.css")}"></head>'
        f'<body data-root="{root}"><a class="skip" href="#main">To the text</a>'
        f'<header><a class="name" href="{page.to(HOME)}">mediakit</a>'
        '<div role="search" hidden><label>Search <input type="search" id="search" '
        'autocomplete="off"></label><ol id="found" aria-live="polite"></ol></div>'
        f'</header><div class="columns"><nav aria-label="All pages">{ways}</nav>'
        f'<main id="main">{linked(page, known)}</main></div>'
        f'<script src="{page.to("pages.js")}"></script>'
        f'<script src="{page.to(SEARCH)}"></script></body></html>\n'
    )
