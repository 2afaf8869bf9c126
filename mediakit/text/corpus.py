"""Corpus: the articles, their tokens and their layers; immutable, seen in a view."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from mediakit.errors import MediakitError, check_columns, check_frame
from mediakit.schema import ARTICLES
from mediakit.text.bags import CountsShard
from mediakit.text.fingerprint import fingerprint_of
from mediakit.text.part import Part
from mediakit.text.shard import FIELDS
from mediakit.text.views import View

if TYPE_CHECKING:
    from mediakit.measure.measure import Measure

BAGS = ("article", "bag of headlines", "bag of stories")


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles with their tokens, made by `tokenize`; nothing in it changes.

    Narrowing it, as in ``corpus.only("quotation")``, gives another view of the same
    tokens; every count and every exposure follows the view.

    Attributes
    ----------
    metadata : DataFrame
        One row per article (or bag): ARTICLES without title and text.
    vocabulary : pyarrow.LargeStringArray
        Every surface form, by code point.
    tokenizer, language : str
        How words were found.
    view : View
        The field and the layers that are measured.
    bag : {"article", "bag of headlines", "bag of stories"}
        What one row is.
    measures : dict of str to Measure
        Sums stored with a derived corpus, for what its counts cannot answer.
    provenance : dict
        Where the corpus comes from.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "outlet": ["A", "B"], "text": ["Peace holds.", "Peace, but how long?"]}))
    >>> corpus = mk.tokenize(articles)
    >>> len(corpus), corpus.totals().tolist()
    (2, [2, 4])
    """

    metadata: pd.DataFrame
    parts: tuple[Part, ...]
    vocabulary: pa.LargeStringArray
    tokenizer: str = "words"
    language: str = "en"
    view: View = View()
    bag: str = "article"
    measures: "dict[str, Measure]" = field(default_factory=dict, repr=False)
    provenance: dict = field(default_factory=dict, repr=False)
    known_fingerprint: str | None = field(default=None, repr=False)

    def __len__(self):
        return len(self.metadata)

    def __repr__(self):
        dates = self.metadata["published"].dropna()
        span = (
            f", {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}" if len(dates) else ""
        )
        rows = "articles" if self.bag == "article" else self.bag.replace("bag", "bags")
        return (
            f"Corpus of {len(self):,} {rows}, "
            f"{self.metadata['outlet'].nunique()} outlets{span}; "
            f"{int(self.totals().sum()):,} words in view {str(self.view)!r}"
        )

    @property
    def counts_only(self) -> bool:
        """Whether only word counts are known, as in a derived corpus."""
        return any(isinstance(part.shard, CountsShard) for part in self.parts)

    @property
    def articles(self) -> pd.DataFrame:
        """The ARTICLES table, title and text included where they are known."""
        table = self.metadata.copy(deep=False)
        for name in FIELDS:
            if self.counts_only:
                table[name] = pd.Series(float("nan"), index=table.index, dtype="str")
            else:
                table[name] = pd.Series(
                    pa.chunked_array(
                        [part.texts(name) for part in self.parts], pa.large_string()
                    ),
                    index=table.index,
                    dtype="str",
                )
        others = [column for column in table if column not in ARTICLES]
        return table[[*ARTICLES, *others]]

    @property
    def layers(self) -> list[str]:
        """Names of the marked layers."""
        return sorted(self.parts[0].shard.layers) if self.parts else []

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all article ids and texts (or counts), whatever their order."""
        if self.known_fingerprint is not None:
            return self.known_fingerprint
        hashes = [part.hashes() for part in self.parts]
        return fingerprint_of(self.metadata["article_id"], hashes)

    def totals(self) -> np.ndarray:
        """Return the number of tokens of each article in the view (int64)."""
        parts = [part.totals(self.view) for part in self.parts]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def only(self, name: str) -> "Corpus":
        """Return the view on a field ("title", "text") or inside a layer."""
        if name in FIELDS:
            self.need_order(f"the view on {name!r}")
            return replace(self, view=View(name, self.view.steps))
        return self._narrowed("only", name)

    def without(self, name: str) -> "Corpus":
        """Return the view outside a layer, as ``corpus.without("quotation")``."""
        if name in FIELDS:
            raise MediakitError(
                f"{name!r} is a field and not a layer; a view is of one field: use "
                f"`corpus.only({FIELDS[1 - FIELDS.index(name)]!r})`."
            )
        return self._narrowed("without", name)

    def _narrowed(self, verb: str, name: str) -> "Corpus":
        self.need_order(f"the layer {name!r}")
        if name not in self.layers:
            raise MediakitError(
                f"no layer {name!r}; there are the fields {list(FIELDS)} and the "
                f"layers {self.layers}. Mark it first, as `mk.mark_quotations(corpus)`."
            )
        steps = (*self.view.steps, (verb, name))
        return replace(self, view=View(self.view.field, steps))

    def need_order(self, what: str) -> None:
        """Raise if the corpus holds counts only, so that `what` cannot be asked."""
        if self.counts_only:
            raise MediakitError(
                f"{what} needs the order of words, but this corpus holds word counts "
                f"only; its stored measures are {sorted(self.measures)} "
                "(`corpus.measures`)."
            )

    def subset(self, mask) -> "Corpus":
        """Return the articles where `mask` (one bool per article) is true."""
        mask = np.asarray(mask)
        if mask.dtype != bool or mask.shape != (len(self),):
            raise MediakitError(
                f"`mask` must be {len(self)} booleans, one per article, got "
                f"{mask.dtype} of shape {mask.shape}."
            )
        parts, first = [], 0
        for part in self.parts:
            kept = np.flatnonzero(mask[first : first + len(part)])
            first += len(part)
            rows = kept if part.rows is None else part.rows[kept]
            parts.append(replace(part, rows=rows))
        measures = {name: one.subset(mask) for name, one in self.measures.items()}
        metadata = self.metadata[mask].reset_index(drop=True)
        return replace(
            self,
            metadata=metadata,
            parts=tuple(parts),
            measures=measures,
            known_fingerprint=None,
        )

    def split(self, *, seed: int) -> "tuple[Corpus, Corpus]":
        """Return two random halves: one to explore, one to confirm what was found."""
        order = np.random.default_rng(seed).permutation(len(self))
        mask = np.zeros(len(self), bool)
        mask[order[: len(self) // 2]] = True
        return self.subset(mask), self.subset(~mask)

    def with_columns(self, frame: pd.DataFrame) -> "Corpus":
        """Return the corpus with the columns of `frame`, joined on `article_id`."""
        check_frame("frame", frame)
        check_columns("frame", frame, ["article_id"])
        new = [column for column in frame if column != "article_id"]
        taken = [column for column in new if column in (*self.metadata, *FIELDS)]
        if taken:
            raise MediakitError(f"the corpus has the columns {taken} already.")
        if frame["article_id"].duplicated().any():
            raise MediakitError("`article_id` must be unique in `frame`.")
        metadata = self.metadata.merge(
            frame[["article_id", *new]], on="article_id", how="left"
        )
        return replace(self, metadata=metadata)

    def save(self, folder) -> None:
        """Save the corpus as a folder of Arrow and NumPy files with checksums."""
        from mediakit.text.store import save_corpus

        save_corpus(self, folder)

    @staticmethod
    def from_counts(
        articles: pd.DataFrame,
        vocabulary: list[str],
        counts: sparse.csr_array,
        totals: np.ndarray,
        *,
        bag: str = "article",
        measures: "dict[str, Measure] | None" = None,
        provenance: dict | None = None,
    ) -> "Corpus":
        """Return a corpus of which only word counts are known.

        `counts` is rows x `vocabulary` (lower-cased types by code point); `totals`
        counts all words of each row, those that were pooled included.
        """
        types = pa.array(vocabulary, pa.large_string())
        shard = CountsShard(
            sparse.csr_array(counts).astype(np.int64),
            np.asarray(totals, np.int64),
            types,
        )
        return Corpus(
            metadata=articles.drop(columns=[*FIELDS], errors="ignore"),
            parts=(Part(shard, np.arange(len(types), dtype=np.int32)),),
            vocabulary=types,
            bag=bag,
            measures=measures or {},
            provenance=provenance or {},
        )
