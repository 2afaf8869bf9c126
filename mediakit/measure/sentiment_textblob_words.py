"""TextBlob's lexicon as arrays over codes, and the coded words of unique chunks."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from threading import Lock

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.kernels import textblob as loops
from mediakit.measure.sentiment_chunks import letters_only
from mediakit.measure.sentiment_emoticons import Splits

SARCASM = "(!)"
IDLE = 3
"""Code of what changes nothing, as a comma: too short to end what came before."""
SIGNS = r"""\.,;:!?()\[\]{}`'"@#$^&*+\-|=~_“”‘’"""
QUOTES = "\"'“”‘’"
PLAIN = (
    rf"^[(\[$#\"“‘']*(?P<word>[^{SIGNS}](?:[^{QUOTES}]*[^{SIGNS}])?)(?P<stop>\.?)"
    r"""(?:['’]s)?[,?)\]”’"']*[;:]?$"""
)
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

        self.find_tokens, self.library = parser.find_tokens, library
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

    def is_short(self, token: str) -> bool:
        """Say whether the library keeps the full stop of a token."""
        library = self.library
        rules = library.RE_ABBR1, library.RE_ABBR2, library.RE_ABBR3
        return token in library.ABBREVIATIONS or any(one.match(token) for one in rules)

    def coded(self, tokens: Iterable[str]) -> np.ndarray:
        """Return the codes of tokens."""
        lower = list(map(str.lower, tokens))
        codes = np.fromiter(map(self.codes.get, lower, repeat(-1)), np.int32)
        missing = np.flatnonzero(codes < 0)
        words = [lower[place] for place in missing.tolist()]
        codes[missing] = [
            0 if len(word) > 2 and "'" not in word else unknown(word) for word in words
        ]
        return codes

    def compiled(self, chunks: pa.LargeStringArray) -> Words:
        """Return the words of unique chunks, those of all others by the library."""
        plain, words = self.plain_words(chunks)
        rest = np.flatnonzero(~plain)
        cut = list(map(self.tokens, chunks.take(pa.array(rest)).to_pylist()))
        codes = self.coded(chain.from_iterable(cut))
        kept = codes != IDLE
        owner = np.repeat(rest, list(map(len, cut)))[kept]
        sizes = plain + np.bincount(owner, minlength=len(chunks))
        letters = pc.utf8_length(chunks).to_numpy().astype(np.int64)
        letters[rest] = [sum(map(len, tokens)) for tokens in cut]
        by_rule = np.repeat(~plain, sizes)
        all_codes = np.empty(len(by_rule), np.int32)
        all_codes[by_rule] = codes[kept]
        all_codes[~by_rule] = self.coded(words)
        ends, begins = np.zeros((2, len(chunks)), np.int32)
        begins[rest] = list(map(self.splits.begin, cut))
        for place in _where(self.splits.may_begin(chunks), plain):
            begins[place] = self.splits.begin(list(chunks[place].as_py()))
        for place in _where(self.splits.may_end(chunks)):
            ends[place] = self.splits.end(chunks[place].as_py())
        offsets = np.concatenate([[0], np.cumsum(sizes)])
        return Words(offsets, all_codes, letters, ends, begins, self.splits.joints())

    def plain_words(self, chunks: pa.LargeStringArray) -> tuple[np.ndarray, list[str]]:
        """Say which chunks hold one word and else only what is IDLE; return the words.

        Not those with a full stop that the library takes for an abbreviation.
        """
        found = pc.extract_regex(chunks, pattern=PLAIN)
        plain = found.is_valid().to_numpy(zero_copy_only=False).copy()
        words, stops = map(pc.struct_field, (found, found), ([0], [1]))
        apart = pc.equal(words, self.library.EOS).fill_null(False)
        apart = pc.or_(apart, pc.match_substring(chunks, "8)"))
        plain[apart.to_numpy(zero_copy_only=False)] = False
        places = np.flatnonzero(pc.equal(stops, ".").fill_null(False))
        stopped = words.take(pa.array(places)).to_pylist()
        short = [self.is_short(word + ".") for word in stopped]
        plain[places[np.array(short, bool)]] = False
        return plain, words.filter(pa.array(plain)).to_pylist()


def _where(*masks) -> list[int]:
    """Return the places at which all masks are true."""
    return np.flatnonzero(
        np.logical_and.reduce([np.asarray(m) for m in masks])
    ).tolist()


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
