"""`mediakit lab, docs`: the notebooks opened, and the pages that explain them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.cli.printing import example


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
) -> None:
    """Copy the notebooks into a folder of your own and open them in JupyterLab.

    What is there already is left as it is, so your answers are safe.
    """
    from mediakit.share.lesson_copies import copy_lessons

    for path in copy_lessons(folder, edition=edition):
        typer.echo(f"Written: {path}", err=True)
    if open_:
        import jupyterlab  # noqa: F401 - says in one sentence that it is missing

        root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(folder)]
        done = subprocess.run(command + ["--allow-root"] * root, check=False)
        raise typer.Exit(done.returncode)
