"""Dates in the styles outlets print them, against the moments they mean."""

from datetime import UTC as UTC_ZONE
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediakit.load.dates import parse_dates
from mediakit.schema import PRECISIONS, UTC

STYLES = [  # text, moment in UTC, precision
    ("2022-08-11T15:50:38.000Z", "2022-08-11 15:50:38", "second"),
    ("2022-08-11T15:50:38.250+03:00", "2022-08-11 12:50:38.25", "second"),
    ("2022-03-31 22:34:16", "2022-03-31 22:34:16", "second"),
    ("2022-03-31 22:34:16 +0800", "2022-03-31 14:34:16", "second"),
    ("2022-03-31T22:34", "2022-03-31 22:34", "minute"),
    ("15:45, 23-Mar-2022", "2022-03-23 15:45", "minute"),
    ("Updated: 2022-03-07 17:49", "2022-03-07 17:49", "minute"),
    ("Published: Mar 24, 2022 06:46 PM", "2022-03-24 18:46", "minute"),
    (
        "Published: Mar 24, 2022 09:53 PM Updated: Mar 25, 2022 09:23 AM",
        "2022-03-24 21:53",
        "minute",
    ),
    ("Published: Mar 24, 2022 [Updated: Mar 25, 2022]", "2022-03-24", "day"),
    ("Thu, 26 Dec 2024 21:09:18 +0300", "2024-12-26 18:09:18", "second"),
    ("Thu, 26 Dec 2024 21:09:18 GMT", "2024-12-26 21:09:18", "second"),
    ("Thu Dec 26 21:09:18 +0000 2024", "2024-12-26 21:09:18", "second"),
    ("1648134000", "2022-03-24 15:00", "second"),
    ("1648134000123", "2022-03-24 15:00:00.123", "second"),
    ("26 December 2024", "2024-12-26", "day"),
    ("December 26, 2024", "2024-12-26", "day"),
    ("Dec. 26, 2024", "2024-12-26", "day"),
    ("May 2, 2018 Wednesday", "2018-05-02", "day"),
    ("1st May 2020", "2020-05-01", "day"),
    ("20130514", "2013-05-14", "day"),
    ("2013-05-14T101112Z", "2013-05-14 10:11:12", "second"),
    ("20130514101112", "2013-05-14 10:11:12", "second"),
    ("2022/8/1 5:07", "2022-08-01 05:07", "minute"),
    ("10/13/2023", "2023-10-13", "day"),
    ("26.12.2024", "2024-12-26", "day"),
    ("3.4.2024", "2024-04-03", "day"),
    ("26. Dezember 2024, 15:45 Uhr", "2024-12-26 15:45", "minute"),
    ("le 3 août 2021 à 15h45", "2021-08-03 15:45", "minute"),
    ("26 de diciembre de 2024", "2024-12-26", "day"),
    ("2022年3月7日 17:49", "2022-03-07 17:49", "minute"),
    ("２０２２年３月７日", "2022-03-07", "day"),
    ("5 p.m. March 7, 2022", "2022-03-07 17:00", "hour"),
    ("12 a.m. March 7, 2022", "2022-03-07 00:00", "hour"),
    ("Jan 5, 2022, 10:00 a.m. EST", "2022-01-05 15:00", "minute"),
    ("2022-08-11 15:50 (GMT+8)", "2022-08-11 07:50", "minute"),
    ("December 2024", "2024-12-01", "month"),
    ("2024-12", "2024-12-01", "month"),
    ("2024", "2024-01-01", "year"),
]
NO_DATES = [
    "PT24S",
    "16 hours ago",
    "2022-13-45",
    "31 February 2022",
    "24:00 2012-03-01",
    "13 pm March 7, 2022",
    "32/13/2022",
    "no date",
    "2022-08-11 and 2022-08-12",
]


def series(*values):
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(("text", "moment", "precision"), STYLES)
def test_each_style_becomes_its_moment(text, moment, precision):
    dates = parse_dates(series(text))
    assert dates.published[0] == pd.Timestamp(moment, tz="UTC")
    assert dates.precision[0] == precision
    assert dates.published.dtype == UTC
    assert dates.counts["unparsed"] == 0


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_stays_missing_and_is_counted(text):
    dates = parse_dates(series(text, "2022-01-01", text))
    assert dates.published.isna().tolist() == [True, False, True]
    assert dates.counts["unparsed"] == 2
    assert dates.examples["unparsed"] == [text]
    assert dates.precision.isna().tolist() == [True, False, True]


@pytest.mark.parametrize("sign", [".", "last ", "1-"])
def test_a_page_in_the_place_of_a_date_is_none_and_takes_no_time(sign):
    text = "2022" + sign * 200_000 + "2022"
    assert parse_dates(series(text)).counts["unparsed"] == 1


@pytest.mark.parametrize("text", [None, "", "  ", "NA", "None", "nan", "NaT"])
def test_missing_is_missing_and_not_misunderstood(text):
    dates = parse_dates(series(text, "2022-01-01"))
    assert (dates.counts["missing"], dates.counts["unparsed"]) == (1, 0)


def test_the_column_decides_which_number_is_the_day():
    day_first = parse_dates(series("03/04/2022", "25/04/2022")).published
    month_first = parse_dates(series("03/04/2022", "04/25/2022")).published
    assert day_first[0] == pd.Timestamp("2022-04-03", tz="UTC")
    assert month_first[0] == pd.Timestamp("2022-03-04", tz="UTC")


@pytest.mark.parametrize("others", [[], ["25/04/2022", "04/25/2022"]])
def test_dates_that_nothing_decides_stay_missing_and_are_counted(others):
    dates = parse_dates(series("03/04/2022", "05/05/2022", *others))
    assert dates.published.isna().tolist() == [True, False] + [False] * len(others)
    assert dates.counts["ambiguous"] == 1
    assert dates.examples["ambiguous"] == ["03/04/2022"]
    assert dates.counts["unparsed"] == 0


def test_one_odd_value_among_hundreds_does_not_undo_the_decision():
    many = [f"{day}/04/2022" for day in range(13, 31)] * 10
    dates = parse_dates(series("03/04/2022", "04/25/2022", *many))
    assert dates.published[0] == pd.Timestamp("2022-04-03", tz="UTC")
    assert dates.published[1] == pd.Timestamp("2022-04-25", tz="UTC")


def test_times_without_a_zone_and_in_an_unknown_one_are_counted():
    values = series("2022-01-01 10:00", "10:00 AM ET, March 7, 2022", "2022-01-01")
    counts = parse_dates(values).counts
    assert (counts["without_zone"], counts["unknown_zone"]) == (1, 1)


def test_a_column_of_midnights_is_a_column_of_days_that_no_zone_shifts():
    dates = parse_dates(series("2022-03-01T00:00:00+08:00", "2022-03-02 00:00:00"))
    assert dates.precision.tolist() == ["day", "day"]
    assert dates.published.dt.day.tolist() == [1, 2]


def test_one_real_time_makes_midnights_times():
    dates = parse_dates(series("2022-03-01T00:00:00+08:00", "2022-03-02T10:00:00Z"))
    assert dates.precision.tolist() == ["second", "second"]
    assert dates.published[0] == pd.Timestamp("2022-02-28 16:00", tz="UTC")


def test_real_datetimes_keep_their_moment():
    aware = pd.Series(pd.to_datetime(["2022-03-01 01:00", None])).dt.tz_localize(
        "Asia/Shanghai"
    )
    dates = parse_dates(aware)
    assert dates.published[0] == pd.Timestamp("2022-02-28 17:00", tz="UTC")
    assert dates.precision.tolist()[0] == "second"
    assert dates.precision.isna().tolist() == [False, True]
    days = parse_dates(pd.Series(pd.to_datetime(["2022-03-01", "2022-03-02"])))
    assert days.precision.tolist() == ["day", "day"]


def test_numbers_and_objects_are_read_as_what_they_print():
    epochs = parse_dates(pd.Series([1648134000.0, np.nan, np.inf]))
    assert epochs.published[0] == pd.Timestamp("2022-03-24 15:00", tz="UTC")
    assert epochs.published.isna().tolist() == [False, True, True]
    mixed = pd.Series([datetime(2022, 3, 1, 5).date(), "2 March 2022", 7], dtype=object)
    assert parse_dates(mixed).published.isna().tolist() == [False, False, True]


def test_dates_no_article_can_have_are_kept_and_counted():
    now = datetime(2024, 1, 1, tzinfo=UTC_ZONE)
    values = series("1246-05-01", "2024-01-03", "0", "1970-01-01", "2024-01-01")
    dates = parse_dates(values, now=now)
    assert dates.counts["suspicious"] == 3
    assert dates.examples["suspicious"] == ["1246-05-01", "2024-01-03", "1970-01-01"]
    assert dates.published.notna().tolist() == [True, True, False, True, True]


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2060, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
)
def test_standard_forms_agree_with_the_standard_library(moment, minutes):
    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    forms = [moment.isoformat(), format_datetime(moment), str(int(moment.timestamp()))]
    for form in forms:
        if not (form.isdigit() and len(form) < 9):
            assert parse_dates(series(form)).published[0] == pd.Timestamp(moment)


@given(st.lists(st.datetimes(datetime(1900, 1, 1)), min_size=1, max_size=5))
def test_iso_dates_read_together_are_what_they_are_one_by_one(moments):
    texts = [
        form for m in moments for form in (f"{m.isoformat()}Z", f"{m:%Y-%m-%d %H:%M}")
    ]
    together = parse_dates(series(*texts, "2024-05-01"))
    one_by_one = parse_dates(
        series(*[f"Published: {text}" for text in texts], "5.2024")
    )
    pd.testing.assert_series_equal(together.published[:-1], one_by_one.published[:-1])
    pd.testing.assert_series_equal(together.precision[:-1], one_by_one.precision[:-1])
    assert together.counts["without_zone"] == one_by_one.counts["without_zone"]


@given(st.lists(st.text(max_size=30)))
def test_any_text_is_a_date_or_missing_and_the_counts_add_up(texts):
    dates = parse_dates(pd.Series(texts, dtype="str"))
    counts = dates.counts
    lost = counts["missing"] + counts["unparsed"] + counts["ambiguous"]
    assert lost == int(dates.published.isna().sum())
    assert set(dates.precision.dropna()) <= set(PRECISIONS)


def test_an_empty_column_is_an_empty_column():
    dates = parse_dates(series())
    assert len(dates.published) == 0
    assert dates.published.dtype == UTC
