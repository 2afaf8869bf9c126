"""The glossary: what the words in tables mean, and links from tables to it."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from mediakit.errors import MediakitError
from mediakit.show.display import Shown, files_of

FILE = Path(__file__).with_name("glossary.yaml")
RATE = re.compile(r"(.+, )?(per (1|[\d,]{3,}) .+|% of .+)")
OF_A_SIDE = re.compile(r"(articles|bags of \w+|\w+s) in .+")


@dataclass(frozen=True)
class Entry:
    """A word, its meaning in a sentence, how to read it, headings, other words."""

    word: str
    means: str
    more: str = ""
    headings: tuple[str, ...] = ()
    see: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The name of its place on a page."""
        return "word-" + re.sub(r"[^a-z0-9]+", "-", self.word.lower())


@cache
def glossary() -> dict[str, Entry]:
    """Return all entries by their word in lower case, in the order of the alphabet."""
    rows = yaml.safe_load(FILE.read_text("utf-8"))
    entries = [
        Entry(
            row["word"],
            row["means"],
            row.get("more", ""),
            tuple(map(str, row.get("headings", ()))),
            tuple(map(str, row.get("see", ()))),
        )
        for row in rows
    ]
    return {one.word.lower(): one for one in entries}


def show_glossary(word: str | None = None) -> Shown:
    """Say what a word of mediakit means, in plain English.

    What the reader learns: how to read a heading of a table ("what is sure", "q",
    "without any one outlet"), and when the number behind it misleads.

    Parameters
    ----------
    word : str, optional
        A word, or the heading of a column. Without it: all words.

    Returns
    -------
    Shown
        Displays itself as the last line of a cell.

    Raises
    ------
    MediakitError
        If the word is not in the glossary; the nearest ones are named.

    Notes
    -----
    The same words stand under each page of a report, and the headings of its tables
    lead there. When not to use it: for the formula; the docstring of the function
    that made the table names it.

    Examples
    --------
    >>> import mediakit as mk
    >>> print(mk.show_glossary("q").text.splitlines()[0])
    q: p after allowing for how many items were compared.
    """
    entries = glossary()
    if word is not None:
        entries = {"": _entry(word)}
    table = pd.DataFrame(
        [(one.word, one.means, one.more) for one in entries.values()],
        columns=["word", "means", "more"],
    )
    text = "\n".join(map(_line, entries.values()))
    return Shown(
        _page(entries.values()), text, "glossary", *files_of(table, "glossary")
    )


def entry_of(heading: str) -> Entry | None:
    """Return the entry that explains the heading of a column, if there is one."""
    known = _by_heading().get(heading)
    if known is None and RATE.fullmatch(heading):
        return glossary()["rate"]
    if known is None and OF_A_SIDE.fullmatch(heading):
        return glossary()["article"]
    return known


def glossed(page: str) -> tuple[str, list[Entry]]:
    """Make links of the headings of tables that the glossary knows; return both."""
    met = {}

    def link(found: re.Match) -> str:
        entry = entry_of(html.unescape(found[2]).strip())
        if entry is None:
            return found[0]
        met[entry.word] = entry
        return f'{found[1]}<a href="#{entry.anchor}">{found[2]}</a>{found[3]}'

    page = re.sub(r"(<th(?: [^>]*)?>)([^<>]+)(</th>)", link, page)
    return page, [glossary()[word] for word in sorted(map(str.lower, met))]


def words_page(entries: Iterable[Entry]) -> str:
    """Return a list of words for the end of a page, each at its anchor."""
    rows = "".join(
        f'<dt id="{one.anchor}">{html.escape(one.word)}</dt>'
        f"<dd>{html.escape(f'{one.means} {one.more}'.strip())}</dd>"
        for one in entries
    )
    return f"<dl>{rows}</dl>"


def _by_heading() -> dict[str, Entry]:
    return {name: one for one in glossary().values() for name in one.headings}


def _entry(word: str) -> Entry:
    from difflib import get_close_matches

    if not isinstance(word, str):
        raise MediakitError(f"`word` must be a word, got {type(word).__name__}.")
    found = glossary().get(word.strip().lower()) or entry_of(word.strip())
    if found is None:
        names = [*glossary(), *_by_heading()]
        near = get_close_matches(word.strip().lower(), names, n=3)
        hint = f"; near it are {near}" if near else ""
        raise MediakitError(
            f"the glossary has no {word!r}{hint}. `mk.show_glossary()` shows all words."
        )
    return found


def _line(one: Entry) -> str:
    see = f" See: {', '.join(one.see)}." if one.see else ""
    return f"{one.word}: {one.means}\n    {one.more}{see}".rstrip()


def _page(entries: Iterable[Entry]) -> str:
    rows = "".join(
        f"<dt><b>{html.escape(one.word)}</b></dt><dd>"
        f"{html.escape(f'{one.means} {one.more}'.strip())}"
        + (f" <i>See: {html.escape(', '.join(one.see))}.</i>" if one.see else "")
        + "</dd>"
        for one in entries
    )
    return f"<dl>{rows}</dl>"
