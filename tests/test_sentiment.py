"""score_sentiment's units, exposures, views and errors; find_tone's sentences."""

import numpy as np
import pandas as pd
import pytest
from articles import articles_of, corpus_of
from test_sentiment_libraries import PINS

import mediakit as mk
from mediakit.text import tokenize as tokenizing

TEXTS = [
    "The book was good. It rained. A horrible war began.",
    "It rained.",
    "",
    "He said: “I am not happy at all.” The talks were great!",
]
METHODS = ["vader", "textblob", "vader_corrected", "textblob_corrected"]
SENTENCES = ("scored sentences", "sentences")


def table(corpus, **options):
    measure = mk.score_sentiment(corpus, **options)
    return measure, measure.values.toarray(), measure.exposure


def test_the_failure_table_of_the_docs():
    corpus = corpus_of(list(PINS))
    _, values, _ = table(corpus, method="vader", unit="article")
    assert values[:, 0].tolist() == list(PINS.values())


def test_units_differ_in_what_they_divide_by():
    corpus = corpus_of(TEXTS)
    _, some, scored = table(corpus, method="vader")
    _, every, sentences = table(corpus, method="vader", unit="every sentence")
    _, whole, articles = table(corpus, method="vader", unit="article")
    assert scored[:, 0].tolist() == [2, 0, 0, 2]
    assert sentences[:, 0].tolist() == [3, 1, 0, 2]
    assert articles.ravel().tolist() == [1, 1, 0, 1]
    assert some[:, 0].tolist() == every[:, 0].tolist()
    assert some[0, 0] == pytest.approx(0.4404 - 0.8126)
    assert some[0, 2] == pytest.approx(every[0, 2] - 1)
    assert whole[1].tolist() == [0, 0, 1, 0]


def test_names_tell_whole_articles_from_sentences():
    corpus = corpus_of(TEXTS)
    measure, *_ = table(corpus, method="vader", unit="article")
    assert measure.name == "vader (whole article)"
    assert measure.items["item"].tolist()[0] == "compound (whole article)"
    measure, *_ = table(corpus, method="textblob")
    assert measure.items["item"].tolist() == ["polarity", "subjectivity"]
    assert (measure.kind, measure.denominators) == ("mean", SENTENCES)
    assert measure.provenance["method"] == "textblob"
    assert {"textblob", "lexicon_sha256", "unit"} <= measure.provenance.keys()


def test_coverage_is_a_share_of_sentences_and_of_words():
    measure, values, exposure = table(
        corpus_of(TEXTS), method="vader", items="coverage"
    )
    assert measure.kind == "share"
    assert measure.items["item"].tolist() == ["sentences scored", "words that vote"]
    assert exposure.tolist() == [[3, 10], [1, 2], [0, 0], [2, 12]]
    assert values.tolist() == [[2, 3], [0, 0], [0, 0], [2, 2]]


def test_words_out_of_the_view_do_not_vote():
    corpus = mk.mark_patterns(corpus_of(TEXTS), ["not", "horrible war"], name="m")
    _, plain, _ = table(corpus, method="vader")
    _, without, scored = table(corpus.without("m"), method="vader")
    _, only, inside = table(corpus.only("m"), method="vader")
    assert without[0, 0] == pytest.approx(0.4404)
    assert without[3, 0] > plain[3, 0]
    assert scored[:, 0].tolist() == [1, 0, 0, 2]
    assert only[:, 0].tolist() == [pytest.approx(-0.8126), 0, 0, 0]
    assert inside[:, 0].tolist() == [1, 0, 0, 0]


def test_a_chunk_with_words_on_both_sides_is_out_of_both():
    corpus = corpus_of(["Nobody—good is here. All is well."])
    corpus = mk.mark_patterns(corpus, ["nobody"], name="m")
    for view in (corpus.only("m"), corpus.without("m")):
        _, _, words = table(view, method="vader", items="coverage")
        assert words[0, 1] == (5 if view.view.steps[0][0] == "without" else 0)


def test_signs_alone_go_with_the_word_before_them():
    corpus = mk.mark_patterns(
        corpus_of(["— Good news :) came ! here"]), "news", name="m"
    )
    _, _, inside = table(corpus.only("m"), method="vader", items="coverage")
    _, _, outside = table(corpus.without("m"), method="vader", items="coverage")
    assert (inside[0, 1], outside[0, 1]) == (2, 5)


def test_titles_are_a_view_too():
    corpus = corpus_of(TEXTS, titles=["Good news", "", "Horrible", "Rain"])
    _, values, scored = table(corpus.only("title"), method="vader")
    assert scored[:, 0].tolist() == [1, 0, 1, 0]
    assert values[2, 0] == pytest.approx(-0.5423)


@pytest.mark.parametrize("method", METHODS)
def test_shards_subsets_and_threads_change_nothing(method, monkeypatch):
    corpus = corpus_of(TEXTS * 3)
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 5)
    cut = corpus_of(TEXTS * 3)
    assert len(cut.parts) > 1
    rows = np.array([True, False, True] * 4)
    for unit in ("sentence", "every sentence", "article"):
        _, known, exposure = table(corpus, method=method, unit=unit)
        with mk.use(2):
            _, found, same = table(cut, method=method, unit=unit)
        assert (found == known).all()
        assert (same == exposure).all()
        _, found, same = table(cut.subset(rows), method=method, unit=unit)
        assert (found == known[rows]).all()
        assert (same == exposure[rows]).all()


def test_dask_changes_nothing(client):
    corpus = corpus_of(TEXTS)
    _, known, _ = table(corpus, method="textblob")
    with mk.use(client):
        _, found, _ = table(corpus, method="textblob")
    assert (found == known).all()


def test_a_tokenizer_that_looks_beyond_chunks_gives_the_same_scores():
    from nltk.tokenize import TreebankWordTokenizer

    articles = articles_of(TEXTS)
    other = mk.tokenize(articles, tokenizer=TreebankWordTokenizer())
    for method in ("vader", "textblob"):
        _, known, sentences = table(mk.tokenize(articles), method=method)
        _, found, same = table(other, method=method)
        assert found.tolist() == known.tolist()
        assert same.tolist() == sentences.tolist()


def test_verbs_work_on_tone():
    strait = mk.load_sample("strait")
    tone = mk.score_sentiment(strait, method="vader")
    outlets = strait.metadata["outlet"].unique()
    found = mk.compare(tone, by="outlet", a=outlets[0], b="rest").set_index("item")
    assert np.isfinite(found.loc["compound", ["difference", "low", "high", "p"]]).all()
    assert found["log_ratio"].isna().all()
    assert (mk.summarise(tone, by="outlet")["rate"].between(-1, 1)).all()


def test_empty_in_empty_out():
    empty = corpus_of(TEXTS).subset(np.zeros(4, bool))
    for options in ({}, {"unit": "article"}, {"items": "coverage"}):
        _, values, exposure = table(empty, method="textblob", **options)
        assert len(values) == len(exposure) == 0
    assert (
        mk.find_tone(empty).columns.tolist()
        == mk.find_tone(corpus_of(TEXTS)).columns.tolist()
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "afinn"}, "`method` must be one of .*'vader'.* got 'afinn'"),
        ({"unit": "paragraph"}, "`unit` must be one of .*'every sentence'"),
        ({"items": "words"}, "`items` must be one of .*'coverage'.* got 'words'"),
    ],
)
def test_errors_say_what_is_allowed(options, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.score_sentiment(corpus_of(TEXTS), **options)


def test_counts_only_cannot_be_scored():
    with pytest.raises(mk.MediakitError, match="needs the order of words"):
        mk.score_sentiment(mk.load_sample("kcna"))
    with pytest.raises(mk.MediakitError, match="needs the order of words"):
        mk.find_tone(mk.load_sample("kcna"))


def test_find_tone_shows_sentences_scores_and_words():
    corpus = corpus_of(TEXTS, titles="T", outlet=list("ABAB"))
    found = mk.find_tone(corpus, method="vader")
    assert found["match"].tolist()[:3] == [
        "The book was good.",
        "It rained.",
        "A horrible war began.",
    ]
    assert found["match"].tolist()[-1] == "The talks were great!"
    assert found["words"].tolist()[:3] == ["good +1.9", "", "horrible -2.5, war -2.9"]
    assert found["known"].tolist()[:3] == [1, 0, 2]
    assert found["score"].isna().tolist()[:3] == [False, True, False]
    means = found.groupby("article_id")["score"].mean().dropna()
    tone = mk.summarise(mk.score_sentiment(corpus, method="vader"), by="article_id")
    rates = tone[tone["item"] == "compound"].set_index("group")["rate"].dropna()
    pd.testing.assert_series_equal(means, rates, check_names=False)


def test_find_tone_sorts_limits_and_cuts_alike(monkeypatch):
    corpus = corpus_of(TEXTS * 2, titles="T")
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 3)
    cut = corpus_of(TEXTS * 2, titles="T")
    for sort in ("text", "lowest", "highest"):
        for limit in (None, 0, 4):
            found = mk.find_tone(cut, sort=sort, limit=limit)
            known = mk.find_tone(corpus, sort=sort, limit=limit)
            pd.testing.assert_frame_equal(found, known)
    scores = mk.find_tone(corpus, sort="highest")["score"]
    assert scores.dropna().is_monotonic_decreasing
    assert scores.isna().tolist() == sorted(scores.isna())
    with pytest.raises(mk.MediakitError, match="`sort` must be one of"):
        mk.find_tone(corpus, sort="best")
    with pytest.raises(mk.MediakitError, match="`limit` must be a whole number"):
        mk.find_tone(corpus, limit=-1)


def test_no_limit_of_a_mean_leaves_the_scale():
    articles = mk.read_articles(
        pd.DataFrame({"outlet": ["A"] * 2, "text": ["A great day.", "A horrible war."]})
    )
    corpus = mk.tokenize(articles)
    for method, items in (("vader", 4), ("textblob", 2)):
        tone = mk.summarise(mk.score_sentiment(corpus, method=method), by="outlet")
        least = [-1, *[0] * (items - 1)]
        assert (tone["low"] >= least).all()
        assert (tone["high"] <= 1).all()
        assert tone["low"].iloc[0] == -1
        assert tone["high"].iloc[0] == 1
    both = mk.summarise(mk.score_tones(corpus, methods=["vader"]), by="outlet")
    assert both["low"].min() == -1
    assert both["high"].max() == 1
