"""One step on a corpus of any size, in a process of its own: prints its cost as JSON.

`python -m speed.large STEP PARQUET CORPUS CORES`; steps in the order of STEPS. What a
step needs (the opened corpus, the counts) is made before and not timed.
"""

import json
import sys
import tempfile
import warnings
from pathlib import Path

from speed.clock import Clock, pin
from speed.own import NOT_BUILT, built, optional, set_threads

STEPS = {  # what a step does, in the words of the table
    "tokenize": "texts in Parquet to a saved corpus",
    "open": "open the saved corpus",
    "count": "count_terms",
    "compare": "compare all words, once counted",
    "find": "count_patterns, one word",
    "passages": "find_passages, every line of a word",
    "lines": "find_passages, the first 20 lines",
    "collocates": "collocates of a word, five words on either side",
    "trend": "monthly trend of a word by group",
    "permutation": "compare 30 words by permutation of weeks",
}
IN_MEMORY = 100_000
ASKED = """government people state war world year time country president party
minister public law economy trade peace army market percent school police water city
house family power work report history city church""".split()


def prepare(parquet: Path) -> None:
    """Compile the loops and load the libraries, on a thousand articles.

    Saved and opened again, since arrays in files that are only read are another type
    to Numba.
    """
    from speed.materials import NODE, SIDES, first_of

    import mediakit as mk

    corpus = mk.tokenize(mk.read_articles(first_of(parquet, 1_000)))
    with tempfile.TemporaryDirectory() as place:
        corpus.save(Path(place) / "few")
        corpus = mk.open_corpus(Path(place) / "few")
        mk.compare(mk.count_terms(corpus), **SIDES)
        mk.find_passages(corpus, NODE)
        mk.trend(mk.count_patterns(corpus, [NODE]), by=SIDES["by"])
        if count := built("count_collocates"):
            count(corpus, NODE)


def tokenize(clock: Clock, parquet: Path, folder: Path) -> None:
    from speed.materials import frame_of, rows_in

    import mediakit as mk

    if streaming := built("tokenize", "folder"):
        clock.step("tokenize", streaming, parquet, folder=folder, once=True)
        return
    if rows_in(parquet) > IN_MEMORY:
        clock.absent("tokenize", f"{NOT_BUILT}: tokenize(path, folder=)")
        return
    articles = mk.read_articles(frame_of(parquet))

    def whole():
        mk.tokenize(articles).save(folder)

    clock.step("tokenize", whole, once=True, note="in memory, reading untimed")


def run(step: str, clock: Clock, corpus) -> None:
    """Run a step that asks an opened corpus."""
    from speed.materials import LINES, NODE, SIDES, WINDOW

    import mediakit as mk

    if step == "count":
        clock.step(step, mk.count_terms, corpus, once=True)
    elif step == "compare":
        words = mk.count_terms(corpus)
        clock.step(step, mk.compare, words, once=True, **SIDES)
    elif step == "find":
        clock.step(step, mk.count_patterns, corpus, [NODE])
    elif step == "passages":
        clock.step(step, mk.find_passages, corpus, NODE)
    elif step == "lines":
        optional(
            clock, step, "find_passages", corpus, NODE, option="limit", limit=LINES
        )
    elif step == "collocates":
        optional(clock, step, "count_collocates", corpus, NODE, window=WINDOW)
    elif step == "trend":
        clock.step(
            step,
            lambda: mk.trend(mk.count_patterns(corpus, [NODE]), by=SIDES["by"]),
        )
    elif step == "permutation":
        words = mk.count_patterns(corpus, list(dict.fromkeys(ASKED)))
        options = {**SIDES, "test": "permutation", "cluster": "week", "seed": 1}
        clock.step(step, mk.compare, words, once=True, **options)


def main(step: str, parquet: str, folder: str, cores: str) -> None:
    import mediakit as mk

    pin(int(cores))
    warnings.simplefilter("ignore")
    set_threads(int(cores))
    clock = Clock()
    prepare(Path(parquet))
    if step == "tokenize":
        tokenize(clock, Path(parquet), Path(folder))
    elif step == "open":
        clock.step(step, mk.open_corpus, folder)
    else:
        run(step, clock, mk.open_corpus(folder))
    print(json.dumps(clock.steps[step]))


if __name__ == "__main__":
    main(*sys.argv[1:])
