"""plot_summary: dots and intervals where the numbers say, labels that can be read."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.text import Text
from plot_tables import HARD_LABELS, summary

from mediakit.errors import MediakitError
from mediakit.show.captions import describe
from mediakit.show.summary import plot_summary


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def dots(ax):
    """Return the drawn dots as {(rate, height)}."""
    points = [line.get_xydata() for line in ax.lines if line.get_marker() != "None"]
    return np.vstack(points)


def spans(ax):
    """Return the drawn intervals as low, high."""
    parts = [c.get_segments() for c in ax.collections if isinstance(c, LineCollection)]
    return np.array([segment[:, 0] for part in parts for segment in part])


def labels(ax):
    return [text.get_text() for text in ax.get_yticklabels()]


def test_dots_and_intervals_are_the_rates_per_thousand():
    table = summary(["war"])
    ax = plot_summary(table)
    np.testing.assert_allclose(dots(ax)[:, 0], table["rate"] * 1000)
    np.testing.assert_allclose(spans(ax), table[["low", "high"]] * 1000)
    assert ax.get_xlabel() == "per 1,000 words"
    assert labels(ax) == ["North (40 articles)", "South (40 articles)"]


@pytest.mark.parametrize(
    ("changes", "per", "scale", "label"),
    [
        ({}, 10_000, 10_000, "per 10,000 words"),
        ({"kind": "share", "unit": "label use"}, None, 100, "% of label uses"),
        ({"kind": "share", "unit": "label use"}, 1000, 100, "% of label uses"),
        ({"kind": "mean", "unit": "sentence"}, None, 1, "words, mean per sentence"),
    ],
)
def test_the_axis_says_what_a_rate_is(changes, per, scale, label):
    table = summary(["war"], **changes)
    ax = plot_summary(table, per=per)
    np.testing.assert_allclose(dots(ax)[:, 0], table["rate"] * scale)
    assert ax.get_xlabel() == label


def test_groups_differ_by_colour_marker_and_place_and_are_named():
    ax = plot_summary(summary())
    north, south = ax.lines
    assert north.get_color() != south.get_color()
    assert north.get_marker() != south.get_marker()
    assert not set(north.get_ydata()) & set(south.get_ydata())
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["North", "South"]


def test_the_first_item_stands_on_top():
    ax = plot_summary(summary(["war", "peace", "tax"], ["all"]))
    assert labels(ax) == ["war", "peace", "tax"]
    bottom, top = ax.get_ylim()
    assert top < 0 < bottom


def test_items_stand_in_the_order_asked_for():
    table = summary(["war", "peace", "tax"], ["all"])
    ax = plot_summary(table, items=["tax", "war"])
    assert labels(ax) == ["tax", "war"]
    rates = table.set_index("item")["rate"] * 1000
    np.testing.assert_allclose(
        dots(ax)[:, 0][np.argsort(dots(ax)[:, 1])], rates[["tax", "war"]]
    )


def test_many_items_are_cut_to_those_in_the_most_articles_and_it_says_so():
    table = summary([f"item{n}" for n in range(30)], ["all"])
    ax = plot_summary(table, top=5)
    assert labels(ax) == ["item29", "item28", "item27", "item26", "item25"]
    assert any("5 of 30 items shown" in text.get_text() for text in ax.texts)


def test_sixty_items_have_sixty_rows():
    ax = plot_summary(summary([f"item{n}" for n in range(60)], ["all"]), top=60)
    assert len(labels(ax)) == 60
    assert ax.figure.get_figheight() > 20


def test_many_groups_of_several_items_are_named_row_by_row():
    groups = [f"outlet {n}" for n in range(7)]
    ax = plot_summary(summary(["war", "tax"], groups))
    assert labels(ax)[:2] == ["war, outlet 0", "war, outlet 1"]
    assert sorted(dots(ax)[:, 1]) == list(range(14))


def test_a_row_without_data_says_so_and_draws_no_dot():
    table = summary(["war"])
    table.loc[0, ["rate", "low", "high"]] = np.nan
    ax = plot_summary(table)
    said = [text for text in ax.texts if text.get_text() == "no data"]
    assert len(said) == 1
    assert said[0].xy[1] == 0
    assert np.isnan(dots(ax)[0, 0])


def test_a_dot_without_interval_is_explained():
    table = summary(["war"])
    table.loc[0, ["low", "high"]] = np.nan
    ax = plot_summary(table)
    assert any("Dot without a line" in text.get_text() for text in ax.texts)


@pytest.mark.filterwarnings("ignore:no installed font")
def test_no_two_labels_overlap():
    ax = plot_summary(summary([*HARD_LABELS, "习近平"]), top=30)
    ax.figure.canvas.draw()
    texts = [*ax.get_yticklabels(), *ax.get_legend().findobj(Text), *ax.texts, ax.title]
    texts += [ax._left_title, ax.xaxis.label]
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    for place, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])
    inside = ax.figure.bbox
    assert all(box.x0 >= 0 and box.x1 <= inside.x1 for box in boxes)


def test_alt_text_has_the_numbers():
    assert describe(plot_summary(summary(["war"]))) == (
        "Rates with 95 % intervals: words, per 1,000 words. "
        "North: 40 articles; South: 40 articles. "
        "“war” in South 2 (1.6 to 2.6); “war” in North 1 (0.8 to 1.3)."
    )


def test_alt_text_of_many_rows_has_the_extremes():
    table = summary([f"item{n}" for n in range(9)], ["all"])
    table.loc[0, ["rate", "low", "high"]] = np.nan
    said = describe(table)
    assert "Highest: “item8” in all 9 (7.2 to 11.7)" in said
    assert "“item1” in all 2 (1.6 to 2.6)." in said
    assert "item5" not in said
    assert said.endswith("1 without data.")


@pytest.mark.parametrize("top", [0, -1, 2.5, True, "20"])
def test_top_must_be_a_whole_number(top):
    with pytest.raises(MediakitError, match="`top` must be a whole number from 1"):
        plot_summary(summary(), top=top)


@pytest.mark.parametrize("per", [0, -1000, 0.5, True, "1000"])
def test_per_must_be_a_whole_number(per):
    with pytest.raises(MediakitError, match="`per` must be a whole number from 1"):
        plot_summary(summary(), per=per)
