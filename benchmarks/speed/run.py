"""Run engines round robin, each in a process of its own; keep medians."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from speed.engines import Engine, place_of, why_absent

BENCHMARKS = Path(__file__).resolve().parents[1]
THREADS = "OMP OPENBLAS MKL NUMBA POLARS RAYON".split()
LONGEST = 2 * 3600
FIGURES = "cpu wall first first_wall peak grew private mapped".split()


def environment_of(engine: Engine, place: str) -> dict:
    """Return the environment: as many threads as cores, and no shared caches."""
    names = {f"{name}_NUM_THREADS": str(engine.cores) for name in THREADS}
    names["POLARS_MAX_THREADS"] = str(engine.cores)
    if engine.session == "compile":
        names["NUMBA_CACHE_DIR"] = place
    return {**os.environ, **names, **engine.environment}


def session(engine: Engine, folder: Path, peers: Path | None) -> dict:
    """Run one engine once; a failure is told in words, never as a lost row."""
    python = place_of(engine, peers)
    folder = folder.resolve()
    command = [python, "-m", engine.module, engine.session, folder, str(engine.cores)]
    with tempfile.TemporaryDirectory() as place:
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                cwd=BENCHMARKS,
                env=environment_of(engine, place),
                check=False,
                timeout=LONGEST,
            )
        except subprocess.TimeoutExpired:
            return {"absent": f"failed: not done after {LONGEST // 3600} hours"}
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        return {"absent": f"failed: {last}"[:200]}
    return json.loads(done.stdout.splitlines()[-1])


def measure(engines, folder: Path, peers: Path | None, rounds: int, keep=None) -> dict:
    """Return {engine: {"absent": why} or {"versions", "tasks": {task: figures}}}.

    `keep` is called with that after every session, so that a run that is stopped has
    not been in vain.
    """
    told, runs = {}, {}
    for engine in engines:
        why, versions = why_absent(engine, peers)
        told[engine.name] = {"absent": why} if why else {"versions": versions}
    if keep:
        keep(told)
    for number in range(rounds):
        for engine in engines:
            if number >= engine.most_rounds or "absent" in told[engine.name]:
                continue
            print(f"round {number + 1}: {engine.name}", file=sys.stderr, flush=True)
            result = session(engine, folder, peers)
            if "absent" in result:
                told[engine.name] |= result if engine.name not in runs else {}
                print(f"  {result['absent']}", file=sys.stderr, flush=True)
            else:
                results = runs.setdefault(engine.name, [])
                results.append(result)
                told[engine.name] |= {
                    "tasks": medians(results),
                    "rounds": len(results),
                }
            if keep:
                keep(told)
    return told


def medians(results: list[dict]) -> dict:
    """Return each task's figures as medians over the rounds."""
    tasks = {}
    for task, figures in results[0].items():
        all_rounds = [one[task] for one in results if "cpu" in one.get(task, {})]
        tasks[task] = dict(figures)
        if all_rounds:
            tasks[task] = dict(all_rounds[0])
            for key in FIGURES:
                if key in figures:
                    tasks[task][key] = statistics.median(r[key] for r in all_rounds)
    return tasks
