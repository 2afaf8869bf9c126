"""plot_multiverse: the specification curve, and under it which choices made what."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from mediakit.show.captions import remember
from mediakit.show.claims import interval, limit
from mediakit.show.second_look import UNIT, told_by, verdicts_said
from mediakit.show.style import (
    COLOURS,
    GREY,
    INK,
    MARKERS,
    SHADE,
    axes_for,
    blank,
    drawable,
    header,
    literal,
    style,
)
from mediakit.show.words import one_line

CHOICES = {
    "forms": "forms",
    "tokenizer": "words",
    "view": "view",
    "wire_copy": "wire copy",
    "period": "time",
    "within": "inside",
    "evidence": "evidence",
    "test": "test",
}
AXIS = {"count": "times as often", "share": "points more", "mean": "higher"}
VERDICTS = ("held", "did not hold")
CURVE, ROW, WIDE = 3.6, 0.26, 3.0


def plot_multiverse(multiverse: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Show one finding by every reasonable choice, and which choices matter.

    What the reader learns: whether all ways to count, choose and test tell the same
    story; where the marks of one choice gather at one end, the finding depends on it.

    Parameters
    ----------
    multiverse : DataFrame
        Made by `multiverse`.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        Each place from left to right is a specification, from the smallest estimate
        to the largest; below it stand its choices.

    Raises
    ------
    MediakitError
        If the table was not made by `multiverse`.

    Notes
    -----
    Filled marks held, hollow ones did not; what could not be tested is not drawn
    and is counted in the subtitle. A choice with one option only is left out. After
    Simonsohn, Simmons and Nelson (2020). When not to use it: to pick a place on the
    curve.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 40, "words": 500,
    ...                        "tax": [4, 1, 3, 0, 2, 1, 5, 2] * 10})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> table = mk.multiverse(measure, "tax", by="outlet", a="A", b="B")
    >>> ax = mk.plot_multiverse(table)
    >>> mk.describe(ax)[:52]
    'Specification curve of “tax” in A and B: 2 ways to c'
    """
    told = told_by(multiverse, "multiverse")
    item = multiverse.attrs["mediakit"]["item"]
    shown = multiverse[multiverse["low"].notna() & multiverse["p"].notna()]
    shown = shown.sort_values(["estimate", "low"], kind="stable", ignore_index=True)
    shown.attrs = multiverse.attrs
    with style():
        if shown.empty:
            ax = blank(ax, "There is nothing to show: nothing could be tested.")
        else:
            options = _options(shown)
            ax = axes_for(ax, height=2.6 + CURVE + ROW * len(options))
            _draw(ax, shown, told, options)
            header(
                ax,
                f"“{one_line(item)}”: {told.sides[0]} and {told.sides[1]}",
                _subtitle(multiverse, shown, told),
                gap=16,
            )
        literal(ax)
    remember(ax, multiverse, _alt(multiverse, shown, told, item))
    return ax


def _options(shown: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the options of every choice that has more than one."""
    found = []
    for column in CHOICES:
        options = list(dict.fromkeys(shown.sort_values("specification")[column]))
        if len(options) > 1:
            found += [(column, option) for option in options]
    return found


def _draw(ax, shown, told, options):
    scale = 100 if told.kind == "share" else 1
    numbers = shown[["estimate", "low", "high"]] * scale
    finite = numbers.to_numpy()[np.isfinite(numbers.to_numpy())]
    ends = np.append(finite, 0.0)
    room = 0.06 * (ends.max() - ends.min() or 1.0)
    bottom, top = ends.min() - room, ends.max() + room
    _curve(ax, shown, numbers.clip(bottom, top), top)
    whole = told.kind == "count" and top - bottom >= WIDE
    ticks = MaxNLocator(6, integer=whole).tick_values(bottom, top)
    ticks = [float(tick) for tick in ticks if bottom <= tick <= top]
    labels = [_tick(told.kind, tick / scale) for tick in ticks]
    step = (top - bottom) * ROW / CURVE
    rows = [bottom - step * (1 + row) for row in range(len(options))]
    _choices(ax, shown, options, rows, step)
    labels += drawable(f"{CHOICES[column]}: {option}" for column, option in options)
    ax.set_yticks([*ticks, *rows], labels, fontsize=10.5)
    ax.set_ylim(min([bottom, *rows]) - step / 2, top)
    ax.set_xlim(-0.7, len(shown) - 0.3)
    ax.set_xticks([])
    ax.set_ylabel(AXIS[told.kind], loc="top")
    ax.spines["bottom"].set_visible(False)


def _curve(ax, shown, numbers, top):
    ax.axhline(0, color=INK, linewidth=1.2, zorder=1)
    size = max(2.5, min(7, 400 / len(shown)))
    endless = np.isinf(shown["estimate"].to_numpy())
    up = shown["estimate"].to_numpy() > 0
    for place, verdict in enumerate(VERDICTS):
        judged = (shown["verdict"] == verdict).to_numpy()
        colour, these = COLOURS[place], numbers[judged]
        rows = np.flatnonzero(judged)
        ax.vlines(rows, these["low"], these["high"], color=colour, linewidth=1.2)
        marks = {MARKERS[place]: ~endless, "^": endless & up, "v": endless & ~up}
        for marker, chosen in marks.items():
            drawn = np.flatnonzero(judged & chosen)
            if not len(drawn):  # an empty line would stretch the figure to its origin
                continue
            ax.plot(
                drawn,
                numbers["estimate"].iloc[drawn],
                linestyle="none",
                marker=marker,
                color=colour,
                markerfacecolor="white" if place else colour,
                markersize=size,
                zorder=3,
                clip_on=False,
            )
    for place in np.flatnonzero(shown["specification"] == 1):
        ax.axvline(place, color=GREY, linewidth=1, linestyle=(0, (4, 2)), zorder=0)
        ax.annotate(
            "first look",
            (place, top),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            color=GREY,
            fontsize=10,
        )


def _tick(kind: str, y: float) -> str:
    return "equal" if kind == "count" and y == 0 else limit(kind, y)


def _choices(ax, shown, options, rows, step):
    """Draw under the curve which options each specification took."""
    held = (shown["verdict"] == VERDICTS[0]).to_numpy()
    width = max(0.8, min(3, 250 / len(shown)))
    names = list(dict.fromkeys(column for column, _ in options))
    for y, (column, option) in zip(rows, options, strict=True):
        taken = (shown[column] == option).to_numpy()
        for place, chosen in enumerate((taken & held, taken & ~held)):
            places = np.flatnonzero(chosen)
            ax.plot(
                places,
                np.full(len(places), y),
                linestyle="none",
                marker="|x"[place],
                markersize=(10, 5)[place],
                markeredgewidth=width,
                color=COLOURS[place],
            )
        if names.index(column) % 2 == 0:
            ax.axhspan(y - step / 2, y + step / 2, color=SHADE, zorder=0)


def _subtitle(table, shown, told):
    yield f"{told.sizes(table)}. Lines: {told.confidence} intervals."
    yield f"Above the line: more in {told.sides[0]}. Below: more in {told.sides[1]}."
    yield f"{len(table):,} specifications: {verdicts_said(table)}."
    if len(shown) < len(table):
        yield f"{len(shown):,} are drawn; the others could not be tested."
    if np.isinf(shown["estimate"]).any():
        yield "Arrow: without end; the other side never has it."
    yield "Filled: held. Hollow: did not hold. None is the right one."
    yield from told.remarks


def _alt(table, shown, told, item) -> str:
    parts = [
        f"Specification curve of “{one_line(item)}” in {told.sides[0]} and "
        f"{told.sides[1]}: {len(table):,} ways to count, choose and test; "
        f"{verdicts_said(table)}."
    ]
    if len(shown):
        ends = (
            limit(told.kind, shown["estimate"].iloc[0]),
            limit(told.kind, shown["estimate"].iloc[-1]),
        )
        unit = UNIT[told.kind].format(a=told.sides[0], b=told.sides[1])
        parts.append(f"Estimates run from {ends[0]} to {ends[1]} {unit}.")
        first = shown[shown["specification"] == 1]
        for row in first.itertuples():
            said = interval(told.kind, row.low, row.high)
            parts.append(f"First look: {told.confidence} interval {said}.")
        parts += _by_choice(shown)
    return " ".join([*parts, *told.remarks])


def _by_choice(shown):
    """Say of each option how many of its specifications held."""
    for column, option in _options(shown):
        rows = shown[shown[column] == option]
        held = int((rows["verdict"] == VERDICTS[0]).sum())
        yield f"{CHOICES[column]} {option}: {held} of {len(rows)} held."
