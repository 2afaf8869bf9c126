"""The sums of two measures of the same articles, item by item, block by block."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from mediakit import kernels
from mediakit.formulas.sums import Sums
from mediakit.kernels.pairs import add_pairs
from mediakit.measure.blocks import Block, map_pairs, select_items
from mediakit.measure.measure import Measure

MOMENTS = ("held", "x", "xn", "xn2", "x2", "x2n", "x3")
X4, CROSS = len(MOMENTS), 2 * len(MOMENTS) + 2
SUMS = CROSS + 4


@dataclass(frozen=True)
class PairSums:
    """What the items of a measure and the same items beside it add up to.

    Attributes
    ----------
    near, rest : Sums
        Of the measure, and of what is beside it.
    fourth : ndarray of float, 2 x items
        Sums of x^4 on either side.
    cross : ndarray of float, 5 x items
        Over articles with exposure on both sides: the sums of x y, x m, y n and n m (m
        the exposure beside), and articles with the item on both.
    shared : int
        Articles with exposure on both sides.
    held : ndarray of int64
        Articles that hold each of the items beside, all of them.
    beside : float
        The exposure beside, all of it.
    """

    near: Sums
    rest: Sums
    fourth: np.ndarray
    cross: np.ndarray
    shared: int
    held: np.ndarray
    beside: float


def pair_sums(near: Measure, rest: Measure, place: np.ndarray) -> PairSums:
    """Add up both sides; `place` says which item of `near` one of `rest` is, or -1."""
    size = len(near.items)
    sums, held = np.zeros((size, SUMS)), np.zeros(len(place), np.int64)
    exposed = np.zeros((2, 4))
    products, shared = 0.0, 0
    for added in map_pairs(near.stored, rest.stored, _both_sides, place, size):
        sums += added[0]
        held += added[1]
        exposed += added[2]
        products += added[3]
        shared += added[4]
    columns = sums.T
    xy, x_rest, y_n, both = columns[CROSS:]
    return PairSums(
        near=_sums(columns[X4 + 1 :], exposed[0]),
        rest=_sums(columns, exposed[1]),
        fourth=columns[[2 * X4 + 1, X4]],
        cross=np.array([xy, x_rest, y_n, np.full(size, products), both]),
        shared=shared,
        held=held,
        beside=float(exposed[1, 1]),
    )


def _sums(moments: np.ndarray, exposed: np.ndarray) -> Sums:
    dense = (np.full(moments.shape[1], total) for total in exposed)
    named = zip(("m", "n", "n2", "n3"), dense, strict=True)
    return Sums(**dict(named), **dict(zip(MOMENTS, moments, strict=False)))


def _both_sides(near: Block, rest: Block, place: np.ndarray, size: int) -> tuple:
    """Return a block's sums, articles with each item beside, and of exposures."""
    n, m = near.exposure[:, 0], rest.exposure[:, 0]
    add = _by_loop if kernels.pays(rest.values.data.nbytes) else _by_arrays
    exposed = [[(one > 0).sum(), one.sum(), one @ one, one**2 @ one] for one in (n, m)]
    both = (n > 0) & (m > 0)
    added = add(near.values, rest.values, n, m, place, size)
    return *added, np.array(exposed, float), n[both] @ m[both], int(both.sum())


def _by_loop(near, rest, n, m, place, size) -> tuple[np.ndarray, np.ndarray]:
    sums, held = np.zeros((size, SUMS)), np.zeros(len(place), np.int64)
    sides = (
        (values.indptr, values.indices, values.data, np.ascontiguousarray(exposure))
        for values, exposure in ((near, n), (rest, m))
    )
    add_pairs(sums, held, *sides, place)
    return sums, held


def _by_arrays(near, rest, n, m, place, size) -> tuple[np.ndarray, np.ndarray]:
    held = np.bincount(rest.indices, rest.data != 0, minlength=len(place))
    rest = select_items(rest, place, size)
    rows = np.flatnonzero((n > 0) & (m > 0))
    x, y = near[rows].astype(float), rest[rows].astype(float)
    cross = [
        x.multiply(y).sum(axis=0),
        x.T @ m[rows],
        y.T @ n[rows],
        (x != 0).multiply(y != 0).sum(axis=0),
    ]
    sums = np.array([*_moments(rest, m), *_moments(near, n), *cross], float).T
    return sums, held.astype(np.int64)


def _moments(values: sparse.csr_array, n: np.ndarray) -> list[np.ndarray]:
    x, n_of = values.data.astype(float), np.repeat(n, np.diff(values.indptr))
    terms = (x != 0, x, x * n_of, x * n_of**2, x**2, x**2 * n_of, x**3, x**4)
    size = values.shape[1]
    return [np.bincount(values.indices, term, minlength=size) for term in terms]
