"""Logistic regression on sparse features: the baseline that any instrument must beat.

Multinomial, with a ridge penalty and classes weighted alike.
"""

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import log_softmax

MOST_STEPS = 200


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
    Minimises cost * sum of weighted -log p + |coefficients|^2 / 2 by L-BFGS; the
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

    def loss(flat):
        both = flat.reshape(shape)
        logs = log_softmax(features @ both[:-1] + both[-1], axis=1)
        errors = weights[:, None] * (np.exp(logs) - target)
        slopes = np.empty(shape)
        slopes[:-1] = cost * (features.T @ errors) + both[:-1]
        slopes[-1] = cost * errors.sum(axis=0)
        missed = cost * (weights * logs[np.arange(len(places)), places]).sum()
        return (both[:-1] ** 2).sum() / 2 - missed, slopes.ravel()

    start = np.zeros(shape).ravel()
    options = {"maxiter": MOST_STEPS}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    found = found.x.reshape(shape)
    coefficients = np.zeros((shape[0] - 1, size))
    intercepts = np.full(size, -np.inf)
    coefficients[:, there], intercepts[there] = found[:-1], found[-1]
    return coefficients, intercepts
