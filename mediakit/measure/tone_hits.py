"""Which words of an instrument voted on each side: sums over the shards of a corpus."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mediakit.measure.sentiment_engines import Engine
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.views import View
from mediakit.workers import Once, each


@dataclass(frozen=True, eq=False)
class Votes:
    """The words that voted, sides x entries, and what they are to be held against.

    `hits` (int64) counts them, `valences` and `parts` (float) sum what they weigh after
    the rules and what they add to the scores; `articles` (int64) hold them. `scores`
    and `sentences` (one per side) are the scores and the scored sentences in all.
    """

    hits: np.ndarray
    valences: np.ndarray
    parts: np.ndarray
    articles: np.ndarray
    scores: np.ndarray
    sentences: np.ndarray


def sum_votes(corpus: Corpus, engine: Engine, side: np.ndarray) -> Votes:
    """Sum the votes in scored sentences; `side` of each article is 0, 1, or neither."""
    pieces = _pieces(corpus, side)
    found = each(_of_part, pieces, engine, corpus.view, len(engine.entries()))
    total = None
    for one in found:
        total = (
            one if total is None else [a + b for a, b in zip(total, one, strict=True)]
        )
    if total is None:
        size = (2, len(engine.entries()))
        total = [*(np.zeros(size) for _ in range(4)), *np.zeros((2, 2))]
    return Votes(*total)


def _pieces(corpus: Corpus, side: np.ndarray) -> Iterator[tuple]:
    first = 0
    for part in corpus.parts:
        yield Once(part), Once(side[first : first + len(part)])
        first += len(part)


def _of_part(piece: tuple[Part, np.ndarray], engine: Engine, view: View, size: int):
    part, side = piece
    tone = engine.tone(part, view, "sentence", hits=True)
    of_unit, known = side[tone.rows], tone.known > 0
    held = known & ((of_unit == 0) | (of_unit == 1))
    scores = np.bincount(of_unit[held], tone.values[held, 0], 2)
    sentences = np.bincount(of_unit[held], minlength=2)
    hits = tone.hits
    kept = held[hits.units]
    units, entries = hits.units[kept], hits.entries[kept]
    place = of_unit[units].astype(np.int64) * size + entries
    voters = np.unique(tone.rows[units].astype(np.int64) * 2 * size + place)
    sums = [
        np.bincount(place, minlength=2 * size),
        np.bincount(place, hits.valences[kept], 2 * size),
        np.bincount(place, hits.parts[kept], 2 * size),
        np.bincount(voters % (2 * size), minlength=2 * size),
    ]
    return [*(one.reshape(2, size) for one in sums), scores, sentences]
