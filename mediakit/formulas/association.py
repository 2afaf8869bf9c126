"""The classical measures of association, on counts of one corpus.

Throughout `o` is how often two things stand together, `f1` and `f2` how often each
stands at all, `n` the places there are, and E = f1 f2 / n what chance would give.
"""

import numpy as np

from mediakit.formulas.keyness import g2 as g2_of_rates
from mediakit.formulas.sums import ratio

LOG_DICE_TOP = 14


def expected(n, *f) -> np.ndarray:
    """Return how often independent parts would stand together: n times their shares.

    Examples
    --------
    >>> float(expected(100, 10, 20)), float(expected(100, 10, 20, 50))
    (2.0, 1.0)
    """
    product = np.asarray(f[0], float)
    for one in f[1:]:
        product = ratio(product * np.asarray(one, float), n)
    return product


def mutual_information(o, e, *, power: int = 1) -> np.ndarray:
    """Return log2(O^k / E): PMI for k 1, MI2 and MI3 for 2 and 3.

    Parameters
    ----------
    o, e : array_like
        Observed and expected.
    power : int, default 1
        1 is pointwise mutual information (Church and Hanks 1990), which rare pairs
        win; 2 and 3 (Daille 1994) weigh frequent ones more.

    Returns
    -------
    ndarray of float
        Higher is stronger, 0 is chance for k 1; minus infinity where O is 0, NaN
        where E is.

    Examples
    --------
    >>> round(float(mutual_information(20, expected(14_307_668, 42, 20))), 2)
    18.38
    """
    o, e = np.asarray(o, float), np.asarray(e, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(e > 0, power * np.log2(o) - np.log2(e), np.nan)


def npmi(o, e, n, *, parts: int = 2) -> np.ndarray:
    """Return PMI over its largest value, -(parts - 1) log2(O / n) (Bouma 2009).

    Parameters
    ----------
    o, e, n : array_like
        Observed, expected, and all places.
    parts : int or array_like, default 2
        How many words the phrase has. Bouma's formula is for two; for more, the
        largest value of log2(O / E) is reached where the words stand only together,
        and is that of two times (parts - 1).

    Returns
    -------
    ndarray of float
        1 only together, 0 chance, -1 never together; NaN where a part is missing or
        every place is the pair.

    Examples
    --------
    >>> npmi([10, 1, 0], [1, 1, 1], 100).round(6).tolist()
    [1.0, 0.0, -1.0]
    """
    o, n = np.asarray(o, float), np.asarray(n, float)
    pmi = mutual_information(o, e)
    with np.errstate(divide="ignore", invalid="ignore"):
        most = -(np.asarray(parts) - 1) * np.log2(ratio(o, n))
        return np.where((o == 0) & ~np.isnan(pmi), -1.0, ratio(pmi, most))


def dice(o, *f) -> np.ndarray:
    """Return the Dice coefficient 2 O / (f1 + f2); for k parts k O / sum of f.

    Examples
    --------
    >>> float(dice(10, 10, 10))
    1.0
    """
    return ratio(len(f) * np.asarray(o, float), sum(np.asarray(x, float) for x in f))


def log_dice(dice_value) -> np.ndarray:
    """Return logDice = 14 + log2(Dice) (Rychly 2008): 14 at most, +1 is twice Dice.

    Examples
    --------
    >>> round(float(log_dice(dice(20, 42, 20))), 4)
    13.3677
    """
    with np.errstate(divide="ignore"):
        return LOG_DICE_TOP + np.log2(np.asarray(dice_value, float))


def t_score(o, e) -> np.ndarray:
    """Return (O - E) / sqrt(O) (Church et al. 1991); NaN where O is 0.

    Examples
    --------
    >>> round(float(t_score(8, expected(14_307_668, 15_828, 4_675))), 4)
    0.9999
    """
    o, e = np.asarray(o, float), np.asarray(e, float)
    return ratio(o - e, np.sqrt(o))


def z_score(o, e) -> np.ndarray:
    """Return (O - E) / sqrt(E) (Berry-Rogghe 1973); NaN where E is 0.

    Examples
    --------
    >>> float(z_score(8, 4))
    2.0
    """
    o, e = np.asarray(o, float), np.asarray(e, float)
    return ratio(o - e, np.sqrt(e))


def g2(o, f1, f2, n) -> np.ndarray:
    """Return Dunning's (1993) four-term log-likelihood ratio, without sign.

    Examples
    --------
    >>> round(float(g2(110, 2_552, 221, 31_777)), 2)
    270.72
    """
    o, f1, f2, n = (np.asarray(x, float) for x in (o, f1, f2, n))
    return g2_of_rates(o, f2 - o, f1, n - f1)


def chi2(o, f1, f2, n) -> np.ndarray:
    """Return Pearson's chi-squared of the 2 x 2 table, uncorrected, without sign.

    Examples
    --------
    >>> round(float(chi2(8, 15_828, 4_675, 14_307_668)), 2)
    1.55
    """
    o, f1, f2, n = (np.asarray(x, float) for x in (o, f1, f2, n))
    residual = n * o - f1 * f2
    return ratio(n * residual**2, f1 * f2 * (n - f1) * (n - f2))


def delta_p(o, f1, f2, n) -> np.ndarray:
    """Return how much likelier the second is at the first than elsewhere.

    O / f1 - (f2 - O) / (n - f1) (Ellis 2006); with f1 and f2 exchanged, the first
    at the second. From -1 to 1, 0 is chance.

    Examples
    --------
    >>> float(delta_p(10, 20, 10, 100)), float(delta_p(10, 10, 20, 100).round(3))
    (0.5, 0.889)
    """
    o, f1, f2, n = (np.asarray(x, float) for x in (o, f1, f2, n))
    return ratio(o, f1) - ratio(f2 - o, n - f1)


def log_ratio(o, f1, f2, n) -> np.ndarray:
    """Return log2 of the rate at the first over the rate elsewhere (Hardie 2014).

    Infinite where the second never stands elsewhere, minus infinity where O is 0.

    Examples
    --------
    >>> round(float(log_ratio(20, 100, 30, 600)), 6)
    3.321928
    """
    o, f1, f2, n = (np.asarray(x, float) for x in (o, f1, f2, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2(ratio(o, f1)) - np.log2(ratio(f2 - o, n - f1))
