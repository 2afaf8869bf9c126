"""What the marks of a plot say when they are pointed at: their row, in words."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.dates import date2num

from mediakit.show.about import About
from mediakit.show.captions import Spot, rate_words
from mediakit.show.claims import ESTIMATE, claim, span
from mediakit.show.coverage_grid import Grid
from mediakit.show.words import number, one_line


def trend_spots(lines: list, told: About, per: int | None) -> Iterator[Spot]:
    """Yield a spot for each period of each line that has data."""
    scale, freq = told.per(per), told.parameters["freq"]
    for _, rows in lines:
        for _, row in rows[rows["rate"].notna()].iterrows():
            when = f"{freq} of {row['period']:%Y-%m-%d}"
            partly = "; covered in part" if row["partial"] else ""
            words = f"{_who(row)}, {when}: {_rate(row, told, per)}{partly}."
            yield Spot(date2num(row["period"]), row["rate"] * scale, words)


def summary_spots(shown: pd.DataFrame, places, told: About, per) -> Iterator[Spot]:
    """Yield a spot for each row that has data, at its place."""
    for place, (_, row) in zip(places, shown.iterrows(), strict=True):
        if pd.notna(row["rate"]):
            words = f"{_who(row)}: {_rate(row, told, per)}."
            yield Spot(row["rate"] * told.per(per), place, words)


def comparison_spots(shown: pd.DataFrame, xs, told: About) -> Iterator[Spot]:
    """Yield a spot for each row of a comparison: the claim, interval, rates and n."""
    for place, (x, (_, row)) in enumerate(zip(xs, shown.iterrows(), strict=True)):
        scale = told.per(None)
        a, b = (
            f"{number(row[f'rate_{side}'] * scale)} in {name} ({size:,} {told.several})"
            for side, name, size in zip("ab", told.sides, told.side_sizes, strict=True)
        )
        said = "" if pd.isna(row[ESTIMATE[told.kind]]) else f" ({span(told, row)})"
        yield Spot(
            x,
            place,
            f"“{one_line(row['item'])}”: {claim(told, row)}; {told.confidence} interval"
            f"{said}; {told.rate_label(None)}: {a}, {b}.",
        )


def coverage_spots(grid: Grid) -> Iterator[Spot]:
    """Yield a spot for each cell of a heat map, by rows."""
    table = grid.table.set_index(["outlet", "column"])
    for y, outlet in enumerate(grid.shown.index):
        for x, column in enumerate(grid.shown.columns):
            said = f"{grid.item}, not asked"
            if pd.notna(grid.shown.iat[y, x]):
                said = _cell(grid, table.loc[(outlet, column)])
            where = f"{one_line(outlet)}, {one_line(grid.labels[x])}"
            yield Spot(x + 0.5, y + 0.5, f"{where}: {said}.")


def _cell(grid: Grid, row: pd.Series) -> str:
    value, exposure = number(row["value"]), number(row["exposure"])
    if grid.kind == "count":
        return f"{value} {grid.item.removesuffix('s') if value == '1' else grid.item}"
    if grid.kind in ("rate", "mean"):
        behind = f" ({value} in {exposure})" if grid.kind == "rate" else ""
        return f"{grid.item}: {number(row['shown'])}{behind}"
    return f"{grid.item}, {value} of {exposure} event{'s' if exposure != '1' else ''}"


def _who(row: pd.Series) -> str:
    item = f"“{one_line(row['item'])}”"
    return item if row["group"] == "all" else f"{item} in {one_line(row['group'])}"


def _rate(row: pd.Series, told: About, per: int | None) -> str:
    counted = ""
    if told.kind != "mean" and {"value", "exposure"} <= set(row.index):
        counted = f"; {number(row['value'])} in {number(row['exposure'])}"
    return (
        f"{rate_words(row, told.per(per))} {told.rate_label(per)}{counted}; "
        f"{row['articles']:,} {told.several}, {row['articles_with']:,} with it"
    )
