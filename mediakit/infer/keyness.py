"""keyness: the field's classical measures beside the comparison over articles."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.formulas import keyness as formulas
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.formulas.sums import ratio
from mediakit.infer.compare import compared
from mediakit.infer.provenance import check_measure
from mediakit.infer.units import owners
from mediakit.measure.measure import Measure


def keyness(
    measure: Measure, *, by: str, a: object, b: object = "rest"
) -> pd.DataFrame:
    """Show `compare` with the classical keyness measures beside it.

    What you learn: what log-likelihood and its kin say of the same counts, and how
    much of that the articles bear out. Use it to read older studies and to see why
    `compare` is stricter, not to choose the figure that pleases.

    Parameters
    ----------
    measure : Measure
        Of kind "count".
    by, a, b
        As in `compare`.

    Returns
    -------
    DataFrame
        The columns and the order of `compare`, then:

        - g2_two_term, g2_four_term : log-likelihood G2 of Rayson and Garside (2000)
          and of Dunning (1993); without sign
        - p_g2, q_g2 : of the four-term G2 by chi-squared with one degree of freedom,
          and after Benjamini-Hochberg over the family of `compare` (NaN outside)
        - percent_diff : %DIFF, infinite where side b has none
        - odds_ratio : infinite where side b has none
        - bic : two-term G2 less ln of all units of exposure
        - log_ratio_hardie : log2 ratio with 0.5 in place of a zero count
        - z_fightin_words : weighted log-odds with an informative prior: alpha0, an
          average article's exposure, times the item's part of both sides together

        ``attrs["mediakit"]["alpha0"]`` holds alpha0 by denominator.

    Raises
    ------
    MediakitError
        As `compare`; or if the measure's kind is not "count".

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    Formulas and sources: `mediakit.formulas.keyness`. All of them take words for
    independent, which words of one article are not. When not to use them: as a test.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A"] * 30 + ["B"] * 30, "words": 1000,
    ...                        "quake": [0] * 29 + [30] + [0] * 28 + [1, 2]})
    >>> measure = mk.as_measure(counts, value="quake", exposure="words", unit="word")
    >>> mk.keyness(measure, by="outlet", a="A", b="B")[["g2_two_term"]].round(4)
       g2_two_term
    0      25.6417
    """
    check_measure(measure)
    if measure.kind != "count":
        raise MediakitError(
            f"keyness compares counts, but {measure.name!r} is of kind "
            f"{measure.kind!r}; use `mk.compare`."
        )
    table, family, order = compared(measure, by=by, a=a, b=b)
    side_a, side_b = family.whole.a[order], family.whole.b[order]
    counts = side_a.x, side_b.x, side_a.n, side_b.n
    alpha0 = ratio(side_a.n + side_b.n, side_a.m + side_b.m)
    two_term, four_term = (formulas.g2(*counts, cells=cells) for cells in (2, 4))
    p = formulas.chi2_p(four_term)
    tested = np.isin(order, family.members)
    added = {
        "g2_two_term": two_term,
        "g2_four_term": four_term,
        "p_g2": p,
        "q_g2": _family_q(p, tested),
        "percent_diff": formulas.percent_diff(*counts),
        "odds_ratio": formulas.odds_ratio(*counts),
        "bic": formulas.bic(two_term, side_a.n, side_b.n),
        "log_ratio_hardie": formulas.log_ratio_hardie(*counts),
        "z_fightin_words": formulas.fightin_words(
            *counts,
            background=ratio(side_a.x + side_b.x, side_a.n + side_b.n),
            alpha0=alpha0,
        ),
    }
    record = table.attrs["mediakit"] | {"verb": "keyness"}
    names = np.array(measure.denominators)[owners(measure)[order]]
    record["alpha0"] = dict(zip(names.tolist(), alpha0.tolist(), strict=True))
    table = table.assign(**added)
    table.attrs["mediakit"] = record
    return table


def _family_q(p: np.ndarray, tested: np.ndarray) -> np.ndarray:
    q = np.full(len(p), np.nan)
    q[tested] = benjamini_hochberg(p[tested])
    return q
