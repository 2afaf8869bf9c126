"""Part: the rows of a shard that a corpus holds, and how its types are numbered."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from mediakit.remote import is_remote
from mediakit.scratch import fetch_file
from mediakit.text.bags import CountsShard
from mediakit.text.opened_checks import load_numbers
from mediakit.text.shard import Shard
from mediakit.text.views import View


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of one shard that the corpus holds; None means all of them.

    `to_global` has the corpus's number of each of the shard's types; `numbered` is
    the file it lies in, so that another process gets the path and not the numbers.
    In object storage it ends in "#sha256=" and its checksum.
    """

    shard: Shard | CountsShard
    to_global: np.ndarray
    rows: np.ndarray | None = None
    numbered: str | None = None

    def __reduce__(self):
        if self.numbered is None:
            return Part, (self.shard, np.asarray(self.to_global), self.rows)
        return open_part, (self.shard, self.numbered, self.rows)

    def __len__(self):
        return len(self.shard) if self.rows is None else len(self.rows)

    def counts(self, view: View) -> sparse.csr_array:
        """Count the view's tokens: rows x the shard's types."""
        counts = self.shard.counts(view)
        return counts if self.rows is None else counts[self.rows]

    def folded(
        self, view: View, items: np.ndarray, size: int, *without: np.ndarray
    ) -> sparse.csr_array:
        """Count the view's tokens: rows x items; `items` has that of each type.

        `without` may be positions of tokens in the shard to leave out.
        """
        counts = self.shard.folded(view, items[self.to_global], size, *without)
        return counts if self.rows is None else counts[self.rows]

    def totals(self, view: View) -> np.ndarray:
        """Count all tokens of each row in the view."""
        totals = self.shard.totals(view)
        return totals if self.rows is None else totals[self.rows]

    def hashes(self) -> np.ndarray:
        """Return the sha256 of each article's title and text: 32 bytes a row."""
        hashes = self.shard.hashes
        return hashes if self.rows is None else hashes[self.rows]

    def texts(self, name: str) -> pa.LargeStringArray:
        """Return the titles or the texts of the rows."""
        texts = self.shard.texts[name]
        return texts if self.rows is None else texts.take(pa.array(self.rows))


def open_part(shard: Shard, numbered: str, rows: np.ndarray | None = None) -> Part:
    """Return the part of an opened shard whose types are numbered in a file."""
    address, _, digest = numbered.rpartition("#sha256=")
    path = fetch_file(address, digest) if is_remote(address) else numbered
    return Part(shard, load_numbers(Path(path)), rows, numbered)


def merge_vocabularies(vocabularies: list[pa.LargeStringArray]):
    """Return the union of sorted vocabularies, and where each one's types are in it."""
    if len(vocabularies) == 1:
        return vocabularies[0], [np.arange(len(vocabularies[0]), dtype=np.int32)]
    chunked = pa.chunked_array(vocabularies, pa.large_string())
    coded = chunked.dictionary_encode().combine_chunks()
    union = coded.dictionary
    order = pc.sort_indices(union).to_numpy()
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order))
    ends = np.cumsum([len(one) for one in vocabularies])
    maps = np.split(rank[coded.indices.to_numpy()], ends[:-1])
    return union.take(order), maps[: len(vocabularies)]
