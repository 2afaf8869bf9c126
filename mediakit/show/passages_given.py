"""Passages of a table, for the explorer: lines that a ``find_`` function returned."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.show.passages_corpus import Found
from mediakit.show.passages_query import (
    MIXED,
    Query,
    days_of,
    kept_rows,
    mixed,
    outlets_of,
)
from mediakit.text.passage_hits import MOST_SORTED
from mediakit.text.words import word_spans

NEEDED = ("article_id", "outlet", "published")
KINDS = {
    "find_passages": ("left", "match", "right"),
    "find_quotations": ("quotation",),
    "find_agency": ("match", "sentence"),
}
ABOUT = {
    "find_passages": (),
    "find_quotations": ("speaker", "verb", "kind"),
    "find_agency": ("form", "agent", "target"),
}


class GivenPassages:
    """The passages of a table."""

    searches = "text"

    def __init__(self, table: pd.DataFrame):
        self.kind = _kind_of(table)
        self.table = _as_lines(table.reset_index(drop=True), self.kind)
        self._last: tuple[Query, Found] | None = None

    def facts(self) -> dict:
        """Return what the filters offer."""
        named = self.table["layers"].str.split(", ").explode()
        layers = [(name, f"Inside “{name}”") for name in sorted({*named} - {""})]
        return {
            "outlets": outlets_of(self.table),
            "layers": [("", "Anywhere"), *layers],
            "days": days_of(self.table),
        }

    def find(self, query: Query) -> Found:
        """Choose the lines that hold the words asked for, in their order."""
        query = query.everywhere()
        if self._last is None or self._last[0] != query:
            self._last = query, self._find(query)
        return self._last[1]

    def _find(self, query: Query) -> Found:
        kept, notes = kept_rows(self.table, query)
        if query.layer:
            inside = self.table["layers"].str.split(", ")
            kept &= np.array([query.layer in names for names in inside], bool)
        searched = int(self.table.loc[kept, "article_id"].nunique())
        if asked := query.pattern.strip().casefold():
            whole = self.table["left"] + self.table["match"] + self.table["right"]
            whole += "\n" + self.table["about"]
            kept &= np.array([asked in one.casefold() for one in whole], bool)
        rows = np.flatnonzero(kept)
        chosen = self.table.iloc[rows]
        rows = rows[_order(chosen, query.sort)]
        articles = int(chosen["article_id"].nunique())
        return Found(len(rows), articles, searched, tuple(notes), rows=rows)

    def lines(self, found: Found, query: Query, start: int, stop: int) -> pd.DataFrame:
        """Return lines of what was found, in the order of the query."""
        return self.table.iloc[found.rows[start:stop]].reset_index(drop=True)


def _kind_of(table: pd.DataFrame) -> str:
    for kind, columns in KINDS.items():
        if {*columns, *NEEDED} <= {*table.columns}:
            return kind
    raise MediakitError(
        f"`passages` must be a corpus, or a table from one of {list(KINDS)}; it has "
        f"the columns {list(table.columns)}."
    )


def _as_lines(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the table as left, match, right, with what else it says as `about`."""
    lines = table[list(NEEDED)].copy()
    empty = pd.Series("", table.index, dtype="str")
    for name in ("title", "url", "layers"):
        lines[name] = table[name].fillna("") if name in table else empty
    lines["left"], lines["match"], lines["right"] = empty, empty, empty
    if kind == "find_agency":
        cut = [
            sentence.partition(match)
            for sentence, match in zip(table["sentence"], table["match"], strict=True)
        ]
        for place, name in enumerate(("left", "match", "right")):
            lines[name] = pd.Series([one[place] for one in cut], dtype="str")
    else:
        for source, name in zip(KINDS[kind], _names(kind), strict=True):
            lines[name] = table[source].fillna("").astype("str")
    said = [table[name].astype("str") for name in ABOUT[kind] if name in table]
    names = [name for name in ABOUT[kind] if name in table]
    lines["about"] = [
        "; ".join(
            f"{name}: {'not named' if pd.isna(value) else value}"
            for name, value in zip(names, row, strict=True)
        )
        for row in (zip(*said, strict=True) if said else [()] * len(table))
    ]
    return lines


def _names(kind: str) -> tuple[str, ...]:
    return ("match",) if kind == "find_quotations" else ("left", "match", "right")


def _order(lines: pd.DataFrame, sort: str) -> np.ndarray:
    """Return the lines by the words beside the match, nearest first, or by date."""
    if sort == "text" or not len(lines):
        return np.arange(len(lines))
    if sort == MIXED:
        return mixed(len(lines))
    if sort == "date":
        dates = lines["published"].reset_index(drop=True)
        return dates.sort_values(kind="stable").index.to_numpy()
    step = -1 if sort == "left" else 1
    words = [
        [text[a:b].casefold() for a, b in word_spans(text)][::step][:MOST_SORTED]
        for text in lines[sort]
    ]
    return np.array(sorted(range(len(words)), key=words.__getitem__), np.int64)
