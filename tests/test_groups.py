"""Groups, sides and clusters: every kind of `by`, every error by its message."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer.groups import choose_sides, cluster_codes, group_codes
from mediakit.infer.periods import dates

OUTLETS = pd.DataFrame({"outlet": ["Xinhua", "TASS", None, "BBC", "Xinhua", "CGTN"]})
DATED = pd.DataFrame(
    {
        "published": pd.to_datetime(
            [
                "2012-12-30T23:59:59Z",  # Sunday
                "2012-12-31T00:00:00Z",  # Monday: ISO week 1 of 2013
                "2013-02-11T08:00:00+09:00",  # in UTC still Sunday of week 6
                None,
                "2013-02-01T00:00:00Z",
                "2010-01-03T12:00:00Z",  # ISO week 53 of 2009
            ],
            utc=True,
            format="ISO8601",
        ),
        "published_precision": ["second", "day", "hour", None, "month", "day"],
    }
)


def rows(mask):
    return np.flatnonzero(mask).tolist()


def test_a_column_groups_rows_and_leaves_out_what_is_missing():
    groups = group_codes(OUTLETS, "outlet")
    assert groups.names == ["BBC", "CGTN", "TASS", "Xinhua"]
    assert groups.codes.tolist() == [3, 2, -1, 0, 3, 1]
    assert groups.counts.tolist() == [1, 1, 1, 2]
    assert groups.outside == 1


def test_no_column_means_one_group():
    groups = group_codes(OUTLETS, None)
    assert groups.names == ["all"]
    assert groups.codes.tolist() == [0] * 6
    assert group_codes(OUTLETS[:0], None).names == []


@pytest.mark.parametrize(
    ("values", "names", "codes"),
    [
        ([2014, 2013, 2014], ["2013", "2014"], [1, 0, 1]),
        ([2014.0, np.nan, 2013.0], ["2013", "2014"], [1, -1, 0]),
        ([0.5, 0.25, 0.5], ["0.25", "0.5"], [1, 0, 1]),
        ([True, False, True], ["False", "True"], [1, 0, 1]),
        ([9, 10, 9], ["9", "10"], [0, 1, 0]),
        ([pd.NaT, pd.Timestamp("2014-01-02"), pd.NaT], None, [-1, 0, -1]),
        (pd.Categorical(["b", "a", None], ["b", "a", "z"]), ["b", "a"], [0, 1, -1]),
        (pd.Series(["1", 1, 2], dtype=object), ["1", "2"], [0, 0, 1]),
        (pd.array([1, None, 0], dtype="Int64"), ["0", "1"], [1, -1, 0]),
    ],
)
def test_whatever_the_column_holds(values, names, codes):
    groups = group_codes(pd.DataFrame({"x": values}), "x")
    assert groups.codes.tolist() == codes
    assert names is None or groups.names == names


def test_weeks_are_iso_weeks_in_utc():
    groups = group_codes(DATED, "week")
    assert groups.names == ["2009-W53", "2012-W52", "2013-W01", "2013-W06"]
    assert groups.codes.tolist() == [1, 2, 3, -1, -1, 0]


def test_a_date_of_the_month_has_no_day_but_a_month():
    assert dates(DATED, "day").notna().sum() == 4
    assert dates(DATED, "month").notna().sum() == 5
    yearly = DATED.assign(published_precision="year")
    assert dates(yearly, "quarter").isna().all()
    assert dates(yearly, "year").notna().sum() == 5


def test_dates_without_zone_are_taken_as_utc():
    naive = DATED.assign(published=DATED["published"].dt.tz_localize(None))
    elsewhere = DATED.assign(published=DATED["published"].dt.tz_convert("Asia/Tokyo"))
    for same in (naive, elsewhere):
        assert group_codes(same, "week").names == group_codes(DATED, "week").names


def test_a_column_called_week_wins():
    own = DATED.assign(week=list("abcabc"))
    assert group_codes(own, "week").names == ["a", "b", "c"]


def test_a_preset_groups_outlets_by_its_sets():
    from mediakit.load.presets import preset_sets

    articles = pd.DataFrame({"outlet": ["Xinhua", "TASS", "The Guardian"]})
    sets = preset_sets(articles, "sc_v_private")
    groups = group_codes(articles, "sc_v_private")
    assert [groups.names[code] for code in groups.codes] == sets.tolist()


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("outlets", r"nothing is called 'outlets'.*\['outlet'\].*\"week\".*presets "),
        ("outlets", r"Did you mean 'outlet'\?"),
        ("week", r"\"week\" \(needs `published`\)"),
        (["outlet", "year"], r"named by one column, got \['outlet', 'year'\]; to"),
        (7, "named by one column, got 7"),
    ],
)
def test_an_unknown_by_is_told_the_choices(by, message):
    with pytest.raises(MediakitError, match=message):
        group_codes(OUTLETS, by)


def test_columns_that_cannot_be_grouped_say_so():
    with pytest.raises(MediakitError, match="column 'tags' cannot be grouped"):
        group_codes(pd.DataFrame({"tags": [["a"], ["b"]]}), "tags")
    with pytest.raises(MediakitError, match="must hold dates, but it is of dtype str"):
        group_codes(pd.DataFrame({"published": ["yesterday"]}), "week")
    with pytest.raises(MediakitError, match="must hold dates, but it is missing"):
        dates(OUTLETS)


def test_sides_are_values_lists_of_values_or_the_rest():
    sides = choose_sides(OUTLETS, "outlet", ["Xinhua", "CGTN"], "BBC")
    assert (sides.label_a, sides.label_b) == ("Xinhua + CGTN", "BBC")
    assert (rows(sides.rows_a), rows(sides.rows_b)) == ([0, 4, 5], [3])
    assert sides.outside == 2
    assert sides.notes == [
        "2 of 6 rows stand on neither side: 1 with other values of 'outlet', "
        "1 with none."
    ]


def test_the_rest_has_a_value():
    sides = choose_sides(OUTLETS, "outlet", "rest", "Xinhua")
    assert (sides.label_a, rows(sides.rows_a)) == ("rest", [1, 3, 5])
    assert (sides.label_b, rows(sides.rows_b)) == ("Xinhua", [0, 4])
    assert sides.outside == 1
    everyone = choose_sides(OUTLETS.dropna(), "outlet", "Xinhua", "rest")
    assert (everyone.outside, everyone.notes) == (0, [])


def test_a_side_may_be_a_number_or_a_truth():
    frame = pd.DataFrame({"year": [2013, 2014, 2015], "wire": [True, False, True]})
    assert rows(choose_sides(frame, "year", 2014, [2013, 2015]).rows_b) == [0, 2]
    assert rows(choose_sides(frame, "wire", True, False).rows_a) == [0, 2]


@given(st.lists(st.sampled_from(["x", "y", "z", None]), min_size=1), st.data())
def test_swapping_the_sides_swaps_them(values, data):
    frame = pd.DataFrame({"side": pd.Series(values, dtype="str")})
    names = sorted(frame["side"].dropna().unique())
    if len(names) < 2:
        return
    a = data.draw(st.sampled_from(names))
    one, other = (choose_sides(frame, "side", *s) for s in ((a, "rest"), ("rest", a)))
    assert (one.label_a, one.label_b) == (other.label_b, other.label_a)
    assert (one.rows_a == other.rows_b).all()
    assert (one.rows_b == other.rows_a).all()
    assert one.rows_a.sum() + one.rows_b.sum() + one.outside == len(frame)


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        ("xinhua", "rest", r"`a` must be .*'Xinhua' \(2\), 'BBC' \(1\).*mean 'Xinhua'"),
        ("rest", ["BBC", "RT"], r"`b` must be one or several .*got \['BBC', 'RT'\]"),
        ("BBC", ["BBC", "TASS"], r"\['BBC'\] of 'outlet' stand in `a` and `b`"),
        ("rest", "rest", 'cannot both be "rest"'),
        ([], "rest", r"`a` must be one or several values of 'outlet'"),
        (None, "rest", "got None; 'outlet' has"),
        (["BBC", "TASS", "CGTN", "Xinhua"], "rest", '`b`="rest" is empty'),
    ],
)
def test_sides_that_cannot_be_are_refused(a, b, message):
    with pytest.raises(MediakitError, match=message):
        choose_sides(OUTLETS, "outlet", a, b)


def test_sides_need_a_column_with_values():
    with pytest.raises(MediakitError, match="which column holds the two sides"):
        choose_sides(OUTLETS, None, "a", "b")
    with pytest.raises(MediakitError, match="'outlet' has no values"):
        choose_sides(OUTLETS[2:3], "outlet", "BBC", "rest")


def test_a_value_called_rest_is_ambiguous():
    frame = pd.DataFrame({"kind": ["rest", "work"]})
    with pytest.raises(MediakitError, match="'kind' has a value \"rest\""):
        choose_sides(frame, "kind", "work", "rest")


def test_many_values_are_shown_in_part():
    frame = pd.DataFrame({"section": [f"s{i:02}" for i in range(30)]})
    with pytest.raises(MediakitError, match=r"'s19' \(1\) and 10 more\."):
        choose_sides(frame, "section", "none", "rest")


def test_sides_in_two_languages_are_warned_about():
    frame = pd.DataFrame(
        {"side": list("aaaabb"), "language": ["en", "EN-gb", "zh", "zh", "en", None]}
    )
    with pytest.warns(MediakitWarning, match="a: en 50%, zh 50%; b: en 100%"):
        choose_sides(frame, "side", "a", "b")


@pytest.mark.parametrize("b", [["en", "en-US", "en"], [None, None, None], ["en"] * 3])
def test_sides_in_one_language_are_not(b):
    frame = pd.DataFrame({"side": list("aaabbb"), "language": ["en"] * 3 + b})
    choose_sides(frame, "side", "a", "b")


def test_clusters_are_events_else_weeks_else_articles():
    events = DATED.assign(event_id=["e1", None, "e1", "e2", None, "e2"])
    assert cluster_codes(events).name == "event_id"
    assert cluster_codes(events).codes.tolist() == [0, 2, 0, 1, 3, 1]
    assert cluster_codes(DATED).name == "week"
    assert cluster_codes(DATED).codes.tolist() == [1, 2, 3, 4, 5, 0]
    assert cluster_codes(OUTLETS).name == "article"
    assert cluster_codes(OUTLETS).codes.tolist() == list(range(6))


def test_clusters_can_be_named():
    clusters = cluster_codes(OUTLETS, "outlet")
    assert (clusters.name, clusters.count) == ("outlet", 5)
    assert clusters.codes.tolist() == [3, 2, 4, 0, 3, 1]
    assert cluster_codes(DATED, "article").count == 6
    assert cluster_codes(OUTLETS[:0]).count == 0
    with pytest.raises(MediakitError, match="nothing is called 'event'"):
        cluster_codes(OUTLETS, "event")
