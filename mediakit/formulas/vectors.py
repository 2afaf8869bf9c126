"""Word vectors from counts: positive pointwise mutual information, reduced by SVD.

A few matrix products find the leading directions; a model of a sample of the same
articles starts from those of the whole, and needs fewer.
"""

import numpy as np
from scipy import sparse

SMOOTHING = 0.75
MORE = 10
STEPS, STEPS_AGAIN = 3, 1


def ppmi(pairs: np.ndarray, counts: np.ndarray, size: int) -> sparse.csr_array:
    """Return positive pointwise mutual information, words x words.

    Parameters
    ----------
    pairs : ndarray of int64
        Smaller number times `size` plus larger number, each pair once.
    counts : ndarray of float
        How often the two words stand near each other; 0 for a pair not seen.
    size : int
        Number of words.

    Notes
    -----
    log (p(w, c) / (p(w) p(c))) where above 0, with p(c) from counts to the power .75,
    so that rare neighbours do not decide (Levy, Goldberg and Dagan 2015).

    Examples
    --------
    >>> pairs = np.array([0 * 4 + 1, 2 * 4 + 3])  # words 0 and 1, words 2 and 3
    >>> found = ppmi(pairs, np.array([5.0, 5.0]), 4)
    >>> found.toarray()[0].astype(float).round(4).tolist()  # log 4
    [0.0, 1.3863, 0.0, 0.0]
    """
    seen = counts > 0
    one, two = np.divmod(pairs[seen], size)
    rows, columns = np.concatenate([one, two]), np.concatenate([two, one])
    both = np.tile(np.asarray(counts, float)[seen], 2)
    sums = np.bincount(rows, both, size)
    smoothed = sums**SMOOTHING
    whole = smoothed.sum()
    information = np.log(both * whole / (sums[rows] * smoothed[columns]))
    kept = information > 0
    cells = information[kept].astype(np.float32), (rows[kept], columns[kept])
    return sparse.csr_array(sparse.coo_array(cells, shape=(size, size)))


def reduce(
    matrix: sparse.csr_array,
    dimensions: int,
    *,
    rng: np.random.Generator | None = None,
    start: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return a vector of length 1 for each row, and directions to start from again.

    Parameters
    ----------
    matrix : csr_array, words x contexts
    dimensions : int
        At most the number of words less one.
    rng : numpy.random.Generator, optional
        Draws the first directions, where there is no `start`.
    start : ndarray, contexts x (dimensions + 10), optional
        Directions of a matrix much like this one.

    Returns
    -------
    vectors, start : ndarray
        Left singular vectors times the root of the singular values, scaled to length
        1 (0 for a row of zeros); and the directions.

    Notes
    -----
    Subspace iteration (Halko, Martinsson and Tropp 2011).

    Examples
    --------
    >>> matrix = sparse.csr_array(np.diag([3.0, 2.0, 1.0, 0.0]))
    >>> vectors, _ = reduce(matrix, 2, rng=np.random.default_rng(0))
    >>> np.abs(vectors).round(6)[:2].tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    columns = min(dimensions + MORE, *matrix.shape)
    steps = STEPS if start is None else STEPS_AGAIN
    if start is None:
        start = rng.standard_normal((matrix.shape[1], columns)).astype(matrix.dtype)
    for _ in range(steps):
        left, _ = np.linalg.qr(matrix @ start)
        start, _ = np.linalg.qr(matrix.T @ left)
    left, values, right = np.linalg.svd(matrix @ start, full_matrices=False)
    vectors = left[:, :dimensions] * np.sqrt(values[:dimensions])
    return unit_length(vectors.astype(float)), start @ right.T


def unit_length(vectors: np.ndarray) -> np.ndarray:
    """Return the rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)


def positions(vectors: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the cosine of each row with the way from the second pole to the first.

    Parameters
    ----------
    vectors : ndarray, words x dimensions
        Of length 1; rows of zeros have no position and get NaN.
    first, second : ndarray of int
        Rows of the poles' words; each word of a pole counts alike.

    Notes
    -----
    FrameAxis (Kwak, An, Jing and Ahn 2021).

    Examples
    --------
    >>> vectors = np.array([[1.0, 0], [0, 1], [-1, 0]])
    >>> positions(vectors, np.array([0]), np.array([2])).tolist()
    [1.0, 0.0, -1.0]
    """
    axis = vectors[first].mean(axis=0) - vectors[second].mean(axis=0)
    found = vectors @ unit_length(axis)
    return np.where(vectors.any(axis=1) & axis.any(), found, np.nan)


def left_out_positions(
    vectors: np.ndarray, first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """Return the position of each word of the poles on the axis made without it.

    First those of the first pole. NaN for the only word of a pole.
    """
    found = []
    for own, other in ((first, second), (second, first)):
        for word in own:
            rest = own[own != word]
            some = positions(vectors, rest, other)[word] if len(rest) else np.nan
            found.append(some)
    return np.array(found)
