"""plot_trend: when something was said more, with bands, and gaps left as gaps."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import FuncFormatter

from mediakit.show.about import about
from mediakit.show.captions import describe_trend, remember
from mediakit.show.changes import change_table, changes_told, draw_changes
from mediakit.show.choose import choose_lines
from mediakit.show.events import draw_events, event_table
from mediakit.show.spots import trend_spots
from mediakit.show.style import (
    GREY,
    axes_for,
    blank,
    drawable,
    header,
    legend,
    literal,
    look,
    style,
)
from mediakit.show.words import number

LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
DATES = {"day": "%d %b %Y", "week": "%d %b %Y", "year": "%Y"}
MOST_MARKED, FEW = 60, 7
HEIGHT = 5.2


def plot_trend(
    trend: pd.DataFrame,
    *,
    items: list[str] | None = None,
    events: dict | pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    per: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show rates over time as lines with the bands of their intervals.

    What the reader learns: when something was said more or less, and whether a
    movement is larger than the band, that is, than chance among articles.

    Parameters
    ----------
    trend : DataFrame
        Made by `trend`.
    items : list of str, optional
        Which items; by default all, but at most the five lines (an item in a group)
        with the most articles.
    events : dict or DataFrame, optional
        Dates to mark: ``{"2014-09-28": "Protests begin"}``, or columns date and
        label. An event is a mark, not a cause.
    changes : DataFrame, optional
        Made by `change_points`: the dates of the lines shown, each with an upright
        band over the interval of its date.
    per : int, optional
        Units of exposure a count is shown for, by default 1,000. Shares are in
        percent, means per one unit.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        Each period is drawn at its first day.

    Raises
    ------
    MediakitError
        If the table was not made by `trend`, lacks one of the `items`, an event has
        no date that can be read, or `changes` is no table of `change_points`.

    Notes
    -----
    Line and band break where a period has no data: nothing is drawn across a gap. A
    hollow mark is a period that the collection covers only in part; keep it out of
    any slope. When not to use it: to call one peak a campaign. With many periods one
    in twenty leaves its band by chance.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> days = pd.to_datetime(["2014-01-09", "2014-02-20", "2014-02-27"], utc=True)
    >>> counts = pd.DataFrame({"published": days, "tax": [1, 4, 2], "words": 500})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> ax = plot_trend(mk.trend(measure), events={"2014-02-01": "New law"})
    >>> ax.get_ylabel()
    'per 1,000 words'
    """
    told = about(trend, "trend", items=items)
    marks = event_table(events)
    lines = choose_lines(trend, items)
    dated = change_table(changes, lines)
    shown = pd.concat([rows for _, rows in lines]) if lines else trend.iloc[:0]
    known = len(lines) if items else trend.groupby(["item", "group"]).ngroups
    step = pd.Timedelta(days=LONGEST[told.parameters["freq"]])
    with style():
        if lines:
            ax = axes_for(ax, height=HEIGHT)
            _draw(ax, lines, step, told, per)
            ax.set_xlim(
                shown["period"].min() - step / 2, shown["period"].max() + step / 2
            )
            draw_changes(ax, dated)
            gap, lost = draw_events(ax, marks)
            subtitle = [*_subtitle(shown, len(lines), known, lost, told)]
            if len(dated):
                subtitle.append("Dashed: changes, with 95 % intervals of their dates.")
            header(ax, _title(lines, told), subtitle, gap=gap)
        else:
            ax = blank(ax, "There is nothing to show: the trend has no rows.")
        literal(ax)
    alt = " ".join([describe_trend(shown, told, per=per), changes_told(dated)])
    remember(ax, shown, alt.strip(), trend_spots(lines, told, per))
    return ax


def _draw(ax, lines, step, told, per):
    names = drawable(_names([pair for pair, _ in lines]))
    for order, ((_, rows), name) in enumerate(zip(lines, names, strict=True)):
        _line(ax, _with_gaps(rows, step), told.per(per), look(order), name)
    periods = pd.concat([rows["period"] for _, rows in lines]).drop_duplicates()
    _axes(ax, periods, told, per)
    if len(lines) > 1:
        legend(ax)


def _names(pairs):
    """Name each line by what differs between the lines."""
    items, groups = {item for item, _ in pairs}, {group for _, group in pairs}
    if len(items) == 1:
        return [group for _, group in pairs]
    if len(groups) == 1:
        return [item for item, _ in pairs]
    return [f"{item}, {group}" for item, group in pairs]


def _with_gaps(rows, step):
    """Return the rows in order of time, with an empty one where periods are missing."""
    rows = rows.sort_values("period")
    late = rows["period"].diff() > step
    empty = pd.DataFrame({"period": rows.loc[late, "period"] - step / 2})
    columns = ["period", "rate", "low", "high", "partial"]
    both = pd.concat([rows[columns], empty]).sort_values("period", ignore_index=True)
    both["partial"] = both["partial"].eq(True)
    return both


def _line(ax, rows, scale, look, name):
    x = rows["period"]
    y, low, high = (rows[column] * scale for column in ("rate", "low", "high"))
    known = y.notna()
    alone = known & ~known.shift(fill_value=False) & ~known.shift(-1, fill_value=False)
    marked = (alone if len(rows) > MOST_MARKED else known) & ~rows["partial"]
    colour, marker = look["color"], look["marker"]
    ax.fill_between(x, low, high, color=colour, alpha=0.16, linewidth=0)
    ax.vlines(x[alone], low[alone], high[alone], color=colour, linewidth=2, alpha=0.6)
    ax.plot(x, y, **look, markevery=list(np.flatnonzero(marked)), label=name)
    ax.plot(
        x[rows["partial"]],
        y[rows["partial"]],
        linestyle="none",
        marker=marker,
        color=colour,
        markerfacecolor="white",
        markeredgewidth=1.8,
    )


def _axes(ax, periods, told, per):
    if len(periods) <= FEW:
        form = DATES.get(told.parameters["freq"], "%b %Y")
        ax.set_xticks(periods, periods.dt.strftime(form))
    else:
        locator = AutoDateLocator(minticks=3, maxticks=9)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y)))
    ax.set_xlabel(f"{told.parameters['freq']} (drawn at its first day, UTC)")
    ax.set_ylabel(told.axis_label(per))
    ax.grid(axis="y")
    if told.kind == "mean":
        ax.axhline(0, color=GREY, linewidth=1)
    else:
        ax.set_ylim(bottom=-0.03 * ax.get_ylim()[1])


def _title(lines, told):
    items = {item for (item, _), _ in lines}
    what = f"“{items.pop()}”" if len(items) == 1 else told.measure.capitalize()
    by = told.parameters.get("by")
    return f"{what} over time, by {by}" if by else f"{what} over time"


def _subtitle(shown, drawn, known, lost, told):
    yield told.sizes(shown) + f". Bands: {told.confidence} intervals."
    if drawn < known:
        yield f"{drawn} of {known:,} lines shown, those with the most {told.several}."
    if shown["partial"].any():
        yield "Hollow: period covered in part."
    if lost:
        yield f"{lost} of the events lie outside the time shown."
    yield from told.remarks
