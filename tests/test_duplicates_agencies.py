"""Who is credited, clusters in the verbs, many parts of the index, real repeats."""

import numpy as np
import pandas as pd
import pytest
from articles import articles_of

import mediakit as mk
from mediakit.clean import shingles
from mediakit.clean.agencies import agency_names
from mediakit.infer.groups import cluster_codes

BODY = "The bridge was opened. " * 30
CREDITED = [
    (f"LONDON (Reuters) - {BODY}", "Reuters"),
    (f"PYONGYANG, June 18 (KCNA) -- {BODY}", "KCNA"),
    (f"MOSCOW, December 26. /TASS/. {BODY}", "TASS"),
    (f"BEIJING, May 3 (Xinhua News Agency) -- {BODY}", "Xinhua"),
    (f"PARIS (AFP, Reuters) – {BODY}", "AFP"),
    (f"By Agence France-Presse\n\n{BODY}", "AFP"),
    (f"Associated Press\n\n{BODY}", "AP"),
    (f"By Anna Holt, Associated Press\n\n{BODY}", "AP"),
    (f"By Anna Holt, with Reuters\n\n{BODY}", "Reuters"),
    (f"Our staff, dpa\n\n{BODY}", "dpa"),
    (f"{BODY}\n\n(Yonhap)", "Yonhap News Agency"),
    (f"{BODY}\n\nSource: Xinhua", "Xinhua"),
    (f"{BODY}\n\nReporting by Anna Holt for Reuters", "Reuters"),
    (f"{BODY}\n\nThe Associated Press contributed to this report.", "AP"),
    (f"{BODY}\n\n© 2021 AFP", "AFP"),
    (f"{BODY}\n\n(With inputs from PTI)", "PTI"),
]
WRITTEN = [
    *["e04-observer-1", "e05-observer-1", "e08-tribune-1", "e08-hbs-2"],
    *["e08-observer-1", "e09-tribune-1", "e09-observer-1", "e12-observer-1"],
]
NOT_CREDITED = [
    f"The minister told Reuters that the bridge was safe. {BODY}",
    f"Reuters was sold on Monday, its owner said. {BODY}",
    f"According to the Associated Press, two men fell. {BODY}",
    f"{BODY} He spoke to AFP on Sunday.",
    f"By Anna Holt\n\nReuters and AFP are rivals. {BODY}",
    f"LONDON (AP Moller) - {BODY}",
    BODY,
]


@pytest.mark.parametrize(("text", "agency"), CREDITED)
def test_credits_in_dateline_byline_and_last_line(text, agency):
    labelled = mk.label_duplicates(articles_of([text]))
    assert labelled["wire_agency"].tolist() == [agency]


@pytest.mark.parametrize("text", NOT_CREDITED)
def test_being_quoted_or_written_about_is_no_credit(text):
    assert mk.label_duplicates(articles_of([text]))["wire_agency"].isna().all()


def test_an_agency_named_as_author_is_credited():
    articles = articles_of([BODY, BODY], author=["Reuters", "Anna Holt"])
    labelled = mk.label_duplicates(articles)["wire_agency"]
    assert labelled.fillna("").tolist() == ["Reuters", ""]


def test_an_outlet_is_an_agency_only_where_another_credits_it():
    texts = [f"LIMA (Daily Bee) - {BODY}"] * 2
    alone = articles_of(texts, outlet="Daily Bee")
    assert mk.label_duplicates(alone)["wire_agency"].isna().all()
    both = articles_of(texts, outlet=["Daily Bee", "Gazette"])
    assert mk.label_duplicates(both)["wire_agency"].tolist() == ["Daily Bee"] * 2


def test_credits_of_the_constructed_corpus_are_those_written_into_it():
    articles = mk.load_sample("strait").articles
    agency = mk.label_duplicates(articles)["wire_agency"]
    outlets = articles["outlet"]
    own = outlets.isin(["KELTA", "Longshore"])
    credited = articles.loc[~own & agency.notna(), "article_id"]
    assert credited.tolist() == WRITTEN
    correction = articles["text"].str.match("This version corrects|Correction:")
    assert (agency == outlets)[own].tolist() == (~correction)[own].tolist()


def test_names_of_the_list_and_of_the_register_lead_to_one_agency():
    names = agency_names()
    assert names["ITAR-TASS"] == names["TASS"] == "TASS"
    assert names["Xinhua News Agency"] == "Xinhua"
    assert "Voice of America" not in names


def test_articles_without_a_group_are_clusters_of_their_own():
    labelled = mk.label_duplicates(mk.load_sample("strait").articles)
    clusters = cluster_codes(labelled, "duplicate_group")
    assert clusters.count == 130 + 25
    corpus = mk.tokenize(labelled)
    measure = mk.count_patterns(corpus, {"islands": "islands"})
    parameters = {"by": "outlet", "a": ["Longshore", "KELTA"], "b": "rest"}
    grouped = mk.compare(measure, cluster="duplicate_group", **parameters)
    single = mk.compare(measure, cluster="article", **parameters)
    assert grouped["p"].tolist() == single["p"].tolist()
    assert grouped["p_cluster"].iloc[0] != single["p_cluster"].iloc[0]
    assert np.isfinite(grouped["p_cluster"]).all()


def test_the_index_is_the_same_in_one_part_and_in_many(monkeypatch):
    articles = mk.load_sample("strait").articles
    expected = mk.label_duplicates(articles)
    monkeypatch.setattr(shingles, "PART_SHINGLES", 1000)
    monkeypatch.setattr(shingles, "BLOCK_ARTICLES", 7)
    monkeypatch.setattr(shingles, "BLOCK_PAIRS", 5)
    pd.testing.assert_frame_equal(mk.label_duplicates(articles), expected)


def test_equal_texts_of_real_outlets_are_found(shared):
    articles = mk.read_articles(
        shared / "data/chinadaily_nyt/articles.csv.gz",
        columns={"source": "outlet", "date": "published"},
    )
    labelled = mk.label_duplicates(articles, days=None)
    twice = articles["text"].duplicated(keep=False) & articles["text"].notna()
    long = articles["text"].str.split().str.len() >= 5
    assert (twice & long).sum() > 10
    assert labelled.loc[twice & long, "duplicate_group"].notna().all()
