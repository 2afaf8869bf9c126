"""Dictionary: categories and the patterns that stand for them, as one plain table."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_columns
from mediakit.text.dictionary_nested import LEVEL, nested_rows
from mediakit.text.pattern_syntax import ANY, Word, parse

COLUMNS = ("category", "pattern", "weight")
UNREAD = ("line", "written", "reason")
MOST_REACH = 30


@dataclass(frozen=True, eq=False)
class Dictionary:
    """Categories and their patterns: what `read_dictionary` returns.

    Attributes
    ----------
    name : str
        For captions.
    entries : DataFrame
        One row per entry: category (str, levels joined by " > "), pattern (str, in the
        language of `count_patterns`), weight (float64, 1 where the file gives none).
    exclude : tuple of str
        Patterns whose words count for no category ("kind of" beside "kind").
    negators : tuple of str
        Patterns that turn an entry behind them into one of "not CATEGORY".
    reach : int
        How many words behind a negator are negated, within its sentence.
    turn : float
        What a negated entry's weight is multiplied by in a score: -1 turns it round.
    intensifiers : dict of str to float
        Patterns that multiply the weight of an entry right behind them ("very": 1.5).
    unread : DataFrame
        What the file holds and nothing was made of: line, written, reason.
    about : dict
        Purpose, source, licence, validity and failures, as the file gives them.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"category": ["war > arms", "peace"],
    ...                       "pattern": ["missile*", "truce"]})
    >>> wars = Dictionary("wars", table)
    >>> wars.categories, wars.patterns("war")
    (['war', 'war > arms', 'peace'], ['missile*'])
    """

    name: str
    entries: pd.DataFrame
    exclude: tuple[str, ...] = ()
    negators: tuple[str, ...] = ()
    reach: int = 3
    unread: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(UNREAD))
    )
    about: dict = field(default_factory=dict)
    turn: float = -1.0
    intensifiers: dict[str, float] = field(default_factory=dict)

    def __post_init__(self):
        object.__setattr__(self, "entries", _checked(self.entries, self.name))
        for pattern in (*self.exclude, *self.negators, *self.intensifiers):
            check_entry(pattern, f"{self.name!r}")
        whole = isinstance(self.reach, int) and 1 <= self.reach <= MOST_REACH
        if not whole:
            raise MediakitError(
                f"`reach` of a negator must be 1 to {MOST_REACH} words, got "
                f"{self.reach!r}."
            )
        for what in (self.turn, *self.intensifiers.values()):
            if not isinstance(what, int | float) or not np.isfinite(what):
                raise MediakitError(
                    f"dictionary {self.name!r}: negation and intensifiers multiply a "
                    f"weight by a number, got {what!r}."
                )

    def __len__(self):
        return len(self.entries)

    def __repr__(self):
        return (
            f"Dictionary({self.name!r}: {len(self):,} entries in "
            f"{len(self.categories)} categories)"
        )

    @property
    def categories(self) -> list[str]:
        """All categories, each after the one that holds it."""
        found: dict[str, None] = {}
        for category in self.entries["category"].unique():
            found.update(dict.fromkeys(levels(category)))
        return list(found)

    def patterns(self, category: str) -> list[str]:
        """Return the patterns of a category and of those inside it, for passages."""
        if category not in self.categories:
            raise MediakitError(
                f"dictionary {self.name!r} has no category {category!r}; it has "
                f"{self.categories[:20]}."
            )
        of = self.entries["category"]
        inside = (of == category) | of.str.startswith(category + LEVEL)
        return self.entries.loc[inside, "pattern"].unique().tolist()

    def only(self, *categories: str) -> "Dictionary":
        """Return the dictionary of some categories and of those inside them."""
        kept = np.zeros(len(self), bool)
        for category in categories:
            self.patterns(category)
            of = self.entries["category"]
            kept |= (of == category) | of.str.startswith(category + LEVEL)
        return replace(self, entries=self.entries[kept].reset_index(drop=True))

    @property
    def digest(self) -> str:
        """The sha256 of all that decides a count, for provenance."""
        table = self.entries.to_dict("list")
        told = [table, list(self.exclude), list(self.negators), self.reach]
        if self.turn != -1 or self.intensifiers:
            told += [self.turn, self.intensifiers]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def levels(category: str) -> Iterator[str]:
    """Yield a category's path from the outermost: "a", "a > b"."""
    parts = category.split(LEVEL)
    for depth in range(1, len(parts) + 1):
        yield LEVEL.join(parts[:depth])


def check_entry(pattern: str, where: str) -> None:
    """Raise if a pattern cannot be read, or would meet every word."""
    if not isinstance(pattern, str) or not pattern.strip():
        raise MediakitError(f"{where}: a pattern must be text, got {pattern!r}.")
    node = parse(pattern)
    if isinstance(node, Word) and set(node.text) == {ANY}:
        raise MediakitError(
            f"{where}: the pattern {pattern!r} meets every word; name some letters."
        )


def _checked(entries: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the table with its three columns, each entry of a category once."""
    check_columns(f"entries of {name}", entries, COLUMNS[:2])
    table = pd.DataFrame(
        {
            "category": entries["category"].astype("str"),
            "pattern": entries["pattern"].astype("str"),
            "weight": entries["weight"] if "weight" in entries else 1.0,
        }
    ).reset_index(drop=True)
    table["weight"] = pd.to_numeric(table["weight"], errors="coerce").astype(float)
    if not len(table):
        raise MediakitError(f"dictionary {name!r} has no entries.")
    bad = table[["category", "pattern", "weight"]].isna().any(axis=1)
    bad |= ~np.isfinite(table["weight"]) | (table["category"].str.strip() == "")
    if bad.any():
        row = entries.reset_index(drop=True)[bad].iloc[0].to_dict()
        raise MediakitError(
            f"dictionary {name!r}: an entry needs a category, a pattern and a weight "
            f"that is a number, got {row}."
        )
    for pattern in table["pattern"].unique():
        check_entry(pattern, f"dictionary {name!r}")
    table = table.drop_duplicates()
    twice = table.duplicated(["category", "pattern"])
    if twice.any():
        row = table[twice].iloc[0]
        raise MediakitError(
            f"dictionary {name!r}: {row['pattern']!r} stands in {row['category']!r} "
            "with two weights; keep one."
        )
    return table.reset_index(drop=True)


def as_dictionary(value, *, name: str = "dictionary") -> Dictionary:
    """Return a Dictionary, or the one that a dict of lists (also nested) describes."""
    if isinstance(value, Dictionary):
        return value
    if isinstance(value, Mapping):
        rows = list(nested_rows(value, ()))
        table = pd.DataFrame(rows, columns=list(COLUMNS))
        return Dictionary(name, table)
    raise MediakitError(
        "`dictionary` must come from `mk.read_dictionary` or `mk.load_dictionary`, or "
        "be a dict of a category to its patterns, as {'war': ['war', 'missile*']}, got "
        f"{type(value).__name__}."
    )
