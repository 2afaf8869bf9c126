"""Jackknife variances of means, one block at a time.

Every unit is left out once; what the mean then does is known in closed form.
"""

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from mediakit.infer.units import Units


def jackknife_squares(
    units: Iterable[Units], owner: np.ndarray, rates: np.ndarray, totals: np.ndarray
) -> np.ndarray:
    """Sum the squared changes of each side's means when one unit is left out.

    Parameters
    ----------
    units : iterable of Units
        Of a measure of kind "mean".
    owner : ndarray of int, one per item
        The denominator that belongs to each item.
    rates, totals : ndarray, 2 x items
        The sides' means R and exposures N.

    Returns
    -------
    ndarray, 2 x items
        Sum of (R_-i - R)^2, where R_-i - R = -(x_i - R n_i) / (N - n_i).
    """
    items = len(owner)
    squares = np.zeros(2 * items)
    for part in units:
        change, cell = _changes(part, owner, rates, totals)
        inside = cell >= 0
        squares += np.bincount(cell[inside], change[inside] ** 2, 2 * items)
    return squares.reshape(2, items)


def add_squares(parts: Iterable[np.ndarray], items: int) -> np.ndarray:
    """Add up what `jackknife_squares` returns of every block."""
    return sum(parts, np.zeros((2, items)))


def scores_but_zero(units: Iterable[Units], owner: np.ndarray) -> np.ndarray:
    """Count each side's units with a score other than 0: 2 x items."""
    items = len(owner)
    held = np.zeros(2 * items)
    for part in units:
        rows, n = part.entries(owner)
        counts = (part.values.data != 0) & (n > 0) & (part.side[rows] >= 0)
        cell = part.side[rows] * items + part.values.indices
        held += np.bincount(cell[counts], minlength=2 * items)
    return held.reshape(2, items)


def jackknife_products(
    clusters: Units, owner: np.ndarray, rates: np.ndarray, totals: np.ndarray
) -> np.ndarray:
    """Sum the products of both sides' changes when a shared cluster is left out.

    Parameters
    ----------
    clusters : Units
        All clusters on A, then the same on B.
    owner, rates, totals
        As in `jackknife_squares`.
    """
    half = len(clusters.side) // 2
    change, _ = _changes(clusters, owner, rates, totals)
    table = sparse.csr_array(
        (change, clusters.values.indices, clusters.values.indptr),
        shape=clusters.values.shape,
    )
    return np.asarray(table[:half].multiply(table[half:]).sum(axis=0)).ravel()


def _changes(part, owner, rates, totals):
    """Return each entry's change of its mean, and its cell side x item."""
    rows, n = part.entries(owner)
    items, side = part.values.indices, part.side[rows]
    left = totals[side, items] - n
    residual = part.values.data - rates[side, items] * n
    change = np.divide(residual, left, out=np.zeros_like(left), where=left > 0)
    return change, side * len(owner) + items
