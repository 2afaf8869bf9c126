"""keyness: the field's classical measures beside the comparison over articles."""

import warnings
from collections.abc import Sequence
from dataclasses import fields
from numbers import Real

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.formulas.ranks import RateSums
from mediakit.infer.article_rates import article_rates
from mediakit.infer.classical import (
    FLAT_ALPHA,
    Counts,
    chosen_measures,
    classical_columns,
)
from mediakit.infer.compare import compared, side_codes
from mediakit.infer.counted import counted
from mediakit.infer.groups import choose_sides
from mediakit.infer.provenance import check_measure
from mediakit.infer.units import owners
from mediakit.measure.measure import Measure


def keyness(
    measure: Measure,
    *,
    by: str,
    a: object,
    b: object = "rest",
    measures: str | Sequence[str] | None = None,
    k: float = 1.0,
    alpha0: float | None = None,
    classical_only: bool = False,
) -> pd.DataFrame:
    """Show `compare` with the classical keyness measures beside it.

    What you learn: what log-likelihood and its kin say of the same counts, and how
    much of that the articles bear out. Use it to read and to check older studies and
    to see why `compare` is stricter, not to choose the figure that pleases.

    Parameters
    ----------
    measure : Measure
        Of kind "count".
    by, a, b
        As in `compare`.
    measures : "all", name or list of names, optional
        Which to show, in this order; the names stand below. By default g2,
        percent_diff, odds_ratio, bic, log_ratio_hardie and fightin_words.
    k : float, default 1
        Of simple maths, per million units of exposure.
    alpha0 : float, optional
        Weight of the informative prior of Fightin' Words, in units of exposure; by
        default an average article's.
    classical_only : bool, default False
        Leave out what takes the time: the evidence of articles, clusters and outlets.
        To repeat older studies; a note says that nothing bears the figures out.

    Returns
    -------
    DataFrame
        The columns and the order of `compare`, then those of `measures`; with
        `classical_only` item, values, rates, difference, log_ratio and articles, then
        those of `measures`, by Dunning's log-likelihood. Below, p of chi-squared has
        one degree of freedom, and "words" are units of exposure.

        - chi2: chi2, p_chi2, Pearson's over four cells. Not below five expected
        - chi2_yates: chi2_yates, p_chi2_yates, less 1/2 for continuity. Not to rank
        - fisher: p_fisher, exact and two-sided. Not as proof: exact for independent
          words only
        - g2: g2_two_term, g2_four_term, log-likelihood of Rayson and Garside (2000)
          and of Dunning (1993), without sign; p_g2 and q_g2 of the latter, q after
          Benjamini-Hochberg over the family of `compare`, NaN outside. Not as a size:
          it grows with the corpus
        - percent_diff: %DIFF, infinite where side b has none. Not to rank by: it is
          not symmetric, and rare words come first
        - relative_risk, odds_ratio: the same of both; infinite where side b has none
        - difference_coefficient: from -1 to 1. Not where a side has none: always 1
        - simple_maths: (per million + k) ratio. Not without saying k
        - bic: two-term G2 less ln of all words. Not as evidence over articles
        - log_ratio_hardie: log2 ratio with 0.5 in place of a zero count. Not where a
          count is zero: see `bound`
        - lrc: Evert's (2022) conservative log ratio at .05 / J, J the family of
          `compare`, NaN outside; 0 where not significant. Not where words come in
          bursts: see `bound`
        - fightin_words: z_fightin_words, weighted log-odds with an informative prior:
          `alpha0` times the item's part of both sides together. Not as a test
        - fightin_words_flat: z_fightin_words_flat, with 0.01 for every item. Not
          without stop words: they come first
        - mann_whitney: mann_whitney_u of side a, p_mann_whitney, over articles'
          rates. Not where the sides' articles differ in length
        - welch: welch_t, p_welch, of the articles' mean rates. Not for rare words in
          sides of unequal size
        - text_dispersion: g2_text_dispersion, four-term G2 of the articles that hold
          the item (Egbert and Biber 2019, who print no worked number: held to G2, whose
          numbers are published). Not where articles differ in length

        ``attrs["mediakit"]`` also holds what was tuned: k, alpha0, and alpha0_flat
        (0.01 times the items), both by denominator.

    Raises
    ------
    MediakitError
        As `compare`; or if the measure's kind is not "count", or a name, `k` or
        `alpha0` is none.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    Formulas and sources: `mediakit.formulas.keyness`, ``effects``, ``fisher`` and
    ``ranks``; they take four counts, so that a printed figure can be checked without
    its corpus. All but the last three take words for independent, which words of one
    article are not. When not to use any: as a test of articles.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A"] * 30 + ["B"] * 30, "words": 1000,
    ...                        "quake": [0] * 29 + [30] + [0] * 28 + [1, 2]})
    >>> measure = mk.as_measure(counts, value="quake", exposure="words", unit="word")
    >>> table = mk.keyness(measure, by="outlet", a="A", b="B",
    ...                    measures=["g2", "mann_whitney"])
    >>> table[["g2_two_term", "p_g2", "p_mann_whitney"]].round(4)
       g2_two_term  p_g2  p_mann_whitney
    0      25.6417   0.0          0.5972
    """
    check_measure(measure)
    names = chosen_measures(measures)
    _check(measure, k, alpha0)
    found = counted if classical_only else compared
    table, family, order = found(measure, by=by, a=a, b=b)

    def rates() -> RateSums:
        with warnings.catch_warnings():  # they have been warned of
            warnings.simplefilter("ignore", MediakitWarning)
            side = side_codes(choose_sides(measure.articles, by, a, b))
        found = article_rates(measure, side, family.whole)
        return RateSums(*(getattr(found, f.name)[order] for f in fields(RateSums)))

    owner = owners(measure)
    counts = Counts(
        a=family.whole.a[order],
        b=family.whole.b[order],
        tested=np.isin(order, family.members),
        items=np.bincount(owner)[owner[order]].astype(float),
        k=float(k),
        weight=alpha0,
        rates=rates,
    )
    record = table.attrs["mediakit"] | {"verb": "keyness"}
    columns = pd.DataFrame(classical_columns(names, counts), copy=False)
    table = pd.concat([table, columns], axis=1)
    used, first = np.unique(owner[order], return_index=True)
    denominators = {
        measure.denominators[one]: at for one, at in zip(used, first, strict=True)
    }
    table.attrs["mediakit"] = record | _options(names, counts, denominators)
    return table


def _options(names: Sequence[str], counts: Counts, rows: dict[str, int]) -> dict:
    """Return what a reader needs to repeat the measures that can be tuned.

    `rows` holds a row of each denominator.
    """
    found = {"k": counts.k} if "simple_maths" in names else {}
    weights = {"fightin_words": ("alpha0", counts.alpha0)}
    weights["fightin_words_flat"] = "alpha0_flat", FLAT_ALPHA * counts.items
    for name in names:
        if name in weights:
            key, weight = weights[name]
            found[key] = {of: float(weight[row]) for of, row in rows.items()}
    return found


def _check(measure: Measure, k, alpha0) -> None:
    if measure.kind != "count":
        raise MediakitError(
            f"keyness compares counts, but {measure.name!r} is of kind "
            f"{measure.kind!r}; use `mk.compare`."
        )
    for name, value in (("k", k), ("alpha0", 1 if alpha0 is None else alpha0)):
        number = isinstance(value, Real) and not isinstance(value, bool)
        if not (number and 0 < value < np.inf):
            raise MediakitError(f"`{name}` must be a number above 0, got {value!r}.")
