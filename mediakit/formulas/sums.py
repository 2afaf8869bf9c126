"""Additive sums of one side, all that the comparison of two rates needs.

They add up over shards and machines; clusters are merged before they are squared.
"""

from dataclasses import dataclass, fields

import numpy as np

EXHAUSTED = 1e-11


@dataclass(frozen=True)
class Sums:
    """Sums over the units (articles or clusters) of one side, one entry per item.

    Attributes
    ----------
    m : ndarray of float
        Units with exposure.
    held : ndarray of float
        Units whose numerator is not zero: they hold the item.
    n, n2, n3 : ndarray of float
        Sums of the exposure and of its powers.
    x, x2, x3 : ndarray of float
        Sums of the numerator and of its powers.
    xn, x2n, xn2 : ndarray of float
        Sums of the products of both.
    """

    m: np.ndarray
    held: np.ndarray
    n: np.ndarray
    n2: np.ndarray
    n3: np.ndarray
    x: np.ndarray
    x2: np.ndarray
    x3: np.ndarray
    xn: np.ndarray
    x2n: np.ndarray
    xn2: np.ndarray

    @classmethod
    def of_units(cls, x: np.ndarray, n: np.ndarray) -> "Sums":
        """Add up a dense table: `x` units x items, `n` one exposure per unit.

        Examples
        --------
        >>> Sums.of_units(np.array([[1, 0], [3, 0]]), np.array([10, 20])).x
        array([4., 0.])
        """
        x = np.asarray(x, float)[np.asarray(n) > 0]
        n = np.asarray(n, float)[np.asarray(n) > 0][:, None]
        one = np.ones_like(x)
        terms = (one, x != 0, n * one, n**2 * one, n**3 * one)
        terms += (x, x**2, x**3, x * n, x**2 * n, x * n**2)
        return cls(*(term.sum(axis=0, dtype=float) for term in terms))

    def __add__(self, other: "Sums") -> "Sums":
        return self._combine(other, np.add)

    def __sub__(self, other: "Sums") -> "Sums":
        return self._combine(other, np.subtract)

    def __getitem__(self, index) -> "Sums":
        """Return the sums of the chosen items."""
        return Sums(*(getattr(self, f.name)[index] for f in fields(self)))

    def without(self, x: np.ndarray, n: np.ndarray) -> "Sums":
        """Take one unit away per item: numerator `x`, exposure `n`; none where 0."""
        return self - Sums(
            n > 0, x != 0, n, n**2, n**3,
            x, x**2, x**3, x * n, x**2 * n, x * n**2,
        )  # fmt: skip

    @property
    def rate(self) -> np.ndarray:
        """Sum of the numerators over sum of the exposures; NaN without exposure."""
        return ratio(self.x, self.n)

    @property
    def square(self) -> np.ndarray:
        """Sum of squared residuals x - rate n, times m / (m - 1).

        A sum that is nothing but rounding error is set to zero; NaN where m < 2.
        """
        rate = self.rate
        square = self.x2 - 2 * rate * self.xn + rate**2 * self.n2
        square = np.where(square > EXHAUSTED * self.x2, square, 0.0)
        return square * ratio(self.m, np.where(self.m > 1, self.m - 1, 0))

    @property
    def cube(self) -> np.ndarray:
        """Sum of cubed residuals x - rate n."""
        rate = self.rate
        tail = 3 * rate**2 * self.xn2 - rate**3 * self.n3
        return self.x3 - 3 * rate * self.x2n + tail

    def _combine(self, other: "Sums", operation) -> "Sums":
        names = [f.name for f in fields(self)]
        return Sums(*(operation(getattr(self, n), getattr(other, n)) for n in names))


def ratio(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a / b, NaN where b is zero.

    Examples
    --------
    >>> ratio(np.array([1.0, 2.0]), np.array([4.0, 0.0]))
    array([0.25,  nan])
    """
    a, b = np.broadcast_arrays(np.asarray(a, float), np.asarray(b, float))
    return np.divide(a, b, out=np.full(b.shape, np.nan), where=b != 0)


def each_value(function, values: np.ndarray) -> np.ndarray:
    """Return ``function(values)``, asked once for each different value.

    For degrees of freedom: few differ, and quantiles of t are slow.

    Examples
    --------
    >>> each_value(np.sqrt, np.array([4.0, 9.0, 4.0]))
    array([2., 3., 2.])
    """
    different, place = np.unique(values, return_inverse=True)
    return function(different)[place]
