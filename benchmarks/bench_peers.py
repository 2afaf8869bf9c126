"""One peer's way from texts to numbers: prints its CPU and wall seconds as JSON.

Run by bench.py with the peers' Python. Reading the texts is not timed.
"""

import json
import re
import resource
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq

PATTERN = r"\w+(?:['’-]\w+)*"


def by_re(texts):
    find, ids = re.compile(PATTERN).findall, {}
    return [[ids.setdefault(w, len(ids)) for w in find(t.lower())] for t in texts]


def by_count_vectorizer(texts):
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(token_pattern=PATTERN).fit_transform(texts)


def by_polars(texts):
    import polars as pl

    words = pl.Series(texts).str.to_lowercase().str.extract_all(PATTERN)
    return words.explode().cast(pl.Categorical).to_physical()


def by_treebank(texts):
    from nltk.tokenize import TreebankWordTokenizer

    split, ids = TreebankWordTokenizer().tokenize, {}
    return [[ids.setdefault(w, len(ids)) for w in split(t)] for t in texts]


TASKS = {  # the function, and which share of the articles it is timed on
    "re": (by_re, 1),
    "CountVectorizer": (by_count_vectorizer, 1),
    "polars": (by_polars, 1),
    "TreebankWordTokenizer": (by_treebank, 20),
}


def main(task: str, folder: Path) -> None:
    function, part = TASKS[task]
    texts = pq.read_table(folder, columns=["text"])["text"].to_pylist()[::part]
    function(texts[:100])
    cpu, wall = time.process_time(), time.perf_counter()
    function(texts)
    report = {
        "cpu": (time.process_time() - cpu) * part,
        "wall": (time.perf_counter() - wall) * part,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }
    if part > 1:
        report["note"] = f"timed on every {part}th article, times {part}"
    print(json.dumps({"tokenize": report}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
