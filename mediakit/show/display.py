"""Figures and tables as a notebook shows them: with alt text, numbers and source.

What is shown carries its table along, so a report can give every number as a file.
"""

import base64
import html
import io
from dataclasses import dataclass

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from mediakit.errors import MediakitError, check_frame
from mediakit.show.captions import describe, drawn_on

MIME = "application/vnd.mediakit.shown+json"
DPI = 110
MOST_ROWS = 100
DIGITS = 4


@dataclass(frozen=True)
class Shown:
    """What a notebook cell displays, and what a report takes from it."""

    page: str
    alt: str
    name: str
    csv: str
    provenance: dict

    def _repr_mimebundle_(self, include=None, exclude=None):
        kept = {
            "name": self.name,
            "alt": self.alt,
            "csv": self.csv,
            "provenance": self.provenance,
        }
        return {"text/html": self.page, "text/plain": self.alt, MIME: kept}


def show_figure(figure: Axes, *, name: str, alt: str | None = None) -> Shown:
    """Show a plot with its text for those who cannot see it, and its numbers.

    Parameters
    ----------
    figure : Axes
        What a ``plot_`` function returned.
    name : str
        A short name; a report calls the files so.
    alt : str, optional
        Your own alt text; by default the one made from the numbers.

    Returns
    -------
    Shown
        Displays itself as the last line of a cell. The figure is closed.

    Raises
    ------
    MediakitError
        If the plot is not mediakit's and no `alt` is given.

    Notes
    -----
    For a paper or a slide use `save_figure`, which writes PDF and PNG.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> votes = pd.DataFrame({"outlet": ["A", "B"], "biased": [3, 1], "votes": [5, 5]})
    >>> measure = mk.as_measure(votes, value="biased", exposure="votes")
    >>> shown = mk.show_figure(mk.plot_summary(mk.summarise(measure)), name="votes")
    >>> shown.csv.splitlines()[0]
    'item,group,rate,low,high,value,exposure,articles,articles_with'
    """
    if not isinstance(figure, Axes):
        raise MediakitError(
            f"`figure` must be the Axes of a plot, got {type(figure).__name__}."
        )
    drawn = drawn_on(figure)
    alt = alt or describe(figure)
    table = pd.DataFrame() if drawn is None else drawn.table
    picture = io.BytesIO()
    figure.figure.savefig(picture, format="png", dpi=DPI, bbox_inches="tight")
    plt.close(figure.figure)
    data = base64.b64encode(picture.getvalue()).decode()
    image = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{data}">'
    numbers = "" if table.empty else _folded("The numbers behind it", _rows(table))
    page = f"<figure>{image}<figcaption>{numbers}</figcaption></figure>"
    return Shown(page, alt, name, _csv(table), table.attrs.get("mediakit", {}))


def show_table(table: pd.DataFrame, *, name: str) -> Shown:
    """Show a table, and let a report give all of it as a file.

    Parameters
    ----------
    table : DataFrame
        Any table; the first 100 rows are displayed.
    name : str
        A short name; a report calls the file so.

    Returns
    -------
    Shown
        Displays itself as the last line of a cell.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> mk.show_table(pd.DataFrame({"item": ["war"], "rate": [0.5]}), name="war").alt
    'Table of 1 rows: item, rate.'
    """
    check_frame("table", table)
    alt = f"Table of {len(table):,} rows: {', '.join(map(str, table.columns))}."
    record = table.attrs.get("mediakit", {})
    return Shown(_rows(table), alt, name, _csv(table), record)


def _rows(table: pd.DataFrame) -> str:
    shown = table.head(MOST_ROWS)
    page = shown.to_html(
        index=False, border=0, na_rep="–", float_format=lambda x: f"{x:.{DIGITS}g}"
    )
    left = len(table) - len(shown)
    return page + (f"<p>{left:,} more rows.</p>" if left else "")


def _folded(title: str, page: str) -> str:
    return f"<details><summary>{title}</summary>{page}</details>"


def _csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, lineterminator="\n") if table.columns.size else ""
