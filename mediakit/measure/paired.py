"""Paired: a measure that knows what its items do in the rest of the same articles."""

from dataclasses import dataclass, field, replace

import numpy as np

from mediakit.measure.measure import Measure


@dataclass(frozen=True)
class Paired(Measure):
    """A measure whose items can be held against another of the same articles.

    To `summarise`, `compare` and `trend` it is a measure like any other; `associate`
    reads both.

    Attributes
    ----------
    beside : Measure
        Of the same articles in the same blocks: the words outside the windows of
        `count_collocates`, or the single words of the phrases of `count_ngrams`.
    """

    beside: Measure | None = field(default=None, repr=False)

    def subset(self, mask: np.ndarray) -> "Paired":
        """Return both measures of the articles where `mask` is true."""
        return replace(super().subset(mask), beside=self.beside.subset(mask))
