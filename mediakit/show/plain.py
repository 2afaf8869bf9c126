"""Tables in plain words, for readers to whom a log ratio says nothing."""

import pandas as pd

from mediakit.show.about import About, about
from mediakit.show.claims import claim, interval, limit, rows_of, span
from mediakit.show.parts import part_columns, signed
from mediakit.show.words import number

IN_WORDS = ("summarise", "compare", "trend", "decompose", "explain_tone")


def in_plain_words(table: pd.DataFrame, *, per: int | None = None) -> pd.DataFrame:
    """Say what a table shows in the words of a reader, not of a statistician.

    What the reader learns: rates "per 1,000 words", and of a comparison only what
    holds for sure: "at least 1.8 times as often in ...".

    Parameters
    ----------
    table : DataFrame
        Made by `summarise`, `compare`, `keyness`, `trend`, `decompose` or
        `explain_tone`.
    per : int, optional
        Units of exposure a count is shown for, by default 1,000. Shares are in
        percent, means per one unit.

    Returns
    -------
    DataFrame
        The same rows, all columns text. Of a summary or trend: item, group, (period,)
        the rate named as what it is, interval, articles ("12 of 40"). Of a
        comparison: item, the rate on either side, what is sure, interval, where a side
        has several outlets the range "without any one outlet" and the estimate with
        "all outlets equal", the articles that hold the item on either side, and the
        verb's note. Of a decomposition: item, both rates, the difference and its parts
        with intervals. Of words of tone: item, hits and mean weight on either side,
        and what it adds to the difference.

    Raises
    ------
    MediakitError
        If the table was made by none of these.

    Notes
    -----
    "At least" is `bound`, the limit of the interval at alpha / J for J items
    compared, rounded towards no difference: it holds for all rows at once. The
    column interval is each row's own. When not to use it: to compute with; the words
    are rounded.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 12, "tax": [4, 1, 3, 0] * 6,
    ...                        "words": 500})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> plain = in_plain_words(mk.compare(measure, by="outlet", a="A", b="B"))
    >>> plain.loc[0, "what is sure"]
    'at least 5 times as often in A'
    """
    told = about(table, *IN_WORDS)
    columns = {
        "compare": _comparison,
        "decompose": part_columns,
        "explain_tone": _tone_words,
    }.get(told.verb, _rates)
    plain = pd.DataFrame(columns(table, told, per), index=table.index, dtype="str")
    plain.attrs = table.attrs
    return plain


def _rates(table, told: About, per):
    scale, columns = told.per(per), {"item": table["item"], "group": table["group"]}
    if told.verb == "trend":
        partial = table["partial"].map({True: " (in part)", False: ""})
        columns["period"] = table["period"].dt.strftime("%Y-%m-%d") + partial
    columns[told.rate_label(per)] = [number(rate * scale) for rate in table["rate"]]
    columns["interval"] = [
        "not known"
        if low != low
        else f"{number(low * scale)} to {number(high * scale)}"
        for low, high in zip(table["low"], table["high"], strict=True)
    ]
    columns[told.several] = [
        f"{part:,} of {whole:,}"
        for part, whole in zip(table["articles_with"], table["articles"], strict=True)
    ]
    return columns


def _comparison(table, told: About, per):
    scale, columns = told.per(per), {"item": table["item"]}
    for side, name in zip("ab", told.sides, strict=True):
        rates = table[f"rate_{side}"] * scale
        columns[f"{name}, {told.rate_label(per)}"] = rates.map(number)
    rows = list(rows_of(table))
    columns["what is sure"] = [claim(told, row) for row in rows]
    columns["interval"] = [span(told, row) for row in rows]
    if "outlet_low" in table:
        columns |= _of_outlets(table, told.kind)
    for side, name in zip("ab", told.sides, strict=True):
        columns[f"{told.several} in {name}"] = table[f"articles_{side}"].map(
            "{:,}".format
        )
    return columns | {"note": table["note"]}


def _of_outlets(table, kind):
    """Say what hangs on single outlets, on the scale of the interval."""
    ends = zip(table["outlet_low"], table["outlet_high"], strict=True)
    equal = table["outlet_equal"]
    return {
        "without any one outlet": [interval(kind, low, high) for low, high in ends],
        "all outlets equal": ["not known" if x != x else limit(kind, x) for x in equal],
    }


def _tone_words(table, told: About, _):
    columns = {"item": table["item"]}
    for side, name in zip("ab", told.sides, strict=True):
        columns[f"hits in {name}"] = table[f"hits_{side}"].map("{:,.0f}".format)
    for side, name in zip("ab", told.sides, strict=True):
        weights = table[f"valence_{side}"]
        columns[f"weight in {name}"] = weights.map(signed, na_action="ignore")
    frame = pd.DataFrame(columns).fillna("")
    return frame.assign(**{"adds to the difference": table["difference"].map(signed)})
