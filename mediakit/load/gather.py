"""Whatever stands under a path, or a user's table -> renamed tables and a ledger.

A file that cannot be read does not stop the others; it is counted with its reason.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load.account import LEFT_OUT, Ledger
from mediakit.load.columns import is_headerless, plain, rename, unique_names
from mediakit.load.formats import find_format
from mediakit.load.sources import ListError, Options, Source
from mediakit.load.unpacking import open_sources
from mediakit.progress import progress
from mediakit.remote import readable

FILE = "source_file"
SHOWN = 5


@dataclass
class Gathering:
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
        frame = table.reset_index(drop=True)
        if any(name is not None for name in table.index.names):
            index = table.index.to_frame(index=False)
            frame = pd.concat([index, frame], axis=1)
        frame = frame.set_axis(unique_names(frame.columns, self.ledger), axis=1)
        self.ledger.add("rows expected", len(table))
        self.ledger.add("rows read", len(frame))
        self.untyped = False
        self._add(frame, self.ledger, "the table")

    def add_files(self, path: Path) -> None:
        """Read every file under `path`; those that cannot be read are counted."""
        failures, lists, articles, read = [], [], [], 0
        sources = open_sources(path)
        if path.is_dir() or path.suffix.lower() == ".zip":
            sources = progress(sources, what="reading files")
        for source, error in sources:
            ledger = Ledger()
            try:
                if error is not None:
                    raise error
                article = self.read(source, ledger)
            except MediakitError as failure:
                listed = isinstance(failure, ListError)
                (lists if listed else failures).append((source.place, failure))
                continue
            if article is not None:
                articles.append(article)
            self.ledger.take(ledger)
            read += 1
        if articles:
            self.add_articles(articles, readable(path.name))
        report_files(path, read, failures if read else failures + lists, self.ledger)
        self._hold_against_lists(lists)
        if read + len(failures) + len(lists) == 1 and not path.is_dir():
            self.frames = [frame.drop(columns=FILE) for frame in self.frames]

    def _hold_against_lists(self, lists: list) -> None:
        """Count what a database lists as delivered and is in none of the files."""
        titles = [title for frame in self.frames for title in frame.get("title", ())]
        read, gone = Counter(map(plain, titles)), []
        for name, listed in lists:
            note = f"{name}: {len(listed.titles):,} titles"
            self.ledger.add("lists of documents left out", 1, note)
            gone += (Counter(map(plain, listed.titles)) - read).elements()
        if gone:
            said = (title for _, listed in lists for title in listed.titles)
            lacking = set(gone)
            shown = sorted({repr(title) for title in said if plain(title) in lacking})
            note = ", ".join(shown[:SHOWN]) + ", ..." * (len(shown) > SHOWN)
            self.ledger.add("documents listed and not read", len(gone), note, lost=True)
            short = self.ledger.count("rows expected") - self.ledger.count("rows read")
            self.ledger.add("rows expected", max(len(gone) - short, 0))

    def read(self, source: Source, ledger: Ledger) -> dict | None:
        """Add the table in a file, or return the article that it is."""
        headerless = is_headerless(self.columns)
        form = find_format(source, self.format, headerless=headerless)
        piece = form.read(source, self.options, ledger)
        self.untyped &= form.name == "csv"
        if isinstance(piece, dict):
            return piece | {FILE: source.place}
        self._add(piece, ledger, source.name, file=source.place)
        return None

    def add_articles(self, articles: list[dict], name: str) -> None:
        """Add files that are an article each; beside tables, they need no `columns`."""
        columns = None if self.frames else self.columns
        frame = pd.DataFrame(articles, dtype=object)
        self.frames.append(rename(frame, columns, self.ledger, name=name)[0])

    def _add(self, frame: pd.DataFrame, ledger: Ledger, name: str, file: str = ""):
        frame, guesses = rename(frame, self.columns, ledger, name=name)
        if file:
            frame = frame.rename(columns={FILE: f"{FILE} (theirs)"})
            frame = frame.assign(**{FILE: file})
        self.frames.append(frame)
        self.guesses |= guesses


def report_files(path: Path, read: int, failures: list, ledger: Ledger) -> None:
    """Count the files that were read and those left out; raise if none was read."""
    if not read and len(failures) == 1:
        raise failures[0][1]
    if not read:
        raise MediakitError(
            f"None of the {len(failures)} files in {readable(path.name)} could be "
            f"read. The first: {failures[0][1]}"
            if failures
            else f"There is no file in {readable(path.name)}."
        )
    ledger.add("files read", read)
    for name, failure in failures:
        short = name.rpartition("/")[2]
        reason = str(failure).split("; ")[0].removesuffix(".")
        reason = reason.removeprefix(f"{name} ").removeprefix(f"{short} ")
        ledger.add(LEFT_OUT, 1, f"{name}: {reason}", lost=True)
