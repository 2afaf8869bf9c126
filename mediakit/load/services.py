"""Ask a news service which articles there are; their texts are fetched elsewhere."""

import os
import warnings
from datetime import UTC, datetime, time

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.load import services_gdelt, services_mediacloud
from mediakit.load.account import Ledger
from mediakit.load.articles import make_articles
from mediakit.load.columns import rename
from mediakit.load.services_ask import NoAnswer, Service
from mediakit.load.services_formats import STORY_NAMES, gdelt_table, renamed

SERVICES = ("gdelt", "mediacloud")
NAMES = {"gdelt": "GDELT", "mediacloud": "Media Cloud"}
COLUMNS = ["outlet", "published", "title", "text", "url", "language"]
MOST = 1_000_000
PRIVATE = False


def search_news(
    query: str,
    *,
    start: str,
    end: str,
    contact: str,
    service: str = "gdelt",
    collections: list | None = None,
    limit: int = 10_000,
) -> pd.DataFrame:
    """Ask GDELT or Media Cloud which articles match a query.

    The reader gets one row per article with its title and address, no text, and an
    account of what the service did not give.

    Parameters
    ----------
    query : str
        In the language of the service, as in ``'"harbour strike" sourcelang:english'``
        for GDELT or ``'"harbour strike" AND language:en'`` for Media Cloud.
    start, end : str
        First and last day, as in "2024-05-01"; both are included (UTC).
    contact : str
        Your e-mail address or the page of your project; the service sees it.
    service : {"gdelt", "mediacloud"}, default "gdelt"
        GDELT needs no key and goes back to 2017. Media Cloud needs a key in the
        environment variable MEDIACLOUD_API_KEY; it is sent to Media Cloud alone and
        kept nowhere.
    collections : list of int, optional
        For Media Cloud: the collections to search, as in ``[34412234]``.
    limit : int, default 10_000
        The most articles to ask for; what lies beyond is counted.

    Returns
    -------
    DataFrame
        ARTICLES as `read_articles` returns them, `text` missing throughout, and the
        service's own columns, as `country` (of the outlet) from GDELT and
        `indexed_date` from Media Cloud. `published` of GDELT is when it first saw the
        page.

    Raises
    ------
    MediakitError
        If a parameter is out of bounds, the key is missing or refused, or the service
        does not answer or finds the query wrong.

    Warns
    -----
    MediakitWarning
        If the service cut its answers off, did not answer for some spans of time, or
        more was found than `limit`, with numbers.

    Notes
    -----
    GDELT gives 250 articles an answer and does not say how many there are. A span of
    time that fills an answer is asked for again in two halves, down to 15 minutes,
    with 5 seconds between questions as GDELT asks: 10,000 articles take about ten
    minutes.

    What a service finds is a sample of unknown make: outlets come and go in it, and it
    misses articles. Do not read counts over years as coverage without counting all
    articles of the same outlets beside them. For texts, hand `url` to `fetch_pages`.

    Examples
    --------
    >>> import mediakit as mk
    >>> found = mk.search_news("quay", start="2024-05-01", end="2024-05-02",
    ...                        contact="ada@uni.example")  # doctest: +SKIP
    >>> articles = mk.fetch_pages(found, folder="pages",
    ...                           contact="ada@uni.example")  # doctest: +SKIP
    """
    span = _checked(query, start, end, contact, limit)
    check_choice("service", service, SERVICES)
    collections = _collections(collections, service)
    asked, ledger = _service(service, contact), Ledger()
    try:
        if service == "gdelt":
            records = services_gdelt.collect(asked, query, span, limit, ledger)
        else:
            records = services_mediacloud.collect(
                asked, query, span, limit, ledger, collections=collections
            )
    except NoAnswer as error:
        raise MediakitError(
            f"{asked.name} did not answer ({error}); try again later."
        ) from error
    articles = _articles(records, service, ledger)
    articles.attrs["mediakit"] |= {
        "verb": "search_news",
        "parameters": {
            "query": query,
            "start": start,
            "end": end,
            "service": service,
            "collections": list(collections),
            "limit": limit,
            "asked_on": f"{datetime.now(UTC):%Y-%m-%d}",
        },
    }
    if losses := ledger.losses():
        warnings.warn(
            f"{asked.name}, asked {asked.asked:,} times: {'; '.join(losses)}. "
            "`mk.account(articles)` tells all.",
            MediakitWarning,
            stacklevel=2,
        )
    return articles


def _checked(query, start, end, contact, limit) -> tuple[datetime, datetime]:
    if not isinstance(query, str) or not query.strip():
        raise MediakitError(f"`query` must be words to search for, got {query!r}.")
    if not isinstance(contact, str) or not any(mark in contact for mark in "@/"):
        raise MediakitError(
            "`contact` must be an e-mail address or a page that says who asks, as in "
            f"contact='ada@university.example', got {contact!r}."
        )
    if "\n" in contact or "\r" in contact or not contact.isascii():
        raise MediakitError(
            f"`contact` must be one line of plain letters: {contact!r}."
        )
    if not isinstance(limit, int) or not 1 <= limit <= MOST:
        raise MediakitError(
            f"`limit` must be a whole number from 1 to {MOST:,}, got {limit!r}."
        )
    days = [_day(name, given) for name, given in (("start", start), ("end", end))]
    if days[0] > days[1]:
        raise MediakitError(f"`start` ({start}) lies after `end` ({end}).")
    return days[0], datetime.combine(days[1], time(23, 59, 59))


def _day(name: str, given) -> datetime:
    try:
        return datetime.strptime(given, "%Y-%m-%d")
    except (TypeError, ValueError) as error:
        raise MediakitError(
            f"`{name}` must be a day such as '2024-05-01', got {given!r}."
        ) from error


def _collections(given, service: str) -> tuple[int, ...]:
    if given is None:
        return ()
    if service != "mediacloud":
        raise MediakitError("`collections` are for Media Cloud; GDELT has none.")
    sound = isinstance(given, (list, tuple)) and all(type(c) is int for c in given)
    if not sound:
        raise MediakitError(
            f"`collections` must be numbers such as [34412234], got {given!r}."
        )
    return tuple(given)


def _service(name: str, contact: str) -> Service:
    home = services_gdelt if name == "gdelt" else services_mediacloud
    key = ""
    if name == "mediacloud":
        key = os.environ.get(home.KEY, "").strip()
        if not key.isascii() or not key.isalnum():
            raise MediakitError(
                f"Media Cloud needs a key in the environment variable {home.KEY}, "
                "letters and digits as Media Cloud shows it (search.mediacloud.org, "
                "account); it was missing or had other characters."
            )
    return Service(NAMES[name], home.ADDRESS, home.DELAY, contact, PRIVATE, key)


def _articles(records: list[dict], service: str, ledger: Ledger) -> pd.DataFrame:
    """Return the records as ARTICLES without texts."""
    ledger.add("rows expected", len(records))
    ledger.add("rows read", len(records))
    frame = pd.DataFrame(records, dtype=object)
    if service == "gdelt":
        frame = gdelt_table(frame, ledger)
    else:
        frame = renamed(frame, STORY_NAMES)
    for name in COLUMNS:
        if name not in frame:
            frame[name] = None
    frame, _ = rename(frame, None, ledger, name=NAMES[service])
    return make_articles([frame], ledger, untyped=False)
