"""plot_comparison: which side has more, by how much, and how sure that is."""

import math
import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from mediakit.show.about import about
from mediakit.show.captions import describe_comparison, remember
from mediakit.show.choose import choose_rows
from mediakit.show.claims import ESTIMATE, span
from mediakit.show.style import (
    COLOURS,
    GREY,
    INK,
    MARKERS,
    axes_for,
    blank,
    drawable,
    header,
    inches_wide,
    literal,
    row_axis,
    rows_high,
    style,
)
from mediakit.show.words import number

AXIS = {
    "count": "times as often in {a} as in {b}",
    "share": "difference in percentage points",
    "mean": "difference",
}


def plot_comparison(
    comparison: pd.DataFrame,
    *,
    top: int = 20,
    items: list[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show what sets two sides apart, each item with its interval.

    What the reader learns: which side has more of an item, by how much at least and
    at most, and which differences still stand when all items are allowed for.

    Parameters
    ----------
    comparison : DataFrame
        Made by `compare` or `keyness`.
    top : int, default 20
        Without `items`: at most this many, the clearest of each side, half and half
        as far as there are enough.
    items : list of str, optional
        Which items, in this order.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        Right of the line of no difference is more in side a, left more in side b.

    Raises
    ------
    MediakitError
        If the table was not made by `compare` or lacks one of the `items`.

    Notes
    -----
    Counts stand on a scale of ratios (each step doubles), shares and means on one of
    differences. An arrow is an interval with one end: a side without the item has no
    lower bound. A filled mark is a difference whose bound at alpha / J, with J items
    compared, excludes no difference; a hollow one may be chance. When not to use it:
    as a ranking of outlets, and not without reading the passages behind the items.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 12, "tax": [4, 1] * 12,
    ...                        "words": 500})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> ax = plot_comparison(mk.compare(measure, by="outlet", a="A", b="B"))
    >>> ax.get_xlabel()
    'times as often in A as in B'
    """
    told = about(comparison, "compare")
    shown = choose_rows(comparison, ESTIMATE[told.kind], items, top)
    with style():
        if shown.empty:
            ax = blank(ax, "There is nothing to show: no item was compared.")
        else:
            ax = axes_for(ax, height=rows_high(len(shown) + 1))
            _draw(ax, shown, told)
        literal(ax)
    remember(ax, shown, describe_comparison(shown, told))
    return ax


def _draw(ax, shown, told):
    scale = 100 if told.kind == "share" else 1
    estimate = shown[ESTIMATE[told.kind]]
    rows = pd.DataFrame(
        {
            "x": estimate * scale,
            "low": shown["low"] * scale,
            "high": shown["high"] * scale,
            "clear": shown["bound"] * np.sign(estimate) > 0,
            "words": [span(told, row) for _, row in shown.iterrows()],
        }
    ).reset_index(drop=True)
    edges = _edges(rows)
    ax.axvline(0, color=INK, linewidth=1.2, zorder=1)
    for side, chosen in enumerate((rows["x"] > 0, rows["x"] < 0, rows["x"] == 0)):
        _marks(ax, rows[chosen], side)
    for place, row in rows.iterrows():
        _interval(ax, place, row, edges)
    ax.set_xlim(edges)
    row_axis(ax, list(shown["item"]))
    _scale_ticks(ax, edges, told)
    title = f"{told.measure.capitalize()}: {told.sides[0]} and {told.sides[1]}"
    header(ax, title, _subtitle(shown, told, rows), gap=_name_sides(ax, told))


def _edges(rows):
    """Return the ends of the axis: all finite numbers, zero, and room for arrows."""
    ends = rows[["x", "low", "high"]].to_numpy(float)
    ends = np.append(ends[np.isfinite(ends)], 0.0)
    low, high = ends.min(), ends.max()
    room = 0.08 * (high - low) or 1.0
    open_low, open_high = np.isinf(rows["low"]).any(), np.isinf(rows["high"]).any()
    return low - room * (1 + open_low), high + room * (1 + open_high)


def _marks(ax, rows, side):
    for clear, face in ((True, COLOURS[side]), (False, "white")):
        these = rows[(rows["clear"] == clear) & np.isfinite(rows["x"])]
        ax.plot(
            these["x"],
            these.index,
            linestyle="none",
            color=COLOURS[side],
            marker=MARKERS[side],
            markerfacecolor=face,
            markeredgewidth=1.8,
            zorder=3,
        )


def _interval(ax, place, row, edges):
    """Draw one interval; an end at infinity is an arrow to the edge, with words."""
    low, high = row["low"], row["high"]
    if math.isnan(low) or math.isnan(high):
        at = row["x"] if math.isfinite(row["x"]) else 0
        _words(ax, place, at, row["words"], "right" if at > 0 else "left")
        return
    colour = COLOURS[2 if row["x"] == 0 else int(row["x"] < 0)]
    ax.hlines(place, *np.clip([low, high], *edges), color=colour, zorder=2)
    for infinite, end, mark in ((low, 0, "<"), (high, 1, ">")):
        if math.isinf(infinite):
            face = colour if row["clear"] else "white"
            ax.plot(
                edges[end],
                place,
                mark,
                color=colour,
                markerfacecolor=face,
                clip_on=False,
                zorder=3,
            )
    if math.isinf(low) and math.isfinite(high):
        _words(ax, place, high, row["words"], "left")
    if math.isinf(high) and math.isfinite(low):
        _words(ax, place, low, row["words"], "right")


def _words(ax, place, x, text, side):
    ax.annotate(
        text,
        (x, place),
        xytext=(6 if side == "left" else -6, 0),
        textcoords="offset points",
        ha=side,
        va="center",
        color=GREY,
        fontsize=10.5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )


def _name_sides(ax, told):
    """Write above each half which side it is; return the height this takes."""
    more = "higher" if told.kind == "mean" else "more"
    a, b = drawable(told.sides)
    half = int(4.8 * inches_wide(ax))
    texts = [
        textwrap.fill(text, half) for text in (f"← {more} in {b}", f"{more} in {a} →")
    ]
    for x, text, side in zip((0, 1), texts, ("left", "right"), strict=True):
        ax.annotate(
            text,
            (x, 1),
            xycoords="axes fraction",
            xytext=(0, 5),
            textcoords="offset points",
            ha=side,
            color=COLOURS[side == "left"],
            fontweight="bold",
            fontsize=11.5,
        )
    return 6 + 16 * (1 + max(text.count("\n") for text in texts))


def _scale_ticks(ax, edges, told):
    a, b = drawable(told.sides)
    label = AXIS[told.kind].format(a=a, b=b)
    ax.set_xlabel(textwrap.fill(label, int(9 * inches_wide(ax))))
    if told.kind != "count":
        ax.xaxis.set_major_locator(MaxNLocator(7))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, 2)))
        return
    step = max(1, math.ceil((edges[1] - edges[0]) / 10))
    first, last = math.ceil(edges[0] / step), math.floor(edges[1] / step)
    ticks = [step * place for place in range(first, last + 1)]
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _fraction(round(x))))


def _fraction(power):
    """Return 2**power as "8", "1/8" or, for no difference, "equal"."""
    if power == 0:
        return "equal"
    return f"{2**power:,}" if power > 0 else f"1/{2**-power:,}"


def _subtitle(shown, told, rows):
    yield told.sizes(shown) + f". Lines: {told.confidence} intervals."
    if len(shown) < told.family:
        yield f"{len(shown)} of {told.family:,} items tested are shown."
    if not rows["clear"].all():
        yield f"Hollow: may be chance; {told.family:,} items were tested."
    if np.isinf(rows[["low", "high"]].to_numpy(float)).any():
        yield "Arrow: the interval has no end there; the other side never has the item."
    yield from told.remarks
