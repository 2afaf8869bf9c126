"""Every verb on the samples, in one Python, and how far the tables of two runs differ.

    python benchmarks/two_pythons.py run FOLDER [--threads 2] [--articles 40]
    python benchmarks/two_pythons.py beside ONE OTHER [...]

`run` writes a folder as `mediakit study` does, so that `mediakit diff` reads it, too;
`--articles` is how many of them lie in a shard (threads share out shards). For the
threads of linear algebra set OPENBLAS_NUM_THREADS. `beside` compares each folder with
the first, to the last bit, and prints the table of `two_pythons.md`.
"""

import argparse
import importlib
import json
import platform
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from two_pythons_tables import tables

import mediakit as mk
from mediakit.share.diff import diff_runs
from mediakit.share.differences import TOLERANCE
from mediakit.text import tokenize as tokenizing

LIBRARIES = ["numpy", "scipy", "pandas", "pyarrow", "numba", "matplotlib"]
HEAD = (
    "| beside the first | tables | numbers | differ in the last digits | largest "
    "distance, relative | further apart than 1e-9 |\n|--|--|--|--|--|--|"
)


def versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "mediakit": mk.__version__}
    for name in LIBRARIES:
        try:
            found[name] = importlib.import_module(name).__version__
        except ImportError:
            found[name] = "none"
    return found


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table that `save_table` takes: no lists, no categories, no index."""
    table = table.reset_index(drop=table.index.name is None)
    for name in table.select_dtypes(["object", "category"]):
        table = table.assign(**{name: table[name].astype("str")})
    table.attrs = {}
    return table


def run(folder: Path, threads: int, articles: int) -> None:
    tokenizing.SHARD_ARTICLES = articles
    with mk.use(threads):
        for name, table in tables():
            mk.save_table(plain(table), folder / "tables" / f"{name}.csv")
    said = {"made_with": versions(), "threads": threads, "articles": articles}
    text = json.dumps(said, indent=1) + "\n"
    (folder / "provenance.json").write_text(text, encoding="utf-8")


def numbers(folder: Path) -> int:
    """Return how many numbers the tables of a run hold, empty cells left out."""
    read = (mk.read_table(path) for path in (folder / "tables").glob("*.csv"))
    return sum(int(table.select_dtypes("number").notna().sum().sum()) for table in read)


def beside(folders: list[Path]) -> None:
    first, *others = folders
    print(HEAD)
    for other in others:
        exact = diff_runs(first, other, tolerance=0.0)
        far = diff_runs(first, other)
        told = exact.attrs["mediakit"]
        largest = np.nanmax([*exact["relative"], 0.0])
        print(
            f"| {other.name} | {told['tables']} | {numbers(other):,} | "
            f"{len(exact):,} | {largest:.2g} | {len(far):,} |"
        )
        for row in far.head(20).itertuples():
            print(
                f"{row.table}: {row.row} {row.column} {row.before} {row.after}",
                file=sys.stderr,
            )
        by_table = exact.groupby("table")["relative"].agg(["size", "max"])
        print(by_table.to_string() if len(by_table) else "", file=sys.stderr)
    print(f"\nTolerance of `mediakit diff`: {TOLERANCE:g} of the larger number.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["run", "beside"])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--articles", type=int, default=50_000)
    asked = parser.parse_args()
    if asked.what == "beside":
        return beside(asked.folders)
    warnings.simplefilter("ignore")
    return run(asked.folders[0], asked.threads, asked.articles)


if __name__ == "__main__":
    main()
