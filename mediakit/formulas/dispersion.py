"""How evenly an item is spread over the parts of a corpus: seven measures.

Everything is computed from the parts that hold an item, as most parts hold few; the
others enter by their number and size.
"""

from dataclasses import dataclass

import numpy as np

from mediakit.formulas.sums import ratio


@dataclass(frozen=True)
class Spread:
    """Uses of items in parts: one entry for each part that holds an item.

    Attributes
    ----------
    item, part : ndarray of int
        Entries sorted by item, then by part.
    uses : ndarray of float
        How often, above 0.
    sizes : ndarray of float
        Size of every part, above 0, in the order of the corpus.
    count : int
        Number of items.
    """

    item: np.ndarray
    part: np.ndarray
    uses: np.ndarray
    sizes: np.ndarray
    count: int

    @classmethod
    def of_table(cls, uses, sizes) -> "Spread":
        """Return the spread of a dense table, parts x items.

        Examples
        --------
        >>> Spread.of_table([[1], [0], [3]], [10, 10, 10]).uses
        array([1., 3.])
        """
        table = np.asarray(uses, float).T
        item, part = np.nonzero(table)
        return cls(item, part, table[item, part], np.asarray(sizes, float), len(table))

    @property
    def total(self) -> np.ndarray:
        """All uses of each item, f."""
        return self.summed(self.uses)

    @property
    def shares(self) -> tuple[np.ndarray, np.ndarray]:
        """For each entry t, the part's share of the uses, and w, its share in size."""
        return self.uses / self.total[self.item], (self.sizes / self.sizes.sum())[
            self.part
        ]

    @property
    def rates(self) -> np.ndarray:
        """For each entry, uses per unit of size."""
        return self.uses / self.sizes[self.part]

    def summed(self, entries: np.ndarray) -> np.ndarray:
        """Add up entries by item."""
        return np.bincount(self.item, entries, minlength=self.count)

    def defined(self, values: np.ndarray) -> np.ndarray:
        """Return `values`, NaN for items that stand nowhere."""
        return np.where(self.total > 0, values, np.nan)


def juilland_d(spread: Spread) -> np.ndarray:
    """Return D = 1 - V / sqrt(k - 1), V the variation coefficient of the rates.

    1 is even, 0 all in one part. Over hundreds of parts D lies near 1 for nearly all
    items (Biber et al. 2016); with one part it is NaN.

    Examples
    --------
    >>> table = Spread.of_table(np.array([[0, 4, 3, 2, 1]]).T, np.ones(5))
    >>> juilland_d(table).round(4)
    array([0.6464])
    """
    k = len(spread.sizes)
    mean = spread.summed(spread.rates) / max(k, 1)
    variance = spread.summed(spread.rates**2) / max(k, 1) - mean**2
    variation = ratio(np.sqrt(np.maximum(variance, 0)), mean)
    return 1 - variation / np.sqrt(k - 1) if k > 1 else np.full(spread.count, np.nan)


def carroll_d2(spread: Spread) -> np.ndarray:
    """Return D2: the entropy of the rates over its largest value, log2 k.

    1 is even, 0 all in one part; NaN with one part.

    Examples
    --------
    >>> table = Spread.of_table(np.array([[2, 1, 1, 1, 0]]).T, np.ones(5))
    >>> carroll_d2(table).round(4)
    array([0.8277])
    """
    k = len(spread.sizes)
    if k < 2:
        return np.full(spread.count, np.nan)
    share = spread.rates / spread.summed(spread.rates)[spread.item]
    entropy = -spread.summed(share * np.log2(share))
    return spread.defined(entropy / np.log2(k))


def rosengren_s(spread: Spread) -> np.ndarray:
    """Return S = (sum of sqrt(w v))^2 / f: 1 is even, the smallest w all in it.

    Examples
    --------
    >>> table = Spread.of_table(np.array([[1, 2, 3, 4, 5]]).T, np.ones(5))
    >>> rosengren_s(table).round(3)
    array([0.937])
    """
    _, w = spread.shares
    return ratio(spread.summed(np.sqrt(w * spread.uses)) ** 2, spread.total)


def gries_dp(spread: Spread) -> np.ndarray:
    """Return DP = half the sum of |t - w|: 0 is even, near 1 all in a small part.

    Examples
    --------
    >>> table = Spread.of_table(np.array([[1, 2, 3, 4, 5]]).T, [9, 10, 10, 10, 11])
    >>> gries_dp(table).round(4)
    array([0.18])
    """
    t, w = spread.shares
    return spread.defined((1 + spread.summed(np.abs(t - w) - w)) / 2)


def dp_norm(spread: Spread) -> np.ndarray:
    """Return DP / (1 - smallest w), so that 1 is reached (Lijffijt and Gries 2012).

    Examples
    --------
    >>> dp_norm(Spread.of_table([[2], [1], [0]], np.ones(3))).round(4)
    array([0.5])
    """
    if not len(spread.sizes):
        return np.full(spread.count, np.nan)
    return ratio(gries_dp(spread), 1 - spread.sizes.min() / spread.sizes.sum())


def dkl(spread: Spread) -> np.ndarray:
    """Return sum of t log2(t / w): 0 is even, without an upper limit.

    Gries (2020); pinned to a figure that the R package tlda prints, 1 / (1 + DKL).

    Examples
    --------
    >>> dkl(Spread.of_table([[2], [0]], [10, 10]))
    array([1.])
    """
    t, w = spread.shares
    return spread.defined(np.maximum(spread.summed(t * np.log2(t / w)), 0))


def arf(distances: np.ndarray, item: np.ndarray, total, size: float) -> np.ndarray:
    """Return the average reduced frequency: sum of min(d, v) / v with v = size / f.

    Parameters
    ----------
    distances : ndarray
        From each use of an item to its next, the last to the first round the end.
    item : ndarray of int
        Whose distance it is.
    total : array_like, one per item
        f, all uses of each item.
    size : float
        Words of the corpus.

    Returns
    -------
    ndarray of float
        f if the uses lie evenly, near 1 if all stand together; NaN for none.

    Examples
    --------
    >>> d = np.array([2, 10, 2, 9, 2, 5, 2, 3, 3, 1, 3, 2, 1, 3, 2])
    >>> arf(d, np.zeros(15, int), [15], 50).round(1)
    array([10.8])
    """
    total = np.asarray(total, float)
    reach = ratio(size, total)
    cut = np.minimum(distances, reach[item])
    return ratio(np.bincount(item, cut, minlength=len(total)), reach)


def arf_of_parts(spread: Spread) -> np.ndarray:
    """Return the average reduced frequency where only the uses by part are known.

    The uses are taken to lie evenly within each part: the first of x uses half a
    step of n / x words from its beginning.

    Examples
    --------
    >>> arf_of_parts(Spread.of_table([[1], [1]], [10, 10])).tolist()
    [2.0]
    """
    item, uses, total = spread.item, spread.uses, spread.total
    ends = np.cumsum(spread.sizes)
    size = float(ends[-1]) if len(ends) else 0.0
    n = spread.sizes[spread.part]
    step = n / uses
    first = ends[spread.part] - n + step / 2
    last = ends[spread.part] - step / 2
    opens = np.append(True, item[1:] != item[:-1])[: len(item)]
    after = np.roll(first, -1)
    starts = np.flatnonzero(opens)
    after[np.append(starts[1:], len(item))[: len(starts)] - 1] = first[starts] + size
    reach = ratio(size, total)[item]
    cut = (uses - 1) * np.minimum(step, reach) + np.minimum(after - last, reach)
    return ratio(np.bincount(item, cut, minlength=spread.count), ratio(size, total))
