"""What people coded beside what a measure found, unit by unit, ready to be scored."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.measure.measure import Measure

YES = frozenset({"1", "1.0", "true", "yes"})
NO = frozenset({"0", "0.0", "false", "no"})
NONE = "none"
MOST_ITEMS = 200


@dataclass(frozen=True, eq=False)
class Task:
    """One question: codes and guesses of some units.

    Attributes
    ----------
    item : str
        What was asked; in a choice between classes, the name of the question.
    rows : ndarray of int
        The units' rows in the table of units.
    classes : tuple of str
        Names of the classes, in order; empty for a scale without cuts.
    shown : tuple of int
        The classes that get a row of their own.
    coded, found : ndarray of int
        Class of each unit as coded and as measured.
    scores : ndarray of float, units x classes
        The higher, the more the measure sees the class; NaN where it cannot say.
    numbers : (ndarray, ndarray) or None
        Codes and rates on their own scales.
    ties, unscored : int
        Units left out: coders were tied, or the measure has no exposure there.
    """

    item: str
    rows: np.ndarray
    classes: tuple[str, ...]
    shown: tuple[int, ...]
    coded: np.ndarray
    found: np.ndarray
    scores: np.ndarray
    numbers: tuple[np.ndarray, np.ndarray] | None = None
    ties: int = 0
    unscored: int = 0

    def only(self, inside: np.ndarray) -> "Task":
        """Return the task of the units whose place is True in `inside`."""
        kept = inside[self.rows]
        places = (np.cumsum(inside) - 1)[self.rows[kept]]
        numbers = self.numbers and tuple(one[kept] for one in self.numbers)
        return Task(
            *(self.item, places, self.classes, self.shown),
            *(self.coded[kept], self.found[kept], self.scores[kept], numbers),
        )


def rates_of(measure: Measure, ids: pd.Series) -> np.ndarray:
    """Return units x items: value over exposure, NaN where there is no exposure."""
    rows = pd.Index(measure.articles["article_id"]).get_indexer(ids)
    mask = np.zeros(len(measure), bool)
    mask[rows] = True
    some = measure.subset(mask)
    places = (np.cumsum(mask) - 1)[rows]
    exposure = some.exposure[:, some.items["denominator"].to_numpy()]
    values = some.values.toarray().astype(float)
    missing = np.full(values.shape, np.nan)
    return np.divide(values, exposure, out=missing, where=exposure > 0)[places]


def tasks_of(
    measure: Measure, given: pd.DataFrame, units: pd.DataFrame, level: str, cuts
) -> list[Task]:
    """Return the questions that codes and measure have in common.

    `given` has unit (row in `units`), question and code; `units` has the measure's
    `article_id` of each unit as its index.
    """
    items = measure.items["item"].tolist()
    questions = given["question"].unique().tolist()
    single = len(questions) == len(items) == 1
    if level != "nominal" or cuts is not None:
        return _scales(measure, given, units, level, cuts, single)
    if given["code"].map(_plain).isin(YES | NO).all():
        known = [one for one in questions if one in items or single]
        if len(known) < len(questions):
            lost = sorted(set(questions) - set(known))
            raise MediakitError(
                f"codes are yes or no, but {lost[:5]} name no item of the measure, "
                f"which has {items[:10]}; write the item coded into the column "
                "`question`, or take `measure.only_items([...])`."
            )
        return _presence(measure, given, units, items if single else known, single)
    if len(questions) > 1:
        raise MediakitError(
            f"the questions {questions[:5]} have codes that are neither yes nor no "
            "(1 or 0); validate such questions one at a time."
        )
    return [_choice(measure, given, units, items)]


def _presence(measure, given, units, items, single) -> list[Task]:
    rates = rates_of(measure.only_items(items), units.index)
    tasks = []
    for place, item in enumerate(items):
        codes = given if single else given[given["question"] == item]
        codes = codes.assign(code=codes["code"].map(_plain).isin(YES).astype(int))
        rows, coded, ties = agreed(codes)
        rate = rates[rows, place]
        kept = ~np.isnan(rate)
        rate, coded = rate[kept], coded[kept].astype(int)
        tasks.append(
            Task(
                *(item, rows[kept], ("no", "yes"), (1,), coded),
                (rate > 0).astype(int),
                np.column_stack([-rate, rate]),
                ties=ties,
                unscored=int((~kept).sum()),
            )
        )
    return tasks


def _choice(measure, given, units, items) -> Task:
    if len(items) > MOST_ITEMS:
        raise MediakitError(
            f"the measure has {len(items):,} items, but classes are at most "
            f"{MOST_ITEMS}; take those that were coded: `measure.only_items([...])`."
        )
    given = given.assign(code=given["code"].astype("str"))
    strange = sorted(set(given["code"]) - {*items, NONE})
    if strange:
        raise MediakitError(
            f"the codes {strange[:5]} name no item of the measure; it has "
            f'{items[:10]}, and "{NONE}" is what fits none. For yes and no write 1 '
            'and 0; for numbers say level="interval" or another.'
        )
    classes = (*items, *([] if NONE in items else [NONE]))
    rows, codes, ties = agreed(given)
    rates = rates_of(measure, units.index)[rows]
    kept = ~np.isnan(rates).any(axis=1)
    rates = rates[kept]
    scores = rates
    if NONE not in items:
        scores = np.column_stack([rates, -rates.sum(axis=1)])
    found = rates.argmax(axis=1)
    found[~(rates > 0).any(axis=1)] = classes.index(NONE)
    coded = pd.Index(classes).get_indexer(codes[kept])
    return Task(
        *(str(given["question"].iloc[0]), rows[kept], classes),
        tuple(range(len(classes))),
        *(coded, found, scores),
        ties=ties,
        unscored=int((~kept).sum()),
    )


def _scales(measure, given, units, level, cuts, single) -> list[Task]:
    items = measure.items["item"].tolist()
    tasks = []
    for question, codes in given.groupby("question", sort=False):
        if question not in items and not single:
            raise MediakitError(
                f"{question!r} is no item of the measure, which has {items[:10]}; "
                "write the item coded into the column `question`."
            )
        item = items[0] if single else question
        rates = rates_of(measure.only_items([item]), units.index)[:, 0]
        tasks.append(_scale(item, codes, rates, level, cuts))
    return tasks


def _scale(item: str, codes: pd.DataFrame, rates: np.ndarray, level, cuts) -> Task:
    numbers = pd.to_numeric(codes["code"], errors="coerce")
    if numbers.isna().any():
        wrong = codes["code"][numbers.isna()].iloc[0]
        raise MediakitError(
            f"`level` {level!r} and `cuts` need codes that are numbers, got {wrong!r}; "
            "write ranks as numbers."
        )
    codes = codes.assign(code=numbers.astype(float))
    if cuts is None:
        mean = codes.groupby("unit")["code"].mean()
        rows, coded, ties = mean.index.to_numpy(), mean.to_numpy(), 0
    else:
        rows, coded, ties = agreed(codes)
        coded = coded.astype(float)
    kept = ~np.isnan(rates[rows])
    rows, coded, rate = rows[kept], coded[kept], rates[rows[kept]]
    if level == "ratio" and cuts is None and np.append(coded, rate).min(initial=0) < 0:
        raise MediakitError(
            '`level` "ratio" needs codes and values from 0, got a negative; use '
            '"interval".'
        )
    left = {"ties": ties, "unscored": int((~kept).sum())}
    if cuts is None:
        empty = np.zeros(len(rows), int)
        nothing = np.empty((len(rows), 0))
        return Task(item, rows, (), (), empty, empty, nothing, (coded, rate), **left)
    values = _classes(codes["code"], cuts)
    names = tuple(f"{value:g}" for value in values)
    scores = np.full((len(rows), len(values)), np.nan)
    scores[:, 0], scores[:, -1] = -rate, rate
    classes = np.searchsorted(values, coded), np.searchsorted(cuts, rate, side="right")
    shown = tuple(range(len(values)))
    return Task(item, rows, names, shown, *classes, scores, (coded, rate), **left)


def _classes(codes: pd.Series, cuts: Sequence[float]) -> np.ndarray:
    values = np.unique(codes)
    if len(values) != len(cuts) + 1 or sorted(set(cuts)) != list(cuts):
        raise MediakitError(
            f"`cuts` must be one fewer than the {len(values)} classes coded "
            f"({', '.join(f'{v:g}' for v in values[:8])}) and rise, got {cuts!r}."
        )
    return values


def agreed(codes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, int]:
    """Return units, the code most coders gave each, and how many were tied.

    Tied units are left out: no code is theirs.
    """
    votes = codes.groupby(["unit", "code"], sort=True).size().rename("votes")
    votes = votes.reset_index()
    most = votes.groupby("unit")["votes"].transform("max")
    first = votes[votes["votes"] == most]
    tied = first["unit"].duplicated(keep=False)
    alone = first[~tied]
    ties = int(first["unit"][tied].nunique())
    return alone["unit"].to_numpy(), alone["code"].to_numpy(), ties


def _plain(code) -> str:
    return str(code).strip().lower()


def same_word(code) -> str:
    """Return one word for all ways to say yes and no, else the code as text."""
    plain = _plain(code)
    return "yes" if plain in YES else "no" if plain in NO else str(code)
