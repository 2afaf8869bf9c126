"""Which addresses: a list, a column, or a file that holds some."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load import addresses as lists
from mediakit.load.account import Ledger
from mediakit.load.columns import HEADINGS, plain
from mediakit.load.formats import find_format
from mediakit.load.sources import Options, existing
from mediakit.load.unpacking import open_sources

ONE = ("http://", "https://", "www.")
COLUMNS = [*HEADINGS["url"], "address", "addresses", "urls", "links"]


def list_addresses(addresses) -> tuple[str, Iterable[str]]:
    """Return what to call the addresses, and the addresses themselves."""
    if isinstance(addresses, str) and addresses.strip().lower().startswith(ONE):
        return "one address", [addresses]
    if isinstance(addresses, (str, os.PathLike)):
        path = existing(addresses)
        return path.name, _of_file(path)
    if isinstance(addresses, pd.DataFrame):
        return "a table", _texts(_column(addresses, "the table"))
    if isinstance(addresses, (list, tuple, pd.Series, pd.Index)):
        return "a list", _texts(addresses)
    raise MediakitError(
        "`addresses` must be a list or column of addresses, a table with a column "
        f"'url', or the path of a file of these, got {type(addresses).__name__}."
    )


def _of_file(path: Path) -> Iterable[str]:
    if path.is_dir():
        raise MediakitError(
            f"{path.name} is a folder; give the file that lists the addresses."
        )
    sources = list(open_sources(path))
    if len(sources) != 1:
        raise MediakitError(
            f"{path.name} holds {len(sources)} files; give the one that lists the "
            "addresses."
        )
    source, error = sources[0]
    if error is not None:
        raise error
    ledger, options = Ledger(), Options()
    if lists.recognise(source):
        return lists.read_list(source, options, ledger)
    form = find_format(source, None, headerless=False)
    piece = form.read(source, options, ledger)
    if isinstance(piece, dict):
        raise MediakitError(
            f"{path.name} is no list of addresses: one a line, each with http:// or "
            "https://, or a table with a column 'url'."
        )
    return _texts(_column(piece, path.name))


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    """Return the column of a table that holds addresses, by its heading."""
    fitting = [c for c in table.columns if plain(c) in COLUMNS]
    if not fitting:
        raise MediakitError(
            f"{name} has no column 'url' that holds addresses; its columns are "
            f"{list(table.columns)[:30]}. Give the column itself, as in "
            "mk.fetch_pages(table['Link to page'], ...)."
        )
    best = min(fitting, key=lambda column: COLUMNS.index(plain(column)))
    found = table[best]
    return found if isinstance(found, pd.Series) else found.iloc[:, 0]


def _texts(values: Iterable) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif pd.isna(value):
            yield ""
        else:
            raise MediakitError(
                f"`addresses` must hold texts such as 'https://site.example/page', "
                f"got {value!r}."
            )
