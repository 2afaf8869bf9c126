"""One door for articles: files, folders, archives or a table become ARTICLES.

Every row and every file that comes in is accounted for, and what was lost is said.
"""

import warnings
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.load.account import Ledger
from mediakit.load.articles import make_articles
from mediakit.load.columns import (
    check_columns_argument,
    is_headerless,
    rename,
    unique_names,
    warn_of_guesses,
)
from mediakit.load.formats import NAMES, find_format
from mediakit.load.sources import Options, Source, existing, open_sources
from mediakit.progress import progress

FILE = "source_file"


def read_articles(
    path: str | Path | pd.DataFrame,
    *,
    columns: dict | list | None = None,
    format: str | None = None,
    encoding: str | None = None,
) -> pd.DataFrame:
    """Read articles from a file, a folder, an archive or a table.

    The reader gets one table with one row per article, and an account of what came
    in: ``mk.account(articles)``.

    Parameters
    ----------
    path : str, Path or DataFrame
        CSV, TSV or other delimited text, JSON, JSON Lines, Parquet, Excel (.xlsx), or
        .txt with one article each (date and title in the file name, the outlet in the
        name of the folder); a folder or zip of these; any of them compressed (.gz,
        .bz2, .xz). A DataFrame passes the same checks.
    columns : dict or list, optional
        The file's names to ours, as in ``{"Headline": "title"}``; None as value keeps
        a column out. For a file without a heading line: a list of names, or a mapping
        from positions, as in ``{0: "published", 1: "title"}``. Other columns are
        guessed from usual headings (English, German, French, Spanish).
    format : str, optional
        "csv", "tsv", "json", "jsonl", "parquet", "excel" or "txt", where it cannot be
        told from the file.
    encoding : str, optional
        As in ``"cp1251"``. Left out, text is UTF-8 (or UTF-16, if it says so), and
        lines that are not are read as Windows-1252 and counted.

    Returns
    -------
    DataFrame
        ARTICLES. article_id (given, or 16 hex digits of a hash of outlet, date, title
        and text, white space aside; repeats end in "-2", "-3"); outlet; published
        (datetime64[us, UTC]); published_precision ("second" to "year"); title; text;
        url; author; section; genre; language (all str; missing is NaN); then the
        columns of the file under their own names, and `source_file` if there were
        several files.

    Raises
    ------
    MediakitError
        If there is no such file, its format or encoding cannot be told, it is damaged
        or empty, `columns` names what is not there, or no column holds titles or
        texts.

    Warns
    -----
    MediakitWarning
        If columns were guessed from other names, or anything was left out, mended or
        not understood, with numbers.

    Notes
    -----
    Nothing is dropped: rows without title and text, repeats and impossible dates stay
    and are counted. Times without a zone are read as UTC. A date such as 03/04/2022 is
    read only if the column says which number is the day. Do not use it for web pages
    or Nexis and Factiva exports.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"title": ["Dam opens"], "text": ["Water flows."],
    ...                       "published": ["5 May 2024"]})
    >>> articles = read_articles(table)
    >>> articles.loc[0, ["published", "published_precision"]].tolist()
    [Timestamp('2024-05-05 00:00:00+0000', tz='UTC'), 'day']
    """
    check_columns_argument(columns)
    if format is not None:
        check_choice("format", format, NAMES)
    reading = _Reading(columns, format, encoding)
    if isinstance(path, pd.DataFrame):
        name = "the table"
        reading.add_table(path)
    else:
        path = existing(path)
        name = path.name
        reading.add_files(path)
    articles = make_articles(reading.frames, reading.ledger, untyped=reading.untyped)
    articles.attrs["mediakit"] |= {
        "verb": "read_articles",
        "parameters": {
            "path": name,
            "columns": _plain(columns),
            "format": format,
            "encoding": encoding,
        },
    }
    warn_of_guesses(reading.guesses)
    _warn_of_losses(reading.ledger, name)
    return articles


@dataclass
class _Reading:
    """The tables read so far, and what is to be said about them."""

    columns: dict | list | None
    format: str | None
    encoding: str | None
    ledger: Ledger = field(default_factory=Ledger)
    frames: list[pd.DataFrame] = field(default_factory=list)
    guesses: dict = field(default_factory=dict)
    untyped: bool = True

    @property
    def options(self) -> Options:
        """What the readers of single formats need to know."""
        listed = isinstance(self.columns, (list, tuple))
        return Options(
            headerless=is_headerless(self.columns),
            names=tuple(self.columns) if listed else None,
            encoding=self.encoding,
            delimiter="\t" if self.format == "tsv" else None,
        )

    def add_table(self, table: pd.DataFrame) -> None:
        """Take in a user's own table; a named index becomes columns."""
        named = [name for name in table.index.names if name is not None]
        frame = table.reset_index(drop=not named)
        frame.columns = unique_names(list(frame.columns), self.ledger, name="the table")
        self.ledger.add("rows expected", len(table))
        self.ledger.add("rows read", len(frame))
        self.untyped = False
        self._add(frame, self.ledger, "the table")

    def add_files(self, path: Path) -> None:
        """Read every file under `path`; those that cannot be read are counted."""
        failures, articles, read = [], [], 0
        sources = open_sources(path)
        if path.is_dir():
            sources = progress(sources, what="reading files")
        for source, error in sources:
            ledger = Ledger()
            try:
                if error is not None:
                    raise error
                article = self._read(source, ledger)
            except MediakitError as failure:
                failures.append((source.name, failure))
                continue
            if article is not None:
                articles.append(article)
            self.ledger.take(ledger)
            read += 1
        if articles:
            self._add(pd.DataFrame(articles, dtype=object), self.ledger, path.name)
        _report_files(path, read, failures, self.ledger)
        if read + len(failures) == 1 and not path.is_dir():
            self.frames = [frame.drop(columns=FILE) for frame in self.frames]

    def _read(self, source: Source, ledger: Ledger) -> dict | None:
        """Add the table in a file, or return the article that it is."""
        headerless = is_headerless(self.columns)
        form = find_format(source, self.format, headerless=headerless)
        piece = form.read(source, self.options, ledger)
        self.untyped &= form.name == "csv"
        if isinstance(piece, dict):
            return piece | {FILE: source.name}
        self._add(piece, ledger, source.name, file=source.name)
        return None

    def _add(self, frame: pd.DataFrame, ledger: Ledger, name: str, file: str = ""):
        frame, guesses = rename(frame, self.columns, ledger, name=name)
        if file:
            frame = frame.rename(columns={FILE: f"{FILE} (theirs)"})
            frame = frame.assign(**{FILE: file})
        self.frames.append(frame)
        self.guesses |= guesses


def _report_files(path: Path, read: int, failures: list, ledger: Ledger) -> None:
    if not read and len(failures) == 1:
        raise failures[0][1]
    if not read:
        raise MediakitError(
            f"None of the {len(failures)} files in {path.name} could be read. The "
            f"first: {failures[0][1]}"
            if failures
            else f"There is no file in {path.name}."
        )
    ledger.add("files read", read)
    for name, failure in failures:
        reason = str(failure).split("; ")[0].removeprefix(f"{name} ")
        ledger.add("files left out", 1, f"{name}: {reason}", lost=True)


def _plain(columns: dict | list | tuple | None):
    """Return `columns` as JSON would hold it."""
    if isinstance(columns, dict):
        return {str(theirs): ours for theirs, ours in columns.items()}
    return columns if columns is None else list(columns)


def _warn_of_losses(ledger: Ledger, name: str) -> None:
    if losses := ledger.losses():
        warnings.warn(
            f"Reading {name}: {'; '.join(losses)}. `mk.account(articles)` tells all.",
            MediakitWarning,
            stacklevel=3,
        )
