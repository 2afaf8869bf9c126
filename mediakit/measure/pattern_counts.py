"""Hits of compiled patterns in each article, all items at once.

Single words are counted by one pass over the tokens, or where they are few by the
index; then the hits of phrases are added and the single words inside them taken off.
"""

import numpy as np
from scipy import sparse

from mediakit.text.bags import CountsShard
from mediakit.text.part import Part
from mediakit.text.pattern_match import Finder, ranges
from mediakit.text.patterns import Patterns, find_phrases
from mediakit.text.shard import View

PER_HIT, PER_ITEM = 8, 5_000
"""What a hit and an item cost by the index, in tokens of a pass over all."""


def count_hits(part: Part, view: View, patterns: Patterns, bounds: str):
    """Count the hits of each item, and all words; for `corpus_blocks`."""
    totals = part.totals(view).astype(float)[:, None]
    if isinstance(part.shard, CountsShard):
        values = _folded(part.shard, part.to_global, view, patterns)
        return values if part.rows is None else values[part.rows], totals
    finder = Finder(part.shard, view, bounds, patterns.local(part.to_global))
    hits = finder.sizes[[item.word for item in patterns.items]].sum()
    cost = hits * PER_HIT + len(patterns.items) * PER_ITEM
    if cost < len(part.shard.ids):
        values = _indexed(finder, view, patterns)
    else:
        values = _folded(part.shard, part.to_global, view, patterns)
    if patterns.phrases:
        values = sparse.csr_array(values + _of_phrases(finder, view, patterns))
        values.eliminate_zeros()
    return values if part.rows is None else values[part.rows], totals


def _folded(shard, to_global, view: View, patterns: Patterns) -> sparse.csr_array:
    """Count single words by a pass over all tokens; a type may be of several items."""
    tests = [patterns.types_of(item.word) for item in patterns.items]
    types = np.concatenate(tests)
    items = np.repeat(np.arange(len(tests)), [len(test) for test in tests])
    order = np.argsort(types, kind="stable")
    types, items = types[order], items[order]
    unique, first, sizes = np.unique(types, return_index=True, return_counts=True)
    to = np.full(max(int(to_global.max(initial=-1)) + 1, 1), -1, np.int32)
    one = (sizes == 1) & (unique < len(to))
    to[unique[one]] = items[first[one]]
    several: dict[tuple, int] = {}
    for number in np.flatnonzero((sizes > 1) & (unique < len(to))):
        owners = tuple(items[first[number] : first[number] + sizes[number]].tolist())
        to[unique[number]] = several.setdefault(owners, len(tests) + len(several))
    counts = shard.folded(view, to[to_global], len(tests) + len(several))
    if not several:
        return counts
    owners = [*((item,) for item in range(len(tests))), *several]
    rows = np.repeat(np.arange(len(owners)), [len(one) for one in owners])
    columns = np.concatenate(owners).astype(np.int64)
    cells = np.ones(len(rows), np.int64), (rows, columns)
    counts = counts @ sparse.csr_array(cells, shape=(len(owners), len(tests)))
    counts.sort_indices()
    return counts


def _indexed(finder: Finder, view: View, patterns: Patterns) -> sparse.csr_array:
    """Count single words by the index."""
    found = [finder.positions(item.word) for item in patterns.items]
    ones = [np.ones(len(positions), np.int64) for positions in found]
    return _matrix(finder, view, found, ones)


def _of_phrases(finder: Finder, view: View, patterns: Patterns) -> sparse.csr_array:
    """Count hits of phrases, less the single words of the same item inside them."""
    found, counts = [], []
    for item in patterns.items:
        starts, ends = find_phrases(finder, item)
        inside = ranges(starts, ends)
        inside = inside[finder.passes(item.word, inside)]
        found.append(np.concatenate([starts, inside]))
        counts.append(np.repeat([1, -1], [len(starts), len(inside)]))
    return _matrix(finder, view, found, counts)


def _matrix(finder: Finder, view: View, found: list, counts: list):
    """Return counts at positions as rows of the field x items."""
    offsets, documents = finder.shard.offsets, finder.shard.documents(view.field)
    sizes = [len(positions) for positions in found]
    positions = np.concatenate(found)
    rows = np.searchsorted(offsets, positions, side="right") - 1 - documents.start
    items = np.repeat(np.arange(len(found)), sizes)
    cells = np.concatenate(counts), (rows, items)
    return sparse.csr_array(sparse.coo_array(cells, (len(finder.shard), len(found))))
