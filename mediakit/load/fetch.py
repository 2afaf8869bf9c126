"""Fetch pages politely, keep them, and read their articles: the one verb that goes out.

Everything else in mediakit works without a network.
"""

import csv
import math
import os
import re
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.load.feeds_text import web_package
from mediakit.load.fetch_articles import read_pages
from mediakit.load.fetch_http import Manner
from mediakit.load.fetch_list import list_addresses
from mediakit.load.fetch_run import Run
from mediakit.load.fetch_store import Store
from mediakit.progress import progress
from mediakit.spreadsheets import guard

LEAST_DELAY = 0.5
MOST_HOSTS = 32
MOST_RETRIES = 10
CONTACT = re.compile(r"[!-~][ -~]{3,198}[!-~]")
OUTCOMES = "outcomes.csv"
SAID = ["given", "state", "reason", "url", "captured", "status", "type", "retrieved"]
PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def fetch_pages(
    addresses,
    *,
    folder: str | os.PathLike,
    contact: str,
    delay: float = 2.0,
    hosts: int = 8,
    retries: int = 3,
    largest: int = 10_000_000,
    private: bool = False,
) -> pd.DataFrame:
    """Fetch pages politely into a folder, and read their articles.

    The reader gets one row per page, and an account of what was asked for, fetched,
    refused and why. Interrupt it whenever you like: run again, and it goes on where
    it was. A page that is kept is never fetched again.

    Fetching copies other people's work from other people's machines: you answer for
    it under the law of your country, the terms of use of each site and the rules of
    your institution. What robots.txt closes is not fetched, paywalls and logins are
    not got round, and `contact` tells the site whom to write to.

    Parameters
    ----------
    addresses : str, list, Series, DataFrame or path
        Addresses (http or https); a table with a column "url"; or the path of a file:
        one address a line, or CSV, Excel, JSON, a feed or sitemap with addresses.
        Captures of web archives (web.archive.org/web/2016.../http://...,
        archive.ph/...) are understood.
    folder : str or Path
        Where pages are kept: ``pages.warc.gz`` (every page as it was sent, which
        other tools read too) and ``outcomes.csv`` (what came of each address). About
        20 to 200 kB a page.
    contact : str
        Your e-mail address or the page of your project; every site sees it.
    delay : float, default 2.0
        Seconds between two requests to one host; at least 0.5. More where robots.txt
        asks for more (Crawl-delay, up to 120).
    hosts : int, default 8
        How many hosts are asked side by side, 1 to 32; each gets one request at a time.
    retries : int, default 3
        How often a page is asked again that was not to be had for the moment (no
        answer, status 429 or 5xx), after pauses that double, or as long as the site
        asks for (Retry-After).
    largest : int, default 10_000_000
        The most bytes a page may have, as sent and unpacked.
    private : bool, default False
        Whether private and local machines, and ports besides 80 and 443, may be
        asked, as in an intranet.

    Returns
    -------
    DataFrame
        ARTICLES as `read_articles` returns them of saved pages, in the order of the
        addresses, and: address (as given); retrieved (when it was fetched, UTC);
        captured (of a web archive: when it was captured; its `url` is the original
        one). `truncated` marks signs of a paywall.

    Raises
    ------
    MediakitError
        If `contact` is missing, a parameter is out of bounds, there are no addresses
        in the file, another run works in the folder, or it holds something else.

    Warns
    -----
    MediakitWarning
        If addresses were refused or failed, with numbers and reasons.

    Notes
    -----
    Pages, plain texts and PDFs (with the extra "documents") are read; nothing else is
    kept. robots.txt is read as RFC 9309 says; where it cannot be had, nothing is
    fetched. Run again to ask anew for what failed for the moment or was refused; pages
    that are not there (404) or no page at all are settled. Five failures in a row at
    a host end the asking there for this run.

    Names are resolved once and connected to as checked, also after a redirect; no
    cookies are kept, certificates are verified, and proxies set in the environment
    are not used, since behind one nobody knows who is reached.

    The dates of fetching and capture say nothing of when an article was published.
    Do not take failures for a random loss: old, deleted and closed pages are missing.

    Examples
    --------
    >>> import tempfile
    >>> import mediakit as mk
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     articles = mk.fetch_pages([], folder=folder, contact="ada@uni.example")
    >>> len(articles), "captured" in articles
    (0, True)
    """
    manner = _manner(contact, delay, retries, largest, private)
    _check_number("hosts", hosts, 1, MOST_HOSTS)
    name, addresses = list_addresses(addresses)
    web_package("trafilatura", "Reading the pages")
    folder = _folder(folder)
    store = Store(folder, agent=manner.agent.partition(" ")[0], private=private)
    with closing(store), _writing(folder):
        store.enter(addresses)
        _fetch(store, manner, hosts)
        articles, ledger = read_pages(store)
        _write_outcomes(store, folder / OUTCOMES)
    articles.attrs["mediakit"] |= {
        "verb": "fetch_pages",
        "parameters": {
            "addresses": name,
            "delay": delay,
            "hosts": hosts,
            "retries": retries,
            "largest": largest,
            "private": private,
        },
    }
    _warn_of_losses(ledger, folder.name)
    return articles


def _manner(contact, delay, retries, largest, private) -> Manner:
    named = isinstance(contact, str) and CONTACT.fullmatch(contact)
    if not named or ("@" not in contact and "://" not in contact):
        raise MediakitError(
            "`contact` must be an e-mail address or a page that says who fetches, as "
            f"in contact='ada@university.example', got {contact!r}."
        )
    if not isinstance(private, bool):
        raise MediakitError(f"`private` must be True or False, got {private!r}.")
    least = 0 if private else LEAST_DELAY
    if not isinstance(delay, (int, float)) or not least <= delay < math.inf:
        raise MediakitError(
            f"`delay` must be a number of seconds, at least {least}, got {delay!r}. "
            "If that takes too long, ask the outlet or a database for the articles."
        )
    _check_number("retries", retries, 0, MOST_RETRIES)
    _check_number("largest", largest, 1_000, 1 << 28)
    agent = f"mediakit/{version('mediakit')} (research; {contact})"
    return Manner(agent, int(largest), private, float(delay), int(retries))


def _check_number(name: str, value, least: int, most: int) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not least <= value <= most:
        raise MediakitError(
            f"`{name}` must be a whole number from {least:,} to {most:,}, "
            f"got {value!r}."
        )


def _folder(folder: str | os.PathLike) -> Path:
    folder = Path(folder).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediakitError(
            f"`folder` {str(folder)!r} cannot be made ({error.strerror}); choose "
            "another."
        ) from error
    return folder


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Say that the disk is full, or whatever keeps us from writing."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise MediakitError(
            f"Writing to {str(folder)!r} failed ({error}). What was fetched is kept: "
            "make room and run again."
        ) from error


def _fetch(store: Store, manner: Manner, hosts: int) -> None:
    """Fetch what waits; a bar counts the pages that are settled."""
    waiting = store.count_waiting()
    with closing(iter(Run(store, manner, hosts))) as steps:
        settled = (1 for step in steps for _ in range(step))
        for _ in progress(settled, what="fetching pages", total=waiting):
            pass


def _write_outcomes(store: Store, path: Path) -> None:
    work = path.with_name(f".{path.name}.new")
    with work.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["address", "outcome", *SAID[2:]])
        for row in store.outcomes():
            out.writerow([guard(row[name]) for name in SAID])
    work.replace(path)


def _warn_of_losses(ledger, name: str) -> None:
    if losses := ledger.losses():
        proxied = any(os.environ.get(p) or os.environ.get(p.upper()) for p in PROXIES)
        advice = (
            " A proxy is set in the environment; it is not used." if proxied else ""
        )
        warnings.warn(
            f"Fetching into {name}: {'; '.join(losses)}. `mk.account(articles)` tells "
            f"all, {OUTCOMES} of each address.{advice}",
            MediakitWarning,
            stacklevel=3,
        )
