"""`mediakit compare, trend, find`: the three questions, and the passages behind."""

from typing import Annotated

import typer

from mediakit.cli.app import app
from mediakit.cli.printing import AsJson, Figure, Table, example, keep, plain, say, tell
from mediakit.cli.sources import (
    Clean,
    Column,
    Only,
    Source,
    Without,
    corpus_from,
    measure_from,
)

SHOWN = ["item", "log_ratio", "low", "high", "bound", "q", "q_cluster"]
SIDES = ["articles_a", "articles_b", "note"]
BESIDE = 48
Words = Annotated[
    str | None, typer.Option(help="Words, wildcards or phrases, as 'tax*,war'.")
]
Dictionary = Annotated[
    str | None,
    typer.Option(help="A list of words: a file, or one that ships, as 'frames'."),
]
Cluster = Annotated[
    str | None, typer.Option(help="What else is evidence: a column, or 'week'.")
]


@app.command(
    epilog=example(
        "mediakit compare democracy --a 'China Daily' --b 'New York Times'",
        "mediakit compare my_export.csv --a 'Outlet A' --words 'tax*,war' --clean",
    )
)
def compare(
    source: Source,
    a: Annotated[list[str], typer.Option(help="One side; again for several outlets.")],
    b: Annotated[
        list[str] | None, typer.Option(help="The other. Without: all the rest.")
    ] = None,
    by: Annotated[str, typer.Option(help="A column, or a preset.")] = "outlet",
    words: Words = None,
    dictionary: Dictionary = None,
    min_articles: Annotated[
        int, typer.Option(help="Of all words, those in so many articles.")
    ] = 10,
    within: Annotated[
        str | None, typer.Option(help="Compare inside this: 'event_id', 'section' ...")
    ] = None,
    cluster: Cluster = None,
    test: Annotated[str, typer.Option(help="score, permutation, bootstrap.")] = "score",
    seed: Annotated[int | None, typer.Option(help="Of permutations or draws.")] = None,
    only: Only = None,
    without: Without = None,
    column: Column = None,
    clean: Clean = False,
    top: Annotated[int, typer.Option(help="Rows to print.")] = 20,
    out: Table = None,
    figure: Figure = None,
    as_json: AsJson = False,
) -> None:
    """Show what sets two sides apart, and what may be chance.

    log_ratio 1 is twice as often in a, -1 in b; low to high is the 95 % interval;
    `bound` holds for all rows at once; q below .05 is evidence over articles,
    q_cluster over weeks or events.
    """
    import mediakit as mk

    corpus = corpus_from(source, column=column, clean=clean, only=only, without=without)
    measure = measure_from(
        corpus, words=words, dictionary=dictionary, min_articles=min_articles
    )
    options = {"within": within, "cluster": cluster, "test": test, "seed": seed}
    sides = {"a": _side(a), "b": _side(b) if b else "rest"}
    table = mk.compare(measure, by=by, **sides, **options)
    keep(table, out, mk.plot_comparison, figure)
    if as_json:
        say(table, as_json=True, extra={"about": table.attrs["mediakit"]})
        return
    say(table[SHOWN + SIDES].round(3), as_json=False, most=top)
    tell(mk.describe(table))


@app.command(
    epilog=example(
        "mediakit trend democracy --words 'umbrella,occupy' --figure protest.png"
    )
)
def trend(
    source: Source,
    words: Words = None,
    dictionary: Dictionary = None,
    by: Annotated[str, typer.Option(help="A column, or a preset.")] = "outlet",
    freq: Annotated[
        str, typer.Option(help="day, week, month, quarter or year.")
    ] = "month",
    cluster: Cluster = None,
    only: Only = None,
    without: Without = None,
    column: Column = None,
    clean: Clean = False,
    top: Annotated[int, typer.Option(help="Rows to print.")] = 40,
    out: Table = None,
    figure: Figure = None,
    as_json: AsJson = False,
) -> None:
    """Follow words over time, with gaps shown as gaps and thin periods as thin."""
    import mediakit as mk

    corpus = corpus_from(source, column=column, clean=clean, only=only, without=without)
    measure = measure_from(corpus, words=words, dictionary=dictionary)
    table = mk.trend(measure, by=by, freq=freq, cluster=cluster)
    keep(table, out, mk.plot_trend, figure)
    if as_json:
        say(table, as_json=True, extra={"about": table.attrs["mediakit"]})
        return
    say(mk.in_plain_words(table), as_json=False, most=top)
    tell(mk.describe(table))


@app.command(epilog=example("mediakit find strait 'blockade*' --limit 5"))
def find(
    source: Source,
    pattern: Annotated[str, typer.Argument(help="As 'sanction*' or 'civil war'.")],
    width: Annotated[int, typer.Option(help="Words on either side.")] = 8,
    sort: Annotated[str, typer.Option(help="text, left, right or date.")] = "text",
    limit: Annotated[int, typer.Option(help="Lines to show.")] = 20,
    only: Only = None,
    without: Without = None,
    column: Column = None,
    clean: Clean = False,
    out: Table = None,
    as_json: AsJson = False,
) -> None:
    """Show the passages in which a word or phrase stands."""
    import mediakit as mk

    corpus = corpus_from(source, column=column, clean=clean, only=only, without=without)
    found = mk.find_passages(corpus, pattern, width=width, sort=sort, limit=limit)
    keep(found, out, None, None)
    if as_json:
        say(found, as_json=True)
        return
    for row in found.itertuples():
        day = "" if row.published != row.published else f"{row.published:%Y-%m-%d}"
        left = plain(row.left)[-BESIDE:].rjust(BESIDE)
        right = plain(row.right)[:BESIDE].ljust(BESIDE)
        typer.echo(
            f"{left} [{plain(row.match)}] {right} {plain(str(row.outlet))} {day}"
        )
    if len(found) == limit:
        typer.echo(f"The first {limit}; --limit shows more.")
    elif not len(found):
        typer.echo("It stands nowhere in these articles.")


def _side(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values
