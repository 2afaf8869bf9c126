"""Folders and files that are whole or not there: full disks, kills, replacement."""

import errno
import os
import subprocess
import sys
import threading

import pandas as pd
import pytest

import mediakit as mk
from mediakit import folders
from mediakit.folders import draft, new_folder, said_plainly
from mediakit.show.files import new_files

INDEX = "index"
posix = pytest.mark.skipif(folders.fcntl is None, reason="Windows locks no folders")

FULL = """
import random, resource, signal, sys
import mediakit as mk, pandas as pd
words = [f"w{number}" for number in range(400)]
random.seed(1)
table = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"] * 60, "text": [
    " ".join(random.choices(words, k=90)) for _ in range(120)]}))
corpus = mk.tokenize(table)
measure = mk.count_terms(corpus)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for most in map(int, sys.argv[2:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    for name, write in {
        "corpus": lambda: corpus.save(f"{sys.argv[1]}/corpus"),
        "tokenize": lambda: mk.tokenize(table, folder=f"{sys.argv[1]}/made"),
        "measure": lambda: measure.save(f"{sys.argv[1]}/measure"),
        "derive": lambda: mk.derive(corpus, f"{sys.argv[1]}/news", measures=[measure]),
        "table": lambda: mk.save_table(measure.to_frame(), f"{sys.argv[1]}/a.csv"),
    }.items():
        try:
            write()
            print(name, "written")
        except mk.MediakitError as error:
            print(name, "refused" if "full" in str(error) or "large" in str(error)
                  else error)
"""


@posix
def test_what_does_not_fit_is_refused_and_leaves_nothing(tmp_path):
    run = [sys.executable, "-W", "ignore", "-c", FULL, str(tmp_path), "9000", "35000"]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    lines = said.splitlines()
    assert len(lines) == 10
    assert [line for line in lines if not line.endswith("refused")] == []
    assert list(tmp_path.iterdir()) == []


def test_the_error_of_numpy_without_a_number_is_understood(tmp_path):
    with pytest.raises(mk.MediakitError, match="the disk is full"):
        with said_plainly(tmp_path):
            raise OSError("1000 requested and 12 written")
    with pytest.raises(OSError, match="something else"), said_plainly(tmp_path):
        raise OSError("something else")


def test_the_folder_that_was_asked_for_is_named_and_no_draft_inside_it(tmp_path):
    target = tmp_path / "news"
    with pytest.raises(mk.MediakitError) as told, new_folder(target, index=INDEX) as a:
        with new_folder(a / "measures" / "war", index=INDEX):
            raise OSError(errno.ENOSPC, "No space left on device")
    assert repr(str(target)) in str(told.value)
    assert ".draft-" not in str(told.value)
    with pytest.raises(mk.MediakitError, match="another"), said_plainly(target):
        raise mk.MediakitError("another") from OSError(errno.ENOSPC, "full")


def made(target, content):
    with new_folder(target, index=INDEX) as work:
        (work / INDEX).write_text(content)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems may need two steps")
def test_a_reader_finds_the_old_or_the_new_and_never_nothing(tmp_path):
    target, seen, done = tmp_path / "ein Körpus", set(), threading.Event()
    made(target, "0")
    if not folders._exchanged(target, target):
        pytest.skip("this file system cannot exchange folders")

    def read():
        while not done.is_set():
            seen.add((target / INDEX).exists())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(300):
        made(target, str(number))
    done.set()
    reader.join()
    assert seen == {True}
    assert (target / INDEX).read_text() == "299"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_where_folders_cannot_be_exchanged_two_steps_do(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_exchanged", lambda *_: False)
    made(tmp_path / "a", "old")
    made(tmp_path / "a", "new")
    assert (tmp_path / "a" / INDEX).read_text() == "new"
    assert len(list(tmp_path.iterdir())) == 1


KILLED = """
import os, signal, sys
from mediakit.folders import new_folder
with new_folder(sys.argv[1], index="index") as work:
    (work / "half").write_text("x")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_what_a_killed_process_left_is_swept_up_and_nothing_else(tmp_path):
    target = tmp_path / "a[1]"
    run = [sys.executable, "-c", KILLED, str(target)]
    assert subprocess.run(run, check=False).returncode == -9
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".a[1].draft-")
    bystanders = {".a[1].drafts", ".b.draft-12345678", ".a[1].draft-link"}
    for name in bystanders:
        (tmp_path / f"of {name}").mkdir()
        (tmp_path / f"of {name}" / "work").write_text("years")
        if name.endswith("link"):
            (tmp_path / name).symlink_to(tmp_path / f"of {name}")
        else:
            (tmp_path / f"of {name}").rename(tmp_path / name)
    with draft(target) as living:
        (living / "half").write_text("x")
        made(target, "whole")
        assert (living / "half").is_file()
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {target.name, *bystanders, "of .a[1].draft-link"}
    assert (tmp_path / "of .a[1].draft-link" / "work").read_text() == "years"


def test_no_link_laid_out_beforehand_is_written_through(tmp_path):
    victim, path = tmp_path / "victim", tmp_path / "a.csv"
    victim.write_text("precious")
    for name in (f".a.csv.{os.getpid()}.part", "a.csv", "a.csv.json"):
        try:
            (tmp_path / name).symlink_to(victim)
        except OSError:
            pytest.skip("this system makes no links")
    mk.save_table(pd.DataFrame({"a": [1]}), path)
    assert victim.read_text() == "precious"
    assert not path.is_symlink()


def test_a_file_that_fails_leaves_the_one_before(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(TypeError), new_files(path) as (part,):
        part.write_text(b"new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
