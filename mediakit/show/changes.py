"""Changes of a rate on a time axis: the date found, and the dates it might be."""

import pandas as pd

from mediakit.errors import MediakitError, check_columns, check_frame
from mediakit.show.style import look
from mediakit.show.words import one_line

COLUMNS = ["item", "group", "date", "low", "high"]
LONGEST_TOLD = 10


def change_table(changes: pd.DataFrame | None, lines: list) -> pd.DataFrame:
    """Return the changes of the lines drawn, with `line`, the place of each.

    Parameters
    ----------
    changes : DataFrame or None
        Made by `change_points`.
    lines : list of ((item, group), rows)
        As `choose_lines` gives them.
    """
    if changes is None:
        return pd.DataFrame(columns=[*COLUMNS, "line"])
    check_frame("changes", changes)
    verb = changes.attrs.get("mediakit", {}).get("verb")
    if verb != "change_points":
        raise MediakitError(
            f"`changes` must be a table made by mk.change_points, got one of {verb!r}; "
            "dates of your own are `events`."
        )
    check_columns("changes", changes, COLUMNS)
    place = {pair: number for number, (pair, _) in enumerate(lines)}
    pairs = pd.Series(list(zip(changes["item"], changes["group"], strict=True)))
    found = changes[COLUMNS].reset_index(drop=True).assign(line=pairs.map(place))
    found = found[found["date"].notna() & found["line"].notna()]
    return found.astype({"line": "int64"}).reset_index(drop=True)


def draw_changes(ax, changes: pd.DataFrame) -> None:
    """Draw each change as a line at its date, and its interval as an upright band."""
    for row in changes.itertuples():
        colour = look(row.line)["color"]
        ax.axvspan(row.low, row.high, color=colour, alpha=0.13, linewidth=0, zorder=0)
        ax.axvline(row.date, color=colour, linewidth=1.4, linestyle="--", zorder=1)


def changes_told(changes: pd.DataFrame) -> str:
    """Say the changes in a sentence each."""
    told = [
        f"“{one_line(row.item)}” in {row.group} changes on {row.date:%Y-%m-%d} (95 % "
        f"interval {row.low:%Y-%m-%d} to {row.high:%Y-%m-%d})."
        for row in changes.head(LONGEST_TOLD).itertuples()
    ]
    more = len(changes) - len(told)
    return " ".join(told + [f"{more:,} more changes."] * (more > 0))
