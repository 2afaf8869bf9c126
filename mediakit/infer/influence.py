"""The one article on which a difference hangs most.

It is found among the leading side's articles by the size of its residual.
"""

from collections.abc import Iterable

import numpy as np

from mediakit import kernels
from mediakit.infer.units import Units
from mediakit.kernels.sides import largest_residuals

Found = tuple[np.ndarray, np.ndarray]


def largest_of(units: Iterable[Units], owner: np.ndarray, rates: np.ndarray) -> Found:
    """Find each item's unit with the largest residual x - R n on the leading side.

    Parameters
    ----------
    units : iterable of Units
        Articles of one block.
    owner : ndarray of int, one per item
        The denominator that belongs to each item.
    rates : ndarray, items x sides
        R of the leading side; infinite for the other side, and for both sides of an
        item that is not asked for.

    Returns
    -------
    items : ndarray of int32
        The items that the leading side has here.
    found : ndarray of float, items x 3
        Residual, numerator and exposure of that unit, the first of equals.
    """
    found = _nothing(len(owner))
    if kernels.COMPILED:
        best, cells = np.column_stack([rates, found[:, 0]]), np.zeros((len(owner), 2))
        for part in units:
            largest_residuals(best, cells, *part.loop_arrays(), owner)
        found = np.column_stack([best[:, 2], cells])
    else:
        for part in units:
            _update(found, part, owner, rates)
    items = np.flatnonzero(found[:, 0] > -np.inf).astype(np.int32)
    return items, found[items]


def largest_of_all(parts: Iterable[Found], size: int) -> Found:
    """Return numerator and exposure of each item's largest over all blocks.

    0 where there is none.
    """
    found = _nothing(size)
    for items, part in parts:
        more = part[:, 0] > found[items, 0]
        found[items[more]] = part[more]
    return found[:, 1], found[:, 2]


def _nothing(size):
    found = np.zeros((size, 3))
    found[:, 0] = -np.inf
    return found


def _update(found, part, owner, rates):
    """Put into `found` what is larger in these units: residual, x and n."""
    rows, n = part.entries(owner)
    items, x, side = part.values.indices, part.values.data, part.side[rows]
    rate = np.where(side < 0, np.inf, rates[items, side])
    asked = np.flatnonzero(np.isfinite(rate))
    items, x, n = items[asked], x[asked], n[asked]
    residual = x - rate[asked] * n
    before = found[:, 0].copy()
    np.maximum.at(found[:, 0], items, residual)
    top = np.flatnonzero((residual == found[items, 0]) & (residual > before[items]))
    first = top[::-1]
    found[items[first], 1], found[items[first], 2] = x[first], n[first]
