"""Loops over the counts of two sides: sums of powers and products, large residuals."""

import numpy as np

from mediakit.kernels import compiled, unsigned


@compiled
def add_powers(sums, indptr, indices, data, exposure, side, owner):
    """Add to `sums` (items x sides x 10) those of the entries' powers.

    First 1, n and n2 of the entries that are 1, as most are; then, of the others,
    x != 0, x, xn, xn2, x2, x2n and x3.
    """
    for row in range(len(indptr) - 1):
        if side[row] < 0:
            continue
        g, n = unsigned(side[row]), exposure[row, 0]
        for at in range(unsigned(indptr[row]), unsigned(indptr[row + 1])):
            x, item = float(data[at]), unsigned(indices[at])
            if exposure.shape[1] > 1:
                n = exposure[row, owner[item]]
            if x == 1:
                sums[item, g, 0] += 1
                sums[item, g, 1] += n
                sums[item, g, 2] += n * n
            else:
                sums[item, g, 3] += x != 0
                sums[item, g, 4] += x
                sums[item, g, 5] += x * n
                sums[item, g, 6] += x * (n * n)
                sums[item, g, 7] += x * x
                sums[item, g, 8] += x * x * n
                sums[item, g, 9] += x * x * x


@compiled
def fold_powers(sums, as_one):
    """Return which items have entries, and their sums without telling ones apart.

    `as_one` says which of the first three each of the other seven also is where x is 1.
    """
    items, folded = np.empty(len(sums), np.int32), np.empty((len(sums), 2, 7))
    stored = 0
    for item in range(len(sums)):
        for g in range(2):
            for power in range(7):
                one = sums[item, g, as_one[power]]
                folded[stored, g, power] = sums[item, g, 3 + power] + one
        if folded[stored, 0, 0] + folded[stored, 1, 0] > 0:
            items[stored] = item
            stored += 1
    return items[:stored].copy(), folded[:stored]


@compiled
def add_products(sums, indptr, indices, data, exposure, owner):
    """Add to `sums` (items x 3) those of x_a x_b, x_a n_b and x_b n_a.

    The first half of the rows is side a, the other, in the same order, side b.
    """
    half = (len(indptr) - 1) // 2
    for row in range(half):
        other, last = indptr[row + half], indptr[row + half + 1]
        for at in range(indptr[row], indptr[row + 1]):
            item = indices[at]
            sums[item, 1] += data[at] * exposure[row + half, owner[item]]
            while other < last and indices[other] < item:
                other += 1
            if other < last and indices[other] == item:
                sums[item, 0] += data[at] * data[other]
        for at in range(indptr[row + half], last):
            item = indices[at]
            sums[item, 2] += data[at] * exposure[row, owner[item]]


@compiled
def add_counts(sums, indptr, indices, data, side):
    """Add to `sums` (items x sides x 2) those of x != 0 and of x."""
    for row in range(len(indptr) - 1):
        if side[row] < 0:
            continue
        g = unsigned(side[row])
        for at in range(unsigned(indptr[row]), unsigned(indptr[row + 1])):
            x, item = float(data[at]), unsigned(indices[at])
            sums[item, g, 0] += x != 0
            sums[item, g, 1] += x


@compiled
def largest_residuals(best, found, indptr, indices, data, exposure, side, owner):
    """Keep x and n of each item's first largest residual x - R n in `found`.

    `best` (items x 3) holds R of both sides, infinite where a side is not asked for,
    and the largest residual so far.
    """
    for row in range(len(indptr) - 1):
        if side[row] < 0:
            continue
        g, n = unsigned(side[row]), exposure[row, 0]
        for at in range(unsigned(indptr[row]), unsigned(indptr[row + 1])):
            item = unsigned(indices[at])
            if exposure.shape[1] > 1:
                n = exposure[row, owner[item]]
            residual = data[at] - best[item, g] * n
            if residual > best[item, 2]:
                best[item, 2] = residual
                found[item, 0], found[item, 1] = data[at], n
