"""One look for every plot, legible in grey, to colour-blind readers and on a wall.

Series differ in lightness, marker and line style besides hue; no hue is a verdict.
"""

import textwrap
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.text import Text

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.show.sizes import now
from mediakit.show.words import one_line

COLOURS = ("#004488", "#CA5600", "#000000", "#8A4582", "#459BCD")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
LINES = ("-", (0, (5, 1.5)), (0, (1, 1.2)), (0, (6, 1.5, 1, 1.5)))
INK, GREY, PALE, SHADE = "#1A1A1A", "#595959", "#D0D0D0", "#F2F2F2"
WIDTH, ROW = 9.0, 0.34
LONGEST_LABEL = 42
LEAST_LEFT, LEAST_ROW, LABELS = 2.0, 0.27, 0.8  # inches below the header
LINE = 14  # points from one line of the header to the next

# Tried after DejaVu Sans, which has no Chinese, Japanese, Korean, Thai or Hindi.
OTHER_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Yu Gothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Nirmala UI",
    "Leelawadee UI",
    "Segoe UI Symbol",
    "Noto Emoji",
    "Arial Unicode MS",
)
MISSING_GLYPH = "□"


@cache
def fonts() -> tuple[str, ...]:
    """Return the font families to draw with, those installed only."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return ("DejaVu Sans", *(name for name in OTHER_FONTS if name in installed))


@contextmanager
def style() -> Iterator[None]:
    """Draw in mediakit's style inside the block; the global style stays as it was."""
    settings = {
        "font.family": list(fonts()),
        "font.size": 12,
        "text.color": INK,
        "text.parse_math": False,
        "figure.constrained_layout.h_pad": 0.12,
        "figure.constrained_layout.w_pad": 0.12,
        "axes.titlesize": 14,
        "axes.titleweight": "bold",
        "axes.labelcolor": INK,
        "axes.edgecolor": GREY,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": PALE,
        "grid.linewidth": 0.8,
        "lines.linewidth": now().line,
        "lines.markersize": now().marker,
        "legend.frameon": False,
        "pdf.fonttype": 42,
    }
    with plt.style.context(["default", settings]):
        yield


def look(place: int) -> dict:
    """Return colour, marker and line style of the series number `place`."""
    return {
        "color": COLOURS[place % len(COLOURS)],
        "marker": MARKERS[place % len(MARKERS)],
        "linestyle": LINES[place % len(LINES)],
    }


def axes_for(ax: Axes | None, *, height: float) -> Axes:
    """Return `ax`, or the Axes of a new figure `height` inches high on a page."""
    if ax is None:
        size = (now().width, now().high(height))
        return plt.subplots(figsize=size, layout="constrained")[1]
    if not isinstance(ax, Axes):
        raise MediakitError(
            f"`ax` must be a matplotlib Axes, got {type(ax).__name__}; "
            "take one from plt.subplots() or leave it out."
        )
    return ax


def blank(ax: Axes | None, sentence: str) -> Axes:
    """Write one sentence where there is nothing to draw."""
    ax = axes_for(ax, height=rows_high(0))
    ax.set_axis_off()
    ax.text(0.5, 0.5, sentence, ha="center", va="center", transform=ax.transAxes)
    return ax


def inches_wide(ax: Axes) -> float:
    """Return the width of the Axes now, before labels yet to come."""
    return ax.get_window_extent().width / ax.get_figure(root=True).dpi


def legend(ax: Axes) -> None:
    """Name the series to the right of the Axes, where nothing is drawn."""
    handles, names = ax.get_legend_handles_labels()
    wrapped = [textwrap.fill(name, 24) for name in names]
    ax.legend(
        handles, wrapped, loc="upper left", bbox_to_anchor=(1.01, 1), handlelength=3
    )


def header(
    ax: Axes, title: str, lines: Iterable[str], *, gap: float = 0, rows: int = 0
) -> None:
    """Write title and subtitle left above the Axes, `gap` points higher.

    The figure grows where little would be left below them, for `rows` or for a line; on
    a wall notes go first.
    """
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()  # only now is the width left beside labels known
    inches = inches_wide(ax)
    if len(figure.axes) == 1:  # then the space beside it is free as well
        inches = figure.get_figwidth() * (1 - ax.get_position().x0)
    title = textwrap.fill(_boxed(one_line(title)), int(inches * 8))
    above = gap + 12 + 20 * (1 + title.count("\n"))
    least = max(LEAST_LEFT, LABELS + LEAST_ROW * rows)
    lines = [_boxed(line).replace(" %", "\u00a0%") for line in lines]
    room = (now().height - least) * 72 - above if now().height else np.inf
    wrapped = _fitting(lines, int(inches * 12), room / LINE)
    ax.annotate(
        "\n".join(wrapped),
        (0, 1),
        xycoords="axes fraction",
        xytext=(0, gap + 7),
        textcoords="offset points",
        va="bottom",
        fontsize=10.5,
        color=GREY,
        linespacing=1.3,
    )
    ax.set_title(title, loc="left", pad=gap + 12 + LINE * len(wrapped))
    left = figure.get_figheight() - (above + LINE * len(wrapped)) / 72
    if left < least and len(figure.axes) == 1:
        figure.set_figheight(figure.get_figheight() + least - left)


def _fitting(lines: list[str], letters: int, most: float) -> list[str]:
    """Wrap lines; of notes only as many as fit, and say how many there are besides."""
    notes = [line for line in lines if line.startswith("Note: ")]
    for left in range(len(notes) + 1):
        gone = notes[len(notes) - left :]
        kept = [line for line in lines if line not in gone]
        if left:
            kept += [f"{left} {'notes' if left > 1 else 'note'} with the table."]
        wrapped = [part for line in kept for part in textwrap.wrap(line, letters)]
        if len(wrapped) <= most:
            break
    return wrapped


def row_axis(ax: Axes, labels: list[str]) -> None:
    """Give each row of dots its label, the first on top."""
    ax.set_yticks(range(len(labels)), drawable(labels))
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.grid(axis="x")


def literal(ax: Axes) -> None:
    """Make every text of `ax` plain: a dollar sign is a dollar sign, no formula."""
    for text in ax.findobj(Text):
        text.set_parse_math(False)
        text.set_fontfamily(list(fonts()))


def drawable(labels: Iterable[str]) -> list[str]:
    """Return labels fit to draw: one line, shortened, unknown characters as boxes.

    Warns once if no installed font has some of the characters.
    """
    clean = [_shortened(one_line(str(label))) for label in labels]
    boxed = [_boxed(label) for label in clean]
    lost = [label for label, drawn in zip(clean, boxed, strict=True) if label != drawn]
    if lost:
        warnings.warn(
            f"no installed font can draw {len(lost)} of {len(clean)} labels, "
            f"such as {lost[0]!r}; they are drawn as boxes and are whole in the "
            "table and the alt text. Install a font such as Noto Sans CJK.",
            MediakitWarning,
            stacklevel=5,
        )
    return boxed


def written(text: str) -> str:
    """Return a name on one line as it is, however long; unknown characters as boxes."""
    return _boxed(one_line(str(text)))


def _boxed(text: str) -> str:
    known = _characters()
    return "".join(c if c in known or c == "\n" else MISSING_GLYPH for c in text)


def _shortened(label: str) -> str:
    cut = label[: LONGEST_LABEL - 1].rstrip() + "…"
    return label if len(label) <= LONGEST_LABEL else cut


@cache
def _characters() -> frozenset[str]:
    """Return every character that the fonts in use can draw."""
    paths = [font_manager.findfont(name) for name in fonts()]
    codes = set().union(*(font_manager.get_font(path).get_charmap() for path in paths))
    return frozenset(map(chr, codes))


def rows_high(rows: int) -> float:
    """Return the height in inches of a figure with this many rows."""
    return max(3.2, 2.1 + ROW * rows)
