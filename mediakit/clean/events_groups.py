"""Articles put together by the average of their likeness, day after day.

One link is not enough: an article joins an event when it is on average as like as the
threshold asks to *all* that was written of it, those out of reach in time counting as
unlike. So events do not chain from one week into the next, and no event of the past
changes when new articles come.
"""

import heapq

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from mediakit.progress import progress

BATCH, AT_ONCE = 1_000, 5_000
FAINT = 0.25


def group_units(
    vectors: sparse.csr_array,
    day: np.ndarray,
    *,
    days: float,
    threshold: float,
    known: np.ndarray,
) -> np.ndarray:
    """Return the event of each unit, numbered on from those known.

    Parameters
    ----------
    vectors : csr_array, units x words
        Of length 1, in the order of `day`.
    day : ndarray of float
        Never falling.
    days : float
        Units further apart count as unlike.
    threshold : float
        The average likeness from which groups are put together.
    known : ndarray of int
        The event of units that have one, from 0 on; -1 for new ones. Known events
        get new units and are never put together or split.
    """
    event = known.copy()
    sizes = np.bincount(known[known >= 0], minlength=0).tolist()
    for batch in progress(_batches(day, known), what="events"):
        now = day[batch[0]]
        first = np.searchsorted(day, now - days)
        last = np.searchsorted(day, now + days, side="right")
        there = first + np.flatnonzero(event[first:last] >= 0)
        codes, place = np.unique(event[there], return_inverse=True)
        cells = np.ones(len(there)), (place, np.arange(len(there)))
        into = sparse.csr_array(cells, shape=(len(codes), len(there)))
        counts = [1] * len(batch) + [sizes[code] for code in codes]
        links = _links(vectors[batch], into @ vectors[there], counts, threshold)
        leaders = _put_together(links, counts, len(batch), threshold)
        names = dict(enumerate(codes.tolist(), start=len(batch)))
        for row, leader in zip(batch, leaders, strict=True):
            if leader not in names:
                names[leader] = len(sizes)
                sizes.append(0)
            event[row] = names[leader]
            sizes[names[leader]] += 1
    return event


def _batches(day: np.ndarray, known: np.ndarray) -> list[np.ndarray]:
    """Return the new units, day by day, a thousand at a time."""
    new = np.flatnonzero(known < 0)
    cuts = np.flatnonzero(np.diff(day[new])) + 1
    return [
        part[start : start + BATCH]
        for part in np.split(new, cuts)
        for start in range(0, len(part), BATCH)
    ]


def _links(new, old, counts, threshold) -> list[dict[int, float]]:
    """Return of each node its summed likeness to those it may come together with.

    Nodes are the new units, then the events there. Two events have no link; nor have
    nodes that no chain of likeness above the threshold joins, as they stay apart.
    """
    counts = np.array(counts, float)
    cells = _cells(new, sparse.vstack([new, old], format="csr"), counts, threshold)
    rows, columns, sums = (np.concatenate(part) for part in zip(*cells, strict=True))
    strong = sums >= threshold * counts[columns]
    shape = len(counts), len(counts)
    graph = sparse.csr_array((strong[strong], (rows[strong], columns[strong])), shape)
    _, chain = connected_components(graph, directed=False)
    kept = chain[rows] == chain[columns]
    links = [{} for _ in counts]
    triples = zip(rows[kept], columns[kept], sums[kept], strict=True)
    for row, column, total in triples:
        links[row][int(column)] = links[column][int(row)] = float(total)
    return links


def _cells(new, nodes, counts, threshold):
    """Yield rows, columns and sums of the pairs that are not faint, each pair once."""
    for start in range(0, nodes.shape[0], AT_ONCE):
        some = (new @ nodes[start : start + AT_ONCE].T).tocoo()
        rows, columns = some.coords
        columns = columns + start
        kept = some.data >= FAINT * threshold * counts[columns]
        kept &= rows < columns
        yield rows[kept], columns[kept], some.data[kept]


def _put_together(links, counts, new: int, threshold: float) -> list[int]:
    """Return the leader of each new node: of its group, the event or the first node.

    The two groups most alike on average are put together first, until none are as
    alike as the threshold.
    """
    counts, leader = list(counts), list(range(len(links)))
    heap = [
        (-total / (counts[one] * counts[two]), one, two)
        for one, others in enumerate(links)
        for two, total in others.items()
        if one < two and total >= threshold * counts[one] * counts[two]
    ]
    heapq.heapify(heap)
    while heap:
        alike, one, two = heapq.heappop(heap)
        total = links[one].get(two)
        if total is None or -total / (counts[one] * counts[two]) != alike:
            continue
        keeps, goes = (two, one) if two >= new else (one, two)
        leader[goes] = keeps
        del links[goes][keeps], links[keeps][goes]
        counts[keeps] += counts[goes]
        for other, more in links[goes].items():
            del links[other][goes]
            if keeps >= new and other >= new:
                continue
            links[keeps][other] = links[keeps].get(other, 0.0) + more
            links[other][keeps] = links[keeps][other]
        links[goes] = {}
        for other, total in links[keeps].items():
            if total >= threshold * counts[keeps] * counts[other]:
                pair = min(keeps, other), max(keeps, other)
                heapq.heappush(heap, (-total / (counts[keeps] * counts[other]), *pair))
    for node in range(new):
        while leader[leader[node]] != leader[node]:
            leader[node] = leader[leader[node]]
    return leader[:new]
