"""Bags: headlines are pooled until no single one can be read out of a row."""

import numpy as np
import pandas as pd
import pytest
from derive_cases import WORDS, make_corpus
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.share.bags import plan_rows
from mediakit.share.derive import derive


def make_headlines(sizes, *, start="2020-01-06", outlet="West"):
    """Headlines of six words; `sizes` on each day from a Monday on."""
    days = pd.date_range(start, periods=len(sizes), freq="D", tz="UTC")
    published = np.repeat(days, sizes)
    frame = pd.DataFrame({"outlet": outlet, "published": published})
    frame["published_precision"] = "day"
    return frame.assign(content=[f"text {number}" for number in range(len(frame))])


def bags_of(frame, **options):
    words = np.full(len(frame), options.pop("words", 6))
    return plan_rows(
        frame, words, frame["content"].tolist(), bag="bag of headlines", by=[]
    )


BAGS = [
    ([20, 30], [("day", 20), ("day", 30)], 0, "days of twenty stand alone"),
    ([19, 1], [("week", 20)], 0, "small days make a week"),
    ([25, 19, 1], [("day", 25), ("week", 20)], 0, "and leave the others alone"),
    ([25, 21, 19], [("day", 25), ("week", 40)], 0, "the smallest other day joins"),
    ([19], [], 19, "what stays small is withheld"),
    ([20, 0, 0, 0, 0, 0, 0, 19], [("day", 20)], 19, "the next week does not help"),
]


@pytest.mark.parametrize(("sizes", "bags", "withheld", "reason"), BAGS)
def test_days_below_twenty_go_into_their_week(sizes, bags, withheld, reason):
    plan = bags_of(make_headlines(sizes))
    found = list(zip(plan.rows["period"], plan.rows["n_articles"], strict=True))
    assert sorted(found) == sorted(bags), reason
    assert (plan.reason == "small bag").sum() == withheld
    weeks = plan.rows.loc[plan.rows["period"] == "week", "published"]
    assert (weeks.dt.day_of_week == 0).all()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40), st.integers(1, 12))
def test_every_bag_is_large_and_every_headline_accounted_for(sizes, words):
    frame = make_headlines(sizes)
    plan = bags_of(frame, words=words)
    counts = np.bincount(plan.row[plan.row >= 0], minlength=len(plan.rows))
    assert counts.tolist() == plan.rows["n_articles"].tolist()
    assert (counts >= 20).all()
    assert (counts * words >= 50).all()
    assert ((plan.row < 0) == (plan.reason != "")).all()
    weeks = pd.Series(sizes).groupby(np.arange(len(sizes)) // 7).sum()
    if words >= 3:
        assert (plan.row >= 0).sum() == weeks[weeks >= 20].sum()


def test_the_same_headline_counts_once_a_day_but_again_the_next():
    frame = make_headlines([25, 25])
    frame["content"] = [
        *["same"] * 5,
        *map(str, range(20)),
        "same",
        *"abcdefghijklm",
    ] + [*"nopqrstuvwx"]
    plan = bags_of(frame)
    assert (plan.reason == "repeat").sum() == 4
    assert plan.rows["n_articles"].tolist() == [21, 25]


def test_months_where_the_column_period_says_so():
    frame = make_headlines([5] * 60).assign(period="month")
    plan = bags_of(frame)
    assert plan.rows["published"].dt.strftime("%Y-%m-%d").tolist() == [
        *("2020-01-01", "2020-02-01", "2020-03-01")
    ]
    assert plan.rows["published_precision"].tolist() == ["month"] * 3
    assert plan.rows["n_articles"].tolist() == [130, 145, 25]


def test_an_unknown_period_is_named():
    frame = make_headlines([25]).assign(period="decade")
    with pytest.raises(mk.MediakitError, match=r"must hold one of .*\['decade'\]"):
        bags_of(frame)


def test_a_missing_outlet_is_a_group_of_its_own(tmp_path):
    table = pd.DataFrame(
        {
            "outlet": ["West"] * 30 + [None] * 30,
            "published": "2020-05-04",
            "title": [f"alpha beta {WORDS[n % 40]} gamma" for n in range(60)],
        }
    )
    corpus = make_corpus(table).only("title")
    report = derive(corpus, tmp_path / "h", bag="bag of headlines")
    assert report["kept"].tolist() == [30, 30]
    assert report["rows"].tolist() == [1, 1]
    assert mk.open_corpus(tmp_path / "h").metadata["outlet"].isna().sum() == 1


def test_undated_headlines_go_into_no_bag():
    frame = make_headlines([25])
    frame.loc[3, "published"] = pd.NaT
    assert (bags_of(frame).reason == "undated").sum() == 1


def test_bags_keep_sections_and_outlets_apart(tmp_path):
    table = pd.DataFrame(
        {
            "outlet": ["West"] * 60 + ["East"] * 30,
            "section": ["home"] * 30 + ["world"] * 30 + ["home"] * 30,
            "published": "2020-05-04",
            "title": [f"alpha beta {WORDS[n % 40]} gamma {n}" for n in range(90)],
        }
    )
    corpus = make_corpus(table).only("title")
    report = derive(corpus, tmp_path / "h", bag="bag of headlines", by=["section"])
    assert report[["outlet", "section", "kept", "rows"]].to_numpy().tolist() == [
        ["East", "home", 30, 1],
        ["West", "home", 30, 1],
        ["West", "world", 30, 1],
    ]
    opened = mk.open_corpus(tmp_path / "h")
    assert opened.metadata["n_articles"].tolist() == [30, 30, 30]
    assert opened.metadata["section"].tolist() == ["home", "home", "world"]
    assert mk.count_terms(opened).evidence == "bag of headlines"
    assert "alpha" in opened.vocabulary.to_pylist()
