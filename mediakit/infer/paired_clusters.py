"""A paired measure whose rows are clusters of articles: weeks, events, wire groups."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.infer.groups import Clusters
from mediakit.infer.units import add_rows, indicator
from mediakit.measure.blocks import Block, map_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.paired import Paired


def merge_pairs(measure: Paired, clusters: Clusters) -> Paired:
    """Add up both halves of a paired measure by cluster.

    Parameters
    ----------
    measure : Paired
        As `count_collocates` or `count_ngrams` returns it.
    clusters : Clusters
        The cluster of each of its articles.

    Returns
    -------
    Paired
        One row per cluster, in one block; the same items.
    """
    beside = _merged(measure.beside, clusters)
    return replace(_merged(measure, clusters), others=lambda: beside)


def _merged(measure: Measure, clusters: Clusters) -> Measure:
    count, size = clusters.count, len(measure.items)
    values = sparse.csr_array((count, size))
    exposure = np.zeros((count, len(measure.denominators)))
    added = map_blocks(measure.stored, _add_rows, clusters.codes, count)
    for some, of_them in added:
        values, exposure = values + some, exposure + of_them
    block = Block(slice(0, count), sparse.csr_array(values), exposure)
    return replace(measure, articles=pd.DataFrame(index=range(count)), stored=(block,))


def _add_rows(block: Block, codes: np.ndarray, count: int):
    """Add up a block by cluster; for `map_blocks`."""
    return add_rows(block.values, codes, count), indicator(
        codes, count
    ) @ block.exposure
