"""The fold of a corpus' vocabulary, kept for the next question."""

import threading
from collections import OrderedDict

import numpy as np

from mediakit.text.corpus import Corpus
from mediakit.text.vocabulary import fold_vocabulary

KEPT = 4
_kept: OrderedDict[tuple, tuple] = OrderedDict()
_lock = threading.Lock()


def folded_vocabulary(corpus: Corpus, fold) -> tuple[list[str], np.ndarray]:
    """Return the items of a corpus' vocabulary and the item of each of its types.

    As `fold_vocabulary`; what it made last is kept, unless `fold` is a function.
    """
    if not isinstance(fold, str | None):
        return _folded(corpus, fold)
    key = id(corpus.vocabulary), fold, corpus.language
    with _lock:
        if key not in _kept:
            _kept[key] = corpus.vocabulary, *_folded(corpus, fold)
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[key][1:]


def _folded(corpus: Corpus, fold):
    words = corpus.vocabulary.to_pylist()
    return fold_vocabulary(words, fold, language=corpus.language)
