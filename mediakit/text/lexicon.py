"""Lexicon: which types of a vocabulary a word of a pattern means."""

import threading
import unicodedata
from bisect import bisect_left
from collections import OrderedDict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.errors import MediakitError
from mediakit.text.pattern_syntax import ANY, ONE, Word
from mediakit.text.vocabulary import ONE_SPELLING, fold_vocabulary, lower

KEPT = 2
RE2_SAYS = "Invalid regular expression: "
_kept: OrderedDict[tuple, "Lexicon"] = OrderedDict()
_lock = threading.Lock()
PARTS = {ANY: "(?s:.*)", ONE: "(?s:.)"}


def lexicon_of(vocabulary: pa.LargeStringArray, language: str) -> "Lexicon":
    """Return the lexicon of a vocabulary; the last ones used are kept."""
    key = (id(vocabulary), language)
    with _lock:
        if key not in _kept:
            _kept[key] = Lexicon(vocabulary, language)
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[key]


class Fold:
    """Items by code point, and the types of each: a map on the vocabulary, inverted.

    `number` (int32) is the item of each type, -1 for none.
    """

    def __init__(self, items: pa.LargeStringArray, number: np.ndarray):
        self.items, self.number = items, number
        order = np.argsort(number, kind="stable").astype(np.int32)
        self.types = order[np.count_nonzero(number < 0) :]
        sizes = np.bincount(number[number >= 0], minlength=len(items))
        self.starts = np.concatenate([[0], np.cumsum(sizes)])

    def of_range(self, first: int, last: int) -> np.ndarray:
        """Return the types of the items from `first` to before `last`."""
        return np.sort(self.types[self.starts[first] : self.starts[last]])

    def of_mask(self, mask: np.ndarray) -> np.ndarray:
        """Return the types of the items that are marked."""
        return np.flatnonzero(np.append(mask, False)[self.number]).astype(np.int32)

    def place(self, text: str) -> int:
        """Return where `text` stands, or would stand, among the items."""
        at = range(len(self.items))
        return bisect_left(at, text, key=lambda number: self.items[number].as_py())

    def equal(self, text: str) -> np.ndarray:
        """Return the types of one item."""
        at = self.place(text)
        found = at < len(self.items) and self.items[at].as_py() == text
        return self.of_range(at, at + 1) if found else np.empty(0, np.int32)

    def like(self, text: str) -> np.ndarray:
        """Return the types of the items that fit a text with wildcards."""
        cut = min(text.find(sign) % (len(text) + 1) for sign in PARTS)
        head, tail = text[:cut], text[cut:]
        first, last = self.place(head), self.place(head + chr(0x10FFFF))
        if tail == ANY:
            return self.of_range(first, last)
        mask = np.zeros(len(self.items), bool)
        inside = self.items.slice(first, last - first)
        if tail[0] == ANY and not any(sign in tail[1:] for sign in PARTS) and not head:
            found = pc.ends_with(inside, tail[1:])
        else:
            found = pc.match_substring_regex(inside, rf"\A{_wild_rule(text)}\z")
        mask[first:last] = found.to_numpy(zero_copy_only=False)
        return self.of_mask(mask)


def one_spelling(word: str) -> str:
    """Return a word in one spelling of marks and accents, its case kept."""
    return unicodedata.normalize("NFC", word).translate(ONE_SPELLING)


def _wild_rule(text: str) -> str:
    """Return the regular expression of a text with wildcards."""
    return "".join(PARTS.get(sign) or rf"\x{{{ord(sign):x}}}" for sign in text)


class Lexicon:
    """Folds of one vocabulary, each made when it is first asked for."""

    def __init__(self, vocabulary: pa.LargeStringArray, language: str):
        self.vocabulary, self.language = vocabulary, language
        self._folds: dict[str, Fold] = {}
        self._lock = threading.Lock()

    def fold(self, name: str) -> Fold:
        """Return the fold "lower", "exact", "lemma" or "stem"."""
        with self._lock:
            if name not in self._folds:
                self._folds[name] = self._made(name)
            return self._folds[name]

    def types(self, word: Word, text: str) -> np.ndarray:
        """Return the types (int32, ascending) that a word of the pattern `text` is."""
        if word.kind == "regex":
            return self._regex(word, text)
        fold = self.fold(word.fold)
        if word.fold in ("lemma", "stem"):
            items, number = fold_vocabulary(
                [word.text], word.fold, language=self.language
            )
            return fold.equal(items[number[0]])
        folded = (lower if word.fold == "lower" else one_spelling)(word.text)
        return fold.like(folded) if word.kind == "glob" else fold.equal(folded)

    def _made(self, name: str) -> Fold:
        if name in ("lemma", "stem"):
            words = self.vocabulary.to_pylist()
            items, number = fold_vocabulary(words, name, language=self.language)
            return Fold(pa.array(items, pa.large_string()), number)
        if name == "lower":
            return _fold(pc.ascii_lower(self.vocabulary), self.vocabulary, lower)
        return _fold(self.vocabulary, self.vocabulary, one_spelling)

    def _regex(self, word: Word, text: str) -> np.ndarray:
        flags = "" if word.fold == "exact" else "(?i)"
        try:
            pc.match_substring_regex(pa.array([""]), word.text)
            fold = self.fold("exact")
            rule = rf"{flags}\A(?:{word.text})\z"
            found = pc.match_substring_regex(fold.items, rule)
        except pa.ArrowInvalid as error:
            raise MediakitError(
                f"pattern {text!r}, character {word.at + 1}: RE2 cannot read this "
                f"regular expression ({str(error).removeprefix(RE2_SAYS)}); "
                "it knows no lookaround and no backreferences, so that none can hang, "
                "and no repetitions over 1,000: write it without them."
            ) from error
        return fold.of_mask(found.to_numpy(zero_copy_only=False))


def _fold(plain: pa.LargeStringArray, vocabulary: pa.LargeStringArray, rule) -> Fold:
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
    number = rank[coded.indices.to_numpy()]
    if len(items) and items[0].as_py() == "":
        items, number = items.slice(1), number - 1
    return Fold(items, number)
