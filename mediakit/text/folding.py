"""The folds of a vocabulary: its items, and which types each of them is; kept."""

import threading
import unicodedata
from bisect import bisect_left
from collections import OrderedDict
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.text.corpus import Corpus
from mediakit.text.vocabulary import ONE_SPELLING, fold_lower, fold_vocabulary, lower

KEPT = 6
EXACT = "exact"
_kept: OrderedDict[tuple, tuple] = OrderedDict()
_lock = threading.RLock()


class Fold:
    """Items by code point, and the item of each type: a map on the vocabulary.

    `index` (int32) is the item of each type, -1 for none.
    """

    def __init__(self, items: pa.LargeStringArray, index: np.ndarray):
        self.words, self.index = items, index
        self.stems: dict[str, tuple] = {}

    def __len__(self):
        return len(self.words)

    @cached_property
    def items(self) -> list[str]:
        """The items as Python's strings."""
        return self.words.to_pylist()

    @cached_property
    def _types(self) -> np.ndarray:
        order = np.argsort(self.index, kind="stable").astype(np.int32)
        return order[np.count_nonzero(self.index < 0) :]

    @cached_property
    def _starts(self) -> np.ndarray:
        sizes = np.bincount(self.index[self.index >= 0], minlength=len(self))
        return np.concatenate([[0], np.cumsum(sizes)])

    def of_range(self, first: int, last: int) -> np.ndarray:
        """Return the types of the items from `first` to before `last`."""
        return np.sort(self._types[self._starts[first] : self._starts[last]])

    def of_mask(self, mask: np.ndarray) -> np.ndarray:
        """Return the types of the items that are marked."""
        return np.flatnonzero(np.append(mask, False)[self.index]).astype(np.int32)

    def place(self, text: str) -> int:
        """Return where `text` stands, or would stand, among the items."""
        return bisect_left(range(len(self)), text, key=lambda n: self.words[n].as_py())

    def equal(self, text: str) -> np.ndarray:
        """Return the types of one item."""
        at = self.place(text)
        found = at < len(self) and self.words[at].as_py() == text
        return self.of_range(at, at + 1) if found else np.empty(0, np.int32)


def folded_vocabulary(corpus: Corpus, fold) -> Fold:
    """Return the fold of a corpus' vocabulary, as `fold_vocabulary` makes it.

    What was made last is kept, unless `fold` is an object of somebody's own.
    """
    return fold_of(corpus.vocabulary, fold, corpus.language)


def fold_of(vocabulary: pa.LargeStringArray, fold, language: str) -> Fold:
    """Return a fold of a vocabulary, "exact" too: one spelling, the case kept."""
    if not isinstance(fold, str | None):
        return _made(vocabulary, fold, language)
    key = id(vocabulary), fold, language
    with _lock:
        if key not in _kept:
            _kept[key] = vocabulary, _made(vocabulary, fold, language)
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[key][1]


def english_stem(vocabulary: pa.LargeStringArray, stem: str) -> np.ndarray:
    """Return the types of an English stem, without all others being stemmed.

    It begins with the letter of its words, but for an apostrophe before that; the words
    of a letter are stemmed once.
    """
    if not stem:
        return np.empty(0, np.int32)
    plain, initial = fold_of(vocabulary, "lower", "en"), stem[0]
    if initial not in plain.stems:
        runs = ((first, first + chr(0x10FFFF)) for first in (initial, "'" + initial))
        edges = (map(plain.place, run) for run in runs)
        places = np.unique(np.concatenate([np.arange(*edge) for edge in edges]))
        words = plain.words.take(pa.array(places)).to_pylist()
        plain.stems[initial] = places, *fold_lower(words, "stem", language="en")
    places, items, index = plain.stems[initial]
    found = places[index == items.index(stem)] if stem in items else places[:0]
    mask = np.zeros(len(plain), bool)
    mask[found] = True
    return plain.of_mask(mask)


def one_spelling(word: str) -> str:
    """Return a word in one spelling of marks and accents, its case kept."""
    return unicodedata.normalize("NFC", word).translate(ONE_SPELLING)


def _made(vocabulary: pa.LargeStringArray, fold, language: str) -> Fold:
    if isinstance(fold, str) and fold == "lower":
        return _by_rule(pc.ascii_lower(vocabulary), vocabulary, lower)
    if isinstance(fold, str) and fold == EXACT:
        return _by_rule(vocabulary, vocabulary, one_spelling)
    if isinstance(fold, str) and fold in ("stem", "lemma"):
        return _on_lower(fold_of(vocabulary, "lower", language), fold, language)
    items, index = fold_vocabulary(vocabulary.to_pylist(), fold, language=language)
    return Fold(pa.array(items, pa.large_string()), index)


def _on_lower(plain: Fold, fold: str, language: str) -> Fold:
    """Fold further what is in lower case: a third fewer words than the types."""
    items, index = fold_lower(plain.items, fold, language=language)
    to = np.append(index, np.int32(-1))
    return Fold(pa.array(items, pa.large_string()), to[plain.index])


def _by_rule(plain: pa.LargeStringArray, vocabulary: pa.LargeStringArray, rule) -> Fold:
    """Return the fold by a rule; `plain` has it where neither "." nor US plays in."""
    simple = pc.and_(
        pc.string_is_ascii(vocabulary),
        pc.invert(pc.match_substring_regex(vocabulary, r"\.|US|WHO")),
    )
    rest = pc.invert(simple)
    changed = [rule(word) for word in vocabulary.filter(rest).to_pylist()]
    folded = pc.replace_with_mask(plain, rest, pa.array(changed, pa.large_string()))
    coded = folded.dictionary_encode()
    order = pc.sort_indices(coded.dictionary).to_numpy()
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    items = coded.dictionary.take(order)
    index = rank[coded.indices.to_numpy()]
    if len(items) and items[0].as_py() == "":
        items, index = items.slice(1), index - 1
    return Fold(items, index)
