"""plot_articles, show_articles: who wrote, and when, article by article.

For one story and few articles: each is a mark with its number, and a line of a list.
"""

import html

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes

from mediakit.show.captions import remember
from mediakit.show.display import Shown, files_of
from mediakit.show.story import Story, story_of
from mediakit.show.style import (
    COLOURS,
    axes_for,
    blank,
    header,
    literal,
    row_axis,
    rows_high,
    style,
)

MOST_ROWS, MOST_NUMBERED, FEW = 30, 60, 3


def plot_articles(
    articles: pd.DataFrame, *, by: str = "outlet", ax: Axes | None = None
) -> Axes:
    """Show each article of a story as a mark, by outlet and time.

    What the reader learns: who wrote first, who wrote often, and who wrote only when
    others had. For one story; of thousands of articles `trend` tells more.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES; with the columns of `label_duplicates` copies are hollow marks.
    by : str, default "outlet"
        A column whose values are the rows, the earliest on top.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        The table behind it is the list of `show_articles`.

    Raises
    ------
    MediakitError
        If `articles` breaks the schema or `by` is no column to group by.

    Notes
    -----
    Times are UTC. A date without a time is a line over the whole day (month, year): it
    says nothing about who was first. When not to use it: as proof of who copied whom;
    the first article that you have need not be the first that there was.

    Examples
    --------
    >>> import mediakit as mk
    >>> articles = mk.load_sample("strait").articles.head(6)
    >>> print(mk.describe(plot_articles(articles))[:32])
    Timeline: 6 articles, 5 outlets.
    """
    story = story_of(articles, by)
    dated = story.table[story.start.notna()]
    with style():
        if dated.empty:
            ax = blank(ax, "There is nothing to show: no article has a date.")
        else:
            rows = list(dict.fromkeys(dated[by]))
            more = len(rows) - MOST_ROWS
            rows = rows[:MOST_ROWS]
            ax = axes_for(ax, height=rows_high(len(rows)))
            _draw(ax, story, dated[dated[by].isin(rows)], rows)
            notes = [f"{more:,} more {by}s are not shown."] * (more > 0)
            lines = [f"{story.size}. {_key(story)}", *story.notes, *notes]
            header(ax, "Who wrote, and when", lines)
        literal(ax)
    remember(ax, story.table, _alt(story, dated))
    return ax


def show_articles(
    articles: pd.DataFrame, *, by: str = "outlet", rows: int = 30
) -> Shown:
    """List the articles of a story in the order of time, as exact as it is known.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES; with the columns of `label_duplicates` it says who shares a text.
    by : str, default "outlet"
        A column to name beside each.
    rows : int, default 30
        How many are displayed, from the first.

    Returns
    -------
    Shown
        Displays itself as the last line of a cell: number (as in `plot_articles`),
        when (UTC), the column `by`, title, words (of the text, between white space),
        and copy of (where labelled: number and name of the one it shares text with).

    Raises
    ------
    MediakitError
        If `articles` breaks the schema or `by` is no column to group by.

    Notes
    -----
    When not to use it: for thousands of articles; only the first `rows` are seen.

    Examples
    --------
    >>> import mediakit as mk
    >>> shown = show_articles(mk.load_sample("strait").articles.head(2))
    >>> "Two Shores of One Trade" in shown.text
    True
    """
    story = story_of(articles, by)
    shown = story.table.head(rows)
    left = len(story.table) - len(shown)
    notes = [f"{left:,} more articles are not shown."] * (left > 0) + [*story.notes]
    with pd.option_context("display.max_colwidth", None):
        page = shown.to_html(index=False, border=0, na_rep="")
    page += "".join(f"<p><small>{html.escape(note)}</small></p>" for note in notes)
    text = "\n".join([shown.to_string(index=False, na_rep=""), *notes])
    return Shown(page, text, "articles", *files_of(story.table, "articles"))


def _draw(ax, story: Story, dated: pd.DataFrame, rows: list[str]) -> None:
    places = {name: place for place, name in enumerate(rows)}
    copies = dated.get("copy of", pd.Series("", index=dated.index)) != ""
    for index, row in dated.iterrows():
        place, start, end = places[row[story.by]], story.start[index], story.end[index]
        face = "white" if copies[index] else COLOURS[0]
        marked = {"color": COLOURS[0], "markerfacecolor": face, "zorder": 3}
        if end > start:
            ax.plot([start, end], [place] * 2, marker="|", linewidth=2.5, **marked)
        else:
            ax.plot([start], [place], marker="o", markersize=9, **marked)
        if len(dated) <= MOST_NUMBERED:
            ax.annotate(
                str(row["number"]),
                (start + (end - start) / 2, place),
                xytext=(0, 8),
                textcoords="offset points",
                ha="center",
                fontsize=10,
            )
    row_axis(ax, rows)
    locator = mdates.AutoDateLocator(maxticks=8)
    days = ["%Y", "%Y", "%b %Y", "%d %b", "%d %b", "%H:%M"]
    ticks = mdates.ConciseDateFormatter(locator, zero_formats=days, show_offset=False)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ticks)
    first, last = (
        f"{day.day} {day:%B %Y}" for day in (story.start.min(), story.start.max())
    )
    ax.set_xlabel(f"time (UTC), {first}" + f" to {last}" * (first != last))


def _key(story: Story) -> str:
    said = "A number is that of the list."
    if (story.end > story.start).any():
        said += " A line is a date without a time."
    if "copy of" in story.table and story.table["copy of"].ne("").any():
        said += " Hollow: shares its text with an earlier one."
    return said


def _alt(story: Story, dated: pd.DataFrame) -> str:
    parts = [f"Timeline: {story.size}."]
    ends = [("Earliest", dated.head(FEW)), ("Latest", dated.tail(1))]
    for word, rows in ends[: 1 + (len(dated) > FEW)]:
        said = [f"{row[story.by]}, {row['when']}" for _, row in rows.iterrows()]
        parts += [f"{word}: {'; '.join(said)}."] * bool(said)
    return " ".join([*parts, *story.notes])
