"""Title, date, author, outlet, address, section and language as a page states them.

JSON-LD and the marks of the article go before general ones of the page.
"""

import re
from datetime import timedelta
from itertools import islice
from urllib.parse import urlsplit

from mediakit.load.date_patterns import Slashed, parse_date
from mediakit.load.pages_data import articles_in
from mediakit.load.pages_headline import all_printed_dates, printed_dates

PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time",
    "datepublished", "rnews:datepublished", "parsely-pub-date", "sailthru.date",
    "publishdate", "publish_date", "publish-date", "pubdate", "cxenseparse:recs:"
    "publishtime", "citation_publication_date", "dcterms.issued", "dc.date.issued",
    "date_published", "published_time",
)  # fmt: skip
GENERAL = ("article:date", "dc.date", "dcterms.date", "dcterms.created", "date")
MARKED = "[@itemprop='datePublished' or @property='datePublished' or @pubdate]"
DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|published|timestamp)(?:$|[\s_-])"
)
LABEL = re.compile(
    r"\b(?:published|posted|publié|publicado|veröffentlicht)\b", re.IGNORECASE
)
DIVIDER = re.compile(r"\s+[|·•/–—]\s+")
LONGEST_LINE = 120
LONGEST = 2_000
MOST = 50
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=\D|$)")
DATE_SOURCES = ("JSON-LD", "metadata", "a time element", "a date line", "the address")
GENERAL_DATA = "general metadata"
FOR_MACHINES = ("JSON-LD", "metadata", GENERAL_DATA)
OTHERWISE = "the headline, where the page tells machines another"
NEARBY = timedelta(days=2)
SEPARATOR = re.compile(r"\s+[|\-–—:«»·]\s+")
TITLE_WORDS = 3


def read_metadata(tree, data: list[dict]) -> dict:
    """Return what a page states of itself; dates are ``(text, where)`` or None."""
    stated = _metas(tree)
    article = next(iter(articles_in(data)), {})
    url = _address(tree, stated, article)
    outlet = (
        stated.get("og:site_name")
        or _name(article.get("publisher"))
        or stated.get("dc.publisher")
        or (urlsplit(url).hostname or "").removeprefix("www.")
    )
    return {
        "outlet": outlet or None,
        "published": _published(tree, stated, article, url),
        "title": _title(tree, stated, article, outlet),
        "url": url or None,
        "author": _name(article.get("author")) or stated.get("author"),
        "section": _text(article.get("articleSection"))
        or stated.get("article:section"),
        "language": _language(tree, stated, article),
    }


def _metas(tree) -> dict:
    stated = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = " ".join(meta.get("content", "").split())
        if name and content:
            stated.setdefault(name.strip().lower(), content)
    return stated


def _address(tree, stated: dict, article: dict) -> str:
    links = tree.xpath("//link[@rel='canonical']/@href")
    main = article.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    for url in (*links, stated.get("og:url"), article.get("url"), main):
        try:
            parts = urlsplit(url.strip()) if isinstance(url, str) else None
        except ValueError:
            continue
        if parts and parts.scheme in ("http", "https") and parts.hostname:
            return url.strip()
    return ""


def _title(tree, stated: dict, article: dict, outlet: str | None) -> str | None:
    """Return the only headline printed, else the one stated, else the page's title."""
    site = (outlet or "").lower()
    printed = [_line(heading) for heading in tree.iter("h1")]
    printed = [line for line in printed if line and line.lower() != site]
    whole = _line(tree.find(".//title"))
    tail = SEPARATOR.split(whole)[1:]
    if len(printed) == 1 and printed[0] not in tail:
        if len(printed[0].split()) >= TITLE_WORDS or not whole:
            return printed[0]
    said = _text(article.get("headline")) or stated.get("og:title")
    return said or _without_site(whole, site) or next(iter(printed), None)


def _without_site(title: str, site: str) -> str:
    parts = SEPARATOR.split(title)
    if site and len(parts) > 1 and parts[-1].lower() == site:
        return title[: title.rfind(parts[-1])].rstrip(" |-–—:«»·")
    return title


def _published(tree, stated: dict, article: dict, url: str) -> tuple | None:
    """Return the date a page states, and what kind of place it has.

    The only date printed between headline and text goes before one that machines are
    told and that is days away: that one is of a template or of the last saving. A
    date of the page at large that no printed one is near is not taken.
    """
    found = _stated_date(tree, stated, article, url)
    printed = printed_dates(tree)
    (day, text), *more = printed.items() or [(None, "")]
    alone = day is not None and not more
    if found is None or found[1] == "nowhere else":
        return (text, "the headline") if alone else found
    stamp = parse_date(found[0][:LONGEST_LINE]) if found[1] in FOR_MACHINES else None
    if stamp is None or isinstance(stamp, Slashed):
        return found
    said = stamp.wall.date()
    if alone:
        return (text, OTHERWISE) if abs(said - day) > NEARBY else found
    anywhere = all_printed_dates(tree) if found[1] == GENERAL_DATA else ()
    if anywhere and min(abs(said - day) for day in anywhere) > NEARBY:
        return found[0], "nowhere else"
    return found


def _stated_date(tree, stated: dict, article: dict, url: str) -> tuple | None:
    """Return the first date that can be read alone, and what kind of place it has."""
    times = [*tree.xpath(f"//*{MARKED}")[:MOST], *_times(tree)]
    candidates = (
        [_text(article.get("datePublished"))],
        [stated.get(name) for name in PUBLISHED],
        [time.get("datetime") or time.get("content") or _line(time) for time in times],
        _date_lines(tree),
        ["-".join(found.groups()) for found in IN_ADDRESS.finditer(urlsplit(url).path)],
        [stated.get(name) for name in GENERAL],
    )
    places = (*DATE_SOURCES, GENERAL_DATA)
    unread = None
    for place, texts in zip(places, candidates, strict=True):
        for text in filter(None, texts):
            if _is_settled(text):
                return text, place
            unread = unread or (text, "nowhere else")
    return unread


def _times(tree) -> list:
    """Return the first time elements that are in no box."""
    return [
        time
        for time in islice(tree.iter("time"), MOST)
        if next(time.iterancestors("aside", "nav", "footer"), None) is None
    ]


def _is_settled(text: str) -> bool:
    stamp = parse_date(text[:LONGEST_LINE])
    return stamp is not None and not (
        isinstance(stamp, Slashed) and stamp.order is None
    )


def _date_lines(tree) -> list[str]:
    """Return the parts of short lines that are dates by their class or label."""
    lines = []
    for element in tree.xpath("//body//*"):
        marked = DATE_CLASS.search(element.get("class", ""))
        if marked or LABEL.search(element.text or ""):
            line = _line(element)
            if len(line) <= LONGEST_LINE:
                parts = [line, *DIVIDER.split(line)]
                lines += [p for p in parts if marked or LABEL.match(p)]
        elif LABEL.search(element.tail or "") and len(element.tail) <= LONGEST_LINE:
            lines += [p for p in DIVIDER.split(element.tail) if LABEL.match(p)]
    return lines


def _language(tree, stated: dict, article: dict) -> str | None:
    said = (
        _text(article.get("inLanguage"))
        or tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or tree.get("xml:lang")
        or stated.get("og:locale")
    )
    found = re.match(r"[a-z]{2,3}(?=$|[-_])", (said or "").strip().lower())
    return found[0] if found else None


def _name(value) -> str | None:
    """Return the names of persons or organisations, joined by semicolons."""
    values = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in values]
    return "; ".join(filter(None, map(_text, names))) or None


def _text(value) -> str | None:
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), None)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _line(element) -> str:
    """Return the beginning of the text of an element as one line."""
    pieces, length = [], 0
    for piece in element.itertext() if element is not None else ():
        pieces.append(piece)
        length += len(piece)
        if length > LONGEST:
            break
    return " ".join(" ".join(pieces).split())
