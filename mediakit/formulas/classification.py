"""How well guesses match codes: tables of confusion, AUC and alpha of two coders.

Every figure is computed from weights of the units, one row of weights per bootstrap
sample, so that a thousand samples cost a few matrix products.
"""

from collections.abc import Iterator

import numpy as np

CELLS = 1 << 22


def cluster_weights(
    clusters: np.ndarray, repeats: int, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield weights (samples x units): how often each unit's cluster was drawn.

    Parameters
    ----------
    clusters : ndarray of int
        The cluster of each unit.
    repeats : int
        Bootstrap samples in all; as many clusters are drawn as there are.
    rng : numpy.random.Generator

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> weights = np.concatenate([*cluster_weights(np.array([0, 0, 1]), 4, rng)])
    >>> weights.shape, bool((weights[:, 0] == weights[:, 1]).all())
    ((4, 3), True)
    """
    _, clusters = np.unique(clusters, return_inverse=True)
    size = int(clusters.max(initial=-1)) + 1
    step = max(1, CELLS // max(len(clusters), 1))
    for first in range(0, repeats if size else 0, step):
        some = min(step, repeats - first)
        drawn = rng.integers(size, size=(some, size))
        drawn += np.arange(some)[:, None] * size
        times = np.bincount(drawn.ravel(), minlength=some * size)
        yield times.reshape(some, size)[:, clusters].astype(float)


def confusion(
    coded: np.ndarray, found: np.ndarray, size: int, weights: np.ndarray
) -> np.ndarray:
    """Count units by code (rows) and guess (columns), for each row of weights.

    Examples
    --------
    >>> coded, found = np.array([0, 0, 1]), np.array([0, 1, 1])
    >>> confusion(coded, found, 2, np.ones((1, 3)))[0].tolist()
    [[1.0, 1.0], [0.0, 1.0]]
    """
    cells = np.zeros((len(coded), size * size))
    cells[np.arange(len(coded)), coded * size + found] = 1
    return (weights @ cells).reshape(len(weights), size, size)


def class_scores(table: np.ndarray) -> dict[str, np.ndarray]:
    """Return precision, recall and F1 of every class of a confusion table.

    Precision is NaN for a class never guessed, recall for one never coded, F1 for one
    that is neither.

    Examples
    --------
    >>> found = class_scores(np.array([[8.0, 2.0], [4.0, 6.0]]))
    >>> found["precision"].round(3).tolist(), found["recall"].tolist()
    ([0.667, 0.75], [0.8, 0.6])
    >>> found["f1"].round(3).tolist()
    [0.727, 0.667]
    """
    hits = np.diagonal(table, axis1=-2, axis2=-1)
    coded, found = table.sum(axis=-1), table.sum(axis=-2)
    return {
        "precision": _ratio(hits, found),
        "recall": _ratio(hits, coded),
        "f1": _ratio(2 * hits, coded + found),
    }


def one_against_rest(table: np.ndarray, number: int) -> np.ndarray:
    """Return the 2 x 2 tables of one class (second) against all others."""
    total = table.sum(axis=(-2, -1))
    both = table[..., number, number]
    coded = table[..., number, :].sum(axis=-1) - both
    found = table[..., :, number].sum(axis=-1) - both
    neither = total - both - coded - found
    cells = np.stack([neither, found, coded, both], axis=-1)
    return cells.reshape(*total.shape, 2, 2)


def accuracy(table: np.ndarray) -> np.ndarray:
    """Return the share of units whose guess is their code."""
    hits = np.trace(table, axis1=-2, axis2=-1)
    return _ratio(hits, table.sum(axis=(-2, -1)))


def auc(coded: np.ndarray, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the area under the ROC curve, for each row of weights.

    The chance that a unit coded so has a higher score than one not coded so; equal
    scores count half. NaN where there is but one kind of unit.

    Examples
    --------
    >>> coded = np.array([True, True, False, False])
    >>> float(auc(coded, np.array([0.9, 0.4, 0.4, 0.1]), np.ones((1, 4)))[0])
    0.875
    """
    order = np.argsort(scores, kind="stable")
    starts = np.flatnonzero(np.diff(scores[order], prepend=np.nan) != 0)
    if not len(starts):
        return np.full(len(weights), np.nan)
    yes = np.add.reduceat(weights[:, order] * coded[order], starts, axis=1)
    no = np.add.reduceat(weights[:, order] * ~coded[order], starts, axis=1)
    below = np.cumsum(no, axis=1) - no / 2
    return _ratio((yes * below).sum(axis=1), yes.sum(axis=1) * no.sum(axis=1))


def nominal_alpha(table: np.ndarray) -> np.ndarray:
    """Return Krippendorff's alpha of codes and guesses as two coders, for names.

    Examples
    --------
    >>> round(float(nominal_alpha(np.array([[2.0, 1.0], [0.0, 1.0]]))), 4)
    0.5333
    """
    totals = table.sum(axis=-1) + table.sum(axis=-2)
    codes = totals.sum(axis=-1)
    expected = (codes**2 - (totals**2).sum(axis=-1)) / np.maximum(codes - 1, 1)
    observed = codes * (1 - accuracy(table))
    return 1 - _ratio(observed, expected)


def pair_alpha(
    coded: np.ndarray, found: np.ndarray, weights: np.ndarray, *, level: str
) -> np.ndarray:
    """Return Krippendorff's alpha of two numbers per unit, for each row of weights.

    Parameters
    ----------
    coded, found : ndarray of float
        What people and the instrument gave, on the same scale.
    weights : ndarray, samples x units
    level : {"ordinal", "interval", "ratio"}

    Notes
    -----
    As `formulas.agreement.alpha` for two coders; squared differences need no table of
    all pairs of values, except for ratios.

    Examples
    --------
    >>> coded, found = np.array([1.0, 2, 3, 4]), np.array([1.0, 2, 4, 4])
    >>> pair_alpha(coded, found, np.ones((1, 4)), level="interval").round(4)
    array([0.9263])
    """
    values, codes = np.unique(np.concatenate([coded, found]), return_inverse=True)
    first, second = np.split(codes, 2)
    totals = _by_value(weights, first, len(values))
    totals += _by_value(weights, second, len(values))
    if level == "ratio":
        sums = np.add.outer(values, values)
        gaps = np.subtract.outer(values, values) ** 2
        apart = np.divide(gaps, sums**2, out=np.zeros_like(gaps), where=sums > 0)
        within = weights @ apart[first, second]
        between = ((totals @ apart) * totals).sum(axis=1) / 2
    else:
        places = np.cumsum(totals, axis=1) - totals / 2
        if level == "interval":
            places = np.broadcast_to(values, totals.shape)
        middle = _ratio((totals * places).sum(axis=1), totals.sum(axis=1))
        places = places - np.nan_to_num(middle)[:, None]
        within = (weights * (places[:, first] - places[:, second]) ** 2).sum(axis=1)
        between = (totals * places**2).sum(axis=1) * totals.sum(axis=1)
    codes = totals.sum(axis=1)
    observed = _ratio(2 * within, codes)
    return 1 - _ratio(observed, 2 * between / np.maximum(codes * (codes - 1), 1))


def _by_value(weights: np.ndarray, codes: np.ndarray, size: int) -> np.ndarray:
    """Sum each row of weights by the value of its units."""
    order = np.argsort(codes, kind="stable")
    there, starts = np.unique(codes[order], return_index=True)
    sums = np.zeros((len(weights), size))
    if len(there):
        sums[:, there] = np.add.reduceat(weights[:, order], starts, axis=1)
    return sums


def _ratio(part, whole) -> np.ndarray:
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    missing = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    return np.divide(part, whole, out=missing, where=whole > 0)
