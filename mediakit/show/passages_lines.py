"""Lines of the passage explorer as a browser may have them: short and harmless."""

from urllib.parse import urlsplit

import pandas as pd

from mediakit.show.widget_files import visible

MOST_SIDE, MOST_WHOLE, MOST_ABOUT = 240, 10_000, 300
SIDES = {"left": "end", "match": "start", "right": "start"}


def shortened(text: str, most: int, keep: str = "start") -> tuple[str, int]:
    """Return at most `most` signs of a text, made visible, and how many are left out.

    Examples
    --------
    >>> shortened("one two three", 5, "end"), shortened("one", 5)
    (('…three', 8), ('one', 0))
    """
    cut = len(text) - most
    if cut <= 0:
        return visible(text), 0
    if keep == "end":
        return "…" + visible(text[-most:]), cut
    return visible(text[:most]) + "…", cut


def line_of(row: dict, number: int, *, whole: bool, hidden: bool) -> dict:
    """Return one line; where it is `hidden`, nothing in it names its source."""
    most, line, cut = MOST_WHOLE if whole else MOST_SIDE, {}, 0
    for side, keep in SIDES.items():
        line[side], left_out = shortened(row[side], most, keep)
        cut += left_out
    line |= {"number": number, "cut": cut, "whole": whole, "hidden": hidden}
    line |= {name: shortened(row[name], MOST_ABOUT)[0] for name in ("about", "layers")}
    return line if hidden else line | source_of(row)


def source_of(row: dict) -> dict:
    """Return where a passage stands, as text."""
    return {
        "outlet": shortened(_text(row["outlet"]) or "not known", MOST_ABOUT)[0],
        "date": day(row["published"]),
        "title": shortened(_text(row["title"]) or "no title", MOST_ABOUT)[0],
        "article_id": shortened(_text(row["article_id"]), MOST_ABOUT)[0],
        "url": web_address(row["url"]),
    }


def day(date) -> str:
    """Return a date as text."""
    return "no date" if pd.isna(date) else f"{date:%Y-%m-%d}"


def web_address(address) -> str:
    """Return an address of the web, or "" for any other text.

    Examples
    --------
    >>> web_address("https://a.example/1"), web_address("javascript:alert(1)")
    ('https://a.example/1', '')
    """
    address = _text(address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    fits = parts.scheme in ("http", "https") and parts.netloc and len(address) < 2_000
    return address if fits and visible(address) == address else ""


def _text(value) -> str:
    return "" if pd.isna(value) else str(value)
