"""`mediakit new, derive, verify, replicate, diff`: a study shared and checked."""

from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.cli.printing import AsJson, example, say, tell_program
from mediakit.cli.sources import Clean, read
from mediakit.errors import MediakitError


@app.command(epilog=example("mediakit new my_study"))
def new(
    name: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    as_json: AsJson = False,
) -> None:
    """Lay out a study of your own: forms, notebooks, and where the articles go."""
    from mediakit.share.new import new_study

    files = new_study(name)
    if as_json:
        tell_program(folder=str(name), files=files)
        return
    typer.echo("\n".join(f"{name}/{file}" for file in files))
    typer.echo(f"Read {name / 'README.md'} first. Articles go into {name / 'data'}.")


@app.command(epilog=example("mediakit derive my_export.csv --out derived"))
def derive(
    articles: Annotated[
        Path | None, typer.Argument(help="Articles. Without: the study in this folder.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where it goes.")] = Path("derived"),
    bag: Annotated[
        str,
        typer.Option(help="'article', 'bag of headlines' or 'bag of stories' a row."),
    ] = "article",
    clean: Clean = False,
    as_json: AsJson = False,
) -> None:
    """Write what may be shared: counts and sums, no texts, titles or order."""
    import mediakit as mk

    tables = None
    if articles is None:
        from mediakit.share.study_derived import derive_study

        report, tables = derive_study(Path("."), out, bag=bag)
    else:
        corpus = mk.tokenize(read(articles, clean=clean))
        corpus = corpus.only("title") if bag == "bag of headlines" else corpus
        report = mk.derive(corpus, out, bag=bag)
    dropped = report.attrs["mediakit"].get("dropped", [])
    if as_json:
        rows = [] if tables is None else tables.to_dict("records")
        extra = {"folder": str(out), "tables": rows, "dropped": dropped}
        say(report, as_json=True, extra=extra)
        return
    for one in dropped:
        typer.echo(f"Withheld: {one['rows']:,} of {one['outlet']} ({one['why']})")
    say(report, as_json=False)
    if tables is not None:
        say(tables, as_json=False)
    typer.echo(f"Written: {out.resolve()}. Check it with: mediakit verify {out}")


@app.command(epilog=example("mediakit verify derived"))
def verify(
    package: Annotated[Path, typer.Argument(help="What `mediakit derive` wrote.")],
    articles: Annotated[
        Path | None, typer.Option(help="The texts as they can be had today (level 2).")
    ] = None,
    clean: Clean = False,
    rerun: Annotated[bool, typer.Option(help="Make the tables again.")] = True,
    as_json: AsJson = False,
) -> None:
    """Check a derived corpus and make its tables again; 1 if anything differs."""
    import mediakit as mk

    texts = None if articles is None else read(articles, clean=clean)
    report = mk.verify(package, rerun=rerun, articles=texts)
    if as_json:
        say(report, as_json=True, extra=report.attrs["mediakit"])
    else:
        for line in report.itertuples():
            mark = "ok     " if line.ok else "DIFFERS"
            typer.echo(f"{mark} {line.level} {line.check}: {line.detail}")
    raise typer.Exit(0 if report["ok"].all() else 1)


@app.command(epilog=example("mediakit replicate derived new_export.csv"))
def replicate(
    package: Annotated[Path, typer.Argument(help="What `mediakit derive` wrote.")],
    articles: Annotated[Path, typer.Argument(help="Other articles (level 3).")],
    out: Annotated[Path, typer.Option(help="Folder for tables.")] = Path("replication"),
    clean: Clean = False,
    as_json: AsJson = False,
) -> None:
    """Ask the questions of a derived corpus of a new sample."""
    import mediakit as mk

    tables = mk.replicate(mk.tokenize(read(articles, clean=clean)), package)
    if out.exists():
        raise MediakitError(f"{str(out)!r} exists already; choose another folder.")
    for name, table in tables.items():
        mk.save_table(table, out / "tables" / f"{name}.csv")
    if as_json:
        tell_program(folder=str(out), tables=sorted(tables))
        return
    typer.echo(f"{len(tables)} tables: {out.resolve()}")
    typer.echo(f"Hold them beside the first: mediakit diff {package} {out}")


@app.command(epilog=example("mediakit diff study-report other-report"))
def diff(
    before: Annotated[Path, typer.Argument(help="A report or a derived corpus.")],
    after: Annotated[Path, typer.Argument(help="Another.")],
    tolerance: Annotated[
        float, typer.Option(help="How far two decimal numbers may lie apart.")
    ] = 1e-9,
    as_json: AsJson = False,
) -> None:
    """List the numbers that differ between two runs; 1 if there are any."""
    from mediakit.share.diff import diff_runs

    found = diff_runs(before, after, tolerance=tolerance)
    record = found.attrs["mediakit"]
    say(found, as_json=as_json, extra=record)
    if not as_json:
        typer.echo(
            f"{len(found):,} differences in {record['cells']:,} cells of "
            f"{record['tables']} tables; decimal numbers within {tolerance:g} of the "
            "larger pass for equal."
        )
        for name, (one, two) in record["versions"].items():
            typer.echo(f"{name}: {one or 'not named'} then, {two or 'not named'} now")
    raise typer.Exit(0 if found.empty else 1)
