"""Pieces of work go to threads or to Dask, and come back in order or not at all."""

import sys
import threading
import time
import warnings
from types import SimpleNamespace

import numpy as np
import pytest

import mediakit as mk
from mediakit import dask_workers
from mediakit.dask_workers import AHEAD
from mediakit.workers import Once, each


def doubled(piece, factor=2):
    time.sleep(0.001 * (piece % 3))
    return factor * piece


def refused(piece):
    if piece == 3:
        raise mk.MediakitError("piece 3 is refused; take another.")
    return piece


def total(piece, large):
    one, rows = piece
    return one + int(large.sum()) + len(rows)


def nested(piece):
    return sum(each(doubled, range(piece)))


def interrupted(piece):
    if piece == 3:
        raise KeyboardInterrupt
    return piece


@pytest.fixture(params=[1, 2, 3, "dask"])
def workers(request):
    if request.param == "dask":
        return request.getfixturevalue("client")
    return request.param


def test_results_come_in_the_order_of_the_pieces(workers):
    with mk.use(workers):
        assert list(each(doubled, range(20), 3)) == [3 * n for n in range(20)]
        assert list(each(doubled, [])) == []
        assert list(each(nested, [3, 4])) == [6, 12]


def test_an_error_arrives_as_it_was_raised(workers):
    with mk.use(workers), pytest.raises(mk.MediakitError, match=r"piece 3 is refused"):
        list(each(refused, range(10)))


def hushed(piece, entered, left):
    """Change the filters as pandas does, the second in before the first is out."""
    if piece == 1:
        entered[0].wait()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        entered[piece].set()
        (entered[1] if piece == 0 else left).wait()
    left.set()


def test_threads_that_change_the_filters_hush_no_warning_after_them():
    entered, left = [threading.Event(), threading.Event()], threading.Event()

    def work_and_warn():
        list(each(hushed, range(2), entered, left))
        warnings.warn("said", mk.MediakitWarning, stacklevel=1)

    with mk.use(2), pytest.warns(mk.MediakitWarning, match="said"):
        work_and_warn()


def given_up(piece):
    from distributed import KilledWorker

    raise KilledWorker("task", SimpleNamespace(address="tcp://there"), 3)


def test_work_that_kills_its_workers_is_said_to_want_memory(client):
    with mk.use(client), pytest.raises(mk.MediakitError, match="killed several times"):
        list(each(given_up, range(3)))


def test_what_is_large_is_sent_once(client):
    large, rows = np.arange(5), np.zeros(3)
    pieces = [(number, Once(rows)) for number in range(4)]
    before = len(dask_workers._at_cluster.get(client, {}))
    with mk.use(client):
        for _ in range(2):
            assert list(each(total, pieces, Once(large))) == [13, 14, 15, 16]
    assert len(dask_workers._at_cluster[client]) == before + 2


def test_what_is_large_is_sent_again_after_a_restart(client):
    large = Once(np.arange(5))
    with mk.use(client):
        assert list(each(total, [(0, [])], large)) == [10]
        for future in dask_workers._at_cluster[client].values():
            client.cancel(future, force=True)
        assert list(each(total, [(1, [])], large)) == [11]


@pytest.mark.parametrize("threads", [2, 3])
def test_no_more_is_worked_ahead_than_said(threads):
    begun = []

    def begin(piece):
        begun.append(piece)
        return piece

    with mk.use(threads):
        results = each(begin, range(100))
        assert next(results) == 0
        time.sleep(0.05)
        assert len(begun) <= AHEAD * threads
        results.close()
        time.sleep(0.05)
    assert len(begun) <= AHEAD * threads


def test_interrupting_cancels_what_waits():
    with mk.use(2), pytest.raises(KeyboardInterrupt):
        list(each(interrupted, range(1000)))


@pytest.mark.parametrize("wrong", [0, -1, True, 2.5, None, [1]])
def test_other_workers_are_refused(wrong):
    with pytest.raises(mk.MediakitError, match="number of threads, the address of a"):
        with mk.use(wrong):
            pass


def test_without_dask_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(mk.MediakitError, match=r"pip install 'mediakit\[scale\]'"):
        with mk.use("tcp://127.0.0.1:1"):
            pass


def test_an_address_is_enough(client):
    with mk.use(client.scheduler.address):
        assert list(each(doubled, range(3))) == [0, 2, 4]
