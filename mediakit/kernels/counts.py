"""Loops over counts: words of each article, sums of sides and cells, large residuals.

Counts come as int64 or as float and are added up as float.
"""

import numpy as np

from mediakit.kernels import compiled


@compiled
def count_tokens(ids, offsets, to, size):
    """Count the tokens of each text: a CSR matrix of texts x `size` items.

    `to` says which item a type is, -1 for none.

    Returns
    -------
    indptr : ndarray of int64
    indices : ndarray of int32
        In order within a row.
    counts : ndarray of int64
    """
    indptr = np.zeros(len(offsets), np.int64)
    indices, counts = np.empty(len(ids), np.int32), np.empty(len(ids), np.int64)
    count = np.zeros(size, np.int64)
    stored = 0
    for text in range(len(offsets) - 1):
        first = stored
        for at in range(offsets[text], offsets[text + 1]):
            item = to[ids[at]]
            if item >= 0:
                if count[item] == 0:
                    indices[stored] = item
                    stored += 1
                count[item] += 1
        indices[first:stored].sort()
        for at in range(first, stored):
            counts[at] = count[indices[at]]
            count[indices[at]] = 0
        indptr[text + 1] = stored
    return indptr, indices[:stored].copy(), counts[:stored].copy()


@compiled
def select_columns(indptr, indices, data, place):
    """Keep the entries of a CSR matrix whose column has a `place`, moved there.

    Returns
    -------
    indptr, indices, data : ndarray
        In the old order within a row.
    """
    ends = np.zeros(len(indptr), np.int64)
    moved, kept = np.empty(len(indices), np.int32), np.empty_like(data)
    stored = 0
    for row in range(len(indptr) - 1):
        for at in range(indptr[row], indptr[row + 1]):
            item = place[indices[at]]
            if item >= 0:
                moved[stored], kept[stored] = item, data[at]
                stored += 1
        ends[row + 1] = stored
    return ends, moved[:stored].copy(), kept[:stored].copy()


@compiled
def merge_rows(order, ends, indptr, indices, data, size):
    """Add up rows of a CSR matrix: row g is the sum of ``order[ends[g]:ends[g + 1]]``.

    Returns
    -------
    indptr, indices, data : ndarray
        Of the merged matrix, with sorted indices.
    """
    merged_ptr = np.zeros(len(ends), np.int64)
    merged, sums = np.empty(len(indices), np.int32), np.empty(len(indices), np.float64)
    total, seen = np.zeros(size, np.float64), np.zeros(size, np.bool_)
    stored = 0
    for group in range(len(ends) - 1):
        first = stored
        for row in order[ends[group] : ends[group + 1]]:
            for at in range(indptr[row], indptr[row + 1]):
                item = indices[at]
                if not seen[item]:
                    seen[item] = True
                    merged[stored] = item
                    stored += 1
                total[item] += data[at]
        if stored - first > size // 16:
            merged[first:stored] = np.flatnonzero(seen)
        else:
            merged[first:stored].sort()
        for at in range(first, stored):
            sums[at] = total[merged[at]]
            total[merged[at]], seen[merged[at]] = 0.0, False
        merged_ptr[group + 1] = stored
    return merged_ptr, merged[:stored].copy(), sums[:stored].copy()


@compiled
def add_powers(sums, indptr, indices, data, exposure, side, owner):
    """Add to `sums` (items x sides x 7) those of x != 0, x, xn, xn2, x2, x2n and x3."""
    for row in range(len(indptr) - 1):
        if side[row] < 0:
            continue
        for at in range(indptr[row], indptr[row + 1]):
            x, item = float(data[at]), indices[at]
            n = exposure[row, owner[item]]
            into = sums[item, side[row]]
            into[0] += x != 0
            into[1] += x
            into[2] += x * n
            into[3] += x * (n * n)
            into[4] += x * x
            into[5] += x * x * n
            into[6] += x * x * x


@compiled
def add_cells(sums, indptr, indices, data, exposure, cell, owner, weight):
    """Add to `sums` (items x cells x 5) those of x, x != 0, x == n, w x x and w x n."""
    for row in range(len(indptr) - 1):
        if cell[row] < 0:
            continue
        for at in range(indptr[row], indptr[row + 1]):
            x, item = float(data[at]), indices[at]
            n, w = exposure[row, owner[item]], weight[row, owner[item]]
            into = sums[item, cell[row]]
            into[0] += x
            into[1] += x != 0
            into[2] += x == n
            into[3] += w * x * x
            into[4] += w * x * n


@compiled
def largest_residuals(found, indptr, indices, data, exposure, side, owner, lead):
    """Keep each item's first largest residual x - R n on its leading side.

    `found` has the rows residual, x and n; `lead` the rows R and side.
    """
    for row in range(len(indptr) - 1):
        if side[row] < 0:
            continue
        for at in range(indptr[row], indptr[row + 1]):
            item = indices[at]
            if lead[1, item] == side[row]:
                n = exposure[row, owner[item]]
                residual = data[at] - lead[0, item] * n
                if residual > found[0, item]:
                    found[0, item] = residual
                    found[1, item], found[2, item] = data[at], n
