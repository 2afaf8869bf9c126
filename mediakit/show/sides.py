"""The axis of a comparison: sides named in words, ticks a reader need not convert."""

import math
import textwrap

from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from mediakit.show.sizes import now
from mediakit.show.style import COLOURS, inches_wide
from mediakit.show.words import number, times

AXIS = {
    "count": "times as often in {a} as in {b}",
    "share": "difference in percentage points",
    "mean": "difference",
}
LONG = 17  # doublings: beyond this, labels such as "1/65,536" take room
CLOSE = 3  # doublings: below this, whole powers of two leave the axis bare
ROUND = (1.01, 1.02, 1.05, 1.1, 1.2, 1.5, 2, 3, 4, 6)


def name_sides(ax, kind, names) -> float:
    """Write above each half which side it is; return the height this takes."""
    more = "higher" if kind == "mean" else "more"
    a, b = names
    half = int(4.8 * inches_wide(ax))
    said = f"← {more} in {b}", f"{more} in {a}\u00a0→"
    texts = [textwrap.fill(text, half).replace("\u00a0", " ") for text in said]
    for x, text, side in zip((0, 1), texts, ("left", "right"), strict=True):
        ax.annotate(
            text,
            (x, 1),
            xycoords="axes fraction",
            xytext=(0, 5),
            textcoords="offset points",
            ha=side,
            color=COLOURS[side == "left"],
            fontweight="bold",
            fontsize=11.5,
        )
    return 6 + 16 * (1 + max(text.count("\n") for text in texts))


def scale_ticks(ax, edges, kind, names) -> None:
    """Label the axis with ratios or differences, never with logarithms."""
    label = AXIS[kind].format(a=names[0], b=names[1])
    ax.set_xlabel(textwrap.fill(label, int(9 * inches_wide(ax))))
    if kind != "count":
        ax.xaxis.set_major_locator(MaxNLocator(7))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, 2)))
        return
    ax.xaxis.set_major_locator(FixedLocator(_places(*edges)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _ratio(x)))


def _places(low, high):
    """Return where to label an axis of log2 ratios: even steps, or round ratios."""
    if high - low >= CLOSE:
        labels = int(now().width) + 1
        if max(-low, high) >= LONG:
            labels -= 3
        step = math.ceil((high - low) / labels)
        first, last = math.ceil(low / step), math.floor(high / step)
        return [step * place for place in range(first, last + 1)]
    places = [0.0]
    for place in map(math.log2, ROUND):
        if place - places[-1] > (high - low) / 12:
            places += [place]
    both = places + [-place for place in places[1:]]
    return [place for place in both if low <= place <= high]


def _ratio(x):
    """Return 2**x as "8", "1/8" or, for no difference, "equal"."""
    return "equal" if x == 0 else times(2.0**x)
