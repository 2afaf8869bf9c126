"""The additive sums of the two sides of a comparison, in one pass over the units."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from mediakit import kernels
from mediakit.formulas.sums import Sums
from mediakit.infer.units import A, B, Units, indicator
from mediakit.kernels.sides import add_powers, add_products, fold_powers

DENSE = ("m", "n", "n2", "n3")
SPARSE = ("held", "x", "xn", "xn2", "x2", "x2n", "x3")
ONES = ("1", "n", "n2")
AS_ONE = 0, 0, 1, 2, 0, 1, 0  # the place in ONES of each of SPARSE where x is 1
EXACT = 2.0**53


def side_sums(units: Iterable[Units], owner: np.ndarray) -> tuple[Sums, Sums]:
    """Add up both sides.

    Parameters
    ----------
    units : iterable of Units
        Read once, one after the other.
    owner : ndarray of int, one per item
        The denominator that belongs to each item.

    Returns
    -------
    a, b : Sums
        Exact for whole numbers while the sums stay below 2^53.
    """
    return total_sums([power_sums(units, owner)], owner)[:2]


@dataclass(frozen=True)
class Powers:
    """Sums of one block: `dense` 4 x sides x denominators, `sparse` of some `items`.

    `sparse` is items x sides x 7. They are int64 where that is exact, so that they
    add up to the same whatever the blocks.
    """

    dense: np.ndarray
    items: np.ndarray
    sparse: np.ndarray


def power_sums(units: Iterable[Units], owner: np.ndarray) -> Powers:
    """Add up both sides of some units, as `total_sums` wants them."""
    wide = len(SPARSE) + (len(ONES) if kernels.COMPILED else 0)
    powers, dense = np.zeros((len(owner), 2, wide)), None
    for part in units:
        dense = _dense_sums(part) if dense is None else dense + _dense_sums(part)
        if kernels.COMPILED:
            add_powers(powers, *part.loop_arrays(), owner)
        else:
            powers += _sparse_sums(part, owner)
    if kernels.COMPILED:
        items, powers = fold_powers(powers, AS_ONE)
    else:
        items = np.flatnonzero(powers[:, :, 0].any(axis=1)).astype(np.int32)
        powers = powers[items]
    dense = _nothing(owner) if dense is None else dense
    return Powers(whole(dense), items, whole(powers))


def total_sums(
    parts: Iterable[Powers], owner: np.ndarray
) -> tuple[Sums, Sums, np.ndarray]:
    """Return the sums of both sides over blocks, and their exposures.

    The exposures are sides x denominators.
    """
    dense = None
    powers = np.zeros((len(owner), 2, len(SPARSE)), np.int64)
    for part in parts:
        dense = part.dense if dense is None else dense + part.dense
        powers = add_items(powers, part.items, part.sparse)
    powers = np.moveaxis(powers.astype(float), 2, 0)
    sums = [dict(zip(SPARSE, powers[:, :, g].copy(), strict=True)) for g in (A, B)]
    dense = (_nothing(owner) if dense is None else dense).astype(float)
    for name, each in zip(DENSE, dense, strict=True):
        for g in (A, B):
            sums[g][name] = each[g, owner]
    return Sums(**sums[A]), Sums(**sums[B]), dense[DENSE.index("n")]


def _nothing(owner):
    return np.zeros((len(DENSE), 2, int(owner.max(initial=0)) + 1))


def whole(sums: np.ndarray) -> np.ndarray:
    """Return numbers as int64 if each of them is exactly a whole number."""
    if sums.size and not np.abs(sums).max() < EXACT:
        return sums
    integers = sums.astype(np.int64)
    return integers if (integers == sums).all() else sums


def add_items(total: np.ndarray, items: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Add sums of some items to those of all, the first axis; return the total."""
    if sums.dtype.kind == "f":
        total = total.astype(float, copy=False)
    if len(items) == len(total):
        total += sums
    else:
        total[items] += sums
    return total


def shared_covariance(
    clusters: Units, owner: np.ndarray, a: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Covariance of the two sides' sums over the clusters on both.

    Parameters
    ----------
    clusters : Units
        All clusters on A, then the same on B.
    owner : ndarray of int, one per item
        The denominator that belongs to each item.
    a, b : ndarray of float, one per item
        The sides' rates.

    Returns
    -------
    covariance, shared : ndarray of float, one per item
        m_s / (m_s - 1) times the sum of (x_a - R_a n_a)(x_b - R_b n_b) over the m_s
        clusters that have exposure on both sides; and m_s.
    """
    half = len(clusters.side) // 2
    n_a, n_b = clusters.exposure[:half], clusters.exposure[half:]
    both = ((n_a > 0) & (n_b > 0)).sum(axis=0)[owner].astype(float)
    cross_n = (n_a * n_b).sum(axis=0)[owner]
    cross_x, mixed_a, mixed_b = _products_of_sides(clusters, owner)
    products = cross_x - b * mixed_a - a * mixed_b + a * b * cross_n
    return np.nan_to_num(products) * both / np.maximum(both - 1, 1), both


def _products_of_sides(clusters, owner):
    """Return the sums of x_a x_b, x_a n_b and x_b n_a of each item."""
    if kernels.COMPILED:
        sums = np.zeros((len(owner), 3))
        *arrays, _ = clusters.loop_arrays()
        add_products(sums, *arrays, owner)
        return sums.T
    half, items = len(clusters.side) // 2, np.arange(len(owner))
    n_a, n_b = clusters.exposure[:half], clusters.exposure[half:]
    x_a, x_b = clusters.values[:half], clusters.values[half:]
    cross_x = np.asarray(x_a.multiply(x_b).sum(axis=0)).ravel()
    return cross_x, (x_a.T @ n_b)[items, owner], (x_b.T @ n_a)[items, owner]


def _dense_sums(units):
    n = whole(units.exposure)
    if float(n.max(initial=0)) ** 3 * len(n) > 2.0**62:
        n = n.astype(float)
    into = indicator(units.side, 2).astype(n.dtype)
    return np.stack([into @ power for power in (n > 0, n, n**2, n**3)])


def _sparse_sums(units, owner):
    sums = np.zeros((len(owner), 2, len(SPARSE)))
    sides = np.column_stack([units.side == A, units.side == B]).astype(float)
    for column in range(units.exposure.shape[1]):
        items = np.flatnonzero(owner == column)
        all_items = len(items) == len(owner)
        values = units.values if all_items else units.values[:, items]
        n = units.exposure[:, [column]]
        sums[items] = np.stack(_products(values, n, sides), axis=2)
    return sums


def _products(values, n, sides):
    """Return the sums over the rows of each side, items x sides, as in SPARSE."""
    weights = np.hstack([sides, sides * n, sides * n**2])
    x = values.data.astype(float, copy=False)
    rates = summed(values, x, weights)
    squares = summed(values, x * x, weights[:, :4])
    held = summed(values, x != 0, sides)
    cubes = summed(values, x * x * x, sides)
    return (
        *(held, rates[:, :2], rates[:, 2:4], rates[:, 4:]),
        *(squares[:, :2], squares[:, 2:], cubes),
    )


def summed(
    values: sparse.csr_array, entries: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """Return the sums over the rows of entries times weights, items x weights."""
    cells = (entries.astype(float, copy=False), values.indices, values.indptr)
    return sparse.csr_array(cells, shape=values.shape).T @ weights
