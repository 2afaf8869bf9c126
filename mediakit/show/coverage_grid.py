"""The cells of a heat map of coverage: outlets by events, or by periods."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap

from mediakit.errors import MediakitError
from mediakit.measure.measure import Measure
from mediakit.show.about import about
from mediakit.show.style import GREY, ROW, SHADE, WIDTH, drawable

MOST_COLUMNS, MOST_NAMED, MOST_TICKS, MOST_WRITTEN = 60, 30, 6, 16
STEPS = (("week", "W-SUN"), ("month", "M"), ("quarter", "Q"), ("year", "Y"))
TWO = ("#C8D4E6", "#00224E")
TITLES = {
    "covered": "Which events each outlet covers",
    "articles": "How many articles each outlet has on each event",
    "words": "How many words each outlet has on each event",
    "silent": "Events that others cover and an outlet does not",
}
KEYS = {
    False: "Darker: more; cross: none; hatched: not asked.",
    True: "Darker: more; hatched: not asked.",
    "covered": "Dark: covered; cross: not; hatched: not asked.",
    "silent": "Dark: silent; light: covered; hatched: not asked.",
}
FORMS = {"week": "%G-W%V", "month": "%Y-%m", "quarter": "%Y-%m", "day": "%Y-%m-%d"}


@dataclass(frozen=True)
class Grid:
    """What is shown: outlets x columns, with all that must be said of it.

    `said` tells each outlet's total, most first; `kind` is "share" (of events),
    "count" (of articles or words), "rate" (of a trend) or "mean" (of one).
    """

    shown: pd.DataFrame
    labels: list[str]
    item: str
    kind: str
    step: str
    title: str
    key: str
    table: pd.DataFrame
    said: dict[str, str]
    span: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    constructed: bool = False
    left_out: int = 0
    bar: str = ""
    crosses: bool = True

    @property
    def size(self) -> str:
        """How many outlets and columns there are."""
        rows, columns = self.shown.shape
        outlets = "1 outlet" if rows == 1 else f"{rows:,} outlets"
        return f"{outlets} by {columns:,} {self.step}{'s' if columns != 1 else ''}"

    @property
    def below(self) -> float:
        """Inches that names under the columns need."""
        if len(self.labels) > MOST_NAMED:
            return 0.0
        return 0.075 * max(map(len, drawable(self.labels)), default=0)


def event_grid(measure: Measure, item, top: int, names: dict) -> Grid:
    """Return the cells of a measure of `count_coverage`."""
    item = _item(list(measure.items["item"]), item)
    one = measure.only_items([item])
    rows = one.articles.assign(
        value=one.values.toarray().ravel().astype(float), exposure=one.exposure[:, 0]
    )
    counted = one.kind == "count"
    if counted:
        rows["exposure"] = 1.0
    outlets, left_out = _outlets(rows.groupby("outlet")["value"].sum(), top)
    rows = rows[rows["outlet"].isin(outlets)]
    days = rows.drop_duplicates("event_id").set_index("event_id")["published"]
    step, columns = _columns(days)
    rows = rows.assign(column=rows["event_id"].map(columns))
    cells = rows.groupby(["outlet", "column"], sort=False)[["value", "exposure"]].sum()
    asked = 1 if counted else cells["exposure"].where(cells["exposure"] > 0)
    cells["shown"] = cells["value"] / asked
    order = list(dict.fromkeys(columns[name] for name in days.index if name in columns))
    order = order if step == "event" else sorted(order)
    shown = cells["shown"].unstack().reindex(index=outlets, columns=order)
    labels = [
        names.get(name, name) if step == "event" else f"{name:{FORMS.get(step, '%Y')}}"
        for name in order
    ]
    dated = days.dropna()
    ends = (dated.min(), dated.max()) if len(dated) else ()
    total = rows.groupby("outlet")[["value", "exposure"]].sum()
    table = cells.reset_index()
    table.attrs["mediakit"] = {"verb": "plot_coverage", "source": measure.provenance}
    whole = step == "event" and not counted
    undated = 0 if step == "event" else int(days.isna().sum())
    return Grid(
        shown=shown,
        labels=labels,
        item=item,
        kind=one.kind,
        step=step,
        title=TITLES[item],
        key=KEYS[item if whole else item == "silent"],
        table=table,
        said=_said(total, counted),
        span=tuple(f"{day:%Y-%m-%d}" for day in ends),
        notes=(f"{undated:,} events without a date are not shown.",) * (undated > 0),
        constructed=bool(measure.provenance.get("constructed")),
        left_out=left_out,
        bar="" if whole else (item if counted else f"share {item}"),
        crosses=item != "silent",
    )


def trend_grid(trend: pd.DataFrame, item, top: int) -> Grid:
    """Return the cells of a table of `trend`: one item by group and period."""
    told = about(trend, "trend")
    item = _item(list(trend["item"].unique()), item)
    rows = trend[trend["item"] == item]
    per, step = told.per(None), told.parameters["freq"]
    outlets, left_out = _outlets(rows.groupby("group")["exposure"].sum(), top)
    rows = rows[rows["group"].isin(outlets)]
    rows = rows.assign(shown=rows["rate"] * per)
    shown = rows.pivot(index="group", columns="period", values="shown").reindex(outlets)
    columns = {"group": "outlet", "period": "column"}
    table = rows.rename(columns=columns)[
        [*columns.values(), "value", "exposure", "shown"]
    ]
    table = table.reset_index(drop=True)
    table.attrs["mediakit"] = {
        key: value for key, value in trend.attrs["mediakit"].items() if key != "verb"
    } | {"verb": "plot_coverage"}
    total = rows.groupby("group")[["value", "exposure"]].sum()
    rates = (total["value"] / total["exposure"] * per).sort_values(ascending=False)
    dates = [f"{day:%Y-%m-%d}" for day in shown.columns]
    return Grid(
        shown=shown,
        labels=[f"{day:{FORMS.get(step, '%Y')}}" for day in shown.columns],
        item=f"“{item}” {told.rate_label(None)}",
        kind="mean" if told.kind == "mean" else "rate",
        step=step,
        title=f"“{item}” by {told.parameters.get('by') or 'all'} and {step}",
        key="Darker: more; cross: not found; hatched: no data.",
        table=table,
        said={name: f"{rate:,.2f} in all" for name, rate in rates.items()},
        span=(dates[0], dates[-1]) if dates else (),
        notes=tuple(told.notes),
        constructed=told.constructed,
        left_out=left_out,
        bar=told.rate_label(None),
    )


def draw_grid(ax, grid: Grid) -> None:
    """Draw the cells, darker for more, with crosses where there is nothing."""
    values = grid.shown.to_numpy(float)
    most = np.nanmax(values, initial=0) or 1.0
    ax.patch.set(facecolor=SHADE, edgecolor=GREY, hatch="//")
    nil = np.nan if grid.crosses else 0.0
    shade = ax.pcolormesh(
        np.ma.masked_invalid(np.where(values == 0, nil, values)),
        cmap=ListedColormap(TWO) if not grid.bar else "cividis_r",
        vmin=0,
        vmax=most,
        edgecolors="white",
        linewidth=0.6,
    )
    if grid.crosses:
        rows, columns = np.nonzero(values == 0)
        room = WIDTH * 72 * 0.6 / values.shape[1]
        size = min(30.0, (0.5 * min(room, ROW * 72)) ** 2)
        mark = {"marker": "x", "color": GREY, "linewidths": 1, "zorder": 2}
        ax.scatter(columns + 0.5, rows + 0.5, s=size, **mark)
        ax.pcolormesh(np.ma.masked_not_equal(values, 0), cmap=ListedColormap([SHADE]))
    if grid.bar and values.shape[1] <= MOST_WRITTEN:
        _write(ax, values, most)
    elif grid.bar:
        figure = ax.get_figure(root=True)
        figure.colorbar(shade, ax=ax, pad=0.02, aspect=30).set_label(grid.bar)
    ax.set_yticks(np.arange(len(values)) + 0.5, drawable(grid.shown.index))
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    _name_columns(ax, grid)


def _write(ax, values, most) -> None:
    for (row, column), value in np.ndenumerate(values):
        if value > 0:
            ink = "white" if value > 0.55 * most else "black"
            said = f"{value:,.0f}" if most > 1 else f"{value:.0%}"
            ax.text(column + 0.5, row + 0.5, said, ha="center", va="center", color=ink)


def _name_columns(ax, grid: Grid) -> None:
    count = len(grid.labels)
    if count <= MOST_NAMED:
        ax.set_xticks(
            np.arange(count) + 0.5,
            drawable(grid.labels),
            rotation=90 if grid.step == "event" else 45,
            ha="center" if grid.step == "event" else "right",
            fontsize=10,
        )
    else:
        ticks = np.unique(np.linspace(0, count - 1, MOST_TICKS).astype(int))
        ax.set_xticks(ticks + 0.5, [grid.labels[tick] for tick in ticks])
    ax.set_xlabel(f"{grid.step}s, in order of time")


def _item(known: list[str], item: str | None) -> str:
    if item is None and known:
        return known[0]
    if item not in known:
        raise MediakitError(f"`item` must be one of {known[:20]}, got {item!r}.")
    return item


def _outlets(sizes: pd.Series, top: int) -> tuple[list[str], int]:
    kept = sizes.sort_values(ascending=False, kind="stable").index[:top]
    return sorted(kept), len(sizes) - len(kept)


def _columns(days: pd.Series) -> tuple[str, dict]:
    """Return how finely events are shown, and the column of each."""
    if len(days) <= MOST_COLUMNS:
        return "event", {name: name for name in days.index}
    dated = days.dropna().dt.tz_localize(None)
    for step, freq in STEPS:
        starts = dated.dt.to_period(freq).dt.start_time
        if starts.nunique() <= 2 * MOST_COLUMNS or step == STEPS[-1][0]:
            break
    return step, starts.to_dict()


def _said(total: pd.DataFrame, counted: bool) -> dict[str, str]:
    size = total["value"] if counted else total["value"] / total["exposure"]
    order = size.sort_values(ascending=False, kind="stable").index
    value, exposure = total["value"], total["exposure"]
    if counted:
        return {name: f"{value[name]:,.0f} in all" for name in order}
    return {name: f"{value[name]:,.0f} of {exposure[name]:,.0f}" for name in order}
