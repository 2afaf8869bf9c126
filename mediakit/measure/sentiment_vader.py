"""VADER, equal to the library."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from mediakit.measure.sentiment_engines import Hits, Tone, joined
from mediakit.measure.sentiment_units import unit_blocks


@dataclass(frozen=True)
class VaderEngine:
    """VADER's scores, by the library itself."""

    corrected: bool = False
    items = ("compound", "pos", "neu", "neg")

    @property
    def name(self):
        """What captions call it."""
        return "vader_corrected" if self.corrected else "vader"

    def entries(self):
        """Return the words of the lexicon."""
        return sorted(_analyzer().lexicon)

    def about(self):
        """Return what provenance says of it."""
        return {}

    def tone(self, part, view, unit, *, hits=False):
        """Score the units of a part in a view."""
        words = part.shard.chunks.vocabulary
        blocks = []
        for units in unit_blocks(part, view, unit):
            chunks = [w.as_py() for w in words.take(units.chunks)]
            values, known = [], []
            for a, b in zip(units.edges[:-1], units.edges[1:], strict=True):
                got = _analyzer().polarity_scores(" ".join(chunks[a:b]))
                values.append([got[item] for item in self.items])
                known.append(got["compound"] != 0)
            none = np.empty(0, np.int64)
            blocks.append(
                Tone(
                    units.rows,
                    units.starts,
                    units.ends,
                    np.diff(units.edges),
                    np.array(known, np.int64),
                    np.array(values).reshape(-1, 4),
                    Hits(none, none, none, none * 1.0, none * 1.0) if hits else None,
                )
            )
        return joined(blocks, 4)


@cache
def _analyzer():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
