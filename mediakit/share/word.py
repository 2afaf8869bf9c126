"""The tables of a report as one Word document, for whoever writes in Word."""

import re
from pathlib import Path

from mediakit.errors import MediakitError
from mediakit.show.plain import in_plain_words
from mediakit.show.tables import read_table

FILE = "tables.docx"
MOST_ROWS = 50
ILLEGAL = re.compile(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MISSING = (
    "Word tables were not written: python -m pip install 'mediakit[documents]' adds "
    "what writes them."
)


def write_word(tables: Path, file: Path) -> bool:
    """Write the tables of a folder; return False if python-docx is not there.

    Each table has its first 50 rows, as a reader would say them, and its notes; the
    CSV beside it has all.
    """
    try:
        from docx import Document
    except ModuleNotFoundError:
        return False
    document = Document()
    document.add_heading("Tables", 0)
    for number, path in enumerate(sorted(tables.glob("*.csv")), 1):
        table = read_table(path)
        document.add_heading(f"Table {number}. {_said(path.stem)}", 2)
        _add(document, _plain(table).head(MOST_ROWS))
        notes = list(table.attrs.get("mediakit", {}).get("notes", []))
        if len(table) > MOST_ROWS:
            notes.append(
                f"the first {MOST_ROWS} of {len(table):,} rows; all: {path.name}"
            )
        for note in notes:
            document.add_paragraph(_said(f"Note: {note}"))
    document.save(str(file))
    return True


def _plain(table):
    try:
        return in_plain_words(table)
    except MediakitError:
        return table


def _add(document, table) -> None:
    grid = document.add_table(rows=1, cols=table.shape[1], style="Light Grid Accent 1")
    for cell, name in zip(grid.rows[0].cells, table, strict=True):
        cell.text = _said(name)
    for row in table.itertuples(index=False):
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = "" if value != value else _said(value)


def _said(value) -> str:
    """Return text that XML can hold; a number with four digits that count."""
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return ILLEGAL.sub("�", text)
