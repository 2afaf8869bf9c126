"""multiverse: every specification is what a user would get by hand; none is picked."""

import dataclasses
import itertools

import numpy as np
import pytest
from nltk.tokenize import RegexpTokenizer
from second_looks import SIDES, articles, measure_of, planted

import mediakit as mk
from mediakit.infer.multiverse import CHOICES

COLUMNS = (
    *("specification", *CHOICES),
    *("estimate", "low", "high", "p", "articles_a", "articles_b", "verdict"),
)


@pytest.fixture(scope="module")
def frame():
    frame = planted(ratio=1.3, seed=3)
    frame["duplicate_of"] = np.where(np.arange(len(frame)) % 4 == 0, "x", None)
    return frame


@pytest.fixture(scope="module")
def table(frame):
    return mk.multiverse(measure_of(frame), "war", **SIDES, cluster="week", seed=3)


def only(table, **choices):
    rows = table
    for column, option in ({"within": "everything"} | choices).items():
        rows = rows[rows[column] == option]
    assert len(rows) == 1
    return rows.iloc[0]


def test_all_choices_are_combined_in_a_fixed_order(table):
    assert tuple(table.columns) == COLUMNS
    assert table["specification"].tolist() == list(range(1, len(table) + 1))
    made = list(table[list(CHOICES)].itertuples(index=False, name=None))
    options = [list(dict.fromkeys(table[column])) for column in CHOICES]
    assert sorted(made) == sorted(itertools.product(*options))
    assert len(made) == 2 * 3 * 2 * 2 * 2


def test_the_first_is_the_first_look(table, frame):
    row = mk.compare(measure_of(frame), **SIDES, cluster="week").set_index("item")
    first = table.iloc[0]
    for mine, theirs in (("estimate", "log_ratio"), ("low", "low"), ("p", "p")):
        assert first[mine] == pytest.approx(row.loc["war", theirs])


def test_each_is_what_compare_gives(table, frame):
    kept = frame[frame["duplicate_of"].isna() & (frame["published"] <= middle(frame))]
    for test, seed in (("score", None), ("permutation", 3)):
        options = {"cluster": "week", "test": test, "seed": seed}
        measure = measure_of(kept).only_items(["war"])
        expected = mk.compare(measure, **SIDES, **options).iloc[0]
        choices = {"wire_copy": "without", "period": "first half", "test": test}
        row = only(table, **choices, evidence="article")
        assert row["p"] == pytest.approx(expected["p"])
        assert row["high"] == pytest.approx(expected["high"])
        row = only(table, **choices, evidence="week")
        assert row["p"] == pytest.approx(expected["p_cluster"])


def test_inside_events_it_is_what_compare_gives_within_them(table, frame):
    measure = measure_of(frame).only_items(["war"])
    options = {"cluster": "week", "within": "event_id"}
    expected = mk.compare(measure, **SIDES, **options).iloc[0]
    choices = {"wire_copy": "with", "period": "all", "test": "score"}
    for evidence, p in (("article", "p"), ("week", "p_cluster")):
        row = only(table, **choices, evidence=evidence, within="event_id")
        assert row["p"] == pytest.approx(expected[p])
        assert row["low"] == pytest.approx(expected["low"])
    everywhere = only(table, **choices, evidence="article")
    assert everywhere["p"] != pytest.approx(expected["p"])


def test_events_of_one_side_only_cannot_be_asked():
    frame = planted(ratio=2, seed=5)
    frame["event_id"] += frame["outlet"].isin(["A", "B"]).astype(str)
    rows = mk.multiverse(measure_of(frame), "war", **SIDES, cluster="article")
    inside = rows[rows["within"] == "event_id"]
    assert len(inside) == len(rows) / 2
    assert (inside["verdict"] == "could not be asked").all()
    assert inside[["estimate", "p"]].isna().all(axis=None)


def middle(frame):
    return frame["published"].median()


def test_the_interval_over_weeks_is_that_of_merged_articles():
    """Weeks that lie on one side only: merged, they are articles of a smaller table."""
    frame = planted(ratio=2, seed=5)
    frame["week"] = frame["week"] * 2 + frame["outlet"].isin(["A", "B"])
    measure = measure_of(frame)
    rows = mk.multiverse(measure, "war", **SIDES, cluster="week")
    row = only(rows, evidence="week", test="score", period="all", wire_copy="with")
    first = {"outlet": "first", "words": "sum", "war": "sum", "talks": "sum"}
    merged = frame.groupby("week").agg(first).reset_index()
    merged["outlet"] = merged["outlet"].map(dict(A="A", B="A", C="C", D="C"))
    expected = mk.compare(measure_of(merged), by="outlet", a="A", b="C")
    expected = expected.set_index("item").loc["war"]
    assert row["low"] == pytest.approx(expected["low"])
    assert row["high"] == pytest.approx(expected["high"])


def test_a_planted_dependence_shows(frame):
    changed = frame.copy()
    late = changed["published"] > middle(frame)
    changed.loc[late, "war"] = changed.loc[late, "talks"]
    rows = mk.multiverse(measure_of(changed), "war", **SIDES)
    assert (rows.loc[rows["period"] == "second half", "verdict"] != "held").all()


def undated(measure):
    """Return the measure without dates, so that fewer choices are combined."""
    articles = measure.articles.drop(columns="published")
    return dataclasses.replace(measure, articles=articles)


def test_texts_are_counted_in_other_ways():
    corpus = mk.tokenize(articles()[:64])
    measure = undated(mk.count_terms(corpus))
    rows = mk.multiverse(measure, "war", **SIDES, corpus=corpus, cluster="article")
    choices = {"wire_copy": "with", "view": "as counted", "test": "score"}
    cut = mk.tokenize(corpus.articles, tokenizer=RegexpTokenizer(r"\w+"))
    for fold in ("stem", "lemma"):
        row = only(rows, **choices, forms=fold, tokenizer="runs of letters and digits")
        counted = mk.count_terms(cut, fold=fold).only_items(["war"])
        expected = mk.compare(counted, **SIDES).iloc[0]
        assert row["p"] == pytest.approx(expected["p"])
    assert set(rows["view"]) == {"as counted", "outside quotation"}
    assert set(rows["wire_copy"]) == {"with", "without"}


def test_what_is_not_asked_is_told(table):
    notes = " ".join(table.attrs["mediakit"]["notes"])
    assert "not asked: other forms, tokenizer and view" in notes
    gone = ["published", "duplicate_of", "event_id"]
    bare = measure_of(planted().drop(columns=gone))
    rows = mk.multiverse(bare, "war", **SIDES, cluster="article")
    notes = " ".join(rows.attrs["mediakit"]["notes"])
    assert "halves of the time" in notes
    assert "without wire copy" in notes
    assert "inside the same events. The articles have no event_id" in notes
    assert len(rows) == 2
