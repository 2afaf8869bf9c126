"""Blocks of a measure whose counts are few and found one by one."""

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.measure.blocks import Block
from mediakit.text.corpus import Corpus


def cell_blocks(
    corpus: Corpus, cells: list[tuple[int, str, int]], items: pd.DataFrame
) -> tuple[Block, ...]:
    """Return a block per part of the corpus, made of single counts.

    Parameters
    ----------
    corpus : Corpus
    cells : list of (row, item, number)
        What was counted in which row of the corpus; cells of one row and item add up.
    items : DataFrame
        item and denominator of each; a cell counts in its own denominator too.

    Returns
    -------
    tuple of Block
        int64 values; the exposure is the sum of the cells of each denominator.
    """
    place = {item: number for number, item in enumerate(items["item"])}
    rows = np.array([row for row, _, _ in cells], np.int64)
    columns = np.array([place[item] for _, item, _ in cells], np.int64)
    numbers = np.array([number for _, _, number in cells], np.int64)
    over = items["denominator"].to_numpy()
    shape = (len(corpus), len(items))
    values = sparse.csr_array(sparse.coo_array((numbers, (rows, columns)), shape=shape))
    values.sum_duplicates()
    exposure = np.zeros((len(corpus), int(over.max()) + 1))
    np.add.at(exposure, (rows, over[columns]), numbers)
    edges = np.cumsum([0, *map(len, corpus.parts)]).tolist()
    return tuple(
        Block(slice(first, stop), values[first:stop], exposure[first:stop])
        for first, stop in zip(edges[:-1], edges[1:], strict=True)
    )
