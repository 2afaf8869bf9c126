"""The audit of dates and weeks: planted wrong dates, gaps and clock times."""

import warnings

import pandas as pd
import pytest
from audit_tables import TODAY, clean_articles, planted
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.clean.audit_coverage import coverage, gaps


def found(articles):
    table = mk.audit_articles(articles, today=TODAY).summary
    return dict(zip(table["finding"], table["articles"], strict=True))


def at(*dates):
    return [pd.Timestamp(date, tz="UTC").as_unit("us") for date in dates]


@pytest.mark.parametrize(
    ("dates", "name"),
    [
        (["1246-05-01", "1590-01-01", "0014-02-03"], "impossible date"),
        (["1970-01-01 00:00", "1970-01-01 08:00", "1900-01-01"], "placeholder date"),
        (["1680-03-04", "1851-09-17 12:00"], "date before the outlet"),
        (["2025-01-02", "2106-02-07"], "date in the future"),
        (["2014-03-04"], "date far from the outlet's others"),
    ],
)
def test_wrong_dates_are_found(dates, name):
    """The rows are the New York Times', founded in 1851; the next year it was out."""
    rows = [2 + 3 * n for n in range(len(dates))]
    articles = planted("published", at(*dates), rows=rows)
    if name == "date before the outlet":
        assert found(articles) == {name: 1, "date far from the outlet's others": 1}
    else:
        assert found(articles) == {name: len(dates)}


def test_wrong_dates_do_not_stretch_the_weeks():
    articles = planted("published", at("1246-05-01", "2106-01-01", "1970-01-01"))
    weeks = mk.audit_articles(articles, today=TODAY).tables["coverage"]
    assert weeks["articles"].sum() == 267
    assert weeks["week"].min() == "2024-W01"
    assert weeks["week"].max() == "2024-W30"


def test_dates_after_retrieval_leave_room_for_time_zones():
    published = clean_articles()["published"]
    retrieved = published + pd.Timedelta(hours=2)
    retrieved.iloc[0] = published.iloc[0] - pd.Timedelta(days=3)
    retrieved.iloc[1] = published.iloc[1] - pd.Timedelta(hours=13)
    written = retrieved.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    written.iloc[2] = published.iloc[2].strftime("%Y-%m-%d")
    written.iloc[3], written.iloc[4] = "last Tuesday", None
    assert found(clean_articles(retrieved=written)) == {
        "date after retrieval": 1,
        "unreadable retrieval date": 1,
    }


@pytest.mark.parametrize("hour", [0, 16])
def test_one_clock_time_is_found_also_at_midnight_elsewhere(hour):
    articles = clean_articles()
    day = articles["published"].dt.floor("D") + pd.Timedelta(hours=hour)
    xinhua = articles["outlet"] == "Xinhua"
    mixed = articles.assign(published=articles["published"].mask(xinhua, day))
    assert found(mixed) == {"one clock time for most": 90}
    table = mk.audit_articles(mixed, today=TODAY).tables["dates"]
    row = table.set_index("outlet").loc["Xinhua"]
    assert row["commonest_time"] == f"{hour:02}:00"
    assert row["midnight_share"] == (1 if hour == 0 else 0)
    only_days = mixed.assign(published_precision="day")
    assert not found(only_days)


def test_a_gap_is_found_and_measured():
    articles = clean_articles()
    week = (articles["published"] - articles["published"].min()).dt.days // 7
    hole = (articles["outlet"] == "Xinhua") & week.isin([10, 11])
    report = mk.audit_articles(articles[~hole], today=TODAY)
    assert report.summary["finding"].tolist() == ["gap in the outlet's coverage"]
    (gap,) = report.tables["gaps"].itertuples()
    assert (gap.outlet, gap.from_week, gap.to_week) == (
        "Xinhua",
        "2024-W11",
        "2024-W12",
    )
    assert gap.weeks == 2
    assert gap.expected == pytest.approx(2 * 84 / 30)


def test_rare_outlets_have_no_gaps():
    assert not found(clean_articles().iloc[::40])


stamps = st.datetimes(
    min_value=pd.Timestamp("1995-01-01"), max_value=pd.Timestamp("2005-01-01")
)


@given(st.lists(st.tuples(st.sampled_from("ABC"), stamps), max_size=30))
def test_weeks_are_those_of_the_calendar(rows):
    """Against datetime's own ISO calendar, row by row."""
    outlet = pd.Series([name for name, _ in rows], dtype="str")
    dates = pd.to_datetime(pd.Series([stamp for _, stamp in rows]), utc=True)
    weeks = coverage(dates.astype("datetime64[us, UTC]"), outlet)
    expected = {}
    for name, stamp in rows:
        year, week, _ = stamp.isocalendar()
        key = name, f"{year}-W{week:02}"
        expected[key] = expected.get(key, 0) + 1
    some = weeks[weeks["articles"] > 0]
    assert some.set_index(["outlet", "week"])["articles"].to_dict() == expected
    for _, one in weeks.groupby("outlet"):
        assert (one["week_start"].diff().dropna() == pd.Timedelta(days=7)).all()
        assert one["articles"].iloc[[0, -1]].gt(0).all()
    assert gaps(weeks)["weeks"].le(len(weeks)).all()


def test_times_without_a_zone_are_taken_from_the_account():
    rows = {
        "outlet": ["A"] * 3,
        "title": ["one", "two", "three"],
        "published": ["2024-01-01 23:30", "2024-01-02 08:00+02:00", "2024-01-03"],
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        articles = mk.read_articles(pd.DataFrame(rows))
    audit = mk.audit_articles(articles, today="2024-02-01")
    found = audit.summary.set_index("finding").loc["time without a zone"]
    assert (found["articles"], found["outlet"]) == (1, "(not told)")
    assert "time without a zone: 1 (33.3 %)" in mk.show_audit(audit).text
    fewer = mk.audit_articles(articles.iloc[:2], today="2024-02-01").checks
    check = fewer.set_index("finding").loc["time without a zone"]
    assert pd.isna(check["articles"])
    assert "read_articles" in check["note"]
