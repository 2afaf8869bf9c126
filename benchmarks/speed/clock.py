"""What a step costs: CPU and wall seconds and memory at its height (standard library).

A process is pinned by `pin` before it loads anything that starts threads.
"""

import os
import resource
import statistics
import threading
import time
from contextlib import contextmanager
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
SHORT, MOST_SECONDS, MOST_TIMES = 1.0, 2.0, 7
SAMPLED_EVERY = 0.02


def pin(cores: int) -> None:
    """Keep this process on so many processors, where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-cores:])


def memory() -> dict[str, float]:
    """Return MB held now: all, private, mapped from files, and the peak so far."""
    if not STATUS.exists():
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        return {"all": peak, "private": peak, "mapped": 0.0, "peak": peak}
    lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    names = {"all": "VmRSS", "private": "RssAnon", "mapped": "RssFile", "peak": "VmHWM"}
    return {key: int(lines[name].split()[0]) / 1e3 for key, name in names.items()}


def forget_peak() -> None:
    """Let the peak of memory begin again from what is held now."""
    try:
        CLEAR.write_text("5")
    except OSError:
        pass  # then the peak is that of all steps so far


@contextmanager
def watched():
    """Yield the highest private memory of the block, looked at every 20 ms."""
    highest, over = {"private": memory()["private"]}, threading.Event()

    def look():
        while not over.wait(SAMPLED_EVERY):
            highest["private"] = max(highest["private"], memory()["private"])

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield highest
    finally:
        over.set()
        watcher.join()
        highest["private"] = max(highest["private"], memory()["private"])


class Clock:
    """Runs steps and keeps what each cost, by the name of its task."""

    def __init__(self):
        self.steps = {}

    def step(self, task, function, *args, part=1, note="", once=False, **options):
        """Run and time a step; return what its first call returned.

        One of less than a CPU second is called several times, unless `once`: `first` is
        the first call, `cpu` and `wall` the medians of the others. `part`: it sees
        every part-th article only, and its times are multiplied.
        """
        forget_peak()
        before = memory()["all"]
        with watched() as highest:
            result, first = _timed(function, args, options)
        peak = memory()["peak"]
        later, spent = [], first[0]
        again = 0 if once or first[0] > SHORT else MOST_TIMES
        while len(later) < again and spent < MOST_SECONDS:
            later.append(_timed(function, args, options)[1])
            spent += later[-1][0]
        cpu, wall = map(statistics.median, zip(*(later or [first]), strict=True))
        if part > 1:
            note = f"on every {part}th article, times {part}; {note}".strip("; ")
        self.steps[task] = {
            "cpu": cpu * part,
            "wall": wall * part,
            "first": first[0] * part,
            "first_wall": first[1] * part,
            "peak": peak,
            "grew": peak - before,
            "private": highest["private"],
            "mapped": memory()["mapped"],
            "part": part,
            "note": note,
        }
        return result

    def attempt(self, task, function, *args, **options):
        """Run a step that may fail: then its row says so, and the result is None."""
        try:
            return self.step(task, function, *args, **options)
        except Exception as error:  # whatever it is, the other rows are wanted
            return self.absent(task, f"failed: {type(error).__name__}: {error}"[:200])

    def absent(self, task: str, why: str) -> None:
        """Say that a task was not run, and why."""
        self.steps[task] = {"absent": why}


def _timed(function, args, options):
    cpu, wall = time.process_time(), time.perf_counter()
    result = function(*args, **options)
    return result, (time.process_time() - cpu, time.perf_counter() - wall)
