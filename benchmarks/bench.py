"""Time mediakit beside its peers on made-up articles; print a table of ratios.

Run: python benchmarks/bench.py [--articles 100000] [--peers FOLDER] [--rounds 3]
--peers makes an environment of the peers in that folder (pip) and times them too.
Round robin, every peer in a process of its own, mediakit's tasks one after the other
in one; its peaks of memory are therefore those of all tasks so far. Medians of CPU
seconds are what counts: other work on the machine disturbs them less.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PEERS = ["polars", "scikit-learn", "nltk", "pyarrow"]
PEER_TASKS = ["re", "CountVectorizer", "polars", "TreebankWordTokenizer"]
OWN = {
    "mediakit": ["all", {}],
    "without Numba": ["all", {"NUMBA_DISABLE_JIT": "1"}],
    "one thread": ["tokenize", {"BENCH_THREADS": "1"}],
}


def run(python: Path, script: str, task: str, folder: Path, **environment) -> dict:
    """Run one task in its own process and return what it reports."""
    command = [python, HERE / script, task, folder]
    result = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}
    )
    if result.returncode:
        raise SystemExit(result.stderr)
    return json.loads(result.stdout.splitlines()[-1])


def peer_python(folder: Path) -> Path:
    """Make the peers' environment if it is not there."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)
    return python


def measure(folder: Path, peers: Path | None, rounds: int) -> dict[str, list[dict]]:
    """Run every task `rounds` times, in turn."""
    own = Path(sys.executable)
    runs = {k: (own, "bench_own.py", task, env) for k, (task, env) in OWN.items()}
    if peers:
        python = peer_python(peers)
        runs |= {name: (python, "bench_peers.py", name, {}) for name in PEER_TASKS}
    results = {}
    for _ in range(rounds):
        for name, (python, script, task, environment) in runs.items():
            for part, report in run(
                python, script, task, folder, **environment
            ).items():
                results.setdefault(f"{name}: {part}", []).append(report)
                print(name, part, report, file=sys.stderr, flush=True)
    return results


def table(results: dict[str, list[dict]]) -> str:
    """Return medians, and the ratio of each tokenizer to mediakit's on one thread."""
    ours = statistics.median(r["cpu"] for r in results["one thread: tokenize"])
    lines = ["| task | CPU s | wall s | peak MB | CPU to tokenize | note |"]
    lines.append("|--|--|--|--|--|--|")
    for name, reports in results.items():
        cpu, wall, peak = (
            statistics.median(report[key] for report in reports)
            for key in ("cpu", "wall", "peak")
        )
        ratio = f"{cpu / ours:.2f}" if name.endswith("tokenize") else ""
        figures = f"{cpu:.2f} | {wall:.2f} | {peak:,.0f} | {ratio}"
        lines.append(f"| {name} | {figures} | {reports[0].get('note', '')} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--corpus", type=Path, help="a folder made by corpus.py")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = options.corpus or Path(place)
        if not options.corpus:
            command = [
                sys.executable,
                HERE / "corpus.py",
                str(options.articles),
                folder,
            ]
            subprocess.run(command, check=True)
        results = measure(folder, options.peers, options.rounds)
    print(
        f"{date.today()}, {platform.machine()}, {os.cpu_count()} processors, ", end=""
    )
    print(f"Python {platform.python_version()}, medians of {options.rounds}\n")
    print(table(results))


if __name__ == "__main__":
    main()
