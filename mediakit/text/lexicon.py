"""Lexicon: which types of a vocabulary a word of a pattern means."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.errors import MediakitError
from mediakit.text.folding import EXACT, Fold, english_stem, fold_of, one_spelling
from mediakit.text.pattern_syntax import ANY, ONE, Word
from mediakit.text.vocabulary import fold_vocabulary, lower

RE2_SAYS = "Invalid regular expression: "
PARTS = {ANY: "(?s:.*)", ONE: "(?s:.)"}


class Lexicon:
    """One vocabulary, asked for the types that words of patterns are."""

    def __init__(self, vocabulary: pa.LargeStringArray, language: str):
        self.vocabulary, self.language = vocabulary, language

    def types(self, word: Word, text: str) -> np.ndarray:
        """Return the types (int32, ascending) that a word of the pattern `text` is."""
        if word.kind == "regex":
            return self._regex(word, text)
        if word.fold in ("lemma", "stem"):
            return self._beyond_lower(word)
        fold = self._fold(word.fold)
        folded = (lower if word.fold == "lower" else one_spelling)(word.text)
        return like(fold, folded) if word.kind == "glob" else fold.equal(folded)

    def _beyond_lower(self, word: Word) -> np.ndarray:
        items, index = fold_vocabulary([word.text], word.fold, language=self.language)
        item = items[index[0]]
        if word.fold == "stem" and self.language == "en":
            return english_stem(self.vocabulary, item)
        return self._fold(word.fold).equal(item)

    def _fold(self, name: str) -> Fold:
        return fold_of(self.vocabulary, name, self.language)

    def _regex(self, word: Word, text: str) -> np.ndarray:
        flags = "" if word.fold == EXACT else "(?i)"
        try:
            pc.match_substring_regex(pa.array([""]), word.text)
            fold = self._fold(EXACT)
            rule = rf"{flags}\A(?:{word.text})\z"
            found = pc.match_substring_regex(fold.words, rule)
        except pa.ArrowInvalid as error:
            raise MediakitError(
                f"pattern {text!r}, character {word.at + 1}: RE2 cannot read this "
                f"regular expression ({str(error).removeprefix(RE2_SAYS)}); "
                "it knows no lookaround and no backreferences, so that none can hang, "
                "and no repetitions over 1,000: write it without them."
            ) from error
        return fold.of_mask(found.to_numpy(zero_copy_only=False))


def like(fold: Fold, text: str) -> np.ndarray:
    """Return the types of the items that fit a text with wildcards."""
    cut = min(text.find(sign) % (len(text) + 1) for sign in PARTS)
    head, tail = text[:cut], text[cut:]
    first, last = fold.place(head), fold.place(head + chr(0x10FFFF))
    if tail == ANY:
        return fold.of_range(first, last)
    mask = np.zeros(len(fold), bool)
    inside = fold.words.slice(first, last - first)
    if tail[0] == ANY and not any(sign in tail[1:] for sign in PARTS) and not head:
        found = pc.ends_with(inside, tail[1:])
    else:
        found = pc.match_substring_regex(inside, rf"\A{_wild_rule(text)}\z")
    mask[first:last] = found.to_numpy(zero_copy_only=False)
    return fold.of_mask(mask)


def _wild_rule(text: str) -> str:
    """Return the regular expression of a text with wildcards."""
    return "".join(PARTS.get(sign) or rf"\x{{{ord(sign):x}}}" for sign in text)
