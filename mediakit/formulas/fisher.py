"""Fisher's exact test of the 2 x 2 table, for tens of thousands of words at once.

Both tails are summed from where they begin until nothing is added, so a word with
millions of occurrences costs thousands of terms and not millions.
"""

import numpy as np
from scipy import special

TIES = 1e-7
EXACT_BELOW = 16
NOTHING = 1e-17


def fisher_p(a, b, c, d) -> np.ndarray:
    """Return Fisher's exact two-sided p-value of equal relative frequencies.

    Parameters
    ----------
    a, b : array_like
        Occurrences on each side.
    c, d : array_like
        All words on each side.

    Returns
    -------
    ndarray of float
        The probability of all tables with these margins that are no likelier than the
        one seen (likelier by up to 1e-7 counts as no likelier, as in R). NaN where a
        number is not whole, a side has no words or more occurrences than words.

    Notes
    -----
    Exact for independent words, whatever their number. Not as a test of articles:
    their words are not independent, and no exactness mends that.

    Examples
    --------
    >>> round(float(fisher_p(3, 1, 4, 4)), 4)
    0.4857
    """
    counts = np.broadcast_arrays(*(np.asarray(x, float) for x in (a, b, c, d)))
    shape = counts[0].shape
    a, b, c, d = (x.ravel() for x in counts)
    whole = np.all([np.isfinite(x) & (x == np.rint(x)) for x in (a, b, c, d)], axis=0)
    known = whole & (np.minimum(a, b) >= 0) & (a <= c) & (b <= d)
    known &= (c > 0) & (d > 0)
    p = np.full(len(a), np.nan)
    p[known] = _two_sided(a[known], (a + b)[known], c[known], d[known])
    return p.reshape(shape)


def _two_sided(seen, n, c, d):
    """Return p of `seen` among `n` draws from `c` on side a and `d` on side b."""
    lowest, highest = np.maximum(n - d, 0), np.minimum(n, c)
    mode = np.clip(np.floor((n + 1) * (c + 1) / (c + d + 2)), lowest, highest)
    level = _log_pmf(seen, n, c, d)
    rarest = level + TIES
    below = seen < mode
    inside = np.where(below, mode, lowest - 1), np.where(below, highest + 1, mode)
    other = _crossing(*inside, below, rarest, n, c, d)
    low, high = np.where(below, seen, other), np.where(below, other, seen)
    p = _tail(low, -1, lowest, n, c, d) + _tail(high, 1, highest, n, c, d)
    certain = _log_pmf(mode, n, c, d) <= rarest
    return np.where(certain, 1.0, np.minimum(p, 1))


def _crossing(low, high, rising, rarest, n, c, d):
    """Return where, on the other side of the mode, tables are rare enough.

    The first such number if `rising`, else the last.
    """
    while True:
        middle = np.floor((low + high) / 2)
        open_ = high - low > 1
        if not open_.any():
            return np.where(rising, high, low)
        rare = _log_pmf(middle, n, c, d) <= rarest
        up = np.where(rising, ~rare, rare)
        low = np.where(open_ & up, middle, low)
        high = np.where(open_ & ~up, middle, high)


def _tail(start, step, last, n, c, d):
    """Sum the probabilities from `start` outwards; 0 if it is beyond `last`."""
    total = np.where(step * (last - start) >= 0, 1.0, 0.0)
    active = np.flatnonzero(total)
    x, term, n, c, d = (each[active] for each in (start, total, n, c, d))
    weight = np.exp(_log_pmf(x, n, c, d))
    sums = total[active]
    rows = np.arange(len(active))
    while len(rows):
        if step > 0:
            factor = (n - x) * (c - x) / ((x + 1) * (d - n + x + 1))
        else:
            factor = x * (d - n + x) / ((n - x + 1) * (c - x + 1))
        term, x = term * factor, x + step
        sums[rows] += term
        more = term > NOTHING * sums[rows]
        rows, term, x, n, c, d = (each[more] for each in (rows, term, x, n, c, d))
    total[active] = sums * weight
    return total


def _log_pmf(x, n, c, d):
    """Return log of the hypergeometric probability, to some 1e-10.

    As three binomial ones (Loader 2000): gamma functions of millions would cancel to
    six digits, too few to tell ties.
    """
    inside = (x >= np.maximum(n - d, 0)) & (x <= np.minimum(n, c))
    x = np.clip(x, np.maximum(n - d, 0), np.minimum(n, c))
    share = n / (c + d)
    value = _log_binomial(x, c, share) + _log_binomial(n - x, d, share)
    return np.where(inside, value - _log_binomial(n, c + d, share), -np.inf)


def _log_binomial(x, n, share):
    value = _beyond_stirling(n) - _beyond_stirling(x) - _beyond_stirling(n - x)
    value = value - special.kl_div(x, n * share)
    return value - special.kl_div(n - x, n * (1 - share))


def _beyond_stirling(n):
    """Return log n! - (n log n - n)."""
    large = np.maximum(n, EXACT_BELOW)
    series = 1 / (12 * large) - 1 / (360 * large**3) + 1 / (1260 * large**5)
    small = np.minimum(n, EXACT_BELOW)
    exact = special.gammaln(small + 1) - special.xlogy(small, small) + small
    return np.where(n < EXACT_BELOW, exact, 0.5 * np.log(2 * np.pi * large) + series)
