"""`mediakit study`: the notebooks as one report."""

from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.errors import MediakitError


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
    """Run the notebooks and write one HTML report of what they find.

    In a folder that `mediakit new` made: run that study. Only what changed is run.
    """
    from mediakit.share.folder import STUDY, run_folder
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
    elif Path(STUDY).is_file():
        page, ran = run_folder(".")
        typer.echo(f"Run anew: {', '.join(ran) or 'nothing, all of it was known'}.")
        typer.echo(f"The report: {page.resolve()}")
        return
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
