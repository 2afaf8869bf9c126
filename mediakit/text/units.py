"""Units that people read at a time: sentences, passages or whole articles."""

import numpy as np

from mediakit.text.cutting import cut
from mediakit.text.pattern_match import ranges
from mediakit.text.patterns import find_hits
from mediakit.text.shard import SENTENCE, Shard, View

SHOWN = {"sentence": (), "passage": ("match",), "article": ("title",)}
UNITS = tuple(SHOWN)
WIDTH = 25


def find_units(piece, view: View, unit: str, patterns) -> np.ndarray:
    """Return part, row, first token, the one after the last, and the place in the text.

    One row per unit of a part that has a token in the view, or a hit; for `each`.
    """
    part, number, first = piece
    shard = part.shard
    rows = np.arange(len(shard)) if part.rows is None else np.asarray(part.rows)
    documents = shard.documents(view.field).start + rows
    begins, stops = shard.offsets[documents], shard.offsets[documents + 1]
    places = np.arange(len(rows))
    if patterns is None:
        inside, _ = shard.selected(view)
    else:
        inside, sizes = find_hits(shard, part.to_global, patterns, view, "sentence")
    inside = inside.astype(np.int64)
    if unit == "passage":
        order = np.argsort(begins, kind="stable")
        of = order[np.searchsorted(begins[order], inside, side="right") - 1]
        kept = (inside >= begins[of]) & (inside < stops[of])
        found = inside[kept], (inside + sizes)[kept], of[kept]
    else:
        found = begins, stops, places
        if unit == "sentence":
            found = _sentences(shard, begins, stops)
        ordered = np.sort(inside)
        held = np.searchsorted(ordered, found[1]) > np.searchsorted(ordered, found[0])
        found = tuple(one[held] for one in found)
    starts, ends, of = found
    size = np.full(len(of), number)
    return np.column_stack([size, of + first, starts, ends, starts - begins[of]])


def _sentences(shard: Shard, begins, stops):
    """Return first tokens, those after the last, and the article of all sentences."""
    tokens = ranges(begins, stops)
    starting = (np.asarray(shard.flags)[tokens] & SENTENCE) > 0
    owners = np.repeat(np.arange(len(begins)), stops - begins)[starting]
    starts = tokens[starting]
    ends = stops[owners]
    same = np.flatnonzero(owners[1:] == owners[:-1])
    ends[same] = starts[same + 1]
    return starts, ends, owners


def read_units(shard: Shard, field: str, starts, ends, unit: str) -> dict[str, list]:
    """Return the texts of units of a shard, by column."""
    if unit == "article":
        rows = np.searchsorted(shard.offsets, starts, side="right") - 1
        rows -= shard.documents(field).start
        return {name: shard.texts[name].take(rows).to_pylist() for name in shard.texts}
    if unit == "sentence":
        cells = cut(shard, starts, starts + 1, "sentence", field)
    else:
        cells = cut(shard, starts, ends, WIDTH, field)
    left, match, right = (
        cells[side].to_pylist() for side in ("left", "match", "right")
    )
    text = ["".join(row) for row in zip(left, match, right, strict=True)]
    return {"match": match, "text": text} if unit == "passage" else {"text": text}
