"""VADER to the last bit: its own rules on each unique chunk, then a pass in context.

`polarity_scores` lower-cases the whole text for every word it weighs, which is why the
library is slow; the rules themselves look at one word and the few around it.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from itertools import chain, repeat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.kernels import vader as loops
from mediakit.measure.sentiment_chunks import (
    hits_at,
    known_chunks,
    letters_only,
    run,
    score_chunks,
)
from mediakit.measure.sentiment_engines import Hits, Tone, digest
from mediakit.measure.sentiment_units import Units
from mediakit.text.part import Part
from mediakit.text.views import View

COMPENSATED = sum([1.0, 1e100, 1.0, -1e100]) == 2.0
"""Whether this Python's sum() corrects its rounding, as from 3.12 on."""
DIGITS = 4, 3, 3, 3
LEVEL, FLAT = 1e-9, 15**-0.5
"""Sums taken for 0, and how steeply compound rises there."""


@dataclass(frozen=True)
class VaderEngine:
    """VADER (Hutto and Gilbert 2014); corrected, only entries of letters vote."""

    corrected: bool = False
    items = ("compound", "pos", "neu", "neg")
    scale = ((-1.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0))

    @property
    def name(self) -> str:
        """What captions call it."""
        return "vader_corrected" if self.corrected else "vader"

    def entries(self) -> list[str]:
        """Return the words of the lexicon that can vote."""
        return list(_lexicon(self.corrected).entries)

    def about(self) -> dict:
        """Return what provenance says of it."""
        weights = _analyzer().lexicon
        return {
            "vaderSentiment": version("vaderSentiment"),
            "lexicon_sha256": digest(f"{w}\t{weights[w]!r}" for w in weights),
        }

    def tone(self, part: Part, view: View, unit: str, *, hits: bool = False) -> Tone:
        """Score the units of a part in a view."""
        lexicon = _lexicon(self.corrected)

        def score(rules, units, chunks, fast):
            values, known, found = lexicon.score(rules, units, chunks, fast)
            return values, known, found if hits else None

        return score_chunks(part, view, unit, lexicon.compiled, score, len(self.items))


@cache
def _analyzer():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@cache
def _lexicon(corrected: bool) -> "_Lexicon":
    return _Lexicon(corrected)


class _Lexicon:
    """The library's word lists as arrays over codes: 0 unknown, 1 what holds "n't"."""

    def __init__(self, corrected: bool):
        library = import_module("vaderSentiment.vaderSentiment")
        analyzer = _analyzer()
        self.strip = library.SentiText._strip_punc_if_word
        self.emojis = {k: v for k, v in analyzer.emojis.items() if len(k) == 1}
        weights = {
            word: weight
            for word, weight in analyzer.lexicon.items()
            if not corrected or letters_only(word)
        }
        self.entries = sorted(weights)
        phrases = {p: w for p, w in library.SPECIAL_CASES.items() if " " in p}
        boosters = {p: w for p, w in library.BOOSTER_DICT.items() if " " in p}
        inside = sorted({w for p in chain(phrases, boosters) for w in p.split()})
        others = chain(library.BOOSTER_DICT, library.NEGATE, loops.ROLES, inside)
        words = ["", "n't", *self.entries, *sorted({*others} - {*weights})]
        self.codes = {word: code for code, word in enumerate(words)}
        number = {word: place for place, word in enumerate(inside, start=1)}
        self.table = (
            np.array([word in weights for word in words]),
            np.array([weights.get(word, 0.0) for word in words]),
            np.array([library.BOOSTER_DICT.get(word, 0.0) for word in words]),
            np.array([library.negated([word]) for word in words]),
            np.array([_role(word) for word in words], np.int8),
            np.array([number.get(word, 0) for word in words], np.int16),
        )
        self.phrases = *_tables(phrases, number, np.nan), *_tables(boosters, number, 0)
        self.scalars = library.C_INCR, library.N_SCALAR, COMPENSATED

    def compiled(self, vocabulary: pa.LargeStringArray) -> tuple[np.ndarray, ...]:
        """Return the words of each unique chunk: see `score_vader`."""
        chunks = vocabulary.to_pylist()
        plain = self.emojis.keys().isdisjoint
        special = [
            number
            for number, chunk in enumerate(chunks)
            if not (chunk.isascii() or plain(chunk))
        ]
        words = [chunk if chunk.isalpha() else self.strip(chunk) for chunk in chunks]
        sizes = np.ones(len(chunks), np.int64)
        marks = [pc.count_substring(vocabulary, one).to_numpy() for one in "!?"]
        marks = np.array(marks, np.int32)
        if special:
            groups = [[word] for word in words]
            for number in special:
                text = self.spelled_out(chunks[number])
                groups[number] = list(map(self.strip, text.split()))
                sizes[number] = len(groups[number])
                marks[:, number] = text.count("!"), text.count("?")
            words = list(chain.from_iterable(groups))
        lower = list(map(str.lower, words))
        codes = np.fromiter(map(self.codes.get, lower, repeat(0)), np.int32, len(words))
        rest = np.flatnonzero(codes == 0).tolist()
        codes[[number for number in rest if "n't" in lower[number]]] = 1
        return (
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
            codes.astype(np.int16),
            np.fromiter(map(str.isupper, words), bool, len(words)),
            *marks,
        )

    def spelled_out(self, chunk: str) -> str:
        """Write out emojis, with a blank before each and none after, as VADER does."""
        described = (f" {self.emojis[c]}" if c in self.emojis else c for c in chunk)
        return "".join(described).strip()

    def score(
        self, rules, units: Units, chunks: np.ndarray, fast: bool
    ) -> tuple[np.ndarray, np.ndarray, Hits]:
        """Return values, known chunks and hits of a block of units."""
        values, found = run(
            loops.score_vader,
            fast,
            *(units.edges, chunks, rules, self.table, self.phrases, self.scalars),
        )
        hit_units, hit_chunks, codes, valences = map(np.asarray, found)
        values = np.column_stack(
            [rounded(c, n) for c, n in zip(values.T, DIGITS, strict=True)]
        )
        known = known_chunks(hit_units, hit_chunks, len(units))
        sums = np.bincount(hit_units, valences, len(units))
        level = np.abs(sums) < LEVEL
        share = values[:, 0] / np.where(level, 1.0, sums)
        parts = valences * np.where(level, FLAT, share)[hit_units]
        entries = codes.astype(np.int64) - 2
        hits = hits_at(units, hit_units, hit_chunks, entries, valences, parts)
        return values, known, hits


def _role(word: str) -> int:
    return loops.ROLES.index(word) + 1 if word in loops.ROLES else 0


def _tables(phrases: dict[str, float], number: dict[str, int], nothing: float):
    """Return what two, and three, words in a row weigh, by their numbers."""
    size = len(number) + 1
    pairs = np.full((size, size), nothing, float)
    triples = np.full((size, size, size), nothing, float)
    for phrase, weight in phrases.items():
        place = tuple(number[word] for word in phrase.split())
        (pairs if len(place) == 2 else triples)[place] = weight
    return pairs, triples


def rounded(values: np.ndarray, digits: int) -> np.ndarray:
    """Round as Python's `round` does, which asks the decimals and not the product."""
    scaled = values * 10.0**digits
    result = np.rint(scaled) / 10.0**digits
    close = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6
    for place in np.flatnonzero(close).tolist():
        result[place] = round(float(values[place]), digits)
    return result
