from collections import Counter

import numpy as np
import pandas as pd
import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.text import tokenize as tokenizing

WORDS = ["oil", "oil", "price", "up", "war"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1)
ARTICLES = st.lists(st.lists(SENTENCES, max_size=3), min_size=1, max_size=4)
WINDOWS = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any)


def cells(measure):
    """Return {(row, item): uses} of what is not 0."""
    rows, columns = measure.values.tocoo().coords
    names = measure.items["item"].to_numpy()[columns].tolist()
    uses = measure.values.tocoo().data.tolist()
    return dict(zip(zip(rows.tolist(), names, strict=True), uses, strict=True))


def near(texts, node, **options):
    return mk.count_collocates(corpus_of(texts), node, **options)


def text_of(sentences):
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


def naive(words, window):
    """Return the words of a sentence near "oil", each place once, and the others."""
    found, elsewhere = [], []
    hits = [at for at, word in enumerate(words) if word == "oil"]
    for at, word in enumerate(words):
        if at not in hits:
            near = any(-window[0] <= at - hit <= window[1] for hit in hits)
            (found if near else elsewhere).append(word)
    return found, elsewhere


@pytest.mark.filterwarnings("ignore::mediakit.MediakitWarning")
@settings(max_examples=60)
@given(ARTICLES, WINDOWS)
def test_windows_hold_what_a_naive_reading_finds(articles, window):
    measure = near([text_of(one) for one in articles], "oil", window=window)
    expected, rest = Counter(), Counter()
    for row, sentences in enumerate(articles):
        for words in sentences:
            found, elsewhere = naive(words, window)
            expected.update((row, word) for word in found)
            rest.update((row, word) for word in elsewhere)
    assert cells(measure) == expected
    assert cells(measure.beside) == rest
    assert measure.values.sum() == measure.exposure[:, 0].sum()
    assert measure.beside.values.sum() == measure.beside.exposure.sum()


def test_words_in_two_windows_count_once_and_the_node_never():
    measure = near(["oil and oil and oil"], "oil", window=2)
    assert cells(measure) == {(0, "and"): 2}
    assert measure.exposure.tolist() == [[2, 3]]
    assert cells(measure.beside) == {}


def test_windows_end_with_the_sentence_unless_told_otherwise():
    text = ["Prices rose. Oil fell. Banks wait."]
    assert cells(near(text, "oil")) == {(0, "fell"): 1}
    whole = near(text, "oil", bounds="article", window=(2, 2))
    assert {item for _, item in cells(whole)} == {"prices", "rose", "fell", "banks"}


def test_windows_end_with_the_article_and_the_field():
    corpus = corpus_of(["oil", "war", "oil"], titles=["peace", "talks", "end"])
    with pytest.warns(mk.MediakitWarning, match="no word near"):
        measure = mk.count_collocates(corpus, "oil", bounds="article")
    assert len(measure.items) == 0
    assert measure.exposure.tolist() == [[0, 1], [0, 0], [0, 1]]
    table = mk.compare(measure, by="article_id", a="article-0")
    assert table.empty


def test_windows_end_where_the_view_leaves_words_out():
    corpus = mk.mark_quotations(corpus_of(["He said “oil is dear now” and left oil."]))
    quoted = mk.count_collocates(corpus.only("quotation"), "oil")
    assert cells(quoted) == {(0, "is"): 1, (0, "dear"): 1, (0, "now"): 1}
    own = mk.count_collocates(corpus.without("quotation"), "oil", window=4)
    assert cells(own) == {(0, "and"): 1, (0, "left"): 1}


def test_phrases_and_several_patterns_are_one_node():
    measure = near(["big crude oil price", "the gas price"], ["crude oil", "gas"])
    assert cells(measure) == {
        (0, "big"): 1, (0, "price"): 1, (1, "the"): 1, (1, "price"): 1,
    }  # fmt: skip
    assert measure.exposure[:, 1].tolist() == [1, 1]
    assert measure.unit == "word near “crude oil / gas”"


def test_subsets_and_shards_count_the_same(monkeypatch):
    texts = ["dear oil", "no", "oil up", "cheap oil, dear oil", "oil"]
    whole = near(texts, "oil")
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    corpus = corpus_of(texts)
    parts = mk.count_collocates(corpus, "oil")
    assert cells(parts) == cells(whole)
    assert cells(parts.beside) == cells(whole.beside)
    mask = np.array([False, True, False, True, True])
    some = mk.count_collocates(corpus.subset(mask), "oil")
    of_measure = parts.subset(mask)
    assert cells(some) == cells(of_measure) == {(1, "cheap"): 1, (1, "dear"): 1}
    assert cells(some.beside) == cells(of_measure.beside) == {(0, "no"): 1}


def test_rare_collocates_leave_and_totals_stay():
    texts = ["dear oil", "dear oil price"]
    measure = near(texts, "oil", min_articles=2)
    assert measure.items["item"].tolist() == ["dear"]
    assert measure.exposure[:, 0].tolist() == [1, 2]


def test_folds_unite_forms():
    measure = near(["oil prices", "oil price"], "oil", fold="lemma")
    assert cells(measure) == {(0, "price"): 1, (1, "price"): 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window": 0}, "number of words"),
        ({"window": (0, 0)}, "number of words"),
        ({"window": -1}, "got -1"),
        ({"window": True}, "got True"),
        ({"window": (1, 2, 3)}, "to the left and to"),
        ({"window": "5"}, "got '5'"),
        ({"bounds": "paragraph"}, "sentence.*article"),
    ],
)
def test_what_is_no_window_is_refused(options, message):
    with pytest.raises(mk.MediakitError, match=message):
        near(["oil"], "oil", **options)


def test_counts_alone_have_no_neighbours():
    with pytest.raises(mk.MediakitError, match="order of words"):
        mk.count_collocates(mk.load_sample("democracy"), "china")


@pytest.fixture(scope="module")
def strait():
    return mk.load_sample("strait")


def test_the_verbs_work_and_say_what_a_rate_is_of(strait):
    measure = mk.count_collocates(strait, "minister")
    some = mk.summarise(measure.only_items(["foreign"]), by="outlet")
    assert "per 1,000 words near “minister”" in mk.describe(some)
    first, second, *_ = pd.unique(strait.metadata["outlet"])
    table = mk.compare(measure, by="outlet", a=first, b=second)
    assert "words near “minister”" in mk.describe(table)
    line = mk.trend(measure, items=["foreign"], freq="month")
    assert line["exposure"].sum() == pytest.approx(measure.exposure[:, 0].sum())
