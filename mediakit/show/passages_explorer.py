"""The passage explorer: what is shown now, and the answers to what a reader does."""

from collections.abc import Mapping

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.show.display import CONSTRUCTED
from mediakit.show.passages_article import (
    Articles,
    article_of,
    citation,
    is_constructed,
)
from mediakit.show.passages_corpus import CorpusPassages, Found
from mediakit.show.passages_given import GivenPassages
from mediakit.show.passages_kept import LastQuery
from mediakit.show.passages_lines import line_of, source_of
from mediakit.show.passages_page import still_page
from mediakit.show.passages_query import ROWS, Query, read_query
from mediakit.show.widget_files import can_show_widgets, visible
from mediakit.show.widget_still import HTML, PLAIN, display_with_still
from mediakit.text.corpus import Corpus

NEEDED = "pip install 'mediakit[notebooks]'"


class PassageExplorer:
    """Passages as a notebook cell displays them, to be searched and read.

    Attributes
    ----------
    query : dict
        What is asked now: pattern, sort, outlets, first, last, layer, blind, start.
    """

    def __init__(
        self,
        source: CorpusPassages | GivenPassages,
        corpus: Corpus | None,
        query: Query,
        last: LastQuery,
    ):
        self._source, self._corpus = source, corpus
        self._articles = None if corpus is None else Articles(corpus)
        self._constructed = is_constructed(
            source.table if corpus is None else corpus.metadata
        )
        self._query, self._shown, self._whole = query, set(), set()
        self._widget, self._last = None, last
        self.page()
        self._query = last.get(query)

    @property
    def query(self) -> dict:
        """What is asked now."""
        return dict(vars(self._query))

    def facts(self) -> dict:
        """Return what stays the same while the explorer is used."""
        facts = self._source.facts()
        named = [(name, f"{visible(name)} ({n:,})") for name, n in facts["outlets"]]
        facts["outlets"] = named
        facts["layers"] = [(value, visible(label)) for value, label in facts["layers"]]
        facts["searches"] = self._source.searches
        facts["articles"] = self._corpus is not None
        facts["constructed"] = CONSTRUCTED if self._constructed else ""
        return facts

    def ask(self, said: Mapping) -> dict:
        """Change the query to what a browser says; return the page, or the error."""
        before = self._query
        try:
            self._query = read_query(said)
            page = self.page()
        except MediakitError as error:
            self._query = before
            return self._empty(visible(str(error)))
        if self._query.everywhere() != before.everywhere():
            self._shown, self._whole = set(), set()
            page = self.page()
        self._last.keep(self._query)
        return page

    def page(self) -> dict:
        """Return the lines shown now and what is to be said about them."""
        if not self._query.pattern.strip() and self._source.searches == "pattern":
            return self._empty("")
        found = self._source.find(self._query)
        start = min(self._query.start, max(0, found.total - 1) // ROWS * ROWS)
        rows = self._rows(found, start, start + ROWS)
        lines = [
            line_of(row, at, whole=at in self._whole, hidden=self._hides(at))
            for at, row in enumerate(rows, start=start)
        ]
        passages = "passage" if found.total == 1 else "passages"
        articles = "article" if found.searched == 1 else "articles"
        status = (
            f"{found.total:,} {passages} in {found.articles:,} of {found.searched:,} "
            f"{articles}."
        )
        notes = [*found.notes, *[CONSTRUCTED] * self._constructed]
        return {
            "total": found.total,
            "start": start,
            "lines": lines,
            "status": status,
            "notes": notes,
            "error": "",
        }

    def _empty(self, error: str) -> dict:
        told = {"status": "", "notes": [CONSTRUCTED] * self._constructed}
        return {"total": 0, "start": 0, "lines": [], "error": error, **told}

    def _rows(self, found: Found, start: int, stop: int) -> list[dict]:
        lines = self._source.lines(found, self._query, start, stop)
        rows = lines.fillna({"title": "", "layers": ""}).to_dict("records")
        if self._articles is None or self._source.searches == "pattern":
            return rows
        return [self._articles.completed(row) for row in rows]

    def _hides(self, at: int) -> bool:
        return self._query.blind and at not in self._shown

    def answer(self, message: Mapping) -> dict:
        """Answer what a reader does with one line.

        "at" counts lines from 0; "view" says which of several displays asked.
        """
        kind, at = message.get("ask"), message.get("at")
        answer = {"ask": kind, "at": at, "view": message.get("view"), "error": ""}
        try:
            if type(at) is not int or at < 0:
                raise MediakitError(f"there is no line {at!r}.")
            found = self._source.find(self._query)
            rows = self._rows(found, at, at + 1)
            if not rows:
                raise MediakitError(f"there is no line {at + 1:,}.")
            return answer | self._do(kind, at, rows[0], message)
        except MediakitError as error:
            return answer | {"error": visible(str(error))}

    def _do(self, kind, at: int, row: dict, message: Mapping) -> dict:
        if kind == "reveal":
            self._shown.add(at)
            return {"page": self.page()}
        if kind == "whole":
            self._whole.add(at)
            return {"page": self.page()}
        if kind == "article":
            article = article_of(self._articles, row, long=message.get("long") is True)
            return article if self._hides(at) else article | source_of(row)
        if kind == "cite" and self._hides(at):
            raise MediakitError(
                "the source of this line is hidden (blind reading); show it first."
            )
        if kind == "cite":
            return {"text": citation(self._corpus, row, self._asked())}
        raise MediakitError(f"there is no answer to {kind!r}.")

    def _asked(self) -> str:
        if self._source.searches == "text":
            return f"Line of `{self._source.kind}`"
        return f"Found by the pattern {visible(self._query.pattern)!r}"

    def found(self, *, limit: int | None = None) -> pd.DataFrame:
        """Return the passages that are chosen now, all or the first, as a table.

        Parameters
        ----------
        limit : int, optional
            How many; by default all.

        Returns
        -------
        DataFrame
            As `find_passages` returns it, uncut, with about (str, what else a given
            table says) and url; blind reading hides nothing here.
        """
        if not self._query.pattern.strip() and self._source.searches == "pattern":
            raise MediakitError("no pattern has been asked for; search for one first.")
        found = self._source.find(self._query)
        stop = found.total if limit is None else min(limit, found.total)
        return self._source.lines(found, self._query, 0, stop)

    def _repr_html_(self) -> str:
        return self._still(self.page())

    def _still(self, page: dict) -> str:
        return still_page(page, self._query, self._still_because())

    def _still_because(self) -> str:
        if self._widget is not None:
            return "A still picture of the passage explorer; to use it, run the cell."
        if can_show_widgets():
            return ""
        return (
            "The first lines only. To search, sort and read here, run it in a notebook "
            f"with anywidget: {NEEDED}"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        page = self.page()
        return {
            PLAIN: "\n".join(filter(None, [page["status"], *page["notes"]])),
            HTML: self._still(page),
        }

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if not can_show_widgets():
            display(self._repr_mimebundle_(), raw=True)
            return
        if self._widget is None:
            from mediakit.show.passages_widget import explorer_widget

            self._widget = explorer_widget(self)
        still = self._repr_mimebundle_()
        display_with_still(self._widget, still[HTML], still[PLAIN])
