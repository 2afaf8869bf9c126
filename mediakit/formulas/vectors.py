"""Word vectors from counts: positive pointwise mutual information, reduced by SVD."""

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

SMOOTHING = 0.75
SMALL = 200


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
    cells = information[kept], (rows[kept], columns[kept])
    return sparse.csr_array(sparse.coo_array(cells, shape=(size, size)))


def reduce(matrix: sparse.csr_array, dimensions: int) -> np.ndarray:
    """Return a vector of length 1 for each row, from its leading directions.

    Parameters
    ----------
    matrix : csr_array, words x contexts
    dimensions : int
        At most the number of words less one.

    Returns
    -------
    ndarray, words x dimensions
        Left singular vectors times the root of the singular values, scaled to length
        1; a row of zeros stays.

    Notes
    -----
    The singular vectors are computed to convergence (ARPACK). A few rounds of a
    randomised method do not do: spectra of word counts are flat, and positions on an
    axis then changed with the start by as much as with the sample of articles.

    Examples
    --------
    >>> matrix = sparse.csr_array(np.diag([3.0, 2.0, 1.0, 0.0]))
    >>> np.abs(reduce(matrix, 2)).round(6)[:2].tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    if min(matrix.shape) <= SMALL:
        left, values, _ = np.linalg.svd(matrix.toarray(), full_matrices=False)
    else:
        start = np.random.default_rng(0).standard_normal(min(matrix.shape))
        left, values, _ = svds(
            matrix, dimensions, v0=start, return_singular_vectors="u"
        )
        left, values = left[:, ::-1], values[::-1]
    return unit_length(left[:, :dimensions] * np.sqrt(values[:dimensions]))


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
