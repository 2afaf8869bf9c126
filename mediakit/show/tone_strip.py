"""plot_tone_strip: one article, sentence by sentence, by each instrument of tone."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mediakit.errors import MediakitError, check_columns, check_frame
from mediakit.show.captions import Spot, remember
from mediakit.show.display import CONSTRUCTED
from mediakit.show.style import (
    COLOURS,
    GREY,
    INK,
    PALE,
    axes_for,
    blank,
    drawable,
    header,
    literal,
    style,
)
from mediakit.show.words import one_line

COLUMNS = (
    *("method", "sentence", "match", "article_id", "outlet", "published", "title"),
    *("score", "known", "words"),
)
STEP, MOST_TICKS, LONGEST, HATCH = 2.5, 20, 240, "//////"
KEY = (
    "Up, full: positive. Down, hatched: negative. Ring: nought. Cross: no known word. "
    "Each instrument has a scale of its own."
)
ONE_TEXT = "One article: nothing follows from it about its outlet."


def plot_tone_strip(
    tone_strip: pd.DataFrame, *, article: str | None = None, ax: Axes | None = None
) -> Axes:
    """Show the sentences of one article from left to right, with their tone.

    What the reader learns: what a mean of an article is made of; how many sentences an
    instrument cannot read; and on which sentences two instruments contradict each
    other, whatever their means say.

    Parameters
    ----------
    tone_strip : DataFrame
        Made by `find_tones`.
    article : str, optional
        Its `article_id`, where the table has several articles.
    ax : Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    Axes
        A band for each instrument, a bar for each sentence: up and full where the
        score is positive, down and hatched where it is negative, a ring for nought, a
        cross where the instrument knows no word; "≠" above a sentence which one
        instrument calls positive and another negative. At the right the mean, and how
        many sentences it rests on.

    Raises
    ------
    MediakitError
        If the table was not made by `find_tones`, holds several articles and none is
        named, or has not the one that is.

    Notes
    -----
    Where it is pointed at, a bar shows its sentence and the words that voted. The
    table behind it holds the sentences, and `save_figure` saves them: they are
    somebody's text. When not to use it: to choose the article that shows what you
    want; say how you came by it.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "title": ["Rain"],
    ...     "text": ["Not a good day, wicked and great. It rained. A horrible war."]}))
    >>> ax = mk.plot_tone_strip(mk.find_tones(mk.tokenize(articles)))
    >>> ax.get_title("left")
    'Tone, sentence by sentence: “Rain”'
    """
    check_frame("tone_strip", tone_strip)
    check_columns("tone_strip", tone_strip, COLUMNS)
    rows = _one_article(tone_strip, article)
    told, spots = _remarks(tone_strip), []
    with style():
        if rows.empty:
            ax = blank(ax, "There is nothing to show: the article has no sentence.")
        else:
            bands = rows["method"].nunique()
            ax = axes_for(ax, height=2.6 + 1.2 * bands)
            spots = _draw(ax, rows, told)
        literal(ax)
    remember(ax, rows, _alt(rows, told), spots)
    return ax


def _one_article(table: pd.DataFrame, article: str | None) -> pd.DataFrame:
    ids = list(table["article_id"].unique())
    if article is None and len(ids) > 1:
        raise MediakitError(
            f"the table has {len(ids):,} articles and a strip shows one; name it in "
            f"`article`, as {ids[:3]}."
        )
    if article is not None and article not in ids:
        raise MediakitError(f"the table has no article {article!r}, but {ids[:5]}.")
    rows = table if article is None else table[table["article_id"] == article]
    rows = rows.reset_index(drop=True)
    rows.attrs = dict(table.attrs)
    return rows


def _remarks(table: pd.DataFrame) -> list[str]:
    source = table.attrs.get("mediakit", {}).get("source", {})
    return [CONSTRUCTED] * bool(source.get("constructed"))


def _draw(ax: Axes, rows: pd.DataFrame, told: list[str]) -> list[Spot]:
    """Draw a band for each instrument; return what its bars say."""
    last, spots, names = rows["sentence"].max(), [], []
    for place, (name, band) in enumerate(rows.groupby("method", sort=False)):
        middle = -STEP * place
        names.append(name)
        spots += _band(ax, band, middle)
        ax.annotate(
            _mean(band),
            (1.01, middle),
            xycoords=("axes fraction", "data"),
            va="center",
            color=GREY,
            fontsize=10.5,
        )
    for sentence in _contradicted(rows):
        ax.axvline(sentence, color=PALE, linewidth=1.5, linestyle=":", zorder=0)
        ax.text(sentence, 1.2, "≠", ha="center", va="bottom", fontsize=12)
    ax.set_yticks([-STEP * place for place in range(len(names))], drawable(names))
    ax.set_ylim(-STEP * (len(names) - 1) - 1.25, 1.8)
    ax.set_xlim(0.4, last + 0.6)
    ax.set_xticks(range(1, last + 1, -(-last // MOST_TICKS)))
    ax.set_xlabel("sentence of the article")
    ax.tick_params(axis="y", length=0)
    title = one_line(rows["title"].iloc[0]) or "no title"
    header(ax, f"Tone, sentence by sentence: “{title}”", [*_lines(rows), KEY, *told])
    return spots


def _band(ax: Axes, band: pd.DataFrame, middle: float) -> list[Spot]:
    scores = band["score"].to_numpy(float)
    most = max(1.0, np.nanmax(np.abs(scores), initial=0))
    x, heights = band["sentence"].to_numpy(), scores / most
    ax.axhline(middle, color=INK, linewidth=1, zorder=1)
    for chosen, colour, face, hatch, mark in (
        (scores > 0, COLOURS[0], COLOURS[0], None, "^"),
        (scores < 0, COLOURS[1], "white", HATCH, "v"),
    ):
        ax.bar(
            x[chosen],
            heights[chosen],
            bottom=middle,
            width=0.8,
            facecolor=face,
            edgecolor=colour,
            hatch=hatch,
            linewidth=1.2,
            zorder=2,
        )
        tips = middle + heights[chosen]
        ax.plot(x[chosen], tips, mark, color=colour, markersize=7, zorder=3)
    for chosen, mark, face in (
        (scores == 0, "o", "white"),
        (np.isnan(scores), "x", INK),
    ):
        size = {"markersize": 6, "markeredgewidth": 1.5, "markerfacecolor": face}
        at = x[chosen]
        ax.plot(at, np.full(len(at), middle), mark, color=INK, zorder=3, **size)
    ends = middle + np.nan_to_num(heights) / 2
    return [
        Spot(row.sentence, end, _words(row))
        for row, end in zip(band.itertuples(), ends, strict=True)
    ]


def _words(row) -> str:
    text = one_line(row.match)
    text = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    said = "no known word"
    if not np.isnan(row.score):
        said = _signed(row.score) + (f" ({row.words})" if row.words else "")
    return f"Sentence {row.sentence}, {row.method}: {said}. “{text}”"


def _mean(band: pd.DataFrame) -> str:
    known = int(band["score"].notna().sum())
    mean = f"mean {_signed(band['score'].mean())}" if known else "no mean"
    return f"{mean}\nreads {known} of {len(band)}"


def _signed(score: float) -> str:
    said = f"{score:+.2f}"
    return said if float(said) else "0.00"


def _contradicted(rows: pd.DataFrame) -> list[int]:
    """Return the sentences that are positive by one instrument, negative by another."""
    signs = np.sign(rows["score"]).groupby(rows["sentence"])
    both = (signs.max() > 0) & (signs.min() < 0)
    return both.index[both].tolist()


def _lines(rows: pd.DataFrame) -> list[str]:
    first, last = rows.iloc[0], int(rows["sentence"].max())
    day = "no date" if pd.isna(first["published"]) else f"{first['published']:%Y-%m-%d}"
    about = f"{one_line(first['outlet'])}, {day}, {last:,} sentences. {ONE_TEXT}"
    if rows["method"].nunique() < 2:
        return [about]
    against = _contradicted(rows)
    told = f"The instruments contradict each other on {len(against)} of {last:,}"
    return [f"{told} sentences{' (≠)' if against else ''}.", about]


def _alt(rows: pd.DataFrame, told: list[str]) -> str:
    if rows.empty:
        return "No rows: the article has no sentence."
    parts = [f"Tone by sentence of “{one_line(rows['title'].iloc[0])}”.", *_lines(rows)]
    for name, band in rows.groupby("method", sort=False):
        up, down = (int((sign * band["score"] > 0).sum()) for sign in (1, -1))
        said = f"{name}: {up} positive, {down} negative, {_mean(band)}"
        known = band.dropna(subset="score")
        if len(known):
            ends = known.loc[[known["score"].idxmax(), known["score"].idxmin()]]
            high, low = (
                f"{x.sentence} ({_signed(x.score)})" for x in ends.itertuples()
            )
            said += f"; highest sentence {high}, lowest {low}"
        parts.append(said.replace("\n", ", ") + ".")
    against = _contradicted(rows)
    if against:
        parts.append(f"Contradicted: {', '.join(map(str, against[:20]))}.")
    return " ".join([*parts, *told])
