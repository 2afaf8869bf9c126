"""The derived corpora that ship: whole, within their limits, and fit for their use."""

import json
import sys
import warnings

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit.clean.rules import load_house_words
from mediakit.resources import folder

NAMES = ["democracy", "headlines_2022", "kcna"]
DERIVED = folder("data") / "derived"
FURNITURE = set(
    "hk edition page page9 daily usa photo agencies reuters afp author writer "
    "commentator email contact function innerhtml turnpage previous next "
    "mr mrs ms twitter briefing nytimes".split()
)

MEASURES = [
    *("frames", "policy_frames", "loaded", "naming"),
    *("tones", "vader", "vader_coverage", "textblob", "textblob_coverage"),
]
OF_TEXTS = [
    *("quotation", "sentence_length", "voices", "voice_verbs", "agency"),
    *("layers", "layer_spans"),
]

each_sample = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def samples():
    return {name: mk.load_sample(name) for name in NAMES}


@each_sample
def test_it_opens_whole_and_holds_counts_only(name, samples):
    corpus = samples[name]
    assert corpus.counts_only
    assert corpus.provenance["sample"] == name
    assert corpus.articles[["title", "text", "url", "author"]].isna().all().all()
    assert corpus.articles["article_id"].is_unique


@each_sample
def test_every_row_and_word_is_within_the_limits(name, samples):
    corpus = samples[name]
    listed = mk.count_terms(corpus).values.sum(axis=1)
    assert (corpus.totals() >= 50).all()
    assert (listed <= corpus.totals()).all()
    assert listed.sum() / corpus.totals().sum() > 0.8
    words = pd.read_csv(DERIVED / name / "vocabulary.csv", keep_default_na=False)
    assert (words["articles"] >= 10).all()
    assert not words["word"].str.contains(r"[@/\\\s]").any()
    assert words["word"].is_monotonic_increasing
    if corpus.bag == "article":
        rows = np.bincount(mk.count_terms(corpus).values.indices)
        assert rows.tolist() == words["articles"].tolist()
    else:
        assert (corpus.articles["n_articles"] >= 20).all()


@each_sample
def test_it_is_small_and_says_what_was_left_out(name):
    files = [path for path in (DERIVED / name).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 13e6
    package = json.loads((DERIVED / name / "datapackage.json").read_text("utf-8"))
    report = pd.DataFrame(package["mediakit"]["articles"])
    card = (DERIVED / name / "README.md").read_text("utf-8")
    said = card.split("\n\n")[1]
    kept = [report["kept"].sum()] if name != "kcna" else report["kept"]
    assert all(f"{number:,}" in said for number in kept)
    assert "Figures only" in card
    assert "commit" in card
    assert package["mediakit"]["dropped"]
    assert package["mediakit"]["cleaning"]
    assert all("example" not in row for row in package["mediakit"]["cleaning"])
    reasons = report[["repeat", "empty", "undated", "short", "small bag", "kept"]]
    assert (reasons.sum(axis=1) == report["articles"]).all()
    assert max(row["longest"] for row in package["mediakit"]["attack"]) <= 7


def test_the_expected_articles_are_there(samples):
    outlets = samples["democracy"].articles["outlet"].value_counts().to_dict()
    assert outlets == {"New York Times": 2523, "China Daily": 1121}
    headlines = samples["headlines_2022"].articles
    assert sorted(headlines["outlet"].unique()) == [
        *("BBC", "CGTN", "China Daily", "Global Times", "Xinhua")
    ]
    assert headlines["published"].dt.year.unique().tolist() == [2022]
    kcna = samples["kcna"].articles.groupby("part")["published"].agg(["min", "max"])
    assert kcna.loc["stories", "min"].year == 2011
    assert kcna.loc["headlines", "min"].year == 1997
    assert kcna.loc["headlines", "max"].year == 2014


def rates(corpus, word):
    """Return a word's uses per thousand words by month."""
    terms = mk.count_terms(corpus).only_items([word])
    month = corpus.articles["published"].dt.strftime("%Y-%m").to_numpy()
    sums = pd.DataFrame({"n": terms.values.toarray()[:, 0], "w": terms.exposure[:, 0]})
    sums = sums.groupby(month).sum()
    return 1000 * sums["n"] / sums["w"]


def test_october_2014_stands_out_in_democracy(samples):
    corpus = samples["democracy"]
    for outlet, word in (("New York Times", "umbrella"), ("China Daily", "occupy")):
        one = corpus.subset((corpus.articles["outlet"] == outlet).to_numpy())
        assert rates(one, word).idxmax() == "2014-10"


@pytest.mark.parametrize("part", ["stories", "headlines"])
def test_december_2011_stands_out_in_kcna(part, samples):
    corpus = samples["kcna"]
    one = corpus.subset((corpus.articles["part"] == part).to_numpy())
    for word in ("demise", "mourning", "condolences"):
        found = rates(one, word)
        assert found["2011-01":].idxmax() == "2011-12"
        assert found["2011-12"] > 10 * max(found["2011-09":"2011-11"].mean(), 0.05)
    un = rates(one, "un")
    assert un["2012-01":"2012-06"].min() > 2 * un["2011-06":"2011-11"].max()


def test_the_key_words_of_democracy_are_no_furniture(samples):
    words = mk.count_terms(
        samples["democracy"], stopwords=load_house_words()["word"], min_articles=10
    )
    sides = {"by": "outlet", "a": "China Daily", "b": "New York Times"}
    table = mk.compare(words, **sides)
    for side in (table["log_ratio"] > 0, table["log_ratio"] < 0):
        top = table.loc[side, "item"].head(50)
        assert len(top) == 50
        assert FURNITURE.isdisjoint(top)
    leading = table.loc[table["log_ratio"] > 0, "item"].head(20).tolist()
    assert {"suffrage", "occupy", "legco"} <= set(leading)


def test_stored_measures_are_compared_like_any_other(samples):
    measures = samples["democracy"].measures
    assert set(measures) >= {*MEASURES, *OF_TEXTS}
    sides = {"by": "outlet", "a": "China Daily", "b": "New York Times"}
    quoted = mk.compare(measures["quotation"], **sides).iloc[0]
    assert quoted["rate_a"] == pytest.approx(0.105, abs=0.01)
    assert quoted["rate_b"] == pytest.approx(0.160, abs=0.01)
    assert measures["quotation"].exposure[:, 0].tolist() == (
        samples["democracy"].totals().tolist()
    )
    length = mk.compare(measures["sentence_length"], **sides).iloc[0]
    assert 15 < length["rate_a"] < length["rate_b"] < 30


@each_sample
def test_every_sample_holds_tone_and_frames(name, samples):
    corpus = samples[name]
    assert set(corpus.measures) >= set(MEASURES)
    assert {one.evidence for one in corpus.measures.values()} == {corpus.bag}
    tones = corpus.measures["tones"]
    assert len(tones) == len(corpus.metadata)
    items = tones.items["item"].tolist()
    assert items[:2] == ["vader", "vader, without name"]
    rates = mk.summarise(tones, by="outlet")["rate"]
    assert rates.between(-1, 1).all()
    coverage = mk.summarise(corpus.measures["vader_coverage"], by="outlet")
    assert coverage["rate"].between(0.05, 0.8).all()


def test_names_raise_the_tone_of_the_new_york_times(samples):
    tones = mk.summarise(samples["democracy"].measures["tones"], by="outlet")
    times = tones[tones["group"] == "New York Times"].set_index("item")["rate"]
    assert times["vader"] > 3 * times["vader, without name"] > 0


@pytest.mark.slow
@each_sample
def test_the_script_makes_the_same_figures_again(name, shared, tmp_path, monkeypatch):
    monkeypatch.setattr(
        sys, "path", [*sys.path, str(DERIVED.parents[1] / "benchmarks")]
    )
    import make_derived

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make_derived.MAKERS[name](tmp_path / name)
    again, ours = mk.open_corpus(tmp_path / name), mk.load_sample(name)
    assert again.fingerprint == ours.fingerprint
    pd.testing.assert_frame_equal(again.articles, ours.articles)


def test_patterns_of_a_subset_are_the_rows_of_the_whole():
    news = mk.load_sample("kcna")
    some = (news.metadata["part"] == "stories").to_numpy()
    words = ["mourning", "un"]
    whole = mk.count_patterns(news, words).values.toarray()[some]
    part = mk.count_patterns(news.subset(some), words).values.toarray()
    assert part.sum(axis=0).tolist() == whole.sum(axis=0).tolist() == [457, 6527]
    assert (part == whole).all()
