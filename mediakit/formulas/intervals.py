"""Intervals of one rate, share or mean from sums over units that clump.

Units (articles, or clusters of them) vary more than single words would: `phi` says
how much more, so an interval widens with the clumping and not with the words alone.
"""

import numpy as np
from scipy import stats

from mediakit.formulas.sums import EXHAUSTED, ratio

ALPHA = 0.05


def squared_residuals(x2, xn, n2, rate, units):
    """Return S = m/(m-1) sum (x - R n)^2, the variance of a cell's sum of x.

    Parameters
    ----------
    x2, xn, n2 : array
        Sums of x squared, x times exposure, exposure squared over a cell's units.
    rate : array
        R = sum x / sum n.
    units : array
        m, the number of units; below two S is NaN.

    Returns
    -------
    array
        S, never negative: what rounding leaves of zero is zero.
    """
    square = x2 - 2 * rate * xn + rate**2 * n2
    square = np.where(square > EXHAUSTED * x2, square, 0.0)
    return square * ratio(units, np.maximum(np.asarray(units) - 1, 0))


def score_interval(value, exposure, *, phi=1.0, df=np.inf, alpha=ALPHA):
    """Return the score interval of a rate whose variance is phi times Poisson.

    Parameters
    ----------
    value, exposure : array
        X, the sum counted, and N, the exposure it was counted in.
    phi : array, default 1
        Dispersion: variance of X over its mean; 1 is Poisson.
    df : array, default infinity
        Degrees of freedom behind `phi`; the normal quantile becomes Student's t.
    alpha : float, default 0.05
        One minus the coverage.

    Returns
    -------
    low, high : array
        Per one unit of exposure; NaN where the exposure is 0 or `phi` unknown.

    Notes
    -----
    All rates R with (X - R N)^2 <= z^2 phi R N: the bounds are
    (X + z^2 phi/2 -+ z sqrt(phi) sqrt(X + z^2 phi/4)) / N. With phi 1 this is the
    score interval of a Poisson rate (DescTools, statsmodels). Not for shares near
    1, where the variance shrinks again: use `share_interval`.

    Examples
    --------
    >>> low, high = score_interval(15, 400)
    >>> round(float(low), 6), round(float(high), 6)
    (0.022726, 0.061877)
    """
    z = stats.t.isf(alpha / 2, df)
    middle = value + z**2 * phi / 2
    half = z * np.sqrt(phi) * np.sqrt(value + z**2 * phi / 4)
    return ratio(np.maximum(middle - half, 0), exposure), ratio(middle + half, exposure)


def share_interval(value, exposure, *, phi=1.0, df=np.inf, alpha=ALPHA):
    """Return the Wilson interval of a share resting on N / phi independent units.

    Parameters
    ----------
    value, exposure : array
        X out of N.
    phi : array, default 1
        Dispersion: variance of X over the binomial N p (1 - p).
    df : array, default infinity
        As in `score_interval`.
    alpha : float, default 0.05
        One minus the coverage.

    Returns
    -------
    low, high : array
        Between 0 and 1; NaN where the exposure is 0 or `phi` unknown.

    Notes
    -----
    Wilson (1927) with N replaced by the effective number N / phi.

    Examples
    --------
    >>> low, high = share_interval(0, 20)
    >>> float(low), round(float(high), 8)
    (0.0, 0.16112516)
    """
    z = stats.t.isf(alpha / 2, df)
    share, spread = ratio(value, exposure), z**2 * ratio(phi, exposure)
    middle = share + spread / 2
    half = np.sqrt(spread * share * (1 - share) + spread**2 / 4)
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def mean_interval(rate, variance, units, *, alpha=ALPHA):
    """Return the t interval of a ratio mean from its jackknife variance.

    Parameters
    ----------
    rate : array
        R = sum x / sum n.
    variance : array
        The delete-one jackknife variance of R over units, (m-1)/m sum (R_-i - R)^2.
    units : array
        m; Student's t has m - 1 degrees of freedom.
    alpha : float, default 0.05
        One minus the coverage.

    Returns
    -------
    low, high : array
        NaN below two units, and where all units agree: no variation to judge by.

    Notes
    -----
    R_-i - R = -(x_i - R n_i) / (N - n_i), so the variance is a sum over units.
    Not below about ten units, where t promises more than the mean of skewed
    scores keeps.

    Examples
    --------
    >>> low, high = mean_interval(0.0, 1.0, 11)
    >>> round(float(high), 3)
    2.228
    """
    units = np.asarray(units, float)
    t = stats.t.isf(alpha / 2, np.where(units > 1, units - 1, np.nan))
    half = t * np.sqrt(np.where(variance > 0, variance, np.nan))
    return rate - half, rate + half
