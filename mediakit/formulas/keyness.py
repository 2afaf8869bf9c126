"""The classical keyness measures, on counts of two corpora.

They take every word for independent evidence; read them beside `compare`, not alone.
Throughout `a` of `c` words stand on one side and `b` of `d` on the other.
"""

import numpy as np
from scipy import special

from mediakit.formulas.sums import ratio

HARDIE_FLOOR = 0.5


def g2(a, b, c, d, *, cells: int = 4) -> np.ndarray:
    """Return the log-likelihood ratio G2 of two relative frequencies.

    Parameters
    ----------
    a, b : array_like
        Occurrences on each side.
    c, d : array_like
        All words on each side.
    cells : {4, 2}, default 4
        4 is Dunning's (1993), with the words that are not the item; 2 is the form of
        Rayson and Garside (2000) and the UCREL wizard, which leaves them out.

    Returns
    -------
    ndarray of float
        2 sum O ln(O / E), without sign; NaN where a side has no words.

    Notes
    -----
    Against chi-squared with one degree of freedom G2 is valid for independent words
    only; in real articles it finds hundreds of key words between random halves.

    Examples
    --------
    >>> round(float(g2(52, 57, 50_000, 75_000, cells=2)), 4)
    2.6517
    """
    a, b, c, d = _counts(a, b, c, d)
    share = ratio(a + b, c + d)
    pairs = [(a, c * share), (b, d * share)]
    if cells == 4:
        pairs += [(c - a, c * (1 - share)), (d - b, d * (1 - share))]
    total = 2 * sum(
        special.rel_entr(observed, expected) for observed, expected in pairs
    )
    return np.where((c > 0) & (d > 0), np.maximum(total, 0), np.nan)


def chi2_p(statistic: np.ndarray) -> np.ndarray:
    """Return the upper tail of chi-squared with one degree of freedom.

    Examples
    --------
    >>> chi2_p(np.array([3.841459])).round(4)
    array([0.05])
    """
    return special.chdtrc(1, statistic)


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


def percent_diff(a, b, c, d) -> np.ndarray:
    """Return %DIFF (Gabrielatos and Marchi 2011): 100 (a/c - b/d) / (b/d).

    Infinite where side b has none; not symmetric in the sides: -50 one way is +100
    the other.

    Examples
    --------
    >>> round(float(percent_diff(206_523, 178_174, 959_641, 1_562_358)), 1)
    88.7
    """
    a, b, c, d = _counts(a, b, c, d)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * (ratio(a, c) / ratio(b, d) - 1)


def odds_ratio(a, b, c, d) -> np.ndarray:
    """Return the odds ratio [a / (c - a)] / [b / (d - b)].

    Examples
    --------
    >>> round(float(odds_ratio(52, 57, 50_000, 75_000)), 4)
    1.3688
    """
    a, b, c, d = _counts(a, b, c, d)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (a / (c - a)) / (b / (d - b))


def bic(g2_value, c, d) -> np.ndarray:
    """Return the Bayes factor approximation BIC = G2 - ln(c + d) (Wilson 2013).

    `g2_value` is usually the two-term G2. Below 0 favours no difference; over 10 is
    read as very strong evidence against it, for independent words.

    Examples
    --------
    >>> round(float(bic(2.6517, 50_000, 75_000)), 3)
    -9.084
    """
    total = np.asarray(c, float) + np.asarray(d, float)
    return g2_value - np.log(np.where(total > 0, total, np.nan))


def fightin_words(a, b, c, d, *, background, alpha0: float) -> np.ndarray:
    """Return z of the weighted log-odds ratio (Monroe, Colaresi and Quinn 2008).

    Parameters
    ----------
    a, b, c, d : array_like
        Occurrences and all words on each side.
    background : array_like
        Each item's part of all words in a background; its prior is alpha0 times
        that, so that the vocabulary's priors add up to alpha0.
    alpha0 : float
        Weight of the prior, in words. The paper takes an average document's length.

    Returns
    -------
    ndarray of float
        delta / sqrt(1 / (a + alpha) + 1 / (b + alpha)); NaN for an item that the
        background does not have.

    Notes
    -----
    A ranking, not a test: words of one article are not independent, so |z| > 1.96
    promises nothing, and z grows with the corpus.

    Examples
    --------
    >>> z = fightin_words([2, 1], [1, 2], 3, 3, background=[0.5, 0.5], alpha0=1)
    >>> z.round(3)
    array([ 0.989, -0.989])
    """
    a, b, c, d, alpha = _counts(a, b, c, d, alpha0 * np.asarray(background, float))
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log((a + alpha) / (c + alpha0 - a - alpha))
        delta = delta - np.log((b + alpha) / (d + alpha0 - b - alpha))
        return delta / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))


def _counts(*numbers):
    return [np.asarray(number, float) for number in numbers]
