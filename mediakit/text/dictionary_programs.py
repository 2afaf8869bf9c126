"""Dictionaries of Yoshikoder, Lexicoder and WordStat."""

import re

from mediakit.errors import MediakitError
from mediakit.load.databases_files import parse_xml
from mediakit.text.dictionary import LEVEL
from mediakit.text.dictionary_read import Found, foreign

WEIGHED = re.compile(r"(?P<term>.*\S)\s*\((?P<weight>-?\d+(?:\.\d+)?)\)")


def read_nodes(text: str, name: str) -> Found:
    """Read XML of Yoshikoder (.ykd) or Lexicoder (.lcd): cnode and pnode."""
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    root = parse_xml(text.encode("utf-8"), name)
    tops = [one for one in root if one.tag == "cnode"]
    if root.tag != "dictionary" or not tops:
        raise MediakitError(
            f"{name} is XML but no dictionary of Yoshikoder or Lexicoder (a "
            f"<dictionary> of <cnode>), its root is <{root.tag}>."
        )
    found = Found(name=root.get("name", ""))
    alone = len(tops) == 1 and any(one.tag == "cnode" for one in tops[0])
    if alone and root.get("style") is None:
        found.name = tops[0].get("name") or found.name
        own = [one for one in tops[0] if one.tag == "pnode"]
        if own:
            _nodes(own, [found.name or "all"], found)
        tops = [one for one in tops[0] if one.tag == "cnode"]
    _nodes(tops, [], found)
    return found


def _nodes(nodes, path: list[str], found: Found) -> None:
    for node in nodes:
        written = (node.get("name") or "").strip()
        if node.tag == "cnode":
            label = " ".join(written.replace(LEVEL, " ").split()) or "unnamed"
            _nodes(node, [*path, label], found)
        elif node.tag == "pnode":
            if not written:
                found.skip(0, LEVEL.join(path), "an entry without a name")
                continue
            weight = _score(node.get("score"), written, found)
            found.rows.append((0, LEVEL.join(path), foreign(written), weight))


def _score(score, written: str, found: Found) -> float:
    if not (score or "").strip():
        return 1.0
    try:
        return float(score)
    except ValueError:
        found.skip(0, f"{written}: {score}", "its score is no number; counted as 1")
        return 1.0


def read_lexicoder(text: str, name: str) -> Found:
    """Read a .lc3 or .dic of Lexicoder: "+CATEGORY", then a line for each entry."""
    if text.lstrip().startswith("<"):
        return read_nodes(text, name)
    found, category = Found(), None
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if line.startswith("+"):
            category = " ".join(line.lstrip("+").replace(LEVEL, " ").split())
        elif line and not category:
            found.skip(number, line, "it stands before the first +CATEGORY")
        elif line:
            found.rows.append((number, category, foreign(line), 1.0))
    return found


def read_wordstat(text: str, name: str) -> Found:
    """Read a .cat of WordStat: tabs for levels, and "WORD (1)" for an entry."""
    found, path = Found(), []
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    for place, (number, line) in enumerate(lines):
        depth, written = _depth(line), line.strip()
        entry = WEIGHED.fullmatch(written)
        if written.startswith("@"):
            found.skip(number, written, "rules of WordStat are not read")
        elif entry:
            category = LEVEL.join(path[:depth])
            if not category:
                found.skip(number, written, "it stands in no category")
                continue
            term = foreign(entry["term"].replace("_", " "), "*?")
            found.rows.append((number, category, term, float(entry["weight"])))
        else:
            path = [*path[:depth], " ".join(written.replace(LEVEL, " ").split())]
            below = lines[place + 1][1] if place + 1 < len(lines) else ""
            if _depth(below) <= depth:
                found.skip(number, written, "no entry stands in it, and it has no (1)")
    return found


def _depth(line: str) -> int:
    """Return the level of a line: its tabs, or every four or two spaces one."""
    indent = line[: len(line) - len(line.lstrip())]
    tabs = indent.count("\t")
    return tabs or len(indent) // 2
