"""One door for articles: files, folders, archives or a table become ARTICLES.

Every row and every file that comes in is accounted for, and what was lost is said.
"""

import warnings
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.load.account import Ledger
from mediakit.load.articles import make_articles
from mediakit.load.columns import check_columns_argument, warn_of_guesses
from mediakit.load.formats import NAMES
from mediakit.load.gather import Gathering
from mediakit.load.sources import existing
from mediakit.remote import readable


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
        CSV, TSV or other delimited text, JSON, JSON Lines, Parquet, Excel, exports of
        news databases, feeds, web archives; .txt, PDF, Word or a saved page with one
        article each (date and title in the file name, the outlet in the name of the
        folder); a folder or zip of these; any of them compressed (.gz, .bz2, .xz). A
        DataFrame passes the same checks.
    columns : dict or list, optional
        The file's names to ours, as in ``{"Headline": "title"}``; None as value keeps
        a column out. For a file without a heading line: a list of names, or a mapping
        from positions, as in ``{0: "published", 1: "title"}``. Other columns are
        guessed from usual headings (English, German, French, Spanish).
    format : str, optional
        Where it cannot be told from the file: "csv", "tsv", "json", "jsonl",
        "parquet", "excel", "txt"; "nexis", "factiva", "europresse", "proquest";
        "page" (saved HTML), "feed", "sitemap", "warc", "pdf", "docx".
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
    read only if the column says which number is the day. Exports of news databases
    are held against their printed totals; items of monitoring services have the
    service in `distributor`; saved pages have `truncated`. Nothing is fetched:
    `fetch_pages` does that.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> table = pd.DataFrame({"title": ["Dam opens"], "text": ["Water flows."],
    ...                       "published": ["5 May 2024"]})
    >>> articles = mk.read_articles(table)
    >>> articles.loc[0, ["published", "published_precision"]].tolist()
    [Timestamp('2024-05-05 00:00:00+0000', tz='UTC'), 'day']
    """
    check_columns_argument(columns)
    _check_options(path, format, encoding)
    gathered = Gathering(columns, format, encoding)
    if isinstance(path, pd.DataFrame):
        name = "the table"
        gathered.add_table(path)
    else:
        path = existing(path)
        name = readable(path.name)
        gathered.add_files(path)
    articles = make_articles(gathered.frames, gathered.ledger, untyped=gathered.untyped)
    options = {"columns": _plain(columns), "format": format, "encoding": encoding}
    report_reading(articles, gathered.ledger, gathered.guesses, name, options)
    return articles


def report_reading(
    articles: pd.DataFrame,
    ledger: Ledger,
    guesses: dict,
    name: str,
    options: dict | None = None,
) -> None:
    """Write down how articles were read, and warn of guesses and losses."""
    none = dict.fromkeys(("columns", "format", "encoding"))
    articles.attrs["mediakit"] |= {
        "verb": "read_articles",
        "parameters": {"path": name, **(options or none)},
    }
    warn_of_guesses(guesses)
    _warn_of_losses(ledger, name)


def _check_options(path, format: str | None, encoding: str | None) -> None:
    if isinstance(path, pd.DataFrame) and (format, encoding) != (None, None):
        raise MediakitError(
            "`format` and `encoding` are about files; leave them out for a table."
        )
    if format is not None:
        check_choice("format", format, NAMES)
    if not isinstance(encoding, (str, type(None))):
        raise MediakitError(
            f"`encoding` must be a name such as 'cp1252', got {encoding!r}."
        )


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
            stacklevel=4,
        )
