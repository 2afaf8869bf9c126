"""compare: which side has more of an item, by how much, and how sure that is.

Articles are the evidence, and weeks or events beside them; words never are.
"""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice
from mediakit.infer.bootstrap import bootstrap_tests
from mediakit.infer.comparison import (
    ALPHA,
    Found,
    comparison_table,
    context,
    several,
    table_notes,
)
from mediakit.infer.contrast import compare_clusters, compare_without, read_again
from mediakit.infer.family import LEAST, Family, family_of, p_values
from mediakit.infer.groups import Sides, choose_sides, cluster_codes
from mediakit.infer.means import add_squares, scores_but_zero
from mediakit.infer.outlets import with_outlets
from mediakit.infer.permutation import permutation_tests
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.units import OUTSIDE, A, B, map_units, owners
from mediakit.infer.unknown import unknown_on_sides
from mediakit.infer.within import compare_within
from mediakit.measure.measure import Measure

TESTS = ("score", "permutation", "bootstrap")
UNEQUAL = 2  # times as many articles: p of means then hangs on the fewer ones


def compare(
    measure: Measure,
    *,
    by: str,
    a: object,
    b: object = "rest",
    cluster: str | None = None,
    within: str | None = None,
    test: str = "score",
    seed: int | None = None,
) -> pd.DataFrame:
    """Show what sets two sides apart, and what may be chance.

    What you learn: for every item, how much more one side has of it, within which
    limits, and whether articles, and weeks or events, bear that out. Split the
    articles of one outlet at random and it finds nothing, where log-likelihood
    "finds" hundreds of words.

    Parameters
    ----------
    measure : Measure
        From ``count_*``, ``score_*`` or `as_measure`.
    by : str
        A column of the articles, "week", or a preset of the outlet register.
    a, b : value, list of values or "rest"
        The sides, as values of `by`; "rest" is every other row that has a value.
        Swapping them turns signs and changes nothing else.
    cluster : str, optional
        What p_cluster takes for evidence: a column, "week" or "article". By default
        "event_id" where that column exists, else "week".
    within : str, optional
        Compare like with like: only inside the values of this column ("event_id",
        "section", a column of topics), "week" or preset, and only those with both
        sides. Rates are then those of both sides over the same strata.
    test : {"score", "permutation", "bootstrap"}, default "score"
        "permutation" draws the labels anew 999 times: slower, and no p below .001.
        Articles swap freely for p, within clusters for p_cluster; with `within` only
        inside strata, and whole clusters change sides for p_cluster.
        "bootstrap" draws articles anew 999 times, for p_cluster whole clusters.
    seed : int, optional
        Of the permutations or draws; required for them.

    Returns
    -------
    DataFrame
        One row per item, strongest evidence first: by `bound`, away from no
        difference, then p; untested items at the end, commonest first.

        - item : str
        - value_a, value_b, rate_a, rate_b : sums, and sums per one unit of exposure
        - difference : rate_a - rate_b
        - log_ratio : log2(rate_a / rate_b), 1 = twice as much; infinite where a side
          has none, NaN for means
        - low, high : 95 % interval of log_ratio (counts) or difference (shares and
          means); one-sided where a side has none
        - bound : the limit nearest no difference at alpha / J, J items tested: at
          least this much holds for all items at once
        - p, q : p over articles, and adjusted for the family (Benjamini-Hochberg)
        - p_cluster, q_cluster : the same over clusters
        - articles_a, articles_b : articles that hold the item (means: with a score)
        - note : str, why something is missing or doubtful
        - p_without, difference_without, log_ratio_without : p and estimates without
          the one article on which the difference hangs most
        - p_max, p_max_cluster : only where labels were permuted; p by the largest
          statistic of the family (max-T), the chance of any false find at all
        - low_bootstrap, high_bootstrap, p_lijffijt : bootstrap only; 95 % interval of
          log_ratio (means: difference) by BCa, and p as Lijffijt and others (2016)
        - outlet_low, outlet_high, outlet_equal, p_outlet : only where a side has
          several outlets; the estimate's range when each outlet in turn is left out,
          the estimate with all outlets equal instead of all words, and p when whole
          outlets change sides (only where that can fall below .05: else a note; of
          over 1,000 items tested only for those with q < .05)

        ``attrs["mediakit"]``: measure, parameters, ``sides`` (label, articles and
        exposure of each), ``outside`` (rows on neither), ``family`` (J),
        ``estimate`` (what the interval is about), versions and notes.

    Raises
    ------
    MediakitError
        If a side is unknown, empty or overlaps the other, no stratum of `within` has
        both, an article has a value but no exposure, or `test` is unknown or lacks
        its `seed`.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    The pooled-dispersion score test of `mediakit.formulas.score`, guarded as
    `mediakit.formulas.rates` says; for shares the interval of
    `mediakit.formulas.shares`, for means the jackknife of `mediakit.formulas.means`.
    The family is fixed without looking at the labels: items in at least ten articles
    of both sides together.

    With `within` the same inside strata, as `mediakit.formulas.within` says; p_cluster
    is that of a t test over what each cluster adds to the score, and never below p.
    Below fifty articles a side p comes from permutations inside the strata. What
    stands in strata of one side only is left out, and how much that is is noted.

    The bootstrap's p is where its BCa interval reaches 0 (Efron 1987). Random splits
    of New York Times articles, words in 10-20 / 20-50 / 50-200 / over 200 of them,
    p < .05: .03 / .05 / .06 / .05 at 50/50 and .01 / .02 / .05 / .07 at 90/10, where a
    quarter of the rarest have none on a side and no p; Lijffijt's p .07 / .06 / .06 /
    .04 and **.24 / .10 / .08 / .06**: not for rare words in unequal sides. With J items
    and 999 draws or permutations q needs J / 50 of them at p = .001 before any is below
    .05: for many items ask p_max, or the score test.

    When not to use it: below ten articles a side there is no p, read the articles;
    below fifty look at labels and passages before key words. Where labels follow
    weeks or events, only p_cluster counts. A difference says nothing of its cause:
    compare within events before speaking of slant.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 12, "tax": [4, 1, 3, 0] * 6,
    ...                        "words": 500})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> table = mk.compare(measure, by="outlet", a="A", b="B")
    >>> table[["item", "log_ratio", "low", "high"]].round(2)
      item  log_ratio   low  high
    0  tax       2.81  2.33  3.29
    """
    options = {"cluster": cluster, "within": within, "test": test, "seed": seed}
    return compared(measure, by=by, a=a, b=b, **options)[0]


def compared(
    measure: Measure, *, by, a, b, cluster=None, within=None, test="score", seed=None
) -> tuple[pd.DataFrame, Family, np.ndarray]:
    """Return what `compare` does, with the sums behind it and the items' order."""
    check_measure(measure)
    check_choice("test", test, TESTS)
    if test == "bootstrap" and within is not None:
        raise MediakitError(
            'test="bootstrap" does not go with `within`; use "score" or "permutation".'
        )
    sides = choose_sides(measure.articles, by, a, b)
    clusters = cluster_codes(measure.articles, cluster)
    if within is None:
        found = _everywhere(measure, side_codes(sides), clusters, test, seed)
    else:
        side = side_codes(sides)
        options = {"within": within, "test": test, "seed": seed}
        found, sides = compare_within(measure, side, clusters, sides, **options)
    found, of_outlets = with_outlets(measure, found, sides, within, seed)
    table, order = comparison_table(measure, found, clusters)
    parameters = {
        "by": by,
        "a": sides.label_a,
        "b": sides.label_b,
        "cluster": clusters.name,
        "within": within,
        "test": test,
        "seed": seed,
        "alpha": ALPHA,
    }
    units = several(measure.evidence)
    notes = [*table_notes(sides, found, clusters, units), *of_outlets]
    if within is None and test == "score":
        notes += _few_scores(measure, sides, found.family.members, units)
    notes += unknown_on_sides(measure, table, sides)
    record = provenance(measure, "compare", parameters, notes)
    record |= context(measure, sides, found.family) | found.record
    table.attrs["mediakit"] = record
    return table, found.family, order


def _few_scores(measure: Measure, sides: Sides, members, units: str) -> list[str]:
    """Say where p of means hangs on few scores that are not 0."""
    sizes = [int(rows.sum()) for rows in (sides.rows_a, sides.rows_b)]
    if measure.kind != "mean" or max(sizes) <= UNEQUAL * min(sizes):
        return []
    parts = map_units(measure, side_codes(sides), scores_but_zero, chosen=members)
    held = add_squares(parts, len(members))[int(np.argmin(sizes))]
    few = int((held < LEAST).sum())
    if not few:
        return []
    return [
        f"the sides are unequal, and {few:,} of {len(members):,} items have a score "
        f"other than 0 in fewer than {LEAST} {units} of the smaller one: p may be too "
        'small there; check them with test="permutation", seed=1.'
    ]


def _everywhere(measure, side, clusters, test, seed) -> Found:
    family = family_of(measure, side)
    sums = family.whole, family.members
    if test == "permutation":
        tested = permutation_tests(measure, side, family, clusters, seed=seed)
        second = read_again(measure, side, *sums, None)
    else:
        second = read_again(measure, side, *sums, clusters)
        owner = owners(measure)[family.members]
        merged = compare_clusters(measure, second.clusters, owner)
        tested = p_values(family, merged)
    if test == "bootstrap":
        tested = bootstrap_tests(measure, side, family, merged, clusters, seed=seed)
    without = compare_without(measure, side, *sums, second)
    return Found(family, tested, without)


def side_codes(sides: Sides) -> np.ndarray:
    """Return A, B or OUTSIDE for each row."""
    return np.select([sides.rows_a, sides.rows_b], [A, B], OUTSIDE)
