"""Who does the work on shards: threads of this machine, or a Dask cluster.

One function maps over shards for everything, in the order of the shards, so results
are the same whoever does it.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar

from mediakit.errors import MediakitError

MOST_THREADS = 4
AHEAD = 2

_workers = ContextVar("workers", default=None)


@contextmanager
def use(workers) -> Iterator[None]:
    """Let a number of threads, or a Dask client, do the work inside the ``with``."""
    if not (isinstance(workers, int) and workers > 0) and not hasattr(
        workers, "submit"
    ):
        raise MediakitError(
            "`workers` must be a number of threads or a Dask client, as "
            f"`distributed.Client()`, got {workers!r}."
        )
    token = _workers.set(workers)
    try:
        yield
    finally:
        _workers.reset(token)


def each(function: Callable, pieces: Iterable, *args) -> Iterator:
    """Yield ``function(piece, *args)`` of every piece, in their order.

    A few pieces are worked on at once, and no more results are held than that.
    `function` must be importable by name, and pieces and results small, where a
    cluster does the work.
    """
    workers = _workers.get() or min(os.cpu_count() or 1, MOST_THREADS)
    if workers == 1:
        yield from (function(piece, *args) for piece in pieces)
    elif isinstance(workers, int):
        with ThreadPoolExecutor(workers) as pool:
            yield from _in_order(
                lambda piece: pool.submit(_alone, function, piece, *args),
                pieces,
                AHEAD * workers,
            )
    else:
        most = AHEAD * max(sum(workers.nthreads().values()), 1)
        yield from _in_order(
            lambda piece: workers.submit(_alone, function, piece, *args, pure=False),
            pieces,
            most,
        )


def _alone(function: Callable, piece, *args):
    """Run one piece of work; what it maps over in turn is done by itself."""
    token = _workers.set(1)
    try:
        return function(piece, *args)
    finally:
        _workers.reset(token)


def _in_order(submit: Callable, pieces: Iterable, most: int) -> Iterator:
    waiting = deque()
    try:
        for piece in pieces:
            waiting.append(submit(piece))
            if len(waiting) >= most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
