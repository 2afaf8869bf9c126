"""validate_tones: which instrument of tone agrees with readers, and on which side."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.validate import groups_of, join_codes, validate
from mediakit.measure.external import as_measure
from mediakit.measure.measure import Measure
from mediakit.measure.tone_coverage import coverage_columns
from mediakit.measure.validity import ALL

CUTS = (-0.05, 0.05)
FIGURES = [
    f"{name}{end}" for name in ("f1", "alpha", "r") for end in ("", "_low", "_high")
]
COLUMNS = {
    "item": "str",
    "group": "str",
    "units": "int64",
    "scored": "float64",
    **dict.fromkeys(FIGURES, "float64"),
    **dict.fromkeys(["accuracy", "coders_alpha", "majority_f1", "words_f1"], "float64"),
    "clusters": "int64",
    "note": "str",
}


def validate_tones(
    measure: Measure,
    codes: pd.DataFrame,
    *,
    by: str | None = None,
    cuts: Sequence[float] = CUTS,
    cluster: str | None = None,
    seed: int = 0,
    repeats: int = 1000,
) -> pd.DataFrame:
    """Hold every instrument of tone against the same codes, on every side.

    What you learn: whether any instrument sees what readers see, and whether it sees as
    well on either side. One that reads side a better than side b bends the comparison.

    Parameters
    ----------
    measure : Measure
        Of the texts that were coded; each item is an instrument, as `score_tones`
        gives, or `score_sentiment` with one item. Of a sample of sentences: tokenize
        the sample, ``mk.tokenize(mk.as_articles(sample))``.
    codes : DataFrame
        As in `validate`, of one question: code is -1 (negative), 0 or 1 (positive), or
        other numbers that rise with the tone.
    by : str, optional
        A column of the codes or of the measure, or a register preset, as "outlet".
    cuts : sequence of float, default (-0.05, 0.05)
        Where an instrument passes from one coded number to the next.
    cluster, seed, repeats
        As in `validate`.

    Returns
    -------
    DataFrame
        One row per instrument and group, "all" first:

        - item, group : str
        - units : int; texts coded without a tie
        - scored : float; share of them of which the instrument knows anything; the
          others count as 0, so all instruments are judged by the same texts
        - f1 : mean F1 of the classes; alpha : Krippendorff's, of classes in order;
          r : Pearson's; each with _low and _high as in `validate`
        - accuracy, coders_alpha : float
        - majority_f1, words_f1 : float; of always saying the commonest code, and of a
          model that learns words from the codes (missing without texts)
        - clusters : int
        - note : str, as in `validate`

    Raises
    ------
    MediakitError
        As `validate`, or if several questions were asked.

    Notes
    -----
    Choose an instrument by other texts than those you report on: the best of several
    on one sample looks better than it is. Fifty sentences tell .3 from .7, not .5 from
    .6: look at the intervals. ``measure.with_validity(table)`` puts what was found
    under every figure. When not to use it: with codes made by somebody who saw outlet
    or score.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": "A", "text": [
    ...     "A good day.", "It rained.", "A bad day.", "The United Nations met."]}))
    >>> tones = mk.score_tones(mk.tokenize(articles), methods=["vader"])
    >>> codes = pd.DataFrame({"unit_id": articles["article_id"], "code": [1, 0, -1, 0]})
    >>> table = mk.validate_tones(tones, codes, repeats=0)
    >>> table[["item", "scored", "f1"]].round(2).values.tolist()
    [['vader', 0.75, 0.78], ['vader, without name', 0.5, 1.0]]
    """
    check_measure(measure)
    if "question" in codes and codes["question"].nunique() > 1:
        raise MediakitError(
            f"the codes are of {codes['question'].nunique()} questions; take those on "
            'tone, as `codes[codes["question"] == "tone"]`.'
        )
    _, units, _ = join_codes(measure, codes)
    options = {"by": by, "cluster": cluster, "seed": seed, "repeats": repeats}
    rows, record = [], {}
    for place, item in enumerate(measure.items["item"]):
        one, scored = _filled(measure, place, item)
        table = validate(one, codes, level="ordinal", cuts=list(cuts), **options)
        record = table.attrs["mediakit"]
        rows += _rows(table, item, _scored(scored, units, measure, by))
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    parameters = {**options, "cuts": [float(cut) for cut in cuts]}
    made = provenance(measure, "validate_tones", parameters, [])
    made |= {key: record[key] for key in ("units", "coders") if key in record}
    table.attrs["mediakit"] = made
    return table


def _filled(measure: Measure, place: int, item: str) -> tuple[Measure, np.ndarray]:
    """Return one instrument's score of every text, 0 where it knows nothing."""
    some = measure.only_items([item])
    column = int(measure.items["denominator"].iloc[place])
    exposure = some.exposure[:, column]
    there = exposure > 0
    value = np.divide(
        some.values.toarray()[:, 0], exposure, out=np.zeros(len(some)), where=there
    )
    frame = measure.articles.assign(**{item: value, "texts scored": 1.0})
    made = as_measure(frame, value=item, exposure="texts scored", kind="mean")
    known, _ = coverage_columns(some).get(item, (column, column))
    return made, some.exposure[:, known] > 0


def _scored(there: np.ndarray, units: pd.DataFrame, measure: Measure, by):
    """Return the share of coded texts that an instrument scored, by group."""
    places = pd.Index(measure.articles["article_id"]).get_indexer(units.index)
    return {
        group: there[places[inside]].mean() for group, inside in groups_of(units, by)
    }


def _rows(table: pd.DataFrame, item: str, share: dict[str, float]):
    """Yield the row of each group: the measure's, with those of its rivals."""
    whole = table[table["item"] == ALL].set_index(["group", "method"])
    for group in dict.fromkeys(table["group"]):
        own = whole.loc[(group, "measure")]
        row = {name: own[name] for name in COLUMNS if name in own.index}
        row |= {"item": item, "group": group, "scored": share.get(group, np.nan)}
        for name in ("majority", "words"):
            there = (group, name) in whole.index
            row[f"{name}_f1"] = whole.loc[(group, name), "f1"] if there else np.nan
        yield row
