"""What a span of words counts for: entries compiled, and their claims settled.

One rule serves dictionaries and rival labels: the longest match takes its words, once;
of the entries that meet the same words, one wins in each rivalry, the most literal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from mediakit.text.corpus import Corpus
from mediakit.text.pattern_match import ranges
from mediakit.text.patterns import Item, Patterns, compile_patterns

NO_ONE = -1
"""The rivalry of exclusions: what they meet counts for nothing."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Entries compiled for a corpus, and the items that each counts for.

    `patterns` has an item for each entry and, if there are negators, one more.
    `rival` and `rank` (int32 per entry) are the rivalry an entry is in and its place
    there, lowest first; ``items[starts[e]:starts[e + 1]]`` are what entry e counts for.
    ``group[type]`` is the group of entries that meet a type of the corpus, and
    `assign` (groups x items) what a group counts for.
    """

    patterns: Patterns
    rival: np.ndarray
    rank: np.ndarray
    items: np.ndarray
    starts: np.ndarray
    size: int
    group: np.ndarray
    assign: sparse.csr_array
    negator: Item | None
    reach: int

    @property
    def entries(self) -> tuple[Item, ...]:
        """The compiled entries."""
        return self.patterns.items[: len(self.rival)]


def make_plan(
    corpus: Corpus,
    patterns: Sequence[str],
    *,
    rival: Sequence[int],
    items: Sequence[Sequence[int]],
    size: int,
    negators: Sequence[str] = (),
    reach: int = 3,
) -> Plan:
    """Compile entries for a corpus; see `Plan` for what they are."""
    named = {str(number): [pattern] for number, pattern in enumerate(patterns)}
    if negators:
        named["not"] = list(negators)
    compiled = compile_patterns(corpus, named)
    order = sorted(range(len(patterns)), key=lambda e: (*_looseness(patterns[e]), e))
    rank = np.empty(len(patterns), np.int32)
    rank[order] = np.arange(len(patterns))
    claims = (
        np.asarray(rival, np.int32),
        rank,
        np.array([item for several in items for item in several], np.int64),
        np.cumsum([0, *map(len, items)]),
    )
    group, keys, entries, groups = _groups(compiled, len(patterns))
    keys, found = settle(keys, entries, claims, size)
    cells = np.ones(len(keys), np.int64), (keys, found)
    return Plan(
        compiled,
        *claims,
        size=size,
        group=group,
        assign=sparse.csr_array(cells, shape=(groups, size)),
        negator=compiled.items[-1] if negators else None,
        reach=reach,
    )


def _looseness(pattern: str) -> tuple[int, int]:
    """Return how loosely a pattern asks: fewer open signs, then more letters first."""
    return sum(map(pattern.count, "*?/[|")), -len(pattern)


def _groups(patterns: Patterns, entries: int):
    """Return the group of each type, the entries of each group, how many groups."""
    tests = [patterns.types_of(item.word) for item in patterns.items[:entries]]
    types = np.concatenate(tests)
    owners = np.repeat(np.arange(entries), [len(test) for test in tests])
    order = np.lexsort((owners, types))
    types, owners = types[order], owners[order]
    unique, first, sizes = np.unique(types, return_index=True, return_counts=True)
    group = np.full(int(unique.max(initial=-1)) + 2, -1, np.int32)
    group[unique[sizes == 1]] = owners[first[sizes == 1]]
    known: dict[tuple, int] = {}
    for number in np.flatnonzero(sizes > 1):
        several = tuple(owners[first[number] : first[number] + sizes[number]].tolist())
        group[unique[number]] = known.setdefault(several, entries + len(known))
    lengths = [1] * entries + [len(several) for several in known]
    members = [np.arange(entries), *map(np.array, known)]
    keys = np.repeat(np.arange(len(lengths)), lengths)
    return group, keys, np.concatenate(members).astype(np.int64), len(lengths)


def settle(keys, entries, claims, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the items that each key counts for, given the entries that meet it.

    `keys` and `entries` are pairs (int64); so are the keys and items returned, each
    pair once, in order.
    """
    rival, rank, items, starts = claims
    kept = ~np.isin(keys, keys[rival[entries] == NO_ONE])
    keys, entries = keys[kept], entries[kept]
    order = np.lexsort((rank[entries], rival[entries], keys))
    keys, entries = keys[order], entries[order]
    first = np.ones(len(keys), bool)
    of = rival[entries]
    first[1:] = (keys[1:] != keys[:-1]) | (of[1:] != of[:-1])
    keys, entries = keys[first], entries[first]
    begins, ends = starts[entries], starts[entries + 1]
    pairs = np.unique(
        np.repeat(keys, ends - begins) * size + items[ranges(begins, ends)]
    )
    return pairs // max(size, 1), pairs % max(size, 1)
