"""A worker killed in the middle of a comparison changes nothing but the time."""

import gc
import os
import signal
import threading
import time

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit import dask_workers
from mediakit.measure.measure import Measure
from mediakit.text import tokenize as tokenizing

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]
SIDES = {"by": "outlet", "a": "A", "b": "B"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the path of a saved corpus of twelve shards."""
    random = np.random.default_rng(5)
    words = np.array([f"word{number}" for number in range(900)])
    texts = [" ".join(random.choice(words, n)) for n in random.integers(50, 200, 600)]
    frame = pd.DataFrame({"text": texts, "title": "", "outlet": ["A", "B"] * 300})
    dates = pd.date_range("2023-01-01", periods=600, freq="1D", tz="UTC")
    path = tmp_path_factory.mktemp("killed") / "corpus"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizing, "SHARD_ARTICLES", 50)
        mk.tokenize(mk.read_articles(frame.assign(published=dates))).save(path)
    return path


@pytest.fixture
def processes():
    """Return a Dask client of two worker processes."""
    distributed = pytest.importorskip(
        "distributed", reason="distributed (the extra `scale`) is missing"
    )
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0"}
    with (
        distributed.LocalCluster(**options) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def slow_count(part, view, marks):
    """Count articles' words, slowly, and leave a mark for whoever waits to kill."""
    from mediakit.measure.terms import count_words

    (marks / f"{os.getpid()}").touch()
    time.sleep(0.3)
    size = 900
    return count_words(part, view, np.arange(size, dtype=np.int32), size)


def slow_measure(corpus, marks):
    from mediakit.measure.blocks import corpus_blocks

    words = mk.count_terms(corpus)
    return Measure(
        name="words",
        kind="count",
        unit="word",
        items=words.items,
        denominators=("words",),
        articles=corpus.metadata,
        stored=corpus_blocks(corpus, slow_count, marks),
    )


def kill_one(marks, killed):
    while not (found := list(marks.iterdir())):
        time.sleep(0.01)
    time.sleep(0.4)
    killed.append(int(found[0].name))
    os.kill(killed[0], signal.SIGKILL)


def test_a_killed_worker_changes_nothing(folder, processes, tmp_path):
    corpus = mk.open_corpus(folder)
    assert len(corpus.parts) == 12
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    known = mk.compare(slow_measure(corpus, tmp_path / "here"), **SIDES)
    measure, killed = slow_measure(corpus, tmp_path / "there"), []
    killer = threading.Thread(target=kill_one, args=(tmp_path / "there", killed))
    killer.start()
    with mk.use(processes):
        found = mk.compare(measure, **SIDES)
    killer.join()
    workers = {int(mark.name) for mark in (tmp_path / "there").iterdir()}
    assert killed
    assert workers - {*killed, os.getpid()}, "the other worker did nothing"
    assert os.getpid() not in workers
    pd.testing.assert_frame_equal(found, known, check_exact=True)


def test_what_went_to_the_workers_leaves_with_the_measure(folder, processes):
    corpus = mk.open_corpus(folder)
    with mk.use(processes):
        words = mk.count_terms(corpus)
        found = mk.compare(words, **SIDES)
        assert len(dask_workers._at_cluster[processes]) >= 12
    pd.testing.assert_frame_equal(found, mk.compare(mk.count_terms(corpus), **SIDES))
    del words, corpus
    gc.collect()
    assert len(dask_workers._at_cluster[processes]) == 0
