"""plot_decomposition: what goes with coverage, what stands inside the same."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mediakit.show.about import about
from mediakit.show.captions import remember
from mediakit.show.choose import choose_rows
from mediakit.show.parts import describe_parts, part_limits, part_names, signed
from mediakit.show.sides import name_sides
from mediakit.show.style import (
    COLOURS,
    GREY,
    INK,
    PALE,
    axes_for,
    blank,
    header,
    legend,
    literal,
    row_axis,
    rows_high,
    style,
    written,
)

LOOKS = {  # place in a row, and a look that is no side's
    "difference": (-0.3, INK, "D"),
    "composition": (-0.1, COLOURS[3], "s"),
    "treatment": (0.1, COLOURS[4], "o"),
    "no_counterpart": (0.3, GREY, "^"),
}


def plot_decomposition(
    decomposition: pd.DataFrame,
    *,
    top: int = 6,
    items: list[str] | None = None,
    per: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show how much of a difference goes with what is covered, and how much does not.

    What the reader learns: whether two sides still differ inside the same events,
    sections or topics, and how much cannot be told because one side has nothing.

    Parameters
    ----------
    decomposition : DataFrame
        Made by `decompose`.
    top : int, default 6
        Without `items`: at most this many, the clearest of each side.
    items : list of str, optional
        Which items, in this order.
    per : int, optional
        Units of exposure a count is shown for, by default 1,000.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        Four marks an item: the difference and the three parts that add up to it.

    Raises
    ------
    MediakitError
        If the table was not made by `decompose` or lacks one of the `items`.

    Notes
    -----
    A part without a line has no interval. When not to use it: as a statement about
    causes; a part says where a difference lies, not who made it.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "A", "B", "B"] * 12, "words": 500,
    ...                        "section": ["x", "x", "y", "x", "y"] * 12,
    ...                        "tax": [4, 5, 1, 3, 1] * 12})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> table = mk.decompose(measure, by="outlet", a="A", b="B", within="section")
    >>> plot_decomposition(table).get_xlabel()
    'difference, per 1,000 words'
    """
    told = about(decomposition, "decompose")
    shown = choose_rows(decomposition, "difference", items, top)
    with style():
        if shown.empty:
            ax = blank(ax, "There is nothing to show: no item was taken apart.")
        else:
            ax = axes_for(ax, height=rows_high(2.6 * len(shown) + 2))
            _draw(ax, shown, told, per)
        literal(ax)
    remember(ax, shown, describe_parts(shown, told, per))
    return ax


def _draw(ax, shown, told, per):
    scale = told.per(per)
    ax.axvline(0, color=INK, linewidth=1.2, zorder=1)
    for edge in range(len(shown) - 1):
        ax.axhline(edge + 0.5, color=PALE, linewidth=0.8, zorder=0)
    for part, name in part_names(told).items():
        low, high = (shown[column] * scale for column in part_limits(part))
        offset, colour, marker = LOOKS[part]
        places = [place + offset for place in range(len(shown))]
        ax.hlines(places, low, high, color=colour, zorder=2)
        look = {"color": colour, "marker": marker, "linestyle": "none", "zorder": 3}
        ax.plot(shown[part] * scale, places, label=name, **look)
    row_axis(ax, list(shown["item"]))
    ax.margins(x=0.06)
    label = told.rate_label(per)
    ax.set_xlabel(f"difference, {label}" if told.kind == "count" else _axis(told))
    ax.xaxis.set_major_locator(MaxNLocator(7))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: signed(x)))
    ax.tick_params(axis="y", length=0)
    legend(ax)
    ax.get_figure(root=True).draw_without_rendering()  # the legend takes its width
    names = [written(side) for side in told.sides]
    title = f"{told.measure.capitalize()}: {told.sides[0]} and {told.sides[1]}"
    gap = name_sides(ax, told.kind, names)
    header(ax, title, _subtitle(shown, told), gap=gap)


def _axis(told):
    return "difference in percentage points" if told.kind == "share" else "difference"


def _subtitle(shown, told):
    yield told.sizes(shown) + f". Lines: {told.confidence} intervals."
    yield "The parts add up to the difference; they say where it lies, not why."
    if len(shown) < told.family:
        yield f"{len(shown)} of {told.family:,} items are shown."
    yield from told.remarks
