"""`mediakit study`: the notebooks as one report."""

from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.cli.printing import AsJson, example, tell_program
from mediakit.cli.sources import Clean, Column, pairs, words_of
from mediakit.errors import MediakitError


@app.command(
    epilog=example(
        "mediakit study",
        "mediakit study --articles my_export.csv --a 'Outlet A' --words 'tax*,war'",
    )
)
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
    column: Column = None,
    clean: Clean = False,
    only: Annotated[
        list[str] | None, typer.Option(help="A notebook or study; may be given again.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path(
        "study-report"
    ),
    list_: Annotated[
        bool, typer.Option("--list", help="List notebooks and studies, run none.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run the notebooks and write one HTML report of what they find.

    In a folder that `mediakit new` made: run that study. Only what changed is run.
    """
    from mediakit.share.folder import STUDY, run_folder
    from mediakit.share.own import OwnData
    from mediakit.share.study import list_notebooks, run_study

    if list_:
        listed = list_notebooks()
        if as_json:
            tell_program(listed=listed)
        else:
            typer.echo("\n".join(listed))
        return
    own, ran = None, None
    if articles is not None:
        own = OwnData(articles, by, a, b, words_of(words), pairs(column), clean)
    elif a or b or words or column or clean:
        raise MediakitError("--a, --b, --words, --column and --clean need --articles.")
    if own is None and Path(STUDY).is_file():
        page, ran = run_folder(".")
    else:
        page = run_study(only or [], out=out, own=own)
    if as_json:
        tell_program(report=str(page), ran=ran)
        return
    if ran is not None:
        typer.echo(f"Run anew: {', '.join(ran) or 'nothing, all of it was known'}.")
    typer.echo(f"The report: {page.resolve()}")
