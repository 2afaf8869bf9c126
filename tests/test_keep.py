"""keep_about and keep_unique: who stays, who goes, and the account of it."""

import json
import warnings

import pandas as pd
import pytest

import mediakit as mk
from mediakit.clean.topic import IN_PASSING, NOT_THERE

FILL = "word " * 60
ROWS = {
    "title": ("A ferry is late", "The boat came at noon."),
    "lead": ("Late", "The FERRIES came at noon. " + FILL),
    "times": ("Late", FILL * 2 + "The ferry, that ferry, a ferry."),
    "passing": ("Late", FILL * 2 + "He took the ferry."),
    "not": ("Late", "He took the train."),
    "empty": (None, None),
}


def table(rows=ROWS):
    frame = pd.DataFrame(rows.values(), columns=["title", "text"], dtype="str")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.read_articles(frame.assign(article_id=list(rows), outlet="A"))


def step(articles):
    return articles.attrs["mediakit"]["steps"][-1]


def test_each_rule_keeps_its_own():
    articles = table()
    before = articles.copy(deep=True)
    kept = mk.keep_about(articles, ["ferry", "ferries"])
    pd.testing.assert_frame_equal(articles, before)
    assert kept["about_by"].tolist() == kept["article_id"].tolist()
    assert kept["about_hits"].tolist() == [1, 1, 3]
    assert list(kept.columns) == [*articles.columns, "about_by", "about_hits"]
    told = step(kept)
    assert (told["before"], told["after"]) == (6, 3)
    assert told["dropped"] == [
        {"why": NOT_THERE, "articles": 2},
        {"why": IN_PASSING, "articles": 1},
    ]
    assert told["by_rule"] == {"title": 1, "lead": 1, "times": 1, "rate": 0}
    assert told["to_code"][IN_PASSING] == ["passing"]
    assert json.loads(json.dumps(told)) == told
    assert "steps" not in articles.attrs["mediakit"]


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ({"lead": 0, "times": None}, ["title"]),
        ({"times": 1}, ["title", "lead", "times", "passing"]),
        ({"lead": 500}, ["title", "lead", "times", "passing"]),
        ({"times": None, "rate": 20}, ["title", "lead", "times"]),
        ({"times": None, "rate": 30}, ["title", "lead"]),
    ],
)
def test_rules_can_be_set(rules, kept):
    found = mk.keep_about(table(), "ferr*", **rules)
    assert found["article_id"].tolist() == kept


def test_a_phrase_across_title_and_text_is_none():
    articles = table({"a": ("The late", "ferry came.")})
    assert len(mk.keep_about(articles, "late ferry")) == 0


def test_any_index_and_no_rows():
    articles = table()
    articles.index = [9] * len(articles)
    assert mk.keep_about(articles, "ferry")["article_id"].tolist() == ["title", "times"]
    empty = mk.keep_about(table().iloc[:0], "ferry")
    assert list(empty.columns)[-2:] == ["about_by", "about_hits"]
    assert step(empty)["before"] == 0


def test_the_sample_is_drawn_by_seed_and_not_by_order():
    rows = {f"n{at:03}": ("A ferry", f"Story {at}.") for at in range(120)}
    one = step(mk.keep_about(table(rows), "ferry"))["to_code"]["title"]
    turned = table(rows).iloc[::-1]
    assert step(mk.keep_about(turned, "ferry"))["to_code"]["title"] == one
    other = step(mk.keep_about(table(rows), "ferry", seed=1))["to_code"]["title"]
    assert len(one) == len(set(one)) == 50
    assert one != other


def test_the_strait_rescue_is_found_by_its_ferry():
    """Planted: the ferry is event e09 and hardly stands elsewhere."""
    articles = mk.load_sample("strait").articles
    event = mk.load_truth("labels").set_index("article_id")["event_id"]
    kept = event.reindex(mk.keep_about(articles, ["ferry", "Saint Orla"])["article_id"])
    assert (kept == "e09").mean() > 0.9
    assert (kept == "e09").sum() >= 0.9 * (event == "e09").sum()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"lead": -1}, "`lead` must be"),
        ({"lead": True}, "`lead` must be"),
        ({"times": 0}, "`times` must be"),
        ({"rate": 0}, "`rate` must be"),
        ({"rate": "2"}, "`rate` must be"),
    ],
)
def test_wrong_rules_are_named(wrong, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.keep_about(table(), "ferry", **wrong)


def test_twice_is_refused():
    with pytest.raises(mk.MediakitError, match="already"):
        mk.keep_about(mk.keep_about(table(), "ferry"), "ferry")


def labelled():
    text = " ".join(f"word{at}" for at in range(60))
    rows = pd.DataFrame(
        {
            "article_id": ["late", "first", "other", "alone", "again"],
            "outlet": ["A", "A", "B", "B", "B"],
            "published": pd.to_datetime(["2020-01-03", *["2020-01-02"] * 4], utc=True),
            "text": [text, text, text + " end", "Quite another story here now.", text],
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.label_duplicates(mk.read_articles(rows))


def test_copies_in_one_outlet_go_and_others_only_if_asked():
    articles = labelled()
    kept = mk.keep_unique(articles)
    assert sorted(kept.groupby("outlet").size()) == [1, 2]
    assert {"first", "alone"} <= set(kept["article_id"])
    one = mk.keep_unique(articles, across=True)
    assert sorted(one["article_id"]) == ["alone", "other"]  # the longest of a day
    assert [line["articles"] for line in step(one)["dropped"]] == [2, 1]
    assert len(mk.keep_unique(articles.iloc[:0])) == 0


def test_unlabelled_copies_are_refused():
    with pytest.raises(mk.MediakitError, match="label_duplicates"):
        mk.keep_unique(table())
