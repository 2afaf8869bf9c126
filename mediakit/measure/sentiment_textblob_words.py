"""TextBlob's lexicon as arrays over codes, and the coded words of unique chunks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from threading import Lock

import numpy as np

from mediakit.kernels import textblob as loops
from mediakit.measure.sentiment_chunks import letters_only
from mediakit.measure.sentiment_emoticons import Splits

SARCASM = "(!)"
IDLE = 3
"""Code of what changes nothing, as a comma: too short to end what came before."""
_loading = Lock()


def lexicon_of(corrected: bool) -> "Lexicon":
    """Return the lexicon; corrected, only its entries of letters."""
    with _loading:  # the library's dictionary is half full while it loads
        return _lexicon(corrected)


@cache
def _lexicon(corrected):
    return Lexicon(corrected)


@dataclass(frozen=True)
class Words:
    """The words of unique chunks: those of chunk c are ``codes[offsets[c]:...]``.

    `letters` counts the characters of a chunk's tokens; `ends` and `begins` say what it
    may have of an emoticon, `joints` which of them make one.
    """

    offsets: np.ndarray
    codes: np.ndarray
    letters: np.ndarray
    ends: np.ndarray
    begins: np.ndarray
    joints: np.ndarray


class Lexicon:
    """What each coded word does; see `score_textblob`.

    Codes 0 to 3 are words it does not know: 1 if SHORT, 2 if SMALL, 3 (IDLE) if both.
    The entries follow in their order, then what negates and "!".
    """

    def __init__(self, corrected: bool):
        from textblob import _text as library
        from textblob.en import parser, sentiment

        self.find_tokens = parser.find_tokens
        self.weights = {word: sentiment[word][None] for word in sorted(sentiment)}
        words = [word for word in self.weights if not corrected or letters_only(word)]
        faces = [*chain.from_iterable(library.EMOTICONS.values()), SARCASM]
        self.splits = Splits([] if corrected else faces)
        signs = {} if corrected else _moods(library.EMOTICONS) | {SARCASM: 0.0}
        self.entries = [*words, *sorted(signs.keys() - {*words})]
        others = sorted({*sentiment.negations, "!"} - {*words})
        names = [*self.entries, *others]
        self.codes = {name: code for code, name in enumerate(names, start=4)}
        does = [0, loops.SHORT, loops.SMALL, loops.SHORT | loops.SMALL]
        weights = [(0.0, 0.0, 1.0)] * 4
        for name in names:
            bits = does[unknown(name)] | loops.NEGATES * (name in sentiment.negations)
            if name in self.weights:
                adverb = not sentiment[name].keys().isdisjoint(sentiment.modifiers)
                bits |= loops.KNOWN | loops.MODIFIES * adverb
                bits |= loops.LIKE_LY * bool(sentiment.modifier(name))
            elif name in signs:
                bits |= loops.IRONIC if name == SARCASM else loops.MOOD
            does.append(bits | loops.LOUD * (name == "!"))
            nothing = signs.get(name, 0.0), 1.0, 1.0
            weights.append(tuple(self.weights.get(name, nothing)))
        columns = np.ascontiguousarray(np.array(weights, float).T)
        self.table = np.array(does, np.int32), *columns

    def tokens(self, text: str) -> list[str]:
        """Cut a text as the library does before it weighs words."""
        return " ".join(self.find_tokens(text)).split()

    def coded(self, tokens: Sequence[str]) -> np.ndarray:
        """Return the codes of tokens."""
        lower = list(map(str.lower, tokens))
        codes = map(self.codes.get, lower, map(unknown, lower))
        return np.fromiter(codes, np.int32, len(lower))

    def compiled(self, chunks: list[str]) -> Words:
        """Return the words of unique chunks; one of letters is its own only token."""
        bare = [chunk.removesuffix(",") for chunk in chunks]
        plain = np.fromiter(map(str.isalpha, bare), bool, len(bare))
        sizes, letters = plain.astype(np.int64), np.fromiter(map(len, chunks), np.int64)
        rest = np.flatnonzero(~plain)
        cut = [self.tokens(chunks[place]) for place in rest.tolist()]
        letters[rest] = [sum(map(len, tokens)) for tokens in cut]
        codes = self.coded(chain.from_iterable(cut))
        kept = codes != IDLE
        owner = np.repeat(rest, list(map(len, cut)))[kept]
        sizes[rest] = np.bincount(owner, minlength=len(chunks))[rest]
        offsets = np.concatenate([[0], np.cumsum(sizes)])
        all_codes = np.empty(offsets[-1], np.int32)
        by_rule = np.repeat(~plain, sizes)
        all_codes[by_rule] = codes[kept]
        all_codes[~by_rule] = self.coded([bare[n] for n in np.flatnonzero(plain)])
        begins = np.zeros(len(chunks), np.int32)
        begins[rest] = list(map(self.splits.begin, cut))
        for place in np.flatnonzero(plain & (letters <= 3)).tolist():
            begins[place] = self.splits.begin([bare[place]])
        ends = np.fromiter(map(self.splits.end, chunks), np.int32, len(chunks))
        return Words(offsets, all_codes, letters, ends, begins, self.splits.joints())


def _moods(emoticons: dict) -> dict[str, float]:
    """Return the polarity of each emoticon that the library looks for among words."""
    moods = {}
    for (_, polarity), faces in emoticons.items():
        for face in map(str.lower, faces):
            if not face.isalpha() and len(face) <= 5:
                moods.setdefault(face, polarity)
    return moods


def unknown(word: str) -> int:
    """Return the code of a word the lexicon has not: 1 if SHORT, plus 2 if SMALL."""
    return (len(word.strip("'")) <= 1) + 2 * (len(word) <= 2)
