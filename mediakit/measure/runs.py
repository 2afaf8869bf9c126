"""Runs of words: numbered step by step, so that rare ones never need memory.

A run of k words is known by the number of its first k - 1 words and its last word,
which fit into 64 bits together, with the row they stand in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from mediakit.measure.blocks import corpus_blocks, map_blocks
from mediakit.measure.terms import articles_with, count_words
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.shard import SENTENCE, View
from mediakit.workers import Once, each

TOKENS_AT_ONCE = 1 << 22
LARGEST = 1 << 62


@dataclass(frozen=True, eq=False)
class Runs:
    """Which runs are counted.

    Attributes
    ----------
    index : ndarray of int32
        The word of each type of the vocabulary, -1 where a run ends.
    edge : ndarray of bool, one per word
        Whether a run may begin and end with it.
    tables : tuple of ndarray of int64
        The known runs of two words, of three, and so on: the number of the run before
        times the number of words, plus the last word; ascending.
    """

    index: np.ndarray
    edge: np.ndarray
    tables: tuple[np.ndarray, ...] = ()

    def words(self) -> np.ndarray:
        """Return the words of the longest runs known, runs x words."""
        if not self.tables:
            return np.arange(len(self.edge))[:, None]
        before = Runs(self.index, self.edge, self.tables[:-1]).words()
        first, last = np.divmod(self.tables[-1], max(len(self.edge), 1))
        return np.column_stack([before[first], last])


def common_runs(
    corpus: Corpus, index: np.ndarray, edge: np.ndarray, n: int, least: int
) -> Runs:
    """Return the runs of `n` words that stand in at least `least` articles."""
    size = len(edge)
    blocks = corpus_blocks(corpus, count_words, index, size)
    found = map_blocks(blocks, articles_with, None, size)
    common = sum(found, np.zeros(size, np.int64)) >= least
    runs = Runs(np.where(np.append(common, False)[index], index, -1), edge)
    for step in range(2, n + 1):
        keys, articles = np.empty(0, np.int64), np.empty(0, np.int64)
        last = step == n
        parts = ((Once(part),) for part in corpus.parts)
        for found in each(runs_of_part, parts, corpus.view, Once(runs), last):
            keys, articles = _added(keys, articles, *found)
        table = keys[articles >= least]
        runs = Runs(runs.index, edge, (*runs.tables, table))
    return runs


def runs_of_part(parts: tuple[Part], view: View, runs: Runs, last: bool):
    """Return the runs one word longer than known ones, and the articles of each."""
    (part,) = parts
    keys, articles = np.empty(0, np.int64), np.empty(0, np.int64)
    for found, _, _ in _found(part, view, runs, last):
        if len(found):
            firsts = np.flatnonzero(np.append(True, found[1:] != found[:-1]))
            counts = np.diff(np.append(firsts, len(found)))
            keys, articles = _added(keys, articles, found[firsts], counts)
    return keys, articles


def count_runs(part: Part, view: View, runs: Runs, place: np.ndarray):
    """Count the longest runs known, each at its place; for `corpus_blocks`."""
    *known, table = runs.tables
    before = Runs(runs.index, runs.edge, tuple(known))
    cells = [(np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int64))]
    for keys, rows, counts in _found(part, view, before, last=True):
        at, held = _looked_up(table, keys)
        cells.append((rows[held], place[at], counts[held]))
    rows, columns, counts = map(np.concatenate, zip(*cells, strict=True))
    shape = (len(part), len(place))
    values = sparse.csr_array(sparse.coo_array((counts, (rows, columns)), shape))
    values.sort_indices()
    return values, part.totals(view).astype(float)[:, None]


def _found(part: Part, view: View, runs: Runs, last: bool) -> Iterator[tuple]:
    """Yield keys, rows and counts of the runs one word longer, a slice at a time.

    They are sorted by key, then by row.
    """
    size, step = len(runs.edge), len(runs.tables) + 1
    known = len(runs.tables[-1]) if runs.tables else size
    for words, rows, follows in _slices(part, view, runs, max(known, 1) * max(size, 1)):
        places, prefix = _prefixes(words, follows, runs)
        places, keys = _longer(places, prefix, words, follows, size, step)
        if last:
            ends = runs.edge[words[places + step]]
            places, keys = places[ends], keys[ends]
        if not len(keys):
            continue
        low = rows.min()
        width = int(rows.max() - low) + 1
        packed = np.sort(keys * width + (rows[places] - low))
        firsts = np.flatnonzero(np.append(True, packed[1:] != packed[:-1]))
        keys, inside = np.divmod(packed[firsts], width)
        yield keys, inside + low, np.diff(np.append(firsts, len(packed)))


def _slices(part: Part, view: View, runs: Runs, keys: int) -> Iterator[tuple]:
    """Yield the words of some rows, their rows, and whether the next one follows."""
    shard = part.shard
    where, offsets = shard.selected(view)
    local = runs.index[part.to_global]
    row_of = np.full(len(shard), -1, np.int64)
    row_of[slice(None) if part.rows is None else part.rows] = np.arange(len(part))
    most = max(LARGEST // keys, 1)
    first = 0
    while first < len(shard):
        reach = np.searchsorted(offsets, offsets[first] + TOKENS_AT_ONCE, side="right")
        stop = min(max(int(reach) - 1, first + 1), first + most, len(shard))
        at = where[offsets[first] : offsets[stop]]
        rows = np.repeat(row_of[first:stop], np.diff(offsets[first : stop + 1]))
        words = np.where(rows >= 0, local[shard.ids[at]], -1).astype(np.int64)
        follows = np.zeros(len(at), bool)
        follows[:-1] = (at[1:] == at[:-1] + 1) & (rows[1:] == rows[:-1])
        follows[:-1] &= (shard.flags[at[1:]] & SENTENCE) == 0
        follows[:-1] &= words[1:] >= 0
        first = stop
        kept = rows >= 0
        if kept.any():
            yield words, np.where(kept, rows, rows[kept].min()), follows


def _prefixes(words: np.ndarray, follows: np.ndarray, runs: Runs):
    """Return where known runs begin, and the number of each."""
    places = np.flatnonzero(words >= 0)
    places = places[runs.edge[words[places]]]
    prefix = words[places]
    for step, table in enumerate(runs.tables, start=1):
        places, keys = _longer(places, prefix, words, follows, len(runs.edge), step)
        order = np.argsort(keys)
        prefix, held = _looked_up(table, keys[order])
        places = places[order[held]]
    return places, prefix


def _longer(places, prefix, words, follows, size: int, step: int):
    """Return the runs that go on for a word, with the key of the longer run."""
    going = follows[places + step - 1]
    places, prefix = places[going], prefix[going]
    return places, prefix * size + words[places + step]


def _looked_up(table: np.ndarray, keys: np.ndarray):
    """Return the numbers of the keys that the table has, and which keys those are."""
    if not len(table):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(table, keys), len(table) - 1)
    held = np.flatnonzero(table[at] == keys)
    return at[held], held


def _added(keys, counts, more_keys, more_counts):
    """Add up counts by key; both tables are ascending, and so is their sum."""
    if not len(keys):
        return more_keys, more_counts
    joined = np.concatenate([keys, more_keys])
    order = np.argsort(joined, kind="stable")
    joined = joined[order]
    firsts = np.flatnonzero(np.append(True, joined[1:] != joined[:-1]))
    sums = np.add.reduceat(np.concatenate([counts, more_counts])[order], firsts)
    return joined[firsts], sums
