"""How large a difference between two corpora is, by every measure in use.

Throughout `a` of `c` words stand on one side and `b` of `d` on the other. None of
these says how sure the difference is.
"""

import numpy as np
from scipy import special

from mediakit.formulas.sums import ratio

HARDIE_FLOOR = 0.5
MILLION = 1e6


def log_ratio_hardie(a, b, c, d) -> np.ndarray:
    """Return log2 of the relative risk with 0.5 for a zero count (Hardie 2014).

    The 0.5 makes a number of something unknown: how rare a word is that was never
    seen. `compare` gives the bound that the data allow instead.

    Examples
    --------
    >>> round(float(log_ratio_hardie(620, 267, 1_017_879, 1_007_532)), 4)
    1.2007
    """
    a, b, c, d = _counts(a, b, c, d)
    floor = [np.where(count == 0, HARDIE_FLOOR, count) for count in (a, b)]
    value = np.log2(ratio(floor[0], c)) - np.log2(ratio(floor[1], d))
    return np.where(a + b > 0, value, np.nan)


def relative_risk(a, b, c, d) -> np.ndarray:
    """Return (a / c) / (b / d), the ratio of the rates; infinite where b is 0.

    Not to rank by: rare words come first, however little is known of them.

    Examples
    --------
    >>> round(float(relative_risk(52, 57, 50_000, 75_000)), 4)
    1.3684
    """
    a, b, c, d = _counts(a, b, c, d)
    with np.errstate(divide="ignore", invalid="ignore"):
        return ratio(a, c) / ratio(b, d)


def percent_diff(a, b, c, d) -> np.ndarray:
    """Return %DIFF (Gabrielatos and Marchi 2011): 100 (a/c - b/d) / (b/d).

    Infinite where side b has none; not symmetric in the sides: -50 one way is +100
    the other.

    Examples
    --------
    >>> round(float(percent_diff(206_523, 178_174, 959_641, 1_562_358)), 1)
    88.7
    """
    return 100 * (relative_risk(a, b, c, d) - 1)


def odds_ratio(a, b, c, d) -> np.ndarray:
    """Return the odds ratio [a / (c - a)] / [b / (d - b)].

    Near the relative risk for words, all of which are rare. Not where occurrences can
    outnumber the units of exposure: NaN there.

    Examples
    --------
    >>> round(float(odds_ratio(52, 57, 50_000, 75_000)), 4)
    1.3688
    """
    a, b, c, d = _counts(a, b, c, d)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (a / (c - a)) / (b / (d - b))
    return np.where((a <= c) & (b <= d), value, np.nan)


def difference_coefficient(a, b, c, d) -> np.ndarray:
    """Return (p - q) / (p + q) of the rates p and q (Hofland and Johansson 1982).

    From -1, only on side b, to 1, only on side a. Not to rank by: every word that one
    side never uses has the extreme value, seen once or a thousand times.

    Examples
    --------
    >>> round(float(difference_coefficient(18, 35, 1e6, 1e6)), 4)
    -0.3208
    """
    a, b, c, d = _counts(a, b, c, d)
    p, q = ratio(a, c), ratio(b, d)
    return ratio(p - q, p + q)


def simple_maths(a, b, c, d, *, k: float = 1.0) -> np.ndarray:
    """Return (fpm_a + k) / (fpm_b + k), rates per million (Kilgarriff 2009).

    `k` chooses: 1 brings rare words to the top, 100 and more common ones. State it;
    a figure without its `k` cannot be checked.

    Examples
    --------
    >>> counts = 35, 263, 112_289_776, 1_559_716_979
    >>> round(float(simple_maths(*counts)), 4)
    1.1224
    """
    a, b, c, d = _counts(a, b, c, d)
    return ratio(MILLION * ratio(a, c) + k, MILLION * ratio(b, d) + k)


def poisson_limits(a, b, c, d, *, alpha: float = 0.05) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact limits of the ratio of two Poisson rates.

    Parameters
    ----------
    a, b, c, d : array_like
        Occurrences and all words on each side.
    alpha : float, default 0.05
        One less the confidence level; each tail gets half.

    Returns
    -------
    low, high : ndarray of float
        0 where `a` is 0, infinite where `b` is 0, NaN where both are.

    Notes
    -----
    Given a + b, a is binomial; its Clopper-Pearson limits are turned into limits of
    the ratio (Fay 2010). Exact for independent words only.

    Examples
    --------
    >>> [round(float(x), 4) for x in poisson_limits(11, 21, 800, 3011)]
    [0.8584, 4.2773]
    """
    a, b, c, d = _counts(a, b, c, d)
    some = a + b > 0
    low = np.where(a > 0, special.betaincinv(np.maximum(a, 1), b + 1, alpha / 2), 0)
    high = special.betainccinv(a + 1, np.maximum(b, 1), alpha / 2)
    high = np.where(b > 0, high, 1)
    odds = [np.where(some, ratio(share, 1 - share), np.nan) for share in (low, high)]
    odds[1] = np.where(some & (high == 1), np.inf, odds[1])
    return odds[0] * ratio(d, c), odds[1] * ratio(d, c)


def lrc(a, b, c, d, *, family: int = 1, alpha: float = 0.05) -> np.ndarray:
    """Return LRC, the conservative log ratio of Evert (2022).

    Parameters
    ----------
    a, b, c, d : array_like
        Occurrences and all words on each side.
    family : int, default 1
        Number of items tested; alpha is divided by it (Bonferroni).
    alpha : float, default 0.05
        One less the confidence level.

    Returns
    -------
    ndarray of float
        log2 of the limit of `poisson_limits` that is nearest no difference; 0 where
        the interval holds no difference; NaN where neither side has the item.

    Notes
    -----
    As `keyness(measure="LRC")` of the R package corpora 0.6 computes it, and pinned to
    figures of the R code that came with Evert (2022). It takes words for independent.
    Not where words come in bursts, as in news: `compare` orders by the same idea over
    articles, its `bound`.

    Examples
    --------
    >>> round(float(lrc(620, 267, 1_017_879, 1_007_532)), 4)
    0.9914
    """
    more = np.asarray(relative_risk(a, b, c, d)) >= 1
    with np.errstate(divide="ignore"):
        low, high = map(np.log2, poisson_limits(a, b, c, d, alpha=alpha / family))
    return np.where(more, np.maximum(low, 0), np.minimum(high, 0))


def _counts(*numbers):
    return [np.asarray(number, float) for number in numbers]
