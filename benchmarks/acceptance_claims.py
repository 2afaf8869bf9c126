"""The acceptance page's table of outlets, halves, topics, and what apart from how."""

from collections.abc import Iterator

import pandas as pd

BEGIN = """
## Outlets, halves, topics, and what apart from how

Averages over the three outlets.

| asked | how | figures |
|--|--|--|"""
END = """
How such questions are asked of real articles, one after the other: the notebooks \
`30_what_is_covered` and `90_a_claim_that_survives`."""
OUTLETS, HALVES = "4 v 4", "50/50"
FALSE, CONFIRMED = "false among found, ratio 0.5", "true finds confirmed"
ASKED = (  # what, how, and behind each figure: test, quantity, split, band if one
    (
        "habits of outlets",
        "Eight made-up outlets, each short of words of its own, four a side: words in "
        "over 200 articles with p < .05, over articles; where whole outlets change "
        "sides (`p_outlet`)",
        ("by article, outlets of habits", "p < .05", OUTLETS, "200+"),
        ("by outlet, outlets of habits", "p < .05", OUTLETS, "200+"),
    ),
    (
        "leaving one outlet out",
        "Part of a difference that is left at the near end of the range without one "
        "outlet: where one outlet alone makes the difference; where all of a side do",
        ("leave one outlet out", "left of one outlet's", OUTLETS),
        ("leave one outlet out", "left of a whole side's", OUTLETS),
    ),
    (
        "`split`, nothing planted",
        "Words with p < .05 in the half that was explored: part of them that has it "
        "in the half to confirm",
        ("chance, confirmed", "p < .05", HALVES),
    ),
    (
        "`split`, uses halved",
        "Found by q in one half and confirmed by p in the other: part that is false; "
        "part of the true finds that is confirmed",
        ("explore, then confirm", FALSE, HALVES),
        ("explore, then confirm", CONFIRMED, HALVES),
    ),
    (
        "matched comparison",
        "Twelve topics lean to one side or the other, and nothing else differs but a "
        "twentieth of the words: false words found in a split; `within` the topics",
        ("not matched", "false words found", "by topic"),
        ("within topics", "false words found", "by topic"),
    ),
    (
        "`decompose`",
        "Months lean to one side, and 6 in 10 uses are kept there: intervals that "
        "hold the true composition; the true treatment",
        ("decompose", "coverage of composition", "kept 0.6"),
        ("decompose", "coverage of treatment", "kept 0.6"),
    ),
    (
        "`decompose`, all uses kept",
        "The same with a treatment of nil",
        ("decompose", "coverage of composition", "kept 1"),
        ("decompose", "coverage of treatment", "kept 1"),
    ),
    (
        "a known date",
        "KCNA reported a death on 19 December 2011: days by which `change_points` "
        "misses it; days before it that the interval holds",
        ("change_points", "days from the date", "by day"),
        ("change_points", "days before it in the interval", "by day"),
    ),
)


def claims(table: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of the section."""
    yield BEGIN
    for asked, how, *figures in ASKED:
        shown = "; ".join(_mean(table, *figure) for figure in figures)
        yield f"| {asked} | {how} | {shown} |"
    yield END


def _mean(table: pd.DataFrame, test, quantity, split, band=None) -> str:
    for column, value in (("test", test), ("quantity", quantity), ("split", split)):
        table = table[table[column] == value]
    if band:
        table = table[table["band"] == band]
    mean = (table["value"] * table["tests"]).sum() / table["tests"].sum()
    return f"{mean:,.0f}" if mean >= 10 or mean == int(mean) else f"{mean:.2g}"
