"""explain: which entries make the figure of a category, in each group."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.infer.summarise import summarise
from mediakit.measure.measure import Measure

COLUMNS = (
    *("concept", "group", "item", "rank"),
    *("value", "share", "rate", "articles_with"),
)


def explain(
    measure: Measure, *, by: str | None = None, top: int | None = 10
) -> pd.DataFrame:
    """Show which entries make each category's figure, and in which group.

    What you learn: whether a difference between two sides rests on the words you mean,
    or on one word with another sense; and which entries never stood anywhere. Look
    here, then at passages, before you write a sentence about a category.

    Parameters
    ----------
    measure : Measure
        From ``count_dictionary(..., items="entry")`` or `count_naming`.
    by : str, optional
        As in `summarise`.
    top : int or None, default 10
        Entries shown of each category and group, those with most hits; None shows
        all, also those never met.

    Returns
    -------
    DataFrame
        One row per category, group and entry, most hits first:

        - concept, group, item : str; the category, the group and the entry
        - rank : from 1, within category and group
        - value : hits
        - share : of the category's hits in this group; NaN where it has none
        - rate : hits per one unit of exposure
        - articles_with : articles that hold the entry

    Raises
    ------
    MediakitError
        If the measure's items belong to no concepts (of a tone see `explain_tone`), or
        `top` is no number.

    Warns
    -----
    MediakitWarning
        As `summarise`.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "The party won, the party sang.", "A coalition won."]}))
    >>> politics = {"politics": ["party", "coalition", "senate"]}
    >>> hits = mk.count_dictionary(mk.tokenize(articles), politics, items="entry")
    >>> mk.explain(hits, by="outlet", top=1)[["group", "item", "value", "share"]]
      group                 item  value  share
    0     A      politics: party    2.0    1.0
    1     B  politics: coalition    1.0    1.0
    """
    if top is not None and (not isinstance(top, int) or top < 1):
        raise MediakitError(
            f"`top` must be a number of entries, or None for all, got {top!r}."
        )
    table = summarise(measure, by=by)
    concepts = dict(zip(measure.items["item"], measure.items["concept"], strict=True))
    table["concept"] = table["item"].map(concepts).astype("str")
    scored = measure.kind == "mean"
    if scored or (len(measure.items) and measure.items["concept"].isna().any()):
        raise MediakitError(
            f"the items of {measure.name!r} are not entries of categories; use "
            "count_dictionary(..., items='entry') or count_naming, and for a tone "
            "`explain_tone(corpus, ...)`."
        )
    place = {item: number for number, item in enumerate(measure.items["item"])}
    first = measure.items.drop_duplicates("concept")["concept"]
    order = {concept: number for number, concept in enumerate(first)}
    keys = [
        table["item"].map(place).to_numpy(int),
        -table["value"].to_numpy(float),
        pd.factorize(table["group"], sort=True)[0],
        table["concept"].map(order).to_numpy(int),
    ]
    attributes = table.attrs
    table = table.iloc[np.lexsort(keys)].reset_index(drop=True)
    within = table.groupby(["concept", "group"], sort=False)
    table["rank"] = within.cumcount() + 1
    sums = within["value"].transform("sum")
    table["share"] = table["value"] / sums.where(sums > 0)
    if top is not None:
        table = table[(table["rank"] <= top) & (table["value"] > 0)]
    table = table.reset_index(drop=True)[list(COLUMNS)]
    made = attributes["mediakit"]
    parameters = {**made["parameters"], "top": top}
    table.attrs["mediakit"] = {**made, "verb": "explain", "parameters": parameters}
    return table
