"""The classical keyness tests and rankings, on counts of two corpora.

They take every word for independent evidence; read them beside `compare`, not alone.
Throughout `a` of `c` words stand on one side and `b` of `d` on the other. Sizes of a
difference are in `mediakit.formulas.effects`, Fisher's test in
`mediakit.formulas.fisher`.
"""

import numpy as np
from scipy import special

from mediakit.formulas.sums import ratio

YATES = 0.5


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
        2 sum O ln(O / E), without sign; NaN where a side has no words, and with four
        cells where it has more occurrences than words.

    Notes
    -----
    Against chi-squared with one degree of freedom G2 is valid for independent words
    only; in real articles it finds hundreds of key words between random halves. With
    articles in place of words, `a` of `c` articles that hold the item, the four cells
    give the text-dispersion keyness of Egbert and Biber (2019); no worked figures of
    theirs were found, so that use is pinned by the formula, and G2 by published ones.

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
    defined = (c > 0) & (d > 0) & ((cells == 2) | (a <= c) & (b <= d))
    return np.where(defined, np.maximum(total, 0), np.nan)


def chi2(a, b, c, d, *, yates: bool = False) -> np.ndarray:
    """Return Pearson's chi-squared of the 2 x 2 table, with Yates' correction or not.

    Parameters
    ----------
    a, b, c, d : array_like
        Occurrences and all words on each side.
    yates : bool, default False
        Take 1/2 off every |O - E| (Yates 1934), or all of it where it is less.

    Returns
    -------
    ndarray of float
        sum (O - E)^2 / E over four cells, without sign; NaN where an E is 0.

    Notes
    -----
    Not where an expected count is below five: use Fisher's test. Yates' correction is
    conservative; R and quanteda make it without being asked.

    Examples
    --------
    >>> round(float(chi2(8, 4667, 15_828, 14_291_848)), 2)
    1.55
    """
    a, b, c, d = _counts(a, b, c, d)
    share = ratio(a + b, c + d)
    off = np.abs(a - c * share)
    off = off - np.minimum(YATES, off) if yates else off
    expected = c * share, d * share, c * (1 - share), d * (1 - share)
    return off**2 * sum(ratio(1, np.maximum(each, 0)) for each in expected)


def chi2_p(statistic: np.ndarray) -> np.ndarray:
    """Return the upper tail of chi-squared with one degree of freedom.

    Examples
    --------
    >>> chi2_p(np.array([3.841459])).round(4)
    array([0.05])
    """
    return special.erfc(np.sqrt(np.asarray(statistic, float) / 2))


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
        that, so that the vocabulary's priors add up to alpha0. One over the number of
        items, everywhere, is the uninformative prior.
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
    promises nothing, and z grows with the corpus. The uninformative prior brings
    function words to the top; the informative one shrinks them. Both are pinned, to
    twelve digits, to the examples of a published implementation (fightin_words of
    Wigderowitz, 2019); the paper itself draws its figures and prints none.

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
