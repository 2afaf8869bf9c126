from collections import Counter

import numpy as np
import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.measure import runs
from mediakit.text import tokenize as tokenizing

WORDS = ["human", "rights", "council", "of", "the"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7)
ARTICLES = st.lists(st.lists(SENTENCES, max_size=3), min_size=1, max_size=5)


def text_of(sentences):
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


def grams(measure):
    """Return one Counter of phrases per article."""
    items = measure.items["item"].tolist()
    rows = measure.values.toarray().tolist()
    return [Counter(dict(zip(items, row, strict=True))) for row in rows]


def naive(articles, n, least):
    """Count the runs of n words of each sentence, and drop the rare ones."""
    counted = [
        Counter(
            " ".join(words[at : at + n])
            for words in sentences
            for at in range(len(words) - n + 1)
        )
        for sentences in articles
    ]
    held = Counter(gram for one in counted for gram in one)
    return [
        Counter({gram: k for gram, k in one.items() if held[gram] >= least})
        for one in counted
    ]


@settings(max_examples=60)
@given(ARTICLES, st.integers(2, 4), st.integers(1, 3))
def test_runs_are_those_of_a_naive_count(articles, n, least):
    corpus = corpus_of([text_of(one) for one in articles])
    measure = mk.count_ngrams(corpus, n=n, min_articles=least)
    found, expected = grams(measure), naive(articles, n, least)
    assert [+one for one in found] == expected
    items = measure.items["item"].tolist()
    assert items == sorted({gram for one in expected for gram in one})
    assert measure.exposure[:, 0].tolist() == corpus.totals().tolist()


def test_slices_shards_and_subsets_count_the_same(monkeypatch):
    texts = ["Human rights council.", "No", "human rights", "rights human rights", ""]
    whole = grams(mk.count_ngrams(corpus_of(texts)))
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 3)
    monkeypatch.setattr(runs, "TOKENS_AT_ONCE", 2)
    corpus = corpus_of(texts)
    measure = mk.count_ngrams(corpus)
    assert grams(measure) == whole
    mask = np.array([True, False, False, True, True])
    some = mk.count_ngrams(corpus.subset(mask))
    assert grams(some) == grams(measure.subset(mask)) == [whole[0], whole[3], whole[4]]
    assert some.beside.items["item"].tolist() == ["human", "rights"]


def test_stop_words_may_stand_inside_a_phrase_only():
    corpus = corpus_of(["The freedom of speech of all"] * 2)
    three = mk.count_ngrams(corpus, n=3, stopwords=True).items["item"].tolist()
    assert three == ["freedom of speech"]
    two = mk.count_ngrams(corpus, stopwords=["of"]).items["item"].tolist()
    assert two == ["the freedom"]


def test_runs_end_where_the_view_leaves_words_out():
    corpus = mk.mark_quotations(corpus_of(["A “so-called” civil war."] * 2))
    own = mk.count_ngrams(corpus.without("quotation"))
    assert own.items["item"].tolist() == ["civil war"]


def test_no_runs_are_an_empty_measure():
    measure = mk.count_ngrams(corpus_of(["peace", "war"]), n=3)
    assert measure.values.shape == (2, 0)
    assert mk.associate(measure).empty


@pytest.mark.parametrize("n", [1, 9, 2.0, True, "2"])
def test_other_lengths_are_refused(n):
    with pytest.raises(mk.MediakitError, match="2 to 8"):
        mk.count_ngrams(corpus_of(["war"]), n=n)


def test_words_with_spaces_are_refused():
    with pytest.raises(mk.MediakitError, match="white space"):
        mk.count_ngrams(corpus_of(["war"]), fold=lambda word: "a b")


def test_counts_alone_have_no_phrases():
    with pytest.raises(mk.MediakitError, match="order of words"):
        mk.count_ngrams(mk.load_sample("democracy"))
