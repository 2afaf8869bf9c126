"""`mediakit new, derive, verify, replicate, diff`: a study shared and checked."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.errors import MediakitError

MOST_SHOWN = 40
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]


def say(table, *, as_json: bool, extra: dict | None = None) -> None:
    """Print a table, for people or for a program."""
    if as_json:
        rows = json.loads(table.to_json(orient="records", date_format="iso"))
        typer.echo(json.dumps({"rows": rows, **(extra or {})}, ensure_ascii=False))
    elif len(table):
        typer.echo(table.head(MOST_SHOWN).to_string(index=False))
        if len(table) > MOST_SHOWN:
            typer.echo(f"and {len(table) - MOST_SHOWN:,} more rows; --json gives all.")


@app.command()
def new(
    name: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
) -> None:
    """Lay out a study of your own: forms, notebooks, and where the articles go."""
    from mediakit.share.new import new_study

    files = new_study(name)
    typer.echo("\n".join(f"{name}/{file}" for file in files))
    typer.echo(f"Read {name / 'README.md'} first. Articles go into {name / 'data'}.")


@app.command()
def derive(
    articles: Annotated[
        Path | None, typer.Argument(help="Articles. Without: the study in this folder.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where it goes.")] = Path("derived"),
    bag: Annotated[
        str,
        typer.Option(help="'article', 'bag of headlines' or 'bag of stories' a row."),
    ] = "article",
    clean: Annotated[
        bool, typer.Option("--clean", help="Take datelines, captions and the like off.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write what may be shared: counts and sums, no texts, titles or order."""
    import mediakit as mk

    tables = None
    if articles is None:
        from mediakit.share.study_derived import derive_study

        report, tables = derive_study(Path("."), out, bag=bag)
    else:
        read = mk.read_articles(articles)
        if clean:
            read = mk.clean_boilerplate(mk.clean_text(read))
        corpus = mk.tokenize(read)
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


@app.command()
def verify(
    package: Annotated[Path, typer.Argument(help="What `mediakit derive` wrote.")],
    articles: Annotated[
        Path | None, typer.Option(help="The texts as they can be had today (level 2).")
    ] = None,
    clean: Annotated[
        bool, typer.Option("--clean", help="Clean them as a study does.")
    ] = False,
    rerun: Annotated[bool, typer.Option(help="Make the tables again.")] = True,
    as_json: AsJson = False,
) -> None:
    """Check a derived corpus and make its tables again; 1 if anything differs."""
    import mediakit as mk

    texts = None
    if articles is not None:
        texts = mk.read_articles(articles)
        if clean:
            texts = mk.clean_boilerplate(mk.clean_text(texts))
    report = mk.verify(package, rerun=rerun, articles=texts)
    if as_json:
        say(report, as_json=True, extra=report.attrs["mediakit"])
    else:
        for line in report.itertuples():
            mark = "ok     " if line.ok else "DIFFERS"
            typer.echo(f"{mark} {line.level} {line.check}: {line.detail}")
    raise typer.Exit(0 if report["ok"].all() else 1)


@app.command()
def replicate(
    package: Annotated[Path, typer.Argument(help="What `mediakit derive` wrote.")],
    articles: Annotated[Path, typer.Argument(help="Other articles (level 3).")],
    out: Annotated[Path, typer.Option(help="Folder for tables.")] = Path("replication"),
    clean: Annotated[
        bool, typer.Option("--clean", help="Take datelines, captions and the like off.")
    ] = False,
) -> None:
    """Ask the questions of a derived corpus of a new sample."""
    import mediakit as mk

    read = mk.read_articles(articles)
    if clean:
        read = mk.clean_boilerplate(mk.clean_text(read))
    tables = mk.replicate(mk.tokenize(read), package)
    if out.exists():
        raise MediakitError(f"{str(out)!r} exists already; choose another folder.")
    for name, table in tables.items():
        mk.save_table(table, out / "tables" / f"{name}.csv")
    typer.echo(f"{len(tables)} tables: {out.resolve()}")
    typer.echo(f"Hold them beside the first: mediakit diff {package} {out}")


@app.command()
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
