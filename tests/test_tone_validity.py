"""No figure of tone without what it rests on and what it is worth."""

from dataclasses import replace

import pandas as pd
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.measure.tone_coverage import tone_coverage
from mediakit.show.validity import NOT_STORED, NOT_VALIDATED

TEXTS = ["A good day. It rained.", "A horrible day.", "It rained. It snowed.", ""]
DATES = pd.date_range("2024-01-10", periods=24, freq="5D", tz="UTC")
KNOWS = "50 % of the sentences hold a word the instrument knows."


@pytest.fixture(scope="module")
def corpus():
    outlets = ["A", "B"] * 12
    return corpus_of(["Good China. It rained.", "It rained."] * 12, outlet=outlets)


@pytest.fixture(scope="module")
def dated():
    texts = ["A good day. It rained."] * 12 + ["A bad day. It rained."] * 12
    return corpus_of(texts, outlet=["A", "B"] * 12, published=DATES)


def test_coverage_by_hand():
    corpus = corpus_of(TEXTS)
    for unit in ("sentence", "every sentence"):
        tone = mk.score_sentiment(corpus, unit=unit)
        assert list(tone_coverage(tone).values()) == [2 / 5]
        last = tone.items["item"].iloc[-1]
        assert tone_coverage(tone.only_items([last])) == {last: 2 / 5}
    assert tone_coverage(mk.score_sentiment(corpus, unit="article")) == {}
    assert tone_coverage(mk.count_terms(corpus)) == {}
    assert tone_coverage(mk.score_sentiment(corpus_of([]))) == {"compound": None}


def test_coverage_is_that_of_score_sentiment():
    corpus = corpus_of(TEXTS * 3)
    share = mk.summarise(mk.score_sentiment(corpus, items="coverage"))["rate"].iloc[0]
    assert tone_coverage(mk.score_sentiment(corpus))["compound"] == share


def test_coverage_of_several_instruments_and_of_tone_toward(corpus):
    tones = mk.score_tones(corpus, methods=["vader", "textblob"])
    table = mk.compare_tones(corpus, by="outlet", a="A", b="B")
    assert set(tone_coverage(tones)) == set(table["item"])
    some = tones.only_items(["textblob, without name"])
    both = tone_coverage(tones)
    assert tone_coverage(some) == {k: both[k] for k in ("textblob, without name",)}
    toward = mk.score_toward(corpus, ["China", "Japan"])
    assert tone_coverage(toward) == {"China": 1.0, "Japan": None}


def test_a_trend_says_coverage_and_that_nobody_validated(dated):
    tone = mk.score_sentiment(dated).only_items(["compound"])
    table = mk.trend(tone, freq="month")
    axes = mk.plot_trend(table)
    drawn = "\n".join(one.get_text() for one in axes.figure.findobj(match=_is_text))
    for said in (KNOWS, NOT_VALIDATED):
        assert said in " ".join(drawn.split())
        assert said in mk.describe(table)
        assert said in mk.describe(axes)
    assert KNOWS in mk.methods_text(table)
    assert "Not validated on this corpus" in mk.methods_text(table)


def test_after_validation_the_last_one_is_said_instead(dated):
    tone = mk.score_sentiment(dated).only_items(["compound"])
    ids = dated.metadata["article_id"]
    codes = pd.DataFrame({"unit_id": ids, "code": [1] * 12 + [0] + [-1] * 11})
    cuts = (-0.05, 0.05)
    known = tone.with_validity(
        mk.validate(tone, codes, level="ordinal", cuts=cuts, repeats=0)
    )
    for table in (
        mk.trend(known, freq="month"),
        mk.summarise(known, by="outlet"),
        mk.compare(known, by="outlet", a="A", b="B"),
    ):
        said = mk.describe(table)
        assert "Held against 24 coded texts: F1 0.65" in said
        assert KNOWS in said
        assert NOT_VALIDATED not in said
        assert "Held against 24 coded texts" in mk.methods_text(table)


def test_scores_without_coverage_say_so(dated):
    whole = mk.score_sentiment(dated, unit="article")
    assert NOT_STORED in mk.describe(mk.trend(whole, freq="month"))
    sums = pd.DataFrame({"outlet": ["A", "B"] * 20, "tone": 0.5, "sentences": 9})
    options = {"kind": "mean", "unit": "scored sentence"}
    own = mk.as_measure(sums, value="tone", exposure="sentences", **options)
    stored = replace(own, provenance=whole.provenance)
    said = mk.describe(mk.summarise(stored, by="outlet"))
    assert NOT_STORED in said
    assert NOT_VALIDATED in said


def test_other_measures_say_nothing_of_it(dated):
    table = mk.trend(mk.count_patterns(dated, ["day"]), freq="month")
    assert "validated" not in mk.describe(table) + mk.methods_text(table)


def test_saved_tables_say_it_again(dated, tmp_path):
    table = mk.trend(mk.score_sentiment(dated), freq="month")
    mk.save_table(table, tmp_path / "tone.csv")
    again = mk.read_table(tmp_path / "tone.csv")
    assert mk.describe(again) == mk.describe(table)
    assert NOT_VALIDATED in mk.describe(again)


def _is_text(artist):
    return hasattr(artist, "get_text")
