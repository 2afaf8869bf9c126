"""Any files -> Parquet files, one after the other, so that each is alone in memory.

What is converted already is not converted again.
"""

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mediakit.errors import MediakitError
from mediakit.load.account import Ledger
from mediakit.load.cells import PARAGRAPHS, as_text, tidy
from mediakit.load.gather import FILE, Gathering, report_files
from mediakit.load.json_records import recognise_lines
from mediakit.load.sources import Source
from mediakit.load.tables import TEXTS, Table
from mediakit.load.unpacking import open_sources
from mediakit.progress import progress
from mediakit.remote import readable
from mediakit.schema import ARTICLES

BLOCK = 256 << 20
LARGEST = 1 << 30
GROUP = 10_000
SEVERAL_LINES = (
    "is larger than 1 GB and must be read whole, as broken rows are mended by what "
    "stands around them. Split it, or convert it to Parquet in parts; if it fits into "
    "memory, `mk.tokenize(mk.read_articles(path), folder=folder)` does"
)


def convert_files(path: Path, folder: Path, ledger: Ledger):
    """Convert all files under `path`; return the tables and what was guessed."""
    folder.mkdir(exist_ok=True)
    tables, guesses, failures, articles, read = [], {}, [], [], set()
    sources = progress(_blocks(path), what="converting files")
    for number, (source, error) in enumerate(sources):
        try:
            if error is not None:
                raise error
            about = _converted(source, folder / f"{number:06d}.parquet")
        except MediakitError as failure:
            failures.append((source.place, failure))
            continue
        read.add(source.place)
        ledger.take(Ledger(about["ledger"]))
        if about["article"] is not None:
            articles.append(about["article"])
            continue
        guesses |= about["guesses"]
        tables.append(Table(about["path"], about["name"], about["form"]))
    if articles:
        gathering = Gathering(None, None, None, ledger)
        gathering.add_articles(articles, readable(path.name))
        _write(gathering.frames[0], folder / "articles.parquet")
        name = readable(path.name)
        tables.append(Table(str(folder / "articles.parquet"), name, "articles"))
    report_files(path, len(read), failures, ledger)
    return tables, guesses


def _blocks(path: Path) -> Iterator[tuple[Source, MediakitError | None]]:
    """Yield the files, JSON Lines in blocks of whole lines."""
    for source, error in open_sources(path):
        if error is not None or len(source.data) <= min(BLOCK, LARGEST):
            yield source, error
        elif recognise_lines(source) and b"\0" not in source.data[:1000]:
            first, size = 0, len(source.data)
            while first < size:
                last = source.data.find(b"\n", first + BLOCK) + 1 or size
                load = partial(source.data.__getitem__, slice(first, last))
                block = Source(source.name, source.folder, load, within=source.within)
                yield block, None
                first = last
        elif len(source.data) > LARGEST:
            yield source, MediakitError(f"{source.name} {SEVERAL_LINES}.")
        else:
            yield source, None


def _converted(source: Source, path: Path) -> dict:
    """Convert one file, or return what is known since it was converted."""
    notes = path.with_suffix(".json")
    if notes.is_file():
        return json.loads(notes.read_text("utf-8"))
    gathering = Gathering(None, None, None)
    article = gathering.read(source, gathering.ledger)
    if article is None:
        _write(gathering.frames[0], path)
    about = {
        "path": str(path),
        "name": source.place,
        "form": "csv" if gathering.untyped else "other",
        "ledger": gathering.ledger.stored,
        "guesses": gathering.guesses,
        "article": article,
    }
    if article is None:
        draft = notes.with_suffix(".part")
        draft.write_text(json.dumps(about), "utf-8")
        os.replace(draft, notes)
    return about


def _write(frame: pd.DataFrame, path: Path) -> None:
    """Write a table with the objects in its cells as text."""
    own = [name for name in frame if name not in ARTICLES and name != FILE]
    plain = tidy(frame[own], Ledger(), untyped=False)
    columns = {
        name: plain[name] if name in own else _as_plain(frame[name]) for name in frame
    }
    table = pa.Table.from_pandas(pd.DataFrame(columns), preserve_index=False)
    pq.write_table(table, path, compression="zstd", row_group_size=GROUP)


def _as_plain(values: pd.Series) -> pd.Series:
    if values.dtype != object:
        return values
    return as_text(values, joiner=PARAGRAPHS if values.name in TEXTS else "; ")
