"""Feed spoiled files to `read_articles`: each must give a table or a MediakitError.

    python benchmarks/fuzz_readers.py --inputs 100000 --seed 1

Every fifth input goes the whole way to ARTICLES, the others through their reader up to
the renamed table. Input number i is the same for a seed whatever the number of workers;
`--only 1234 --keep FOLDER` writes that file and shows what it gives.
"""

import argparse
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from fuzz_mutations import mutated
from fuzz_samples import samples

SECONDS, WALL, BYTES = 20, 240, 3_000_000_000
WHOLE = 5
OUTCOMES = ("table", "error", "failed")


class Hang(BaseException):
    """Reading took too long."""


def make(number: int, seed: int, files: dict) -> tuple[str, str, bytes]:
    """Return kind, name and content of one spoiled file."""
    kinds = sorted(files)
    kind = kinds[number % len(kinds)]
    random_ = random.Random(f"{seed}:{number}")
    name, content = files[kind]
    others = [files[other][1] for other in kinds]
    return kind, name, mutated(content, others, random_)


def read(path: Path, *, whole: bool) -> None:
    """Read one file as users do, or only as far as the readers of formats go."""
    import mediakit as mk
    from mediakit.load.gather import Gathering
    from mediakit.schema import check_articles

    if not whole:
        gathered = Gathering(None, None, None)
        gathered.add_files(path)
        assert sum(map(len, gathered.frames)) == gathered.ledger.count("rows read")
        return
    articles = mk.read_articles(path)
    check_articles(articles)
    account = mk.account(articles).set_index("what")["articles"]
    assert account["rows kept"] == len(articles)


def judge(path: Path, *, whole: bool = True) -> tuple[str, str]:
    """Read one file; return "table", "error" or "failed", and what failed."""
    return judged(lambda: read(path, whole=whole))


def judged(reading) -> tuple[str, str]:
    """Return "table", "error" or "failed" for one reading, and what failed."""
    import mediakit as mk

    signal.signal(signal.SIGPROF, _hang)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        reading()
        return "table", ""
    except mk.MediakitError as error:
        return ("error", "") if str(error).strip() else ("failed", "an empty message")
    except Hang:
        return "failed", f"Hang after {SECONDS} seconds at {_place()}"
    except BaseException as error:
        return "failed", f"{type(error).__name__} at {_place()}: {error!s:.200}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _place() -> str:
    frames = traceback.extract_tb(sys.exc_info()[2])
    ours = [f for f in frames if "/mediakit/" in f.filename] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


def _hang(*_):
    raise Hang


def _work(numbers, seed: int, connection) -> None:
    """Judge the inputs whose numbers come in; say which one is being read."""
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    sys.stderr = open(os.devnull, "w")
    warnings.simplefilter("ignore")
    files = samples()
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            kind, name, content = make(number, seed, files)
            connection.send(("start", number, kind, "", ""))
            path = Path(folder) / name
            path.write_bytes(content)
            outcome, why = judge(path, whole=number % WHOLE == 0)
            path.unlink()
            connection.send(("end", number, kind, outcome, why))
    connection.send(("done", 0, "", "", ""))


class Worker:
    """One process, its pipe, and the input that it is reading."""

    def __init__(self, numbers: list[int], seed: int):
        self.numbers, self.seed, self.kind = numbers, seed, "?"
        self.begin()

    def begin(self) -> None:
        """Start the process on the inputs that are left."""
        self.pipe, theirs = multiprocessing.Pipe(duplex=False)
        arguments = (self.numbers, self.seed, theirs)
        self.process = multiprocessing.Process(
            target=_work, args=arguments, daemon=True
        )
        self.process.start()
        theirs.close()
        self.heard = time.monotonic()

    def listen(self):
        """Return (number, kind, outcome, why) if one ended, None if none has."""
        try:
            while self.pipe.poll(0.2):
                what, number, kind, outcome, why = self.pipe.recv()
                self.heard, self.kind = time.monotonic(), kind
                if what == "end":
                    self.numbers = self.numbers[self.numbers.index(number) + 1 :]
                    return number, kind, outcome, why
                if what == "done":
                    self.numbers = []
                    return None
        except EOFError:
            return self._lost("the process ended")
        if time.monotonic() - self.heard > WALL:
            return self._lost(f"no answer in {WALL} seconds")
        return None

    def _lost(self, why: str):
        if not self.numbers:
            return None
        self.process.kill()
        self.process.join()
        number, self.numbers = self.numbers[0], self.numbers[1:]
        self.begin()
        return number, self.kind, "failed", f"{why} (code {self.process.exitcode})"


def run(inputs: int, seed: int, *, workers: int = 2, first: int = 0, seconds=None):
    """Return counts by kind and outcome, and the failures with their numbers."""
    shares = [list(range(first + w, first + inputs, workers)) for w in range(workers)]
    team = [Worker(share, seed) for share in shares if share]
    counts, failures, start = Counter(), [], time.monotonic()
    while any(worker.numbers for worker in team):
        if seconds and time.monotonic() - start > seconds:
            break
        for worker in team:
            if worker.numbers and (ended := worker.listen()):
                number, kind, outcome, why = ended
                counts[kind, outcome] += 1
                if outcome == "failed":
                    failures.append({"number": number, "kind": kind, "why": why})
                    print(json.dumps(failures[-1]), flush=True)
    for worker in team:
        worker.process.kill()
    return counts, failures


def table(counts: Counter) -> str:
    """Return the counts as a table of Markdown."""
    kinds = sorted({kind for kind, _ in counts})
    rows = [[kind, *(counts[kind, outcome] for outcome in OUTCOMES)] for kind in kinds]
    rows.append(["all", *(sum(row[i] for row in rows) for i in (1, 2, 3))])
    lines = ["| sample | table | error | failed |", "| --- | --- | --- | --- |"]
    return "\n".join(lines + [f"| {' | '.join(map(str, row))} |" for row in rows])


def parser_of(what: str, inputs: int, workers: int) -> argparse.ArgumentParser:
    """Return the options that all fuzzers have."""
    parser = argparse.ArgumentParser(description=what.split("\n")[0])
    parser.add_argument("--inputs", type=int, default=inputs)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=workers)
    parser.add_argument("--seconds", type=float, help="stop after this long")
    parser.add_argument("--only", type=int, help="judge one input")
    return parser


def tell(run, asked: argparse.Namespace) -> None:
    """Run a fuzzer as asked and print what came of it."""
    options = {"workers": asked.workers, "first": asked.first, "seconds": asked.seconds}
    counts, failures = run(asked.inputs, asked.seed, **options)
    print(table(counts))
    print(f"{sum(counts.values()):,} inputs, {len(failures)} failures")


def main() -> None:
    parser = parser_of(__doc__, inputs=10_000, workers=2)
    parser.add_argument("--keep", type=Path, default=Path("."))
    asked = parser.parse_args()
    if asked.only is not None:
        kind, name, content = make(asked.only, asked.seed, samples())
        path = asked.keep / f"{asked.only}-{name}"
        path.write_bytes(content)
        print(kind, path, *judge(path))
        return
    tell(run, asked)


if __name__ == "__main__":
    main()
