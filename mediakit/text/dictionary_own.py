"""Dictionaries in YAML (nested, as quanteda writes them), JSON and CSV."""

import csv
import io
import json

import yaml

from mediakit.errors import MediakitError
from mediakit.text.dictionary_nested import nested_rows
from mediakit.text.dictionary_read import Found

DEEPEST, MOST_NODES = 50, 2_000_000
HEAD = ("name", "about", "exclude", "negation", "intensifiers", "language")
NEGATION = ("words", "reach", "factor")


def read_yaml(text: str, name: str) -> Found:
    """Read YAML: the nested categories."""
    return _found(yaml_pairs(text, name), name)


def yaml_pairs(text: str, name: str):
    """Read YAML as lists of pairs; every scalar is text, so that "no" stays a word."""
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f"line {where.line + 1}: " if where else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise MediakitError(
            f"{name} is no YAML, {line}{problem}; put patterns with signs in "
            "quotation marks."
        ) from error
    if node is None:
        raise MediakitError(f"{name} is empty.")
    return _plain(node, 0, [0], name)


def _plain(node, depth: int, seen: list[int], name: str):
    """Return a node as text, lists, and mappings as lists of pairs: none is lost."""
    seen[0] += 1
    if depth > DEEPEST or seen[0] > MOST_NODES:
        raise MediakitError(
            f"{name} is nested more than {DEEPEST} deep or holds more than "
            f"{MOST_NODES:,} things: no dictionary does."
        )
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, depth + 1, seen, name) for one in node.value]
    pairs = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise MediakitError(
                f"{name}, line {key.start_mark.line + 1}: a category must be text."
            )
        empty = isinstance(value, yaml.ScalarNode) and value.value in ("", "~", "null")
        quoted = empty and value.style
        inner = _plain(value, depth + 1, seen, name)
        pairs.append((key.value, [] if empty and not quoted else inner))
    return pairs


def read_json(text: str, name: str) -> Found:
    """Read JSON: the same nested categories."""
    try:
        value = json.loads(text, object_pairs_hook=list_of_pairs)
    except (ValueError, RecursionError) as error:
        raise MediakitError(f"{name} is no JSON: {error}.") from error
    if isinstance(value, list) and value and isinstance(value[0], list):
        return _records([dict(one) for one in value], name)
    return _found(value, name)


def list_of_pairs(pairs: list) -> list:
    """Return the pairs of a JSON object as they are: a key may stand twice."""
    return pairs


def _found(value, name: str) -> Found:
    """Divide what a file says of itself from its categories."""
    if not isinstance(value, list) or not all(
        isinstance(one, tuple) and len(one) == 2 for one in value
    ):
        raise MediakitError(
            f"{name} must hold categories and their patterns, as 'war: [war, "
            "missile*]'."
        )
    top = dict(value)
    if not isinstance(top.get("categories"), list) or not _is_pairs(top["categories"]):
        return Found([(0, *row) for row in _rows(value, name)])
    unknown = sorted(set(top) - {*HEAD, "categories"})
    if unknown:
        raise MediakitError(
            f"{name}: beside 'categories' a dictionary has {list(HEAD)}, got {unknown}."
        )
    negation = dict(top.get("negation") or [])
    if set(negation) - set(NEGATION):
        raise MediakitError(
            f"{name}: 'negation' has {list(NEGATION)}, got {sorted(negation)}."
        )
    reach = str(negation.get("reach", 3))
    return Found(
        rows=[(0, *row) for row in _rows(top["categories"], name)],
        name=str(top.get("name", "")),
        exclude=_list(top.get("exclude"), "exclude", name),
        negators=_list(negation.get("words"), "negation: words", name),
        reach=int(reach) if reach.isdecimal() else -1,
        about={key: _said(one) for key, one in dict(top.get("about") or []).items()},
        turn=_factor(negation.get("factor", "-1"), "negation: factor", name),
        intensifiers=_factors(top.get("intensifiers"), name),
    )


def _is_pairs(value: list) -> bool:
    return bool(value) and all(isinstance(one, tuple) for one in value)


def _rows(value, name: str):
    try:
        return list(nested_rows(value, ()))
    except MediakitError as error:
        raise MediakitError(f"{name}: {error}") from error


def _list(value, what: str, name: str) -> list[str]:
    value = [] if value in (None, "") else value
    value = [value] if isinstance(value, str) else value
    if not all(isinstance(one, str) for one in value):
        raise MediakitError(f"{name}: {what!r} must be a list of patterns.")
    return value


def _factors(value, name: str) -> dict[str, float]:
    value = [] if value in (None, "") else value
    if not isinstance(value, list) or (value and not _is_pairs(value)):
        raise MediakitError(
            f"{name}: 'intensifiers' must be words with numbers, as 'very: 1.5'."
        )
    return {key: _factor(one, f"intensifiers: {key}", name) for key, one in value}


def _factor(value, what: str, name: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise MediakitError(
            f"{name}: {what!r} must be a number, got {value!r}."
        ) from error


def _said(value):
    if isinstance(value, list) and _is_pairs(value):
        return {key: _said(one) for key, one in value}
    return " ".join(value.split()) if isinstance(value, str) else value


def read_csv(text: str, name: str) -> Found:
    """Read CSV with the columns category, pattern and, if there, weight."""
    delimiter = max(",;\t", key=text.lstrip().split("\n", 1)[0].count)
    rows = csv.DictReader(io.StringIO(text.lstrip("\n ")), delimiter=delimiter)
    return _records(list(rows), name)


def _records(records: list[dict], name: str) -> Found:
    found = Found()
    for number, record in enumerate(records, start=2):
        row = {
            str(key).strip().lower(): str(cell).strip()
            for key, cell in record.items()
            if key is not None and cell is not None
        }
        if not {"category", "pattern"} <= set(row):
            raise MediakitError(
                f"{name} must have the columns category and pattern (and weight, if "
                f"entries have one), line {number} has {list(row)}."
            )
        if not any(row.values()):
            continue
        weight = row.get("weight") or 1.0
        found.rows.append((number, row["category"], row["pattern"], weight))
    return found
