"""Positions of words summed over articles, for `corpus_blocks`."""

import numpy as np
from scipy import sparse

from mediakit.text.part import Part
from mediakit.text.shard import View
from mediakit.text.windows import places_near


def count_all(part: Part, view: View, index: np.ndarray, position: np.ndarray):
    """Sum the positions of all words of each row, and count those that have one."""
    items = np.where(np.isfinite(np.append(position, np.nan)[index]), index, -1)
    counts = part.folded(view, items.astype(np.int32), len(position))
    sums = counts @ np.nan_to_num(position)
    known = np.asarray(counts.sum(axis=1), float)
    return sparse.csr_array(sums[:, None]), known[:, None]


def count_beside(part: Part, view: View, patterns, index, position, window: int):
    """Do so for the words near the hits of each of several names."""
    sums, known = [], []
    value = np.append(position, np.nan)[index]
    for one in patterns:
        near, *_ = places_near(part, view, one, (window, window), "sentence")
        found = value[part.to_global[part.shard.ids[near.positions]]]
        there = np.isfinite(found)
        rows, size = near.rows[there], len(part.shard)
        sums.append(np.bincount(rows, found[there], size))
        known.append(np.bincount(rows, minlength=size).astype(float))
    sums, known = np.column_stack(sums), np.column_stack(known)
    if part.rows is not None:
        sums, known = sums[part.rows], known[part.rows]
    return sparse.csr_array(sums), known
