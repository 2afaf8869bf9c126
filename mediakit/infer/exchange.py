"""p when whole outlets change sides, for many items at once."""

from itertools import combinations
from math import comb

import numpy as np

from mediakit.formulas.sums import EXHAUSTED

WAYS = 1000
AT_ONCE = 128
SAME = 1 - 1e-9


def ways_of(many_a: int, many_b: int, seed: int) -> np.ndarray:
    """Return which outlets stand on side a, ways x outlets, the observed way first."""
    many = many_a + many_b
    if comb(many, many_a) <= WAYS:
        ways = list(combinations(range(many), many_a))
        labels = np.zeros((len(ways), many))
        np.put_along_axis(labels, np.array(ways), 1.0, axis=1)
        return labels
    rng = np.random.default_rng(seed)
    first = np.arange(many) < many_a
    drawn = [rng.permutation(first) for _ in range(WAYS - 1)]
    return np.stack([first, *drawn]).astype(float)


class Exchange:
    """The ways to put outlets on two sides, ready for a few items at a time.

    Everything that does not depend on the item is computed once. `n` are the outlets'
    exposures, the first of the `labels` is what was observed.
    """

    def __init__(self, labels: np.ndarray, n: np.ndarray, kind: str):
        self.n = n[:, None]
        self.many = len(labels)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.blocks = [
                _sides(labels[first : first + AT_ONCE], self.n, kind)
                for first in range(0, self.many, AT_ONCE)
            ]
            self.observed = _sides(labels[:1], self.n, kind)

    def as_large(self, x: np.ndarray) -> np.ndarray:
        """Return the share of ways whose difference is the first's or larger.

        The differences are studentised; `x` has outlets x items. A few items and ways
        at once, so that all of it stays in the processor's cache.
        """
        cells = [(cell, cell.sum(axis=0)) for cell in (x, x**2, x * self.n)]
        with np.errstate(divide="ignore", invalid="ignore"):
            size, spread = _squares(self.observed, cells)
            least = SAME**2 * size[0] / spread[0]
            least[~(spread[0] > 0)] = np.nan
            more = np.zeros(x.shape[1])
            for block in self.blocks:
                size, spread = _squares(block, cells)
                spread *= least
                more += len(size) - (size < spread).sum(axis=0)
        return np.where(np.isfinite(least), more / self.many, np.nan)


def _sides(labels: np.ndarray, n: np.ndarray, kind: str) -> tuple:
    """Return labels, and of both sides of each way: 1 / n, sum of squares, weight."""
    exposures = [on @ n for on in (labels, 1 - labels)]
    found = []
    for on, own in zip((labels, 1 - labels), exposures, strict=True):
        m = on.sum(axis=1)[:, None]
        other = own if kind == "mean" else exposures[0] + exposures[1] - own
        found.append((1 / own, on @ n**2, m / (m - 1) / (own * other)))
    return labels, *found


def _squares(sides: tuple, cells: list[tuple]) -> tuple[np.ndarray, np.ndarray]:
    """Return the squared difference and its variance, each ways x items.

    Of each cell there is its total too: side b has what side a has not.
    """
    labels, of_a, of_b = sides
    sums = [labels @ cell for cell, _ in cells]
    others = [total - own for (_, total), own in zip(cells, sums, strict=True)]
    rate, variance = _of_side(of_a, *sums)
    other, rest = _of_side(of_b, *others)
    rate -= other
    rate *= rate
    variance += rest
    return rate, variance


def _of_side(side: tuple, x: np.ndarray, x2: np.ndarray, xn: np.ndarray) -> tuple:
    """Return rate and variance of one side; its sums are used up."""
    inverse, n2, weight = side
    x *= inverse
    xn *= -2
    xn += x * n2
    xn *= x
    xn += x2
    x2 *= EXHAUSTED
    xn *= xn > x2
    xn *= weight
    return x, xn
