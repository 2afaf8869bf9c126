"""`mediakit lab`: the notebooks, copied and opened."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.cli.printing import AsJson, example, tell_program


@app.command(epilog=example("mediakit lab", "mediakit lab my_study --no-open"))
def lab(
    folder: Annotated[
        Path, typer.Argument(help="Where the notebooks are, or are to be copied.")
    ] = Path("mediakit-notebooks"),
    edition: Annotated[
        str, typer.Option(help="student, or teacher: with solutions.")
    ] = "student",
    open_: Annotated[
        bool, typer.Option("--open/--no-open", help="Open JupyterLab, or only copy.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Copy the notebooks into a folder of your own and open them in JupyterLab.

    What is there already is left as it is, so your answers are safe.
    """
    from mediakit.share.lesson_copies import copy_lessons

    written = copy_lessons(folder, edition=edition)
    for path in written:
        typer.echo(f"Written: {path}", err=True)
    if as_json:
        tell_program(folder=str(folder), files=[path.name for path in written])
    if open_:
        import jupyterlab  # noqa: F401 - says in one sentence that it is missing

        root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(folder)]
        done = subprocess.run(command + ["--allow-root"] * root, check=False)
        raise typer.Exit(done.returncode)
