"""Millions of small spoiled files through the readers, in the memory of one process.

    python benchmarks/fuzz_quick.py --inputs 2000000 --seed 11 --seconds 3000

Each input goes through recognition and its reader, every tenth on to the renaming of
columns, every fiftieth to ARTICLES. It must give a table or a `MediakitError`. Input
number i is the same for a seed; `--only 1234` shows what it gives. `fuzz_readers.py`
sends larger files of every kind the whole way from the disk.
"""

import ctypes
import json
import logging
import multiprocessing
import os
import random
import resource
import sys
import time
import warnings
from collections import Counter

from fuzz_mutations import MOST, mutated
from fuzz_readers import BYTES, OUTCOMES, WALL, judged, parser_of, tell
from fuzz_seeds import seeds

NAMED, WHOLE = 10, 50
SMALL, LARGE_EVERY = 8_000, 200


class Inputs:
    """The spoiled files of one seed, by number."""

    def __init__(self, seed: int):
        self.seed, self.files = seed, seeds()
        self.kinds = sorted(self.files)
        self.others = [content for _, content, _ in self.files.values()]
        tickets = [kind for kind in self.kinds for _ in range(self.files[kind][2])]
        self.tickets = random.Random(0).sample(tickets, len(tickets))

    def make(self, number: int) -> tuple[str, str, bytes]:
        """Return kind, name and content of one."""
        kind = self.tickets[number % len(self.tickets)]
        random_ = random.Random(f"{self.seed}:{number}")
        name, content, _ = self.files[kind]
        most = SMALL if random_.randrange(LARGE_EVERY) else MOST
        return kind, name, mutated(content, self.others, random_, most)


def read(name: str, content: bytes, *, named: bool, whole: bool) -> None:
    """Read what lies in memory as `read_articles` reads a file, or part of the way."""
    from mediakit.load.account import Ledger
    from mediakit.load.articles import make_articles
    from mediakit.load.formats import find_format
    from mediakit.load.gather import Gathering
    from mediakit.load.sources import Options, Source
    from mediakit.schema import check_articles

    source, ledger = Source(name, "", lambda: content), Ledger()
    if not named and not whole:
        form = find_format(source, None, headerless=False)
        piece = form.read(source, Options(), ledger)
        rows = 1 if isinstance(piece, dict) else len(piece)
        assert rows == ledger.count("rows read")
        return
    gathered = Gathering(None, None, None)
    article = gathered.read(source, ledger)
    if article is not None:
        gathered.add_articles([article], name)
    assert sum(map(len, gathered.frames)) == ledger.count("rows read")
    if whole:
        frames, untyped = gathered.frames, gathered.untyped
        articles = make_articles(frames, ledger, untyped=untyped)
        check_articles(articles)
        assert ledger.count("rows kept") == len(articles)


def judge(number: int, name: str, content: bytes) -> tuple[str, str]:
    """Read one input; return "table", "error" or "failed", and what failed."""
    named, whole = number % NAMED == 0, number % WHOLE == 0
    return judged(lambda: read(name, content, named=named, whole=whole))


class Board:
    """What a worker writes and its keeper reads: the input at hand, and counts."""

    def __init__(self, kinds: list[str]):
        self.kinds = kinds
        self.number = multiprocessing.RawValue(ctypes.c_longlong, -1)
        self.cells = multiprocessing.RawArray(ctypes.c_longlong, 3 * len(kinds))
        self.places = {kind: 3 * place for place, kind in enumerate(kinds)}

    def add(self, kind: str, outcome: str) -> None:
        """Count one input."""
        self.cells[self.places[kind] + OUTCOMES.index(outcome)] += 1

    def counts(self) -> Counter:
        """Return the counts by kind and outcome."""
        places = ((k, o) for k in self.kinds for o in OUTCOMES)
        return Counter(dict(zip(places, self.cells, strict=True)))


def _work(numbers: range, inputs: Inputs, board: Board, pipe) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    sys.stderr = open(os.devnull, "w")
    warnings.simplefilter("ignore")
    logging.disable()
    for number in numbers:
        board.number.value = number
        kind, name, content = inputs.make(number)
        outcome, why = judge(number, name, content)
        board.add(kind, outcome)
        if why:
            pipe.send((number, kind, why))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    pipe.send((-1, "", f"{usage.ru_maxrss // 1024} MB at most"))


class Worker:
    """One process on every so manieth input; another takes over where it dies."""

    def __init__(self, numbers: range, inputs: Inputs):
        self.numbers, self.inputs = numbers, inputs
        self.board = Board(inputs.kinds)
        self.failures, self.done = [], False
        self.begin(numbers)

    def begin(self, numbers: range) -> None:
        """Start the process on the inputs that are left."""
        self.pipe, theirs = multiprocessing.Pipe(duplex=False)
        arguments = (numbers, self.inputs, self.board, theirs)
        self.process = multiprocessing.Process(
            target=_work, args=arguments, daemon=True
        )
        self.process.start()
        theirs.close()
        self.seen, self.heard = -1, time.monotonic()

    def look(self) -> None:
        """Take in failures; replace a process that ended or answers no longer."""
        try:
            while self.pipe.poll():
                number, kind, why = self.pipe.recv()
                self.done |= number < 0
                self._note(number, kind, why)
        except EOFError:
            if not self.done:
                self._replace("the process ended")
            return
        now = self.board.number.value
        if now != self.seen:
            self.seen, self.heard = now, time.monotonic()
        elif time.monotonic() - self.heard > WALL:
            self._replace(f"no answer in {WALL} seconds")

    def _note(self, number: int, kind: str, why: str) -> None:
        print(json.dumps({"number": number, "kind": kind, "why": why}), flush=True)
        if number >= 0:
            self.failures.append({"number": number, "kind": kind, "why": why})

    def _replace(self, why: str) -> None:
        self.process.kill()
        self.process.join()
        number = max(self.board.number.value, self.numbers[0])
        kind = self.inputs.make(number)[0]
        self.board.add(kind, "failed")
        self._note(number, kind, f"{why} (code {self.process.exitcode})")
        self.begin(self.numbers[self.numbers.index(number) + 1 :])


def run(inputs: int, seed: int, *, workers: int = 1, first: int = 0, seconds=None):
    """Return counts by kind and outcome, and the failures with their numbers."""
    made = Inputs(seed)
    shares = [range(first + w, first + inputs, workers) for w in range(workers)]
    team = [Worker(share, made) for share in shares if share]
    start = time.monotonic()
    while not all(worker.done for worker in team):
        time.sleep(0.2)
        for worker in team:
            worker.look()
        if seconds and time.monotonic() - start > seconds:
            break
    for worker in team:
        worker.process.kill()
    counts = sum((worker.board.counts() for worker in team), Counter())
    return counts, [failure for worker in team for failure in worker.failures]


def main() -> None:
    asked = parser_of(__doc__, inputs=1_000_000, workers=1).parse_args()
    if asked.only is not None:
        kind, name, content = Inputs(asked.seed).make(asked.only)
        print(kind, name, content[:2_000], *judge(asked.only, name, content))
        return
    tell(run, asked)


if __name__ == "__main__":
    main()
