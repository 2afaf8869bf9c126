"""What the voices of a part are, read once, and the counts that are made of them."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.measure.blocks import Recipe
from mediakit.measure.cells import count_cells
from mediakit.text.layers import token_spans
from mediakit.text.part import Part
from mediakit.text.quotations import quotation_spans
from mediakit.text.views import View
from mediakit.text.voices import Rules, Voice, voices_of
from mediakit.text.voices_people import learn, placed

QUOTED = ("direct", "mixed")
LETTERS = 60


@dataclass(frozen=True, eq=False)
class Heard:
    """The voices of a part that have a speaker and words in the view.

    `rows` (int32), `sizes` (words, int32), `told` (tuples of speaker, group,
    country, whether words are quoted, class of the verb or None); `learned` as
    `learn` returns it, of all voices.
    """

    rows: np.ndarray
    sizes: np.ndarray
    told: list[tuple]
    learned: dict[tuple, Counter]

    @property
    def nbytes(self) -> int:
        """About the bytes that it needs."""
        return LETTERS * (len(self.told) + 5 * len(self.learned))


@dataclass(frozen=True)
class Reading:
    """How the voices of a part are read; for `Recipe`."""

    rules: Rules
    view: View
    of: str

    def __call__(self, number: int, part: Part) -> Heard:
        """Return the voices of a part."""
        verbs = self.rules.verbs
        voices = voices_of((part,), self.rules, self.view.field)
        voices = [one for one in voices if one.speaker is not None]
        sizes = quoted_words(part, self.view, voices, all_kinds=self.of == "verbs")
        known: dict[tuple, tuple] = {}
        rows, told = [], []
        for voice, size in zip(voices, sizes, strict=True):
            if not size:
                continue
            cue = voice.texts[2]
            reports = cue and verbs.base_of(cue) not in verbs.sources
            verb = verbs.class_of(cue) if reports else None
            quoted = voice.attribution.kind in QUOTED
            one = (voice.speaker, voice.group, voice.country, quoted, verb)
            told.append(known.setdefault(one, one))
            rows.append(voice.row)
        return Heard(
            np.array(rows, np.int32),
            np.array([size for size in sizes if size], np.int32),
            told,
            learn((one.speaker, one.group, one.country) for one in voices),
        )


def learn_part(piece: tuple[Recipe, int, Part]) -> dict[tuple, Counter]:
    """Return what a part tells of the people it names; for `each`."""
    reading, number, part = piece
    return reading.counted(number, (part,)).learned


@dataclass(frozen=True)
class Telling:
    """How the voices of a part are counted; `most` is known of all articles."""

    reading: Recipe
    items: pd.DataFrame
    of: str
    most: dict[tuple, str]

    def __call__(self, number: int, part: Part, homes: np.ndarray):
        """Return values and exposure of a part; `homes` has its rows' countries."""
        heard = self.reading.counted(number, (part,))
        cells, seen = [], set()
        for row, size, one in zip(
            heard.rows.tolist(), heard.sizes.tolist(), heard.told, strict=True
        ):
            speaker, group, country, quoted, verb = one
            group, _ = placed(speaker, group, country, homes[row], self.most)
            if self.of == "verbs":
                if verb is not None:
                    cells += [(row, verb, 1), (row, f"{group}: {verb}", 1)]
            elif quoted and self.of == "words":
                cells.append((row, group, size))
            elif quoted and (row, speaker) not in seen:
                seen.add((row, speaker))
                cells.append((row, group, 1))
        return count_cells(len(part), cells, self.items)


def quoted_words(
    part: Part, view: View, voices: list[Voice], *, all_kinds: bool
) -> list[int]:
    """Count the words in the view that each attribution has, or has between marks."""
    texts = part.texts(view.field).to_pylist()
    spans, owners, rows = [], [], []
    contents: dict[int, list] = {}
    for number, voice in enumerate(voices):
        row = voice.row
        if not all_kinds and voice.attribution.kind not in QUOTED:
            continue
        if row not in contents and not all_kinds:
            contents[row] = quotation_spans(texts[row])
        for start, end in voice.attribution.spans:
            inside = [(start, end)] if all_kinds else contents[row]
            for begin, stop in inside:
                if max(start, begin) < min(end, stop):
                    spans.append((max(start, begin), min(end, stop)))
                    owners.append(number)
                    rows.append(row)
    found = token_spans(part, view.field, texts, rows, spans)
    tokens, mask = part.shard.selection(view)
    if mask is None:
        sizes = found[:, 1] - found[:, 0]
    else:
        before = np.concatenate([[0], np.cumsum(mask)])
        sizes = before[found[:, 1] - tokens.start] - before[found[:, 0] - tokens.start]
    return np.bincount(owners, sizes, len(voices)).astype(int).tolist()
