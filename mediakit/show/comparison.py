"""plot_comparison: which side has more, by how much, and how sure that is."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mediakit.show.about import about
from mediakit.show.captions import describe_comparison, remember
from mediakit.show.choose import choose_rows
from mediakit.show.claims import ESTIMATE, rows_of, span
from mediakit.show.sides import name_sides, scale_ticks
from mediakit.show.spots import comparison_spots
from mediakit.show.style import (
    COLOURS,
    GREY,
    INK,
    MARKERS,
    axes_for,
    blank,
    header,
    literal,
    row_axis,
    rows_high,
    style,
    written,
)

ROOM = 0.16  # of the axis, for "above 1/1,234"


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
    spots = ()
    with style():
        if shown.empty:
            ax = blank(ax, "There is nothing to show: no item was compared.")
        else:
            ax = axes_for(ax, height=rows_high(len(shown) + 1))
            spots = comparison_spots(shown, _draw(ax, shown, told), told)
        literal(ax)
    remember(ax, shown, describe_comparison(shown, told), spots)
    return ax


def _draw(ax, shown, told):
    """Draw the rows; return where on the axis the mark of each is."""
    scale = 100 if told.kind == "share" else 1
    estimate = shown[ESTIMATE[told.kind]]
    rows = pd.DataFrame(
        {
            "x": estimate * scale,
            "low": shown["low"] * scale,
            "high": shown["high"] * scale,
            "clear": shown["bound"] * np.sign(estimate) > 0,
            "words": [span(told, row) for row in rows_of(shown)],
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
    names = [written(side) for side in told.sides]
    scale_ticks(ax, edges, told.kind, names)
    title = f"{told.measure.capitalize()}: {told.sides[0]} and {told.sides[1]}"
    header(
        ax, title, _subtitle(shown, told, rows), gap=name_sides(ax, told.kind, names)
    )
    return rows["x"].fillna(0).clip(*edges)


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
        _words(ax, place, at, row["words"], "right" if at > sum(edges) / 2 else "left")
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
        room = (edges[1] - high) / (edges[1] - edges[0])
        _words(ax, place, high, row["words"], "left" if room > ROOM else "above right")
    if math.isinf(high) and math.isfinite(low):
        room = (low - edges[0]) / (edges[1] - edges[0])
        _words(ax, place, low, row["words"], "right" if room > ROOM else "above left")


def _words(ax, place, x, text, where):
    """Write beside a mark; "above" its line where there is no room beside it."""
    above, _, side = where.rpartition(" ")
    ax.annotate(
        text,
        (x, place),
        xytext=(6 if side == "left" else -6, 5 if above else 0),
        textcoords="offset points",
        ha=side,
        va="bottom" if above else "center",
        color=GREY,
        fontsize=10.5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )


def _subtitle(shown, told, rows):
    yield told.sizes(shown) + f". Lines: {told.confidence} intervals."
    if len(shown) < told.family:
        yield f"{len(shown)} of {told.family:,} items tested are shown."
    if told.family and not rows["clear"].all():
        yield f"Hollow: may be chance; {told.family:,} items were tested."
    if np.isinf(rows[["low", "high"]].to_numpy(float)).any():
        yield "Arrow: the interval has no end there; the other side never has the item."
    yield from told.remarks
