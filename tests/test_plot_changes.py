"""plot_trend(changes=): dashed at the date, a band over the interval, said in words."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.dates import date2num

import mediakit as mk
from mediakit.errors import MediakitError


@pytest.fixture(scope="module")
def measure():
    rng = np.random.default_rng(1)
    days = pd.date_range("2014-01-06", periods=180, tz="UTC").repeat(2)
    frame = pd.DataFrame({"published": days, "words": 800})
    rate = np.where(days < "2014-04-10", 2, 6) * rng.gamma(2, 0.5, len(days))
    frame["war"], frame["talks"] = rng.poisson(rate), rng.poisson(3, len(days))
    return mk.as_measure(frame, value=["war", "talks"], exposure="words", unit="word")


@pytest.fixture(scope="module")
def changes(measure):
    return mk.change_points(measure, freq="day", repeats=99)


def dashed(ax):
    return [line for line in ax.get_lines() if list(line.get_ydata()) == [0, 1]]


def test_a_change_is_drawn_where_it_was_found(measure, changes):
    ax = mk.plot_trend(mk.trend(measure, freq="week"), changes=changes)
    row = changes[changes["date"].notna()].iloc[0]
    (line,) = dashed(ax)
    assert date2num(line.get_xdata()[0]) == date2num(row["date"])
    (band,) = (patch for patch in ax.patches if patch.get_alpha() == 0.13)
    assert band.get_x() == date2num(row["low"])
    assert band.get_x() + band.get_width() == date2num(row["high"])
    assert line.get_color() == ax.get_lines()[0].get_color()
    assert f"changes on {row['date']:%Y-%m-%d} (95 % interval" in mk.describe(ax)


def test_only_lines_shown_have_changes(measure, changes):
    trend = mk.trend(measure, freq="week")
    ax = mk.plot_trend(trend, items=["talks"], changes=changes)
    assert dashed(ax) == []
    assert "changes on" not in mk.describe(ax)


def test_dates_of_your_own_are_events(measure):
    trend = mk.trend(measure, freq="week")
    with pytest.raises(MediakitError, match="made by mk.change_points, got one of 'tr"):
        mk.plot_trend(trend, changes=trend)
