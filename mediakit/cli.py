"""The `mediakit` command: thin, every word of it a call into the package."""

import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer

import mediakit
from mediakit.errors import MediakitError, MediakitWarning

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def about() -> None:
    """Compare how news outlets cover the world; see also `python -m pydoc mediakit`."""


@app.command()
def version() -> None:
    """Say which mediakit this is."""
    typer.echo(f"mediakit {mediakit.__version__}")


@app.command()
def study(
    articles: Annotated[
        str | None,
        typer.Option(help="Your own articles: a file or folder. Without: the samples."),
    ] = None,
    by: Annotated[str, typer.Option(help="The column to compare by.")] = "outlet",
    a: Annotated[
        str | None, typer.Option(help="One side. Without: the value seen most.")
    ] = None,
    b: Annotated[
        str | None, typer.Option(help="The other side. Without: all the rest.")
    ] = None,
    words: Annotated[
        str | None, typer.Option(help="Words to follow, with commas between them.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="A notebook or study; may be given several times."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path(
        "study-report"
    ),
    list_: Annotated[
        bool, typer.Option("--list", help="List notebooks and studies, run none.")
    ] = False,
) -> None:
    """Run the notebooks and write one HTML report of what they find."""
    from mediakit.share import editions
    from mediakit.share.study import OwnData, run_study

    if list_:
        for name, path in editions.notebook_paths().items():
            notebook = editions.read_notebook(path)
            typer.echo(f"{name}: {editions.question_of(notebook)}")
        for name, notebook in editions.studies().items():
            typer.echo(f"{name}: study of your own articles (from {notebook})")
        return
    own = None
    if articles is not None:
        chosen = tuple(w.strip() for w in (words or "").split(",") if w.strip())
        own = OwnData(articles, by, a, b, chosen)
    page = run_study(only or [], out=out, own=own)
    typer.echo(f"The report: {page.resolve()}")


def main() -> None:
    """Run the command; a mistake in the input is one plain sentence and exit code 2."""
    warnings.showwarning = _warn
    try:
        app()
    except MediakitError as error:
        typer.echo(f"mediakit: {error}", err=True)
        sys.exit(2)


def _warn(message, category, filename, lineno, file=None, line=None):
    if issubclass(category, MediakitWarning):
        typer.echo(f"Note: {message}", err=True)


if __name__ == "__main__":
    main()
