"""The `mediakit` command: thin, every word of it a call into the package.

A mistake in the input is one plain sentence on stderr and exit code 2.
"""

import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer

import mediakit
from mediakit.errors import MediakitError, MediakitWarning

EXTRA = {"nbclient", "nbconvert", "nbformat"}

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def about() -> None:
    """Compare how news outlets cover the world; see also `python -m pydoc mediakit`."""


@app.command()
def version() -> None:
    """Say which mediakit this is."""
    typer.echo(f"mediakit {mediakit.__version__}")


@app.command()
def warm() -> None:
    """Compile the loops now, so that no first call has to wait for it."""
    from mediakit import kernels
    from mediakit.share.warm import compile_loops

    if not kernels.COMPILED:
        typer.echo("Nothing to compile: numba is not installed.")
        return
    typer.echo(f"Compiled in {compile_loops():.0f} seconds; they are kept.")


@app.command()
def study(
    articles: Annotated[
        str | None,
        typer.Option(help="Your own articles: a file or folder. Without: the samples."),
    ] = None,
    by: Annotated[
        str,
        typer.Option(help="The column to compare by, or a preset of the register."),
    ] = "outlet",
    a: Annotated[
        str | None, typer.Option(help="One side. Without: the value seen most.")
    ] = None,
    b: Annotated[
        str | None, typer.Option(help="The other side. Without: all the rest.")
    ] = None,
    words: Annotated[
        str | None,
        typer.Option(help="Words, wildcards or phrases to follow, as 'tax*,war'."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="A name in your file and ours, as 'Headline=title'; again."),
    ] = None,
    clean: Annotated[
        bool,
        typer.Option("--clean", help="Take datelines, captions and the like off."),
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="A notebook or study; may be given again.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path(
        "study-report"
    ),
    list_: Annotated[
        bool, typer.Option("--list", help="List notebooks and studies, run none.")
    ] = False,
) -> None:
    """Run the notebooks and write one HTML report of what they find."""
    from mediakit.share.own import OwnData
    from mediakit.share.study import list_notebooks, run_study

    if list_:
        typer.echo("\n".join(list_notebooks()))
        return
    own = None
    if articles is not None:
        chosen = tuple(
            word.strip() for word in (words or "").split(",") if word.strip()
        )
        columns = dict(map(_pair, column or []))
        own = OwnData(articles, by, a, b, chosen, columns, clean)
    elif a or b or words or column or clean:
        raise MediakitError("--a, --b, --words, --column and --clean need --articles.")
    page = run_study(only or [], out=out, own=own)
    typer.echo(f"The report: {page.resolve()}")


def _pair(text: str) -> tuple[str, str]:
    theirs, equals, ours = text.rpartition("=")
    if not equals or not theirs.strip():
        raise MediakitError(
            f"--column needs a name in your file and ours, as 'Headline=title', "
            f"got {text!r}."
        )
    return theirs.strip(), ours.strip()


def main() -> None:
    """Run the command."""
    warnings.showwarning = _warn
    try:
        app()
    except MediakitError as error:
        _stop(str(error))
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        _stop("this needs Jupyter: python -m pip install 'mediakit[notebooks]'")
    except OSError as error:
        _stop(f"{error.filename or 'a file'}: {error.strerror or error}.")


def _stop(message: str) -> None:
    typer.echo(f"mediakit: {message}", err=True)
    sys.exit(2)


def _warn(message, category, filename, lineno, file=None, line=None):
    if issubclass(category, MediakitWarning):
        typer.echo(f"Note: {message}", err=True)


if __name__ == "__main__":
    main()
