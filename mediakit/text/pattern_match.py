"""Where patterns stand in a shard, found from the index of its words.

A phrase begins at its rarest word and is followed word by word to both sides, so
nothing is enumerated, and nothing is read twice, however alternatives are nested.
"""

from functools import cached_property

import numpy as np

from mediakit import kernels
from mediakit.errors import MediakitError
from mediakit.kernels.hits import keep_once
from mediakit.text.opened_checks import misfit
from mediakit.text.pattern_syntax import Choice, Gap, Sequence
from mediakit.text.shard import SENTENCE, Shard, View

BATCH = 1 << 17
MOST_STEPS = 1 << 32
SCANNED = 16
NEVER_FIRST = 1 << 62
NOWHERE = np.empty(0, np.int64), np.empty(0, np.int64)
Spans = tuple[np.ndarray, np.ndarray]
"""Starts and ends of spans of tokens [start, end), int64."""


class Tests:
    """The word tests of compiled patterns, as local types of one shard."""

    def __init__(self, types: np.ndarray, bounds: np.ndarray, to_global: np.ndarray):
        place = np.searchsorted(to_global, types)
        known = np.append(to_global, -1)[place] == types
        self.types = place[known]
        self.bounds = np.concatenate([[0], np.cumsum(known)])[bounds]

    def __getitem__(self, test: int) -> np.ndarray:
        return self.types[self.bounds[test] : self.bounds[test + 1]]


class Finder:
    """Finds patterns in the view of one shard."""

    def __init__(self, shard: Shard, view: View, bounds: str, tests: Tests):
        self.shard, self.tests, self.bounds = shard, tests, bounds
        self.inside, self.mask = shard.selection(view)

    @cached_property
    def sizes(self) -> np.ndarray:
        """How often each test's words stand in the shard."""
        offsets, types = self.shard.postings.offsets, self.tests.types
        sums = np.concatenate([[0], np.cumsum(offsets[types + 1] - offsets[types])])
        return np.diff(sums[self.tests.bounds])

    def positions(self, test: int) -> np.ndarray:
        """Return where a test's words stand in the view, in order (int64)."""
        types, index = self.tests[test], self.shard.postings
        if len(types) == 1:
            found = index.of(types[0])
        elif self.sizes[test] * SCANNED > len(self.shard.ids):
            wanted = np.zeros(len(self.shard.vocabulary), bool)
            wanted[types] = True
            ids = self.shard.ids[self.inside]
            found = np.flatnonzero(wanted[ids]) + self.inside.start
        else:
            begins = index.offsets[types]
            found = np.sort(index.positions[ranges(begins, index.offsets[types + 1])])
        edges = (self.inside.start, self.inside.stop)
        found = found[slice(*np.searchsorted(found, edges))].astype(np.int64)
        if len(found) and not (found.min() >= edges[0] and found.max() < edges[1]):
            raise misfit("the index points beyond the tokens", "the corpus")
        return found if self.mask is None else found[self.holds(found)]

    def holds(self, positions: np.ndarray) -> np.ndarray:
        """Return whether the view holds tokens of its field."""
        return self.mask[positions - self.inside.start]

    def cost(self, node) -> int:
        """Return how many places a search for `node` begins at."""
        if isinstance(node, Gap):
            return NEVER_FIRST
        if isinstance(node, Sequence):
            return min(map(self.cost, node.parts))
        if isinstance(node, Choice):
            return sum(map(self.cost, node.options))
        return int(self.sizes[node])

    def longest(self, sequence: Sequence, text: str) -> Spans:
        """Return where a sequence stands, for each start the longest span."""
        parts = sequence.parts
        rarest = min(range(len(parts)), key=lambda number: self.cost(parts[number]))
        least, most = lengths(sequence)
        if self.cost(parts[rarest]) * (1 + most - least) ** 2 > MOST_STEPS:
            raise MediakitError(
                f"pattern {text!r} has {least} to {most} words, and its rarest part "
                f"stands {self.cost(parts[rarest]):,} times, which is too much to try; "
                "name a rarer word or narrow the gaps."
            )
        starts, ends = self.find(parts[rarest])
        found = []
        for first in range(0, len(starts), BATCH):
            batch = slice(first, first + BATCH)
            spans = starts[batch], ends[batch]
            spans = self.follow(spans, parts[rarest + 1 :], after=True)
            spans = self.follow(spans, parts[:rarest][::-1], after=False)
            found.append(longest(*spans))
        return (
            longest(*map(np.concatenate, zip(*found, strict=True)))
            if found
            else NOWHERE
        )

    def find(self, node) -> Spans:
        """Return all spans of `node` in the view."""
        if isinstance(node, Choice):
            return union([self.find(option) for option in node.options])
        if isinstance(node, Sequence):
            rarest = min(range(len(node.parts)), key=lambda n: self.cost(node.parts[n]))
            spans = self.find(node.parts[rarest])
            spans = self.follow(spans, node.parts[rarest + 1 :], after=True)
            return self.follow(spans, node.parts[:rarest][::-1], after=False)
        starts = self.positions(node)
        return starts, starts + 1

    def follow(self, spans: Spans, parts: tuple, *, after: bool) -> Spans:
        """Extend spans by the parts that stand after, or before, them in turn."""
        for part in parts:
            if not len(spans[0]):
                break
            spans = self.extend(spans, part, after=after)
        return spans

    def extend(self, spans: Spans, node, *, after: bool) -> Spans:
        """Extend spans by what `node` finds directly after, or before, them."""
        if isinstance(node, Choice):
            return union([self.extend(spans, one, after=after) for one in node.options])
        if isinstance(node, Sequence):
            parts = node.parts if after else node.parts[::-1]
            return self.follow(spans, parts, after=after)
        if isinstance(node, Gap):
            found = [spans] if node.least == 0 else []
            for length in range(1, node.most + 1):
                spans = self.step(spans, after=after)[0]
                if length >= node.least:
                    found.append(spans)
            return union(found)
        (starts, ends), new = self.step(spans, after=after)
        kept = self.passes(node, new)
        return starts[kept], ends[kept]

    def passes(self, test: int, positions: np.ndarray) -> np.ndarray:
        """Return which tokens pass a test."""
        types, ids = self.tests[test], self.shard.ids[positions]
        if len(types) < 2:
            return ids == (types[0] if len(types) else -1)
        return types[np.minimum(np.searchsorted(types, ids), len(types) - 1)] == ids

    def step(self, spans: Spans, *, after: bool) -> tuple[Spans, np.ndarray]:
        """Take one more token into spans; leave out those whose bounds end there.

        Returns the spans and the positions of the new tokens.
        """
        starts, ends = spans
        kept = ends < self.inside.stop if after else starts > self.inside.start
        starts, ends = starts[kept], ends[kept]
        edges = ends if after else starts
        new = ends if after else starts - 1
        kept = ~self.begins(edges)
        if self.mask is not None:
            kept &= self.holds(new)
        starts, ends, new = starts[kept], ends[kept], new[kept]
        return ((starts, new + 1) if after else (new, ends)), new

    def begins(self, positions: np.ndarray) -> np.ndarray:
        """Return whether a sentence (or an article) begins at each position."""
        if self.bounds == "sentence":
            return (self.shard.flags[positions] & SENTENCE) > 0
        offsets = self.shard.offsets
        return offsets[np.searchsorted(offsets, positions)] == positions


def lengths(node) -> tuple[int, int]:
    """Return how many words a pattern has at least and at most."""
    if isinstance(node, Gap):
        return node.least, node.most
    if isinstance(node, Choice):
        least, most = zip(*map(lengths, node.options), strict=True)
        return min(least), max(most)
    if isinstance(node, Sequence):
        return tuple(map(sum, zip(*map(lengths, node.parts), strict=True)))
    return 1, 1


def ranges(begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return all numbers from each begin to before its end, one range after another."""
    sizes = ends - begins
    before = np.cumsum(sizes) - sizes
    return np.arange(sizes.sum()) + np.repeat(begins - before, sizes)


def union(spans: list[Spans]) -> Spans:
    """Return each span of several lists once."""
    if len(spans) == 1:
        return spans[0]
    starts, ends = map(np.concatenate, zip(*spans, strict=True))
    keys = np.unique(starts << 32 | ends)
    return keys >> 32, keys & 0xFFFFFFFF


def longest(starts: np.ndarray, ends: np.ndarray) -> Spans:
    """Return the longest span of each start, by start."""
    if (starts[1:] > starts[:-1]).all():
        return starts, ends
    keys = np.sort(starts << 32 | ends)
    starts, ends = keys >> 32, keys & 0xFFFFFFFF
    last = np.append(starts[1:] != starts[:-1], True)
    return starts[last], ends[last]


def once(starts: np.ndarray, ends: np.ndarray) -> Spans:
    """Return the spans, from the left and the longest first, that share no token."""
    starts, ends = longest(starts, ends)
    if (starts[1:] >= ends[:-1]).all():
        return starts, ends
    if kernels.pays(starts.nbytes):
        kept = keep_once(starts, ends)
    else:
        kept, free = np.zeros(len(starts), bool), 0
        pairs = zip(starts.tolist(), ends.tolist(), strict=True)
        for number, (start, end) in enumerate(pairs):
            if start >= free:
                kept[number], free = True, end
    return starts[kept], ends[kept]
