"""Figures leave the notebook with their words and numbers: alt text and table."""

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mediakit.errors import MediakitError
from mediakit.show.captions import drawn_on
from mediakit.show.files import new_files, path_for
from mediakit.show.sizes import now
from mediakit.show.style import style
from mediakit.show.tables import save_table


def save_figure(
    figure: Axes, path: str | Path, *, alt: str | None = None
) -> list[Path]:
    """Save a figure for print and screen, with alt text and the table behind it.

    Parameters
    ----------
    figure : Axes
        A plot; the whole figure it stands in is saved.
    path : str or Path
        Without suffix, as "figures/words", PDF and PNG are written; with ".pdf" or
        ".png" only that. Missing folders are made.
    alt : str, optional
        Alt text; by default what `describe` says of every plot in the figure.
        Required for a figure that mediakit did not draw.

    Returns
    -------
    list of Path
        The PDF (text stays text), the PNG (of the size that `figure_style` set), the
        alt text as .txt, and for each plot of mediakit the rows it shows as by
        `save_table` (".csv" and ".csv.json"; numbered if there are several).

    Raises
    ------
    MediakitError
        If the suffix is another, there is no alt text, or a file cannot be written.

    Notes
    -----
    The alt text also stands inside the files: PNG "Description", PDF "Subject". No
    date is stored, so the same figure gives the same bytes. Every file is whole or
    absent. When not to use it: for figures of articles' text or faces; those need
    the publisher's consent, not a suffix.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> from mediakit.show.summary import plot_summary
    >>> counts = pd.DataFrame({"outlet": ["A", "B"], "tax": [1, 3], "words": 500})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> ax = plot_summary(mk.summarise(measure, by="outlet"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save_figure(ax, folder + "/tax")
    >>> [path.name for path in paths]
    ['tax.pdf', 'tax.png', 'tax.txt', 'tax.csv', 'tax.csv.json']
    """
    whole = _figure_of(figure)
    path = path_for(path, (".pdf", ".png", ""))
    alt = _alt_of(whole, alt)
    suffixes = [path.suffix] if path.suffix else [".pdf", ".png"]
    paths = [path.with_suffix(suffix) for suffix in [*suffixes, ".txt"]]
    with new_files(*paths) as parts:
        for part, suffix in zip(parts, suffixes, strict=False):
            _write(whole, part, suffix.lower()[1:], alt)
        parts[-1].write_text(alt + "\n", encoding="utf-8")
    tables = [known.table for known in map(drawn_on, whole.axes) if known]
    for place, table in enumerate(tables, start=1):
        name = path.stem + (f"_{place}" if len(tables) > 1 else "") + ".csv"
        paths += save_table(table, path.with_name(name))
    return paths


def _figure_of(ax: Axes) -> Figure:
    if not isinstance(ax, Axes):
        raise MediakitError(
            f"`ax` must be a matplotlib Axes, as every plot_ function returns, got "
            f"{type(ax).__name__}."
        )
    return ax.get_figure(root=True)


def _alt_of(figure: Figure, alt: str | None) -> str:
    if alt is None:
        alt = "\n".join(known.alt for known in map(drawn_on, figure.axes) if known)
    if not isinstance(alt, str) or not alt.strip():
        raise MediakitError(
            "a figure needs alt text for readers who cannot see it; say in `alt` what "
            "it shows, with its numbers."
        )
    return alt.strip()


def _write(figure: Figure, part: Path, kind: str, alt: str) -> None:
    title = "\n".join(filter(None, (ax.get_title("left") for ax in figure.axes)))
    metadata = {"Title": title, "Description": alt}
    if kind == "pdf":
        metadata = {"Title": title, "Subject": alt, "CreationDate": None}
    whole_slide = now().height > 0
    with style():
        figure.savefig(
            part,
            format=kind,
            dpi=now().dpi,
            metadata=metadata,
            bbox_inches=None if whole_slide else "tight",
        )
