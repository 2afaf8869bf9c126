"""What both libraries' engines share: rules on unique chunks, one pass over units."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from mediakit import kernels
from mediakit.measure.sentiment_engines import Hits, Tone, joined
from mediakit.measure.sentiment_units import Units, unit_blocks
from mediakit.text.part import Part
from mediakit.text.pattern_match import ranges
from mediakit.text.views import View


def score_chunks(
    part: Part, view: View, unit: str, compiled: Callable, score: Callable, items: int
) -> Tone:
    """Score the units of a part.

    Parameters
    ----------
    part, view, unit
        As an engine gets them.
    compiled : callable
        ``compiled(chunks)`` reads the rules of unique chunks (LargeStringArray).
    score : callable
        ``score(rules, units, chunks, fast)`` returns values, known and Hits of a
        block of Units, the chunks numbered as `rules` has them.
    items : int
        How many items there are.
    """
    used = _used(part, view)
    vocabulary = part.shard.chunks.vocabulary.filter(pa.array(used))
    rules = compiled(vocabulary)
    place = np.cumsum(used, dtype=np.int32) - 1
    fast = kernels.pays(part.shard.chunks.ids.nbytes)
    blocks = []
    for units in unit_blocks(part, view, unit):
        values, known, hits = score(rules, units, place[units.chunks], fast)
        words = np.diff(units.edges)
        of = units.rows, units.starts, units.ends
        blocks.append(Tone(*of, words, known, values, hits))
    return joined(blocks, items)


def _used(part: Part, view: View) -> np.ndarray:
    """Mark the unique chunks that stand in the field and the rows."""
    shard = part.shard
    documents, offsets = shard.documents(view.field), shard.chunks.offsets
    used = np.zeros(len(shard.chunks.vocabulary), bool)
    if part.rows is None:
        where = slice(offsets[documents.start], offsets[documents.stop])
    else:
        rows = documents.start + np.asarray(part.rows)
        where = ranges(offsets[rows], offsets[rows + 1])
    used[shard.chunks.ids[where]] = True
    return used


def run(loop: Callable, fast: bool, *arguments):
    """Call a loop compiled, or as plain Python on lists where that pays less."""
    if fast:
        return loop(*arguments)
    return kernels.plain(loop)(*map(_as_lists, arguments))


def _as_lists(argument):
    if isinstance(argument, tuple):
        return tuple(map(_as_lists, argument))
    flat = isinstance(argument, np.ndarray) and argument.ndim == 1
    return argument.tolist() if flat else argument


def known_chunks(hit_units, hit_chunks, size: int) -> np.ndarray:
    """Count the chunks of each unit that hold a hit; hits are in order."""
    new = np.append(True, hit_chunks[1:] != hit_chunks[:-1])[: len(hit_chunks)]
    return np.bincount(hit_units[new], minlength=size)


def hits_at(units: Units, hit_units, hit_chunks, entries, valences, parts) -> Hits:
    """Return hits with the tokens at which their chunks stand."""
    return Hits(hit_units, units.tokens[hit_chunks], entries, valences, parts)


def letters_only(word: str) -> bool:
    """Say whether an entry is made of letters, with apostrophes or hyphens inside."""
    pieces = word.replace("’", "'").replace("'", "-").split("-")
    return all(piece.isalpha() for piece in pieces)
