"""The words that make a difference in tone, in words."""

import pandas as pd

from mediakit.infer.tone_words import OTHERS
from mediakit.show.about import About
from mediakit.show.parts import signed
from mediakit.show.words import number, one_line

FEW = 5


def whole_tone(table: pd.DataFrame, told: About) -> str:
    """Say the means of both sides, their difference, and what other words add."""
    a, b = told.sides
    made = table.attrs["mediakit"]
    limits = "not tested"
    if made["low"] is not None:
        limits = f"{number(made['low'])} to {number(made['high'])}"
    others = table.loc[table["item"] == OTHERS, "difference"]
    rest = f", to which the other words add {signed(others.sum())}"
    return (
        f"Mean {made['item']}: {_known(made['mean_a'])} in {a}, "
        f"{_known(made['mean_b'])} in {b}; difference "
        f"{_known(made['difference'], signed)} "
        f"({limits}){rest if len(others) else ''}."
    )


def _known(x: float | None, say=number) -> str:
    return "not known" if x is None else say(x)


def describe_tone_words(shown: pd.DataFrame, told: About) -> str:
    """Describe the words that make a difference in tone."""
    if shown.empty:
        return f"No rows: no word voted in {told.sides[0]} or {told.sides[1]}."
    parts = [f"Words that make the tone ({told.measure}). {whole_tone(shown, told)}"]
    words = shown[shown["item"] != OTHERS]
    for row in words.head(FEW).itertuples():
        side = told.sides[int(row.difference < 0)]
        parts.append(
            f"“{one_line(row.item)}” lifts {side} by {number(abs(row.difference))} "
            f"({row.hits_a:,.0f} and {row.hits_b:,.0f} hits)."
        )
    if len(words) > FEW:
        parts.append(f"{len(words) - FEW:,} more words.")
    return " ".join([*parts, *told.remarks])
