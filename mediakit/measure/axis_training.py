"""Training an axis: neighbours counted once, models of any sample of the articles."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from mediakit.formulas.vectors import positions, ppmi, reduce
from mediakit.text.corpus import Corpus
from mediakit.text.shard import SENTENCE, View
from mediakit.workers import Once, each


@dataclass(frozen=True, eq=False)
class Neighbours:
    """How often words stand near each other in each article.

    Attributes
    ----------
    pairs : ndarray of int64
        Smaller word times number of words plus larger word; ascending.
    counts : csr_array, pairs x articles
    size : int
        Number of words.
    """

    pairs: np.ndarray
    counts: sparse.csr_array
    size: int

    def vectors(self, dimensions: int, times: np.ndarray) -> np.ndarray:
        """Return the vectors of the words, where each article counts so many times."""
        matrix = ppmi(self.pairs, self.counts @ times, self.size)
        return reduce(matrix, dimensions)


def count_neighbours(
    corpus: Corpus, words: np.ndarray, size: int, window: int
) -> Neighbours:
    """Count which words stand near each other, article by article.

    `words` has the word of each type of the corpus, or -1.
    """
    pieces = [(Once(part),) for part in corpus.parts]
    found = list(each(_near, pieces, corpus.view, Once(words), size, window))
    firsts = np.cumsum([0, *map(len, corpus.parts)])
    pairs = np.concatenate([np.empty(0, np.int64), *(one[0] for one in found)])
    rows = [one[1] + first for one, first in zip(found, firsts[:-1], strict=True)]
    rows = np.concatenate([np.empty(0, np.int64), *rows])
    known, places = np.unique(pairs, return_inverse=True)
    shape = (len(known), int(firsts[-1]))
    cells = (np.ones(len(rows)), (places, rows))
    return Neighbours(
        known, sparse.csr_array(sparse.coo_array(cells, shape=shape)), size
    )


def _near(piece, view: View, words: np.ndarray, size: int, window: int):
    """Return pairs of words near each other and their rows; for `each`."""
    (part,) = piece
    shard = part.shard
    tokens, mask = shard.selection(view)
    items = words[part.to_global][shard.ids[tokens]].astype(np.int64)
    if mask is not None:
        items[~mask] = -1
    sentence = np.cumsum((np.asarray(shard.flags)[tokens] & SENTENCE) > 0)
    documents = shard.documents(view.field)
    sizes = np.diff(shard.offsets[documents.start : documents.stop + 1])
    place = np.arange(len(shard))
    if part.rows is not None:
        place = np.full(len(shard), -1)
        place[part.rows] = np.arange(len(part.rows))
    rows = np.repeat(place, sizes)
    items[rows < 0] = -1
    pairs, owners = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, window + 1):
        one, two = items[:-step], items[step:]
        near = (one >= 0) & (two >= 0) & (one != two)
        near &= sentence[:-step] == sentence[step:]
        one, two = one[near], two[near]
        pairs.append(np.minimum(one, two) * size + np.maximum(one, two))
        owners.append(rows[:-step][near])
    return np.concatenate(pairs), np.concatenate(owners)


@dataclass(frozen=True, eq=False)
class Training:
    """A trained axis, and what it takes to train it again on other articles.

    Attributes
    ----------
    neighbours : Neighbours
    first, second : ndarray of int
        Words of the poles.
    dimensions, seed : int
    """

    neighbours: Neighbours
    first: np.ndarray
    second: np.ndarray
    dimensions: int
    seed: int

    def whole(self) -> np.ndarray:
        """Return the vectors learnt from all articles."""
        times = np.ones(self.neighbours.counts.shape[1])
        return self.neighbours.vectors(self.dimensions, times)

    def again(self, times: np.ndarray) -> np.ndarray:
        """Return positions when each article counts as often as `times` says."""
        vectors = self.neighbours.vectors(self.dimensions, times)
        return positions(vectors, self.first, self.second)

    def drawn(self, repeats: int) -> np.ndarray:
        """Return positions in bootstrap samples of articles, samples x words."""
        rng = np.random.default_rng([self.seed, 1])
        articles = self.neighbours.counts.shape[1]
        found = np.empty((repeats, self.neighbours.size))
        for number in range(repeats):
            drawn = rng.integers(articles, size=articles)
            found[number] = self.again(np.bincount(drawn, minlength=articles))
        return found

    def halves(self) -> tuple[np.ndarray, np.ndarray]:
        """Return positions learnt from one random half, and from the other."""
        rng = np.random.default_rng([self.seed, 2])
        articles = self.neighbours.counts.shape[1]
        first = np.zeros(articles)
        first[rng.permutation(articles)[: articles // 2]] = 1
        return self.again(first), self.again(1 - first)
