import json

import numpy as np
import pandas as pd
import pytest
from articles import corpus_of
from nltk.tokenize import TreebankWordTokenizer

import mediakit as mk
from mediakit.text import store
from mediakit.text import tokenize as tokenizing


@pytest.fixture
def corpus(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    texts = ["“Peace” now. Ünderway!", "", "War; war.", "He said: “No more words.”"]
    dates = pd.to_datetime(["2014-10-01", "2014-10-02", None, "2014-11-01"], utc=True)
    columns = {"outlet": list("ABAB"), "published": dates, "stars": [1, 2, 3, 4]}
    return mk.mark_quotations(corpus_of(texts, "A title", **columns))


def same(one, other):
    a, b = mk.count_terms(one, fold=None), mk.count_terms(other, fold=None)
    assert a.items.equals(b.items)
    assert (a.values.toarray() == b.values.toarray()).all()
    assert (a.exposure == b.exposure).all()
    pd.testing.assert_frame_equal(one.articles, other.articles)
    assert one.fingerprint == other.fingerprint


def test_an_opened_corpus_is_the_saved_one(corpus, tmp_path):
    corpus.only("quotation").save(tmp_path / "corpus")
    opened = mk.open_corpus(tmp_path / "corpus")
    assert opened.view == corpus.only("quotation").view
    assert (opened.tokenizer, opened.layers) == (corpus.tokenizer, ["quotation"])
    same(corpus.only("quotation"), opened)
    same(corpus.only("quotation").only("title"), opened.only("title"))


def test_a_saved_subset_holds_nothing_else(corpus, tmp_path):
    subset = corpus.subset(np.array([False, False, True, True]))
    subset.save(tmp_path / "subset")
    opened = mk.open_corpus(tmp_path / "subset")
    same(subset, opened)
    same(subset.only("quotation"), opened.only("quotation"))
    stored = b"".join(p.read_bytes() for p in (tmp_path / "subset").rglob("*.arrow"))
    assert b"No more words" in stored
    assert b"Peace" not in stored


def test_other_tokenizers_are_saved_too(corpus, tmp_path):
    other = mk.tokenize(corpus.articles, tokenizer=TreebankWordTokenizer())
    other.save(tmp_path / "corpus")
    same(other, mk.open_corpus(tmp_path / "corpus"))
    half = other.subset(np.array([True, False, True, False]))
    half.save(tmp_path / "half")
    same(half, mk.open_corpus(tmp_path / "half"))


def test_a_corpus_takes_the_place_of_the_one_saved_before(corpus, tmp_path):
    corpus.save(tmp_path / "corpus")
    corpus.subset(np.array([True, False, False, False])).save(tmp_path / "corpus")
    assert len(mk.open_corpus(tmp_path / "corpus")) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_a_folder_of_something_else_is_not_overwritten(corpus, tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(mk.MediakitError, match="choose another folder"):
        corpus.save(tmp_path)


def test_writing_cut_short_leaves_nothing_behind(corpus, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(store, "write_index", fail)
    with pytest.raises(OSError, match="disk full"):
        corpus.save(tmp_path / "corpus")
    assert list(tmp_path.iterdir()) == []


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_every_missing_cut_or_changed_file_is_found(corpus, tmp_path):
    corpus.save(tmp_path / "corpus")
    for path in files_of(tmp_path / "corpus"):
        whole = path.read_bytes()
        for damaged in (None, whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
            path.unlink()
            if damaged is not None:
                path.write_bytes(damaged)
            with pytest.raises(mk.MediakitError, match="changed|missing|lacks"):
                mk.open_corpus(tmp_path / "corpus")
            path.write_bytes(whole)
    mk.open_corpus(tmp_path / "corpus")


def test_large_folders_are_checked_in_full_on_request(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("mediakit.folders.CHECKED_BYTES", 0)
    corpus.save(tmp_path / "corpus")
    path = tmp_path / "corpus" / "shard-00000" / "token-flags.npy"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    mk.open_corpus(tmp_path / "corpus")
    with pytest.raises(mk.MediakitError, match="changed since it was saved"):
        mk.open_corpus(tmp_path / "corpus", verify=True)


def test_an_index_that_points_outside_is_refused(corpus, tmp_path):
    import hashlib

    corpus.save(tmp_path / "corpus")
    path = tmp_path / "corpus" / "corpus.json"
    body = path.read_text("utf-8").rstrip("\n").rpartition("\n")[0]
    body = body.replace("vocabulary.arrow", "../../vocabulary.arrow")
    seal = json.dumps({"sha256": hashlib.sha256(body.encode()).hexdigest()})
    path.write_text(f"{body}\n{seal}\n", "utf-8")
    with pytest.raises(mk.MediakitError, match="points outside"):
        mk.open_corpus(tmp_path / "corpus")


def test_what_is_no_corpus_is_told_so(tmp_path):
    with pytest.raises(mk.MediakitError, match="there is no folder"):
        mk.open_corpus(tmp_path / "nowhere")
    with pytest.raises(mk.MediakitError, match=r"corpus.json is missing"):
        mk.open_corpus(tmp_path)
