"""A process that makes a corpus of files, to be killed at any moment."""

import subprocess
import sys
import time

import numpy as np
import pandas as pd

CODE = """
import sys, warnings
import mediakit as mk
from mediakit.text import tokenize
warnings.simplefilter("ignore", mk.MediakitWarning)
tokenize.SHARD_ARTICLES = int(sys.argv[3])
mk.tokenize(sys.argv[1], folder=sys.argv[2])
"""


def news(folder, files=3, rows=200, seed=1):
    """Write Parquet files of made-up articles, some without id, some twice."""
    random = np.random.default_rng(seed)
    folder.mkdir()
    words = np.array([f"word{number}" for number in range(2_000)])
    for number in range(files):
        texts = [" ".join(random.choice(words, 60)) + "." for _ in range(rows)]
        ids = [f"id{n}" if n % 3 else None for n in random.integers(0, rows, rows)]
        columns = {"text": texts, "title": "A title", "article_id": ids, "outlet": "A"}
        frame = pd.DataFrame({**columns, "published": "2022-04-03"})
        frame.to_parquet(folder / f"{number}.parquet", row_group_size=70)
    return folder


def start(source, target, shard):
    """Start to make the corpus in another process."""
    run = [sys.executable, "-c", CODE, str(source), str(target), str(shard)]
    return subprocess.Popen(run)


def kill_after(process, target, shards, seconds=0.0):
    """Kill the process once so many shards are made; say whether it was alive."""
    made = target.with_name(f".{target.name}.making") / "made"
    while process.poll() is None and len(list(made.glob("shard-*"))) < shards:
        time.sleep(0.005)
    time.sleep(seconds)
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


def contents(folder):
    """Return the bytes of every file in a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
