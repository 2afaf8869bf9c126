"""The pages kept -> ARTICLES, by the reader of saved pages, with an account.

The date of capture or of fetching never stands in for the date of an article.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load import documents_pdf, pages
from mediakit.load.account import Ledger
from mediakit.load.archives import decoded, page_row, plain_row
from mediakit.load.articles import make_articles
from mediakit.load.fetch_address import SNAPSHOTS, Refused, parse_address
from mediakit.load.fetch_answer import Failed, header, unpacked
from mediakit.load.fetch_http import PAGES
from mediakit.load.fetch_store import FETCHED, Store
from mediakit.load.fetch_warc import NAME, Record, read_record
from mediakit.load.pages_metadata import IN_ADDRESS
from mediakit.load.sources import Options, Source
from mediakit.progress import progress

OWN = ["address", "retrieved", "captured"]
COLUMNS = ["outlet", "published", "title", "text", "url", "truncated", *OWN]
MIRRORS = "|".join(map(re.escape, SNAPSHOTS))
SNAPSHOT = re.compile(rf"https?://(?:{MIRRORS})/\d{{14}}/https?://[^\"'<>\s]+".encode())
LARGEST = 1 << 28


def read_pages(store: Store) -> tuple[pd.DataFrame, Ledger]:
    """Read every page that was asked for and is kept."""
    ledger, articles, finals = Ledger(), [], set()
    outcomes, total = store.outcomes(), store.count_asked()
    for row in progress(outcomes, what="reading pages", total=total):
        ledger.add("addresses asked for", 1)
        if row["twice"]:
            ledger.add("addresses given twice", 1, row["given"])
        elif row["state"] != FETCHED:
            what = f"{row['state']}: {row['reason']}"
            ledger.add(what, 1, row["given"], lost=True)
        else:
            ledger.add("pages fetched", 1)
            if row["url"] in finals:
                what = "addresses that lead to the page of another"
                ledger.add(what, 1, row["given"])
            finals.add(row["url"])
            articles.append(_article(store.pages, row, ledger))
    articles = [article for article in articles if article is not None]
    size = store.pages.stat().st_size
    ledger.add("bytes kept", size, f"in {NAME}, the pages as they were sent")
    for what in ("rows expected", "rows read"):
        ledger.add(what, 0)
    frame = pd.DataFrame(articles, dtype=object)
    frame = frame.reindex(columns=list(dict.fromkeys([*COLUMNS, *frame.columns])))
    return make_articles([frame], ledger, untyped=True), ledger


def _article(path: Path, row, ledger: Ledger) -> dict | None:
    """Return the article of one page, None where it has none; that is counted."""
    record = read_record(path, row["start"], row["size"])
    try:
        if record is None or record.url != row["url"]:
            raise MediakitError(f"its record in {NAME} is damaged")
        article = _content(record, row["type"], ledger)
    except (MediakitError, Failed) as error:
        reason = str(error).split("; ")[0].removeprefix(f"{row['url']} ")
        note = f"{row['given']}: {reason}"
        ledger.add("pages kept but not read", 1, note, lost=True)
        return None
    captured = _capture(row, record)
    _complete(article, row, captured, ledger)
    return article | {
        "address": row["given"],
        "retrieved": row["retrieved"],
        "captured": captured and captured.captured,
    }


def _content(record: Record, mime: str, ledger: Ledger) -> dict:
    body = unpacked(record.headers, record.body, LARGEST)
    if mime == "application/pdf":
        source = Source(record.url, "", lambda: body)
        return documents_pdf.read(source, Options(), ledger)
    text = decoded(body, header(record.headers, "Content-Type"))
    if mime in PAGES or (not mime and pages.BEGINNING.match(text)):
        return page_row(text, record.url, ledger)
    if mime != "text/plain":
        raise MediakitError(f"it is {mime or 'of no type'}, which is not read")
    return plain_row("", text, ledger)


def _capture(row, record: Record):
    """Return the address of the capture that a page is, None where it is none.

    An archive may have led to another capture than the one asked for, and its short
    addresses say only in the page what they are a capture of.
    """
    place = _parsed(record.url)
    if place is not None and place.original:
        return place
    if place is not None and place.host in SNAPSHOTS:
        if found := SNAPSHOT.search(record.body):
            return _parsed(found[0].decode("latin-1"))
    return _parsed(row["given"]) if row["original"] else None


def _parsed(url: str):
    try:
        return parse_address(url, private=True)
    except Refused:
        return None


def _complete(article: dict, row, captured, ledger: Ledger) -> None:
    """Add from the address what the page itself does not say."""
    own = captured.original if captured else None
    url = article["url"] = own or article.get("url") or row["url"]
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    outlet = article.get("outlet")
    if not outlet or (own and outlet in SNAPSHOTS):
        article["outlet"] = host
    dated = article.get("published") or article.get("date (printed)")
    if not dated and (found := IN_ADDRESS.search(urlsplit(url).path)):
        article["published"] = "-".join(found.groups())
        ledger.add("dates from the address", 1, url)
