"""Who does the work on shards: threads of this machine, or a Dask cluster.

One function maps over shards for everything, in the order of the shards, so results
are the same whoever does it.
"""

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from itertools import chain, islice

from mediakit import dask_workers
from mediakit.dask_workers import AHEAD, Once, in_order
from mediakit.errors import MediakitError

MOST_THREADS = 4

_workers = ContextVar("workers", default=None)


@contextmanager
def use(workers) -> Iterator[None]:
    """Let threads, or the workers of a Dask cluster, do the work inside the ``with``.

    What changes is the time and nothing else: every figure is the same to the last
    bit whatever the number of threads or workers, and if one is killed in between,
    another does its work again. Without it up to four threads of this machine work.

    Parameters
    ----------
    workers : int, distributed.Client or str
        A number of threads (1 for none beside your own), a client of a Dask cluster,
        or the address of its scheduler, as "tcp://10.0.0.5:8786".

    Returns
    -------
    context manager
        Every ``count_``, ``score_`` and verb inside its ``with`` uses these workers.

    Raises
    ------
    MediakitError
        If `workers` is none of these, or Dask is not installed. An error in a worker
        arrives as the same MediakitError as without a cluster.

    Notes
    -----
    Dask is an extra: ``pip install 'mediakit[scale]'``, with the same versions of
    Python and mediakit on every worker. On one machine::

        from distributed import Client, LocalCluster
        with LocalCluster(n_workers=4, threads_per_worker=1) as cluster:
            with Client(cluster) as client, mk.use(client):
                table = mk.compare(words, by="outlet", a="A", b="B")

    Under SLURM, for example with dask-jobqueue (yours to install)::

        from dask_jobqueue import SLURMCluster
        cluster = SLURMCluster(cores=4, processes=1, memory="12GB")
        cluster.scale(jobs=8)

    The corpus must lie where every worker can read it under the same path: a folder
    shared by the nodes or mounted object storage. Save it, then `open_corpus` that
    path; workers then get paths and return sums. A corpus that is only in memory is
    sent to them once, which costs its size. A script that starts processes needs
    ``if __name__ == "__main__":`` around what it does.

    A unit of work is a shard of 50,000 articles, so more workers than shards stand
    idle; and sums are added up by your own process, one shard after the other, which
    bounds the gain when items are many. Each thread of a worker needs room for one
    shard and its counts, some 500 MB, and each process for 1 GiB of kept counts. On
    one machine threads do as well as processes and need less memory.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"tax": [0, 3], "words": [500, 500]})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> with mk.use(2):
    ...     mk.summarise(measure)["rate"].tolist()
    [0.003]
    """
    with _checked(workers) as checked:
        token = _workers.set(checked)
        try:
            yield
        finally:
            _workers.reset(token)


def _checked(workers):
    """Return a context that gives a number of threads or a client."""
    if isinstance(workers, str):
        return dask_workers.distributed().Client(workers)
    number = isinstance(workers, int) and not isinstance(workers, bool) and workers > 0
    blocking = hasattr(workers, "submit") and hasattr(workers, "nthreads")
    if not number and (not blocking or workers.asynchronous):
        raise MediakitError(
            "`workers` must be a number of threads, the address of a Dask scheduler or "
            f"a Dask client, as `distributed.Client()`, got {workers!r}."
        )
    return nullcontext(workers)


def far() -> bool:
    """Say whether the work is done by a cluster, so that pieces had better be small."""
    return not isinstance(_workers.get() or 1, int)


def each(function: Callable, pieces: Iterable, *args) -> Iterator:
    """Yield ``function(piece, *args)`` of every piece, in their order.

    A few pieces are worked on at once, and no more results are held than that.
    `function` must be importable by name, and pieces and results small, where a
    cluster does the work; what is large in `args`, or in a piece that is a tuple,
    stands in a `Once`, whose value the function gets.
    """
    workers = _workers.get() or min(_processors(), MOST_THREADS)
    if not isinstance(workers, int):
        yield from dask_workers.run(workers, _alone, function, pieces, args)
        return
    pieces = (_opened(piece) for piece in pieces)
    args = _opened(args)
    first = list(islice(pieces, 2))
    if workers == 1 or len(first) < 2:
        yield from (function(piece, *args) for piece in chain(first, pieces))
        return
    # pandas changes the process' filters in each thread, and would leave them changed
    with warnings.catch_warnings(), ThreadPoolExecutor(workers) as pool:
        yield from in_order(
            lambda piece: pool.submit(_alone, piece, function, *args),
            chain(first, pieces),
            lambda: AHEAD * workers,
        )


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _opened(piece):
    if not isinstance(piece, tuple):
        return piece
    return tuple(one.value if isinstance(one, Once) else one for one in piece)


def _alone(piece, function: Callable, *args):
    """Run one piece of work; what it maps over in turn is done by itself."""
    token = _workers.set(1)
    try:
        return function(piece, *args)
    finally:
        _workers.reset(token)
