"""What mediakit set out to reach, who it is measured against, and what is missing."""

from dataclasses import dataclass

TASKS = {  # in the order of the report
    "ids": "from texts to numbered words",
    "count": "document-term counts of all words (count_terms)",
    "keyness": "classical keyness of all words, once counted",
    "compare": "article-level comparison of all words, once counted (compare)",
    "find": "where one frequent word stands (count_patterns)",
    "passages": "every line of a frequent word as text",
    "lines": "the first 20 lines of a frequent word",
    "collocates": "collocates of a word, five words on either side",
    "associate": "the same, judged by all measures and over articles (associate)",
    "trend": "monthly trend of a word by group",
    "dictionary": "a dictionary of 5,000 patterns",
    "textblob": "TextBlob's sentiment of every article",
    "vader": "VADER's sentiment of every article",
    "save": "save the corpus",
    "open": "open the saved corpus",
    "index": "an index of places",
    "compile": "the same work on 1,000 articles, with nothing compiled yet",
}


@dataclass(frozen=True)
class Target:
    """`least` and `stretch`: how many times faster than `engine`, or a limit.

    `figure`: "cpu"; "wall" for two threads; "grew" for memory; "seconds" for a limit.
    """

    task: str
    engine: str
    least: float
    stretch: float | None = None
    figure: str = "cpu"
    missed: str = ""


CHUNKS = (
    "nearly half of the time goes into white-space chunks, in loops that fetch ahead "
    "already; a third into rules in Python, asked once for each unique chunk"
)
KEYNESS = (
    "nearly half is one pass over the counts, the rest formulas and table of 200,000 "
    "words; sums kept when words are counted would save the pass"
)
PLACES = (
    "not known: places of chunks are kept no longer; what is left are the texts, the "
    "numbered chunks and words, and room for numbering them"
)
TARGETS = (
    Target("ids", "polars", 1, 3, missed=CHUNKS),
    Target("ids", "re", 3, missed=CHUNKS),
    Target("ids", "scikit-learn", 4, 9, missed=CHUNKS),
    Target("ids", "quanteda", 15, 35, missed=CHUNKS),
    Target("ids", "NLTK", 20, missed=CHUNKS),
    Target("ids", "conc", 25, missed=CHUNKS),
    Target(
        *("ids", "mediakit, two threads", 1.6, 1.8, "wall"),
        missed="shards are built side by side, but rules in Python, done by one thread "
        "at a time, are a third of the work; counting and comparing gain 1.9 times",
    ),
    Target(
        *("keyness", "quanteda", 10, 20),
        missed=KEYNESS,
    ),
    Target(
        *("keyness", "conc", 15, 30),
        missed=KEYNESS,
    ),
    Target(
        *("compare", "a limit of 1 s (0.3 s)", 1.0, 0.3, "seconds"),
        missed="choosing the words that are tested takes .4 s of a first call, three "
        "readings of the counts .8, p and limits of every word .5; counts kept by word "
        "beside those by article would halve the readings, for 300 MB more",
    ),
    Target("find", "CWB", 1, missed="an index of places kept with the saved corpus"),
    Target("passages", "CWB", 1.5, missed="cutting lines in one compiled pass"),
    Target("passages", "quanteda", 20, missed="cutting lines in one compiled pass"),
    Target(
        *("lines", "a limit of 5 ms", 0.005, None, "seconds"),
        missed="by less than the noise of this machine: 4 ms on a saved corpus",
    ),
    Target("collocates", "CWB", 4, missed="counting windows in one compiled pass"),
    Target(
        *("collocates", "conc", 50),
        missed="conc counts half of the articles, one sum a word, and not article by "
        "article; counting windows in one compiled pass instead of by arrays",
    ),
    Target(
        *("associate", "conc", 50),
        missed="conc has no intervals: half goes into counting all words elsewhere, "
        "article by article, a fifth into limits; sums of all words kept with the "
        "corpus would leave the articles with the word",
    ),
    Target("trend", "CWB", 5, missed="an index of places kept with the saved corpus"),
    Target("trend", "quanteda", 300, missed="sums kept per period and group"),
    Target(
        *("dictionary", "quanteda", 20, 100),
        missed="the patterns of all concepts in one pass over the tokens",
    ),
    Target("textblob", "TextBlob", 20, 60, missed="rules on unique chunks only"),
    Target("vader", "VADER", 60, 150, missed="rules on unique chunks only"),
    Target(
        *("ids", "polars", 2, None, "grew"),
        missed=PLACES,
    ),
    Target(
        *("ids", "quanteda", 5, None, "grew"),
        missed=PLACES,
    ),
)
ELSEWHERE = (  # November 2026, another machine: remarks, never in a ratio
    "quanteda 4: `tokens()` 105 CPU s, keyness with grouping 1.8, all lines of a word "
    "2.7 to 3.0, collocates 2.9, trend 0.7, dictionary of LSD2015 103; peak 5.2 GB",
    "CWB: encoding 22 CPU s of text already split, a query 0.002 to 0.006, all lines "
    "as text 0.16 to 0.30, collocates 0.04 to 0.08, trend 0.009 to 0.017",
)

NAMES = {"grew": ": memory added", "wall": ": wall time"}


def described(target: Target) -> str:
    """Return what is measured, in words."""
    return TASKS[target.task] + NAMES.get(target.figure, "")


def measured(target: Target, told: dict, ours: str) -> float | None:
    """Return how many times better `ours` is, or its seconds; None: not measured."""
    own = figures(told, ours, target.task)
    if target.figure == "seconds":
        return own and own["cpu"]
    other = figures(told, target.engine, target.task)
    if not own or not other or (target.figure == "grew" and other["part"] > 1):
        return None
    if target.figure == "wall":
        return own["wall"] / other["wall"]
    return other[target.figure] / max(own[target.figure], 1e-9)


def figures(told: dict, engine: str, task: str) -> dict | None:
    """Return what a task cost an engine, or None."""
    cost = told.get(engine, {}).get("tasks", {}).get(task, {})
    return cost if "cpu" in cost else None


def verdict(target: Target, told: dict, ours: str) -> str:
    """Return "held", "held, stretch too", "missed", or why there is no figure."""
    value = measured(target, told, ours)
    if value is None:
        return why_not(target, told, ours)
    met, far = (
        limit is not None
        and (value <= limit if target.figure == "seconds" else value >= limit)
        for limit in (target.least, target.stretch)
    )
    return ("held, stretch too" if far else "held") if met else "missed"


def why_not(target: Target, told: dict, ours: str) -> str:
    """Say why there is no figure: ours first, then the peer's."""
    for engine in (ours, target.engine):
        about = told.get(engine, {"absent": "not run"})
        task = about.get("tasks", {}).get(target.task, {"absent": "not measured"})
        if why := about.get("absent") or task.get("absent"):
            return f"{engine}: {why}"
    return "not measured on all articles"
