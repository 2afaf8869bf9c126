"""`mediakit course`: the lessons as editions, pages, sheets and plans."""

from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.cli.printing import example


@app.command(epilog=example("mediakit course", "mediakit course --usb stick"))
def course(
    only: Annotated[
        list[str] | None, typer.Option(help="A notebook; may be given again.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the course.")] = Path("course"),
    usb: Annotated[
        Path | None,
        typer.Option(help="Also a folder to install from without a network (2 GB)."),
    ] = None,
    here: Annotated[
        bool, typer.Option("--here", help="With --usb: for computers like this only.")
    ] = False,
) -> None:
    """Write the course: student, teacher and study editions, pages, sheets, plans."""
    from mediakit.share.course import write_course

    page = write_course(only or [], out=out)
    typer.echo(f"The course: {page.resolve()}, {_size(out)}.")
    if usb is not None:
        from mediakit.share.course_lock import TARGETS, like_this_one
        from mediakit.share.course_usb import write_usb

        targets = [like_this_one()] if here else TARGETS
        for row in write_usb(usb, targets=targets, course=out)["targets"]:
            more = f", without {', '.join(row['without'])}" if row["without"] else ""
            typer.echo(f"{row['target']}: {row['wheels']} wheels, {row['state']}{more}")
        typer.echo(f"The USB folder: {usb.resolve()}, {_size(usb)}. Read README.txt.")


def _size(folder: Path) -> str:
    sizes = [one.stat().st_size for one in folder.rglob("*") if one.is_file()]
    return f"{len(sizes)} files, {sum(sizes) / 1e6:,.0f} MB"
