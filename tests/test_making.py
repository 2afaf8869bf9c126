"""What is cut short goes on where it stopped, and ends as if it had not been."""

import errno
import os
import time

import pytest
from kills import contents, kill_after, news, start

import mediakit as mk
from mediakit import making as module
from mediakit.making import making
from mediakit.text import stream
from mediakit.text import tokenize as tokenizing


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 50)
    return news(tmp_path / "sources")


def make(source, target):
    with pytest.warns(mk.MediakitWarning) as told:
        corpus = mk.tokenize(source, folder=target)
    return corpus, " ".join(str(one.message) for one in told)


def test_a_killed_process_loses_no_finished_shard(source, tmp_path):
    whole, _ = make(source, tmp_path / "whole")
    target = tmp_path / "Körpus ✓"
    for shards in (1, 4, 7):
        assert kill_after(start(source, target, 50), target, shards)
    made = tmp_path / ".Körpus ✓.making" / "made"
    times = {one.name: one.stat().st_mtime_ns for one in made.glob("*/shard.json")}
    before = {one.name: one.stat().st_mtime_ns for one in made.glob("shard-*")}
    assert len(before) >= 7
    assert not target.exists()
    time.sleep(0.01)
    resumed, _ = make(source, target)
    after = {one.name: one.stat().st_mtime_ns for one in target.glob("shard-*")}
    assert before.items() <= after.items()
    assert times
    assert resumed.fingerprint == whole.fingerprint
    assert contents(target) == contents(tmp_path / "whole")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"sources", "whole", target.name}


def stopped(monkeypatch, source, target, error=None):
    """Make a corpus and fail before its index is written."""
    with monkeypatch.context() as patch:
        patch.setattr(
            stream, "finish_corpus", lambda *_: raised(error or RuntimeError())
        )
        with pytest.raises((RuntimeError, mk.MediakitError)) as caught:
            make(source, target)
    return caught.value


def raised(error):
    raise error


def test_a_changed_source_starts_afresh_and_says_so(source, tmp_path, monkeypatch):
    stopped(monkeypatch, source, tmp_path / "corpus")
    time.sleep(0.01)
    os.utime(source / "1.parquet")
    corpus, told = make(source, tmp_path / "corpus")
    assert "made afresh" in told
    assert len(corpus) == 600
    stopped(monkeypatch, source, tmp_path / "other")
    _, told = make(source, tmp_path / "other")
    assert "made afresh" not in told


def test_drafts_of_shards_are_cleared(source, tmp_path, monkeypatch):
    stopped(monkeypatch, source, tmp_path / "corpus")
    made = tmp_path / ".corpus.making" / "made"
    (made / ".shard-00000-abc").mkdir()
    make(source, tmp_path / "corpus")
    assert not list((tmp_path / "corpus").glob(".*"))


def test_a_full_disk_keeps_the_finished_shards(source, tmp_path, monkeypatch):
    full = OSError(errno.ENOSPC, "No space left on device")
    error = stopped(monkeypatch, source, tmp_path / "corpus", full)
    assert "disk is full" in str(error)
    assert "is kept and not made again" in str(error)
    assert not (tmp_path / "corpus").exists()
    assert len(list((tmp_path / ".corpus.making" / "made").iterdir())) == 12


def test_two_processes_do_not_make_the_same_folder(tmp_path):
    with making(tmp_path / "x", index="i.json", job={}) as work:
        (work / "made" / "i.json").write_text("")
        with (
            pytest.raises(mk.MediakitError, match="another process is making"),
            making(tmp_path / "x", index="i.json", job={}),
        ):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_folder_that_may_not_be_written_is_named(tmp_path, monkeypatch):
    def closed(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(module.Path, "mkdir", closed)
    with (
        pytest.raises(mk.MediakitError, match=r"'.*x' may not be written here"),
        making(tmp_path / "x", index="i.json", job={}),
    ):
        pass


def test_a_folder_of_something_else_is_refused(source, tmp_path):
    (tmp_path / "thesis").mkdir()
    with pytest.raises(mk.MediakitError, match="was not saved by mediakit"):
        mk.tokenize(source, folder=tmp_path / "thesis")
