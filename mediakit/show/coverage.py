"""plot_coverage: who covered what, and when, at a glance and without a verdict."""

import pandas as pd
from matplotlib.axes import Axes

from mediakit.errors import MediakitError
from mediakit.measure.measure import Measure
from mediakit.show.captions import remember
from mediakit.show.coverage_grid import Grid, draw_grid, event_grid, trend_grid
from mediakit.show.spots import coverage_spots
from mediakit.show.style import axes_for, blank, header, literal, rows_high, style
from mediakit.show.words import number

MADE_BY = "count_coverage"
CONSTRUCTED = "Constructed data: an invented world, not real coverage."
FEW = 3


def plot_coverage(
    coverage: Measure | pd.DataFrame,
    *,
    item: str | None = None,
    names: dict[str, str] | None = None,
    top: int = 30,
    ax: Axes | None = None,
) -> Axes:
    """Show a row per outlet and a column per event, or per period.

    What the reader learns: which events all outlets have, which only some, and where
    an outlet is empty over a stretch of time, which may be the collection's doing.

    Parameters
    ----------
    coverage : Measure or DataFrame
        Made by `count_coverage`; or a table of `trend`, for a word or pattern by
        outlet and period.
    item : str, optional
        Which item, by default the first: of coverage "articles" or "words".
    names : dict of str to str, optional
        What to write under an event, by `event_id`.
    top : int, default 30
        At most this many outlets, those with the most; in order of their names.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        The table behind it has outlet, column (event or first day of the period),
        value, exposure and shown.

    Raises
    ------
    MediakitError
        If `coverage` is neither, or has no such `item`.

    Notes
    -----
    Darker is more, in one hue order that survives print and colour blindness; a cross
    is none, a hatched cell was not asked. More than 60 events are put together by week,
    month or longer, as shares (or sums of articles). Outlets stand in order of their
    names: this is no ranking. When not to use it: to judge a difference, which is the
    task of `compare`.

    Examples
    --------
    >>> import mediakit as mk
    >>> corpus = mk.load_sample("strait")
    >>> truth = mk.load_truth("labels")[["article_id", "event_id"]]
    >>> ax = plot_coverage(mk.count_coverage(corpus.with_columns(truth)))
    >>> print(mk.describe(ax)[:69])
    Heat map: covered, 10 outlets by 14 events, 2016-03-07 to 2016-07-18.
    """
    if type(top) is not int or top < 1:
        raise MediakitError(f"`top` must be a number from 1, got {top!r}.")
    if isinstance(coverage, Measure) and coverage.provenance.get("made_by") == MADE_BY:
        grid = event_grid(coverage, item, top, names or {})
    elif isinstance(coverage, pd.DataFrame):
        grid = trend_grid(coverage, item, top)
    else:
        raise MediakitError(
            "`coverage` must be a Measure of `mk.count_coverage` or a table of "
            f"`mk.trend`, got {type(coverage).__name__}."
        )
    with style():
        if grid.shown.empty:
            ax = blank(ax, "There is nothing to show: no outlet and no event.")
        else:
            ax = axes_for(ax, height=rows_high(len(grid.shown)) + grid.below)
            draw_grid(ax, grid)
            header(ax, grid.title, _subtitle(grid))
        literal(ax)
    remember(ax, grid.table, _alt(grid), coverage_spots(grid))
    return ax


def _subtitle(grid: Grid):
    yield f"{grid.size}. {grid.key}"
    if grid.left_out:
        yield f"{grid.left_out:,} outlets with fewer are not shown."
    yield from _remarks(grid)


def _remarks(grid: Grid) -> list[str]:
    return [*grid.notes, *([CONSTRUCTED] if grid.constructed else [])]


def _alt(grid: Grid) -> str:
    if grid.shown.empty:
        return "Empty heat map: no outlet and no event."
    span = f", {grid.span[0]} to {grid.span[1]}" if grid.span else ""
    parts = [f"Heat map: {grid.item}, {grid.size}{span}."]
    said = [f"{name} {words}" for name, words in grid.said.items()]
    if len(said) <= 2 * FEW:
        parts.append("; ".join(said) + ".")
    else:
        parts.append(f"Most: {'; '.join(said[:FEW])}. Least: {'; '.join(said[-FEW:])}.")
    empty = int((grid.shown == 0).to_numpy().sum())
    unasked = int(grid.shown.isna().to_numpy().sum())
    parts.append(f"{number(empty)} cells are nil, {number(unasked)} were not asked.")
    return " ".join([*parts, *_remarks(grid)])
