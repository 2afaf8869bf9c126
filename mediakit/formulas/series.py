"""Two series over time: each freed of its own memory, then held against the other.

Series that drift correlate whatever they are about (Yule 1926), so each is whitened
by an autoregression of its own first (Haugh 1976).
"""

import numpy as np

from mediakit.formulas.segments import shuffled
from mediakit.formulas.sums import ratio

MOST_ORDER = 14


def whiten(x: np.ndarray) -> tuple[np.ndarray, int]:
    """Return what a series' own past does not tell, and how far that past reaches.

    Parameters
    ----------
    x : ndarray of float, n
        Evenly spaced; NaN in gaps, which are bridged by straight lines.

    Returns
    -------
    residuals : ndarray of float, n
        NaN in gaps and in the first `order` places.
    order : int
        Of the autoregression, by AIC among 0 to 14 (a tenth of n at most).
    """
    n = len(x)
    known = np.isfinite(x)
    places = np.arange(n)
    filled = np.interp(places, places[known], x[known])
    most = max(min(MOST_ORDER, n // 10), 0)
    lags = [filled[most - k : n - k] for k in range(most + 1)]
    design = np.column_stack([np.ones(n - most), *lags[1:]])
    aic = []
    for order in range(most + 1):
        spread = _residuals(lags[0], design[:, : order + 1])
        aic.append((n - most) * np.log(max(spread @ spread, 1e-300)) + 2 * order)
    order = int(np.argmin(aic))
    own = np.column_stack(
        [np.ones(n - order), *(filled[order - k : n - k] for k in range(1, order + 1))]
    )
    residuals = np.full(n, np.nan)
    residuals[order:] = _residuals(filled[order:], own)
    residuals[~known] = np.nan
    return residuals, order


def _residuals(y, design):
    return y - design @ np.linalg.lstsq(design, y, rcond=None)[0]


def without_season(x: np.ndarray, season: np.ndarray) -> np.ndarray:
    """Return a series less its straight line and the mean of each season (weekday)."""
    known = np.isfinite(x)
    season = np.unique(season, return_inverse=True)[1]
    design = np.column_stack(
        [np.arange(len(x)) / len(x), np.eye(season.max() + 1)[season]]
    )
    fitted = np.linalg.lstsq(design[known], x[known], rcond=None)[0]
    return x - design @ fitted


def cross_correlations(a: np.ndarray, b: np.ndarray, lags: np.ndarray) -> np.ndarray:
    """Return the correlation of a now with b `lag` periods later.

    Parameters
    ----------
    a, b : ndarray of float, ... x n
        NaN where unknown; each is taken about its mean.
    lags : ndarray of int
        Positive where `a` comes first.

    Returns
    -------
    ndarray, ... x lags
        NaN without variation.

    Examples
    --------
    >>> a = np.array([0, 0, 1.0, 0, 0, 0, 0])
    >>> lags = np.array([-1, 0, 2])
    >>> cross_correlations(a, np.roll(a, 2), lags).round(2).tolist()
    [-0.19, -0.17, 0.95]
    """
    a, b = _centred(a), _centred(b)
    spread = np.sqrt((a**2).sum(axis=-1) * (b**2).sum(axis=-1))
    n = a.shape[-1]
    sums = []
    for lag in lags:
        now, then = (
            slice(max(-lag, 0), n - max(lag, 0)),
            slice(max(lag, 0), n + min(lag, 0)),
        )
        sums.append(np.einsum("...n,...n->...", a[..., now], b[..., then]))
    return ratio(np.stack(sums, axis=-1), spread[..., None])


def _centred(x):
    known = np.isfinite(x)
    count = known.sum(axis=-1, keepdims=True)
    x = np.where(known, x, 0.0)
    return np.where(
        known, x - x.sum(axis=-1, keepdims=True) / np.maximum(count, 1), 0.0
    )


def chance_peaks(a, b, lags, *, block: int, repeats: int, rng) -> np.ndarray:
    """Return the largest absolute correlation over all lags, by chance alone.

    `b` is shuffled in blocks against `a`: `repeats` values.
    """
    drawn = b[shuffled(len(b), block, repeats, rng)]
    return np.abs(cross_correlations(a[None], drawn, lags)).max(axis=-1)


def correlation_intervals(a, b, lags, *, block: int, repeats: int, rng, alpha):
    """Return the percentile intervals of the correlations, by drawing blocks of pairs.

    Moving blocks (Kuensch 1989) of periods of `a`, each with the later one of `b`.

    Returns
    -------
    low, high : ndarray of float, one per lag
        Each for its lag alone.
    """
    n = len(a)
    starts = rng.integers(0, n - block + 1, (repeats, -(-n // block), 1))
    order = (starts + np.arange(block)).reshape(repeats, -1)[:, :n]
    rows = np.repeat(np.arange(repeats), n)
    drawn = np.bincount(rows * n + order.ravel(), minlength=repeats * n)
    drawn = drawn.reshape(repeats, n).astype(float)
    found = []
    for lag in lags:
        x, y = a, later(b, lag)
        known = np.isfinite(x) & np.isfinite(y)
        x, y = np.where(known, x, 0), np.where(known, y, 0)
        terms = np.column_stack([known, x, y, x * y, x * x, y * y])
        count, x, y, xy, xx, yy = (drawn @ terms).T
        spread = (xx - x * x / count) * (yy - y * y / count)
        found.append((xy - x * y / count) / np.sqrt(spread))
    return np.nanquantile(found, [alpha / 2, 1 - alpha / 2], axis=1)


def later(x: np.ndarray, lag: int) -> np.ndarray:
    """Return the series `lag` periods later, in the place of now; NaN at the ends."""
    n = len(x)
    moved = np.full(n, np.nan)
    moved[max(-lag, 0) : n - max(lag, 0)] = x[max(lag, 0) : n + min(lag, 0)]
    return moved
