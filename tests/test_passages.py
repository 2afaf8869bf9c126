import numpy as np
import pandas as pd
import pytest
from articles import articles_of, corpus_of
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import TreebankWordTokenizer

import mediakit as mk
from mediakit import kernels
from mediakit.text import tokenize as tokenizing
from mediakit.text.vocabulary import lower
from mediakit.text.words import word_spans

TEXT = 'The civil war goes on. "War," he said, "is not peace." No peace, then.'


def cells(found):
    return found[["left", "match", "right"]].to_numpy().tolist()


def test_words_around_a_match_are_the_original_text():
    found = mk.find_passages(corpus_of([TEXT]), "peace", width=2)
    assert cells(found) == [
        ['"is not ', "peace", '." No peace,'],
        ['peace." No ', "peace", ", then."],
    ]


def test_a_phrase_is_one_match_and_the_longest_counts():
    found = mk.find_passages(corpus_of([TEXT]), ["war", "civil war"], width=1)
    assert found["match"].tolist() == ["civil war", "War"]


def test_the_whole_sentence_on_request():
    found = mk.find_passages(corpus_of([TEXT]), "goes", width="sentence")
    assert cells(found) == [["The civil war ", "goes", " on."]]


def test_context_ends_with_the_article():
    corpus = corpus_of(["One war.", "Two wars.", "war"], titles="A title")
    found = mk.find_passages(corpus, "war*", width=5)
    assert cells(found)[0] == ["One ", "war", "."]
    assert cells(found)[1] == ["Two ", "wars", "."]
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
    texts = ["old civil war ends", "a war (Begins", "young Civil war “again"]
    corpus = corpus_of(texts)
    left = mk.find_passages(corpus, "war", sort="left", width=2)["left"].tolist()
    assert left == ["a ", "old civil ", "young Civil "]
    right = mk.find_passages(corpus, "war", sort="right", width=2)["right"].tolist()
    assert right == [" “again", " (Begins", " ends"]


def test_equal_lines_stay_in_the_order_of_the_corpus():
    corpus = corpus_of(["war b", "war a", "War b", "war"])
    found = mk.find_passages(corpus, "war", sort="right")
    order = ["article-3", "article-1", "article-0", "article-2"]
    assert found["article_id"].tolist() == order


@pytest.mark.parametrize("sort", ["text", "left", "right", "date"])
@pytest.mark.parametrize("width", [0, 2, "sentence"])
def test_a_limit_gives_the_first_lines_of_all(monkeypatch, sort, width):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    texts = ["b war a. War!", "a war", "c war c war", "peace", "d war e", "a war a"]
    days = pd.to_datetime(["2014-03-01", None, "2014-02-01"] * 2, utc=True)
    corpus = corpus_of(texts, published=days).subset(np.arange(6) != 1)
    every = mk.find_passages(corpus, "war", sort=sort, width=width)
    assert len(every) == 6
    for limit in (0, 1, 3, 6, 9):
        first = mk.find_passages(corpus, "war", sort=sort, width=width, limit=limit)
        pd.testing.assert_frame_equal(first, every.head(limit))


PIECES = st.sampled_from(
    ["war", "Peace.", "–", "“so”", "é", "e\u0301!", "\n\n", "\r\n", "\t", "😀war"]
    + ["حرب،", "\u200fשלום\u200f", "war/peace", "\xa0", "\u3000", "don’t", "¡war!"]
)
TEXTS = st.lists(
    st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "  "])), max_size=9).map(
        lambda pairs: "".join(map("".join, pairs))
    ),
    min_size=1,
    max_size=4,
)
PATTERNS = ["war", "peace", "é", "حرب", "שלום", "war peace", "don't"]


@pytest.mark.filterwarnings("ignore:.*patterns hold a word")
@given(TEXTS, st.sampled_from([0, 1, 3, "sentence"]), st.booleans())
def test_every_hit_is_a_line_and_every_line_stands_in_its_text(texts, width, whole):
    tokenizer = "words" if whole else TreebankWordTokenizer()
    corpus = mk.tokenize(articles_of(texts), tokenizer=tokenizer)
    found = mk.find_passages(corpus, PATTERNS, width=width)
    assert len(found) == mk.count_patterns(corpus, {"all": PATTERNS}).values.sum()
    written = {f"article-{n}": text for n, text in enumerate(texts)}
    for row in found.itertuples():
        line = row.left + row.match + row.right
        assert line in written[row.article_id]
        assert line == line.strip()
        words = [row.match[start:end] for start, end in word_spans(row.match)]
        assert " ".join(map(lower, words)) in PATTERNS


def test_compiled_loops_cut_the_same(monkeypatch):
    texts = ["a\u3000war\r\n\r\n“war” é\xa0war\n\n– war,", "", "x war", "war"]
    corpus = corpus_of(texts, titles="war")
    found = []
    for compiled in (False, kernels.COMPILED):
        monkeypatch.setattr(kernels, "COMPILED", compiled)
        monkeypatch.setattr(kernels, "PAYS_FROM", 0)
        found.append(mk.find_passages(corpus, "war", width=2))
    pd.testing.assert_frame_equal(*found)
    assert len(found[0]) == 6


def test_a_hit_over_sentences_is_shown_with_both():
    corpus = corpus_of(["One. A civil. War ends. Two."])
    found = mk.find_passages(corpus, "civil war", bounds="article", width="sentence")
    assert cells(found) == [["A ", "civil. War", " ends."]]


def test_a_layer_is_named_where_it_holds_the_whole_match():
    corpus = mk.mark_quotations(corpus_of(["The civil “war and peace” end."]))
    found = mk.find_passages(corpus, ["civil war", "peace"])
    assert found["layers"].tolist() == ["", "quotation"]


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
    with pytest.raises(mk.MediakitError, match="`limit` must be a number of lines"):
        mk.find_passages(corpus, "war", limit=-1)
    with pytest.raises(mk.MediakitError, match="`bounds` must be one of"):
        mk.find_passages(corpus, "war", bounds="page")
    with pytest.raises(mk.MediakitError, match="order of words"):
        mk.find_passages(mk.load_sample("kcna"), "war")
