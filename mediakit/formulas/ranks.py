"""Mann-Whitney and Welch on the rates of single articles, many items at once.

Both weigh a short article like a long one, so they ask another question than
`compare`, whose rates are all uses over all words.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from mediakit.formulas.sums import ratio


@dataclass(frozen=True)
class RateSums:
    """What both tests need of the articles' rates x / n, one entry per item.

    Attributes
    ----------
    m_a, m_b : ndarray of float
        Articles with exposure on each side.
    u : ndarray of float
        Mann-Whitney's U of side a: pairs in which its article has the higher rate,
        and half of those with equal ones.
    ties : ndarray of float
        Sum of t^3 - t over the groups of t equal rates, the zeros among them.
    mean_a, mean_b, variance_a, variance_b : ndarray of float
        Of the rates of each side, the variances over m - 1.
    """

    m_a: np.ndarray
    m_b: np.ndarray
    u: np.ndarray
    ties: np.ndarray
    mean_a: np.ndarray
    mean_b: np.ndarray
    variance_a: np.ndarray
    variance_b: np.ndarray


def rate_sums(item, rate, on_a, m_a, m_b) -> RateSums:
    """Sum up rates above 0, given one by one; all other articles have the rate 0.

    Parameters
    ----------
    item : ndarray of int
        Whose rate it is, 0 to the number of items.
    rate : ndarray of float
        Above 0; two articles with the same one are tied.
    on_a : ndarray of bool
        Whether the article stands on side a.
    m_a, m_b : ndarray of float, one per item
        Articles with exposure.

    Examples
    --------
    >>> sums = rate_sums(np.array([0, 0]), np.array([2.0, 1.0]),
    ...                  np.array([True, False]), np.array([2.0]), np.array([1.0]))
    >>> sums.u, sums.ties, sums.mean_a
    (array([1.]), array([0.]), array([1.]))
    """
    size = len(m_a)
    order = np.lexsort((rate, item))
    item, rate, on_a = item[order], rate[order], on_a[order].astype(float)
    count = np.bincount(item, minlength=size)
    count_a = np.bincount(item, on_a, size)
    first = np.cumsum(count) - count
    zeros, zeros_a = m_a + m_b - count, m_a - count_a
    opens = np.ones(len(item), bool)
    opens[1:] = (np.diff(item) != 0) | (np.diff(rate) != 0)
    start = np.flatnonzero(opens)
    tied = np.diff(np.append(start, len(item))).astype(float)
    owner = item[start]
    rank = zeros[owner] + start - first[owner] + (tied + 1) / 2
    tied_a = np.add.reduceat(on_a, start) if len(start) else tied
    ranks = np.bincount(owner, rank * tied_a, size) + zeros_a * (zeros + 1) / 2
    ties = np.bincount(owner, tied**3 - tied, size) + zeros**3 - zeros
    moments = []
    for weight, m, none in ((on_a, m_a, zeros_a), (1 - on_a, m_b, zeros - zeros_a)):
        mean = ratio(np.bincount(item, weight * rate, size), m)
        square = np.bincount(item, weight * (rate - mean[item]) ** 2, size)
        square = square + none * np.nan_to_num(mean) ** 2
        moments.append((mean, ratio(square, np.maximum(m - 1, 0))))
    (mean_a, variance_a), (mean_b, variance_b) = moments
    u = ranks - m_a * (m_a + 1) / 2
    return RateSums(m_a, m_b, u, ties, mean_a, mean_b, variance_a, variance_b)


def mann_whitney_p(sums: RateSums) -> np.ndarray:
    """Return the two-sided p-value of Mann-Whitney's U (Wilcoxon's rank sum).

    Returns
    -------
    ndarray of float
        NaN where a side has no articles or all rates are equal.

    Notes
    -----
    Normal approximation with ties and with 1/2 for continuity, as
    ``scipy.stats.mannwhitneyu(method="asymptotic")``. Not where the sides' articles
    differ in length: longer ones hold a word more often, and the test finds that
    (measured with equal rates and lengths of 4 to 1: p < .05 in .26 to 1.00).

    Examples
    --------
    >>> x, y = [12, 15, 18, 24, 88], [3, 3, 13, 27, 33]
    >>> sums = rate_sums(np.zeros(10, int), np.array(x + y, float),
    ...                  np.arange(10) < 5, np.array([5.0]), np.array([5.0]))
    >>> sums.u, mann_whitney_p(sums).round(4)
    (array([16.]), array([0.5296]))
    """
    pairs, m = sums.m_a * sums.m_b, sums.m_a + sums.m_b
    variance = pairs / 12 * (m + 1 - ratio(sums.ties, m * (m - 1)))
    spread = np.sqrt(np.where(variance > 0, variance, np.nan))
    off = np.abs(sums.u - pairs / 2) - 0.5
    return np.minimum(2 * special.ndtr(-ratio(off, spread)), 1)


def welch(sums: RateSums) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return Welch's t of the mean rates, its degrees of freedom and two-sided p.

    Returns
    -------
    t, df, p : ndarray of float
        NaN where a side has fewer than two articles or nothing varies.

    Notes
    -----
    As ``scipy.stats.ttest_ind(equal_var=False)``. Not for rare words where one side
    is small: with nine articles to one p < .05 in .24 to .28 of words in ten to
    twenty articles, where nothing differs.

    Examples
    --------
    >>> extra = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    >>> extra += [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    >>> sums = rate_sums(np.zeros(20, int), np.array(extra) + 2, np.arange(20) < 10,
    ...                  np.array([10.0]), np.array([10.0]))
    >>> [round(float(x[0]), 4) for x in welch(sums)]
    [-1.8608, 17.7765, 0.0794]
    """
    a, b = ratio(sums.variance_a, sums.m_a), ratio(sums.variance_b, sums.m_b)
    error = np.sqrt(np.where(a + b > 0, a + b, np.nan))
    t = (sums.mean_a - sums.mean_b) / error
    parts = ratio(a**2, sums.m_a - 1) + ratio(b**2, sums.m_b - 1)
    df = ratio((a + b) ** 2, parts)
    return t, df, 2 * special.stdtr(df, -np.abs(t))
