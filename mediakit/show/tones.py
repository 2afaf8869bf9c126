"""plot_tones: the same two sides by several instruments of tone, disagreement first."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mediakit.errors import check_columns
from mediakit.show.about import About, about
from mediakit.show.captions import remember
from mediakit.show.claims import interval
from mediakit.show.parts import signed
from mediakit.show.sides import name_sides
from mediakit.show.sizes import now
from mediakit.show.style import (
    COLOURS,
    GREY,
    INK,
    MARKERS,
    SHADE,
    axes_for,
    blank,
    header,
    literal,
    row_axis,
    rows_high,
    style,
    written,
)

COLUMNS = ("method", "without", "direction", "coverage_a", "coverage_b")
ROOM = 0.08


def plot_tones(tones: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Show what several instruments of tone say of the same two sides.

    What the reader learns, in the first line: where the instruments disagree; then
    how far each result moves once names are masked, and how much each has read.

    Parameters
    ----------
    tones : DataFrame
        Made by `compare_tones`.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        A row for each instrument and mask: the difference of means with its interval,
        filled where it excludes no difference, drawn on the instrument's own scale; at
        the edge the difference and the share of sentences in which the instrument
        knows a word, on side a and on side b.

    Raises
    ------
    MediakitError
        If the table was not made by `compare_tones`.

    Notes
    -----
    Rows of one instrument share a scale, so that a mask can be judged; between
    instruments compare the sides of the line, not the lengths. When not to use it: to
    pick the instrument that finds something.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> texts = ["A good day.", "A horrible day.", "Kind and happy.", "A bad day."]
    >>> articles = mk.read_articles(
    ...     pd.DataFrame({"outlet": ["A", "B"] * 20, "text": texts * 10}))
    >>> tones = mk.compare_tones(mk.tokenize(articles), by="outlet", a="A", b="B")
    >>> mk.describe(mk.plot_tones(tones))[:42]
    'All 4 agree: the tone is higher in A (vade'
    """
    told = about(tones, "compare")
    check_columns("tones", tones, COLUMNS)
    with style():
        if not tones["difference"].notna().any():
            ax = blank(ax, "There is nothing to show: no sentence was scored.")
        else:
            ax = axes_for(ax, height=rows_high(len(tones) + 2))
            _draw(ax, tones, told)
        literal(ax)
    remember(ax, tones, _alt(tones, told))
    return ax


def _draw(ax: Axes, tones: pd.DataFrame, told: About) -> None:
    ends = _on_own_scales(tones)
    ax.axvline(0, color=INK, linewidth=1.2, zorder=1)
    bands = pd.factorize(tones["method"])[0]
    for place, row in enumerate(tones.itertuples()):
        side = int(row.difference < 0)
        clear = row.direction in ("a", "b")
        if bands[place] % 2 == 0:
            ax.axhspan(place - 0.5, place + 0.5, color=SHADE, zorder=0)
        at, low, high = ends[place]
        ax.hlines(place, low, high, color=COLOURS[side], zorder=2)
        ax.plot(
            at,
            place,
            marker=MARKERS[side],
            color=COLOURS[side],
            markerfacecolor=COLOURS[side] if clear else "white",
            markeredgewidth=1.8,
            linestyle="none",
            zorder=3,
        )
        ax.annotate(
            f"{signed(row.difference)}; {_coverage(row)}",
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            color=GREY,
            fontsize=10.5,
        )
    ax.set_xlim(min(0, np.nanmin(ends)) - ROOM, max(0, np.nanmax(ends)) + ROOM)
    row_axis(ax, list(tones["item"]))
    ax.set_xticks([0], ["equal"])
    ax.set_xlabel("difference of mean tone, each instrument on a scale of its own")
    title = "Tone by several instruments"
    if not now().height:  # on a wall the names above the axis must do
        title += f": {told.sides[0]} and {told.sides[1]}"
    ax.get_figure(root=True).draw_without_rendering()  # numbers at the edge take room
    gap = name_sides(ax, told.kind, [written(side) for side in told.sides])
    header(ax, title, _subtitle(tones, told), gap=gap, rows=len(tones))


def _on_own_scales(tones: pd.DataFrame) -> np.ndarray:
    """Return difference, low and high, over the largest of each instrument's."""
    ends = tones[["difference", "low", "high"]].astype(float)
    largest = ends.abs().max(axis=1).groupby(tones["method"]).transform("max")
    return ends.div(largest.where(largest > 0, 1.0), axis=0).to_numpy()


def _coverage(row) -> str:
    shares = (row.coverage_a, row.coverage_b)
    a, b = ("none" if np.isnan(one) else f"{100 * one:.0f}" for one in shares)
    return f"reads {a} / {b} %"


def _subtitle(tones: pd.DataFrame, told: About):
    first, *others = told.notes
    yield f"{first[:1].upper()}{first[1:]}."
    yield f"{told.sizes(tones)}. Lines: {told.confidence} intervals."
    yield "Hollow: the interval includes no difference."
    yield "At the right: the difference; sentences read on either side."
    yield from [f"Note: {one}" for one in others]
    yield from told.remarks[len(told.notes) :]


def _alt(tones: pd.DataFrame, told: About) -> str:
    first, *_ = told.notes
    parts = [f"{first[:1].upper()}{first[1:]}. {told.sizes(tones)}."]
    for row in tones.itertuples():
        low_high = interval(told.kind, row.low, row.high)
        parts.append(
            f"“{row.item}”: {row.rate_a:.3f} and {row.rate_b:.3f}, difference "
            f"{low_high}, {_coverage(row)} of the sentences."
        )
    return " ".join([*parts, *told.remarks[1:]])
