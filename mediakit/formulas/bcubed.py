"""How well groups made by a method fit the true ones, seen from every member.

B-cubed asks of each member which share of those grouped with it belongs there, and
which share of those that belong with it is there; unlike a count of pairs it does not
let one large group decide.
"""

import numpy as np


def bcubed(truth, found) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and their harmonic mean F1; NaN for none.

    Parameters
    ----------
    truth, found : array-like, one label per member
        The true group of each member, and the one a method gave. A member stands in
        one group of each.

    Notes
    -----
    Bagga and Baldwin (1998), Algorithms for scoring coreference chains, LREC. Where
    most members stand alone, putting each alone scores high: report that beside it.

    Examples
    --------
    >>> [round(figure, 6) for figure in bcubed([1, 1, 2], [7, 7, 7])]
    [0.555556, 1.0, 0.714286]
    """
    true, made, both = _sizes(truth, found)
    if not len(both):
        return np.nan, np.nan, np.nan
    precision, recall = float((both / made).mean()), float((both / true).mean())
    return precision, recall, 2 * precision * recall / (precision + recall)


def same_pairs(truth, found) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pairs put together; NaN where undefined.

    Examples
    --------
    >>> [round(figure, 6) for figure in same_pairs([1, 1, 2], [7, 7, 7])]
    [0.333333, 1.0, 0.5]
    """
    true, made, both = (int((size - 1).sum()) for size in _sizes(truth, found))
    precision = both / made if made else np.nan
    recall = both / true if true else np.nan
    return precision, recall, 2 * both / (true + made) if true + made else np.nan


def nearest_shares(truth, similarity: np.ndarray) -> float:
    """Return for which share of members the most similar other one is of its group.

    Parameters
    ----------
    truth : array-like, one label per member
        Members alone in their group are left out, as they have no right answer.
    similarity : ndarray, members x members
        The diagonal is not looked at; of equals the first counts.

    Examples
    --------
    >>> alike = np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]])
    >>> nearest_shares(["a", "a", "a"], alike), nearest_shares(["a", "b", "a"], alike)
    (1.0, 0.0)
    """
    codes, sizes = _codes(truth)
    others = np.array(similarity, float)
    np.fill_diagonal(others, -np.inf)
    asked = sizes[codes] > 1
    if not asked.any():
        return np.nan
    return float((codes[others.argmax(axis=1)] == codes)[asked].mean())


def _sizes(truth, found) -> tuple[np.ndarray, ...]:
    """Return how many are with each member: in truth, as found, in both."""
    true, true_sizes = _codes(truth)
    made, made_sizes = _codes(found)
    if len(true) != len(made):
        raise ValueError(f"{len(true)} true labels, but {len(made)} found.")
    both, both_sizes = _codes(true * max(len(made_sizes), 1) + made)
    return true_sizes[true], made_sizes[made], both_sizes[both]


def _codes(labels) -> tuple[np.ndarray, np.ndarray]:
    _, codes, sizes = np.unique(
        np.asarray(labels), return_inverse=True, return_counts=True
    )
    return codes, sizes
