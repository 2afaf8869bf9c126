import numpy as np
import pandas as pd
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.text import tokenize as tokenizing


@pytest.fixture
def words(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    return mk.count_terms(
        corpus_of(["war war", "peace", "a war"], outlet=["A", "B", "A"])
    )


def test_blocks_are_shards_and_add_up(words):
    assert [block.rows for block in words.blocks()] == [slice(0, 2), slice(2, 3)]
    assert words.values.toarray().tolist() == [[0, 0, 2], [0, 1, 0], [1, 0, 1]]
    assert words.exposure.tolist() == [[2], [1], [2]]


def test_a_frame_holds_what_is_not_zero(words):
    frame = words.to_frame()
    ids = words.articles["article_id"]
    assert frame["item"].tolist() == ["war", "peace", "a", "war"]
    assert frame["article_id"].tolist() == ids[[0, 1, 2, 2]].tolist()
    assert frame["value"].tolist() == [2.0, 1.0, 1.0, 1.0]
    assert frame["exposure"].tolist() == [2.0, 1.0, 2.0, 2.0]


def test_subsets_of_articles_and_items(words):
    some = words.subset(np.array([True, False, True]))
    assert some.values.toarray().tolist() == [[0, 0, 2], [1, 0, 1]]
    assert some.articles["outlet"].tolist() == ["A", "A"]
    picked = words.only_items(["war", "a"])
    assert picked.values.toarray().tolist() == [[2, 0], [0, 0], [1, 1]]
    with pytest.raises(mk.MediakitError, match=r"no items \['love'\].*the first are"):
        words.only_items(["war", "love"])


def test_a_saved_measure_opens_as_it_was(words, tmp_path):
    words.save(tmp_path / "words")
    opened = mk.open_measure(tmp_path / "words")
    assert (opened.values.toarray() == words.values.toarray()).all()
    assert opened.values.dtype == words.values.dtype
    assert (opened.exposure == words.exposure).all()
    pd.testing.assert_frame_equal(opened.items, words.items)
    pd.testing.assert_frame_equal(opened.articles, words.articles)
    for name in ("name", "kind", "unit", "denominators", "evidence", "provenance"):
        assert getattr(opened, name) == getattr(words, name)


def test_any_program_reads_a_saved_measure(words, tmp_path):
    from scipy.io import mmread

    words.save(tmp_path / "words")
    matrix = mmread(tmp_path / "words" / "values.mtx", spmatrix=False).toarray()
    items = pd.read_csv(tmp_path / "words" / "items.csv")["item"].tolist()
    assert (matrix == words.values.toarray()).all()
    assert items == ["a", "peace", "war"]


def test_signed_numbers_survive_to_the_last_bit(tmp_path):
    frame = pd.DataFrame({"tone": [0.1 + 0.2, -1 / 3], "n": [1, 2]})
    measure = mk.as_measure(frame, value="tone", exposure="n", kind="mean")
    measure.save(tmp_path / "tone")
    opened = mk.open_measure(tmp_path / "tone")
    assert opened.values.toarray().tolist() == measure.values.toarray().tolist()


def test_a_changed_measure_is_refused(words, tmp_path):
    words.save(tmp_path / "words")
    path = tmp_path / "words" / "values.mtx"
    path.write_text(path.read_text().replace(" 2\n", " 3\n"))
    with pytest.raises(mk.MediakitError, match="changed since it was saved"):
        mk.open_measure(tmp_path / "words")
