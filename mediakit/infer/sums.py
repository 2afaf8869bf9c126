"""The additive sums of the two sides of a comparison, in one pass over the units."""

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from mediakit import kernels
from mediakit.formulas.sums import Sums
from mediakit.infer.units import A, B, Units, indicator
from mediakit.kernels.counts import add_powers

DENSE = ("m", "n", "n2", "n3")
SPARSE = ("held", "x", "xn", "xn2", "x2", "x2n", "x3")


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
        Exact for whole numbers while the sums stay below 2^53, whatever the blocks.
    """
    sums = {name: np.zeros((2, len(owner))) for name in SPARSE}
    powers = np.zeros((2, len(owner), len(SPARSE)))
    dense = dict.fromkeys(DENSE, np.zeros((2, int(owner.max(initial=0)) + 1)))
    for part in units:
        for name, each in _dense_sums(part).items():
            dense[name] = dense[name] + each
        if kernels.COMPILED:
            add_powers(powers, *part.loop_arrays(), owner)
            continue
        for name, each in _sparse_sums(part, owner).items():
            sums[name] += each
    if kernels.COMPILED:
        sums = dict(zip(SPARSE, np.moveaxis(powers, 2, 0).copy(), strict=True))
    for name, each in dense.items():
        sums[name] = each[:, owner]
    return tuple(Sums(**{k: v[g] for k, v in sums.items()}) for g in (A, B))


def shared_covariance(
    clusters: Units, owner: np.ndarray, a: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Covariance of the two sides' sums over the clusters on both.

    Parameters
    ----------
    clusters : Units
        As `cluster_units` returns them.
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
    x_a, x_b = clusters.values[:half], clusters.values[half:]
    both = ((n_a > 0) & (n_b > 0)).sum(axis=0)[owner].astype(float)
    cross_n = (n_a * n_b).sum(axis=0)[owner]
    cross_x = np.asarray(x_a.multiply(x_b).sum(axis=0)).ravel()
    items = np.arange(len(owner))
    mixed_a = (x_a.T @ n_b)[items, owner]
    mixed_b = (x_b.T @ n_a)[items, owner]
    products = cross_x - b * mixed_a - a * mixed_b + a * b * cross_n
    return np.nan_to_num(products) * both / np.maximum(both - 1, 1), both


def _dense_sums(units):
    n = units.exposure
    powers = {"m": n > 0, "n": n, "n2": n**2, "n3": n**3}
    into = indicator(units.side, 2)
    return {name: into @ power for name, power in powers.items()}


def _sparse_sums(units, owner):
    sums = {name: np.zeros((2, len(owner))) for name in SPARSE}
    sides = np.column_stack([units.side == A, units.side == B]).astype(float)
    for column in range(units.exposure.shape[1]):
        items = np.flatnonzero(owner == column)
        whole = len(items) == len(owner)
        values = units.values if whole else units.values[:, items]
        n = units.exposure[:, [column]]
        for name, each in _products(values, n, sides).items():
            sums[name][:, items] = each
    return sums


def _products(values, n, sides):
    """Return the sums of x^i n^j over the rows of each side, sides x items."""
    weights = np.hstack([sides, sides * n, sides * n**2])
    x, x2 = values.data, values.data**2
    rates = _summed(values, x, weights)
    squares = _summed(values, x2, weights[:, :4])
    return {
        "held": _summed(values, x != 0, sides),
        "x": rates[:2],
        "xn": rates[2:4],
        "xn2": rates[4:],
        "x2": squares[:2],
        "x2n": squares[2:],
        "x3": _summed(values, x2 * x, sides),
    }


def _summed(values, entries, weights):
    cells = (entries.astype(float, copy=False), values.indices, values.indptr)
    return (sparse.csr_array(cells, shape=values.shape).T @ weights).T
