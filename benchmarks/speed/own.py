"""mediakit's tasks in this process: prints what each cost as JSON.

Run by run.py as a module. Reading the articles is not timed; the loops are compiled and
the libraries loaded before, on a thousand articles.
"""

import inspect
import json
import sys
import tempfile
import warnings
from pathlib import Path

from speed.clock import Clock, pin

NOT_BUILT = "not built yet"


def built(name: str, option: str | None = None):
    """Return mediakit's function of that name (and option), or None."""
    import mediakit as mk

    try:
        function = getattr(mk, name, None)
    except ImportError:  # announced, not there yet
        return None
    known = function and (
        not option or option in inspect.signature(function).parameters
    )
    return function if known else None


def set_threads(number: int) -> None:
    """Let mediakit use so many threads."""
    from mediakit import workers
    from mediakit.text import tokenize as tokenizing

    for module in (workers, tokenizing):
        if hasattr(module, "MOST_THREADS"):
            module.MOST_THREADS = number


def optional(clock: Clock, task: str, name: str, *args, option=None, **options):
    """Time a function that may not be there yet; return its result or None."""
    if function := built(name, option):
        return clock.attempt(task, function, *args, **options)
    return clock.absent(task, NOT_BUILT)


def inference(clock: Clock, corpus) -> None:
    """Time counts and what is inferred of them."""
    from speed.materials import SIDES

    import mediakit as mk

    words = clock.step("count", mk.count_terms, corpus)
    clock.step("compare", mk.compare, words, **SIDES)
    clock.step("keyness", mk.keyness, words, classical_only=True, **SIDES)


def queries(clock: Clock, corpus, dictionary) -> None:
    """Time what looks at places in the text."""
    from speed.materials import LINES, NODE, SIDES, WINDOW

    import mediakit as mk

    def month_by_month():
        return mk.trend(mk.count_patterns(corpus, [NODE]), by=SIDES["by"])

    def scores(method):
        return mk.score_sentiment(corpus, method=method, unit="article").values

    clock.step("find", mk.count_patterns, corpus, [NODE])
    clock.step("trend", month_by_month)
    clock.step("passages", mk.find_passages, corpus, NODE)
    optional(clock, "lines", "find_passages", corpus, NODE, option="limit", limit=LINES)

    def near():
        return mk.count_collocates(corpus, NODE, window=WINDOW)

    clock.step("collocates", near, note="counted in every article")
    clock.step("associate", lambda: mk.associate(near()), note="counted and judged")
    look_up = built("count_dictionary") or mk.count_patterns
    clock.attempt("dictionary", look_up, corpus, dictionary)
    for method in ("textblob", "vader"):
        clock.step(method, scores, method, note="of whole articles, from ids")


def saved(clock: Clock, corpus) -> None:
    """Time saving a corpus and opening it."""
    import mediakit as mk

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "corpus"
        clock.step("save", corpus.save, folder, once=True)
        clock.step("open", mk.open_corpus, folder)


def session(folder: Path, threads: int, tasks: str) -> dict:
    """Run all tasks, only "ids", or "compile": all on few articles, unprepared."""
    from speed.materials import dictionary_of, first_of, frame_of

    import mediakit as mk

    set_threads(threads)
    dictionary = dictionary_of(folder)

    def everything(articles, clock):
        corpus = clock.step("ids", mk.tokenize, articles)
        if tasks != "ids":
            queries(clock, corpus, dictionary)
            inference(clock, corpus)
            saved(clock, corpus)

    few = mk.read_articles(first_of(folder, 1_000))
    clock = Clock()
    if tasks == "compile":
        clock.step("compile", everything, few, Clock())
        return clock.steps
    everything(few, Clock())
    everything(mk.read_articles(frame_of(folder)), clock)
    return clock.steps


def main(tasks: str, folder: str, threads: str) -> None:
    pin(int(threads))
    warnings.simplefilter("ignore")
    print(json.dumps(session(Path(folder), int(threads), tasks)))


if __name__ == "__main__":
    main(*sys.argv[1:])
