"""`mediakit course`: the lessons as editions, pages, sheets and plans."""

from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app


@app.command()
def course(
    only: Annotated[
        list[str] | None, typer.Option(help="A notebook; may be given again.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the course.")] = Path("course"),
) -> None:
    """Write the course: student, teacher and study editions, pages, sheets, plans."""
    from mediakit.share.course import write_course

    page = write_course(only or [], out=out)
    sizes = [one.stat().st_size for one in out.rglob("*") if one.is_file()]
    typer.echo(f"The course: {page.resolve()}")
    typer.echo(f"{len(sizes)} files, {sum(sizes) / 1e6:.0f} MB.")
