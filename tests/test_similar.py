import math
from collections import Counter

import numpy as np
import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.measure.similar import COLUMNS
from mediakit.text import tokenize as tokenizing

TEXTS = st.lists(
    st.lists(st.sampled_from(["war", "peace", "oil", "the"]), min_size=1).map(" ".join),
    min_size=2,
    max_size=6,
)


def naive(texts, number):
    """Return the cosine of every text with one of them."""
    counts = [Counter(text.split()) for text in texts]
    held = Counter(word for one in counts for word in one)

    def weigh(one):
        return {
            word: (1 + math.log(uses)) * math.log((len(texts) + 1) / held[word])
            for word, uses in one.items()
        }

    weights = [weigh(one) for one in counts]
    lengths = [math.sqrt(sum(x * x for x in one.values())) for one in weights]
    query = weights[number]
    return [
        sum(x * query.get(word, 0) for word, x in one.items())
        / (length * lengths[number])
        for one, length in zip(weights, lengths, strict=True)
    ]


@settings(max_examples=50)
@given(TEXTS)
def test_similarity_is_the_cosine_of_a_naive_reading(texts):
    found = mk.find_similar(corpus_of(texts), "article-1")
    expected = naive(texts, 1)
    assert "article-1" not in set(found["article_id"])
    assert len(found) == sum(x > 0 for x in expected) - 1
    for row in found.itertuples():
        number = int(row.article_id.removeprefix("article-"))
        assert row.similarity == pytest.approx(expected[number])
    assert found["similarity"].is_monotonic_decreasing


TEXT = [
    "A ferry sank off Orla.",
    "The ferry off Orla sank.",
    "Oil is dear.",
    "A ferry.",
]


def test_the_words_that_made_it_are_shown_and_copies_come_first():
    found = mk.find_similar(corpus_of(TEXT, titles=["a", "b", "c", "d"]), "article-0")
    assert list(found.columns) == list(COLUMNS)
    assert found["article_id"].tolist() == ["article-1", "article-3"]
    assert found.loc[0, "shared_words"] == "off, orla, sank, ferry"
    assert found.loc[0, "title"] == "b"


def test_a_text_of_ones_own_finds_as_its_copy_would():
    corpus = corpus_of(TEXT)
    found = mk.find_similar(corpus, "A FERRY sank off Orla xyzzy", limit=2)
    assert found["article_id"].tolist() == ["article-0", "article-1"]
    assert found.loc[0, "similarity"] == pytest.approx(1)


def test_shards_and_subsets_find_the_same(monkeypatch):
    whole = mk.find_similar(corpus_of(TEXT), "article-3")
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    corpus = corpus_of(TEXT)
    assert mk.find_similar(corpus, "article-3").equals(whole)
    some = corpus.subset(np.array([False, True, False, True]))
    found = mk.find_similar(some, "article-3")
    assert found["article_id"].tolist() == ["article-1"]


def test_counts_are_enough():
    found = mk.find_similar(
        mk.load_sample("democracy"), "chinese dream speech", limit=3
    )
    assert len(found) == 3
    assert "dream" in found.loc[0, "shared_words"]


def test_nothing_similar_is_an_empty_table():
    found = mk.find_similar(corpus_of(["war", "peace"]), "article-0")
    assert found.empty
    assert list(found.columns) == list(COLUMNS)


@pytest.mark.parametrize(
    ("article", "limit", "message"),
    [
        ("article-9", 10, "no article has the id.*article-0"),
        ("", 10, "article_id or a text"),
        (7, 10, "got 7"),
        ("article-1", 10, "holds no word"),
        ("unknown words only", 10, "holds no word"),
        ("article-0", 0, "from 1, got 0"),
        ("article-0", 2.0, "from 1"),
    ],
)
def test_what_cannot_be_asked_is_said(article, limit, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.find_similar(corpus_of(["war", "–"]), article, limit=limit)
