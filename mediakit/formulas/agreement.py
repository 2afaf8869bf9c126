"""Agreement between coders: Krippendorff's alpha at four levels of measurement.

Units are rows and code values columns of a table of counts, so that any number of
coders, and missing codes, need no special case.
"""

import numpy as np

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def distances(values: np.ndarray, totals: np.ndarray, level: str) -> np.ndarray:
    """Return Krippendorff's squared differences between code values.

    Parameters
    ----------
    values : ndarray of float
        Code values in ascending order; for "nominal" only their number counts.
    totals : ndarray
        How often each value was given, in units with two codes or more: ordinal
        distances count what lies between.
    level : {"nominal", "ordinal", "interval", "ratio"}
        Level of measurement.

    Returns
    -------
    ndarray, values x values

    Notes
    -----
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section D.

    Examples
    --------
    >>> distances(np.array([1.0, 2, 4]), np.array([3, 2, 1]), "interval")[0]
    array([0., 1., 9.])
    >>> distances(np.array([1.0, 2, 4]), np.array([3, 2, 1]), "ordinal")[0]
    array([ 0.  ,  6.25, 16.  ])
    """
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":
        middle = np.cumsum(totals) - np.asarray(totals) / 2
        return np.subtract.outer(middle, middle) ** 2
    gaps = np.subtract.outer(values, values) ** 2
    if level == "interval":
        return gaps
    sums = np.add.outer(values, values) ** 2
    return np.divide(gaps, sums, out=np.zeros_like(gaps), where=sums > 0)


def alpha(counts: np.ndarray, values: np.ndarray, *, level: str = "nominal") -> float:
    """Return Krippendorff's alpha, 1 - observed / expected disagreement.

    Parameters
    ----------
    counts : ndarray of int, units x values
        How many coders gave each unit each value. Units with one code say nothing
        of agreement and are left out.
    values : ndarray of float, ascending
        The values as numbers.
    level : str, default "nominal"
        As in `distances`.

    Returns
    -------
    float
        1 is perfect, 0 is what chance gives, below 0 is systematic disagreement.
        NaN where no unit has two codes or all codes are the same.

    Examples
    --------
    >>> counts = np.array([[2, 0], [1, 1], [0, 2], [2, 0]])
    >>> round(alpha(counts, np.array([0.0, 1.0])), 4)
    0.5333
    """
    counts = pairable(counts)
    observed, expected = disagreement(counts, values, level)
    return 1 - observed / expected if expected > 0 else float("nan")


def pairable(counts: np.ndarray) -> np.ndarray:
    """Return the units that have at least two codes."""
    counts = np.asarray(counts, float)
    return counts[counts.sum(axis=1) >= 2]


def disagreement(counts, values, level) -> tuple[float, float]:
    """Return the observed and the expected disagreement of pairable units."""
    sizes = counts.sum(axis=1)
    totals = counts.sum(axis=0)
    codes = totals.sum()
    if codes < 2:
        return float("nan"), float("nan")
    apart = distances(values, totals, level)
    within = np.einsum("uc,uc->u", counts @ apart, counts) / (sizes - 1)
    between = totals @ apart @ totals / (codes - 1)
    return float(within.sum() / codes), float(between / codes)


def alpha_draws(
    counts: np.ndarray,
    values: np.ndarray,
    clusters: np.ndarray,
    *,
    level: str,
    repeats: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return alpha in bootstrap samples of whole clusters of units.

    `clusters` (int, one per unit) number what is drawn; the coders stay as they are.
    Draws without any variation of the codes are NaN.
    """
    counts = np.asarray(counts, float)
    kept = counts.sum(axis=1) >= 2
    counts, clusters = counts[kept], clusters[kept]
    _, clusters = np.unique(clusters, return_inverse=True)
    size = clusters.max() + 1 if len(clusters) else 0
    found = np.full(repeats, np.nan)
    for number in range(repeats if size else 0):
        times = np.bincount(rng.integers(size, size=size), minlength=size)[clusters]
        observed, expected = _weighted(counts, times, values, level)
        if expected > 0:
            found[number] = 1 - observed / expected
    return found


def _weighted(counts, times, values, level) -> tuple[float, float]:
    drawn = np.repeat(np.arange(len(counts)), times)
    return disagreement(counts[drawn], values, level)


def pair_agreement(counts: np.ndarray) -> float:
    """Return the share of pairs of codes of one unit that are the same.

    Each unit counts alike, whatever its number of coders; NaN without pairs.

    Examples
    --------
    >>> pair_agreement(np.array([[2, 0], [1, 1], [0, 2], [2, 0]]))
    0.75
    """
    counts = pairable(counts)
    if not len(counts):
        return float("nan")
    sizes = counts.sum(axis=1)
    same = (counts * (counts - 1)).sum(axis=1) / (sizes * (sizes - 1))
    return float(same.mean())
