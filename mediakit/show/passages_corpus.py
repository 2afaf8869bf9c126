"""Passages of a corpus, for the explorer: found once, cut a page at a time."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.show.passages_query import (
    MIXED,
    Query,
    days_of,
    kept_rows,
    mixed,
    outlets_of,
)
from mediakit.text.corpus import Corpus
from mediakit.text.passage_hits import Hits, gather_hits, order_hits
from mediakit.text.passages import check_numbers, cut_lines
from mediakit.text.patterns import compile_patterns
from mediakit.text.shard import FIELDS

WHERE = {"title": "Titles only", "text": "Texts only"}


@dataclass(frozen=True)
class Found:
    """What a query found: how many lines, in how many articles of those searched."""

    total: int
    articles: int
    searched: int
    notes: tuple[str, ...]
    corpus: Corpus | None = None
    hits: Hits | None = None
    rows: np.ndarray | None = None


class CorpusPassages:
    """The passages that patterns find in a corpus."""

    searches = "pattern"

    def __init__(self, corpus: Corpus, width: int | str):
        corpus.need_order("a search for passages")
        check_numbers(width, None)
        self.corpus, self.width = corpus, width
        self._last: tuple[Query, Found] | None = None

    def facts(self) -> dict:
        """Return what the filters offer."""
        other = FIELDS[1 - FIELDS.index(self.corpus.view.field)]
        layers = [("", "Anywhere"), (other, WHERE[other])]
        for name in self.corpus.layers:
            layers += [(f"only:{name}", f"Inside “{name}”")]
            layers += [(f"without:{name}", f"Outside “{name}”")]
        return {
            "outlets": outlets_of(self.corpus.metadata),
            "layers": layers,
            "days": days_of(self.corpus.metadata),
        }

    def find(self, query: Query) -> Found:
        """Find all hits; those of the query before are kept."""
        query = query.everywhere()
        if self._last is None or self._last[0] != query:
            self._last = None
            self._last = query, self._find(query)
        return self._last[1]

    def _find(self, query: Query) -> Found:
        corpus = self._view(query.layer)
        kept, notes = kept_rows(corpus.metadata, query)
        if not kept.all():
            corpus = corpus.subset(kept)
        sort = "text" if query.sort == MIXED else query.sort
        hits = gather_hits(corpus, query.pattern, width=self.width, sort=sort)
        total = len(hits.starts)
        hit = np.zeros(len(corpus), bool)
        hit[hits.rows] = True
        if not total and compile_patterns(self.corpus, [query.pattern]).never:
            notes.append(
                "A word of this pattern stands nowhere in the corpus: look at its "
                "spelling, or end it with * to allow other endings."
            )
        return Found(total, int(hit.sum()), len(corpus), tuple(notes), corpus, hits)

    def _view(self, layer: str) -> Corpus:
        verb, _, name = layer.partition(":")
        if not layer:
            return self.corpus
        if verb in FIELDS:
            return self.corpus.only(verb)
        if verb not in ("only", "without"):
            raise MediakitError(f"`layer` is none of those offered, got {layer!r}.")
        return getattr(self.corpus, verb)(name)

    def lines(self, found: Found, query: Query, start: int, stop: int) -> pd.DataFrame:
        """Return lines of what was found, in the order of the query, with the url."""
        if query.sort == MIXED:
            order = mixed(found.total)[start:stop]
        else:
            order = order_hits(found.corpus, found.hits, query.sort, stop)[start:stop]
        lines = cut_lines(found.corpus, found.hits, order, self.width)
        urls = found.corpus.metadata["url"].iloc[found.hits.rows[order]]
        return lines.assign(about="", url=urls.array)
