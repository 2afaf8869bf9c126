"""Paired: a measure that knows what its items do in the rest of the same articles."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from mediakit.measure.measure import Measure


@dataclass(frozen=True)
class Paired(Measure):
    """A measure whose items can be held against another of the same articles.

    To `summarise`, `compare` and `trend` it is a measure like any other; `associate`
    reads both.

    Attributes
    ----------
    others : callable
        Makes `beside` when it is first asked for.
    """

    others: Callable[[], Measure] | None = field(default=None, repr=False)

    @cached_property
    def beside(self) -> Measure:
        """The words outside the windows, or the single words of the phrases.

        Of the same articles in the same blocks.
        """
        return self.others()

    def subset(self, mask: np.ndarray) -> "Paired":
        """Return both measures of the articles where `mask` is true."""
        return replace(super().subset(mask), others=lambda: self.beside.subset(mask))
