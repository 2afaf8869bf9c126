"""plot_summary: how often, in each group, and how sure that is."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mediakit.show.about import about
from mediakit.show.captions import describe_summary, remember
from mediakit.show.choose import choose_items
from mediakit.show.spots import summary_spots
from mediakit.show.style import (
    GREY,
    SHADE,
    axes_for,
    blank,
    drawable,
    header,
    legend,
    literal,
    look,
    row_axis,
    rows_high,
    style,
)
from mediakit.show.words import number

MOST_DODGED = 5


def plot_summary(
    summary: pd.DataFrame,
    *,
    items: list[str] | None = None,
    top: int = 20,
    per: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Show each group's rates as dots with their intervals.

    What the reader learns: how common something is in each group, and how far the
    number could be off. Where two intervals overlap widely, do not call one higher.

    Parameters
    ----------
    summary : DataFrame
        Made by `summarise`.
    items : list of str, optional
        Which items, in this order; one item is shown with a row per group.
    top : int, default 20
        Without `items`: at most this many, those in the most articles.
    per : int, optional
        Units of exposure a count is shown for, by default 1,000. Shares are in
        percent, means per one unit.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        Never shown here: the notebook does that, or `save_figure`.

    Raises
    ------
    MediakitError
        If the table was not made by `summarise` or lacks one of the `items`.

    Notes
    -----
    A row without data says so; a dot without a line has too few articles for an
    interval. When not to use it: to judge a difference, which is `compare`'s task:
    overlapping intervals can hide one, and many rows make one up.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> votes = pd.DataFrame({"outlet": ["A", "A", "B", "B"],
    ...                       "angry": [3, 1, 1, 0], "votes": [5, 5, 5, 5]})
    >>> measure = mk.as_measure(votes, value="angry", exposure="votes", kind="share")
    >>> ax = plot_summary(mk.summarise(measure, by="outlet"))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['A (2 articles)', 'B (2 articles)']
    """
    told = about(summary, "summarise", items=items)
    chosen = choose_items(summary, items, top)
    shown = summary[summary["item"].isin(chosen)].reset_index(drop=True)
    known = len(chosen) if items else summary["item"].nunique()
    spots = ()
    with style():
        if shown.empty:
            ax = blank(ax, "There is nothing to show: the summary has no rows.")
        else:
            ax, places = _draw(ax, shown, chosen, told, per)
            spots = summary_spots(shown, places, told, per)
            header(ax, _title(chosen, told), _subtitle(shown, len(chosen), known, told))
        literal(ax)
    remember(ax, shown, describe_summary(shown, told, per=per), spots)
    return ax


def _draw(ax, shown, chosen, told, per):
    sizes = told.group_sizes(shown)
    places, labels, series = _arrange(shown, chosen, sizes, told)
    rows = len(labels) * max(1, 0.55 * len(series))
    ax = axes_for(ax, height=rows_high(rows))
    for order, (name, these) in enumerate(series.items()):
        _dots(ax, these, places[these.index], told.per(per), look(order), name)
    if len(series) > 1:
        legend(ax)
        for place in range(0, len(labels), 2):
            ax.axhspan(place - 0.5, place + 0.5, color=SHADE, zorder=0)
    row_axis(ax, labels)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)))
    ax.set_xlabel(told.axis_label(per))
    if told.kind == "mean":
        ax.axvline(0, color=GREY, linewidth=1)
    else:
        ax.set_xlim(left=-0.015 * ax.get_xlim()[1])  # else dots at zero are cut
    return ax, places


def _arrange(shown, chosen, sizes, told):
    """Return the height of each row, the labels, and the rows of each colour."""
    groups = list(sizes)
    item = shown["item"].map({name: place for place, name in enumerate(chosen)})
    group = shown["group"].map({name: place for place, name in enumerate(groups)})
    if len(chosen) == 1:
        labels = [f"{name} ({sizes[name]:,} {told.several})" for name in groups]
        return group.astype(float), labels, {"all": shown}
    if len(groups) > MOST_DODGED:
        labels = [f"{name}, {side}" for name in chosen for side in groups]
        return item * float(len(groups)) + group, labels, {"all": shown}
    spread = np.linspace(-0.28, 0.28, len(groups)) if len(groups) > 1 else [0.0]
    series = {name: shown[shown["group"] == name] for name in groups}
    return item + np.asarray(spread)[group], chosen, series


def _dots(ax, rows, heights, scale, look, name):
    rate, low, high = (rows[column] * scale for column in ("rate", "low", "high"))
    ax.hlines(heights, low, high, color=look["color"], linewidth=2.5, alpha=0.8)
    ax.plot(
        rate,
        heights,
        linestyle="none",
        label=drawable([name])[0],
        color=look["color"],
        marker=look["marker"],
    )
    for height in heights[rate.isna()]:
        ax.annotate(
            "no data",
            (0, height),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=GREY,
            fontsize=10,
        )


def _title(chosen, told):
    by = told.parameters.get("by")
    what = f"“{chosen[0]}”" if len(chosen) == 1 else told.measure.capitalize()
    return f"{what} by {by}" if by else what


def _subtitle(shown, drawn, known, told):
    yield told.sizes(shown) + f". Lines: {told.confidence} intervals."
    if drawn < known:
        yield f"{drawn} of {known:,} items shown, those in the most {told.several}."
    if (shown["low"].isna() & shown["rate"].notna()).any():
        yield f"Dot without a line: too few {told.several} for an interval."
    yield from told.remarks
