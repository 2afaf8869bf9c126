"""What a million articles cost, step by step; can be stopped and taken up again.

Run: python benchmarks/million.py --folder FOLDER [--articles 1000000] [--cores 1]
FOLDER needs 14 GB: 1.4 GB of Parquet (corpus.py, seeded; one that is there is used)
and the saved corpus. Every step runs in a process of its own; figures go to --results,
by size, and steps that are there are not run again unless named by --again.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

from speed.large import STEPS
from speed.machine import described
from speed.run import BENCHMARKS

RESULTS = BENCHMARKS / "growth.json"
BYTES_PER_ARTICLE = 14_000


def generate(articles: int, folder: Path) -> Path:
    """Return a folder of Parquet files with so many articles; make it if need be."""
    parquet, done = folder / "parquet", folder / "generated"
    if done.exists():
        there = int(done.read_text())
        if there != articles:
            raise SystemExit(f"{folder} holds {there:,} articles, not {articles:,}.")
        return parquet
    free = shutil.disk_usage(folder).free
    if free < articles * BYTES_PER_ARTICLE:
        needed = articles * BYTES_PER_ARTICLE / 1e9
        raise SystemExit(f"{needed:.0f} GB are needed and {free / 1e9:.0f} are free.")
    command = [sys.executable, BENCHMARKS / "corpus.py", str(articles), parquet]
    subprocess.run(command, check=True)
    done.write_text(str(articles))
    return parquet


def run_step(step: str, parquet: Path, corpus: Path, cores: int) -> dict:
    """Run a step in its own process; a failure is told in words."""
    if step != "tokenize" and not corpus.exists():
        return {"absent": "no saved corpus"}
    if step == "tokenize" and corpus.exists():
        shutil.rmtree(corpus)
    command = [sys.executable, "-m", "speed.large", step, parquet, corpus, str(cores)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=BENCHMARKS, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        return {"absent": f"failed: {last}"[:200]}
    return json.loads(done.stdout.splitlines()[-1])


def bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measure(articles, folder: Path, results: Path, *, cores=1, again=()) -> dict:
    """Run the steps that are not in `results` yet and write each there at once."""
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    known = json.loads(results.read_text()) if results.exists() else {}
    size = known.setdefault(str(articles), {"steps": {}})
    parquet, corpus = generate(articles, folder), folder / "corpus"
    for step in STEPS:
        lost = step == "tokenize" and not corpus.exists()
        if "cpu" in size["steps"].get(step, {}) and step not in again and not lost:
            continue
        print(f"{articles:,} articles: {step}", file=sys.stderr, flush=True)
        size["steps"][step] = run_step(step, parquet, corpus, cores)
        size |= {"cores": cores, "machine": described()}
        size |= {"parquet_bytes": bytes_in(parquet), "corpus_bytes": bytes_in(corpus)}
        results.write_text(json.dumps(known, indent=1) + "\n")
    return size


def table(size: dict) -> str:
    """Return the figures of one size as a Markdown table."""
    lines = ["| step | CPU s | wall s | first call, wall s | private MB | peak MB |"]
    lines.append("|--|--|--|--|--|--|")
    for step, what in STEPS.items():
        cost = size["steps"].get(step, {"absent": "not run"})
        if "absent" in cost:
            lines.append(f"| {what} | {cost['absent']} | | | | |")
            continue
        seconds = " | ".join(f"{cost[k]:,.3f}" for k in ("cpu", "wall", "first_wall"))
        held = f"{cost['private']:,.0f} | {cost['peak']:,.0f}"
        lines.append(f"| {what} | {seconds} | {held} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--cores", type=int, default=1)
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--again", nargs="*", default=[], choices=STEPS)
    options = parser.parse_args()
    size = measure(
        options.articles,
        options.folder,
        options.results,
        cores=options.cores,
        again=options.again,
    )
    print(table(size))


if __name__ == "__main__":
    main()
