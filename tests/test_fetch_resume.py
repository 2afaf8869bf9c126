"""Runs that are cut off: the next one goes on; nothing is lost or kept twice."""

import _thread
import os
import shutil
import signal

import pandas as pd
import pytest
from fetch_kills import killed, records
from fetch_server import CONTACT, HTML, fetch, page, site_of
from load_helpers import told

import mediakit as mk
from mediakit.load import fetch_store
from mediakit.load.fetch_store import INDEX, Store
from mediakit.load.fetch_warc import NAME, read_record

AGENT = "mediakit/0"


@pytest.fixture
def site():
    with site_of(pages=4) as site:
        yield site


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path):
    """Only what was under way at a kill is asked for again: one page at most."""
    with site_of() as site:
        kills, _, again = killed(site, tmp_path, 12, most=5, longest=0.03, seed=1)
    assert kills > 2
    assert again <= kills


def test_a_record_cut_anywhere_is_cut_off_and_a_whole_one_found(site, tmp_path):
    given = [f"{site.url}/{number}" for number in (1, 2)]
    fetch(given[:1], tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    fetch(given, tmp_path / "two")
    kept = (tmp_path / "one" / NAME).read_bytes()
    both = (tmp_path / "two" / NAME).read_bytes()
    assert both.startswith(kept)
    for size in range(len(kept), len(both), 7):
        check_cut(tmp_path / "one", both[:size], kept, waiting=1)
    check_cut(tmp_path / "one", both[:-1], kept, waiting=1)
    check_cut(tmp_path / "one", both + b"\0" * 50, both, waiting=0)


def check_cut(folder, found, left, *, waiting):
    (folder / NAME).write_bytes(found)
    store = Store(folder, agent=AGENT, private=True)
    url = read_record(folder / NAME, *store._one("SELECT start, size FROM pages")).url
    store.enter([url, url[:-1] + "2"])
    assert store.count_waiting() == waiting
    store.close()
    assert (folder / NAME).read_bytes() == left


def test_a_crash_between_record_and_outcome_asks_nothing_again(site, tmp_path):
    given = [f"{site.url}/{number}" for number in (1, 2)]
    fetch(given[:1], tmp_path)
    before = (tmp_path / INDEX).read_bytes()
    fetch(given, tmp_path)
    (tmp_path / INDEX).write_bytes(before)
    assert len(fetch(given, tmp_path)) == 2
    assert site.paths() == ["/1", "/2"]
    assert records(tmp_path) == given


def test_a_lost_index_is_made_again_from_the_pages(site, tmp_path):
    given = [f"{site.url}/{number}" for number in (1, 2, 3)]
    first = fetch(given, tmp_path)
    (tmp_path / INDEX).unlink()
    pd.testing.assert_frame_equal(fetch(given, tmp_path), first)
    assert len(site.paths()) == 3
    (tmp_path / INDEX).write_bytes(b"no such thing" * 999)
    with pytest.raises(mk.MediakitError, match="is damaged .* Delete it and run again"):
        fetch(given, tmp_path)


def test_lost_pages_are_said_and_not_asked_for_again(site, tmp_path):
    fetch([f"{site.url}/1"], tmp_path)
    kept = (tmp_path / NAME).read_bytes()
    for left in (kept[:-5], None):
        (tmp_path / NAME).unlink()
        if left:
            (tmp_path / NAME).write_bytes(left)
        else:
            (tmp_path / NAME).touch()
        with pytest.raises(mk.MediakitError, match="Put it back|was not made by"):
            fetch([f"{site.url}/1"], tmp_path)
    assert len(site.paths()) == 1


def test_a_damaged_page_is_counted(site, tmp_path):
    given = [f"{site.url}/{number}" for number in (1, 2)]
    fetch(given, tmp_path)
    kept = bytearray((tmp_path / NAME).read_bytes())
    kept[-60:-40] = bytes(20)
    (tmp_path / NAME).write_bytes(kept)
    articles = fetch(given, tmp_path)
    assert articles["address"].tolist() == given[:1]
    assert told(articles)["pages kept but not read"] == 1


def test_two_runs_never_share_a_folder(site, tmp_path):
    store = Store(tmp_path, agent=AGENT, private=True)
    with pytest.raises(mk.MediakitError, match="Another run works in"):
        fetch([f"{site.url}/1"], tmp_path)
    store.close()
    assert len(fetch([f"{site.url}/1"], tmp_path)) == 1


@pytest.fixture
def interruptible():
    """Let interrupts arrive also where tests run in the background, as under nohup."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_keeps_what_was_under_way(site, tmp_path):
    def stop(_):
        _thread.interrupt_main()
        return 200, HTML, page(2)

    site.routes["/2"] = stop
    given = [f"{site.url}/{number}" for number in (1, 2, 3)]
    with pytest.raises(KeyboardInterrupt):
        mk.fetch_pages(given, folder=tmp_path, contact=CONTACT, delay=0.3, private=True)
    assert len(fetch(given, tmp_path)) == 3
    assert site.paths() == ["/1", "/2", "/3"]


def test_the_index_stays_small_in_memory_for_long_lists(tmp_path):
    """No more than a few rows are held at once, whatever the number of addresses."""
    import tracemalloc

    store = Store(tmp_path, agent=AGENT, private=False)
    tracemalloc.start()
    store.enter(f"http://post{n % 7}.example/{n}" for n in range(8_000))
    assert store.count_waiting() == 8_000
    assert len(store.waiting_hosts()) == 7
    assert sum(1 for _ in store.outcomes()) == 8_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    store.close()
    assert peak < 250_000  # the addresses alone would be larger


def test_a_full_disk_is_said_and_loses_nothing(site, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    given = [f"{site.url}/{number}" for number in (1, 2)]
    fetch(given[:1], tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(fetch_store, "append", full)
        with pytest.raises(mk.MediakitError, match="No space left .* run again"):
            fetch(given, tmp_path)
    assert len(fetch(given, tmp_path)) == 2
    assert site.paths() == ["/1", "/2", "/2"]
