"""What a table says about itself: every plot and caption reads it here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_columns, check_frame
from mediakit.show.rules import rules_line
from mediakit.show.sizes import short_side
from mediakit.show.validity import notes_of, shown_items, tone_lines
from mediakit.show.words import PER, plural, rate_label

RATES = ["item", "group", "rate", "low", "high", "articles", "articles_with"]
COLUMNS = {
    "summarise": RATES,
    "trend": [*RATES, "period", "partial"],
    "compare": [
        *["item", "rate_a", "rate_b", "difference", "log_ratio"],
        *["low", "high", "bound", "articles_a", "articles_b", "note"],
    ],
    "decompose": [
        *["item", "rate_a", "rate_b", "difference", "low", "high", "composition"],
        *["treatment", "no_counterpart", "articles_a", "articles_b", "note"],
    ],
    "explain_tone": [
        *["item", "hits_a", "hits_b", "valence_a", "valence_b"],
        *["rate_a", "rate_b", "difference"],
    ],
}
KEYS = ("verb", "measure", "kind", "unit", "evidence", "parameters")
TWO_SIDED = ("compare", "decompose", "explain_tone")
MOST_SIZES = 4


@dataclass(frozen=True)
class About:
    """The provenance of a table, as far as a reader must see it.

    `sides` are the names of side a and side b, `side_sizes` their articles, `family`
    the number of items tested together and `adjusted` how q was; for a comparison only.
    """

    verb: str
    measure: str
    kind: str
    unit: str
    evidence: str
    parameters: dict
    notes: tuple[str, ...]
    constructed: bool
    sides: tuple[str, ...] = ()
    side_sizes: tuple[int, ...] = ()
    family: int = 0
    adjusted: str = "bh"

    def per(self, per: int | None) -> int:
        """Return how many units of exposure a rate is shown for."""
        whole = isinstance(per, int | np.integer) and not isinstance(per, bool)
        if per is not None and (not whole or per < 1):
            raise MediakitError(f"`per` must be a whole number from 1, got {per!r}.")
        if per is not None and self.kind == "count":
            return int(per)
        of_events = self.kind == "count" and self.evidence == "event"
        return 1 if of_events else PER[self.kind]

    def rate_label(self, per: int | None) -> str:
        """Return what the rates are, as "per 1,000 words"."""
        return rate_label(self.kind, self.unit, self.per(per))

    def axis_label(self, per: int | None) -> str:
        """Return the same for an axis, where a mean must say of what."""
        label = self.rate_label(per)
        return f"{self.measure}, {label}" if self.kind == "mean" else label

    @property
    def several(self) -> str:
        """The unit of evidence in the plural."""
        return plural(self.evidence)

    @property
    def confidence(self) -> str:
        """Coverage of the intervals, as "95 %"."""
        return f"{100 * (1 - self.parameters.get('alpha', 0.05)):g} %"

    @property
    def remarks(self) -> list[str]:
        """What must stand under any number: the verb's notes, and invented data."""
        line = "Constructed data: an invented world, not real coverage."
        return [f"Note: {note}" for note in self.notes] + [line] * self.constructed

    def sizes(self, table: pd.DataFrame) -> str:
        """Say how many articles stand behind each group or side."""
        sizes = self.group_sizes(table)
        if len(sizes) > MOST_SIZES:
            least, most = min(sizes.values()), max(sizes.values())
            span = f"{least:,}" if least == most else f"{least:,} to {most:,}"
            return f"{len(sizes)} groups of {span} {self.several}"
        said = (
            f"{n:,} {self.several}"
            if name == "all"
            else f"{name}: {n:,} {self.several}"
            for name, n in sizes.items()
        )
        return "; ".join(said)

    def group_sizes(self, table: pd.DataFrame) -> dict[str, int]:
        """Return the number of articles of each group or side."""
        if self.sides:
            return dict(zip(self.sides, self.side_sizes, strict=True))
        sums = table.groupby(["group", "item"], sort=False)["articles"].sum()
        return sums.groupby(level="group", sort=False).max().to_dict()


def about(
    table: pd.DataFrame, *verbs: str, items: str | Sequence[str] | None = None
) -> About:
    """Return what made `table`, or raise if it was none of `verbs`.

    `items` are those that are shown, by default all of the table.
    """
    check_frame("table", table)
    record = table.attrs.get("mediakit")
    if not isinstance(record, dict) or not set(KEYS) <= set(record):
        raise MediakitError(
            "the table does not say what it is: attrs['mediakit'] is missing, as after "
            "merge(). Use the table as the verb gave it, or copy the attrs over: "
            "new.attrs = old.attrs."
        )
    verb = "compare" if record["verb"] == "keyness" else record["verb"]
    if verb not in verbs:
        raise MediakitError(
            f"this needs a table made by {' or '.join(verbs)}, got one made by "
            f"{record['verb']!r}."
        )
    check_columns("table", table, COLUMNS[verb])
    sides = [record["sides"][side] for side in "ab" if verb in TWO_SIDED]
    names = {side["label"]: short_side(side["label"]) for side in sides}
    shown = [items] if isinstance(items, str) else list(items or ())
    shown = shown or shown_items(table, record)
    return About(
        verb=verb,
        notes=(
            *(_named(note, names) for note in notes_of(record, shown)),
            *said_of_itself(record, shown),
            *tone_lines(record, shown, coverage="coverage_a" not in table),
        ),
        constructed=bool(record.get("source", {}).get("constructed")),
        sides=tuple(names[side["label"]] for side in sides),
        side_sizes=tuple(side["articles"] for side in sides),
        family=record.get("family", 0),
        adjusted=record.get("adjusted", "bh"),
        **{key: record[key] for key in KEYS if key != "verb"},
    )


def _named(note: str, names: dict[str, str]) -> str:
    for whole, short in names.items():
        note = note.replace(whole, short)
    return note


def said_of_itself(record: dict, items: Sequence[str] = ()) -> list[str]:
    """Return what dictionaries, or rules, say they are worth, a line each."""
    source = record.get("source", {})
    behind = [
        one.get("about")
        for name, one in (source.get("methods") or {}).items()
        if not items or any(f"{item}, ".startswith(f"{name}, ") for item in items)
    ]
    said = [
        one["in short"]
        for one in (source.get("about"), *behind)
        if "in short" in (one or ())
    ]
    return list(dict.fromkeys(said)) or rules_line(source)
