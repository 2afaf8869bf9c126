"""Topics: words that stand in the same articles, as mixtures that make each article.

Non-negative factorisation by Kullback-Leibler divergence (Lee and Seung 1999), which
is Hofmann's probabilistic latent semantic analysis (Gaussier and Goutte 2005).
"""

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment

AT_ONCE = 1 << 16
TINY = 1e-12


def mixture(weights: np.ndarray, topics: np.ndarray, counts: sparse.csr_array):
    """Return what the topics expect, at the places of the counts."""
    rows = np.repeat(np.arange(len(weights)), np.diff(counts.indptr))
    words = np.ascontiguousarray(topics.T)
    expected = np.empty(counts.nnz)
    for first in range(0, counts.nnz, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        here = weights[rows[some]], words[counts.indices[some]]
        expected[some] = np.einsum("nk,nk->n", *here)
    return np.maximum(expected, TINY)


def _quotients(weights, topics, counts):
    quotient = counts.data / mixture(weights, topics, counts)
    return sparse.csr_array((quotient, counts.indices, counts.indptr), counts.shape)


def divergence(weights, topics, counts: sparse.csr_array) -> float:
    """Return the Kullback-Leibler divergence of the counts from the mixture, in nats.

    Less a part that no mixture changes; comparable on the same counts only.
    """
    expected = mixture(weights, topics, counts)
    return float((counts.data * np.log(counts.data / expected)).sum())


def learn_topics(
    counts: sparse.csr_array, k: int, rng, *, sweeps: int = 100, close: float = 1e-4
) -> tuple[np.ndarray, np.ndarray]:
    """Learn k topics from counts of words, by expectation-maximisation.

    Parameters
    ----------
    counts : csr_array of float, articles x words
        Each row and column has an entry above 0.
    k : int
        Number of topics.
    rng : numpy.random.Generator
        Of the beginning; another one may end elsewhere.
    sweeps : int, default 100
        At most.
    close : float, default 1e-4
        Stops when ten sweeps bring the divergence down by a smaller part.

    Returns
    -------
    topics : ndarray, k x words
        Probabilities of the words; rows sum to 1.
    weights : ndarray, articles x k
        Words of each article by topic; rows sum to the article's words.
    """
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    overall = np.asarray(counts.sum(axis=0)).ravel() / sizes.sum()
    topics = overall * rng.gamma(1.0, 1.0, (k, counts.shape[1]))
    topics /= topics.sum(axis=1, keepdims=True)
    weights = rng.gamma(10.0, 1.0, (len(sizes), k))
    weights *= (sizes / weights.sum(axis=1))[:, None]
    before = np.inf
    for sweep in range(sweeps):
        quotients = _quotients(weights, topics, counts)
        shares = topics * (quotients.T @ weights).T
        weights = weights * (quotients @ topics.T)
        topics = shares / np.maximum(shares.sum(axis=1, keepdims=True), TINY)
        if sweep % 10 == 9:
            now = divergence(weights, topics, counts)
            if before - now < close * abs(now):
                break
            before = now
    return topics, weights


def allot(counts: sparse.csr_array, topics: np.ndarray, *, sweeps=50) -> np.ndarray:
    """Allot each article's words to given topics.

    Parameters
    ----------
    counts : csr_array of float, articles x words
    topics : ndarray, k x words
        Rows sum to 1.
    sweeps : int, default 50
        Steps from equal weights; the best weights are unique, and near by then.

    Returns
    -------
    ndarray, articles x k
        Rows sum to the article's words.

    Examples
    --------
    >>> topics = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])
    >>> allot(sparse.csr_array([[2, 1, 1, 0], [0, 0, 3, 2]]), topics).round(2).tolist()
    [[3.0, 1.0], [0.0, 5.0]]
    """
    sizes = np.asarray(counts.sum(axis=1), float).ravel()
    topics = np.maximum(topics, TINY)
    weights = np.repeat(sizes[:, None] / len(topics), len(topics), axis=1)
    for _ in range(sweeps):
        weights = weights * (_quotients(weights, topics, counts) @ topics.T)
    total = weights.sum(axis=1)
    return (
        weights
        * np.divide(sizes, total, out=np.zeros_like(total), where=total > 0)[:, None]
    )


def match_topics(topics: np.ndarray, others: np.ndarray, top: int) -> np.ndarray:
    """Return the share of each topic's top words that its counterpart shares.

    Counterparts are paired one to one, so that the words shared in all are most
    (Hungarian method).

    Examples
    --------
    >>> topics = np.array([[5, 4, 0, 0.0], [0, 0, 3, 2]])
    >>> match_topics(topics, topics[::-1], 2).tolist()
    [1.0, 1.0]
    """
    tops = [
        np.argsort(-one, axis=1, kind="stable")[:, :top] for one in (topics, others)
    ]
    shared = np.array(
        [[np.isin(one, two).mean() for two in tops[1]] for one in tops[0]]
    )
    rows, columns = linear_sum_assignment(-shared)
    return shared[rows, columns]
