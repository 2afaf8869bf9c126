"""`mediakit doctor`: look whether this installation is sound."""

from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.cli.printing import example
from mediakit.share.doctor import examine, told, verdict


@app.command(epilog=example("mediakit doctor", "mediakit doctor --json"))
def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for a program.")
    ] = False,
) -> None:
    """Check this installation in plain words; 1 if something is broken.

    If this command does not start: python -m mediakit.share.doctor
    """
    findings = examine()
    typer.echo(told(findings, as_json=as_json))
    raise typer.Exit(verdict(findings)[0])
