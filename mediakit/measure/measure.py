"""Measure: per-article sums over per-article exposures, whatever was measured.

Everything here is a ratio of two sums, so one object serves every verb.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError, check_choice, check_columns
from mediakit.measure.blocks import Block, Blocks, map_blocks, places, select_items

KINDS = ("count", "share", "mean")
ITEM_COLUMNS = ("item", "concept", "denominator")


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
        One per shard, in the order of the articles; `corpus_blocks` counts them when
        they are asked for.
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
        twice = self.items["item"][self.items["item"].duplicated()]
        if len(twice):
            raise MediakitError(f"an item can stand once only, got {twice.iloc[0]!r}.")

    def __len__(self):
        return len(self.articles)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks one after the other, so that one at a time is in memory."""
        yield from self.stored

    @property
    def values(self) -> sparse.csr_array:
        """All numerators, articles x items: of a million articles several GB."""
        parts = list(map_blocks(self.stored, _values, None))
        if not parts:
            return sparse.csr_array((0, len(self.items)), dtype=np.int64)
        return sparse.csr_array(sparse.vstack(parts, format="csr"))

    @cached_property
    def exposure(self) -> np.ndarray:
        """All exposures, articles x denominators."""
        parts = list(map_blocks(self.stored, _exposure, None))
        return np.concatenate(parts) if parts else np.empty((0, len(self.denominators)))

    def to_frame(self) -> pd.DataFrame:
        """Return the counts that are not 0, one row per article and item.

        Columns: article_id, item, value (numerator), exposure (denominator). All are
        held at once: take `only_items` of a large measure first.
        """
        values = self.values.tocoo()
        rows, columns = values.coords
        denominator = self.items["denominator"].to_numpy()[columns]
        names = self.articles["article_id"] if "article_id" in self.articles else rows
        return pd.DataFrame(
            {
                "article_id": np.asarray(names)[rows],
                "item": self.items["item"].to_numpy()[columns],
                "value": values.data.astype(float),
                "exposure": self.exposure[rows, denominator],
            }
        )

    def subset(self, mask: np.ndarray) -> "Measure":
        """Return the measure of the articles where `mask` (bool per row) is true."""
        mask = np.asarray(mask, bool)
        if mask.shape != (len(self),):
            raise MediakitError(
                f"`mask` must be {len(self)} booleans, one per row, got {mask.shape}."
            )
        return replace(
            self,
            articles=self.articles[mask].reset_index(drop=True),
            stored=_subset(self.stored, mask),
        )

    def only_items(self, items: Sequence[str]) -> "Measure":
        """Return the measure of the named items, in the order given."""
        known = pd.Index(self.items["item"])
        missing = [item for item in items if item not in known]
        if missing:
            raise MediakitError(
                f"the measure has no items {missing[:10]}; it has {len(known):,}, the "
                f"first are {known[:10].tolist()}."
            )
        chosen = known.get_indexer(pd.Index(items))
        return replace(
            self,
            items=self.items.iloc[chosen].reset_index(drop=True),
            stored=_only(self.stored, chosen, len(known)),
        )

    def with_validity(self, validation: pd.DataFrame) -> "Measure":
        """Return the measure with what `validate` found, to stand under its figures.

        Tables made of it say so among their notes, and so do captions and alt texts:
        of each item what was found of that item, or that nobody validated it.
        """
        from mediakit.measure.validity import validity_of

        known = validity_of(validation, self.items["item"].tolist())
        return replace(self, provenance=self.provenance | {"validity": known})

    def save(self, folder: str | os.PathLike) -> None:
        """Save as a folder: values.mtx (Matrix Market) and CSV tables with checksums.

        In R: ``Matrix::readMM("values.mtx")`` has a row for each row of articles.csv
        and a column for each row of items.csv. Text that a spreadsheet would run as a
        formula (first character = + - @, tab or line break) has an apostrophe in front
        in the CSV.
        """
        from mediakit.measure.store import save_measure

        save_measure(self, folder)


def _values(block, _):
    return block.values


def _exposure(block, _):
    return block.exposure


def _subset(stored: Sequence[Block], mask: np.ndarray) -> Sequence[Block]:
    if isinstance(stored, Blocks):
        return stored.subset(mask)
    blocks, first = [], 0
    for block in stored:
        kept = np.flatnonzero(mask[block.rows])
        rows = slice(first, first + len(kept))
        blocks.append(Block(rows, block.values[kept], block.exposure[kept]))
        first = rows.stop
    return tuple(blocks)


def _only(stored: Sequence[Block], chosen: np.ndarray, size: int) -> Sequence[Block]:
    if isinstance(stored, Blocks):
        return stored.items(chosen, size)
    place = places(chosen, size)
    return tuple(
        replace(block, values=select_items(block.values, place, len(chosen)))
        for block in stored
    )
