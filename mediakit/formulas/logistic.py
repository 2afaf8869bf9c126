"""Logistic regression on sparse features: the baseline that any instrument must beat.

Multinomial, with a ridge penalty and classes weighted alike.
"""

import numpy as np
from scipy import sparse
from scipy.special import log_softmax

MOST_STEPS = 200
PRECISION = 1e-6


def fit_logistic(
    features: sparse.csr_array, classes: np.ndarray, size: int, *, cost: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return coefficients (features x classes) and intercepts.

    Parameters
    ----------
    features : csr_array, units x features
    classes : ndarray of int
        The class of each unit, from 0 to `size` - 1.
    size : int
        Number of classes; those without a unit get an intercept of -inf.
    cost : float
        Weight of the errors against the penalty, as C of scikit-learn. Each class
        weighs the same in all.

    Notes
    -----
    Minimises cost * sum of weighted -log p + |coefficients|^2 / 2 by Newton's method
    with steps by conjugate gradients, as Lin, Weng and Keerthi (2008) do; the
    intercepts are not penalised.

    Examples
    --------
    >>> features = sparse.csr_array(np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]]))
    >>> weights, base = fit_logistic(features, np.array([0, 0, 1, 1]), 2, cost=1.0)
    >>> (features @ weights + base).argmax(axis=1).tolist()
    [0, 0, 1, 1]
    """
    counts = np.bincount(classes, minlength=size)
    there = np.flatnonzero(counts)
    places = np.searchsorted(there, classes)
    weights = (len(classes) / (len(there) * counts[there]))[places]
    target = np.zeros((len(classes), len(there)))
    target[np.arange(len(classes)), places] = 1
    shape = (features.shape[1] + 1, len(there))
    turned = sparse.csr_array(features.T)

    def slopes_of(errors, both):
        slopes = np.empty(shape)
        slopes[:-1] = cost * (turned @ errors) + both[:-1]
        slopes[-1] = cost * errors.sum(axis=0)
        return slopes

    def loss(both):
        logs = log_softmax(features @ both[:-1] + both[-1], axis=1)
        missed = cost * (weights * logs[np.arange(len(places)), places]).sum()
        return (both[:-1] ** 2).sum() / 2 - missed, np.exp(logs)

    def bend(share, step):
        moved = share * (features @ step[:-1] + step[-1])
        moved -= share * moved.sum(axis=1, keepdims=True)
        return slopes_of(weights[:, None] * moved, step)

    found, (value, share) = np.zeros(shape), loss(np.zeros(shape))
    first = None
    for _ in range(MOST_STEPS):
        slopes = slopes_of(weights[:, None] * (share - target), found)
        steep = np.sqrt(_product(slopes, slopes))
        first = steep if first is None else first
        if steep <= PRECISION * first:
            break
        near = steep * min(0.5, np.sqrt(steep / first))
        step = _solve(lambda one, share=share: bend(share, one), -slopes, near)
        down, part = _product(slopes, step), 1.0
        tried = loss(found + step)
        while tried[0] > value + part * down / 10_000 and part > PRECISION:
            part /= 2
            tried = loss(found + part * step)
        found, (value, share) = found + part * step, tried
    coefficients = np.zeros((shape[0] - 1, size))
    intercepts = np.full(size, -np.inf)
    coefficients[:, there], intercepts[there] = found[:-1], found[-1]
    return coefficients, intercepts


def _solve(bend, aim: np.ndarray, near: float) -> np.ndarray:
    """Return a step that `bend` takes as near to `aim` as asked."""
    step, left = np.zeros(aim.shape), aim.copy()
    way, size = left.copy(), _product(left, left)
    for _ in range(MOST_STEPS):
        if np.sqrt(size) <= near:
            break
        bent = bend(way)
        much = size / _product(way, bent)
        step += much * way
        left -= much * bent
        size, before = _product(left, left), size
        way = left + size / before * way
    return step


def _product(a: np.ndarray, b: np.ndarray) -> float:
    return float((a * b).sum())
