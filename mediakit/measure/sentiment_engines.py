"""Engines of `score_sentiment`: what each must say, and which name is which.

A new instrument is a class with the members of `Engine` and a line in `engine_of`;
every verb, coverage and passages follow from `Tone`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Protocol

import numpy as np

from mediakit.errors import MediakitError
from mediakit.text.corpus import Corpus
from mediakit.text.dictionary import as_dictionary
from mediakit.text.part import Part
from mediakit.text.views import View


@dataclass(frozen=True)
class Hits:
    """The words that made the scores, in the order of the text.

    Attributes
    ----------
    units : ndarray of int64
        Which unit of the Tone each stands in.
    positions : ndarray of int64
        Its token in the shard's stream; of signs the next token there is.
    entries : ndarray of int64
        Its number in ``engine.entries()``, the same in every shard.
    valences : ndarray of float
        What it weighs after the instrument's rules, as negation.
    parts : ndarray of float
        What it adds to the unit's first item: over a unit they sum to its score.
    """

    units: np.ndarray
    positions: np.ndarray
    entries: np.ndarray
    valences: np.ndarray
    parts: np.ndarray


@dataclass(frozen=True)
class Tone:
    """What an engine says of the sentences, or the articles, of a part in a view.

    Attributes
    ----------
    rows : ndarray of int64
        The row of each unit's article in the part; in their order.
    starts, ends : ndarray of int64
        The unit's tokens [start, end) in the shard's stream.
    words : ndarray of int64
        Its white-space chunks in the view.
    known : ndarray of int64
        How many of them hold a word of the lexicon; 0 means it says nothing here.
    values : ndarray of float, units x items
        The instrument's own scores, also where it knows nothing.
    hits : Hits or None
        Only if they were asked for.
    """

    rows: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    words: np.ndarray
    known: np.ndarray
    values: np.ndarray
    hits: Hits | None = None


class Engine(Protocol):
    """An instrument; small and picklable, so that the workers of a cluster get it.

    Attributes
    ----------
    name : str
        For captions, as "vader".
    items : tuple of str
        What it scores; the first is the tone.
    scale : tuple of (float, float)
        The least and the largest score of each item there can be; () if there is none.
    """

    name: str
    items: tuple[str, ...]
    scale: tuple[tuple[float, float], ...]

    def entries(self) -> list[str]:
        """Return the words of the lexicon that can vote, each once."""

    def tone(self, part: Part, view: View, unit: str, *, hits: bool = False) -> Tone:
        """Score the units ("sentence" or "article") of a part in a view.

        `unit_blocks` gives them; those without a chunk in the view are left out.
        """

    def about(self) -> dict:
        """Return what provenance should say: versions, checksum of the lexicon."""


METHODS = ("vader", "textblob", "vader_corrected", "textblob_corrected")


def engine_of(method, corpus: Corpus) -> Engine:
    """Return the engine of that name, or that of a Dictionary, for a corpus."""
    from mediakit.measure.sentiment_dictionary import dictionary_engine
    from mediakit.measure.sentiment_textblob import TextBlobEngine
    from mediakit.measure.sentiment_vader import VaderEngine

    if not isinstance(method, str):
        return dictionary_engine(as_dictionary(method), corpus)
    engines = {"vader": VaderEngine, "textblob": TextBlobEngine}
    if method not in METHODS:
        raise MediakitError(
            f"`method` must be one of {list(METHODS)} or a Dictionary, got {method!r}."
        )
    name, _, corrected = method.partition("_")
    return engines[name](corrected=bool(corrected))


def joined(parts: list[Tone], items: int) -> Tone:
    """Return the blocks of a part as one Tone."""
    if not parts:
        none = np.empty(0, np.int64)
        hits = Hits(none, none, none, none.astype(float), none.astype(float))
        return Tone(none, none, none, none, none, np.empty((0, items)), hits)
    tone = {}
    for name in ("rows", "starts", "ends", "words", "known", "values"):
        tone[name] = np.concatenate([getattr(part, name) for part in parts])
    if parts[0].hits is None:
        return Tone(**tone)
    hits = {}
    for field in fields(Hits):
        columns = [getattr(part.hits, field.name) for part in parts]
        hits[field.name] = np.concatenate(columns)
    sizes = [len(part.rows) for part in parts]
    before = np.cumsum([0, *sizes[:-1]])
    shift = np.repeat(before, [len(part.hits.units) for part in parts])
    hits["units"] = hits["units"] + shift
    return Tone(**tone, hits=Hits(**hits))


def digest(lines: Iterable[str]) -> str:
    """Return the sha256 of the lines of a lexicon."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
