"""associate: which words stand together more often than chance would have them.

The classical measures take every word for independent; beside them stands an
interval that takes the article for the unit of evidence.
"""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.formulas import association as formulas
from mediakit.formulas.intervals import ALPHA
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.family import LEAST
from mediakit.infer.groups import cluster_codes
from mediakit.infer.near import near_evidence
from mediakit.infer.paired_clusters import merge_pairs
from mediakit.infer.phrases import phrase_evidence
from mediakit.infer.provenance import check_measure, provenance
from mediakit.measure.measure import Measure
from mediakit.measure.paired import Paired

FEW = 5
EVIDENCE = {"count_collocates": near_evidence, "count_ngrams": phrase_evidence}
COLUMNS = (
    *("item", "observed", "expected", "frequency", "articles"),
    *("pmi", "npmi", "mi2", "mi3", "local_mi", "dice", "log_dice", "t", "z"),
    *("g2", "chi2", "delta_p", "delta_p_back", "log_ratio"),
    *("low", "high", "bound", "p", "q", "note"),
)

CLUSTERED = ("low_cluster", "high_cluster", "p_cluster", "q_cluster")


def associate(measure: Measure, *, cluster: str | None = None) -> pd.DataFrame:
    """Show which words belong together, by every measure in use and over articles.

    What you learn: of collocates, which words stand near the node more often than
    elsewhere in the same articles' corpus; of n-grams, which are phrases. Sort by
    the column you argue with; as returned, what is surest to be strong comes first.

    Parameters
    ----------
    measure : Measure
        From `count_collocates` or `count_ngrams`.
    cluster : str, optional
        What else to take for evidence beside articles: a column as "event_id", or
        "week". Ten reports of one event repeat its phrases.

    Returns
    -------
    DataFrame
        One row per item: first those commoner together than apart, surest to be
        strong first (by `bound`), then those rarer together, at the end those without
        an interval, commonest first. O is `observed`; f1 the words near the node, or
        the uses of the phrase's first word; f2 `frequency`; N all words.

        - item : str
        - observed : uses near the node, or of the phrase
        - expected : E = f1 f2 / N. For collocates f1 is the number of words in all
          windows, so E **has the window's size in it**; for phrases of k words
          E = f1 ... fk / N^(k - 1)
        - frequency : all uses of the word (node's own words left out), or of the
          phrase's last word
        - articles : articles with the word near the node, or with the phrase
        - pmi : log2(O / E), 0 is chance, rare pairs come first
        - npmi : -1 never, 0 chance, 1 only together; Bouma's (2009) for two words,
          for k words PMI / (-(k - 1) log2(O / N)), which equals it for k = 2
        - mi2, mi3 : log2(O^2 / E), log2(O^3 / E), favour common pairs; 0 means nothing
        - local_mi : O log2(O / E)
        - dice, log_dice : 2 O / (f1 + f2), and 14 + log2 of it; f1 here is the uses
          of the node, **without** the window's size, as in Sketch Engine, so a word
          that stands twice in one window can lift dice over 1; k O / (f1 + ... + fk)
          for k words
        - t, z : (O - E) / sqrt(O), (O - E) / sqrt(E)
        - g2, chi2 : four-term log-likelihood and Pearson's chi-squared of the 2 x 2
          table, without sign
        - delta_p : O / f1 - (f2 - O) / (N - f1), how much the node (or first word)
          lifts the share of the word; delta_p_back : the same the other way round
        - log_ratio : log2 of the word's rate near the node over its rate elsewhere,
          +1 is twice; infinite if it never stands elsewhere
        - low, high : 95 % interval over articles of log_ratio; of pmi for phrases
        - bound : its limit nearest no association at alpha / J, J items tested
        - p, q : over articles, and adjusted for J items (Benjamini-Hochberg)
        - low_cluster, high_cluster, p_cluster, q_cluster : with `cluster` only; the
          same over clusters, merged before
        - note : str, why something is missing, or rests on fewer than five uses

        g2, chi2, both delta_p and log_ratio need two parts: NaN for k > 2. What is
        undefined is NaN. ``attrs["mediakit"]`` has N, f1, J (``family``) and what
        the interval is about (``estimate``).

    Raises
    ------
    MediakitError
        If the measure comes from neither of the two, or lost what it was counted
        with.

    Notes
    -----
    Collocates: the score test of `mediakit.formulas.near`, the words near the node
    against all others; an article stands on both sides and enters with its
    covariance, and each side has its own dispersion. Simulated where nothing differs
    (60 to 1,000 articles with topics, 400 words): p < .05 in .01 to .04, over .05
    only for the commonest words of fewer than about 60 articles. The family J is
    every word in at least ten articles, near the node or not. Phrases: jackknife over
    forty groups of articles of log2(O / E), with t of one less than the articles with
    the phrase, at most 39, degrees of freedom; simulated with independent words p < .05
    in .05 of 300 articles and .07 to .12 of 60. No p below ten articles, or clusters.

    When not to use it: as meaning. Articles with the node have a topic, and its words
    come out whether or not they are neighbours; to ask about neighbours only, take
    ``near.subset(near.exposure[:, 1] > 0)``, the articles with the node. PMI and NPMI
    of words seen fewer than five times are noise; g2 and t grow with the corpus.
    Formulas and sources: `mediakit.formulas.association`.

    Examples
    --------
    >>> import mediakit as mk
    >>> strait = mk.load_sample("strait")
    >>> table = mk.associate(mk.count_collocates(strait, "minister", window=2))
    >>> table.loc[0, "item"]
    'prime'
    """
    check_measure(measure)
    made_by = measure.provenance.get("made_by")
    if not isinstance(measure, Paired) or made_by not in EVIDENCE:
        raise MediakitError(
            f"`associate` needs a measure of `mk.count_collocates` or "
            f"`mk.count_ngrams`, got {measure.name!r} made by {made_by!r}."
        )
    found = EVIDENCE[made_by](measure)
    columns = {"item": measure.items["item"], **_classical(found), **_tested(found)}
    names = list(COLUMNS)
    if cluster is not None:
        clusters = cluster_codes(measure.articles, cluster)
        columns |= _by_cluster(EVIDENCE[made_by](merge_pairs(measure, clusters)))
        names[-1:-1] = CLUSTERED
    order = _order(columns, found.estimate)
    table = pd.DataFrame(columns)[names].astype({"item": "str", "note": "str"})
    table = table.iloc[order].reset_index(drop=True)
    notes = ["the interval is of " + found.estimate.replace("_", " ") + "."]
    parameters = {"cluster": cluster, "alpha": ALPHA}
    record = provenance(measure, "associate", parameters, notes)
    record |= {"estimate": found.estimate, "family": found.family, **found.totals}
    table.attrs["mediakit"] = record
    return table


def _classical(found) -> dict:
    """Return the measures that read the corpus as one bag of words."""
    o, n, e = found.observed, found.n, found.expected
    dice = formulas.dice(o, *found.dice_parts)
    columns = {
        "observed": o,
        "expected": e,
        "frequency": found.frequency,
        "articles": found.articles.astype(np.int64),
        "pmi": formulas.mutual_information(o, e),
        "npmi": formulas.npmi(o, e, n, parts=found.parts),
        "mi2": formulas.mutual_information(o, e, power=2),
        "mi3": formulas.mutual_information(o, e, power=3),
        "local_mi": o * formulas.mutual_information(np.where(o > 0, o, np.nan), e),
        "dice": dice,
        "log_dice": formulas.log_dice(dice),
        "t": formulas.t_score(o, e),
        "z": formulas.z_score(o, e),
    }
    f1 = np.where(found.parts == 2, found.f1, np.nan)
    f2 = found.frequency
    return columns | {
        "g2": formulas.g2(o, f1, f2, n),
        "chi2": formulas.chi2(o, f1, f2, n),
        "delta_p": formulas.delta_p(o, f1, f2, n),
        "delta_p_back": formulas.delta_p(o, f2, f1, n),
        "log_ratio": formulas.log_ratio(o, f1, f2, n),
    }


def _tested(found) -> dict:
    """Return interval, p and q over articles."""
    columns = {
        name: np.where(found.tested, values, np.nan)
        for name, values in vars(found.interval).items()
    }
    missing = np.full(max(found.family - len(found.observed), 0), np.nan)
    q = benjamini_hochberg(np.append(columns["p"], missing))[: len(found.observed)]
    said = {
        f"in fewer than {LEAST} articles: not tested": ~found.tested,
        "no variation between articles: not tested": found.tested
        & np.isnan(columns["p"]),
        f"fewer than {FEW} uses together: its size is noise": found.observed < FEW,
    }
    notes = [np.where(where, text, "").tolist() for text, where in said.items()]
    note = ["; ".join(filter(None, one)) for one in zip(*notes, strict=True)]
    return columns | {"q": q, "note": note}


def _by_cluster(found) -> dict:
    """Return interval, p and q over clusters."""
    columns = _tested(found)
    return {f"{name}_cluster": columns[name] for name in ("low", "high", "p", "q")}


def _order(columns: dict, estimate: str) -> np.ndarray:
    """Put what attracts first, then what repels, each by its bound, then the rest."""
    bound = columns["bound"]
    repels = np.nan_to_num(columns[estimate]) < 0
    strength = np.where(repels, -bound, bound)
    group = np.where(np.isnan(bound), 2, repels)
    weak = np.nan_to_num(-strength)
    return np.lexsort((-columns["observed"], weak, group))
