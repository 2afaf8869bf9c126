"""JSON and JSON Lines -> a table, one row per record.

Records may stand in a list, under keys, or one level down; nested objects become
columns such as "source.name".
"""

import json
import re
from collections.abc import Iterator

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load.cells import as_text
from mediakit.load.columns import has_text
from mediakit.load.encodings import to_utf8
from mediakit.load.sources import Format, Options, Source
from mediakit.progress import progress

SHAPES = (
    'a list of records, records under keys, or {"articles": [...]}; '
    "JSON Lines has one record per line"
)
LOOKED_AT = 20
BATCH = 10_000
START = re.compile(r'\s*(?:\[\s*)?\{\s*"')
NO_RECORD = "entries that are no record"


def recognise_json(source: Source) -> bool:
    """Tell JSON by its first character, unless it is one record per line."""
    return _is_json(source) and not recognise_lines(source)


def recognise_lines(source: Source) -> bool:
    """Tell JSON Lines by its ending, or by two lines that are objects each."""
    if source.ending in (".jsonl", ".ndjson"):
        return not source.kind
    lines = source.head.lstrip().split("\n", 2)[:2]
    return _is_json(source) and len(lines) == 2 and all(map(_is_object, lines))


def _is_json(source: Source) -> bool:
    named = source.ending == ".json" and not source.kind
    return named or (source.ending in ("", ".txt", ".csv") and starts_as_json(source))


def starts_as_json(source: Source) -> bool:
    """Say whether a file begins as records do, which no prose or heading does."""
    return not source.kind and START.match(source.head) is not None


def _is_object(line: str) -> bool:
    line = line.strip()
    return line.startswith('{"') and (line.endswith("}") or len(line) > 10_000)


def read_json(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read a JSON document of any of the usual shapes."""
    document = load_json(source, options, ledger)
    entries = _entries(document)
    if entries is None:
        raise MediakitError(f"{source.name} holds no records. Expected {SHAPES}.")
    records = [entry for entry in entries if isinstance(entry, dict)]
    dropped = len(entries) - len(records)
    ledger.add("rows expected", len(entries))
    if dropped:
        ledger.add(NO_RECORD, dropped, f"in {source.name}", lost=True)
    return _table(records, ledger)


def load_json(source: Source, options: Options, ledger):
    """Return what a JSON document holds, or raise saying where it breaks off."""
    refuse_names(options, source.name)
    data = _utf8(source, options, ledger)
    try:
        return _load(bytes(data))
    except (ValueError, RecursionError) as error:
        raise MediakitError(
            f"{source.name} is not valid JSON ({error}); it may be cut off. Export it "
            "again, or give format='jsonl' if each line is a record."
        ) from error


def read_lines(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read one record per line; a line that is none is dropped and counted."""
    refuse_names(options, source.name)
    data = _utf8(source, options, ledger)
    frames, records, expected, bad = [], [], 0, []
    lines = progress(_filled_lines(data), what=f"reading {source.name}")
    for number, line in lines:
        expected += 1
        record = _record(line)
        if record is None:
            bad.append(number)
        else:
            records.append(record)
        if len(records) == BATCH:
            frames.append(_table(records, ledger))
            records = []
    if expected == len(bad):
        raise MediakitError(
            f"{source.name} has no line that is a JSON record. Expected {SHAPES}."
        )
    ledger.add("rows expected", expected)
    if bad:
        note = f"first in line {bad[0]} of {source.name}"
        ledger.add(NO_RECORD, len(bad), note, lost=True)
    frames.append(_table(records, ledger))
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _filled_lines(data) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the bytes of each line that is not blank."""
    start, number = 0, 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        number += 1
        if line := data[start:end].strip():
            yield number, line
        start = end + 1


def _record(line: bytes) -> dict | None:
    try:
        record = _load(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def refuse_names(options: Options, name: str) -> None:
    """Raise if `columns` names columns by position where the file names them."""
    if options.headerless:
        raise MediakitError(
            f"{name} names its columns itself; give `columns` as a mapping from those "
            "names to ours, as in columns={'headline': 'title'}."
        )


def _utf8(source: Source, options: Options, ledger):
    return to_utf8(
        source.data, name=source.name, encoding=options.encoding, ledger=ledger
    )


def _load(text: bytes):
    return json.loads(text, object_pairs_hook=_object)


def _object(pairs: list[tuple]) -> dict:
    """Keep a key that stands twice under a second name."""
    found = dict(pairs)
    if len(found) < len(pairs):
        found = {}
        for key, value in pairs:
            number, new = 1, key
            while new in found:
                number += 1
                new = f"{key} ({number})"
            found[new] = value
    return found


def _entries(document) -> list | None:
    """Return the longest list of records with titles or texts, else the longest."""
    found = list(_candidates(document))
    return max([c for c in found if _has_text(c)] or found, key=len, default=None)


def _candidates(document, levels: int = 2) -> Iterator[list]:
    """Yield what may be the records of a document, down to `levels` below it."""
    if isinstance(document, list) and any(isinstance(e, dict) for e in document):
        yield document
    if not isinstance(document, dict):
        return
    if _has_text([document]):
        yield _by_column(document) or [document]
    elif document and all(isinstance(value, dict) for value in document.values()):
        yield [_object([*v.items(), ("id", key)]) for key, v in document.items()]
    if levels:
        for value in document.values():
            yield from _candidates(value, levels - 1)


def _has_text(records: list) -> bool:
    return any(isinstance(r, dict) and has_text(r) for r in records[:LOOKED_AT])


def _by_column(document: dict) -> list | None:
    """Turn columns of equal length, lists or keyed by row, into records."""
    columns = list(document.values())
    if all(isinstance(column, dict) for column in columns):
        rows = columns[0].keys()
        cells = [[column.get(row) for row in rows] for column in columns]
        even = all(column.keys() == rows for column in columns)
    elif all(isinstance(column, list) for column in columns):
        cells, even = columns, len(set(map(len, columns))) == 1
    else:
        return None
    if not even:
        return None
    return [dict(zip(document, row, strict=True)) for row in zip(*cells, strict=True)]


def _table(records: list[dict], ledger) -> pd.DataFrame:
    ledger.add("rows read", len(records))
    records = [_flat(record) for record in records]
    names = dict.fromkeys(name for record in records for name in record)
    return pd.DataFrame(
        {name: _column([record.get(name) for record in records]) for name in names}
    )


def _column(cells: list) -> pd.Series:
    """Hold strings as strings at once: as objects they take several times as much."""
    values = pd.Series(cells, dtype=object)
    return as_text(values) if {str, type(None)} >= set(map(type, cells)) else values


def _flat(record: dict) -> dict:
    """Lift the entries of nested objects one level up, as "source.name"."""
    if not any(isinstance(value, dict) for value in record.values()):
        return record
    pairs = []
    for key, value in record.items():
        if isinstance(value, dict) and value:
            pairs += [(f"{key}.{name}", part) for name, part in value.items()]
        else:
            pairs.append((key, value))
    return _object(pairs)


JSON = Format("json", "JSON records", recognise_json, read_json)
LINES = Format("jsonl", "JSON Lines", recognise_lines, read_lines)
