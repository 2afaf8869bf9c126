"""Where the texts of a derived corpus stood, and how to know them again.

An address often spells out the headline, and titles are not published; a hash of a
text says nothing to whoever does not hold the text.
"""

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import numpy as np
import pandas as pd

from mediakit.share.limits import MOST_REBUILT, PIECE, longest_run

FILE = "addresses.csv"
NORMALISER = "mediakit text 1"
COLUMNS = ["article_id", "address", "address_sha256", "text_sha256", "characters"]
SECRET = re.compile(r"(?i)token|session|sid$|auth|key|sig|user|mail|pass|login|proxy")


def normalised(text: str) -> str:
    """Return a text as it is hashed: NFC, white space as one blank, ends off."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_hash(text: str) -> str:
    """Return the sha256 of a normalised text.

    Examples
    --------
    >>> text_hash("Peace  holds.") == text_hash(" Peace holds. ")
    True
    """
    return hashlib.sha256(normalised(text).encode("utf-8", "replace")).hexdigest()


def plain_address(url: str) -> str:
    """Return an address without what could be somebody's secret; "" if it is none.

    Examples
    --------
    >>> plain_address("HTTPS://me:pw@News.example/a?id=3&session=9f#top")
    'https://news.example/a?id=3'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or "." not in host:
        return ""
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not SECRET.search(name)
    ]
    place = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), place, parts.path, urlencode(asked), ""))


def addresses(corpus, figures) -> tuple[pd.DataFrame, np.ndarray]:
    """Return what is published of each row's address, and where it is withheld.

    Returns
    -------
    DataFrame
        A row of the derived corpus each: article_id; address ("" where it is not known
        or spells out the title); address_sha256 ("" if not known); text_sha256 and
        characters (int) of the normalised text.
    bool array
        Rows whose address is known and withheld.
    """
    table = corpus.articles
    articles = figures.pool.indices
    known = [plain_address(one) for one in table["url"].fillna("").iloc[articles]]
    titles = table["title"].fillna("").iloc[articles]
    told = [spells_out(*one) for one in zip(known, titles, strict=True)]
    texts = [normalised(one) for one in table[corpus.view.field].iloc[articles]]
    frame = pd.DataFrame(
        {
            "article_id": figures.rows["article_id"].to_numpy(),
            "address": [
                "" if hide else one for one, hide in zip(known, told, strict=True)
            ],
            "address_sha256": [
                hashlib.sha256(one.encode()).hexdigest() if one else "" for one in known
            ],
            "text_sha256": [text_hash(one) for one in texts],
            "characters": [len(one) for one in texts],
        }
    )
    return frame[COLUMNS], np.array(told, bool)


def spells_out(address: str, title: str) -> bool:
    """Say whether an address gives back half of a title, or more than 7 words of it.

    Examples
    --------
    >>> spells_out("https://a.example/peace-holds-on-the-bank", "Peace holds, again")
    True
    >>> spells_out("https://a.example/2024/05/3771.html", "Peace holds, again")
    False
    """
    words = PIECE.findall(title.lower())
    if not address or not words:
        return False
    pieces = PIECE.findall(unquote(address).lower())
    run = longest_run(pieces, [words])
    return run > min(MOST_REBUILT, max(1, len(words) // 2))
