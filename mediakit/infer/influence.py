"""The one article on which a difference hangs most.

It is found among the leading side's articles by the size of its residual.
"""

from collections.abc import Iterable

import numpy as np

from mediakit.infer.units import Units


def most_influential(
    units: Iterable[Units], owner: np.ndarray, rates: np.ndarray, leading: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Find each item's article with the largest residual x - R n on the leading side.

    Parameters
    ----------
    units : iterable of Units
        The articles.
    owner : ndarray of int, one per item
        The denominator that belongs to each item.
    rates : ndarray, one per item
        R of the leading side.
    leading : ndarray of int, one per item
        The side whose rate is higher; OUTSIDE for items that are not asked for.

    Returns
    -------
    x, n : ndarray of float, one per item
        Numerator and exposure of that article, the first of equals; 0 where there
        is none.
    """
    best = np.full(len(owner), -np.inf)
    found = np.zeros((2, len(owner)))
    for part in units:
        rows, n = part.entries(owner)
        items, x = part.values.indices, part.values.data
        lead = leading[items]
        asked = np.flatnonzero((part.side[rows] == lead) & (lead >= 0))
        items, x, n = items[asked], x[asked], n[asked]
        residual = x - rates[items] * n
        before = best.copy()
        np.maximum.at(best, items, residual)
        top = np.flatnonzero((residual == best[items]) & (residual > before[items]))[
            ::-1
        ]
        found[:, items[top]] = x[top], n[top]
    return found[0], found[1]
