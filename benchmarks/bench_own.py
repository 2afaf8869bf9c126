"""mediakit's tasks in this process: prints their CPU and wall seconds as JSON.

Run by bench.py. Reading the articles is not timed; the loops are compiled and the
libraries loaded before, on two thousand articles.
"""

import json
import os
import resource
import sys
import time
import warnings
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

import mediakit as mk
from mediakit.text import tokenize as tokenizing

PATTERNS = {"war": ["war"], "minister": ["prime minister"], "state": ["state-run"]}
SIDES = {"by": "group", "a": "state", "b": "western"}


def articles_of(folder: Path, most: int | None = None) -> pd.DataFrame:
    frame = pq.read_table(folder).slice(0, most).to_pandas()
    return mk.read_articles(frame)


def timed(reports: dict, name: str, function, *args, **options):
    """Run a task, put what it cost into `reports` and return what it returns."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = function(*args, **options)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    reports[name] = {"cpu": cpu, "wall": wall, "peak": peak}
    return result


def tasks(articles: pd.DataFrame, *, only_tokenize: bool) -> dict[str, dict]:
    reports = {}
    corpus = timed(reports, "tokenize", mk.tokenize, articles)
    if only_tokenize:
        return reports
    words = timed(reports, "count_terms", mk.count_terms, corpus)
    timed(reports, "compare", mk.compare, words, **SIDES)
    timed(reports, "count_patterns", mk.count_patterns, corpus, PATTERNS)
    few = words.only_items(["war", "years"])
    timed(reports, "trend", mk.trend, few, by="group")
    return reports


def main(task: str, folder: Path) -> None:
    warnings.simplefilter("ignore")
    tokenizing.MOST_THREADS = int(os.environ.get("BENCH_THREADS", "4"))
    only_tokenize = task == "tokenize"
    tasks(articles_of(folder, 2_000), only_tokenize=only_tokenize)
    reports = tasks(articles_of(folder), only_tokenize=only_tokenize)
    print(json.dumps(reports))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
