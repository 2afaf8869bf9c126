"""placebo: what a comparison finds where nothing can be found."""

import warnings

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_between
from mediakit.formulas.keyness import chi2_p, g2
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.comparison import ALPHA
from mediakit.infer.family import family_of, score_tests
from mediakit.infer.groups import choose_sides, cluster_codes, group_codes
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.units import OUTSIDE, A, B
from mediakit.infer.values import label
from mediakit.measure.measure import Measure
from mediakit.progress import progress


def placebo(
    measure: Measure,
    *,
    by: str | None = None,
    a: object = None,
    b: object = None,
    share: float = 0.5,
    repeats: int = 10,
    seed: int = 0,
    cluster: str | None = None,
) -> pd.DataFrame:
    """Split articles at random, where nothing differs, and count what is found.

    What you learn: how many items a method "finds" by chance alone in your own
    articles. A method that finds many here proves nothing by finding many there.

    Parameters
    ----------
    measure : Measure
        From ``count_*``, ``score_*`` or `as_measure`.
    by : str, optional
        A column, "week" or preset; by default all articles are split.
    a, b : value, list of values or "rest", optional
        With `by`: whose articles are split; with both, each side in turn.
    share : float, default 0.5
        Part of the articles, or clusters, that is drawn for the first of the two.
    repeats : int, default 10
        Splits of each group.
    seed : int, default 0
        Of the random splits.
    cluster : str, optional
        Split whole clusters (a column, "week") instead of articles; they are then
        also what found_cluster counts. By default articles are split, and
        found_cluster is about events or weeks as in `compare`.

    Returns
    -------
    DataFrame
        One row per split:

        - repeat : int, from 1
        - group : str, whose articles were split
        - articles_a, articles_b : articles in the two parts
        - items : items tested (J)
        - found : items with q < .05 over articles, as `compare` tests them
        - found_cluster : the same over clusters; NaN below ten clusters a part
        - found_g2 : items with q < .05 by four-term log-likelihood with
          Benjamini-Hochberg, for counts only (else NaN)
        - smallest_p : the smallest p over articles

        ``attrs["mediakit"]`` holds measure, parameters, versions and notes.

    Raises
    ------
    MediakitError
        If `a` and `by` are not given together, a value is unknown, `share` is not
        between 0 and 1, or `repeats` is not a whole number from 1.

    Notes
    -----
    A part differs from the other by chance only, so every item found is false. With
    false-discovery control at 5 % about one split in twenty may find something.
    When not to use it: as proof that a difference is real; it only shows what a
    method makes of nothing. Split whole clusters if labels follow them.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"tax": [0, 3, 1, 2] * 25, "words": 500})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> mk.placebo(measure, repeats=2)[["repeat", "articles_a", "items", "found"]]
       repeat  articles_a  items  found
    0       1          50      1      0
    1       2          50      1      0
    """
    check_measure(measure)
    check_between("share", share, 0, 1)
    if isinstance(repeats, bool) or not isinstance(repeats, int) or repeats < 1:
        raise MediakitError(
            f"`repeats` must be a whole number from 1, got {repeats!r}."
        )
    groups = _groups(measure, by, a, b)
    clusters = cluster_codes(measure.articles, cluster)
    units = cluster_codes(measure.articles, cluster or "article").codes
    rng = np.random.default_rng(seed)
    splits = [(turn, name) for name in groups for turn in range(1, repeats + 1)]
    rows = []
    for turn, name in progress(splits, what="splitting at random"):
        side = random_sides(units, groups[name], share, rng)
        rows.append({"repeat": turn, "group": name} | _found(measure, side, clusters))
    table = pd.DataFrame(rows).astype({"group": "str"})
    parameters = {
        "by": by,
        "groups": list(groups),
        "share": share,
        "repeats": repeats,
        "seed": seed,
        "cluster": clusters.name,
        "split": cluster or "article",
    }
    table.attrs["mediakit"] = provenance(measure, "placebo", parameters, [])
    return table


def random_sides(
    units: np.ndarray, rows: np.ndarray, share: float, rng: np.random.Generator
) -> np.ndarray:
    """Draw a `share` of the units for side A, the others for B, of `rows` only."""
    present = rng.permutation(np.unique(units[rows]))
    drawn = present[: round(share * len(present))]
    return np.where(rows, np.where(np.isin(units, drawn), A, B), OUTSIDE)


def _groups(measure, by, a, b) -> dict[str, np.ndarray]:
    if by is None and a is None and b is None:
        return {"all": np.ones(len(measure), bool)}
    if by is None or a is None:
        raise MediakitError(
            "`placebo` splits all articles (no `by`), or those of `by` and `a`, or of "
            f"both sides (`by`, `a`, `b`); got by={by!r}, a={a!r}, b={b!r}."
        )
    if b is None and group_codes(measure.articles, by).names == [label(a)]:
        return {label(a): group_codes(measure.articles, by).codes == 0}
    with (
        warnings.catch_warnings()
    ):  # each side is split by itself: languages may differ
        warnings.simplefilter("ignore", MediakitWarning)
        sides = choose_sides(measure.articles, by, a, "rest" if b is None else b)
    groups = {sides.label_a: sides.rows_a}
    return groups if b is None else groups | {sides.label_b: sides.rows_b}


def _found(measure, side, clusters) -> dict:
    family = family_of(measure, side)
    tested = score_tests(measure, side, family, clusters)
    return {
        "articles_a": int((side == A).sum()),
        "articles_b": int((side == B).sum()),
        "items": len(family.members),
        "found": _below(tested.q),
        "found_cluster": _known(tested.q_cluster),
        "found_g2": _found_g2(measure, family),
        "smallest_p": np.fmin.reduce(tested.p, initial=np.nan),
    }


def _found_g2(measure, family) -> float:
    if measure.kind != "count":
        return np.nan
    a, b = family.articles.a, family.articles.b
    return float(_below(benjamini_hochberg(chi2_p(g2(a.x, b.x, a.n, b.n)))))


def _below(q: np.ndarray) -> int:
    return int((q < ALPHA).sum())


def _known(q: np.ndarray) -> float:
    return np.nan if np.isnan(q).all() else float(_below(q))
