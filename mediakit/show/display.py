"""Figures and tables as a notebook shows them: with alt text, numbers and source.

What is shown carries its table along, so a report can give every number as a file.
"""

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from mediakit.errors import MediakitError, check_frame
from mediakit.show.about import about, said_of_itself
from mediakit.show.captions import describe, drawn_on
from mediakit.show.methods_text import methods_text
from mediakit.show.plain import IN_WORDS, in_plain_words
from mediakit.show.pointing import picture
from mediakit.show.tables import save_table
from mediakit.show.widget_files import visible
from mediakit.show.words import number

MIME = "application/vnd.mediakit.shown+json"
MOST_ROWS = 100
MOST_KEPT = 1_000
ALPHA = 0.05
CONSTRUCTED = "Constructed data: an invented world, not real coverage."


@dataclass(frozen=True)
class Shown:
    """What a notebook cell displays, and what a report takes from it."""

    page: str
    text: str
    name: str
    csv: str
    sidecar: dict

    def _repr_mimebundle_(self, include=None, exclude=None):
        kept = {"name": self.name, "csv": self.csv, "sidecar": self.sidecar}
        return {"text/html": self.page, "text/plain": self.text, MIME: kept}


def show_figure(figure: Axes, *, name: str, alt: str | None = None) -> Shown:
    """Show a plot with its text for those who cannot see it, and its numbers.

    Where a plot has marks for rows (a trend, a comparison, a summary, a heat map, the
    ways of a multiverse, a strip of tone), pointing at one, or reaching it by Tab and
    the arrow keys, says its numbers in words. This needs no script and no kernel.

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
    >>> shown.text[:54]
    'Rates with 95 % intervals: biased, per 1,000 units. 2 '
    """
    if not isinstance(figure, Axes):
        raise MediakitError(
            f"`figure` must be the Axes of a plot, got {type(figure).__name__}."
        )
    drawn = drawn_on(figure)
    alt = alt or describe(figure)
    image = picture(figure.get_figure(root=True), alt)
    plt.close(figure.get_figure(root=True))
    if drawn is None or drawn.table.empty:
        return Shown(f"<figure>{image}</figure>", alt, name, "", {})
    numbers = _page(*_readable(drawn.table, MOST_ROWS))
    page = (
        f"<figure>{image}<figcaption><details><summary>The numbers in this figure"
        f"</summary>{numbers}</details>{_methods(drawn.table)}</figcaption></figure>"
    )
    return Shown(visible(page), alt, name, *files_of(drawn.table, name))


def _methods(table: pd.DataFrame) -> str:
    """Return how the table was made, to open under a figure; nothing if unrecorded."""
    try:
        text = methods_text(table)
    except MediakitError:
        return ""
    lines = "<br>".join(map(html.escape, filter(None, text.split("\n"))))
    summary = "<summary>How this was measured, and whom to cite</summary>"
    return f"<details>{summary}<p>{lines}</p></details>"


def show_table(table: pd.DataFrame, *, name: str, rows: int = 20) -> Shown:
    """Show a table in plain words, and let a report give its numbers as a file.

    A table of `summarise`, `compare`, `keyness` or `trend` is shown as a reader would
    say it ("per 1,000 words", "at least 1.8 times as often"); the file keeps all
    columns. Any other table is shown as it is.

    Parameters
    ----------
    table : DataFrame
        Any table.
    name : str
        A short name; a report calls the file so.
    rows : int, default 20
        How many rows are displayed, from the first. The file holds up to 1,000; for
        all of a longer table use `save_table`.

    Returns
    -------
    Shown
        Displays itself as the last line of a cell.

    Raises
    ------
    MediakitError
        If a CSV could not hold the table; `save_table` says when.

    Notes
    -----
    For `keyness`, "key by G2" says whether log-likelihood calls the word a key word
    at a false discovery rate of 5 %, "key by articles" whether `compare` does. When
    not to use it: to compute with what is shown, which is rounded.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> print(mk.show_table(pd.DataFrame({"item": ["war"], "n": [5]}), name="n").text)
    item n
     war 5
    """
    check_frame("table", table)
    shown, notes = _readable(table, rows)
    text = "\n".join([shown.to_string(index=False), *notes])
    return Shown(_page(shown, notes), text, name, *files_of(table, name))


def _readable(table: pd.DataFrame, rows: int) -> tuple[pd.DataFrame, list[str]]:
    """Return the first rows in plain words, and what to know about them."""
    notes = [f"The first {rows:,} of {len(table):,} rows."] * (len(table) > rows)
    record = table.attrs.get("mediakit", {})
    if record.get("source", {}).get("constructed"):
        notes.append(CONSTRUCTED)
    try:
        notes += about(table, *IN_WORDS).notes
    except MediakitError:
        notes += [*record.get("notes", []), *said_of_itself(record)]
        return table.head(rows).apply(_said), notes
    table = table.head(rows)
    plain = _with_verdicts(in_plain_words(table), table)
    if "note" in plain:
        said = plain[plain["note"] != ""].groupby("note", sort=False)["item"]
        notes += [f"{', '.join(items)}: {note}." for note, items in said]
    return plain.drop(columns="note", errors="ignore"), notes


def _with_verdicts(plain: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Add to a table of `keyness` what either test says."""
    if "q_g2" in table:
        place = plain.columns.get_loc("interval") + 1
        plain.insert(place, "G2", table["g2_four_term"].map(number))
        plain.insert(place + 1, "key by G2", _verdict(table["q_g2"]))
        plain.insert(place + 2, "key by articles", _verdict(table["q"]))
    return plain


def _page(shown: pd.DataFrame, notes: list[str]) -> str:
    page = shown.to_html(index=False, border=0, na_rep="–", classes="shown")
    said = "".join(f"<p><small>{html.escape(note)}</small></p>" for note in notes)
    return visible(page + said)


def _verdict(q: pd.Series) -> list[str]:
    said = {True: "yes", False: "no"}
    return ["not tested" if x != x else said[x < ALPHA] for x in q]


def _said(column: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(column):
        return column.map(number, na_action="ignore")
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.dt.strftime("%Y-%m-%d")
    if pd.api.types.is_integer_dtype(column):
        return column.map("{:,}".format)
    return column


def files_of(table: pd.DataFrame, name: str) -> tuple[str, dict]:
    """Return what `save_table` writes of the first rows: the CSV and its sidecar."""
    kept = table.head(MOST_KEPT)
    kept.attrs = dict(table.attrs)
    if len(table) > len(kept):
        kept.attrs["rows_left_out"] = len(table) - len(kept)
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "table"
    with TemporaryDirectory() as place:
        paths = save_table(kept, Path(place) / f"{stem}.csv")
        csv, sidecar = (path.read_bytes().decode("utf-8") for path in paths)
    return csv, json.loads(sidecar)
