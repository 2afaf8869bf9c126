"""How pieces of work and what they share travel to the workers of a Dask cluster.

A worker may be killed at any time: all it held can be made again from what the
scheduler knows, so nothing is scattered.
"""

import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mediakit.errors import MediakitError

AHEAD = 2


@dataclass(frozen=True)
class Once:
    """Something large that goes to a cluster once, not with every piece of work."""

    value: object


def run(
    client, call: Callable, function: Callable, pieces: Iterable, args: tuple
) -> Iterator:
    """Yield ``call(piece, function, *args)`` of every piece, in their order."""
    killed = distributed().KilledWorker
    numbers = iter(range(1 << 62))

    def submit(piece):
        # the same worker each time, as it may have kept the counts of this piece
        addresses = sorted(client.nthreads())
        place = next(numbers) % max(len(addresses), 1)
        where = {"pure": False}
        if addresses:
            where |= {"workers": [addresses[place]], "allow_other_workers": True}
        parts = _sent(client, piece, where)
        rest = _sent(client, args, {"pure": False})
        return _submit(client, call, parts, function, *rest, **where)

    try:
        yield from in_order(
            submit, pieces, lambda: AHEAD * max(sum(client.nthreads().values()), 1)
        )
    except killed as error:
        raise MediakitError(
            "a piece of work was given up because its worker was killed several times, "
            "most often for want of memory: give workers more, or fewer threads each."
        ) from error


_at_cluster = weakref.WeakKeyDictionary()


def _sent(client, piece, where: dict):
    """Replace what is to be sent once by the cluster's own task that holds it.

    A task, because scattered data is lost with its worker, and a task is run again.
    """
    if not isinstance(piece, tuple):
        return piece
    held = _at_cluster.setdefault(client, {})
    parts = []
    for one in piece:
        if isinstance(one, Once):
            one, key = one.value, id(one.value)
            if key not in held or held[key].status in ("cancelled", "lost", "error"):
                held[key] = _submit(client, _itself, one, **where)
                weakref.finalize(one, held.pop, key, None)
            one = held[key]
        parts.append(one)
    return tuple(parts)


def _submit(client, function, *args, **options):
    from dask import config

    with config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"}):
        return client.submit(function, *args, **options)


def _itself(value):
    return value


def distributed():
    """Return the module of Dask's clusters, or say how to get it."""
    try:
        import distributed
    except ImportError as error:
        raise MediakitError(
            "a cluster needs Dask: pip install 'mediakit[scale]'; or give a number of "
            "threads, as mk.use(4)."
        ) from error
    return distributed


def in_order(submit: Callable, pieces: Iterable, most: Callable[[], int]) -> Iterator:
    """Yield the results of futures in the order of the pieces, `most` at a time."""
    waiting = deque()
    try:
        for piece in pieces:
            waiting.append(submit(piece))
            if len(waiting) >= most():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
