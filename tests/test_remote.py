"""Corpora in object storage, by fsspec's memory:// and file:// file systems."""

import pickle
import sys
import tempfile

import numpy as np
import pytest
from articles import corpus_of, same_corpus
from kills import news

import mediakit as mk
from mediakit.text import opened
from mediakit.text import tokenize as tokenizing

fsspec = pytest.importorskip("fsspec", reason="fsspec (the extra `scale`) is missing")
TEXTS = ["“Peace” now. Ünderway!", "", "War; war.", "He said: “No more words.”"]


@pytest.fixture(params=["memory", "file"])
def address(request, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    opened._opened_remote.cache_clear()
    if request.param == "file":
        yield f"file://{tmp_path}/ein Körpus"
        return
    files = fsspec.filesystem("memory")
    yield "memory://bucket/corpus"
    for root in files.ls("/", detail=False):
        files.rm(root, recursive=True)


def stored(address):
    files, root = fsspec.url_to_fs(address)
    return files, root, [path.removeprefix(root) for path in files.find(root)]


def test_a_corpus_goes_there_and_comes_back(address):
    corpus = mk.mark_quotations(corpus_of(TEXTS, "A title"))
    corpus.save(address)
    there = mk.open_corpus(address)
    same_corpus(there, corpus)
    same_corpus(there.only("quotation"), corpus.only("quotation"))
    mask = np.array([False, True, True, False])
    same_corpus(there.subset(mask), corpus.subset(mask))


def test_a_shard_is_copied_when_it_is_used_and_once(address, tmp_path):
    corpus_of(TEXTS).save(address)
    there = mk.open_corpus(address)
    assert not any("folder" in part.shard.__dict__ for part in there.parts)
    part = pickle.loads(pickle.dumps(there.parts[1]))
    assert len(pickle.dumps(there.parts[1])) < 2_000
    assert part.texts("text").to_pylist() == TEXTS[2:]
    assert "folder" not in there.parts[0].shard.__dict__
    files, root, _ = stored(address)
    files.rm(root, recursive=True)
    opened._opened_remote.cache_clear()
    part = pickle.loads(pickle.dumps(part))
    assert part.texts("text").to_pylist() == TEXTS[2:]


def test_what_was_changed_there_is_found(address):
    corpus_of(TEXTS).save(address)
    there = mk.open_corpus(address)
    files, root, names = stored(address)
    name = next(one for one in names if one.endswith("00001/text.arrow"))
    files.pipe_file(root + name, files.cat_file(root + name)[:-1] + b"!")
    with pytest.raises(mk.MediakitError, match="text.arrow.* was changed"):
        there.parts[1].texts("text")
    name = next(one for one in names if one.endswith("00000/shard.json"))
    files.pipe_file(root + name, files.cat_file(root + name) + b" ")
    with pytest.raises(mk.MediakitError, match="was changed"):
        there.parts[0].texts("text")


def test_parquet_is_read_there_and_the_corpus_written_there(address, tmp_path):
    local = news(tmp_path / "sources", rows=3)
    files, root = fsspec.url_to_fs(address + " sources")
    files.makedirs(root, exist_ok=True)
    for path in local.iterdir():
        files.put_file(str(path), f"{root}/{path.name}")
    with pytest.warns(mk.MediakitWarning, match="ids given to several"):
        there = mk.tokenize(address + " sources", folder=address)
    with pytest.warns(mk.MediakitWarning):
        here = mk.tokenize(local, folder=tmp_path / "here")
    same_corpus(there, here)
    assert len(there.parts) == 5
    with pytest.raises(mk.MediakitError, match="holds something already"):
        mk.tokenize(local, folder=address)


def test_what_is_not_there_is_told_so(address):
    with pytest.raises(mk.MediakitError, match="there is no saved corpus at"):
        mk.open_corpus(address)
    with pytest.raises(mk.MediakitError, match="there is no file at"):
        mk.tokenize(address, folder=address + "2")
    with pytest.raises(mk.MediakitError, match="cannot be reached"):
        mk.open_corpus("nowhere://bucket/corpus")


def test_without_fsspec_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(mk.MediakitError, match=r"pip install 'mediakit\[scale\]'"):
        mk.open_corpus("s3://bucket/corpus")
