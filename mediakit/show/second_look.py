"""show_second_look: the card that stands under a headline figure."""

import html

import pandas as pd

from mediakit.errors import MediakitError, check_columns, check_frame
from mediakit.show.about import KEYS, About
from mediakit.show.claims import interval
from mediakit.show.display import Shown, files_of
from mediakit.show.words import number

COLUMNS = ["verdict", "estimate", "low", "high", "p", "articles_a", "articles_b"]
MARKS = {"held": "●", "did not hold": "○", "could not be asked": "–"}
UNIT = {
    "count": "times as often in {a} as in {b}",
    "share": "points more in {a} than in {b}",
    "mean": "higher in {a} than in {b}",
}


def show_second_look(second_look: pd.DataFrame) -> Shown:
    """Show what became of one finding under a second look, as a card.

    What the reader learns: for every question a doubtful reader would ask, whether
    the finding held, did not hold, or could not be asked, and why.

    Parameters
    ----------
    second_look : DataFrame
        Made by `second_look`.

    Returns
    -------
    Shown
        Displays itself as the last line of a cell, and as a table where there are no
        widgets; a report gives its numbers as a file.

    Raises
    ------
    MediakitError
        If the table was not made by `second_look`.

    Notes
    -----
    Verdicts are words with a mark each, never a colour. When not to use it: as a
    score; a finding that held in seven checks is not surer than one that held in the
    four that its data allow.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 40, "words": 500,
    ...                        "tax": [4, 1, 3, 0, 2, 1, 5, 2] * 10})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> table = mk.second_look(measure, "tax", by="outlet", a="A", b="B")
    >>> print(mk.show_second_look(table).text[:53])
    A second look at “tax”: 5 held, 5 could not be asked.
    """
    told = told_by(second_look, "second_look")
    record = second_look.attrs["mediakit"]
    title = f"A second look at “{record['item']}”: {verdicts_said(second_look)}."
    card = _card(second_look, told)
    notes = [record["rule"], *told.remarks]
    with pd.option_context("display.max_colwidth", None):
        table = card.to_html(index=False, border=0, classes="look")
    page = (
        f"<section><p><strong>{html.escape(title)}</strong></p>{table}"
        + "".join(f"<p><small>{html.escape(note)}</small></p>" for note in notes)
        + "</section>"
    )
    text = "\n".join([title, card.to_string(index=False), *notes])
    name = f"second look {record['item']}"
    return Shown(page, text, name, *files_of(second_look, name))


def told_by(table: pd.DataFrame, verb: str) -> About:
    """Return what a table of `second_look` or `multiverse` says about itself."""
    check_frame(verb, table)
    record = table.attrs.get("mediakit", {})
    if record.get("verb") != verb or not {*KEYS, "sides", "item"} <= set(record):
        raise MediakitError(
            f"this needs the table as `mk.{verb}` gave it, with its attrs; got one "
            f"made by {record.get('verb') or 'hand'!r}."
        )
    check_columns(verb, table, COLUMNS)
    sides = [record["sides"][side] for side in "ab"]
    return About(
        notes=tuple(record["notes"]),
        constructed=bool(record["source"].get("constructed")),
        sides=tuple(side["label"] for side in sides),
        side_sizes=tuple(side["articles"] for side in sides),
        family=record["family"],
        **{key: record[key] for key in KEYS},
    )


def verdicts_said(table: pd.DataFrame) -> str:
    """Say how many rows have each verdict.

    Examples
    --------
    >>> import pandas as pd
    >>> verdicts_said(pd.DataFrame({"verdict": ["held", "held", "did not hold"]}))
    '2 held, 1 did not hold'
    """
    counts = table["verdict"].value_counts()
    return ", ".join(f"{counts[one]:,} {one}" for one in MARKS if one in counts)


def _card(table: pd.DataFrame, told: About) -> pd.DataFrame:
    """Return the card's cells, all text."""
    side_a, side_b = told.sides
    unit = UNIT[told.kind].format(a=side_a, b=side_b)
    spans = [
        "" if low != low else interval(told.kind, low, high)
        for low, high in zip(table["low"], table["high"], strict=True)
    ]
    return pd.DataFrame(
        {
            "question": table["question"],
            "verdict": [f"{MARKS[one]} {one}" for one in table["verdict"]],
            f"{unit}, {told.confidence} interval": spans,
            "p": ["" if p != p else _p(p) for p in table["p"]],
            f"{told.several} with it, {side_a}": _counts(table["articles_a"]),
            f"{told.several} with it, {side_b}": _counts(table["articles_b"]),
            "why": table["why"],
        }
    )


def _counts(articles: pd.Series) -> list[str]:
    return ["" if n != n else f"{n:,.0f}" for n in articles]


def _p(p: float) -> str:
    return "below 0.001" if p < 0.001 else number(p, 2)
