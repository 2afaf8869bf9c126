"""What texts can lack: all of it, their end, or more than a teaser.

A text that is cut off loses its last quotations and replies without a word.
"""

import re

import numpy as np
import pandas as pd

TAIL, LAST_LINE, FEW_LETTERS = 200, 60, 100
CELL_LIMIT = 32_767
WIDE, BELOW, TIMES, LEAST_TEXTS, LEAST_EQUAL, EQUAL_SHARE = 3, 20, 3, 20, 5, 0.01

ELLIPSIS = re.compile(r"(?:\.\.\.|…|\. \. \.)\s*[\])}»”\"']*\s*\Z")
TEASER = re.compile(
    r"\[\+\s?\d[\d,.]* (?:chars|characters|more)\]|\b(?:read (?:more|the full|full)|"
    r"continue reading|keep reading|click here to|to continue reading|"
    r"(?:subscribe|sign in|log in|register) to (?:read|continue|unlock|keep)|"
    r"this article is for subscribers|leer más|seguir leyendo|lire la suite|"
    r"weiterlesen)\b[^:|\n]{0,60}\Z",
    re.IGNORECASE,
)
OTHER_LINE = re.compile(r"[A-Z][\w ]{0,20}:|.* \| ")  # links and credits, no sentence
STOP = re.compile(r"[.!?。！？।؟۔]")
FLATTENED = re.compile(
    r"(?<=[\s,]),[\s,]*\Z|(?<=[.!?。…])[\s,]+\Z"
)  # ". , ," of exports
CONTACT = re.compile(r"[@#/]|\w\.\w")
OPEN_END = re.compile(r"[\w,;:(\[–—-]\Z")


def find_texts(
    articles: pd.DataFrame, outlet: pd.Series
) -> dict[str, pd.Series | None]:
    """Return for each check of texts the rows it finds, None where it cannot ask."""
    text = articles["text"].fillna("").str.strip()
    length = text.str.len().astype("int64")
    signs = np.array([sign(tail) for tail in text.str.slice(start=-TAIL)], dtype="str")
    equal = _equal_lengths(length, outlet)
    title = articles["title"].fillna("").str.strip()
    found = {
        "no text": length == 0,
        "no title": title == "",
        "very short text": (length > 0) & (length < FEW_LETTERS),
        "text ends in dots": signs == "dots",
        "text ends in a teaser": signs == "teaser",
        "text ends inside a sentence": signs == "cut",
        "texts cut at one length": equal,
    }
    found = {name: pd.Series(rows, articles.index) for name, rows in found.items()}
    marked = articles["truncated"].eq(True) if "truncated" in articles else None
    return {**found, "page that shows a wall": marked}


def text_table(articles: pd.DataFrame, outlet: pd.Series, found) -> pd.DataFrame:
    """Return one row per outlet: how long its texts are, how many look cut."""
    length = articles["text"].str.len().astype("float64")
    rows = pd.DataFrame(
        {
            "articles": 1,
            "no_text": found["no text"],
            "very_short": found["very short text"],
            "ends_in_dots": found["text ends in dots"],
            "ends_in_teaser": found["text ends in a teaser"],
            "ends_inside_sentence": found["text ends inside a sentence"],
            "cut_at_one_length": found["texts cut at one length"],
        }
    )
    groups = length.groupby(outlet.to_numpy())
    table = rows.groupby(outlet.to_numpy()).sum().astype("int64")
    table["median_characters"] = groups.median()
    table["longest"] = groups.max()
    return table.rename_axis("outlet").reset_index().astype({"outlet": "str"})


def sign(tail: str) -> str:
    """Return what the end of a text says: "dots", "teaser", "cut" or "".

    Examples
    --------
    >>> sign("and then the [...]"), sign("It rained. Read more"), sign("It rained.")
    ('dots', 'teaser', '')
    """
    if ELLIPSIS.search(tail):
        return "dots"
    if TEASER.search(tail):
        return "teaser"
    body = FLATTENED.sub("", tail)
    if len(tail) == TAIL and STOP.search(body[:-1]) and _open(body):
        return "cut"
    return ""


def _open(body: str) -> bool:
    """Say whether the last line is a sentence without its end."""
    line = body.rpartition("\n")[2]
    if len(line) < LAST_LINE or OTHER_LINE.match(line) or not OPEN_END.search(line):
        return False
    last = line.split()[-1]
    signed = len(last) > 1 and last.isupper()
    return not signed and not CONTACT.search(last)


def _equal_lengths(length: pd.Series, outlet: pd.Series) -> pd.Series:
    """Find texts that pile up at their outlet's greatest length, or fill a cell."""
    groups = length.where(length >= FEW_LETTERS).groupby(outlet.to_numpy())
    short_of_top = groups.transform("max") - length
    top = short_of_top <= WIDE
    below = (short_of_top > WIDE) & (short_of_top <= WIDE + BELOW)
    piled, near = (
        rows.groupby(outlet.to_numpy()).transform("sum") for rows in (top, below)
    )
    expected = near * (WIDE + 1) / BELOW
    texts = groups.transform("count")
    enough = (texts >= LEAST_TEXTS) & (piled >= LEAST_EQUAL) & (piled < texts)
    cut = top & enough & (piled >= EQUAL_SHARE * texts) & (piled >= TIMES * expected)
    return cut | (length == CELL_LIMIT)
