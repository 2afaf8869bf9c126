"""Power: the smallest ratio of two rates that the score test would have found.

Asked of the articles as they are, their number, lengths and clumping; what was found
in them does not matter.
"""

import numpy as np
from scipy import special

from mediakit.formulas.pearson import quantile
from mediakit.formulas.score import ScoreTest
from mediakit.formulas.sums import each_value, ratio


def least_ratio(
    test: ScoreTest, *, alpha: float, power: float, upper: bool
) -> np.ndarray:
    r"""Return the ratio nearest 1 that is found with the given power.

    Parameters
    ----------
    test : ScoreTest
        Of the articles, or clusters, that there are.
    alpha : float
        Two-sided level of the test.
    power : float
        Part of all corpora like this one in which the ratio would be found.
    upper : bool
        Whether side a has more: a ratio above 1; else one below.

    Returns
    -------
    ndarray of float
        rate_a / rate_b; infinite, or 0, where no ratio is found as often, and NaN
        where the test is undefined.

    Notes
    -----
    X hits in all, worth X / phi independent ones, fall on the sides at the ratio rho.
    First the share k of side a at which the score test of no difference gives p =
    alpha, from its skewed variance; then the rho under which a share beyond k has the
    probability `power`, which is the limit of a one-sided interval around k at that
    level. Without skewness, for large samples and s = N_a / (N_a + N_b):
    k = s + z_{alpha/2} sqrt(s (1 - s) phi / X), and rho solves s_rho - k = z_{power}
    sqrt(s_rho (1 - s_rho) phi / X).

    Not where hits are so few that only some shares can occur: the ratio found is then
    a rough one.

    Examples
    --------
    >>> even = np.array([0.5]), np.array([100.0]), np.zeros(1), np.zeros(1)
    >>> test = ScoreTest(*even, df=np.full(1, 1e9))
    >>> least_ratio(test, alpha=0.05, power=0.8, upper=True).round(2)
    array([1.77])
    """
    share = _critical_share(test, alpha, 1.0 if upper else -1.0)
    inside = (share > 0) & (share < 1)
    place = np.where(inside, share, 0.5)
    found = ScoreTest(place, test.size, test.skewness, test.balance, test.df)
    limit = np.exp2(found.limit(2 * (1 - power), upper))
    beyond = np.where(np.isnan(share), np.nan, np.inf if upper else 0.0)
    return np.where(inside, limit, beyond)


def chance_to_find(
    test: ScoreTest, rho: np.ndarray, *, alpha: float, upper: bool
) -> np.ndarray:
    """Return the power at which `rho` is the least ratio: `least_ratio` turned round.

    Parameters
    ----------
    test, alpha, upper
        As in `least_ratio`.
    rho : float or ndarray
        rate_a / rate_b.

    Returns
    -------
    ndarray of float
        In what part of all corpora like this one side a (`upper`), or side b, would
        be found to have more; 0 where no ratio can be found.

    Examples
    --------
    >>> even = np.array([0.5]), np.array([100.0]), np.zeros(1), np.zeros(1)
    >>> test = ScoreTest(*even, df=np.full(1, 1e9))
    >>> ratio = least_ratio(test, alpha=0.05, power=0.8, upper=True)
    >>> chance_to_find(test, ratio, alpha=0.05, upper=True).round(6)
    array([0.8])
    """
    share = _critical_share(test, alpha, 1.0 if upper else -1.0)
    inside = (share > 0) & (share < 1)
    place = np.where(inside, share, 0.5)
    tail = ScoreTest(place, test.size, test.skewness, test.balance, test.df).p(rho) / 2
    less = np.log(rho) < special.logit(place) - test.balance
    power = np.where(less == upper, tail, 1 - tail)
    return np.where(np.isnan(share), np.nan, np.where(inside, power, 0.0))


def _critical_share(test: ScoreTest, alpha: float, sign: float) -> np.ndarray:
    """Return the share of side a at which p is alpha; beyond 0 or 1 there is none."""
    t = each_value(lambda df: special.stdtrit(df, 1 - alpha / 2), test.df)
    y = np.exp(test.balance / 2)
    lean = 1 / y - y
    capped = np.where(sign * lean < 0, np.minimum(test.skewness, 1), test.skewness)
    skew = np.nan_to_num(ratio(capped * lean, np.sqrt(test.size)))
    w = ratio(quantile(sign * t, skew), np.sqrt(test.size))
    return (w + y) / (1 / y + y)
