"""Loops over two counts of the same articles: words near a node, and the others."""

import numpy as np

from mediakit.kernels import compiled


@compiled
def add_pairs(sums, held, near, rest, place):
    """Add to `sums` (items x 20) what two measures of the same rows hold of items.

    `near` and `rest` are (indptr, indices, data, exposure); `place` says which item of
    `near` one of the `rest` is, -1 for none. The sums are x != 0, x, xn, xnn, xx, xxn,
    xxx and xxxx of the rest, then of the near, and of rows with exposure of both the
    products xy, x m and y n and x != 0 != y. `held` counts x != 0 of all of the rest.
    """
    indptr, indices, data, exposure = near
    rest_ptr, rest_indices, rest_data, rest_exposure = rest
    beside = np.zeros(len(sums), np.float64)
    for row in range(len(indptr) - 1):
        n, m = exposure[row], rest_exposure[row]
        both = n > 0 and m > 0
        for at in range(rest_ptr[row], rest_ptr[row + 1]):
            item, y = rest_indices[at], float(rest_data[at])
            held[item] += y != 0
            if place[item] >= 0:
                into = sums[place[item]]
                add_moments(into, 0, y, m)
                if both:
                    into[18] += y * n
                    beside[place[item]] = y
        for at in range(indptr[row], indptr[row + 1]):
            item, x = indices[at], float(data[at])
            into = sums[item]
            add_moments(into, 8, x, n)
            if both:
                into[16] += x * beside[item]
                into[17] += x * m
                into[19] += x != 0 and beside[item] != 0
        if both:
            for at in range(rest_ptr[row], rest_ptr[row + 1]):
                if place[rest_indices[at]] >= 0:
                    beside[place[rest_indices[at]]] = 0


@compiled
def add_moments(into, first, x, n):
    """Add x != 0, x, xn, xnn, xx, xxn, xxx and xxxx, beginning at `first`."""
    into[first] += x != 0
    into[first + 1] += x
    into[first + 2] += x * n
    into[first + 3] += x * n * n
    into[first + 4] += x * x
    into[first + 5] += x * x * n
    into[first + 6] += x * x * x
    into[first + 7] += x * x * x * x
