import pickle
import re

import numpy as np
import pandas as pd
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.measure.pattern_counts import count_hits
from mediakit.text import pattern_match
from mediakit.text import tokenize as tokenizing
from mediakit.text.patterns import compile_patterns


def count(patterns, *texts):
    measure = mk.count_patterns(corpus_of(texts), patterns)
    return measure.values.toarray().tolist()


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


def test_phrases_reach_across_sentences_when_asked_but_never_across_articles():
    corpus = corpus_of(["A civil. War!", "civil", "war", ""], titles="civil")
    counted = mk.count_patterns(corpus, ["civil war", "civil [0-3] war"])
    assert counted.values.sum() == 0
    asked = mk.count_patterns(corpus, ["civil war"], bounds="article")
    assert asked.values.toarray().ravel().tolist() == [1, 0, 0, 0]
    assert asked.provenance["bounds"] == "article"
    with pytest.raises(mk.MediakitError, match="`bounds` must be one of"):
        mk.count_patterns(corpus, "war", bounds="page")


def test_gaps_and_alternatives_stay_inside_the_view():
    corpus = mk.mark_quotations(corpus_of(["The civil “so-called” big war."]))
    for pattern in ("civil [0-3] war", "civil (so-called|x) big", "* big war"):
        assert mk.count_patterns(corpus, pattern).values.sum() == 1
        own = corpus.without("quotation")
        assert mk.count_patterns(own, pattern).values.sum() == 0


def test_single_words_inside_a_phrase_are_not_counted_again():
    texts = ["war, civil war, a war", "civil civil war war", "no"]
    named = {"both": ["civil [0-1] war", "war", "civil"], "words": ["war", "civil"]}
    assert count(named, *texts) == [[3, 4], [2, 4], [0, 0]]


def test_a_word_may_be_of_many_items():
    named = {"a": "war*", "b": ["war", "peace"], "c": "war", "d": "peace"}
    assert count(named, "war wars peace", "peace") == [[2, 2, 1, 1], [0, 1, 0, 1]]


def test_alternatives_are_not_written_out():
    pattern = " ".join(["(war|peace|big|civil war)"] * 40)
    text = " ".join(["war", "civil war", "big", "peace"] * 10)
    assert count(pattern, text) == [[1]]


def test_what_would_take_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pattern_match, "MOST_STEPS", 10_000)
    text = "war " * 500
    assert count("war war", text) == [[250]]
    with pytest.raises(mk.MediakitError, match="2 to 32 words, .* narrow the gaps"):
        count("war [0-30] war", text)
    with pytest.raises(mk.MediakitError, match="6 to 18 words"):
        count(" ".join(["(*|* *|* * *)"] * 6), text)


COUNTED = mk.load_sample("kcna")


def test_counts_only_answer_all_that_asks_of_single_words():
    for pattern in ("nuclear", "nucle*", "(nuclear|atomic)", "/nuclear|atom.*/"):
        assert mk.count_patterns(COUNTED, pattern).values.sum() > 100
    stems = mk.count_patterns(COUNTED, "stem:imperialists").values.sum()
    lemmas = mk.count_patterns(COUNTED, "lemma:imperialists").values.sum()
    assert stems >= lemmas > mk.count_patterns(COUNTED, "imperialist").values.sum()


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("nuclear test", r"\['nuclear test'\] need the order of words"),
        ("nuclear|(big bomb)", "need the order of words"),
        ("=US", r"\['=US'\] need upper and lower case"),
        ("=/US/", "need upper and lower case"),
    ],
)
def test_counts_only_say_what_they_cannot_answer(pattern, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.count_patterns(COUNTED, pattern)


def test_real_coverage_has_as_many_as_a_search_of_its_text(shared):
    path = shared / "data" / "chinadaily_nyt" / "articles.csv.gz"
    table = pd.read_csv(path).iloc[::8].dropna(subset="text")
    texts = [re.sub(r"\s+", " ", text) for text in table["text"]]
    corpus = corpus_of(texts)
    for pattern, rule in [
        ("umbrella movement", r"\bumbrella movement\b"),
        ("universal [0-1] suffrage", r"\buniversal (?:[\w’'-]+ )?suffrage\b"),
        ("(Hong Kong|Taiwan)", r"(?<![\w-])(?:hong kong|taiwan)\b(?!['’-]\w)"),
        ("democra*", r"(?<![\w’'-])democra"),
    ]:
        expected = [len(re.findall(rule, text, re.IGNORECASE)) for text in texts]
        found = mk.count_patterns(corpus, pattern, bounds="article")
        assert found.values.toarray().ravel().tolist() == expected


def test_patterns_that_match_nothing_are_named():
    corpus = corpus_of(["war"])
    with pytest.warns(mk.MediakitWarning, match=r"1 patterns .*\['peace'\]"):
        measure = mk.count_patterns(corpus, ["war", "peace"])
    assert measure.provenance["never_matched"] == ["peace"]


def test_initials_in_lower_case_are_told_how_to_be_found():
    corpus = corpus_of(["The U.N. met. The UN left."])
    with pytest.warns(mk.MediakitWarning, match=r"\['u\.n\.'\]\. .*: 'U\.N' finds"):
        mk.count_patterns(corpus, ["u.n."])
    assert mk.count_patterns(corpus, ["U.N"]).values.sum() == 2
    with pytest.warns(mk.MediakitWarning, match=r"\['a\.m'\]\.$"):
        mk.count_patterns(corpus_of(["war"]), ["a.m"])


def test_all_workers_find_the_same(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 1)
    corpus = corpus_of(["a civil war", "war", "", "no war, civil war"])
    results = []
    for workers in (1, 3):
        with mk.use(workers):
            measure = mk.count_patterns(
                corpus, ["war", "civil war", "(a|no) [0-1] war"]
            )
            marked = mk.mark_patterns(corpus, ["war", "civil war"], name="war")
            found = mk.find_passages(corpus, "war", sort="left", width=2)
            totals = marked.only("war").totals().tolist()
            results.append((measure.values.toarray().tolist(), totals, found))
    assert results[0][:2] == results[1][:2]
    assert results[0][0] == [[1, 1, 1], [1, 0, 0], [0, 0, 0], [2, 1, 1]]
    pd.testing.assert_frame_equal(results[0][2], results[1][2])


def test_compiled_patterns_travel_to_other_processes():
    corpus = corpus_of(["a civil war", "war"])
    patterns = compile_patterns(
        corpus, {"a": ["civil|war", "a [0-1] war"], "b": ["=a"]}
    )
    sent = pickle.loads(pickle.dumps(patterns))
    (part,) = corpus.parts
    counted = [
        count_hits(part, corpus.view, p, "sentence")[0] for p in (patterns, sent)
    ]
    assert counted[0].toarray().tolist() == [[1, 1], [1, 0]]
    assert (counted[0] != counted[1]).nnz == 0
