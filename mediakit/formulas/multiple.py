"""Many tests at once: adjusted p-values for one family.

A missing p stays missing but counts as a member of its family.
"""

import numpy as np


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """Adjust p-values so that those below q hold at most a part q of false finds.

    Parameters
    ----------
    p : array_like of float
        One family; NaN for tests that could not be made.

    Returns
    -------
    ndarray of float
        Adjusted p-values, NaN where `p` is.

    Notes
    -----
    q_(i) = min over j >= i of J p_(j) / j (Benjamini and Hochberg 1995). Valid for
    independent and positively dependent tests; for any dependence use
    `benjamini_yekutieli`.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.02, 0.03, 0.5])
    array([0.04, 0.04, 0.04, 0.5 ])
    """
    return _step_up(p, 1.0)


def benjamini_yekutieli(p: np.ndarray) -> np.ndarray:
    """Adjust p-values as Benjamini-Hochberg, valid under any dependence.

    Parameters
    ----------
    p : array_like of float
        One family; NaN for tests that could not be made.

    Returns
    -------
    ndarray of float
        Adjusted p-values, NaN where `p` is.

    Notes
    -----
    Benjamini and Yekutieli (2001): the family counts as J (1 + 1/2 + ... + 1/J). That
    is severe; words of one language are mostly dependent in the benign direction.

    Examples
    --------
    >>> benjamini_yekutieli([0.01, 0.5])
    array([0.03, 0.75])
    """
    return _step_up(p, (1 / np.arange(1, np.size(p) + 1)).sum())


def max_t(observed: np.ndarray, highest: np.ndarray) -> np.ndarray:
    """Adjust p-values by the permutation distribution of the largest statistic.

    Parameters
    ----------
    observed : ndarray of float
        Sizes of the observed statistics, one per item; NaN stays NaN.
    highest : ndarray of float
        The family's largest statistic in each permutation.

    Returns
    -------
    ndarray of float
        (1 + number of permutations at least as large) / (1 + permutations): the
        chance of one false find or more (Westfall and Young 1993, single step).

    Examples
    --------
    >>> max_t(np.array([5.0, 1.0]), np.array([2.0, 3.0, 1.0]))
    array([0.25, 1.  ])
    """
    below = np.searchsorted(np.sort(highest), observed, side="left")
    adjusted = (1 + len(highest) - below) / (1 + len(highest))
    return np.where(np.isnan(observed), np.nan, adjusted)


def _step_up(p, factor):
    p = np.asarray(p, float)
    size = len(p)
    order = np.argsort(p, kind="stable")
    ranked = factor * size * p[order] / np.arange(1, size + 1)
    ranked = np.where(np.isnan(ranked), np.inf, ranked)
    steps = np.minimum.accumulate(ranked[::-1])[::-1]
    q = np.empty(size)
    q[order] = np.minimum(steps, 1)
    return np.where(np.isnan(p), np.nan, q)
