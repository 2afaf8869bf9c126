"""A heat map of coverage: which outlet has how many articles when.

Lightness alone carries the number (cividis, for colour-blind readers and print).
"""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import LogNorm

from mediakit.show.style import GREY, ROW, SHADE, WIDTH, drawable, rows_high, style

MOST_OUTLETS, MOST_PERIODS, MOST_TICKS, DPI = 30, 110, 5, 110
STEPS = (
    ("week", "W-MON"),
    ("month", "MS"),
    ("quarter", "QS"),
    ("year", "YS"),
    ("decade", "10YS"),
)
TABLE = {
    "outlet": "str",
    "articles": "int64",
    "first_week": "str",
    "last_week": "str",
    "weeks": "int64",
    "empty_weeks": "int64",
    "longest_empty_run": "int64",
    "most_in_a_week": "int64",
}


def coverage_picture(
    counts: pd.DataFrame,
    *,
    unit: str = "article",
    finest: str = "week",
    said: str = "",
) -> tuple[str, str, pd.DataFrame, str]:
    """Return a PNG in base 64, its alt text, the table behind and what it leaves out.

    `counts` is the table "coverage" of an audit, or its table "months"; `said` stands
    above the picture.
    """
    weeks = counts.rename(columns={finest: "week", f"{finest}_start": "week_start"})
    table = coverage_table(weeks)
    if table.empty:
        return "", "", table, ""
    outlets = table["outlet"].head(MOST_OUTLETS).tolist()
    grid, step = _grid(weeks[weeks["outlet"].isin(outlets)], outlets, finest)
    picture = io.BytesIO()
    with style():
        figure = _draw(grid, step, unit)
        figure.axes[0].set_title(said, loc="left", fontsize=10.5, weight="normal")
        figure.savefig(picture, format="png", dpi=DPI)
        plt.close(figure)
    data = base64.b64encode(picture.getvalue()).decode()
    alt, note = _alt(table, grid, step, unit, finest), _note(table, step, unit)
    names = {name: name.replace("week", finest) for name in table.columns}
    return data, alt, table.rename(columns=names), note


def coverage_table(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return one row per outlet, most articles first."""
    empty = weeks["articles"] == 0
    other = weeks["outlet"] != weeks["outlet"].shift()
    run = ((empty != empty.shift()) | other).cumsum()
    length = empty.groupby(run).transform("sum")
    rows = weeks.assign(empty=empty, run=length)
    groups = rows.groupby("outlet")
    table = pd.DataFrame(
        {
            "articles": groups["articles"].sum(),
            "first_week": groups["week"].first(),
            "last_week": groups["week"].last(),
            "weeks": groups.size(),
            "empty_weeks": groups["empty"].sum(),
            "longest_empty_run": groups["run"].max(),
            "most_in_a_week": groups["articles"].max(),
        }
    )
    table = table.rename_axis("outlet").reset_index().astype(TABLE)
    order = ["articles", "outlet"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def _grid(
    weeks: pd.DataFrame, outlets: list[str], finest: str = "week"
) -> tuple[pd.DataFrame, str]:
    """Return articles per outlet and period; NaN outside the outlet's own span."""
    start = weeks["week_start"].dt.tz_localize(None)
    steps = STEPS[[name for name, _ in STEPS].index(finest) :]
    for step, freq in steps:  # noqa: B007
        edges = pd.date_range(
            start.min() - pd.DateOffset(years=10 if step == "decade" else 1),
            start.max(),
            freq=freq,
        )
        period = edges[edges.searchsorted(start.to_numpy(), side="right") - 1]
        shown = edges[edges >= period.min()]
        if len(shown) <= MOST_PERIODS:
            break
    counts = weeks["articles"].groupby([weeks["outlet"].to_numpy(), period]).sum()
    return counts.unstack().reindex(index=outlets, columns=shown), step


def _draw(grid: pd.DataFrame, step: str, unit: str):
    high = rows_high(len(grid)) - 0.6
    figure, ax = plt.subplots(figsize=(WIDTH + 1, high), layout="constrained")
    values = grid.to_numpy(dtype=float)
    ax.set_facecolor(SHADE)
    most = max(2.0, float(np.nanmax(values)))
    shade = ax.pcolormesh(
        np.ma.masked_less_equal(np.nan_to_num(values), 0),
        cmap="cividis_r",
        norm=LogNorm(1, most),
        edgecolors="white",
        linewidth=0.4,
    )
    rows, columns = np.nonzero(values == 0)
    room = WIDTH * 72 * 0.6 / values.shape[1]
    ax.scatter(
        columns + 0.5,
        rows + 0.5,
        marker="x",
        color=GREY,
        s=min(24.0, (0.6 * min(room, ROW * 72)) ** 2),
        linewidths=0.9,
    )
    ax.set_yticks(np.arange(len(grid)) + 0.5, drawable(grid.index))
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ticks = np.unique(np.linspace(0, len(grid.columns) - 1, MOST_TICKS).astype(int))
    form = {"week": "%G-W%V", "month": "%Y-%m", "quarter": "%Y-%m"}.get(step, "%Y")
    ax.set_xticks(ticks + 0.5, [f"{grid.columns[tick]:{form}}" for tick in ticks])
    ax.set_xlabel(f"{step} (x: none between the outlet's first and last)")
    bar = figure.colorbar(shade, ax=ax, pad=0.02, aspect=30)
    marks = [m for m in (1, 2, 5, 10, 30, 100, 300, 1000, 10**4, 10**5) if m <= most]
    bar.set_ticks(marks, labels=[f"{mark:,}" for mark in marks])
    bar.minorticks_off()
    bar.set_label(f"{unit}s per {step}")
    return figure


def _alt(
    table: pd.DataFrame, grid: pd.DataFrame, step: str, unit: str, finest: str
) -> str:
    first, last = table["first_week"].min(), table["last_week"].max()
    holes = table.sort_values("longest_empty_run", ascending=False, kind="stable")
    holes = holes[holes["longest_empty_run"] > 0].head(3)
    longest = "; ".join(
        f"{row.outlet}, {row.longest_empty_run:,}" for row in holes.itertuples()
    )
    said = (
        f"Longest runs of empty {finest}s: {longest}."
        if longest
        else f"No outlet has an empty {finest} between its first and its last."
    )
    shown = "1 row" if len(grid) == 1 else f"{len(grid):,} rows"
    return (
        f"Heat map of {unit}s per {step}, {shown}, {first} to {last}. {said} The "
        "numbers stand in the table below."
    )


def _note(table: pd.DataFrame, step: str, unit: str) -> str:
    more = len(table) - MOST_OUTLETS
    cut = f" The {MOST_OUTLETS} outlets with most {unit}s." if more > 0 else ""
    return f"{unit.capitalize()}s per {step}, darker for more, on a log scale.{cut}"
