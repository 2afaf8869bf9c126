"""How much two texts share, as sets of shingles, and how sure a sketch of it is.

The error and the collision probabilities tell whether a sketch would do or, as in
`label_duplicates`, every shingle is to be looked up.
"""

import numpy as np


def jaccard(shared: np.ndarray, size_a: np.ndarray, size_b: np.ndarray) -> np.ndarray:
    """Return the share of all shingles that stand in both texts; NaN for none.

    Broder (1997) calls it resemblance.

    Examples
    --------
    >>> float(jaccard(8, 11, 10))
    0.6153846153846154
    """
    return _ratio(shared, np.add(size_a, size_b) - shared)


def containment(shared: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the share of one text's shingles that stand in the other; NaN for none.

    Examples
    --------
    >>> float(containment(8, 10))
    0.8
    """
    return _ratio(shared, size)


def overlap(shared: np.ndarray, size_a: np.ndarray, size_b: np.ndarray) -> np.ndarray:
    """Return the containment of the smaller text in the larger; NaN for none.

    Examples
    --------
    >>> float(overlap(8, 400, 10))
    0.8
    """
    return _ratio(shared, np.minimum(size_a, size_b))


def minhash_error(similarity: np.ndarray, hashes: int) -> np.ndarray:
    """Return the standard error of a Jaccard coefficient estimated by MinHash.

    It is ``sqrt(J (1 - J) / hashes)`` (Broder 1997).

    Examples
    --------
    >>> round(float(minhash_error(0.5, 100)), 3)
    0.05
    """
    similarity = np.asarray(similarity, float)
    return np.sqrt(similarity * (1 - similarity) / hashes)


def lsh_probability(similarity: np.ndarray, *, bands: int, rows: int) -> np.ndarray:
    """Return the probability that banded MinHash makes a pair a candidate.

    It is ``1 - (1 - J**rows)**bands`` (Leskovec, Rajaraman and Ullman, chapter 3).

    Examples
    --------
    >>> round(float(lsh_probability(0.5, bands=20, rows=5)), 3)
    0.47
    """
    return 1 - (1 - np.asarray(similarity, float) ** rows) ** bands


def collision_probability(shingles: float, *, bits: int = 64) -> float:
    """Return at most how probable it is that any two of `shingles` share a hash.

    It is the number of pairs times the probability of one, at most 1.

    Examples
    --------
    >>> f"{collision_probability(45e6):.5f}"
    '0.00005'
    """
    return min(1.0, shingles * (shingles - 1) / 2.0 ** (bits + 1))


def _ratio(part, whole) -> np.ndarray:
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    empty = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    return np.divide(part, whole, out=empty, where=whole > 0)
