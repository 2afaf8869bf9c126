"""A finding under a second look: how to look again, and when it counts as held."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from mediakit.clean.duplicates import ADDED, label_duplicates
from mediakit.errors import MediakitError
from mediakit.infer.compare import compare
from mediakit.infer.comparison import ALPHA, ESTIMATE, several
from mediakit.infer.groups import Sides
from mediakit.measure.measure import Block, Measure
from mediakit.text.corpus import Corpus

HELD, FAILED, UNASKED = "held", "did not hold", "could not be asked"
SIDE = "side in the second look"
RULE = (
    "A check held if it shows the same direction as the first look, its 95 % interval "
    "leaves out 'no difference', and p is below .05. Fewer articles make an interval "
    "wider, so a check can fail though its estimate is the same."
)


@dataclass(frozen=True)
class Answer:
    """What one check found; numbers are NaN where there are none."""

    verdict: str
    why: str
    estimate: float = np.nan
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan
    articles_a: float = np.nan
    articles_b: float = np.nan


@dataclass(frozen=True)
class Finding:
    """One item that two sides differ in, and all that is needed to look again.

    Attributes
    ----------
    measure : Measure
        Of the item alone; its articles have the side in the column `SIDE`.
    sides : Sides
        The two sides; rows outside stay in the measure.
    first : Series
        The row of the first comparison, of all items.
    cluster : str
        As in `compare`.
    items : int
        Items compared in the first look.
    corpus : Corpus, optional
        That the measure was counted from, its rows in the measure's order.
    """

    measure: Measure
    sides: Sides
    first: pd.Series
    cluster: str
    items: int
    corpus: Corpus | None
    seed: int

    @property
    def item(self) -> str:
        """The item's name."""
        return self.first["item"]

    @property
    def articles(self) -> pd.DataFrame:
        """The articles' columns."""
        return self.measure.articles

    @property
    def units(self) -> str:
        """What a row is, in the plural."""
        return several(self.measure.evidence)

    @property
    def estimate(self) -> str:
        """The column that the interval is about."""
        return ESTIMATE[self.measure.kind]

    @property
    def on_a_side(self) -> np.ndarray:
        """Which rows stand on a side."""
        return self.sides.rows_a | self.sides.rows_b

    @property
    def has_texts(self) -> bool:
        """Whether there is a corpus, and one with texts."""
        return self.corpus is not None and not self.corpus.counts_only

    @cached_property
    def labelled(self) -> pd.DataFrame:
        """The articles of the corpus, copies and credits of agencies labelled."""
        articles = self.corpus.articles
        there = articles.columns.intersection(ADDED)
        return articles if len(there) else label_duplicates(articles)

    def look(self, kept: np.ndarray | None = None, **options) -> pd.Series:
        """Compare again, only the rows `kept`; return the item's row."""
        measure = self.measure if kept is None else self.measure.subset(kept)
        return self.look_at(measure, **options)

    def look_at(self, measure: Measure, **options) -> pd.Series:
        """Compare another measure of the item, with the column `SIDE`."""
        options = {"cluster": self.cluster} | options
        return compare(measure, by=SIDE, a="a", b="b", **options).iloc[0]

    def clear(self, row: pd.Series) -> bool:
        """Say whether a row is clear by itself, whatever its direction."""
        ends = row["low"], row["high"]
        beyond = ends[0] > 0 if row[self.estimate] > 0 else ends[1] < 0
        return bool(beyond and row["p"] < ALPHA)

    def same_direction(self, row: pd.Series) -> bool:
        """Say whether a row points to the side of the first look."""
        return np.sign(row[self.estimate]) == np.sign(self.first[self.estimate])

    def judge(self, row: pd.Series) -> tuple[str, str]:
        """Return the verdict on a row by `RULE`, and what decides it."""
        if np.isnan(row["p"]):
            if "on a side" in row["note"]:
                return UNASKED, f"{row['note'].removesuffix(': not tested')}."
            return FAILED, f"too little of it is left: {row['note'] or 'nothing'}."
        if not self.same_direction(row):
            return FAILED, "the difference points the other way."
        if not self.clear(row):
            return FAILED, "the interval reaches 'no difference'."
        return HELD, "same direction, and the interval leaves out 'no difference'."

    def answer(self, row: pd.Series, told: str) -> Answer:
        """Return the answer that a comparison gives, `told` before what decides it."""
        verdict, why = self.judge(row)
        return self.stated(row, verdict, f"{told} {why[0].upper()}{why[1:]}".strip())

    def stated(self, row: pd.Series, verdict: str, why: str) -> Answer:
        """Return an answer with the numbers of a row."""
        return Answer(
            verdict,
            why,
            *(float(row[name]) for name in (self.estimate, "low", "high", "p")),
            *(float(row[name]) for name in ("articles_a", "articles_b")),
        )

    def column(self, name: str, label: Callable | None = None) -> pd.Series | None:
        """Return a column of the articles, or of the corpus, or made from its texts.

        `label` makes it of the finding; without it, or without texts, the answer for
        a column that is nowhere is None.
        """
        if name in self.articles:
            return self.articles[name]
        if self.corpus is not None and name in self.corpus.metadata:
            return self.corpus.metadata[name]
        if label is None or not self.has_texts or self.measure.evidence != "article":
            return None
        return label(self)[name].reset_index(drop=True)


def alone(one: Measure) -> Measure:
    """Return a measure of one item, counted once and held in memory."""
    denominator = one.items["denominator"].iloc[0]
    exposure = one.exposure[:, [denominator]]
    return replace(
        one,
        items=one.items.assign(denominator=0),
        denominators=(one.denominators[denominator],),
        stored=(Block(slice(0, len(one)), one.values, exposure),),
    )


def on_sides(articles: pd.DataFrame, sides: Sides) -> pd.DataFrame:
    """Return the articles with their side, "a" or "b", in the column `SIDE`.

    Without their language: the first look has warned of it.
    """
    side = pd.Series(np.where(sides.rows_a, "a", "b"), articles.index, dtype="str")
    side = side.where(sides.rows_a | sides.rows_b)
    return articles.drop(columns="language", errors="ignore").assign(**{SIDE: side})


def in_order_of(corpus: Corpus | None, measure: Measure) -> Corpus | None:
    """Return the corpus with the rows of the measure, or raise if it lacks some."""
    if corpus is None:
        return None
    if not isinstance(corpus, Corpus):
        raise MediakitError(
            f"`corpus` must be a Corpus, got {type(corpus).__name__}; give the one "
            "that the measure was counted from."
        )
    if "article_id" not in measure.articles:
        raise MediakitError(
            "the measure has no column 'article_id', so its rows cannot be found in "
            "`corpus`; leave `corpus` out, or make the measure from that corpus."
        )
    wanted = measure.articles["article_id"]
    kept = corpus.metadata["article_id"].isin(wanted).to_numpy()
    part = corpus if kept.all() else corpus.subset(kept)
    if part.metadata["article_id"].tolist() != wanted.tolist():
        raise MediakitError(
            f"`corpus` holds {int(kept.sum()):,} of the {len(wanted):,} articles of "
            "the measure, or holds them in another order; give the corpus that the "
            "measure was counted from."
        )
    return part
