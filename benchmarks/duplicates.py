"""Time, memory and growth of label_duplicates, and what it finds of planted copies.

python benchmarks/duplicates.py FOLDER [ARTICLES ...]

FOLDER holds Parquet files as `corpus.py` writes them. One article
in ten is replaced by an edited copy of one of the three days before it.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

import mediakit as mk
from mediakit.schema import complete_articles

COPIES = 0.1
EDITS = ("exact", "cut", "reorder", "respelling")
STRENGTHS = (0.1, 0.3, 0.5)


def edited(text: str, edit: str, strength: float, rng) -> str:
    """Return an edited copy: `strength` is the share of words or sentences touched."""
    if edit == "exact":
        return text
    if edit == "respelling":
        words = np.array(text.split(" "), dtype=object)
        touched = rng.random(len(words)) < strength
        words[touched] += "x"
        return " ".join(words)
    sentences = np.array(text.replace("\n\n", " ").split(". "), dtype=object)
    size = len(sentences)
    if edit == "cut":
        return ". ".join(sentences[: max(1, round((1 - strength) * size))])
    moved = np.flatnonzero(rng.random(size) < strength)
    sentences[moved] = sentences[rng.permutation(moved)]
    return ". ".join(sentences)


def planted(
    folder: Path, size: int, seed: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return ARTICLES with planted copies, and origin and edit of each copy."""
    files = sorted(folder.glob("*.parquet"))
    columns = ["outlet", "published", "text"]
    table = pd.concat(
        [pq.read_table(file, columns=columns).to_pandas() for file in files]
    )
    table = table.iloc[:size].reset_index(drop=True)
    table["article_id"] = "a" + table.index.astype("str")
    table["published"] = pd.to_datetime(table["published"], utc=True)
    rng = np.random.default_rng(seed)
    rows = rng.permutation(size)
    copies, origins = np.split(rows[: 2 * int(COPIES * size)], 2)
    texts = table["text"].to_numpy(object).copy()
    truth = []
    for copy, origin in zip(copies, origins, strict=True):
        edit, strength = rng.choice(EDITS), rng.choice(STRENGTHS)
        texts[copy] = edited(texts[origin], edit, strength, rng)
        truth.append(
            (f"a{copy}", f"a{origin}", edit, 0 if edit == "exact" else strength)
        )
    days = pd.to_timedelta(rng.integers(1, 4, len(copies)), unit="D")
    table.loc[copies, "published"] = table["published"].array[origins] + days
    table["text"] = pd.Series(texts, dtype="str")
    truth = pd.DataFrame(truth, columns=["copy", "origin", "edit", "strength"])
    return complete_articles(table), truth


def measure(folder: Path, size: int) -> dict:
    """Label one corpus and return the figures."""
    articles, truth = planted(folder, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, cpu = time.perf_counter(), time.process_time()
    labelled = mk.label_duplicates(articles).set_index("article_id")
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = labelled["duplicate_of"].dropna()
    right = found.reindex(truth["copy"]).to_numpy() == truth["origin"].to_numpy()
    by_edit = truth.assign(found=right).groupby(["edit", "strength"])["found"].mean()
    return {
        "articles": size,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "peak_mb": peak // 1024,
        "peak_before_mb": before // 1024,
        "precision": round(right.sum() / max(len(found), 1), 4),
        "recall": {f"{edit} {s:g}": round(v, 4) for (edit, s), v in by_edit.items()},
    }


if __name__ == "__main__":
    for articles_wanted in map(int, sys.argv[2:] or ["10000", "100000"]):
        print(json.dumps(measure(Path(sys.argv[1]), articles_wanted)))
