"""Make a page's tree plain before its article is looked for, by general rules only.

Boxes go, layout tables become blocks, and a body that a box cut in two is joined.
"""

import re
from itertools import islice

HIDING = re.compile(r"display\s*:\s*none", re.IGNORECASE)
NAME_PARTS = re.compile(r"[^a-z0-9]+")
BOXES = frozenset(
    "newsletter promo related cookie cookies consent share sharing social "
    "recommended comments readmore paywall".split()
)
BOX_TAGS = frozenset(("aside", "nav"))
BOX_ROLES = frozenset(("complementary", "navigation", "dialog", "alert"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "time"))
CELLS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "center", "font"))
BLOCKS = frozenset("div p table ul ol h1 h2 h3 h4 h5 h6 hr figure".split())
LARGEST_BOX = 0.3
PROSE = 20
NEAR = 20
LEAST_MARKED = 100


def count_words(body) -> dict:
    """Return the number of words in each element, in one pass from the inside out."""
    counts = {}
    for element in reversed(list(body.iter())):
        inside = sum(counts[child] + _words(child.tail) for child in element)
        counts[element] = inside + _words(element.text)
    return counts


def _words(text: str | None) -> int:
    return len(text.split()) if text else 0


def simplify(tree) -> None:
    """Simplify the body of a parsed page in place."""
    body = tree.find("body")
    if body is not None:
        counts = count_words(body)
        _drop_boxes(body, counts)
        _open_layout_tables(body, counts)
        _part_at_breaks(body)
        counts = count_words(body)
        _join_parts(body, counts)
        _keep_marked(body, counts)


def _drop_boxes(body, counts: dict) -> None:
    """Drop boxes, but never what holds much of the page or its headline."""
    most = LARGEST_BOX * counts[body]
    for element in [element for element in body.iter() if _is_box(element)]:
        small = counts[element] <= most and element.find(".//h1") is None
        if small and element.getparent() is not None:
            element.drop_tree()


def _is_box(element) -> bool:
    if not isinstance(element.tag, str):
        return False
    named = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return (
        element.tag in BOX_TAGS
        or element.get("role") in BOX_ROLES
        or element.get("hidden") is not None
        or HIDING.search(element.get("style", "")) is not None
        or not BOXES.isdisjoint(NAME_PARTS.split(named))
    )


def _open_layout_tables(body, counts: dict) -> None:
    """Turn tables into blocks where cells hold tables or paragraphs of prose."""
    tables = {table for table in body.iter("table") if _is_layout(table, counts)}
    for table in tables:
        for element in list(table.iter(*CELLS)):
            nearest = next(element.iterancestors("table"), None)
            if element is table or nearest in tables:
                element.tag = "div" if element.tag != "font" else "span"


def _is_layout(table, counts: dict) -> bool:
    if table.find(".//th") is not None:
        return False
    if table.find(".//table") is not None:
        return True
    return any(
        counts[cell] > 5 * PROSE and cell.find(".//br") is not None
        for cell in table.iter("td")
    )


def _part_at_breaks(body) -> None:
    """Turn the runs of text between two line breaks into paragraphs."""
    for element in list(body.iter("div", "section", "article")):
        if element.find("p") is None and sum(map(_is_double, element)) > 1:
            _wrap_runs(element)


def _wrap_runs(element) -> None:
    run = element.makeelement("p")
    run.text, element.text = element.text, None
    parts = [run]
    for child in list(element):
        if child.tag in BLOCKS or _is_double(child):
            run = element.makeelement("p")
            run.text, child.tail = child.tail, None
            parts += [child, run] if child.tag in BLOCKS else [run]
        else:
            run.append(child)
    element[:] = parts


def _is_double(child) -> bool:
    following = child.getnext()
    blank = child.tag == "br" and not (child.tail or "").strip()
    return blank and following is not None and following.tag == "br"


def _join_parts(body, counts: dict) -> None:
    """Join siblings of one class that hold plain paragraphs, as around a box."""
    for first in list(body.iter("div", "section")):
        if first.getparent() is None or not _holds_paragraphs(first, counts):
            continue
        classes = set(first.get("class", "").split())
        for other in list(islice(first.itersiblings(first.tag), NEAR)):
            shared = classes & set(other.get("class", "").split())
            if shared and _holds_paragraphs(other, counts):
                first.extend(list(other))
                other.drop_tree()


def _holds_paragraphs(element, counts: dict) -> bool:
    if any(element.find(f".//{tag}") is not None for tag in HEADINGS):
        return False
    return any(counts[child] >= PROSE for child in element.findall("p"))


def _keep_marked(body, counts: dict) -> None:
    """Keep only the body of the article where the page marks one as such."""
    marked = body.xpath(".//*[@itemprop='articleBody' or @property='articleBody']")
    if len(marked) == 1 and counts[marked[0]] >= LEAST_MARKED:
        for child in list(body):
            body.remove(child)
        body.append(marked[0])
