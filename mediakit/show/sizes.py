"""figure_style: how large figures are, for a page or for a wall, said once for all."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from mediakit.errors import check_choice


@dataclass(frozen=True)
class Size:
    """How large a figure is drawn, in inches, and how finely it is saved.

    `height` is the least, `most_rows` how many items are shown unless more are named.
    """

    width: float
    height: float
    most_rows: int
    dpi: int
    screen_dpi: int
    line: float
    marker: float

    def high(self, height: float) -> float:
        """Return the height for a figure that takes `height` on a page."""
        return max(self.height, height - self.spare) if self.height else height

    @property
    def spare(self) -> float:
        """Inches of air around a page's figure that a slide does without."""
        return 0.7


SIZES = {
    "page": Size(9.0, 0.0, 1_000_000, 300, 110, 2.0, 7.5),
    "projector": Size(8.0, 4.5, 8, 240, 150, 2.4, 8.0),
}
_chosen = ["page"]


class Chosen(AbstractContextManager):
    """The style that holds from now on; at the end of a ``with`` the one before."""

    def __init__(self, before: str):
        self._before = before

    def __exit__(self, *_) -> None:
        _chosen[0] = self._before


def figure_style(size: str) -> Chosen:
    """Draw all figures from now on for a page, or for a wall.

    Letters of a slide are read from the last row. So a figure for the projector is
    a slide in itself: wide, low, with few rows, thick lines and large letters.

    Parameters
    ----------
    size : {"page", "projector"}
        "page" is 9 inches wide, as high as its rows need, and saved with 300 dots per
        inch. "projector" is 16 to 9, saved as 1,920 by 1,080 dots; where its smallest
        letters stand, a slide 7.5 inches high has letters of 16 points.

    Returns
    -------
    context manager
        To be ignored, or used by ``with``, after which the size is as it was before.

    Raises
    ------
    MediakitError
        If `size` is another.

    Notes
    -----
    For the projector a plot that chooses its rows shows at most eight and says how
    many there are; name `items` for others. A side of three outlets or more is named
    by its first, and notes that would make the figure higher than 16 to 9 are counted
    on it; whole names and all notes stand with the table. A figure still grows where
    its rows or its first lines need the room. When not to use it: for a paper, in which
    a reader can look closer, and should.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> counts = pd.DataFrame({"outlet": ["A", "B"], "tax": [1, 3], "words": 500})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> with mk.figure_style("projector"):
    ...     ax = mk.plot_summary(mk.summarise(measure, by="outlet"))
    >>> ax.figure.get_size_inches().tolist()
    [8.0, 4.5]
    """
    check_choice("size", size, list(SIZES))
    back = Chosen(_chosen[0])
    _chosen[0] = size
    return back


def now() -> Size:
    """Return the size that holds now."""
    return SIZES[_chosen[0]]


def short_side(label: str) -> str:
    """Return the name of a side, on a wall cut to its first outlet if it has many.

    Examples
    --------
    >>> with figure_style("projector"):
    ...     short_side("Xinhua + CGTN + China Daily"), short_side("Xinhua + CGTN")
    ('Xinhua + 2 more', 'Xinhua + CGTN')
    >>> short_side("Xinhua + CGTN + China Daily")
    'Xinhua + CGTN + China Daily'
    """
    first, *more = label.split(" + ")
    return f"{first} + {len(more)} more" if now().height and len(more) > 1 else label
