"""TextBlob to the last bit: its own rules on each unique chunk, then a pass in context.

Its tokenizer looks beyond a white-space chunk only where it puts an emoticon together;
a unit in which it might goes through the library's tokenizer whole.
"""

from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from mediakit.kernels import textblob as loops
from mediakit.measure.sentiment_chunks import run, score_chunks
from mediakit.measure.sentiment_emoticons import broken
from mediakit.measure.sentiment_engines import Hits, Tone, digest
from mediakit.measure.sentiment_textblob_words import Lexicon, Words, lexicon_of
from mediakit.measure.sentiment_units import Units
from mediakit.text.part import Part
from mediakit.text.views import View

VOTES = loops.KNOWN | loops.IRONIC | loops.MOOD


@dataclass(frozen=True)
class TextBlobEngine:
    """TextBlob's pattern analyzer; corrected, only entries of letters vote."""

    corrected: bool = False
    items = ("polarity", "subjectivity")
    scale = ((-1.0, 1.0), (0.0, 1.0))

    @property
    def name(self) -> str:
        """What captions call it."""
        return "textblob_corrected" if self.corrected else "textblob"

    def entries(self) -> list[str]:
        """Return the words of the lexicon, and the signs, that can vote."""
        return list(lexicon_of(self.corrected).entries)

    def about(self) -> dict:
        """Return what provenance says of it."""
        weights = lexicon_of(self.corrected).weights
        lines = (
            " ".join([word, *(f"{weight:.9f}" for weight in weights[word])])
            for word in weights  # their last digits differ with Python's sum()
        )
        return {"textblob": version("textblob"), "lexicon_sha256": digest(lines)}

    def tone(self, part: Part, view: View, unit: str, *, hits: bool = False) -> Tone:
        """Score the units of a part in a view."""
        lexicon = lexicon_of(self.corrected)
        vocabulary = part.shard.chunks.vocabulary

        def score(words: Words, units: Units, chunks: np.ndarray, fast: bool):
            def text_of(number):
                if units.whole:
                    return part.texts(view.field)[int(units.rows[number])].as_py()
                own = units.chunks[slice(*units.edges[number : number + 2])]
                return " ".join(vocabulary.take(own).to_pylist())

            scored = score_units(lexicon, words, units, chunks, text_of, fast)
            return *scored[:2], scored[2] if hits else None

        return score_chunks(part, view, unit, lexicon.compiled, score, len(self.items))


def score_units(lexicon: Lexicon, words: Words, units: Units, chunks, text_of, fast):
    """Return values, known chunks and hits of a block of units.

    ``text_of(number)`` is the text of a unit that must be cut whole.
    """
    arguments = units.edges, chunks, (words.offsets, words.codes), lexicon.table
    scored = run(loops.score_textblob, fast, *arguments)
    values, sizes, known, hits = (*map(np.asarray, scored[:3]), scored[3])
    hits = list(map(np.asarray, hits))
    whole = broken(units.edges, words.ends[chunks], words.begins[chunks], words.joints)
    if len(whole):
        edges, codes, places = _cut_whole(
            lexicon, units, words.letters[chunks], whole, text_of
        )
        each = np.arange(len(codes) + 1)
        arguments = edges, each[:-1], (each, codes), lexicon.table
        again = run(loops.score_textblob, fast, *arguments)
        values[whole], sizes[whole], found = again[0], again[1], again[3]
        known[whole] = _known(edges, places, lexicon.table[0][codes] & VOTES > 0)
        unit, word, code, polarity = map(np.asarray, found)
        redone = whole[unit], places[word], code, polarity
        kept = ~np.isin(hits[0], whole)
        pairs = zip(hits, redone, strict=True)
        hits = [np.concatenate([a[kept], b]) for a, b in pairs]
        order = np.argsort(hits[0], kind="stable")
        hits = [column[order] for column in hits]
    unit, place, code, polarity = hits
    parts = polarity / sizes[unit]
    entries = code.astype(np.int64) - 4
    return values, known, Hits(unit, units.tokens[place], entries, polarity, parts)


def _cut_whole(lexicon: Lexicon, units: Units, letters, whole, text_of):
    """Return the words of whole units, coded: edges, codes, and chunk of each.

    The library's tokens have the same letters as those of the chunks one by one.
    """
    codes, places, edges = [np.empty(0, np.int32)], [np.empty(0, np.int64)], [0]
    for number in whole.tolist():
        tokens = lexicon.tokens(text_of(number))
        first, last = units.edges[number : number + 2]
        sizes = np.fromiter(map(len, tokens), np.int64, len(tokens))
        ends = np.cumsum(letters[first:last])
        at = np.searchsorted(ends, np.cumsum(sizes) - sizes, side="right")
        codes.append(lexicon.coded(tokens))
        places.append(first + np.minimum(at, last - first - 1))
        edges.append(edges[-1] + len(tokens))
    return np.array(edges), np.concatenate(codes), np.concatenate(places)


def _known(edges, places, votes) -> np.ndarray:
    """Count the chunks that hold a word with a vote, in each unit."""
    unit = np.repeat(np.arange(len(edges) - 1), np.diff(edges))[votes]
    held = np.unique(np.column_stack([unit, places[votes]]), axis=0)
    return np.bincount(held[:, 0], minlength=len(edges) - 1)
