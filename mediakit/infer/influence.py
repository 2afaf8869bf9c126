"""The one article on which a difference hangs most.

It is found among the leading side's articles by the size of its residual.
"""

from collections.abc import Iterable

import numpy as np

from mediakit import kernels
from mediakit.infer.units import Units
from mediakit.kernels.counts import largest_residuals

Found = tuple[np.ndarray, np.ndarray]


def largest_of(
    units: Iterable[Units], owner: np.ndarray, rates: np.ndarray, leading: np.ndarray
) -> Found:
    """Find each item's unit with the largest residual x - R n on the leading side.

    Parameters
    ----------
    units : iterable of Units
        Articles of one block.
    owner : ndarray of int, one per item
        The denominator that belongs to each item.
    rates : ndarray, one per item
        R of the leading side.
    leading : ndarray of int, one per item
        The side whose rate is higher.

    Returns
    -------
    items : ndarray of int32
        The items that the leading side has here.
    found : ndarray of float, 3 x items
        Residual, numerator and exposure of that unit, the first of equals.
    """
    found = np.zeros((3, len(owner)))
    found[0] = -np.inf
    for part in units:
        if kernels.COMPILED:
            lead = np.stack([rates, leading])
            largest_residuals(found, *part.loop_arrays(), owner, lead)
        else:
            _update(found, part, owner, rates, leading)
    items = np.flatnonzero(found[0] > -np.inf).astype(np.int32)
    return items, found[:, items]


def largest_of_all(parts: Iterable[Found], size: int) -> Found:
    """Return numerator and exposure of each item's largest over all blocks.

    0 where there is none.
    """
    found = np.zeros((3, size))
    found[0] = -np.inf
    for items, part in parts:
        more = part[0] > found[0, items]
        found[:, items[more]] = part[:, more]
    return found[1], found[2]


def _update(found, part, owner, rates, leading):
    """Put into `found` what is larger in these units: residual, x and n."""
    rows, n = part.entries(owner)
    items, x = part.values.indices, part.values.data
    lead = leading[items]
    asked = np.flatnonzero((part.side[rows] == lead) & (lead >= 0))
    items, x, n = items[asked], x[asked], n[asked]
    residual = x - rates[items] * n
    before = found[0].copy()
    np.maximum.at(found[0], items, residual)
    top = np.flatnonzero((residual == found[0, items]) & (residual > before[items]))
    first = top[::-1]
    found[1:, items[first]] = x[first], n[first]
