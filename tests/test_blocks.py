"""Blocks are counted when asked for, and what is kept of them changes no number."""

import gc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

import mediakit as mk
from mediakit.measure import kept
from mediakit.measure.blocks import KEPT, Blocks, corpus_blocks, select_items
from mediakit.measure.terms import count_words
from mediakit.text import tokenize as tokenizing

TEXTS = ["war and peace", "peace, peace", "", "no war no peace", "war", "a b a", "b"]


def corpus_of(texts):
    articles = pd.DataFrame({"outlet": list("AB" * len(texts))[: len(texts)]})
    return mk.tokenize(mk.read_articles(articles.assign(text=texts, title="")))


@pytest.fixture
def corpus(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    found = corpus_of(TEXTS)
    assert len(found.parts) == 4
    return found


@pytest.fixture
def calls(monkeypatch):
    """Return a list to which every counted part adds the number of its rows."""
    made = []

    def counting(part, view, *args):
        made.append(len(part))
        return count_words(part, view, *args)

    monkeypatch.setattr("mediakit.measure.terms.count_words", counting)
    return made


def assert_equal(one, other):
    assert (one.values != other.values).nnz == 0
    assert one.values.dtype == other.values.dtype
    np.testing.assert_array_equal(one.exposure, other.exposure)
    pd.testing.assert_frame_equal(one.articles, other.articles)
    pd.testing.assert_frame_equal(one.items, other.items)


def test_a_block_is_counted_once_and_kept(corpus, calls):
    words = mk.count_terms(corpus)
    assert sorted(calls) == [1, 2, 2, 2]
    words.values, words.exposure, mk.summarise(words, by="outlet")  # noqa: B018
    assert len(calls) == 4


def test_without_room_blocks_are_counted_again_to_the_same(corpus, calls, monkeypatch):
    roomy = mk.count_terms(corpus)
    values = roomy.values
    monkeypatch.setattr(kept, "KEPT_BYTES", 0)
    words = mk.count_terms(corpus)
    before = len(calls)
    assert (words.values != values).nnz == 0
    assert (words.values != values).nnz == 0
    assert len(calls) == before + 8


def test_a_measure_does_not_drive_out_its_own_blocks(corpus, calls, monkeypatch):
    size = kept.weight(mk.count_terms(corpus).stored.recipe.counted(0, ()))
    calls.clear()
    monkeypatch.setattr(kept, "KEPT_BYTES", int(2.2 * size))
    words = mk.count_terms(corpus.with_columns(corpus.metadata[["article_id"]]))
    calls.clear()
    words.values, words.values  # noqa: B018
    assert 2 <= len(calls) < 8


def test_the_memory_of_a_measure_that_is_gone_is_free(corpus):
    gc.collect()
    before = KEPT.bytes
    words = mk.count_terms(corpus)
    assert KEPT.bytes > before
    del words
    gc.collect()
    assert KEPT.bytes == before


def test_only_what_is_asked_for_is_counted(corpus):
    asked = []

    def count(part, view):
        asked.append(len(part))
        return sparse.csr_array((len(part), 1), dtype=np.int64), np.ones((len(part), 1))

    blocks = corpus_blocks(corpus, count)
    assert asked == []
    assert blocks[-1].rows == slice(6, 7)
    assert asked == [1]
    assert [block.rows for block in blocks[:2]] == [slice(0, 2), slice(2, 4)]
    with pytest.raises(IndexError):
        blocks[4]


MASKS = st.lists(st.booleans(), min_size=len(TEXTS), max_size=len(TEXTS))


@given(MASKS, MASKS, st.permutations(["war", "peace", "no", "b"]), st.integers(0, 4))
def test_selections_compose_lazily_and_are_those_in_memory(first, second, items, many):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizing, "SHARD_ARTICLES", 2)
        lazy = mk.count_terms(corpus_of(TEXTS))
    held = lazy.subset(np.ones(len(lazy), bool))
    dense = lazy.values.toarray()
    held = type(held)(**{**vars_of(lazy), "stored": tuple(lazy.blocks())})
    items = items[:many]
    then = np.array(second)[np.array(first)]
    results = []
    for measure in (lazy, held):
        chosen = measure.subset(first).only_items(items).subset(then)
        results.append(chosen)
    assert isinstance(results[0].stored, Blocks)
    assert_equal(*results)
    columns = [lazy.items["item"].tolist().index(item) for item in items]
    naive = dense[np.array(first)][then][:, columns]
    np.testing.assert_array_equal(results[0].values.toarray(), naive)


def vars_of(measure):
    return {name: getattr(measure, name) for name in measure.__dataclass_fields__}


@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1))
def test_selected_columns_are_sorted(rows):
    values = sparse.csr_array(np.array(rows))
    place = np.array([2, -1, 0, 1, -1], np.int32)
    selected = select_items(values, place, 3)
    np.testing.assert_array_equal(selected.toarray(), np.array(rows)[:, [2, 3, 0]])
    assert selected.has_canonical_format


def test_stop_words_and_thresholds_stay_lazy(corpus):
    words = mk.count_terms(corpus, stopwords=["no"], min_articles=3)
    assert isinstance(words.stored, Blocks)
    assert words.items["item"].tolist() == ["peace", "war"]
    assert words.exposure[:, 0].tolist() == [3, 2, 0, 4, 1, 3, 1]
    assert words.values.toarray().tolist()[3] == [1, 1]


def test_a_saved_measure_is_the_same(corpus, tmp_path):
    words = mk.count_terms(corpus)
    words.save(tmp_path / "words")
    opened = mk.open_measure(tmp_path / "words")
    assert_equal(words, opened)
    assert [b.rows for b in opened.blocks()] == [b.rows for b in words.blocks()]
