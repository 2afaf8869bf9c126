"""save_coding: a coding on paper, and a CSV to type the codes into."""

from pathlib import Path

from mediakit.errors import MediakitError
from mediakit.show.cells import write_cells
from mediakit.show.coding_page import page_of
from mediakit.show.files import new_files, path_for
from mediakit.spreadsheets import guard
from mediakit.text.coding import Coding
from mediakit.text.coding_typed import columns_of

LONGEST_CELL = 32_000


def save_coding(coding: Coding, path: str | Path) -> list[Path]:
    """Save a coding as sheets: a page to print, and a CSV to type the codes into.

    What it is for: coding without a notebook, in a seminar room or on a train. The page
    has the codebook with all definitions, then each text with boxes to tick.

    Parameters
    ----------
    coding : Coding
        From `open_coding`.
    path : str or Path
        Of the page; must end in ".html". The CSV gets the same name. Missing folders
        are made; a file that is there is not written over.

    Returns
    -------
    list of Path
        The page and the CSV.

    Raises
    ------
    MediakitError
        If the suffix is another, or one of the two files is there: it may hold codes.

    Notes
    -----
    Put the CSV, filled in and named after the coder (or with her name in the column
    `coder`), into the folder of the coding: `read_codes` reads it with the rest. A
    spreadsheet may save it as .csv or .xlsx. Codes, labels or how they begin will do;
    what fits no category is reported with its row. The CSV shows the first 32,000
    characters of a text, which is what a cell holds; the page shows all.

    Examples
    --------
    See `read_codes`.
    """
    if not isinstance(coding, Coding):
        raise MediakitError(
            f"`coding` must be from `open_coding`, got {type(coding).__name__}."
        )
    path = path_for(path, (".html",))
    paths = [path, path.with_suffix(".csv")]
    for one in paths:
        if one.exists():
            raise MediakitError(
                f"{str(one)!r} is there and may hold codes; choose another name."
            )
    columns = ["coder", *coding.units.columns, *columns_of(coding.codebook)]
    blank = [""] * (len(columns) - 1 - len(coding.units.columns))
    rows = (
        ("", *(guard(cell[:LONGEST_CELL]) for cell in row), *blank)
        for row in coding.units.itertuples(index=False)
    )
    with new_files(*paths) as (page, sheet):
        page.write_text(page_of(coding), encoding="utf-8", newline="\n")
        write_cells(sheet, map(guard, columns), rows)
    return paths
