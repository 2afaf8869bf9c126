"""plot_trend: lines that break at gaps, bands, partial periods, events."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.dates import date2num
from matplotlib.text import Text
from plot_tables import trend

from mediakit.errors import MediakitError
from mediakit.show.captions import describe
from mediakit.show.events import event_table
from mediakit.show.trend import plot_trend


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def lines(ax):
    """Return the lines of the series, without marks of partial periods and events."""
    return [line for line in ax.lines if not line.get_label().startswith("_")]


def hollow(ax):
    """Return the dates of the hollow marks."""
    drawn = [
        line for line in ax.lines if to_rgb(line.get_markerfacecolor()) == (1, 1, 1)
    ]
    return [date for line in drawn for date in line.get_xdata(orig=False)]


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_a_line_is_the_rate_and_its_band_the_interval():
    table = trend(groups=["all"])
    ax = plot_trend(table)
    (line,) = lines(ax)
    np.testing.assert_allclose(line.get_ydata(), table["rate"] * 1000)
    np.testing.assert_array_equal(line.get_xdata(orig=False), date2num(table["period"]))
    (band,) = [c for c in ax.collections if isinstance(c, PolyCollection)]
    (path,) = band.get_paths()
    assert path.vertices[:, 1].min() == pytest.approx(table["low"].min() * 1000)
    assert path.vertices[:, 1].max() == pytest.approx(table["high"].max() * 1000)
    assert ax.get_ylabel() == "per 1,000 words"


def test_a_gap_breaks_line_and_band():
    table = trend(groups=["all"])
    table.loc[5, ["rate", "low", "high"]] = np.nan
    ax = plot_trend(table)
    assert np.isnan(lines(ax)[0].get_ydata()[5])
    (band,) = [c for c in ax.collections if isinstance(c, PolyCollection)]
    assert len(band.get_paths()) == 2


def test_periods_missing_from_the_table_break_the_line_too():
    table = trend(groups=["all"]).drop(index=[5, 6])
    y = lines(plot_trend(table))[0].get_ydata()
    assert len(y) == 11
    assert np.isnan(y[5])


def test_a_point_between_two_gaps_keeps_its_interval_and_mark():
    table = trend(groups=["all"], months=80)
    table.loc[[4, 6], ["rate", "low", "high"]] = np.nan
    ax = plot_trend(table)
    (stroke,) = [s for c in ax.collections[1:] for s in c.get_segments()]
    np.testing.assert_allclose(stroke[:, 1], table.loc[5, ["low", "high"]] * 1000)
    assert lines(ax)[0].get_markevery() == [5]


def test_partial_periods_are_hollow_and_explained():
    table = trend()
    ax = plot_trend(table)
    assert set(hollow(ax)) == {date2num(table["period"].min())}
    assert any("Hollow: period covered in part" in t.get_text() for t in ax.texts)
    table["partial"] = False
    ax = plot_trend(table)
    assert hollow(ax) == []
    assert not any("Hollow" in t.get_text() for t in ax.texts)


@pytest.mark.parametrize(
    ("items", "groups", "names"),
    [
        (["war"], ["North", "South"], ["North", "South"]),
        (["war", "tax"], ["all"], ["war", "tax"]),
        (["war", "tax"], ["N", "S"], ["war, N", "war, S", "tax, N", "tax, S"]),
    ],
)
def test_lines_are_named_by_what_differs(items, groups, names):
    ax = plot_trend(trend(items, groups))
    assert legend(ax) == names
    looks = {
        (line.get_color(), line.get_marker(), str(line.get_linestyle()))
        for line in lines(ax)
    }
    assert len({colour for colour, _, _ in looks}) == len(names)
    assert len({marker for _, marker, _ in looks}) == len(names)


def test_a_single_line_needs_no_legend():
    assert plot_trend(trend(groups=["all"])).get_legend() is None


def test_too_many_lines_are_cut_to_the_fullest_and_it_says_so():
    table = trend([f"item{n}" for n in range(60)], ["all"])
    table.loc[table["item"].isin(["item7", "item50"]), "articles_with"] = 20
    ax = plot_trend(table)
    assert len(legend(ax)) == 5
    assert {"item7", "item50"} <= set(legend(ax))
    assert any("5 of 60 lines shown" in text.get_text() for text in ax.texts)


def test_lines_asked_for_are_all_drawn_in_that_order():
    table = trend([f"item{n}" for n in range(60)], ["all"])
    wanted = [f"item{n}" for n in (9, 3, 7, 1, 5, 2)]
    assert legend(plot_trend(table, items=wanted)) == wanted


def test_more_lines_than_looks_are_refused():
    table = trend([f"item{n}" for n in range(60)], ["all"])
    with pytest.raises(MediakitError, match="60 lines cannot be told apart"):
        plot_trend(table, items=list(table["item"].unique()))


def test_rates_start_at_zero_and_means_need_not():
    assert plot_trend(trend()).get_ylim()[0] < 0 < plot_trend(trend()).get_ylim()[1]
    table = trend(kind="mean", unit="sentence", groups=["all"])
    table[["rate", "low", "high"]] -= 1
    ax = plot_trend(table)
    assert ax.get_ylim()[0] < -0.9
    assert ax.get_ylabel() == "words, mean per sentence"


@pytest.mark.parametrize(
    ("freq", "months", "drawn"),
    [
        ("month", 3, ["Jan 2014", "Feb 2014", "Mar 2014"]),
        ("month", 1, ["Jan 2014"]),
        ("day", 1, ["01 Jan 2014"]),
        ("year", 1, ["2014"]),
    ],
)
def test_few_periods_are_named_each(freq, months, drawn):
    table = trend(months=months, parameters={"by": None, "freq": freq})
    ax = plot_trend(table)
    assert [text.get_text() for text in ax.get_xticklabels()] == drawn


def test_events_are_marked_and_named():
    ax = plot_trend(trend(), events={"2014-05-12": "Election $1bn and $2bn"})
    named = next(t for t in ax.texts if t.get_text().startswith("Election"))
    assert named.get_text() == "Election $1bn and $2bn"
    assert date2num(named.xy[0]) == date2num(pd.Timestamp("2014-05-12"))
    at = [line.get_xdata(orig=False)[0] for line in ax.lines]
    assert date2num(pd.Timestamp("2014-05-12")) in at


def test_events_outside_are_counted_not_dropped_in_silence():
    ax = plot_trend(trend(), events={"2019-01-01": "later", "2014-02-02": "inside"})
    assert any("1 of the events lie outside" in text.get_text() for text in ax.texts)
    assert not any(text.get_text() == "later" for text in ax.texts)


def test_names_of_close_events_do_not_overlap():
    events = {f"2014-0{n}-15": f"An event with a name, number {n}" for n in range(3, 9)}
    ax = plot_trend(trend(), events=events)
    ax.figure.canvas.draw()
    named = [text for text in ax.texts if "An event" in text.get_text()]
    boxes = [Text.get_window_extent(text) for text in named]  # without its line
    assert len(boxes) == 6
    for place, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])
        assert box.x1 <= ax.figure.bbox.x1


@pytest.mark.parametrize(
    "events",
    [
        {pd.Timestamp("2014-05-12"): "Vote"},
        {pd.Timestamp("2014-05-12 09:00", tz="Asia/Tokyo").to_pydatetime(): "Vote"},
        pd.DataFrame({"date": ["2014-05-12"], "label": ["Vote"]}),
        pd.Series({"2014-05-12": "Vote"}),
    ],
)
def test_events_may_come_in_several_forms(events):
    table = event_table(events)
    assert table["label"].tolist() == ["Vote"]
    assert table["date"].tolist() == [pd.Timestamp("2014-05-12")]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        (["2014-05-12"], "must be a dict of date: label"),
        ({"soon": "Vote"}, "'soon' has no date that can be read"),
        ({None: "Vote"}, "has no date"),
        (pd.DataFrame({"when": []}), "lacks the columns"),
    ],
)
def test_events_that_cannot_be_read_are_refused(events, message):
    with pytest.raises(MediakitError, match=message):
        plot_trend(trend(), events=events)


def test_alt_text_has_peak_trough_gaps_and_partial_periods():
    table = trend(groups=["all"], months=4)
    table[["rate", "low", "high"]] = [
        [0.001, 0.0005, 0.002],
        [0.004, 0.003, 0.005],
        [np.nan] * 3,
        [0.002, 0.001, 0.003],
    ]
    assert describe(plot_trend(table)) == (
        "Rates over time with 95 % intervals: words, per 1,000 words, by month from "
        "2014-01-01 to 2014-04-01. 100 articles. “war” in all: highest "
        "4 (3 to 5) at 2014-02-01, lowest 1 (0.5 to 2) at 2014-01-01. 1 points "
        "without data, 1 in partly covered periods."
    )
