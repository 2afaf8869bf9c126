"""agreement: whether people who read the same thing say the same of it."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice, check_columns, check_frame
from mediakit.formulas.agreement import (
    LEVELS,
    alpha,
    alpha_draws,
    disagreement,
    pair_agreement,
    pairable,
)
from mediakit.infer.provenance import versions

COLUMNS = ("unit_id", "coder", "code")
FEW_UNITS = 20
LEAST_ALPHA, GOOD_ALPHA = 0.667, 0.8
INTERVAL = (2.5, 97.5)


def agreement(
    codes: pd.DataFrame,
    *,
    level: str = "nominal",
    cluster: str | None = None,
    seed: int = 0,
    repeats: int = 1000,
) -> pd.DataFrame:
    """Say how far coders agree, beyond what chance would give.

    What you learn: whether a question can be answered by reading. If two people who
    read the same sentence do not give the same answer, no instrument can be right.

    Parameters
    ----------
    codes : DataFrame
        One row per code given: unit_id (what was read), coder, code; `question` where
        several were asked. Missing codes are rows left out, or NaN.
    level : {"nominal", "ordinal", "interval", "ratio"}, default "nominal"
        What the codes are: names, ranks, distances, or amounts with a true zero. All
        but names must be numbers; ranks need only their order.
    cluster : str, optional
        A column of what is drawn in the bootstrap, as "article_id" for sentences; by
        default the unit.
    seed : int, default 0
        Of the bootstrap.
    repeats : int, default 1000
        Bootstrap samples.

    Returns
    -------
    DataFrame
        One row per question.

        - question : str, "code" where none is named
        - level : str
        - alpha : Krippendorff's alpha; 1 perfect, 0 as by chance, below 0 worse
        - low, high : 95 % interval, by drawing units (or clusters) anew
        - pairs_agree : share of pairs of codes of one unit that are the same
        - commonest, share_commonest : the code given most, and its share: where it is
          near 1, pairs agree often and alpha is low all the same
        - units, units_one_code, coders, codes : int; units read once only say nothing
          of agreement and are left out
        - note : str, why alpha is missing or doubtful

    Raises
    ------
    MediakitError
        If a column is missing, a coder gave one unit two codes, or codes that should
        be numbers are not.

    Notes
    -----
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. The interval draws
    units; Hayes and Krippendorff (2007) draw pairs of codes and get narrower ones.
    Krippendorff (2004) asks for .800, and .667 for tentative conclusions. Codes that
    were discussed and given anew are no evidence of agreement: use the first ones.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    >>> second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> codes = pd.DataFrame({"unit_id": [*range(10)] * 2, "code": first + second,
    ...                       "coder": ["Ana"] * 10 + ["Ben"] * 10})
    >>> mk.agreement(codes)[["alpha", "pairs_agree", "units"]].round(3)
       alpha  pairs_agree  units
    0  0.095          0.6     10
    """
    check_frame("codes", codes)
    check_choice("level", level, LEVELS)
    check_columns("codes", codes, [*COLUMNS, *([cluster] if cluster else [])])
    check_repeats(repeats)
    given = codes[codes["code"].notna()]
    if "question" not in given:
        given = given.assign(question="code")
    check_once(given)
    rows = []
    for question, answers in given.groupby("question", sort=True):
        rng = np.random.default_rng(seed)
        rows.append(_row(str(question), answers, level, cluster, rng, repeats))
    table = pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)
    table.attrs["mediakit"] = {
        "verb": "agreement",
        "parameters": {
            "level": level,
            "cluster": cluster or "unit_id",
            "seed": seed,
            "repeats": repeats,
        },
        "versions": versions(),
    }
    return table


_TYPES = {
    "question": "str",
    "level": "str",
    "alpha": "float64",
    "low": "float64",
    "high": "float64",
    "pairs_agree": "float64",
    "commonest": "str",
    "share_commonest": "float64",
    "units": "int64",
    "units_one_code": "int64",
    "coders": "int64",
    "codes": "int64",
    "note": "str",
}


def check_repeats(repeats) -> None:
    """Raise if `repeats` is no number of bootstrap samples."""
    if type(repeats) is not int or repeats < 0:
        raise MediakitError(
            f"`repeats` must be a whole number from 0, got {repeats!r}."
        )


def check_once(given: pd.DataFrame) -> None:
    """Raise if a coder gave a unit more than one code for one question."""
    keys = ["question", "unit_id", "coder"]
    twice = given[given.duplicated(keys)]
    if len(twice):
        first = twice.iloc[0]
        raise MediakitError(
            f"coder {first['coder']!r} gave unit {first['unit_id']!r} more than one "
            f"code for {first['question']!r} ({len(twice)} such rows); keep the first "
            "code of each, or name the questions in a column `question`."
        )


def _row(question, answers, level, cluster, rng, repeats) -> tuple:
    counts, values, names, units = count_codes(answers, level)
    kept = pairable(counts)
    found = alpha(counts, values, level=level)
    low, high = np.nan, np.nan
    if np.isfinite(found) and repeats:
        groups = _clusters(answers, cluster, units)
        drawn = alpha_draws(
            counts, values, groups, level=level, repeats=repeats, rng=rng
        )
        low, high = np.nanpercentile(drawn, INTERVAL)
    totals = counts.sum(axis=0)
    return (
        question,
        level,
        found,
        low,
        high,
        pair_agreement(counts),
        str(names[totals.argmax()]) if len(names) else "",
        totals.max() / totals.sum() if len(names) else np.nan,
        len(kept),
        len(counts) - len(kept),
        answers["coder"].nunique(),
        int(totals.sum()),
        _note(found, kept, values, level),
    )


def count_codes(answers: pd.DataFrame, level: str):
    """Return units x values, the values as numbers, as given, and the units."""
    codes = answers["code"]
    if level != "nominal":
        numbers = pd.to_numeric(codes, errors="coerce")
        wrong = codes[numbers.isna()]
        if len(wrong):
            raise MediakitError(
                f"`level` {level!r} needs codes that are numbers, got "
                f'{wrong.iloc[0]!r}; write ranks as numbers, or use level="nominal".'
            )
        if level == "ratio" and (numbers < 0).any():
            raise MediakitError(
                f'`level` "ratio" needs codes from 0, got {numbers.min():g}; use '
                '"interval".'
            )
        codes = numbers
    else:
        codes = codes.astype("str")
    value, names = pd.factorize(codes, sort=True)
    unit, units = pd.factorize(answers["unit_id"], sort=True)
    counts = np.zeros((len(units), len(names)), np.int64)
    np.add.at(counts, (unit, value), 1)
    numbers = np.arange(len(names)) if level == "nominal" else names
    return counts, np.asarray(numbers, float), names, units


def _clusters(answers: pd.DataFrame, cluster: str | None, units) -> np.ndarray:
    if cluster is None:
        return np.arange(len(units))
    first = answers.drop_duplicates("unit_id").set_index("unit_id")[cluster]
    return pd.factorize(first.loc[units])[0]


def _note(found: float, kept: np.ndarray, values, level: str) -> str:
    if not len(kept):
        return "no unit has codes of two coders"
    if np.isnan(found):
        expected = disagreement(kept, values, level)[1]
        return "every code is the same" if expected == 0 else "too few codes"
    notes = [f"fewer than {FEW_UNITS} units"] * (len(kept) < FEW_UNITS)
    if found < LEAST_ALPHA:
        notes.append(f"below {LEAST_ALPHA}: too unsure to build on")
    elif found < GOOD_ALPHA:
        notes.append(f"below {GOOD_ALPHA}: for tentative conclusions")
    return "; ".join(notes)
