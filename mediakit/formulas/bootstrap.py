"""What drawing the units anew says of a difference: BCa, and the test of Lijffijt.

Draws of a rare word are few and lopsided; without the acceleration of BCa a word that
stands in two of the smaller side's articles is "found" every fourth time.
"""

import numpy as np
from scipy import special

from mediakit.formulas.sums import Sums, ratio

ROUNDING = 1e-9
FEW = 10
TAILS = 0.01, 0.1


def acceleration(a: Sums, b: Sums, totals_a, totals_b, variance) -> np.ndarray:
    """Return the acceleration of BCa: the skewness of the units' influence over six.

    Parameters
    ----------
    a, b : Sums
        The sides' additive sums over units.
    totals_a, totals_b : ndarray of float
        What a unit's residual x - R n is divided by: X for the log ratio, N for the
        difference of rates.
    variance : ndarray of float
        Linearised variance of the estimate.

    Returns
    -------
    ndarray of float
        NaN where the variance is 0 or a total is.

    Notes
    -----
    Efron (1987), with the influence of leaving out a unit in its linear form. What
    units on both sides add to the third moment is left out.
    """
    third = ratio(a.cube, totals_a**3) - ratio(b.cube, totals_b**3)
    return ratio(third, 6 * np.where(variance > 0, variance, np.nan) ** 1.5)


def bca_p(drawn: np.ndarray, estimate: np.ndarray, accelerated) -> np.ndarray:
    """Return the two-sided p at which the BCa interval just reaches 0.

    Parameters
    ----------
    drawn : ndarray of float, items x draws
        The estimate in every bootstrap sample; may be infinite.
    estimate : ndarray of float, one per item
        That of the articles themselves.
    accelerated : ndarray of float, one per item
        From `acceleration`.

    Returns
    -------
    ndarray of float
        At least 1 / (1 + draws); NaN where the estimate is not finite.

    Notes
    -----
    Where fewer than ten draws lie beyond 0, their part is too rough: the normal score
    of 0 is read off the line through the draws' quantiles at 1 and 10 % on that side.

    Examples
    --------
    >>> drawn = np.random.default_rng(1).normal(1.96, 1, (1, 9999))
    >>> bca_p(drawn, np.array([1.96]), np.zeros(1)).round(2)
    array([0.05])
    """
    below = _score_of_zero(drawn)
    off = below - special.ndtri(_below(drawn, estimate))
    slope = 1 + accelerated * off
    score = ratio(off, slope) + off - below
    p = np.where(slope > 0, 2 * special.ndtr(-np.abs(score)), 0)
    p = np.maximum(p, 1 / (1 + drawn.shape[1]))
    return np.where(np.isfinite(estimate * accelerated), p, np.nan)


def bca_limits(
    drawn: np.ndarray, estimate: np.ndarray, accelerated, *, alpha: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return both limits of the BCa interval (Efron 1987), as draws of the estimate.

    `drawn`, `estimate` and `accelerated` are as in `bca_p`; NaN as there.

    Examples
    --------
    >>> drawn = np.arange(1.0, 1000).reshape(1, -1)
    >>> bca_limits(drawn, np.array([500.0]), np.zeros(1), alpha=0.05)
    (array([25.]), array([975.]))
    """
    draws = drawn.shape[1]
    ordered = np.sort(drawn, axis=1)
    centre = special.ndtri(_below(drawn, estimate))
    known = np.isfinite(estimate * accelerated)
    limits = []
    outward = (alpha / 2, np.floor, ROUNDING), (1 - alpha / 2, np.ceil, -ROUNDING)
    for tail, rounded, nudge in outward:
        off = centre + special.ndtri(tail)
        slope = 1 - accelerated * off
        z = np.where(slope > 0, centre + ratio(off, slope), np.sign(off) * np.inf)
        place = np.nan_to_num(special.ndtr(z)) * (draws + 1)
        place = rounded(place + nudge) - 1
        place = np.clip(place, 0, draws - 1).astype(np.int64)
        limit = np.take_along_axis(ordered, place[:, None], axis=1)[:, 0]
        limits.append(np.where(known, limit, np.nan))
    return tuple(limits)


def lijffijt_p(drawn: np.ndarray) -> np.ndarray:
    """Return the p of the bootstrap test of Lijffijt and others (2016).

    Parameters
    ----------
    drawn : ndarray of float, items x draws
        A difference or log ratio in every pair of bootstrap samples, one of each side.

    Returns
    -------
    ndarray of float
        (1 + 2 R min(p1, 1 - p1)) / (1 + R) of R draws, p1 the part of them in which
        side b has at least as much, equal ones counting half.

    Notes
    -----
    Theirs are means of articles' rates: to repeat a published p, make a measure of
    rates with an exposure of 1. Not for rare words in sides of unequal size; see
    `compare` for what was measured.

    Examples
    --------
    >>> lijffijt_p(np.array([[1.0, 2.0, -1.0], [1.0, 1.0, 1.0]]))
    array([0.75, 0.25])
    """
    draws = drawn.shape[1]
    less = _part_below(drawn, np.zeros(len(drawn)))
    return (1 + 2 * draws * np.minimum(less, 1 - less)) / (1 + draws)


def _score_of_zero(drawn):
    """Return the normal score of 0 among the draws; see `bca_p`."""
    part = _below(drawn, np.zeros(len(drawn)))
    score = special.ndtri(part)
    few = FEW / drawn.shape[1]
    for sign, rows in ((1, part < few), (-1, 1 - part < few)):
        rows = np.flatnonzero(rows)
        ordered = np.sort(sign * drawn[rows], axis=1)
        far, near = (ordered[:, int(tail * drawn.shape[1])] for tail in TAILS)
        z_far, z_near = special.ndtri(TAILS)
        with np.errstate(invalid="ignore"):
            line = z_far - far * ratio(z_near - z_far, near - far)
        known = np.isfinite(line) & np.isfinite(far)
        score[rows[known]] = sign * np.minimum(line, special.ndtri(few))[known]
    return score


def _part_below(drawn, value):
    value = value[:, None]
    return ((drawn < value) + (drawn == value) / 2).mean(axis=1)


def _below(drawn, value):
    """Return the part of draws below a value, never quite 0 or 1."""
    edge = 1 / (1 + drawn.shape[1])
    return np.clip(_part_below(drawn, value), edge, 1 - edge)
