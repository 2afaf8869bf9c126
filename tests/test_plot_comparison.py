"""plot_comparison: sides in words, intervals as they are, open ends as arrows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from plot_tables import comparison

from mediakit.show.captions import describe
from mediakit.show.choose import choose_rows
from mediakit.show.comparison import plot_comparison

INF, NAN = np.inf, np.nan


def labels(ax):
    return [text.get_text() for text in ax.get_yticklabels()]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def span(ax, row):
    """Return the interval drawn in a row."""
    parts = [c.get_segments() for c in ax.collections if isinstance(c, LineCollection)]
    (found,) = [s[:, 0] for part in parts for s in part if s[0, 1] == row]
    return found


def marks(ax):
    """Return the marks as {row: (x, filled)}."""
    found = {}
    for line in ax.lines:
        for x, y in line.get_xydata():
            if line.get_marker() in "os^":
                filled = to_rgb(line.get_markerfacecolor()) != (1, 1, 1)
                found[int(y)] = (x, filled)
    return found


def test_each_interval_and_estimate_stands_where_the_table_says():
    table = comparison([2.0, 1.0, -3.0])
    ax = plot_comparison(table)
    assert labels(ax) == ["word0", "word1", "word2"]
    for row in range(3):
        np.testing.assert_allclose(span(ax, row), table.loc[row, ["low", "high"]])
        assert marks(ax)[row][0] == table.loc[row, "log_ratio"]


def test_the_sides_are_named_in_words_where_they_stand():
    ax = plot_comparison(comparison())
    north = next(text for text in ax.texts if text.get_text() == "more in North →")
    south = next(text for text in ax.texts if text.get_text() == "← more in South")
    assert north.xy[0] > south.xy[0]
    assert ax.get_xlabel() == "times as often in North as in South"
    sizes = "North: 1,200 articles; South: 340 articles."
    assert any(sizes in text for text in texts(ax))


def test_sides_differ_by_colour_and_marker():
    ax = plot_comparison(comparison([2.0, -2.0]))
    looks = {
        (line.get_color(), line.get_marker())
        for line in ax.lines
        if len(line.get_xdata()) and line.get_marker() in "os^"
    }
    assert len(looks) == 2
    assert len({colour for colour, _ in looks}) == 2
    assert len({marker for _, marker in looks}) == 2


@pytest.mark.parametrize(
    ("estimates", "ticks"),
    [
        ([2.5, -3.0], ["1/8", "1/4", "1/2", "equal", "2", "4"]),
        ([12.0, -12.0], ["1/4,096", "1/512", "1/64", "1/8", "equal", "8", "64"]),
    ],
)
def test_ticks_are_ratios_not_logarithms(estimates, ticks):
    ax = plot_comparison(comparison(estimates))
    ax.figure.canvas.draw()
    drawn = [text.get_text() for text in ax.get_xticklabels()]
    assert drawn[: len(ticks)] == ticks


def test_small_differences_have_round_ratios_on_the_axis():
    table = comparison([0.3, -0.1])
    table[["low", "high"]] = table[["log_ratio"]].to_numpy() + [-0.05, 0.05]
    ax = plot_comparison(table)
    ax.figure.canvas.draw()
    drawn = {text.get_text(): text.get_position()[0] for text in ax.get_xticklabels()}
    assert {"equal", "1.05", "1/1.05", "1.2"} <= set(drawn)
    assert drawn["1/1.05"] == pytest.approx(-np.log2(1.05))


def test_there_is_a_line_at_no_difference():
    ax = plot_comparison(comparison([2.0]))
    assert any(list(line.get_xdata()) == [0, 0] for line in ax.lines)
    assert ax.get_xlim()[0] < 0


@pytest.mark.parametrize(
    ("estimate", "words", "marker", "edge"),
    [(INF, "above 6", ">", 1), (-INF, "below 1/6", "<", 0)],
)
def test_an_interval_without_an_end_is_an_arrow_with_words(
    estimate, words, marker, edge
):
    ax = plot_comparison(comparison([estimate, 0.5]))
    assert words in texts(ax)
    (arrow,) = [line for line in ax.lines if line.get_marker() == marker]
    assert arrow.get_xdata()[0] == ax.get_xlim()[edge]
    assert ax.get_xlim()[edge] in span(ax, 0 if edge else 1)
    assert np.isfinite(ax.get_xlim()).all()
    assert any("Arrow:" in text for text in texts(ax))


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("bound", [0.01, 3.0])
def test_words_stay_inside_the_axes(bound, sign):
    table = comparison([sign * INF, sign * 0.02])
    table.loc[0, "low" if sign > 0 else "high"] = sign * bound
    table.loc[1, ["low", "high", "bound"]] = NAN
    ax = plot_comparison(table)
    ax.figure.canvas.draw()
    words = [t for t in ax.texts if t.get_text().startswith(("above", "below", "not"))]
    assert len(words) == 2
    inside = ax.get_window_extent()
    for text in words:
        box = text.get_window_extent()
        assert inside.x0 <= box.x0
        assert box.x1 <= inside.x1


def test_bounds_in_words_never_claim_more_than_the_numbers():
    table = comparison([INF, -INF])
    table.loc[0, "low"] = np.log2(1.8999)
    table.loc[1, "high"] = np.log2(1 / 1.8999)
    ax = plot_comparison(table)
    assert {"above 1.8", "below 1/1.8"} <= set(texts(ax))


def test_an_interval_without_any_end_has_two_arrows():
    table = comparison([INF])
    table["low"] = -INF
    ax = plot_comparison(table)
    assert {"<", ">"} <= {line.get_marker() for line in ax.lines}


def test_marks_are_filled_only_where_all_items_are_allowed_for():
    table = comparison([2.0, 0.5, -2.0])
    table["bound"] = [1.2, -0.1, 0.0]
    ax = plot_comparison(table)
    assert marks(ax) == {0: (2.0, True), 1: (0.5, False), 2: (-2.0, False)}
    assert any("may be chance; 3 items were tested" in text for text in texts(ax))


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (1.0, "not tested"),
        (INF, "only in North; not tested"),
        (-INF, "only in South; not tested"),
        (NAN, "not found on either side"),
    ],
)
def test_an_item_without_interval_says_why(estimate, words):
    table = comparison([2.0, estimate])
    table.loc[1, ["low", "high", "bound"]] = NAN
    assert words in texts(plot_comparison(table))


@pytest.mark.parametrize(
    ("kind", "scale", "label"),
    [("share", 100, "difference in percentage points"), ("mean", 1, "difference")],
)
def test_shares_and_means_stand_on_a_scale_of_differences(kind, scale, label):
    table = comparison([1.0, -1.0], kind=kind)
    table[["low", "high"]] = table[["difference"]].to_numpy() + [-0.1, 0.1]
    table["bound"] = table["difference"]
    ax = plot_comparison(table)
    assert ax.get_xlabel() == label
    assert marks(ax)[0][0] == pytest.approx(scale * table.loc[0, "difference"])
    np.testing.assert_allclose(span(ax, 1), scale * table.loc[1, ["low", "high"]])


def test_both_sides_get_half_the_rows_in_the_order_of_evidence():
    table = comparison([5, 4, 3, 2, 1, -1, -2, -3, -4, -5])
    ax = plot_comparison(table, top=4)
    assert labels(ax) == ["word0", "word1", "word5", "word6"]
    assert any("4 of 10 items tested are shown" in text for text in texts(ax))


@given(
    st.lists(st.sampled_from([2.0, -2.0, 0.0, NAN]), max_size=12),
    st.integers(1, 14),
)
def test_rows_are_shared_fairly(estimates, top):
    table = comparison(estimates)
    shown = choose_rows(table, "log_ratio", None, top)
    assert len(shown) == min(top, len(table))
    assert not shown["item"].duplicated().any()
    a, b = (sum(sign * e > 0 for e in estimates) for sign in (1, -1))
    drawn_a, drawn_b = (sum(sign * shown["log_ratio"] > 0) for sign in (1, -1))
    assert drawn_a == a or drawn_b == b or abs(drawn_a - drawn_b) <= 1
    for sign in (1, -1):
        side = shown[sign * shown["log_ratio"] > 0]
        whole = table[sign * table["log_ratio"] > 0]
        assert list(side["item"]) == list(whole["item"][: len(side)])


def test_items_asked_for_stand_in_that_order():
    ax = plot_comparison(comparison(), items=["word3", "word0"])
    assert labels(ax) == ["word3", "word0"]


def test_long_names_of_sides_do_not_run_into_each_other():
    sides = ("Xinhua + CGTN + Global Times + China Daily", "Guardian + Times + Mirror")
    ax = plot_comparison(comparison(sides=sides))
    ax.figure.canvas.draw()
    heads = [text for text in ax.texts if "more in" in text.get_text()]
    one, two = (text.get_window_extent() for text in heads)
    assert not one.overlaps(two)
    assert ax.xaxis.label.get_window_extent().x1 <= ax.figure.bbox.x1
    assert ax._left_title.get_window_extent().x1 <= ax.figure.bbox.x1


def test_alt_text_names_sides_intervals_and_what_is_unclear():
    assert describe(plot_comparison(comparison())) == (
        "words in North and South compared, with 95 % intervals. "
        "North: 1,200 articles; South: 340 articles. 4 items tested, 4 here. "
        "More in North, 3: “word0” 3 to 5.3 times as often; "
        "“word1” 1.5 to 2.6 times as often; “word3” 1/1.1 to 1.5. "
        "More in South, 1: “word2” 6.1 to 11 times as often. "
        "1 of 4 intervals include no difference. "
        "Test: score test with pooled dispersion over articles. Correction: q holds "
        "the false discovery rate at 5 % (Benjamini-Hochberg), and what is said to be "
        "sure holds at .05 / 4."
    )


def test_alt_text_turns_an_open_end_to_the_side_that_has_it():
    said = describe(comparison([-INF]))
    assert "More in South, 1: “word0” above 6 times as often." in said
