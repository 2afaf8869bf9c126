"""validate: whether a measure finds what people find who read the same texts."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice, check_columns, check_frame
from mediakit.formulas.agreement import LEVELS, alpha
from mediakit.infer import scored
from mediakit.infer.agreement import check_repeats, count_codes
from mediakit.infer.coded import same_word, tasks_of
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.validate_rows import COLUMNS, confusions, note_sides, rows_of
from mediakit.infer.values import column_values, label
from mediakit.infer.word_model import guess_by_words
from mediakit.measure.measure import Measure


def validate(
    measure: Measure,
    codes: pd.DataFrame,
    *,
    by: str | None = None,
    level: str = "nominal",
    cuts: list[float] | None = None,
    cluster: str | None = None,
    seed: int = 0,
    repeats: int = 1000,
) -> pd.DataFrame:
    """Hold a measure against what people coded who read the same texts.

    What you learn: how often the measure is right where it sees something, how much it
    misses, whether it does as well on either side, and whether it beats two plain
    rivals: always the commonest code, and a model that learns words from the codes.

    Parameters
    ----------
    measure : Measure
        Of the texts that were coded; of a sample of sentences: tokenize the sample.
    codes : DataFrame
        One row per code: unit_id (an `article_id` of the measure) and code; coder,
        where there are several; question, where several things were asked, each named
        as an item; article_id, text and any column to group by, as `as_codes` gives.
        Codes are yes and no (1 and 0) for each item asked; or names of items, "none"
        for no item; or numbers, with `level` or `cuts`.
    by : str, optional
        A column of the codes or of the measure, or a register preset: rows for each of
        its values as well.
    level : {"nominal", "ordinal", "interval", "ratio"}, default "nominal"
        What codes are. Ranks, distances and amounts are compared with the measure's
        rate, which alpha takes to be on the same scale unless `cuts` are given.
    cuts : list of float, optional
        Rates at which the measure passes from one coded number to the next, as
        (-0.05, 0.05) for -1, 0 and 1; or (0.02,) for 0 and 1.
    cluster : str, optional
        What is drawn in the bootstrap and held out by the word model; by default
        "article_id", where codes have it, else the unit.
    seed : int, default 0
        Of the bootstrap and of the folds.
    repeats : int, default 1000
        Bootstrap samples.

    Returns
    -------
    DataFrame
        One row per item or class, group and method, then "all classes": means over the
        rows above it (macro F1), over yes and no if one item was asked.

        - item, group ("all" and the values of `by`), method ("measure", "majority",
          "words" where codes have texts)
        - units, coded, found : int; units scored, coded so, found so
        - precision, recall, f1, auc, alpha (Krippendorff's, of the measure and the
          codes as two coders), r (Pearson's, of numbers), each with _low and _high
          (95 %, by drawing clusters anew; missing below 10 clusters)
        - accuracy : share of units found as coded
        - coders_alpha : alpha of the coders among themselves: no measure can be
          expected to do better
        - tied, unscored : int; units left out, as coders were tied or as the measure
          has no exposure there
        - clusters : int
        - note : str; also where a group's precision or recall is unlike that of the
          others (99 %), so that a comparison of groups is bent by the instrument

        ``attrs["mediakit"]["confusion"]`` lists group, item, coded, found and units.

    Raises
    ------
    MediakitError
        If codes and measure have no unit in common, or codes do not fit its items.

    Notes
    -----
    Of several coders' codes of a unit the one most gave counts, of numbers the mean.
    With names as codes, the measure says the item with the highest rate, the first of
    equals, and "none" where all are 0. Figures of a group of classes are means of those
    that are defined. Use codes of texts that you did not look at while you wrote the
    instrument; else the figures are too good. Where codes have a column weight, as
    those of `draw_sample`, a unit counts for as many as it stands for. A sample of hits
    only tells precision and not recall.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. Hanley and McNeil
    (1982) for AUC as a probability.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"article_id": list("abcd"), "war": [2, 0, 1, 0],
    ...                        "words": 100})
    >>> measure = mk.as_measure(counts, value="war", exposure="words", unit="word")
    >>> codes = pd.DataFrame({"unit_id": list("abcd"), "code": [1, 0, 0, 0]})
    >>> table = mk.validate(measure, codes)
    >>> table[["item", "method", "precision", "recall", "f1"]].head(2).round(2)
      item    method  precision  recall    f1
    0  war   measure        0.5     1.0  0.67
    1  war  majority        NaN     0.0  0.00
    """
    check_measure(measure)
    check_choice("level", level, LEVELS)
    check_repeats(repeats)
    given, units, lost = join_codes(measure, codes)
    cluster = cluster or ("article_id" if "article_id" in codes else "unit_id")
    drawn = pd.factorize(column_values(units, cluster))[0]
    if (drawn < 0).any():
        raise MediakitError(
            f"`cluster` {cluster!r} is missing for {int((drawn < 0).sum())} units."
        )
    weights = _weights(units)
    tasks = tasks_of(measure, given, units, level, cuts)
    classes = [one for one in tasks if one.classes]
    guesses = None
    if classes and "text" in units and units["text"].notna().all():
        texts = units["text"].astype(str).tolist()
        guesses = guess_by_words(texts, drawn, classes, seed=seed)
    rows, tables = [], []
    for group, inside in groups_of(units, by):
        some = [task.only(inside) for task in tasks]
        votes = _coders_alpha(given, inside, level)
        methods = {"measure": some}
        if classes:
            methods["majority"] = [scored.majority(task) for task in some]
        if guesses is not None:
            kept = [g[inside[t.rows]] for g, t in zip(guesses, tasks, strict=True)]
            methods["words"] = list(map(scored.by_words, some, kept))
        asked = (level, repeats, seed)
        sampled = drawn[inside], weights[inside]
        rows += rows_of(group, methods, tasks, sampled, votes, asked)
        tables += confusions(group, some)
    note_sides(rows)
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    parameters = {
        "by": by,
        "level": level,
        "cuts": None if cuts is None else [float(cut) for cut in cuts],
        "cluster": cluster,
        "seed": seed,
        "repeats": repeats,
    }
    notes = [f"{lost} coded units are not in the measure"] if lost else []
    record = provenance(measure, "validate", parameters, notes)
    coders = int(given["coder"].nunique())
    record |= {"confusion": tables, "units": len(units), "coders": coders}
    table.attrs["mediakit"] = record
    return table


def _weights(units: pd.DataFrame) -> np.ndarray:
    """Return what each unit counts: as many as it stands for in its corpus."""
    if "weight" not in units:
        return np.ones(len(units))
    weights = pd.to_numeric(units["weight"], errors="coerce").to_numpy(float)
    if not (weights > 0).all():
        raise MediakitError(
            "the column `weight` of the codes must hold numbers above 0; drop the "
            "column if every unit counts alike."
        )
    return weights


def join_codes(measure: Measure, codes: pd.DataFrame):
    """Return codes with the row of their unit, the units, and how many are lost."""
    check_frame("codes", codes)
    check_columns("codes", codes, ["unit_id", "code"])
    check_columns("measure.articles", measure.articles, ["article_id"])
    given = codes[codes["code"].notna()].copy(deep=False)
    for column, value in (("coder", "coder"), ("question", "code")):
        if column not in given:
            given[column] = value
    if not len(given):
        raise MediakitError("`codes` holds no code; every `code` is missing.")
    known = pd.Index(measure.articles["article_id"])
    given["unit"], names = pd.factorize(given["unit_id"], sort=True)
    first = given.drop_duplicates("unit").sort_values("unit")
    ids = first["unit_id"]
    if not ids.isin(known).any() and "article_id" in first:
        ids = first["article_id"]
        if ids.isin(known).any() and ids.duplicated().any():
            raise MediakitError(
                "the codes are of parts of articles and the measure of whole ones; "
                "measure the parts: `mk.tokenize(mk.as_articles(sample))`."
            )
    if not ids.isin(known).any():
        raise MediakitError(
            f"no coded unit is in the measure: its article_id are "
            f"{known[:3].tolist()}, the codes' unit_id {names[:3].tolist()}."
        )
    there = ids.isin(known).to_numpy()
    place = np.cumsum(there) - 1
    given = given[there[given["unit"]]]
    given = given.assign(unit=place[given["unit"]])
    first, ids = first[there], ids[there]
    own = measure.articles.set_index("article_id", drop=False).loc[ids]
    asked = ["unit", "code", "coder", "question"]
    units = first.drop(columns=asked).set_axis(own.index)
    added = [column for column in own if column not in units]
    return given, pd.concat([units, own[added]], axis=1), int((~there).sum())


def groups_of(units: pd.DataFrame, by: str | None):
    """Yield each group with a mask of its units, all of them first."""
    yield "all", np.ones(len(units), bool)
    if by is not None:
        values = column_values(units, by)
        for value in pd.unique(values.dropna().sort_values()):
            yield label(value), (values == value).fillna(False).to_numpy(bool)


def _coders_alpha(given: pd.DataFrame, inside: np.ndarray, level: str) -> dict:
    """Return the coders' alpha for each question."""
    found = {}
    some = given[inside[given["unit"]]]
    if level == "nominal":
        some = some.assign(code=some["code"].map(same_word))
    for question, answers in some.groupby("question"):
        counts, values, *_ = count_codes(answers, level)
        found[question] = alpha(counts, values, level=level)
    return found
