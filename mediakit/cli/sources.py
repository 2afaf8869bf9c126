"""Where a command takes articles from: a file, a folder, a corpus, or a sample."""

from pathlib import Path
from typing import Annotated

import typer

from mediakit.errors import MediakitError

Column = Annotated[
    list[str] | None,
    typer.Option(help="A name in your file and ours, as 'Headline=title'; again."),
]
Clean = Annotated[
    bool,
    typer.Option("--clean", help="Take datelines, captions and the like off first."),
]
Source = Annotated[
    str,
    typer.Argument(
        help="Articles (a file or folder), a corpus, or a sample: democracy, "
        "headlines_2022, kcna, strait."
    ),
]
Only = Annotated[
    str | None, typer.Option(help="Only this: 'title' or 'quotation' (direct speech).")
]
Without = Annotated[
    str | None, typer.Option(help="Leave this out, as 'quotation' for the own voice.")
]


def pairs(column: list[str] | None) -> dict[str, str]:
    """Return theirs -> ours from "Headline=title"."""
    return dict(map(_pair, column or []))


def _pair(text: str) -> tuple[str, str]:
    theirs, equals, ours = text.rpartition("=")
    if not equals or not theirs.strip():
        raise MediakitError(
            f"--column needs a name in your file and ours, as 'Headline=title', "
            f"got {text!r}."
        )
    return theirs.strip(), ours.strip()


def words_of(text: str | None) -> tuple[str, ...]:
    """Return the words of a list with commas."""
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())


def read(path, *, column: list[str] | None = None, clean: bool = False, **options):
    """Return ARTICLES, cleaned if asked."""
    import mediakit as mk

    articles = mk.read_articles(path, columns=pairs(column) or None, **options)
    return mk.clean_boilerplate(mk.clean_text(articles)) if clean else articles


def known_corpus(source: str, *, column=None, clean: bool = False):
    """Return the corpus or sample of this name, None where it must be articles."""
    import mediakit as mk
    from mediakit.text.samples import SAMPLES
    from mediakit.text.store import INDEX

    place = Path(source)
    kept = any((place / name).is_file() for name in (INDEX, "datapackage.json"))
    if not kept and (source not in SAMPLES or place.exists()):
        return None
    if column or clean:
        raise MediakitError(
            f"{source!r} is a corpus already; --column and --clean are for articles."
        )
    return mk.open_corpus(place) if kept else mk.load_sample(source)


def corpus_from(source: str, *, column=None, clean=False, only=None, without=None):
    """Return the corpus that a command is to look at, in the view asked for."""
    import mediakit as mk

    corpus = known_corpus(source, column=column, clean=clean)
    if corpus is None:
        corpus = mk.tokenize(read(source, column=column, clean=clean))
    return _view(corpus, only, without)


def _view(corpus, only: str | None, without: str | None):
    import mediakit as mk

    if "quotation" in (only, without):
        corpus = mk.mark_quotations(corpus)
    if only is None and not corpus.counts_only and not corpus.totals().any():
        typer.echo("Note: no texts, so the titles are looked at.", err=True)
        only = "title"
    corpus = corpus if only is None else corpus.only(only)
    return corpus if without is None else corpus.without(without)


def measure_from(corpus, *, words, dictionary, min_articles: int | None = None):
    """Return the counts that a command is about; all words if none are named."""
    import mediakit as mk

    if words and dictionary:
        raise MediakitError("name --words or a --dictionary, not both.")
    if dictionary:
        path = Path(dictionary)
        known = mk.read_dictionary if path.exists() else mk.load_dictionary
        return mk.count_dictionary(corpus, known(dictionary))
    if words:
        return mk.count_patterns(corpus, list(words_of(words)))
    if min_articles is None:
        raise MediakitError(
            "say what to follow: --words 'tax*,human rights', or a --dictionary."
        )
    return mk.count_terms(corpus, min_articles=min_articles)
