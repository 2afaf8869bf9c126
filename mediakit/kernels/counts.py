"""Loops over counts: words of each article, columns chosen, rows and cells added up.

Counts come as int64 or as float and are added up as float.
"""

import numpy as np

from mediakit.kernels import compiled, unsigned

DENSE = 16
FEW = 64


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
    count, room = np.zeros(size, np.int32), np.empty((2, size), np.int32)
    stored = 0
    for text in range(len(offsets) - 1):
        found = 0
        for at in range(offsets[text], offsets[text + 1]):
            item = to[ids[at]]
            if item >= 0:
                if count[item] == 0:
                    room[0, found] = item
                    found += 1
                count[item] += 1
        for item in in_order(room[0, :found], room[1, :found]):
            indices[stored], counts[stored] = item, count[item]
            count[item] = 0
            stored += 1
        indptr[text + 1] = stored
    return indptr, indices[:stored].copy(), counts[:stored].copy()


@compiled
def in_order(numbers, room):
    """Return numbers of at least 0 in order, in their own place or in `room`.

    Many are dealt out byte by byte, the last byte first: thrice as fast as sorting.
    """
    if len(numbers) < FEW:
        numbers.sort()
        return numbers
    most = np.int64(numbers.max())
    for byte in range(4):
        if most >> 8 * byte:
            ends = np.zeros(257, np.int32)
            for number in numbers:
                ends[(number >> 8 * byte & 255) + 1] += 1
            ends = ends.cumsum()
            for number in numbers:
                first = number >> 8 * byte & 255
                room[ends[first]] = number
                ends[first] += 1
            numbers, room = room, numbers
    return numbers


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
def merge_rows(order, ends, indptr, indices, data, place, size):
    """Add up rows of a CSR matrix: row g is the sum of ``order[ends[g]:ends[g + 1]]``.

    `place` says which of `size` items a column is, -1 for none: those are added up in
    the last of `total`, past all items.

    Returns
    -------
    indptr, indices, data : ndarray
        Of the merged matrix, with sorted indices and without zeros.
    """
    merged_ptr = np.zeros(len(ends), np.int64)
    room = len(indices) + 1
    merged, sums = np.empty(room, np.int32), np.empty(room, np.float64)
    total, found = np.zeros(size + 1, np.float64), np.empty(size, np.int32)
    place = np.where(place < 0, size, place).astype(np.int32)
    seen = np.zeros(size, np.bool_)
    stored = 0
    for group in range(len(ends) - 1):
        rows = order[ends[group] : ends[group + 1]]
        entries = 0
        for row in rows:
            entries += indptr[row + 1] - indptr[row]
        if entries > size // DENSE:
            for row in rows:
                for at in range(unsigned(indptr[row]), unsigned(indptr[row + 1])):
                    total[unsigned(place[unsigned(indices[at])])] += data[at]
            for item in range(unsigned(size)):
                merged[stored], sums[stored] = item, total[item]
                stored += total[item] != 0
                total[item] = 0.0
        else:
            count = 0
            for row in rows:
                for at in range(indptr[row], indptr[row + 1]):
                    item = place[indices[at]]
                    total[item] += data[at]
                    if item < size and not seen[item]:
                        seen[item] = True
                        found[count] = item
                        count += 1
            found[:count].sort()
            for item in found[:count]:
                merged[stored], sums[stored] = item, total[item]
                stored += total[item] != 0
                total[item], seen[item] = 0.0, False
        merged_ptr[group + 1] = stored
    return merged_ptr, merged[:stored].copy(), sums[:stored].copy()


@compiled
def add_cells(sums, indptr, indices, data, exposure, cell, owner, weight):
    """Add to `sums` (items x cells x 5) those of x, x != 0, x == n, w x x and w x n."""
    for row in range(len(indptr) - 1):
        if cell[row] < 0:
            continue
        for at in range(unsigned(indptr[row]), unsigned(indptr[row + 1])):
            x, item = float(data[at]), unsigned(indices[at])
            n, w = exposure[row, owner[item]], weight[row, owner[item]]
            into = sums[item, cell[row]]
            into[0] += x
            into[1] += x != 0
            into[2] += x == n
            into[3] += w * x * x
            into[4] += w * x * n
