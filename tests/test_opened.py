import errno
import hashlib
import pickle
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from articles import corpus_of
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.text import opened as module
from mediakit.text import store
from mediakit.text import tokenize as tokenizing
from mediakit.text.fingerprint import fingerprint_of
from mediakit.text.opened import OpenedShard
from mediakit.text.views import Layer

TEXTS = ["“Peace” now. Ünderway!", "", "War; war.", "He said: “No more words.”"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    place = tmp_path / "ein Körpus ✓"
    mk.mark_quotations(corpus_of(TEXTS, "A title", outlet=list("ABAB"))).save(place)
    return place


def values_of(part, view):
    return part.counts(view).toarray().tolist(), part.totals(view).tolist()


def test_a_part_travels_as_its_path_with_the_layers_added_since(folder):
    corpus = mk.open_corpus(folder)
    part = corpus.parts[1]
    layer = Layer(np.array([0, 3]), np.array([1, 4]), np.array([0, 1]), ("x", "y"))
    marked = type(part)(
        part.shard.with_layer("mine", layer), part.to_global, None, part.numbered
    )
    sent = pickle.dumps(marked)
    there = pickle.loads(sent)
    assert len(sent) < 2_000
    assert str(folder).encode() in sent
    assert isinstance(there.shard, OpenedShard)
    assert sorted(there.shard.layers) == ["mine", "quotation"]
    assert there.shard.layers["mine"].names == ("x", "y")
    assert there.to_global.tolist() == marked.to_global.tolist()
    for steps in ((), (("only", "quotation"),), (("without", "mine"),)):
        view = mk.open_corpus(folder).view.__class__("text", steps)
        assert values_of(there, view) == values_of(marked, view)


def test_rows_of_a_subset_travel_along(folder):
    subset = mk.open_corpus(folder).subset(np.array([False, True, True, False]))
    there = [pickle.loads(pickle.dumps(part)) for part in subset.parts]
    assert [part.rows.tolist() for part in there] == [[1], [0]]
    assert values_of(there[1], subset.view) == values_of(subset.parts[1], subset.view)


def test_a_part_in_memory_travels_whole():
    part = corpus_of(TEXTS).parts[0]
    there = pickle.loads(pickle.dumps(part))
    assert there.texts("text").to_pylist() == TEXTS
    assert there.counts(mk.Corpus.view).toarray().sum() == 10


def test_nothing_is_read_before_it_is_used(folder):
    corpus = mk.open_corpus(folder)
    lazy = {"texts", "chunks", "ids", "offsets", "flags", "pieces", "postings"}
    assert not any(lazy & set(part.shard.__dict__) for part in corpus.parts)
    assert corpus.parts[0].shard is mk.open_corpus(folder).parts[0].shard


def test_a_corpus_saved_anew_is_not_taken_for_the_old_one(folder):
    before = mk.open_corpus(folder)
    mk.tokenize(before.articles.iloc[:2]).save(folder)
    assert mk.open_corpus(folder).articles["text"].tolist()[0] == TEXTS[0]
    assert len(mk.open_corpus(folder).parts) == 1
    assert mk.open_corpus(folder).layers == []


def test_postings_are_saved(folder):
    corpus = mk.tokenize(mk.open_corpus(folder).articles)
    for held, opened in zip(corpus.parts, mk.open_corpus(folder).parts, strict=True):
        for name in ("offsets", "positions"):
            stored = getattr(opened.shard.postings, name)
            assert isinstance(stored, np.memmap)
            assert stored.tolist() == getattr(held.shard.postings, name).tolist()


def test_starts_are_found_again_from_the_texts(folder):
    for part in mk.open_corpus(folder).parts:
        shard, starts = part.shard, part.shard.starts()
        documents = [t for f in ("title", "text") for t in shard.texts[f].to_pylist()]
        words = shard.vocabulary.take(shard.ids).to_pylist()
        for number, text in enumerate(documents):
            span = slice(*shard.offsets[number : number + 2])
            for word, start in zip(words[span], starts[span], strict=True):
                assert text.encode()[start:].decode().startswith(word)
        whole = [shard.chunk_starts(np.array([number])) for number in range(4)]
        assert shard.chunk_starts().tolist() == np.concatenate(whole).tolist()


@given(st.dictionaries(st.text("ab \n\té😀", max_size=4), st.binary(max_size=9)))
def test_a_fingerprint_is_that_of_the_sorted_lines(given_articles):
    names = list(given_articles)
    hashes = [hashlib.sha256(one) for one in given_articles.values()]
    lines = sorted(
        f"{name} {one.hexdigest()}\n" for name, one in zip(names, hashes, strict=True)
    )
    rows = np.frombuffer(b"".join(h.digest() for h in hashes), np.uint8)
    found = fingerprint_of(pd.Series(names, dtype="str"), [rows.reshape(-1, 32)])
    assert found == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_fingerprint_is_stored_and_a_subset_has_its_own(folder, monkeypatch):
    corpus = mk.tokenize(mk.open_corpus(folder).articles)
    mask = np.array([True, False, True, False])
    monkeypatch.setattr(module.Shard, "hashes", property(lambda _: 1 / 0))
    opened = mk.open_corpus(folder)
    names = opened.fingerprint, opened.subset(mask).fingerprint
    monkeypatch.undo()
    assert names == (corpus.fingerprint, corpus.subset(mask).fingerprint)
    assert opened.only("title").fingerprint == corpus.fingerprint


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "not be written")],
)
def test_a_full_or_closed_disk_leaves_nothing(folder, monkeypatch, number, told):
    def fail(*_, **__):
        raise OSError(number, "told by the system")

    corpus = mk.open_corpus(folder)
    monkeypatch.setattr(store, "write_table", fail)
    with pytest.raises(mk.MediakitError, match=told):
        corpus.save(folder.parent / "other")
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_two_processes_read_one_corpus(folder):
    code = (
        "import sys, mediakit as mk; c = mk.open_corpus(sys.argv[1]);"
        "assert c.fingerprint == sys.argv[2] and c.totals().sum() == 10"
    )
    run = [sys.executable, "-c", code, str(folder), mk.open_corpus(folder).fingerprint]
    others = [subprocess.Popen(run) for _ in range(2)]
    assert mk.open_corpus(folder).totals().sum() == 10
    assert [other.wait() for other in others] == [0, 0]
