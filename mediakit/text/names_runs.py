"""Runs of capitalised words in a shard, and what its running text says of capitals."""

from dataclasses import dataclass

import numpy as np

from mediakit.text.names_words import AND, CAPITAL, FOR, HEAD, OF, PLAIN, THE, marks_of
from mediakit.text.part import Part
from mediakit.text.shard import SENTENCE, Shard

HEADLINE_CAPITALS = 3
Spans = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of words.

    `mostly` (bool per type): written with a capital where one tells; `pairs` (int64,
    sorted): types that stand side by side in names, first << 32 | next.
    """

    mostly: np.ndarray
    pairs: np.ndarray


@dataclass(frozen=True, eq=False)
class Look:
    """The tokens of a shard as names see them.

    `classes` (uint8) of each; `ends` whether a name ends before it; `weak` whether its
    capital says nothing, for where it stands.
    """

    classes: np.ndarray
    ends: np.ndarray
    weak: np.ndarray


def evidence(piece: tuple[Part], classes: np.ndarray):
    """Return how often types stand where a capital tells, and pairs; for `each`."""
    (part,) = piece
    ids, to_global = part.shard.ids, part.to_global
    look = _look(part.shard, classes[to_global])
    telling = ~look.weak & _held(part)
    times = np.bincount(ids[telling], minlength=len(to_global))
    where = np.flatnonzero(telling & (look.classes >= CAPITAL))
    beside = np.flatnonzero(_joined(where, look)[0])
    types = to_global[ids[where]].astype(np.int64)
    pairs = np.unique(types[beside] << 32 | types[beside + 1])
    types = np.flatnonzero(times)
    return to_global[types], times[types], pairs


def name_spans(
    piece: tuple[Part], classes: np.ndarray, known: Known, least: int
) -> Spans:
    """Return the names of one part, starts and ends in its stream; for `each`."""
    (part,) = piece
    ids, to_global = part.shard.ids, part.to_global
    look = _look(part.shard, classes[to_global])
    where = np.flatnonzero(look.classes >= CAPITAL)
    types = to_global[ids[where]].astype(np.int64)
    sure = ~look.weak[where] | known.mostly[types]
    beside = np.flatnonzero(_joined(where, look)[0])
    pairs = types[beside] << 32 | types[beside + 1]
    beside = beside[np.isin(pairs, known.pairs)]
    sure[beside] = sure[beside + 1] = True
    return _grouped(where[sure], look, least)


def _grouped(where: np.ndarray, look: Look, least: int) -> Spans:
    """Join capitalised words to names of at least so many."""
    if not len(where):
        return where, where
    joined, linked = _joined(where, look)
    first = np.concatenate([[True], ~joined])
    group = np.cumsum(first) - 1
    sizes = np.bincount(group)
    of = np.bincount(group[1:], weights=joined & linked, minlength=len(sizes)) > 0
    begins = np.flatnonzero(first)
    left, right = where[begins[1:] - 1], where[begins[1:]]
    by_and = (right == left + 2) & (look.classes[(left + 1) % len(look.classes)] == AND)
    by_and &= ~look.ends[left + 1] & ~look.ends[right]
    takes = (sizes[:-1] == 1) & (sizes[1:] > 1)
    first[begins[1:][by_and & (of[:-1] | takes)]] = False
    begins = np.flatnonzero(first)
    after = np.append(begins[1:], len(where))
    kept = after - begins >= least
    return where[begins[kept]], where[after[kept] - 1] + 1


def _joined(where: np.ndarray, look: Look) -> tuple[np.ndarray, np.ndarray]:
    """Say which words belong to one name with the next, and which over "of" or "for".

    Both have one entry less than `where`.
    """
    left, right = where[:-1], where[1:]
    gap = right - left
    near = np.flatnonzero(gap <= 3)
    link = look.classes[left[near] + 1]
    heads = look.classes[left[near]] == HEAD
    links = (link == OF) | ((link == FOR) & heads)
    inside = look.classes[np.minimum(left[near] + 2, len(look.classes) - 1)]
    fits = (gap[near] == 1) | (links & (gap[near] == 2))
    fits |= links & (gap[near] == 3) & (inside == THE)
    ended = np.zeros(len(near), bool)
    for step in (1, 2, 3):
        further = gap[near] >= step
        ended[further] |= look.ends[left[near][further] + step]
    joined, linked = np.zeros((2, len(gap)), bool)
    joined[near] = fits & ~ended
    linked[near] = gap[near] > 1
    return joined, linked


def _look(shard: Shard, classes: np.ndarray) -> Look:
    """Look at all tokens of a shard; `classes` are those of its types."""
    ids, chunks = shard.ids, shard.chunks.ids
    of_token = classes[ids]
    ends, weak = np.ones((2, len(ids)), bool)
    first = _first_tokens(shard)
    marks = {
        name: one[chunks] for name, one in marks_of(shard.chunks.vocabulary).items()
    }
    worded = np.flatnonzero(first[1:] > first[:-1])
    before = np.concatenate([worded[:1], worded[:-1]])
    apart = np.zeros(len(worded) + 1, bool)
    apart[np.searchsorted(worded, np.flatnonzero(marks["hard"]))] = True
    apart = apart[:-1]
    starts = marks["opens"][worded] | apart
    ends[first[worded]] = starts | marks["closes"][before]
    weak[first[worded]] = starts | marks["colon"][before]
    begins = np.flatnonzero(shard.flags & SENTENCE)
    ends[begins] = weak[begins] = True
    if len(begins):
        weak |= _headlines(of_token, begins, first, marks["stop"])
    return Look(of_token, ends, weak)


def _headlines(classes, begins, first, stop) -> np.ndarray:
    """Mark the tokens of headlines that write all longer words with a capital."""
    capitals = np.add.reduceat(classes >= CAPITAL, begins, dtype=np.int64)
    small = np.add.reduceat(classes == PLAIN, begins, dtype=np.int64)
    after = np.append(begins[1:], len(classes))
    last = np.searchsorted(first, after - 1, side="right") - 1
    headline = (small == 0) & (capitals >= HEADLINE_CAPITALS) & ~stop[last]
    return np.repeat(headline, after - begins)


def _first_tokens(shard: Shard) -> np.ndarray:
    """Return the first token of each chunk, and the number of tokens (int64)."""
    if shard.pieces is not None:
        sizes = np.diff(shard.pieces.offsets)[shard.chunks.ids]
        return np.concatenate([[0], np.cumsum(sizes)])
    documents = np.arange(len(shard.offsets) - 1)
    keys = [
        np.repeat(documents, np.diff(offsets)) << 32 | starts
        for offsets, starts in (
            (shard.offsets, shard.starts()),
            (shard.chunks.offsets, shard.chunk_starts()),
        )
    ]
    return np.append(np.searchsorted(*keys), len(shard.ids))


def _held(part: Part) -> np.ndarray | bool:
    """Mark the tokens of the articles that the corpus holds; True for all."""
    if part.rows is None:
        return True
    rows = np.zeros(len(part.shard), bool)
    rows[part.rows] = True
    return np.repeat(np.tile(rows, 2), np.diff(part.shard.offsets))
