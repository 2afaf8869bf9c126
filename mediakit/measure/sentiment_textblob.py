"""TextBlob, equal to the library."""

from dataclasses import dataclass

import numpy as np

from mediakit.measure.sentiment_engines import Hits, Tone, joined
from mediakit.measure.sentiment_units import unit_blocks


@dataclass(frozen=True)
class TextBlobEngine:
    """TextBlob's scores, by the library itself."""

    corrected: bool = False
    items = ("polarity", "subjectivity")

    @property
    def name(self):
        """What captions call it."""
        return "textblob_corrected" if self.corrected else "textblob"

    def entries(self):
        """Return the words of the lexicon."""
        from textblob.en import sentiment

        return sorted(sentiment.keys())

    def about(self):
        """Return what provenance says of it."""
        return {}

    def tone(self, part, view, unit, *, hits=False):
        """Score the units of a part in a view."""
        from textblob.en import sentiment

        words = part.shard.chunks.vocabulary
        blocks = []
        for units in unit_blocks(part, view, unit):
            chunks = [w.as_py() for w in words.take(units.chunks)]
            values, known = [], []
            for a, b in zip(units.edges[:-1], units.edges[1:], strict=True):
                got = sentiment(" ".join(chunks[a:b]))
                values.append(tuple(got))
                known.append(len(got.assessments))
            none = np.empty(0, np.int64)
            blocks.append(
                Tone(
                    units.rows,
                    units.starts,
                    units.ends,
                    np.diff(units.edges),
                    np.array(known, np.int64),
                    np.array(values).reshape(-1, 2),
                    Hits(none, none, none, none * 1.0, none * 1.0) if hits else None,
                )
            )
        return joined(blocks, 2)
