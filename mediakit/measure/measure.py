"""Measure: per-article sums over per-article exposures, whatever was measured.

Everything here is a ratio of two sums, so one object serves every verb.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import check_choice, check_columns

KINDS = ("count", "share", "mean")
ITEM_COLUMNS = ("item", "concept", "denominator")


@dataclass(frozen=True)
class Block:
    """The rows of one shard: `values` (rows x items), `exposure` (rows x kinds)."""

    rows: slice
    values: sparse.csr_array
    exposure: np.ndarray


@dataclass(frozen=True)
class Measure:
    """Numerators (articles x items) and exposures (articles x denominators).

    Attributes
    ----------
    name : str
        What was measured, for captions.
    kind : {"count", "share", "mean"}
        Which comparison is meaningful: ratios of rates, differences of shares,
        or differences of means.
    unit : str
        What one unit of exposure is, as "word".
    items : DataFrame
        One row per item: item, concept (or missing), denominator (the column of
        the exposure that belongs to it).
    denominators : tuple of str
        Names of the exposure's columns.
    articles : DataFrame
        The articles' columns except title and text, one row per article.
    stored : sequence of Block
        One per shard, in the order of the articles.
    evidence : str
        What a row is: "article", or "bag of headlines" in a derived corpus.
    provenance : dict
        Corpus fingerprint, parameters and versions.
    """

    name: str
    kind: str
    unit: str
    items: pd.DataFrame
    denominators: tuple[str, ...]
    articles: pd.DataFrame
    stored: Sequence[Block] = field(repr=False)
    evidence: str = "article"
    provenance: dict = field(default_factory=dict, repr=False)

    def __post_init__(self):
        check_choice("kind", self.kind, KINDS)
        check_columns("items", self.items, ITEM_COLUMNS)

    def __len__(self):
        return len(self.articles)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks one after the other, so that one at a time is in memory."""
        yield from self.stored

    @property
    def values(self) -> sparse.csr_array:
        """All numerators, articles x items."""
        parts = [block.values for block in self.blocks()]
        if not parts:
            return sparse.csr_array((0, len(self.items)), dtype=np.int64)
        return sparse.vstack(parts, format="csr") if len(parts) > 1 else parts[0]

    @property
    def exposure(self) -> np.ndarray:
        """All exposures, articles x denominators."""
        parts = [block.exposure for block in self.blocks()]
        return np.concatenate(parts) if parts else np.empty((0, len(self.denominators)))
