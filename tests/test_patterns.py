import re

import numpy as np
import pytest
from articles import corpus_of
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.text import tokenize as tokenizing

CASES = [
    ("war", "War, war; warfare. A post-war world.", 2, "whole words, any case"),
    ("war*", "War, war; warfare.", 3, "a wildcard: any letters, also none"),
    ("*war", "Postwar war wars", 2, "a wildcard may lead"),
    ("s*n*s", "sanctions sections suns sun", 3, "wildcards may stand inside"),
    ("civil war", "A civil war. A civil, war-torn land.", 1, "a phrase"),
    ("civil war", "Civil. War.", 0, "not across sentences"),
    ("civil war", "civil\n\nwar", 0, "not across paragraphs"),
    ("civil war", "Civil (war)", 1, "punctuation is no word"),
    ("human right*", "human rights and human right", 2, "a wildcard in a phrase"),
    ("u.s.", "The U.S. and the u.s", 2, "abbreviations as the tokenizer has them"),
    ("U.S. troops", "the U.S. troops", 1, "also in a phrase"),
    ("don't", "Don’t. don't", 2, "apostrophes straight or curly"),
    ("a.c", "abc a.c", 1, "other signs are no wildcards"),
    ("peace peace", "peace peace peace", 1, "no word counts twice"),
    ("naïve", "NAÏVE nai\u0308ve", 2, "accents composed or combining"),
]


def count(patterns, *texts):
    measure = mk.count_patterns(corpus_of(texts), patterns)
    return measure.values.toarray().tolist()


@pytest.mark.filterwarnings("ignore:.*patterns hold a word")
@pytest.mark.parametrize(("pattern", "text", "hits", "why"), CASES)
def test_pattern(pattern, text, hits, why):
    assert count(pattern, text) == [[hits]], why


def test_the_longest_match_counts_once():
    text = "The special military operation is a military operation. Operation!"
    named = {"war": ["operation", "military operation", "special military operation"]}
    assert count(named, text) == [[3]]


def test_items_are_independent_and_in_the_order_given():
    corpus = corpus_of(["civil war", "war"])
    measure = mk.count_patterns(corpus, {"z": "war", "a": ["civil war"]})
    assert measure.items["item"].tolist() == ["z", "a"]
    assert measure.values.toarray().tolist() == [[1, 1], [1, 0]]


def test_phrases_do_not_reach_across_what_a_view_leaves_out():
    corpus = mk.mark_quotations(corpus_of(["The civil “so-called” war."]))
    assert mk.count_patterns(corpus, "civil so-called").values.sum() == 1
    own = corpus.without("quotation")
    assert mk.count_patterns(own, "civil war").values.sum() == 0
    assert mk.count_patterns(own, ["civil", "war"]).values.sum() == 2


def test_subsets_and_shards_count_the_same(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    corpus = corpus_of(["civil war", "war", "no", "a civil war, a civil war", "x"])
    measure = mk.count_patterns(corpus, ["civil war", "war"])
    assert measure.values.toarray().tolist() == [[1, 1], [0, 1], [0, 0], [2, 2], [0, 0]]
    some = corpus.subset(np.array([False, True, False, True, False]))
    assert mk.count_patterns(some, "civil war").values.toarray().tolist() == [[0], [2]]


def test_patterns_that_match_nothing_are_named():
    corpus = corpus_of(["war"])
    with pytest.warns(mk.MediakitWarning, match=r"1 patterns .*\['peace'\]"):
        measure = mk.count_patterns(corpus, ["war", "peace"])
    assert measure.provenance["never_matched"] == ["peace"]


@pytest.mark.parametrize(
    ("patterns", "message"),
    [
        ("", "word or phrase"),
        ([], "empty"),
        (["war", 3], "got 3"),
        (7, "got int"),
        ("—", "holds no word"),
        ({"a": [""]}, "word or phrase"),
    ],
)
def test_what_is_no_pattern_is_refused(patterns, message):
    with pytest.raises(mk.MediakitError, match=message):
        count(patterns, "war")


WORDS = ["war", "wars", "civil", "peace."]


def naive(pattern, text):
    rule = r"\b" + pattern.replace("*", r"\w*").replace(" ", r" ") + r"\b"
    return len(re.findall(rule, text))


@pytest.mark.filterwarnings("ignore::mediakit.MediakitWarning")
@given(
    st.lists(st.lists(st.sampled_from(WORDS)).map(" ".join), min_size=1, max_size=4),
    st.sampled_from(["war", "war*", "civil war", "civil war*", "*ar*"]),
)
def test_a_regular_expression_finds_as_many(texts, pattern):
    assert count(pattern, *texts) == [[naive(pattern, text)] for text in texts]
