"""label_events on made-up and constructed articles: what is planted, and the laws."""

import itertools
import warnings

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit.clean.events_groups import group_units
from mediakit.clean.events_threshold import DEFAULT, chance_threshold
from mediakit.clean.events_words import word_vectors
from mediakit.formulas.bcubed import bcubed
from mediakit.schema import complete_articles

STORIES = {
    "quake": "Earthquake shook Tolvana province and collapsed school buildings",
    "vote": "Parliament rejected the pension bill after Minister Harkness resigned",
    "match": "Goalkeeper Brandt saved two penalties as United reached the final",
}
FILLER = [f"filler{number}" for number in range(400)]


def reports(*rows):
    """Return ARTICLES of (id, outlet, date, story) with words of their own."""
    rng = np.random.default_rng(3)
    table = [
        {
            "article_id": name,
            "outlet": outlet,
            "published": date,
            "published_precision": "day",
            "title": STORIES.get(story, story)[:30],
            "text": f"{STORIES.get(story, story)} {' '.join(rng.choice(FILLER, 9))}.",
        }
        for name, outlet, date, story in rows
    ]
    columns = ["article_id", "outlet", "published", "published_precision"]
    return complete_articles(pd.DataFrame(table, columns=[*columns, "title", "text"]))


@pytest.fixture
def week():
    return reports(
        ("a1", "A", "2020-05-04", "quake"),
        ("b1", "B", "2020-05-05", "quake"),
        ("c1", "C", "2020-05-06", "quake"),
        ("a2", "A", "2020-05-05", "vote"),
        ("c2", "C", "2020-05-05", "vote"),
        ("b3", "B", "2020-05-06", "match"),
    )


@pytest.fixture(scope="module")
def strait():
    return mk.load_sample("strait").articles


def events(articles, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        labelled = mk.label_events(articles, **options)
    return labelled.set_index("article_id")["event_id"].to_dict()


def test_reports_of_one_event_are_put_together(week):
    found = events(week, threshold=0.3)
    expected = {"a1": "a1", "b1": "a1", "c1": "a1", "a2": "a2", "c2": "a2", "b3": "b3"}
    assert found == expected


def test_the_order_of_the_rows_is_irrelevant(strait):
    label = events(strait)
    assert events(strait.sample(frac=1, random_state=1)) == label
    assert events(strait.iloc[::-1]) == label


def test_only_columns_are_added_and_the_input_stays(week):
    before = week.copy(deep=True)
    labelled = mk.label_events(week, threshold=0.3)
    pd.testing.assert_frame_equal(week, before)
    assert list(labelled.columns) == [*week.columns, "event_id", "event_likeness"]
    pd.testing.assert_frame_equal(labelled[week.columns], week, check_flags=False)
    assert labelled["event_likeness"].isna().tolist() == [False] * 5 + [True]
    assert labelled["event_likeness"].dropna().between(0.3, 1).all()


def test_the_same_story_weeks_later_is_another_event(week):
    later = reports(("d1", "D", "2020-05-20", "quake"))
    found = events(pd.concat([week, later], ignore_index=True), threshold=0.3)
    assert found["d1"] == "d1"


def test_events_do_not_chain_through_time():
    days = pd.date_range("2020-05-01", periods=12).strftime("%Y-%m-%d")
    rows = [(f"a{place:02d}", "A", day, "quake") for place, day in enumerate(days)]
    labelled = mk.label_events(reports(*rows), threshold=0.3)
    spans = labelled.groupby("event_id")["published"].agg(
        lambda day: day.max() - day.min()
    )
    assert len(spans) > 1
    assert spans.max() < pd.Timedelta(days=8)


def test_a_collection_grows_without_renaming(strait):
    strait = strait.sort_values("published")
    first = mk.label_events(strait[:100])
    grown = pd.concat([first, strait[100:]], ignore_index=True)
    labelled = events(grown)
    earlier = first.set_index("article_id")["event_id"]
    assert all(labelled[name] == event for name, event in earlier.items())
    joined = [
        name for name in strait[100:]["article_id"] if labelled[name] in set(earlier)
    ]
    assert joined  # the cut goes through an event


def test_own_labels_are_kept_and_taken_up(week):
    mine = week.assign(event_id=["my quake", None, None, "c2", None, None])
    found = events(mine, threshold=0.3)
    assert found["b1"] == found["c1"] == "my quake"
    assert found["a2"] == found["c2"] == "c2"
    numbers = week.assign(event_id=[7, None, None, None, None, None])
    assert events(numbers, threshold=0.3)["b1"] == "7"
    own = week.assign(event_id=["b3", *[None] * 5])
    found = events(own, threshold=0.3)
    assert found["b1"] == "b3"
    assert found["b3"] == "b3 (2)"  # another event than the one called b3


def test_copies_are_one_and_undated_copies_go_along(week):
    copies = week.assign(duplicate_group=[None, "g", None, None, None, "g"])
    found = events(copies, threshold=0.3)
    assert found["b1"] == found["b3"]
    copies.loc[5, "published"] = pd.NaT
    found = events(copies, threshold=0.3)
    assert found["b3"] == found["b1"] == "a1"


def test_undated_and_empty_articles_say_so(week):
    week.loc[0, "published"] = pd.NaT
    week.loc[1, "published_precision"] = "month"
    week.loc[5, ["title", "text"]] = ["", " – "]
    said = "2 of 6 articles have no date to the day and 1 no word"
    with pytest.warns(mk.MediakitWarning, match=said):
        labelled = mk.label_events(week, threshold=0.3)
    assert labelled["event_id"].isna().tolist() == [True, True, *[False] * 3, True]
    record = labelled.attrs["mediakit"]["events"]
    assert (record["undated"], record["without words"], record["events"]) == (2, 1, 2)


def test_few_articles_have_no_threshold_of_their_own(week):
    with pytest.warns(mk.MediakitWarning, match="usual threshold 0.1"):
        labelled = mk.label_events(week)
    assert labelled.attrs["mediakit"]["events"]["threshold"] == DEFAULT


def test_empty_in_empty_out():
    empty = mk.label_events(reports())
    assert len(empty) == 0
    assert list(empty.columns[-2:]) == ["event_id", "event_likeness"]
    assert empty["event_id"].dtype == "str"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"days": -1}, "`days` must be a number from 0 on, got -1"),
        ({"days": "3"}, "`days` must be a number"),
        ({"threshold": 0}, "`threshold` must lie above 0"),
        ({"threshold": True}, "`threshold` must lie above 0"),
    ],
)
def test_errors(week, options, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.label_events(week, **options)


def test_planted_events_of_the_constructed_corpus(strait):
    truth = mk.load_truth("labels").set_index("article_id")["event_id"]
    found = pd.Series(events(strait))
    precision, recall, f1 = bcubed(truth[found.index], found)
    assert precision > 0.98
    assert recall > 0.8
    assert f1 > 0.9


def naive_average_linkage(alike, near, threshold):
    groups = [[unit] for unit in range(len(alike))]
    alike = np.where(near, alike, 0)
    while len(groups) > 1:
        pairs = list(itertools.combinations(groups, 2))
        averages = [alike[np.ix_(one, two)].mean() for one, two in pairs]
        best = int(np.argmax(averages))
        if averages[best] < threshold:
            break
        one, two = pairs[best]
        groups = [group for group in groups if group not in (one, two)] + [one + two]
    return {frozenset(group) for group in groups}


def test_one_day_is_average_linkage(strait):
    vectors, _ = word_vectors(strait.iloc[:40])
    day = np.zeros(40)
    event = group_units(vectors, day, days=0, threshold=0.08, known=np.full(40, -1))
    alike = (vectors @ vectors.T).toarray()
    expected = naive_average_linkage(alike, np.ones((40, 40), bool), 0.08)
    found = {frozenset(np.flatnonzero(event == code).tolist()) for code in set(event)}
    assert found == expected


def test_vectors_are_weights_of_words_as_documented():
    texts = ["Paris hosts talks. Talks go on.", "talks in Paris", "rain"]
    frame = pd.DataFrame({"text": texts, "title": ["Talks", "", ""]})
    vectors, has_words = word_vectors(frame)
    rarity = np.log(4 / 2)
    one = {"paris": 1.3 * rarity, "talks": (1 + np.log(4)) * rarity}
    rest = [np.log(4)] * 3  # hosts, go, on
    length = np.sqrt(sum(weight**2 for weight in [*one.values(), *rest]))
    expected = [one["paris"] / length, one["talks"] / length]
    assert sorted(vectors.toarray()[0][vectors.toarray()[0] > 0]) == pytest.approx(
        sorted(expected)
    )
    assert has_words.all()
    assert vectors.toarray()[2].sum() == 0


def test_where_nothing_happens_the_threshold_is_high():
    rng = np.random.default_rng(5)
    texts = [" ".join(rng.choice(FILLER[:60], 40)) for _ in range(600)]
    frame = pd.DataFrame({"text": texts, "title": ""})
    day = np.repeat(np.arange(60.0), 10)
    found = chance_threshold(word_vectors(frame)[0], day, 3)
    assert found.calibrated
    alone = group_units(
        word_vectors(frame)[0],
        day,
        days=3,
        threshold=found.threshold,
        known=np.full(600, -1),
    )
    assert len(set(alone)) > 590
    assert found.reach is None
