"""decompose: what two sides cover apart from how they report it."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.formulas.decompose import PARTS
from mediakit.infer.compare import side_codes
from mediakit.infer.comparison import ALPHA, context, several
from mediakit.infer.family import LEAST, family_of
from mediakit.infer.groups import choose_sides, cluster_codes, group_codes
from mediakit.infer.pairs import Pairs
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.units import A, B, map_units
from mediakit.measure.measure import Measure

ALL = "all items together"
COLUMNS = (
    *("item", "rate_a", "rate_b", "difference", "low", "high"),
    *(f"{part}{end}" for part in PARTS for end in ("", "_low", "_high")),
    *("articles_a", "articles_b", "note"),
)


def decompose(
    measure: Measure,
    *,
    by: str,
    a: object,
    b: object = "rest",
    within: str,
    cluster: str | None = None,
) -> pd.DataFrame:
    """Tell apart what two sides cover and how they report it.

    What you learn: how much of a difference comes from covering other events,
    sections or topics (composition), how much stands between the sides inside the
    same ones (treatment), and how much cannot be told because only one side has them.

    Parameters
    ----------
    measure : Measure
        From ``count_*``, ``score_*`` or `as_measure`.
    by, a, b
        The sides, as in `compare`.
    within : str
        What is taken for the same: a column ("event_id", "section", topics), "week"
        or a preset.
    cluster : str, optional
        What is left out, one at a time and on both sides together, for the intervals:
        a column, "week" or "article". By default "event_id" where that column exists,
        else "week".

    Returns
    -------
    DataFrame
        First, for counts of several items of one denominator, the row "all items
        together"; then one row per item in at least ten articles, the largest
        difference for its interval first:

        - item : str
        - rate_a, rate_b : sums per one unit of exposure
        - difference : rate_a - rate_b, with its 95 % interval low, high
        - composition, treatment, no_counterpart : parts that add up to the
          difference, each with its interval in columns ending in _low and _high
        - articles_a, articles_b : articles that hold the item (means: with a score)
        - note : str, why an interval is missing

        ``attrs["mediakit"]`` holds what that of `compare` does; ``within`` says how
        many strata have both sides and what part of each side's exposure has not.

    Raises
    ------
    MediakitError
        If a side or `within` is unknown, or an article has a value but no exposure.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    Kitagawa (1955), `mediakit.formulas.decompose`; intervals by the jackknife over
    clusters with t. Articles without a value of `within` have no counterpart. The
    parts are conditional on the strata as given: what went wrong when topics or events
    were found is in no interval, and "the same topic" is only as alike as it is
    narrow. Parts describe; they are not causes, and a part is no share of guilt.

    When not to use it: below ten clusters; or where most has no counterpart, which is
    a finding about selection, not a gap to be filled.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "A", "B"] * 12, "words": 500,
    ...                        "section": ["economy", "economy", "sport", "sport"] * 12,
    ...                        "tax": [4, 5, 1, 1] * 12})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> table = mk.decompose(measure, by="outlet", a="A", b="B", within="section")
    >>> (1000 * table[["difference", "treatment", "no_counterpart"]]).round(2)
       difference  treatment  no_counterpart
    0        4.67        0.0             6.0
    """
    check_measure(measure)
    if not isinstance(within, str):
        raise MediakitError(
            f"`within` must name what is taken for the same, got {within!r}; as "
            '"event_id", "section" or "week".'
        )
    sides = choose_sides(measure.articles, by, a, b)
    clusters = cluster_codes(measure.articles, cluster)
    strata = group_codes(measure.articles, within)
    side = side_codes(sides)
    family = family_of(measure, side)
    pairs = Pairs(measure, side, strata.codes, clusters.codes)
    members = np.flatnonzero(family.common)
    rows, together = pairs.rows(members)
    whole = family.whole[members]
    table = pd.DataFrame(
        {
            "item": measure.items["item"].to_numpy()[members],
            "rate_a": whole.a.rate,
            "rate_b": whole.b.rate,
            "articles_a": whole.a.held.astype(np.int64),
            "articles_b": whole.b.held.astype(np.int64),
        }
        | rows
    )
    table = table.iloc[_order(table)]
    if together is not None:
        table = pd.concat([_first_row(measure, side, members, whole, together), table])
    few = pairs.least < LEAST
    table["note"] = f"fewer than {LEAST} clusters on a side: no interval" if few else ""
    table = table.astype({"item": "str", "note": "str"})[list(COLUMNS)]
    parameters = {
        "by": by,
        "a": sides.label_a,
        "b": sides.label_b,
        "within": within,
        "cluster": clusters.name,
        "alpha": ALPHA,
    }
    notes = [*sides.notes, *pairs.notes(within, sides, several(measure.evidence))]
    record = provenance(measure, "decompose", parameters, notes)
    record |= context(measure, sides, family) | {"estimate": "difference"}
    table = table.reset_index(drop=True)
    table.attrs["mediakit"] = record | {"within": pairs.told(), "family": len(members)}
    return table


def _first_row(measure, side, members, whole, together) -> pd.DataFrame:
    held = sum(map_units(measure, side, _with_any, chosen=members), np.zeros(2, int))
    sums = {"rate_a": [whole.a.rate.sum()], "rate_b": [whole.b.rate.sum()]}
    articles = {"articles_a": held[[A]], "articles_b": held[[B]]}
    return pd.DataFrame({"item": [ALL]} | sums | articles | together)


def _with_any(units, _owner):
    """Count the articles of either side that hold any item."""
    held = np.zeros(2, np.int64)
    for part in units:
        values = part.values
        any_ = np.diff(values.indptr) > 0
        held += [int((any_ & (part.side == g)).sum()) for g in (A, B)]
    return held


def _order(table) -> np.ndarray:
    """Put first what is largest for its interval."""
    reach = (table["high"] - table["difference"]).to_numpy()
    size = table["difference"].abs().to_numpy()
    clear = np.divide(size, reach, out=np.zeros_like(size), where=reach > 0)
    return np.lexsort((-size, -clear))
