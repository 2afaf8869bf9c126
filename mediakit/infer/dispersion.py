"""dispersion: whether an item is spread over the articles or a handful hold it all."""

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError
from mediakit.formulas import dispersion as formulas
from mediakit.infer.groups import group_codes
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.units import indicator
from mediakit.measure.blocks import Block, map_blocks
from mediakit.measure.measure import Measure

ENTRIES_AT_ONCE = 2_000_000
MEASURES = {
    "juilland_d": formulas.juilland_d,
    "carroll_d2": formulas.carroll_d2,
    "rosengren_s": formulas.rosengren_s,
    "dp": formulas.gries_dp,
    "dp_norm": formulas.dp_norm,
    "dkl": formulas.dkl,
    "arf": formulas.arf_of_parts,
}
COLUMNS = ("item", "value", "parts", "parts_with", *MEASURES)


def dispersion(measure: Measure, *, by: str | None = None) -> pd.DataFrame:
    """Show how evenly each item is spread over articles, outlets or weeks.

    What you learn: whether a count speaks of the coverage or of one long article, one
    outlet, one week. Look here before you call a word typical of anything.

    Parameters
    ----------
    measure : Measure
        Of kind "count" or "share".
    by : str, optional
        What the parts are: a column of the articles, "week", or a preset of the
        outlet register. By default every article is a part.

    Returns
    -------
    DataFrame
        One row per item, in the order of the measure. Below, a part has v of the
        item's f uses, t = v / f, and w of the corpus' size.

        - item : str
        - value : f
        - parts, parts_with : parts with exposure; parts that hold the item
        - juilland_d : 1 even, 0 all in one part. Not for hundreds of parts, as
          articles: it then lies near 1 for nearly everything
        - carroll_d2 : entropy of the rates; 1 even, 0 all in one part. Not where parts
          differ much in size: it weighs a short article like a long one
        - rosengren_s : 1 even, smallest w at least. Not to compare corpora cut into
          different numbers of parts
        - dp : Gries' DP, half the sum of |t - w|; **0 even**, near 1 all in a small
          part. Not for items rarer than the parts are many: such an item cannot be
          even
        - dp_norm : DP over its largest value, 1 less the smallest w; 0 even. Not where
          one part is large and another tiny, or with one part (NaN)
        - dkl : Kullback-Leibler divergence of t from w in bits; **0 even**, no upper
          limit. Not to compare items of different frequency
        - arf : average reduced frequency; f if even, near 1 if all uses stand
          together. Not where the order of the articles means nothing

        NaN for an item that stands nowhere, and where a single part leaves nothing
        to be even over.

    Raises
    ------
    MediakitError
        If the measure is a mean, nothing is called `by`, or an item has a value where
        there is no exposure.

    Notes
    -----
    Sizes are exposures, so unequal parts are handled as each formula asks: rates v /
    size for D and D2, w for the others. A measure knows articles and not places, so
    arf takes an article's uses to lie evenly within it, and the articles to follow
    one another as in the measure. All measures grow or fall with frequency (Gries
    2022): compare items about as common as each other. They are no tests; whether
    sides differ is the question of `compare`. A part without the item counts as one.
    Formulas and sources: `mediakit.formulas.dispersion`.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"a": [1, 2, 3, 4, 5], "q": [0, 0, 0, 0, 2],
    ...                        "words": [9, 10, 10, 10, 11]})
    >>> measure = mk.as_measure(counts, value=["a", "q"], exposure="words")
    >>> mk.dispersion(measure)[["item", "parts_with", "juilland_d", "dp"]].round(3)
      item  parts_with  juilland_d    dp
    0    a           5       0.785  0.18
    1    q           1       0.000  0.78
    """
    check_measure(measure)
    if measure.kind == "mean":
        raise MediakitError(
            f"dispersion is of counts and shares, but {measure.name!r} is a mean; a "
            "mean is not spread over parts."
        )
    values, exposure, notes = _parts(measure, by)
    owner = measure.items["denominator"].to_numpy(np.int64)
    columns = {name: np.full(len(owner), np.nan) for name in COLUMNS[1:]}
    for denominator in np.unique(owner):
        items = np.flatnonzero(owner == denominator)
        sizes = exposure[:, denominator]
        for some, spread in _spreads(values[:, items], sizes, measure, items):
            columns["value"][some] = spread.total
            columns["parts"][some] = len(spread.sizes)
            columns["parts_with"][some] = spread.summed(spread.uses > 0)
            for name, formula in MEASURES.items():
                columns[name][some] = formula(spread)
    table = pd.DataFrame({"item": measure.items["item"].astype("str"), **columns})
    table = table.astype({"parts": np.int64, "parts_with": np.int64})
    table.attrs["mediakit"] = provenance(measure, "dispersion", {"by": by}, notes)
    return table


def _parts(measure: Measure, by: str | None):
    """Return values by part and item (CSC), exposures by part, and notes."""
    if by is None:
        return measure.values.tocsc().astype(float), measure.exposure, []
    groups = group_codes(measure.articles, by)
    count = len(groups.names)
    values = sparse.csr_array((count, len(measure.items)))
    exposure = np.zeros((count, len(measure.denominators)))
    for added, more in map_blocks(measure.stored, _by_part, groups.codes, count):
        values, exposure = values + added, exposure + more
    note = f"{groups.outside} of {len(measure)} rows have no {by!r}: in no part."
    return values.tocsc(), exposure, [note] if groups.outside else []


def _by_part(block: Block, codes: np.ndarray, count: int):
    into = indicator(codes, count)
    return into @ block.values, into @ block.exposure


def _spreads(values: sparse.csc_array, sizes: np.ndarray, measure: Measure, items):
    """Yield the spread of some items after the other, a few million entries each."""
    held = sizes > 0
    number = np.cumsum(held) - 1
    ends = values.indptr.astype(np.int64)
    steps = np.arange(0, ends[-1] + ENTRIES_AT_ONCE, ENTRIES_AT_ONCE)
    cuts = np.unique(np.append(np.searchsorted(ends, steps[:-1]), [0, len(items)]))
    for first, last in zip(cuts[:-1], cuts[1:], strict=True):
        some = slice(ends[first], ends[last])
        item = np.repeat(np.arange(last - first), np.diff(ends[first : last + 1]))
        part, uses = values.indices[some], values.data[some]
        there = uses != 0
        item, part, uses = item[there], part[there], uses[there]
        if not held[part].all():
            lost = measure.items["item"].iloc[items[first + item[~held[part]][0]]]
            raise MediakitError(
                f"{lost!r} has a value in a part without exposure; a rate over nothing "
                "is undefined: correct the exposure or drop the article."
            )
        spread = formulas.Spread(item, number[part], uses, sizes[held], last - first)
        yield items[first:last], spread
