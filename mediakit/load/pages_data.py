"""What a page says for machines: JSON-LD and the data of its scripts.

Only JSON is read, scripts are never run; what is no JSON is passed over.
"""

import html
import json
import re
from collections.abc import Iterator

TYPES = re.compile(r"(?:\w*Article|\w*BlogPosting|\w*Report\w*)$")
ASSIGNED = re.compile(
    r"^\s*(?:window\.|var |let |const )?[\w.$\[\]\"']+\s*=\s*(?=[{\[])"
)
TAG = re.compile(r"<[^>]{0,2000}>")
PARAGRAPH = re.compile(r"</p>|<br\s*/?>\s*<br\s*/?>|\r?\n", re.IGNORECASE)
PROSE = 10
LEAST = 50
MOST_NODES = 200_000


def linked_data(tree) -> list[dict]:
    """Return every object in a page's JSON-LD."""
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]")
    return [
        node
        for script in scripts
        for node in _nodes(_loaded(script.text or ""))
        if isinstance(node, dict)
    ]


def articles_in(data: list[dict]) -> list[dict]:
    """Return the objects that describe an article."""
    return [node for node in data if any(map(TYPES.match, types_of(node)))]


def types_of(node: dict) -> list[str]:
    """Return the types an object of JSON-LD has."""
    said = node.get("@type")
    said = said if isinstance(said, list) else [said]
    return [kind for kind in said if isinstance(kind, str)]


def script_text(tree) -> str:
    """Return the longest run of prose in the data from which scripts build a page."""
    best = ""
    for script in tree.xpath("//script[not(contains(@type, 'ld+json'))]"):
        source = (script.text or "").strip().rstrip(";")
        if assigned := ASSIGNED.match(source):
            source = source[assigned.end() :]
        if source[:1] in ("{", "["):
            runs = (_prose(node) for node in _nodes(_loaded(source)))
            best = max([best, *runs], key=len)
    return best if len(best.split()) >= LEAST else ""


def plain_text(value: str) -> str:
    """Return a string of HTML as text, paragraphs parted by an empty line."""
    parts = PARAGRAPH.split(html.unescape(value)) if "<" in value else value.split("\n")
    lines = (" ".join(html.unescape(TAG.sub("", part)).split()) for part in parts)
    return "\n\n".join(filter(None, lines))


def _prose(node) -> str:
    """Join the paragraphs that stand directly in a list, or one long string."""
    if isinstance(node, dict):
        strings = [value for value in node.values() if _is_prose(value, 2 * LEAST)]
        return plain_text(max(strings, key=len, default=""))
    parts = []
    for item in node if isinstance(node, list) else ():
        values = item.values() if isinstance(item, dict) else [item]
        parts += [value for value in values if _is_prose(value, PROSE)][:1]
    return "\n\n".join(map(plain_text, parts))


def _is_prose(value, least: int) -> bool:
    return isinstance(value, str) and value.count(" ") >= least - 1


def _loaded(source: str):
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data) -> Iterator:
    """Yield every object and list, outer before inner."""
    waiting, seen = [data], 0
    while waiting and seen < MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, (dict, list)):
            yield node
            waiting.extend(node.values() if isinstance(node, dict) else node)
