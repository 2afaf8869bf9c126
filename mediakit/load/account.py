"""The reader's account: what came in, what was kept, what was lost and why.

It travels in ``articles.attrs["mediakit"]``, with a checksum that tells whether the
table is still the one that was read.
"""

import pandas as pd

from mediakit.errors import MediakitError, check_frame
from mediakit.load.identity import checksum

COLUMNS = ("what", "articles", "note")
EXAMPLES = 3
LEFT_OUT, NAMED = "files left out", 500


class Ledger:
    """Lines of an account, collected while reading; equal headings add up."""

    def __init__(self, stored: dict | None = None):
        self._lines = stored or {}

    @property
    def stored(self) -> dict:
        """The lines as JSON can hold them, from which the ledger is made again."""
        return self._lines

    def add(self, what: str, articles: int, note: str = "", *, lost: bool = False):
        """Add `articles` under the heading `what`; `lost` says to warn about it."""
        fresh = {"articles": 0, "notes": [], "more": 0, "lost": False}
        line = self._lines.setdefault(what, fresh)
        line["articles"] += int(articles)
        line["lost"] |= lost
        if note and note not in line["notes"]:
            if len(line["notes"]) < (NAMED if what == LEFT_OUT else EXAMPLES):
                line["notes"].append(note)
            else:
                line["more"] += 1

    def take(self, other: "Ledger") -> None:
        """Add the lines of another ledger to this one."""
        for what, line in other._lines.items():
            self.add(what, line["articles"], lost=line["lost"])
            for note in line["notes"]:
                self.add(what, 0, note)
            self._lines[what]["more"] += line["more"]

    def count(self, what: str) -> int:
        """Return what stands under a heading, 0 where there is none."""
        return self._lines[what]["articles"] if what in self._lines else 0

    def lines(self) -> list[dict]:
        """Return the account as JSON-able records."""
        return [
            {"what": what, "articles": line["articles"], "note": _note(line)}
            for what, line in self._lines.items()
        ]

    def losses(self) -> list[str]:
        """Return one phrase for each heading that is worth a warning."""
        return [
            f"{what}: {line['articles']:,}"
            + (f" ({note})" if (note := _note(line, EXAMPLES)) else "")
            for what, line in self._lines.items()
            if line["lost"] and line["articles"]
        ]


def _note(line: dict, most: int = NAMED) -> str:
    left = line["more"] + max(len(line["notes"]) - most, 0)
    more = f"; and {left:,} more" if left else ""
    return "; ".join(line["notes"][:most]) + more


def account(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the reader's account of a table: rows expected, read, lost and why.

    The reader learns whether every row of the file arrived, which columns were taken
    for what, and how many dates, texts and titles are missing.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES as `read_articles` returned it. Other row order is fine.

    Returns
    -------
    DataFrame
        One row per heading: what (str); articles (int64: rows, unless the heading
        names files, lines or bytes); note (str: examples, line numbers, what to do).

    Raises
    ------
    MediakitError
        If the table carries no account, or rows, ids, titles or texts changed since
        it was read: the figures would then describe another table.

    Notes
    -----
    The account describes the reading only. What later cleaning takes away is counted
    by the cleaning functions. Do not quote "rows kept" for a table you filtered.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> table = pd.DataFrame({"title": ["Dam opens", "Dam opens"],
    ...                       "published": ["2024-05-01", "2024-05-01"]})
    >>> told = mk.account(mk.read_articles(table)).set_index("what")["articles"]
    >>> int(told["rows kept"]), int(told["exact repeats"])
    (2, 1)
    """
    check_frame("articles", articles)
    provenance = articles.attrs.get("mediakit", {})
    if "account" not in provenance:
        raise MediakitError(
            "`articles` carries no account: `mk.read_articles` writes one, and joining "
            "tables with `pd.concat` or `merge` loses it. Ask for the account of each "
            "table right after reading it."
        )
    if checksum(articles) != provenance["checksum"]:
        raise MediakitError(
            "`articles` was changed since it was read (rows, ids, titles or texts "
            f"differ: {provenance['checksum']['rows']:,} rows then, {len(articles):,} "
            "now), so its account no longer describes it. Ask for the account before "
            "changing the table."
        )
    table = pd.DataFrame(provenance["account"], columns=list(COLUMNS))
    return table.astype({"what": "str", "articles": "int64", "note": "str"})
