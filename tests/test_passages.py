import numpy as np
import pandas as pd
import pytest
from articles import corpus_of
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.text import tokenize as tokenizing

TEXT = 'The civil war goes on. "War," he said, "is not peace." No peace, then.'


def cells(found):
    return found[["left", "match", "right"]].to_numpy().tolist()


def test_words_around_a_match_are_the_original_text():
    found = mk.find_passages(corpus_of([TEXT]), "peace", width=2)
    assert cells(found) == [
        ['"is not', "peace", '." No peace,'],
        ['peace." No', "peace", ", then."],
    ]


def test_a_phrase_is_one_match_and_the_longest_counts():
    found = mk.find_passages(corpus_of([TEXT]), ["war", "civil war"], width=1)
    assert found["match"].tolist() == ["civil war", "War"]


def test_the_whole_sentence_on_request():
    found = mk.find_passages(corpus_of([TEXT]), "goes", width="sentence")
    assert cells(found) == [["The civil war", "goes", "on."]]


def test_context_ends_with_the_article():
    corpus = corpus_of(["One war.", "Two wars.", "war"], titles="A title")
    found = mk.find_passages(corpus, "war*", width=5)
    assert cells(found)[0] == ["One", "war", "."]
    assert cells(found)[1] == ["Two", "wars", "."]
    assert cells(found)[2] == ["", "war", ""]
    assert found["title"].tolist() == ["A title"] * 3


def test_views_and_layers_are_told():
    corpus = mk.mark_quotations(corpus_of([TEXT]))
    found = mk.find_passages(corpus, "war")
    assert found["layers"].tolist() == ["", "quotation"]
    own = mk.find_passages(corpus.without("quotation"), "war")
    assert own["match"].tolist() == ["war"]


def test_subsets_and_shards_name_the_right_article(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    texts = ["a war", "peace", "the war, a war", "war", "no"]
    dates = pd.to_datetime(
        ["2014-05-01", None, "2014-03-01", "2014-04-01", None], utc=True
    )
    corpus = corpus_of(texts, published=dates)
    found = mk.find_passages(corpus, "war", width=1)
    names = ["article-0", "article-2", "article-2", "article-3"]
    assert found["article_id"].tolist() == names
    some = corpus.subset(np.array([False, True, True, True, False]))
    assert mk.find_passages(some, "war")["article_id"].tolist() == names[1:]
    by_date = mk.find_passages(corpus, "war", sort="date")["article_id"].tolist()
    assert by_date == ["article-2", "article-2", "article-3", "article-0"]


def test_lines_are_sorted_by_the_words_beside_the_match():
    texts = ["old civil war ends", "a war begins", "young civil war again"]
    corpus = corpus_of(texts)
    left = mk.find_passages(corpus, "war", sort="left", width=2)["left"].tolist()
    assert left == ["a", "old civil", "young civil"]
    right = mk.find_passages(corpus, "war", sort="right", width=2)["right"].tolist()
    assert right == ["again", "begins", "ends"]


WORDS = st.lists(
    st.sampled_from(["war", "Peace.", "–", "“so”", "é", "\n\n"]), max_size=9
)


@pytest.mark.filterwarnings("ignore:.*patterns hold a word")
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=4), st.integers(0, 3))
def test_every_hit_is_a_line_and_every_line_stands_in_its_text(texts, width):
    corpus = corpus_of(texts)
    found = mk.find_passages(corpus, ["war", "peace"], width=width)
    counted = mk.count_patterns(corpus, ["war", "peace"]).values.sum()
    assert len(found) == counted
    plain = {f"article-{n}": " ".join(text.split()) for n, text in enumerate(texts)}
    for row in found.itertuples():
        joined = "".join((row.left, row.match, row.right)).replace(" ", "")
        assert joined in plain[row.article_id].replace(" ", "")


def test_nothing_found_is_an_empty_table_with_the_same_columns():
    corpus = corpus_of(["peace"])
    found = mk.find_passages(corpus, "peace")
    with pytest.warns(mk.MediakitWarning, match="1 patterns hold a word"):
        mk.count_patterns(corpus, "war")
    none = mk.find_passages(corpus, "war")
    assert none.empty
    assert list(none.columns) == list(found.columns)


def test_errors_say_what_is_allowed():
    corpus = corpus_of(["war"])
    with pytest.raises(mk.MediakitError, match='number of words or "sentence"'):
        mk.find_passages(corpus, "war", width=-1)
    with pytest.raises(mk.MediakitError, match="`sort` must be one of"):
        mk.find_passages(corpus, "war", sort="random")
    with pytest.raises(mk.MediakitError, match="order of words"):
        mk.find_passages(mk.load_sample("kcna"), "war")
