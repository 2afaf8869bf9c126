"""plot_tone_words: the words that make a difference in tone, by side."""

import pandas as pd
from matplotlib.axes import Axes

from mediakit.infer.tone_words import OTHERS
from mediakit.show.about import About, about
from mediakit.show.captions import remember
from mediakit.show.sides import name_sides
from mediakit.show.style import (
    COLOURS,
    GREY,
    INK,
    axes_for,
    blank,
    header,
    literal,
    row_axis,
    rows_high,
    style,
    written,
)
from mediakit.show.tone_claims import describe_tone_words, whole_tone

HATCH = "////"
ROOM = 0.24


def plot_tone_words(tone_words: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Show which words make the difference in tone between two sides.

    What the reader learns: whether it rests on words of judgement, or on names, topics
    and one word with another sense.

    Parameters
    ----------
    tone_words : DataFrame
        Made by `explain_tone`.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        A bar for each word: to the right what lifts side a above side b, to the left
        what lifts side b; hatched where the word itself is negative, so that a rarer
        reproach can be told from a more frequent praise. Beside it the hits on a and b.
        What all other words add stands in the subtitle.

    Raises
    ------
    MediakitError
        If the table was not made by `explain_tone`.

    Notes
    -----
    The bars of all words sum to the difference of means. When not to use it: as key
    words; a bar has no interval and no test.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "The United Nations met. A good day.", "A good day. A horrible day."]}))
    >>> words = mk.explain_tone(mk.tokenize(articles), by="outlet", a="A", b="B")
    >>> ax = mk.plot_tone_words(words)
    >>> [text.get_text() for text in ax.get_yticklabels()]
    ['horrible', 'united', 'good']
    """
    told = about(tone_words, "explain_tone")
    with style():
        if tone_words.empty:
            ax = blank(ax, "There is nothing to show: no word voted.")
        else:
            words = tone_words[tone_words["item"] != OTHERS]
            ax = axes_for(ax, height=rows_high(len(words) + 1))
            _draw(ax, words, tone_words, told)
        literal(ax)
    remember(ax, tone_words, describe_tone_words(tone_words, told))
    return ax


def _draw(ax: Axes, words: pd.DataFrame, table: pd.DataFrame, told: About) -> None:
    widths = words["difference"].to_numpy(float)
    valence = words["valence_a"].fillna(words["valence_b"]).to_numpy(float)
    ax.axvline(0, color=INK, linewidth=1.2, zorder=3)
    for place, (width, weighs) in enumerate(zip(widths, valence, strict=True)):
        colour = COLOURS[int(width < 0)]
        ax.barh(
            place,
            width,
            height=0.62,
            facecolor="white" if weighs < 0 else colour,
            edgecolor=colour,
            hatch=HATCH if weighs < 0 else None,
            linewidth=1.2,
            zorder=2,
        )
    for place, row in enumerate(words.itertuples()):
        right = widths[place] >= 0
        ax.annotate(
            f"{row.hits_a:,.0f} : {row.hits_b:,.0f}",
            (widths[place], place),
            xytext=(5 if right else -5, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            color=GREY,
            fontsize=10.5,
        )
    low, high = min(widths.min(), 0.0), max(widths.max(), 0.0)
    room = ROOM * (high - low or 1.0)
    ax.set_xlim(low - room * (low < 0), high + room * (high > 0))
    row_axis(ax, list(words["item"]))
    names = [written(side) for side in told.sides]
    ax.set_xlabel("adds to the difference of mean tone")
    title = f"Words that make the tone ({told.measure}): {' and '.join(told.sides)}"
    gap = name_sides(ax, "mean", names)
    header(ax, title, _subtitle(table, told), gap=gap, rows=len(words))


def _subtitle(table: pd.DataFrame, told: About):
    a, b = told.sides
    yield whole_tone(table, told)
    yield f"Hatched: negative words. Beside the bars: hits in {a} : in {b}."
    yield from told.remarks
