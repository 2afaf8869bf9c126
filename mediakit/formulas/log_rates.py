"""Regression of log rates: quasi-Poisson, with errors clustered by week.

E(x) = n exp(Z b), Var(x) = phi E(x); n is the exposure.
"""

from dataclasses import dataclass

import numpy as np

from mediakit.formulas.sums import ratio

STEPS, CLOSE = 60, 1e-10


@dataclass(frozen=True)
class LogRates:
    """A fit: coefficients, and two covariance matrices of them.

    Attributes
    ----------
    beta : ndarray of float, k
        Natural logarithms of rate ratios.
    model, clustered : ndarray of float, k x k
        Quasi-Poisson covariance (phi times the inverse information), and that of the
        jackknife over clusters: (m - 1) / m times the squared moves of `beta` when a
        cluster is left out, by one Newton step (CR3: Bell and McCaffrey 2002). NaN
        where a coefficient hangs on one cluster.
    phi : float
        Pearson dispersion.
    df : int
        Rows less coefficients: degrees of freedom of `phi`.
    clusters : int
        m.
    """

    beta: np.ndarray
    model: np.ndarray
    clustered: np.ndarray
    phi: float
    df: int
    clusters: int


def fit_log_rates(value, exposure, design, clusters, strata=None) -> LogRates | None:
    """Fit log rates by quasi-Poisson.

    Parameters
    ----------
    value, exposure : ndarray of float, n
        Sums; exposures above 0.
    design : ndarray of float, n x k
        What explains the rate; without strata its columns must hold a constant.
    clusters : ndarray of int, n
        Rows that are one piece of evidence.
    strata : ndarray of int, optional
        Each stratum has a level of its own, as each week has: only what differs within
        strata is explained. The same as a dummy for every stratum, at no cost.

    Returns
    -------
    LogRates or None
        None where it cannot be fitted: too few rows, a column that the others
        explain, or rates that only an infinite coefficient would fit.

    Notes
    -----
    Newton's method on the Poisson likelihood, or on the multinomial one of values given
    their stratum's sum, which has the same maximum (Palmgren 1981). Strata without any
    value say nothing and are left out.
    """
    if strata is not None:
        _, strata = np.unique(strata, return_inverse=True)
        telling = np.bincount(strata, value)[strata] > 0
        value, exposure, design = value[telling], exposure[telling], design[telling]
        clusters = clusters[telling]
        _, strata = np.unique(strata[telling], return_inverse=True)
    levels = 0 if strata is None else int(strata.max(initial=-1)) + 1
    df = len(value) - design.shape[1] - levels
    if df < 1 or not value.sum() > 0:
        return None
    beta = np.zeros(design.shape[1])
    if strata is None:
        beta = np.linalg.lstsq(design, np.ones(len(value)), rcond=None)[0]
        beta *= np.log(value.sum() / exposure.sum())
    for _ in range(STEPS):
        mean = _means(value, exposure, design, beta, strata)
        centred = _centred(design, mean, strata)
        information = centred.T @ (mean[:, None] * centred)
        if not np.linalg.cond(information) < 1 / CLOSE:
            return None
        step = np.linalg.solve(information, centred.T @ (value - mean))
        beta, before = beta + np.clip(step, -1, 1), beta
        if np.abs(beta - before).max() < CLOSE:
            break
    else:
        return None
    return _errors(beta, value, mean, centred, information, clusters, df)


def _means(value, exposure, design, beta, strata):
    """Return the expected values; strata keep their sums."""
    mean = exposure * np.exp(np.clip(design @ beta, -500, 500))
    if strata is None:
        return mean
    return mean * ratio(np.bincount(strata, value), np.bincount(strata, mean))[strata]


def _centred(design, mean, strata):
    """Return the design less its mean in each stratum."""
    if strata is None:
        return design
    total = np.bincount(strata, mean)
    sums = np.column_stack([np.bincount(strata, mean * z) for z in design.T])
    return design - (sums / total[:, None])[strata]


def _errors(beta, value, mean, centred, information, clusters, df):
    inverse = np.linalg.inv(information)
    phi = float(((value - mean) ** 2 / mean).sum() / df)
    _, codes = np.unique(clusters, return_inverse=True)
    count = int(codes.max()) + 1
    scores = np.zeros((count, len(beta)))
    np.add.at(scores, codes, centred * (value - mean)[:, None])
    shares = np.zeros((count, *information.shape))
    np.add.at(shares, codes, np.einsum("n,ni,nj->nij", mean, centred, centred))
    try:
        moves = np.linalg.solve(information - shares, scores[:, :, None])[:, :, 0]
        clustered = moves.T @ moves * (count - 1) / count
    except np.linalg.LinAlgError:
        clustered = np.full_like(information, np.nan)
    return LogRates(beta, phi * inverse, clustered, phi, df, count)
