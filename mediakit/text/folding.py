"""The fold of a corpus' vocabulary, kept for the next question."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from mediakit.text.corpus import Corpus
from mediakit.text.vocabulary import fold_vocabulary

KEPT = 4
_kept: OrderedDict[tuple, tuple] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, eq=False)
class Folded:
    """The items of a vocabulary, and the item of each of its types (int32, -1 none)."""

    items: list[str]
    index: np.ndarray


def folded_vocabulary(corpus: Corpus, fold) -> Folded:
    """Return the fold of a corpus' vocabulary, as `fold_vocabulary` makes it.

    What was made last is kept, unless `fold` is an object of somebody's own.
    """
    if not isinstance(fold, str | None):
        return _folded(corpus, fold)
    key = id(corpus.vocabulary), fold, corpus.language
    with _lock:
        if key not in _kept:
            _kept[key] = corpus.vocabulary, _folded(corpus, fold)
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[key][1]


def _folded(corpus: Corpus, fold) -> Folded:
    words = corpus.vocabulary.to_pylist()
    return Folded(*fold_vocabulary(words, fold, language=corpus.language))
