"""Hits of a dictionary in each article: a pass over the words, then the phrases."""

import numpy as np
from scipy import sparse

from mediakit.measure.dictionary_plan import Plan, settle
from mediakit.text.bags import CountsShard
from mediakit.text.part import Part
from mediakit.text.pattern_match import Finder, once, ranges
from mediakit.text.patterns import find_phrases
from mediakit.text.shard import SENTENCE, View

PER_HIT = 8
"""What a hit costs by the index, in tokens of a pass over all."""


def count_entries(part: Part, view: View, plan: Plan, unit: str):
    """Count what a plan asks for, and the units it is counted in; for `corpus_blocks`.

    `unit` "token" counts hits, "sentence" and "article" those that hold a hit; with a
    negator the items follow once more for what is negated. "uses" has as exposure the
    sum of the items, and "covered" counts words inside hits.
    """
    if isinstance(part.shard, CountsShard):
        group = _local(plan, part.to_global)
        values = part.shard.folded(view, group, plan.assign.shape[0]) @ plan.assign
        totals = part.shard.totals(view)
    else:
        finder = Finder(
            part.shard, view, "sentence", plan.patterns.local(part.to_global)
        )
        values, totals = _of_shard(finder, view, part.to_global, plan, unit)
    values = sparse.csr_array(values)
    values.eliminate_zeros()
    values.sort_indices()
    if unit == "uses":
        totals = values.sum(axis=1)
    totals = np.asarray(totals, float)[:, None]
    return (values, totals) if part.rows is None else _rows(values, totals, part.rows)


def _rows(values, totals, rows):
    return values[rows], totals[rows]


def _local(plan: Plan, to_global: np.ndarray) -> np.ndarray:
    """Return the group of each type of a shard; -1 for none."""
    return plan.group[np.minimum(to_global, len(plan.group) - 1)]


def _of_shard(finder: Finder, view: View, to_global, plan: Plan, unit: str):
    starts, ends, keys, items = _phrases(finder, plan)
    where, groups = _words(finder, to_global, plan, ranges(starts, ends))
    negated = negated_tokens(finder, plan)
    documents = finder.shard.documents(view.field)
    offsets = finder.shard.offsets[documents.start : documents.stop + 1]
    edges = _sentences(finder, offsets) if unit == "sentence" else offsets
    lengths = (ends - starts)[keys] if unit == "covered" else np.ones(len(keys), int)
    blocks = []
    for side in (None,) if negated is None else (False, True):
        kept, hits = _side(where, negated, side), _side(starts[keys], negated, side)
        words = _matrix(where[kept], groups[kept], edges, plan.assign.shape[0])
        values = words @ plan.assign
        rows = np.searchsorted(edges, starts[keys][hits], side="right") - 1
        cells = lengths[hits], (rows, items[hits])
        blocks.append(values + sparse.coo_array(cells, values.shape).tocsr())
    values = sparse.csr_array(sparse.hstack(blocks, format="csr"))
    if unit in ("token", "covered", "uses"):
        return values, finder.shard.totals(view)
    values.data = (values.data > 0).astype(np.int64)
    if unit == "article":
        return values, finder.shard.totals(view) > 0
    return _by_article(values, edges, offsets), _sentence_totals(finder, edges, offsets)


def _phrases(finder: Finder, plan: Plan):
    """Return the spans that phrases take, and which of them counts for which item."""
    found = []
    for number, entry in enumerate(plan.entries):
        for text, phrase in entry.phrases:
            if finder.cost(phrase):
                starts, ends = finder.longest(phrase, text)
                found.append((starts, ends, np.full(len(starts), number)))
    if not found:
        return (np.empty(0, np.int64),) * 4
    starts, ends, entries = map(np.concatenate, zip(*found, strict=True))
    spans, of = np.unique(starts << 32 | ends, return_inverse=True)
    first, last = once(spans >> 32, spans & 0xFFFFFFFF)
    place = np.full(len(spans), -1)
    place[np.searchsorted(spans, first << 32 | last)] = np.arange(len(first))
    keys = place[of]
    claims = plan.rival, plan.rank, plan.items, plan.starts
    keys, items = settle(keys[keys >= 0], entries[keys >= 0], claims, plan.size)
    return first, last, keys, items


def _words(finder: Finder, to_global, plan: Plan, taken: np.ndarray):
    """Return where single words stand that no phrase took, and their groups."""
    ids, inside = finder.shard.ids, finder.inside
    group = _local(plan, to_global)
    tests = [entry.word for entry in plan.entries]
    if finder.sizes[tests].sum() * PER_HIT < inside.stop - inside.start:
        found = [finder.positions(test) for test in tests]
        where = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
        where = where[~np.isin(where, taken)]
        return where, group[ids[where]]
    groups = group[ids[inside]]
    groups[taken - inside.start] = -1
    if finder.mask is not None:
        groups[~finder.mask] = -1
    where = np.flatnonzero(groups >= 0)
    return where + inside.start, groups[where]


def entry_hits(finder: Finder, to_global, plan: Plan):
    """Return where items stand: starts, ends and items (int64), in the text's order.

    The longest match once, as it is counted; several items may stand at a place.
    """
    starts, ends, keys, items = _phrases(finder, plan)
    where, groups = _words(finder, to_global, plan, ranges(starts, ends))
    assign = sparse.csr_array(plan.assign)
    first, after = assign.indptr[groups], assign.indptr[groups + 1]
    of_word = np.repeat(where, after - first)
    found = (
        np.concatenate([starts[keys], of_word]),
        np.concatenate([ends[keys], of_word + 1]),
        np.concatenate([items, assign.indices[ranges(first, after)]]),
    )
    order = np.lexsort((found[2], found[0]))
    return tuple(one[order].astype(np.int64) for one in found)


def negated_tokens(finder: Finder, plan: Plan) -> np.ndarray | None:
    """Mark the tokens of the stream that stand behind a negator, in its sentence."""
    if plan.negator is None:
        return None
    ends = np.concatenate(
        [finder.positions(plan.negator.word) + 1, find_phrases(finder, plan.negator)[1]]
    )
    marked = np.zeros(len(finder.shard.ids) + 1, bool)
    for _ in range(plan.reach):
        ends = ends[ends < finder.inside.stop]
        ends = ends[~finder.begins(ends)]
        marked[ends] = True
        ends = ends + 1
    return marked


def _side(where, negated, side) -> np.ndarray | slice:
    return slice(None) if side is None else negated[where] == side


def _matrix(where, groups, edges, size: int) -> sparse.csr_array:
    """Count groups at places, in order, between each two edges."""
    cells = np.ones(len(where), np.int64), groups, np.searchsorted(where, edges)
    return sparse.csr_array(cells, shape=(len(edges) - 1, size))


def _sentences(finder: Finder, offsets: np.ndarray) -> np.ndarray:
    """Return where the sentences of the field begin, and its end."""
    inside = finder.inside
    begins = np.flatnonzero(finder.shard.flags[inside] & SENTENCE) + inside.start
    return np.union1d(begins, offsets)


def _by_article(values, edges, offsets) -> sparse.csr_array:
    """Add up the rows of sentences to those of articles."""
    first = np.searchsorted(edges, offsets)
    cells = np.ones(len(edges) - 1, np.int64), np.arange(len(edges) - 1), first
    adds = sparse.csr_array(cells, shape=(len(offsets) - 1, len(edges) - 1))
    return adds @ values


def _sentence_totals(finder: Finder, edges, offsets) -> np.ndarray:
    """Count the sentences of which the view holds a word."""
    held = np.ones(len(edges) - 1, np.int64)
    if finder.mask is not None:
        kept = np.concatenate([[0], np.cumsum(finder.mask)])
        held = np.diff(kept[edges - finder.inside.start]) > 0
    sums = np.concatenate([[0], np.cumsum(held)])
    return np.diff(sums[np.searchsorted(edges, offsets)])
