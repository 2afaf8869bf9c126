"""power: how large a difference would have had to be for this corpus to show it."""

from numbers import Real

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_between
from mediakit.formulas.intervals import ALPHA
from mediakit.formulas.means import MeanComparison
from mediakit.formulas.power import least_ratio
from mediakit.formulas.shares import ShareComparison
from mediakit.formulas.sums import Sums, ratio
from mediakit.infer.compare import side_codes
from mediakit.infer.comparison import several
from mediakit.infer.contrast import Comparison
from mediakit.infer.family import clusters_compared, enough, family_of
from mediakit.infer.groups import choose_sides, cluster_codes
from mediakit.infer.provenance import check_measure, provenance
from mediakit.measure.measure import Measure


def power(
    measure: Measure,
    *,
    by: str,
    a: object,
    b: object = "rest",
    cluster: str = "article",
    chance: float = 0.8,
) -> pd.DataFrame:
    """Show the smallest difference that `compare` would have found in this corpus.

    What you learn: what "no difference was found" is worth. If only a five-fold
    difference could have shown, silence says little; if one of a fifth could, much.

    Parameters
    ----------
    measure : Measure
        From ``count_*``, ``score_*`` or `as_measure`.
    by, a, b
        As in `compare`.
    cluster : str, default "article"
        The units of evidence: "article" for p of `compare`, else a column, "week" or
        "event_id" for p_cluster.
    chance : float, default 0.8
        The power: in how many of all corpora like this one it would be found.

    Returns
    -------
    DataFrame
        One row per item, in the order of the measure.

        - item : str
        - value, rate : sum over both sides, and per one unit of exposure
        - articles : articles of both sides that hold it (means: with a score)
        - least_a : the smallest rate_a / rate_b above 1 that is found at p < .05
          where side a has more; 2 is twice as much. Infinite where none would be
        - least_b : the smallest rate_b / rate_a, where side b has more
        - least_a_family, least_b_family : the same at .05 / J, J items tested: what
          would be found beyond doubt among them all. A q below .05 lies in between

        For shares they are ratios too, infinite where the higher share would be over
        1; for means the smallest differences, the same for both sides. NaN where
        `compare` makes no test.

        ``attrs["mediakit"]``: measure, parameters, ``family`` (J), notes, versions.

    Raises
    ------
    MediakitError
        As `compare`; or if `chance` does not lie between .05 and 1.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    `mediakit.formulas.power` inverts the score test of `compare` twice, with the
    item's own dispersion, its total and the sides' exposures kept. Where both sides
    have twenty articles with an item, `compare` asks a little more than that test.
    Measured on New York Times articles from one side of which hits were taken until
    the ratio was the least one, for a promised .80: found in .79 to .81 of the words
    with sides of equal size, in .77 to .81 with four articles to one (words in 20 to
    50 articles: .75 to .77).

    When not to use it: to explain away what was found, or to compute "observed
    power" from the difference seen; it asks what any difference would have needed.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A"] * 52 + ["B"] * 48, "words": 500,
    ...                        "tax": [0, 3, 1, 2] * 25})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> table = mk.power(measure, by="outlet", a="A", b="B")
    >>> table[["item", "articles", "least_a", "least_b"]].round(2)
      item  articles  least_a  least_b
    0  tax        75     1.54     1.53
    """
    check_measure(measure)
    if not isinstance(chance, Real) or isinstance(chance, bool):
        raise MediakitError(f"`chance` must be a number, as 0.8, got {chance!r}.")
    check_between("chance", chance, ALPHA, 1)
    sides = choose_sides(measure.articles, by, a, b)
    clusters = cluster_codes(measure.articles, cluster)
    side = side_codes(sides)
    family = family_of(measure, side)
    over = family.articles
    if clusters.name != "article":
        over = clusters_compared(measure, side, family, clusters)
    whole, items = family.whole, measure.items["item"]
    value, exposure = whole.a.x + whole.b.x, whole.a.n + whole.b.n
    columns = {
        "item": items.to_numpy(),
        "value": value,
        "rate": ratio(value, exposure),
        "articles": (whole.a.held + whole.b.held).astype(np.int64),
    }
    size = len(family.members)
    for name, each in _least(over, chance, max(size, 1)).items():
        columns[name] = np.full(len(items), np.nan)
        columns[name][family.members] = np.where(enough(over), each, np.nan)
    table = pd.DataFrame(columns).astype({"item": "str"})
    units = several(measure.evidence) if clusters.name == "article" else "clusters"
    notes = [*sides.notes, *_notes(table, measure.kind, units, chance)]
    parameters = {
        "by": by,
        "a": sides.label_a,
        "b": sides.label_b,
        "cluster": clusters.name,
        "chance": chance,
        "alpha": ALPHA,
    }
    record = provenance(measure, "power", parameters, notes)
    table.attrs["mediakit"] = record | {"family": size}
    return table


def _least(over: Comparison, chance: float, size: int) -> dict[str, np.ndarray]:
    """Return the four columns, for the members of the family."""
    columns = {}
    for ending, alpha in (("", ALPHA), ("_family", ALPHA / size)):
        if isinstance(over, MeanComparison):
            levels = alpha, 2 * (1 - chance)
            more_a, more_b = (
                sum(
                    np.abs(over.limit(level, end) - over.difference) for level in levels
                )
                for end in np.array([[False], [True]]).repeat(len(over.difference), 1)
            )
        else:
            test = over.test
            options = {"alpha": alpha, "power": chance}
            more_a = least_ratio(test, upper=True, **options)
            with np.errstate(divide="ignore"):
                more_b = 1 / least_ratio(test, upper=False, **options)
            if isinstance(over, ShareComparison):
                more_a = _possible(more_a, over.a, over.b)
                more_b = _possible(more_b, over.b, over.a)
        columns |= {f"least_a{ending}": more_a, f"least_b{ending}": more_b}
    order = ("least_a", "least_b", "least_a_family", "least_b_family")
    return {name: columns[name] for name in order}


def _possible(least: np.ndarray, more: Sums, less: Sums) -> np.ndarray:
    """Return the ratios, infinite where the higher share would be over 1."""
    with np.errstate(invalid="ignore"):
        share = ratio(more.x + less.x, more.n + less.n / least)
    return np.where(share > 1, np.inf, least)


def _notes(table: pd.DataFrame, kind: str, units: str, chance: float) -> list[str]:
    """Return in sentences what half of the items could have shown."""
    known = table["least_a"].notna()
    if not known.any():
        return [f"no item is tested: too few {units} on a side, or no variation."]
    worse = table.loc[known, ["least_a", "least_b"]].max(axis=1)
    half = worse.median()
    amount = f"{half:.2g}" if kind == "mean" else f"{half:.1f} times as much"
    blind = int(np.isinf(worse).sum())
    notes = [
        f"in half of the {known.sum():,} items tested a difference of {amount} or "
        f"less would have been found at p < {ALPHA}, in {chance:.0%} of such corpora."
    ]
    if blind:
        notes.append(
            f"for {blind:,} of them no ratio at all would have been, on one side or "
            "the other: too few uses."
        )
    return notes
