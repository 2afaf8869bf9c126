"""The word model: what a plain classifier of words reaches on the same codes.

Each unit is guessed by a model that has seen no unit of its cluster.
"""

import re
from collections import Counter

import numpy as np
from scipy import sparse

from mediakit.formulas.logistic import fit_logistic

FOLDS = 5
LEAST_TEXTS = 2
COST = 10.0
find_words = re.compile(r"\w+(?:['’-]\w+)*").findall


def guess_by_words(
    texts: list[str], clusters: np.ndarray, tasks, *, seed: int
) -> list[np.ndarray]:
    """Return, for each task, units x classes: log odds of each class.

    Parameters
    ----------
    texts : list of str
        Of all units.
    clusters : ndarray of int
        Of all units; those of a cluster are in the same of five folds.
    tasks : list of Task
    seed : int
        Draws the folds.

    Notes
    -----
    TF-IDF (1 + ln uses; ln((1 + n) / (1 + texts with it)) + 1; length 1) of lower-cased
    words and pairs of words that two training texts have; logistic regression with a
    ridge (C = 10) and classes weighted alike. Where a fold's training part has a
    single class, its units are guessed to be of it.
    """
    folds = draw_folds(clusters, seed)
    uses = count_uses(texts)
    found = [np.full((len(one.rows), len(one.classes)), -np.inf) for one in tasks]
    for fold in np.unique(folds):
        train = folds != fold
        features = tf_idf(uses, train)
        for one, scores in zip(tasks, found, strict=True):
            inside = train[one.rows]
            if inside.any():
                rows = one.rows[inside]
                size = len(one.classes)
                fitted = fit_logistic(
                    features[rows], one.coded[inside], size, cost=COST
                )
                out = one.rows[~inside]
                scores[~inside] = features[out] @ fitted[0] + fitted[1]
    return found


def draw_folds(clusters: np.ndarray, seed: int) -> np.ndarray:
    """Return the fold of each unit; large clusters first, into the smallest fold."""
    rng = np.random.default_rng(seed)
    _, clusters, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    order = rng.permutation(len(sizes))
    order = order[np.argsort(-sizes[order], kind="stable")]
    filled = np.zeros(FOLDS)
    fold = np.empty(len(sizes), int)
    for cluster in order:
        fold[cluster] = filled.argmin()
        filled[fold[cluster]] += sizes[cluster]
    return fold[clusters]


def _terms(text: str) -> list[str]:
    words = find_words(text.lower())
    return [*words, *(" ".join(two) for two in zip(words, words[1:], strict=False))]


def count_uses(texts: list[str]) -> sparse.csr_array:
    """Count the terms of each text: texts x terms that two texts have, in order."""
    number: dict[str, int] = {}
    columns, uses, ends = [], [], [0]
    for text in texts:
        for term, count in Counter(_terms(text)).items():
            columns.append(number.setdefault(term, len(number)))
            uses.append(count)
        ends.append(len(columns))
    columns = np.array(columns, np.int64)
    common = np.bincount(columns, minlength=len(number)) >= LEAST_TEXTS
    kept = [term for term, often in zip(number, common, strict=True) if often]
    shape = (len(texts), len(number))
    counts = sparse.csr_array((np.array(uses, float), columns, ends), shape=shape)
    order = np.array([number[term] for term in sorted(kept)], np.int64)
    return sparse.csr_array(counts[:, order])


def tf_idf(uses: sparse.csr_array, train: np.ndarray) -> sparse.csr_array:
    """Weigh the terms that two training texts have; `uses` as of `count_uses`."""
    held = np.bincount(uses[train].indices, minlength=uses.shape[1])
    known = held >= LEAST_TEXTS
    rarity = np.log((1 + train.sum()) / (1 + held[known])) + 1
    weights = sparse.csr_array(uses[:, known])
    weights.data = (1 + np.log(weights.data)) * rarity[weights.indices]
    lengths = np.sqrt(weights.multiply(weights).sum(axis=1))
    scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return sparse.csr_array(sparse.diags_array(scale) @ weights)
