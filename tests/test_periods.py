"""Periods in UTC: where they begin, which are partial, and who is in none."""

import pandas as pd
import pytest
from measures import measure_of

import mediakit as mk
from mediakit.errors import MediakitWarning


def on(*days, precision=None):
    """Return one article a day, one hit in a hundred words."""
    frame = pd.DataFrame({"published": pd.to_datetime(list(days), utc=True)})
    if precision is not None:
        frame["published_precision"] = pd.Series(precision, dtype="str")
    return measure_of(frame.assign(war=1, words=100), items=["war"])


@pytest.mark.parametrize(
    ("freq", "day", "start"),
    [
        ("day", "2014-03-30T23:59:59Z", "2014-03-30"),
        ("day", "2014-03-31T00:30:00+02:00", "2014-03-30"),
        ("week", "2014-03-30", "2014-03-24"),  # a Sunday belongs to Monday's week
        ("week", "2014-03-31", "2014-03-31"),
        ("month", "2014-02-28T23:59:59Z", "2014-02-01"),
        ("quarter", "2014-05-31", "2014-04-01"),
        ("year", "2014-12-31T23:00:00Z", "2014-01-01"),
        ("year", "1968-12-31T23:00:00Z", "1968-01-01"),
    ],
)
def test_a_period_begins_in_utc(freq, day, start):
    table = mk.trend(on(day), freq=freq)
    assert table["period"].tolist() == [pd.Timestamp(start)]


def test_gaps_are_rows_of_nothing():
    table = mk.trend(on("2014-01-15", "2014-01-20", "2014-04-02", "2014-04-03"))
    assert table["articles"].tolist() == [2, 0, 0, 2]
    assert table["exposure"].tolist() == [200, 0, 0, 200]
    gap = table.loc[1:2, ["rate", "low", "high"]]
    assert gap.isna().all(axis=None)


def test_each_group_has_its_own_span():
    frame = pd.DataFrame(
        {
            "published": pd.to_datetime(
                ["2013-01-05", "2013-03-05", "2015-06-01"], utc=True
            ),
            "outlet": ["A", "A", "B"],
        }
    )
    table = mk.trend(
        measure_of(frame.assign(war=1, words=9), items=["war"]), by="outlet"
    )
    assert table["group"].tolist() == ["A", "A", "A", "B"]


@pytest.mark.parametrize(
    ("freq", "days", "precision", "partial"),
    [
        ("month", ["2014-01-01", "2014-02-10", "2014-03-31"], None, [0, 0, 0]),
        ("month", ["2014-01-02", "2014-02-10", "2014-03-30"], None, [1, 0, 1]),
        ("month", ["2014-01-01T23:00Z", "2014-01-31T00:00Z"], None, [0]),
        ("month", ["2014-01-02", "2014-01-30"], None, [1]),
        ("month", ["2014-01-05", "2014-02-05"], ["month", "day"], [0, 1]),
        ("month", ["2014-01-01", "2014-02-01"], ["month", "month"], [0, 0]),
        ("year", ["2013-07-01", "2014-01-01"], ["day", "year"], [1, 0]),
        ("year", ["2013-01-01", "2014-12-01"], ["month", "month"], [0, 0]),
        ("week", ["2014-03-24", "2014-04-05"], None, [0, 1]),
        ("day", ["2014-03-24T15:00Z", "2014-03-25T01:00Z"], None, [0, 0]),
    ],
)
def test_a_period_the_articles_do_not_fill_is_partial(freq, days, precision, partial):
    days = pd.to_datetime(days, utc=True, format="ISO8601")
    table = mk.trend(on(*days, precision=precision), freq=freq)
    assert table["partial"].tolist() == [bool(p) for p in partial]


def test_dates_missing_or_too_coarse_are_counted_and_warned_about():
    measure = on("2014-01-01", None, "2014-01-01", "2014-01-01", "2014-02-03",
                 precision=["day", None, "year", "month", "minute"])  # fmt: skip
    message = (
        "2 of 5 articles are in no period: 1 without a date, 1 whose date is too "
        "coarse for a month."
    )
    with pytest.warns(MediakitWarning, match=message):
        table = mk.trend(measure)
    assert table["articles"].tolist() == [2, 1]
    assert message in table.attrs["mediakit"]["notes"]
    with pytest.warns(MediakitWarning, match="3 of 5 .*too coarse for a week"):
        assert mk.trend(measure, freq="week")["articles"].sum() == 2
    with pytest.warns(MediakitWarning, match="1 without a date, 0 whose"):
        assert mk.trend(measure, freq="year")["articles"].sum() == 4


def test_without_any_date_there_is_no_row():
    with pytest.warns(MediakitWarning, match="2 of 2 articles are in no period"):
        table = mk.trend(on(None, None))
    assert (len(table), list(table)) == (0, list(mk.trend(on("2014-01-01"))))
