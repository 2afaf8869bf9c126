"""`mediakit read, audit, tokenize`: from files to articles and a corpus."""

from pathlib import Path
from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.cli.printing import AsJson, example, say, tell
from mediakit.cli.sources import Clean, Column, Source, known_corpus
from mediakit.cli.sources import read as read_from
from mediakit.errors import MediakitError

Articles = Annotated[str, typer.Argument(help="A file, folder or archive of articles.")]


@app.command(epilog=example("mediakit read my_export.csv --column Headline=title"))
def read(
    articles: Articles,
    column: Column = None,
    format: Annotated[
        str | None, typer.Option(help="Where it cannot be told: 'csv', 'nexis' ...")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="As 'cp1252'; without: UTF-8.")
    ] = None,
    clean: Clean = False,
    out: Annotated[
        Path | None, typer.Option(help="Keep the articles: a name in .parquet.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read articles and say what was read, what was lost and why."""
    import mediakit as mk

    if out is not None and out.suffix != ".parquet":
        raise MediakitError(f"--out must end in .parquet, got {str(out)!r}.")
    table = read_from(articles, column=column, format=format, encoding=encoding)
    told = mk.account(table)
    if clean:
        table = mk.clean_boilerplate(mk.clean_text(table))
    if out is not None:
        from mediakit.show.files import new_files, path_for

        with new_files(path_for(out, (".parquet",))) as (part,):
            table.to_parquet(part, index=False)
        typer.echo(f"Written: {out}", err=True)
    say(told, as_json=as_json)


@app.command(epilog=example("mediakit audit my_export.csv --out audit.html"))
def audit(
    source: Source,
    column: Column = None,
    out: Annotated[
        Path | None, typer.Option(help="The whole page: a name in .html.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with articles, before any chart; 1 if anything is."""
    import mediakit as mk

    corpus = known_corpus(source, column=column)
    if corpus is None:
        found = mk.audit_articles(read_from(source, column=column))
    else:
        found = mk.audit_corpus(corpus)
    shown = mk.show_audit(found)
    if out is not None:
        typer.echo(f"Written: {shown.save(out)}", err=True)
    if as_json:
        say(found.summary, as_json=True, extra={"articles": found.articles})
    else:
        for line in shown.text.splitlines():
            tell(line)
    raise typer.Exit(1 if len(found.summary) else 0)


@app.command(epilog=example("mediakit tokenize my_export.csv my_corpus"))
def tokenize(
    articles: Articles,
    folder: Annotated[Path, typer.Argument(help="Where the corpus goes.")],
    column: Column = None,
    clean: Clean = False,
    language: Annotated[str, typer.Option(help="As 'en', for stems and lemmas.")] = (
        "en"
    ),
    as_json: AsJson = False,
) -> None:
    """Make a corpus of articles, also of more than fit into memory.

    Cut short, it goes on where it stopped when it is asked for again.
    """
    import pandas as pd

    import mediakit as mk

    whole = column or clean
    source = read_from(articles, column=column, clean=clean) if whole else articles
    corpus = mk.tokenize(source, folder=folder, language=language)
    table = pd.DataFrame(
        {
            "articles": [len(corpus)],
            "words": [int(corpus.totals().sum())],
            "title_words": [int(corpus.only("title").totals().sum())],
            "fingerprint": [corpus.fingerprint],
        }
    )
    say(table, as_json=as_json, extra={"folder": str(folder)})
    if not as_json:
        typer.echo(f"Look into it with: mediakit find {folder} WORD")
