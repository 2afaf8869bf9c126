"""multiverse: one finding by every reasonable way to count, choose and test."""

import warnings

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer.compare import side_codes
from mediakit.infer.comparison import ALPHA
from mediakit.infer.family import clusters_compared, enough, family_of
from mediakit.infer.groups import choose_sides, cluster_codes
from mediakit.infer.multiverse_choices import counted_measures, kept_rows
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.second_look import find
from mediakit.infer.second_look_finding import RULE, SIDE, UNASKED, Finding
from mediakit.measure.measure import Measure
from mediakit.progress import progress
from mediakit.text.corpus import Corpus

CHOICES = (
    *("forms", "tokenizer", "view", "wire_copy", "period"),
    *("within", "evidence", "test"),
)
NUMBERS = ("estimate", "low", "high", "p", "articles_a", "articles_b")
TESTS = ("score", "permutation")
EVERYTHING, EVENT = "everything", "event_id"


def multiverse(
    measure: Measure,
    item: str,
    *,
    by: str,
    a: object,
    b: object = "rest",
    corpus: Corpus | None = None,
    cluster: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare one item by every reasonable way to count, choose and test.

    What you learn: whether a finding depends on a choice that could as well have been
    made otherwise, and on which. It is the long form of `second_look`; none of its
    rows is the right one.

    Parameters
    ----------
    measure, item, by, a, b, corpus, cluster
        As in `second_look`. Without `corpus` nothing is counted anew.
    seed : int, default 0
        Of the permutations.

    Returns
    -------
    DataFrame
        One row per specification, in the order in which they were made:

        - specification : int, from 1; 1 is the first look
        - forms : "as counted", "lower", "stem" or "lemma" (`count_terms` only)
        - tokenizer : "as counted", or how words were cut instead
        - view : "as counted" or "outside quotation"
        - wire_copy : "with" or "without"
        - period : "all", "first half" or "second half" of both sides' dated articles
        - within : "everything", or "event_id": only inside events that both sides have
        - evidence : "article", or what articles are merged into, as "week"
        - test : "score" or "permutation"
        - estimate, low, high, p, articles_a, articles_b, verdict : as in
          `second_look`, the interval over the row's own evidence; NaN and "could not
          be asked" where it cannot be tested

        ``attrs["mediakit"]``: as `second_look`, and in its notes what was not asked
        and why.

    Raises
    ------
    MediakitError
        As `second_look`.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    All choices are combined, so that rows repeat most of the same evidence: their
    number is no evidence, and "40 of 48 held" is no probability. Rows are never
    sorted by their result, and none is picked. The interval of a permutation row is
    that of the score test, and inside events always that over articles. When not to
    use it: to look for a specification in which something is there; choose one before
    looking, and report all.

    References
    ----------
    Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), Perspectives on Psychological
    Science 11(5): 702-712; Simonsohn, Simmons and Nelson (2020), Nature Human
    Behaviour 4: 1208-1214, for the curve.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 40, "words": 500,
    ...                        "tax": [4, 1, 3, 0, 2, 1, 5, 2] * 10})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> table = mk.multiverse(measure, "tax", by="outlet", a="A", b="B")
    >>> table[["evidence", "test", "verdict"]]
      evidence         test verdict
    0  article        score    held
    1  article  permutation    held
    """
    check_measure(measure)
    first, finding, _ = find(measure, item, by, a, b, corpus, cluster, seed)
    notes, rows = [], []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        kept = list(kept_rows(finding, notes))
        counted = list(counted_measures(finding, notes))
        strata = _strata(finding, notes)
        ways = [(way, some) for way in counted for some in kept]
        for (how, one), (which, mask) in progress(ways, what="comparing"):
            part = one if mask is None else one.subset(mask)
            for within in strata:
                tested = _tested(finding, part, within)
                rows += [how | which | row for row in tested]
    table = pd.DataFrame(rows).astype(dict.fromkeys([*CHOICES, "verdict"], "str"))
    table = table[[*CHOICES, *NUMBERS, "verdict"]]
    table.insert(0, "specification", np.arange(1, len(table) + 1))
    record = first.attrs["mediakit"]
    parameters = record["parameters"] | {"item": item, "seed": seed}
    table.attrs["mediakit"] = {
        **provenance(measure, "multiverse", parameters, record["notes"] + notes),
        **{key: record[key] for key in ("sides", "outside", "family", "estimate")},
        "item": item,
        "rule": RULE,
        "verdicts": table["verdict"].value_counts().to_dict(),
    }
    return table


def _strata(finding: Finding, notes: list[str]) -> list[str | None]:
    """Return the columns within which is compared, None for everywhere."""
    if EVENT in finding.articles and finding.articles[EVENT].notna().any():
        return [None, EVENT]
    notes.append("not asked: inside the same events. The articles have no event_id.")
    return [None]


def _tested(finding: Finding, measure: Measure, within: str | None) -> list[dict]:
    """Return the rows of one measure: both kinds of evidence, both tests."""
    sides = [(measure.articles[SIDE] == side).any() for side in "ab"]
    asked = all(sides) and (within is None or within in measure.articles)
    clustered = finding.cluster != "article"
    everywhere = asked and clustered and within is None
    limits = _limits_over_clusters(finding, measure) if everywhere else None
    rows = []
    for test in TESTS:
        options = {"test": test, "seed": finding.seed, "within": within}
        row = _looked(finding, measure, options) if asked else None
        for evidence in ("article", finding.cluster)[: 1 + clustered]:
            shown = row
            if row is not None and evidence != "article":
                shown = row.copy()
                shown["p"] = row["p_cluster"]
                if limits is not None:
                    shown["low"], shown["high"] = limits
            how = {"within": within or EVERYTHING, "evidence": evidence, "test": test}
            rows.append(how | _numbers(finding, shown))
    return rows


def _looked(finding: Finding, measure: Measure, options: dict) -> pd.Series | None:
    """Return the item's row; None if no event has both sides."""
    try:
        return finding.look_at(measure, **options)
    except MediakitError:
        if options["within"] is None:
            raise
        return None


def _numbers(finding: Finding, row: pd.Series | None) -> dict:
    if row is None:
        return dict.fromkeys(NUMBERS, np.nan) | {"verdict": UNASKED}
    verdict = UNASKED if np.isnan(row["p"]) else finding.judge(row)[0]
    answer = finding.stated(row, verdict, "")
    return {name: getattr(answer, name) for name in (*NUMBERS, "verdict")}


def _limits_over_clusters(finding: Finding, measure: Measure) -> tuple[float, float]:
    """Return the 95 % interval with clusters as the units; NaN below ten a side."""
    side = side_codes(choose_sides(measure.articles, SIDE, "a", "b"))
    family = family_of(measure, side)
    clusters = cluster_codes(measure.articles, finding.cluster)
    merged = clusters_compared(measure, side, family, clusters)
    if not len(family.members) or not enough(merged).all():
        return np.nan, np.nan
    return tuple(
        float(merged.limit(ALPHA, np.array([upper]))[0]) for upper in (False, True)
    )
