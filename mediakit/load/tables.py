"""Parquet files too large for memory: what is in them, and their texts in parts.

Everything but title and text is read at once, as its types and the order of day and
month in its dates are a matter of all rows; titles and texts are read part by part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mediakit import remote
from mediakit.errors import MediakitError
from mediakit.load.account import Ledger
from mediakit.load.articles import typed_articles
from mediakit.load.cells import tidy
from mediakit.load.columns import rename
from mediakit.load.gather import FILE
from mediakit.load.parquet import MAGIC

TEXTS = ("title", "text")
NONE = "__HIVE_DEFAULT_PARTITION__"
ROWS = 4_096


@dataclass(frozen=True)
class Table:
    """One Parquet file: where it is, its name, what its folders say of it.

    `form` is the format of the file it was converted from, columns renamed already.
    """

    path: str
    name: str
    form: str = "parquet"

    @property
    def partitions(self) -> dict[str, str | None]:
        """The columns in the names of folders, as "outlet=BBC"."""
        pairs = [part.partition("=") for part in PurePosixPath(self.name).parts[:-1]]
        found = {key: unquote(value) for key, is_one, value in pairs if is_one}
        return {key: None if value == NONE else value for key, value in found.items()}

    def open(self) -> pq.ParquetFile:
        """Open the file, mapped where it lies on this machine."""
        try:
            if remote.is_remote(self.path) or remote.readable(self.path) != self.path:
                return pq.ParquetFile(remote.open_file(self.path), pre_buffer=True)
            return pq.ParquetFile(self.path, memory_map=True)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise MediakitError(
                f"{self.name} is not a complete Parquet file ({error}); "
                "export it again."
            ) from error


@dataclass(frozen=True)
class Run:
    """Rows of one table whose titles and texts go into one shard."""

    table: Table
    first: int
    rows: int
    texts: dict[str, str]


def parquet_tables(path: str) -> list[Table] | None:
    """Return the Parquet files under a path, None if there is anything else."""
    found = [Table(file.path, file.name) for file in remote.list_files(path)]
    for table in found:
        with remote.open_file(table.path) as stream:
            if stream.read(4) != MAGIC:
                return None
    return found or None


def read_metadata(tables: list[Table], ledger: Ledger, *, named: bool):
    """Read all but the texts of all tables: ARTICLES, whose texts are empty.

    Also returns what was guessed and the bytes that the texts of each row take, as
    well as can be told, and for each table which columns hold its texts.
    """
    frames, guesses, sizes, texts = [], {}, [], []
    for table in tables:
        file = table.open()
        of_table = _text_columns(file, table)
        kept = [n for n in file.schema_arrow.names if n not in of_table.values()]
        frame = file.read(columns=kept).to_pandas(ignore_metadata=True)
        frame = _with_partitions(_with_texts(frame, file, of_table), table)
        direct = table.form == "parquet"
        into = ledger if direct else Ledger()
        frame, guessed = rename(frame, None, into, name=table.name)
        if direct:
            guesses |= guessed
            ledger.add("rows expected", file.metadata.num_rows)
            ledger.add("rows read", len(frame))
        if direct and named:
            frame = frame.rename(columns={FILE: f"{FILE} (theirs)"})
            frame = frame.assign(**{FILE: table.name})
        if not direct and not named:
            frame = frame.drop(columns=FILE)
        frames.append(frame.drop(columns=[*of_table]))
        sizes.append(_bytes_of_rows(file, of_table))
        texts.append(of_table)
    untyped = all(table.form == "csv" for table in tables)
    articles = typed_articles(frames, ledger, untyped=untyped)
    return articles, guesses, np.concatenate(sizes), texts


def _text_columns(file: pq.ParquetFile, table: Table) -> dict[str, str]:
    """Return their names of title and text."""
    empty = file.schema_arrow.empty_table().to_pandas(ignore_metadata=True)
    theirs = list(empty.columns)
    renamed, _ = rename(empty, None, Ledger(), name=table.name)
    pairs = zip(renamed.columns, theirs, strict=True)
    return {ours: name for ours, name in pairs if ours in TEXTS}


def _with_texts(frame: pd.DataFrame, file: pq.ParquetFile, of_table) -> pd.DataFrame:
    """Put marks where texts are, so that the account can count them."""
    for name in of_table.values():
        filled = np.arange(file.metadata.num_rows) >= _missing(file, name)
        frame[name] = pd.Series(filled, dtype=object).where(filled)
    return frame[[name for name in file.schema_arrow.names]]


def _missing(file: pq.ParquetFile, name: str) -> int:
    groups = range(file.num_row_groups)
    columns = [column for group in groups for column in _columns(file, group, name)]
    return sum(getattr(one.statistics, "null_count", None) or 0 for one in columns)


def _columns(file: pq.ParquetFile, group: int, name: str):
    about = file.metadata.row_group(group)
    columns = (about.column(number) for number in range(about.num_columns))
    return [one for one in columns if one.path_in_schema.partition(".")[0] == name]


def _bytes_of_rows(file: pq.ParquetFile, of_table: dict[str, str]) -> np.ndarray:
    means = [np.empty(0)]
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        columns = [c for n in of_table.values() for c in _columns(file, group, n)]
        size = sum(column.total_uncompressed_size for column in columns)
        means.append(np.full(rows, size / max(rows, 1)))
    return np.concatenate(means)


def _with_partitions(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    new = {n: v for n, v in table.partitions.items() if n not in frame}
    columns = {n: pd.Series([v] * len(frame), dtype="str") for n, v in new.items()}
    numbers = tidy(pd.DataFrame(columns), Ledger(), untyped=True)
    return frame.assign(**{name: numbers[name] for name in numbers})


def join_texts(frames: list[pd.DataFrame], ledger: Ledger) -> pd.DataFrame:
    """Join titles and texts, cleaned as the cells of any file are."""
    frame = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    return tidy(frame, ledger, untyped=False)


class TextReader:
    """Reads texts in order, without reading any row of a file twice."""

    def __init__(self):
        self.table, self.at, self.batches, self.rest = None, 0, iter(()), None

    def read(self, run: Run) -> Iterator[pd.DataFrame]:
        """Yield the titles and texts of a run, in batches."""
        if run.table != self.table or run.first < self.at:
            self._start(run)
        wanted = run.rows
        while wanted:
            batch = self.rest if self.rest is not None else next(self.batches, None)
            if batch is None:
                raise MediakitError(f"{run.table.name} was changed while it was read.")
            begin = run.first + run.rows - wanted - self.at
            taken = batch.slice(max(begin, 0), wanted)
            used = max(begin, 0) + len(taken)
            self.rest = batch.slice(used) if used < len(batch) else None
            self.at += min(used, len(batch))
            wanted -= len(taken)
            if len(taken):
                yield _as_frame(taken, run.texts)

    def _start(self, run: Run) -> None:
        """Go to the row group in which a run begins."""
        file = run.table.open()
        groups = range(file.num_row_groups)
        sizes = [file.metadata.row_group(group).num_rows for group in groups]
        ends = np.cumsum(sizes)
        group = int(np.searchsorted(ends, run.first, side="right"))
        self.table, self.rest = run.table, None
        self.at = int(ends[group] - sizes[group])
        self.batches = file.iter_batches(
            ROWS, range(group, len(sizes)), [*run.texts.values()], use_threads=False
        )


def _as_frame(batch: pa.RecordBatch, texts: dict[str, str]) -> pd.DataFrame:
    frame = pa.Table.from_batches([batch]).to_pandas(ignore_metadata=True)
    names = {theirs: ours for ours, theirs in texts.items()}
    frame = frame.rename(columns=names)
    return frame.reindex(columns=[*TEXTS])
