"""A decomposition in words: parts that add up, never causes."""

import pandas as pd

from mediakit.show.about import About
from mediakit.show.words import number, one_line

FEW = 3


def part_names(told: About) -> dict[str, str]:
    """Return the parts of a decomposition as a reader calls them."""
    within = told.parameters["within"].removesuffix("_id")
    return {
        "difference": "difference in all",
        "composition": f"goes with what is covered ({within})",
        "treatment": f"inside the same {within}",
        "no_counterpart": "where the other side has nothing",
    }


def part_limits(part: str) -> tuple[str, str]:
    """Return the columns that hold the interval of a part."""
    return ("low", "high") if part == "difference" else (f"{part}_low", f"{part}_high")


def signed(x: float, scale: float = 1) -> str:
    """Return a number with its sign.

    Examples
    --------
    >>> signed(0.0123, 1000), signed(-2.0), signed(0.0)
    ('+12.3', '-2', '0')
    """
    said = number(x * scale)
    return f"+{said}" if x > 0 and said != "0" else said


def part_words(row, part: str, scale: float) -> str:
    """Return a part and its interval, as "+3.2 (+2.8 to +3.7)"."""
    low, high = (row[name] for name in part_limits(part))
    said = signed(row[part], scale)
    if pd.isna(low):
        return said
    return f"{said} ({signed(low, scale)} to {signed(high, scale)})"


def part_columns(table: pd.DataFrame, told: About, per: int | None) -> dict:
    """Return the columns of a decomposition in plain words."""
    scale, rows = told.per(per), [row for _, row in table.iterrows()]
    columns = {"item": table["item"]}
    for side, name in zip("ab", told.sides, strict=True):
        rates = table[f"rate_{side}"] * scale
        columns[f"{name}, {told.rate_label(per)}"] = rates.map(number)
    for part, name in part_names(told).items():
        columns[name] = [part_words(row, part, scale) for row in rows]
    for side, name in zip("ab", told.sides, strict=True):
        counted = table[f"articles_{side}"].map("{:,}".format)
        columns[f"{told.several} in {name}"] = counted
    return columns | {"note": table["note"]}


def describe_parts(shown: pd.DataFrame, told: About, per: int | None = None) -> str:
    """Describe a decomposition, or the rows of it that a plot shows."""
    side_a, side_b = told.sides
    if shown.empty:
        return f"No rows: nothing to take apart between {side_a} and {side_b}."
    parts = [
        f"{told.measure} in {side_a} less {side_b}, {told.rate_label(per)}, taken "
        f"apart within {told.parameters['within']}, with {told.confidence} intervals "
        f"by the jackknife over {told.parameters['cluster']}. {told.sizes(shown)}."
    ]
    names, scale = part_names(told), told.per(per)
    for _, row in shown.head(FEW).iterrows():
        said = "; ".join(
            f"{name} {part_words(row, part, scale)}" for part, name in names.items()
        )
        parts.append(f"“{one_line(row['item'])}”: {said}.")
    if len(shown) > FEW:
        parts.append(f"{len(shown) - FEW:,} more items.")
    parts.append("The parts describe where a difference lies and name no cause.")
    return " ".join([*parts, *told.remarks])
