"""Blocks of a measure whose counts are few and found one by one."""

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.measure.blocks import Blocks, Recipe
from mediakit.text.corpus import Corpus


def count_cells(
    rows: int, cells: list[tuple[int, str, int]], items: pd.DataFrame
) -> tuple[sparse.csr_array, np.ndarray]:
    """Return values and exposure of a block that is made of single counts.

    Parameters
    ----------
    rows : int
        How many rows the block has.
    cells : list of (row, item, number)
        What was counted in which row; cells of one row and item add up.
    items : DataFrame
        item and denominator of each; a cell counts in its own denominator too.

    Returns
    -------
    csr_array, ndarray
        int64 values; the exposure is the sum of the cells of each denominator.
    """
    place = {item: number for number, item in enumerate(items["item"])}
    at = np.array([row for row, _, _ in cells], np.int64)
    columns = np.array([place[item] for _, item, _ in cells], np.int64)
    numbers = np.array([number for _, _, number in cells], np.int64)
    over = items["denominator"].to_numpy()
    shape = (rows, len(items))
    values = sparse.csr_array(sparse.coo_array((numbers, (at, columns)), shape=shape))
    values.sum_duplicates()
    exposure = np.zeros((rows, int(over.max()) + 1))
    np.add.at(exposure, (at, over[columns]), numbers)
    return values, exposure


def row_blocks(corpus: Corpus, recipe: Recipe, *columns: np.ndarray) -> Blocks:
    """Return a measure's blocks, made by a recipe of each part and its rows' values.

    The recipe gets the number of a part, the part, and its own rows of each column.
    """
    starts = np.cumsum([0, *map(len, corpus.parts)]).tolist()
    edges = zip(corpus.parts, starts[:-1], starts[1:], strict=True)
    sources = ((part, *(one[a:b] for one in columns)) for part, a, b in edges)
    return Blocks(recipe, tuple(sources), tuple(starts))
