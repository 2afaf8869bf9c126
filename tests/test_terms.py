from collections import Counter

import pytest
from articles import corpus_of
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.text.words import word_spans

TEXTS = st.lists(
    st.lists(st.sampled_from(["War", "war", "peace", "the", "U.S.", "–"])).map(
        " ".join
    ),
    min_size=1,
    max_size=6,
)


@given(TEXTS)
def test_counts_are_those_of_a_counter(texts):
    measure = mk.count_terms(corpus_of(texts))
    items = measure.items["item"].tolist()
    for text, row in zip(texts, measure.values.toarray().tolist(), strict=True):
        words = [c[a:b].lower() for c in text.split() for a, b in word_spans(c)]
        counter = Counter(words)
        assert row == [counter[item] for item in items]
    assert items == sorted(items)
    assert measure.values.sum() == measure.exposure.sum()


def test_lists_and_thresholds_never_change_a_total():
    corpus = corpus_of(["The war and the peace", "the war", "a quiet day"])
    whole = mk.count_terms(corpus)
    listed = mk.count_terms(corpus, stopwords=True)
    rare = mk.count_terms(corpus, min_articles=2)
    assert "the" not in listed.items["item"].tolist()
    assert "war" in listed.items["item"].tolist()
    assert rare.items["item"].tolist() == ["the", "war"]
    assert (listed.exposure == whole.exposure).all()
    assert (rare.exposure == whole.exposure).all()
    own = mk.count_terms(corpus, stopwords=["war"])
    assert own.items["item"].tolist() == ["a", "and", "day", "peace", "quiet", "the"]


def test_forms_are_folded_as_asked():
    corpus = corpus_of(["Sanctions sanctioned sanction", "Sanction"])
    counted = {
        fold: mk.count_terms(corpus, fold=fold).items["item"].tolist()
        for fold in (None, "lower", "stem", "lemma")
    }
    assert counted[None] == ["Sanction", "Sanctions", "sanction", "sanctioned"]
    assert counted["lower"] == ["sanction", "sanctioned", "sanctions"]
    assert counted["stem"] == ["sanction"]
    assert mk.count_terms(corpus, fold="stem").values.toarray().tolist() == [[3], [1]]
    assert set(counted["lemma"]) < {"sanction", "sanctioned"}


def test_errors_say_what_is_allowed():
    corpus = corpus_of(["war"])
    with pytest.raises(mk.MediakitError, match="collection of words"):
        mk.count_terms(corpus, stopwords="war")
    with pytest.raises(mk.MediakitError, match="fold"):
        mk.count_terms(corpus, fold="upper")


def test_provenance_says_how_it_was_counted():
    measure = mk.count_terms(corpus_of(["war"]), min_articles=1)
    assert measure.provenance["tokenizer"].startswith("words")
    assert measure.provenance["fold"] == "lower"
    assert len(measure.provenance["corpus"]) == 64
