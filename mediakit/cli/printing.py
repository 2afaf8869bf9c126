"""What the command prints: tables for people, JSON for programs, files for keeping.

Article text is somebody else's: signs that a terminal would obey are taken out.
"""

import json
from pathlib import Path
from typing import Annotated

import typer

from mediakit.errors import OBEYED

MOST_SHOWN = 40
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]
Table = Annotated[
    Path | None, typer.Option("--out", help="Keep the whole table: a name in .csv.")
]
Figure = Annotated[
    Path | None, typer.Option(help="Draw it: a name in .png or .pdf, with alt text.")
]


def example(*lines: str) -> str:
    """Return the last lines of a help page."""
    return "\n\n".join(["For example:", *lines])


def plain(text: str) -> str:
    r"""Return text that no terminal takes for an order, on one line.

    Examples
    --------
    >>> plain("Dam\x1b[2J opens\n")
    'Dam [2J opens'
    """
    return " ".join(OBEYED.sub(" ", text).split())


def tell(text: str) -> None:
    """Print a line for people."""
    typer.echo(plain(text))


def tell_program(**said) -> None:
    """Print what a program wants to know, as JSON."""
    typer.echo(json.dumps(said))


def say(table, *, as_json: bool, extra: dict | None = None, most=MOST_SHOWN) -> None:
    """Print a table, for people or for a program."""
    if as_json:
        rows = json.loads(table.to_json(orient="records", date_format="iso"))
        tell_program(rows=rows, **(extra or {}))
    elif len(table):
        shown = table.head(most).copy()
        for name in shown.select_dtypes(["str", "object"]):
            shown[name] = shown[name].map(_cell)
        shown.columns = [plain(str(name)) for name in shown.columns]
        typer.echo(shown.to_string(index=False))
        if len(table) > most:
            typer.echo(f"and {len(table) - most:,} more rows; --json gives all.")


def _cell(value) -> str:
    if isinstance(value, str):
        return plain(value)
    return plain(str(value)) if isinstance(value, (list, dict)) else value


def keep(table, out: Path | None, drawn, figure: Path | None) -> None:
    """Save the table and the figure that were asked for, and say where."""
    import mediakit as mk

    paths = [] if out is None else mk.save_table(table, out)
    if figure is not None:
        import matplotlib as mpl

        mpl.use("Agg")
        paths += mk.save_figure(drawn(table), figure)
    for path in paths:
        typer.echo(f"Written: {path}", err=True)
