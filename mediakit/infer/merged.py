"""Clusters as units of evidence: merged within blocks, then over all of them.

A cluster may reach over several blocks; it is whole before anything is squared.
"""

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from mediakit.infer.groups import Clusters
from mediakit.infer.units import (
    OUTSIDE,
    Units,
    add_rows,
    indicator,
    spelt_out,
)
from mediakit.measure.measure import Measure


def merge_codes(units: Iterable[Units], owner: np.ndarray, chosen=None):
    """Add up the units of each code: the codes, and values and exposures of each.

    `chosen` are the positions of the items wanted, by default all.
    """
    parts = [_merged(part, chosen) for part in units]
    codes = np.unique(np.concatenate([part[0] for part in parts]))
    if len(parts) == 1:
        return parts[0]
    values = sparse.csr_array((len(codes), parts[0][1].shape[1]))
    exposure = np.zeros((len(codes), parts[0][2].shape[1]))
    for found, part, exposures in parts:
        into = np.searchsorted(codes, found)
        values = values + _spread(part, into, len(codes))
        exposure[into] += exposures
    return codes, values, exposure


def _merged(part: Units, chosen):
    codes = np.unique(part.side[part.side >= 0])
    local = np.where(part.side < 0, OUTSIDE, np.searchsorted(codes, part.side))
    exposure = indicator(local, len(codes)) @ part.exposure
    return codes, add_rows(part.values, local, len(codes), chosen), exposure


class Merged:
    """The units of all codes, added up from what `merge_codes` returns of each block.

    They stay sparse, but are held all at once.
    """

    def __init__(self, measure: Measure, count: int, items: int):
        self.kind = measure.kind
        self.values = sparse.csr_array((count, items))
        self.exposure = np.zeros((count, len(measure.denominators)))

    def add(self, codes: np.ndarray, values: sparse.csr_array, exposure: np.ndarray):
        """Add the units of one block."""
        values = _spread(values, codes, len(self.exposure))
        self.values = self.values + values if self.values.nnz else values
        self.exposure[codes] += exposure

    def units(self, side: np.ndarray) -> Units:
        """Return the units, with the side of each."""
        spelt = spelt_out(self.values) if self.kind == "mean" else self.values
        return Units(spelt, self.exposure, side)


def cluster_sides(side: np.ndarray, clusters: Clusters) -> np.ndarray:
    """Return each article's cluster on its side: all on A, then the same on B.

    A cluster that a side does not have is a unit without exposure.
    """
    return np.where(side < 0, OUTSIDE, side * clusters.count + clusters.codes)


def _spread(values: sparse.csr_array, rows: np.ndarray, count: int):
    """Return the rows of a matrix at their places among `count`, in rising order."""
    lengths = np.zeros(count + 1, values.indptr.dtype)
    lengths[rows + 1] = np.diff(values.indptr)
    cells = values.data, values.indices, np.cumsum(lengths, dtype=lengths.dtype)
    return sparse.csr_array(cells, shape=(count, values.shape[1]))
