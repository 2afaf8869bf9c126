"""The common look: told apart in grey and by colour-blind readers, and it leaves no
trace in the global style.
"""

import warnings
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from plot_tables import HARD_LABELS, comparison, summary, trend

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.show.captions import describe
from mediakit.show.comparison import plot_comparison
from mediakit.show.style import COLOURS, drawable, look
from mediakit.show.summary import plot_summary
from mediakit.show.trend import plot_trend

PLOTS = [(plot_summary, summary), (plot_comparison, comparison), (plot_trend, trend)]
# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
EYES = {
    "usual": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def lab(colour, eye="usual"):
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(np.array(EYES[eye]) @ linear, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_colours_differ_in_lightness_so_a_grey_copy_can_be_read():
    lightness = sorted(lab(colour)[0] for colour in COLOURS)
    assert min(np.diff(lightness)) > 8
    assert lightness[-1] < 66, "lines lighter than this fade on a white wall"


@pytest.mark.parametrize("eye", EYES)
def test_colours_differ_for_colour_blind_readers(eye):
    apart = [
        np.linalg.norm(lab(one, eye) - lab(two, eye))
        for one, two in combinations(COLOURS, 2)
    ]
    assert min(apart) > 12


def test_forty_series_each_have_a_look_of_their_own():
    looks = [tuple(map(str, look(place).values())) for place in range(40)]
    assert len(set(looks)) == 40
    first = [look(place) for place in range(5)]
    assert len({one["marker"] for one in first}) == 5


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_the_global_style_stays_as_it_was(plot, table):
    with plt.style.context("dark_background"):
        before = dict(mpl.rcParams)
        plot(table())
        assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_the_style_of_the_user_does_not_leak_in(plot, table):
    with plt.style.context("dark_background"):
        ax = plot(table())
    assert to_rgb(ax.figure.get_facecolor()) == (1, 1, 1)
    assert ax.xaxis.label.get_size() == 12


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_it_draws_where_it_is_told_and_never_shows(plot, table, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("plt.show called"))
    _, (left, right) = plt.subplots(1, 2)
    assert plot(table(), ax=right) is right
    assert not left.has_data()
    assert len(plt.get_fignums()) == 1


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_it_draws_in_a_part_of_a_figure_too(plot, table):
    part = plt.figure(figsize=(12, 5)).subfigures(1, 2)[0]
    ax = plot(table(), ax=part.add_subplot())
    assert ax.get_title("left")


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_row_numbers_that_repeat_do_no_harm(plot, table):
    given = table()
    once = plot(given)
    given.index = np.zeros(len(given), int)
    again = plot(given)
    drawn = [[line.get_xydata().tolist() for line in ax.lines] for ax in (once, again)]
    assert str(drawn[0]) == str(drawn[1])


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_the_input_is_not_modified(plot, table):
    given = table()
    before = given.copy(deep=True)
    plot(given)
    assert given.equals(before)
    assert given.attrs == before.attrs


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_an_empty_table_gives_axes_with_a_sentence(plot, table):
    ax = plot(table().iloc[:0])
    assert "nothing to show" in ax.texts[0].get_text()


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_hard_labels_are_drawn_as_they_are(plot, table, inside):
    given = plt.figure().add_subplot() if inside else None
    ax = plot(table(items=HARD_LABELS[:2]), ax=given)
    ax.figure.canvas.draw()
    drawn = [text.get_text() for text in ax.findobj(mpl.text.Text)]
    assert any(HARD_LABELS[0] in text for text in drawn)
    assert not any(text.get_parse_math() for text in ax.findobj(mpl.text.Text))


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_constructed_data_say_so(plot, table):
    ax = plot(table(source={"constructed": True}))
    assert any("Constructed data" in text.get_text() for text in ax.texts)
    real = plot(table())
    assert not any("Constructed" in text.get_text() for text in real.texts)


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_notes_of_the_verb_stand_in_plot_and_alt_text(plot, table):
    ax = plot(table(notes=["a side has only 12 articles."]))
    note = "Note: a side has only 12 articles."
    assert any(note in text.get_text() for text in ax.texts)
    assert note in describe(ax)


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_bags_are_not_called_articles(plot, table):
    ax = plot(table(evidence="bag of headlines"))
    assert any("bags of headlines" in text.get_text() for text in ax.texts)


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_a_table_that_lost_its_attrs_is_refused_with_the_way_out(plot, table):
    given = table()
    given.attrs = {}
    with pytest.raises(MediakitError, match="new.attrs = old.attrs"):
        plot(given)


@pytest.mark.parametrize("plot", [plot_summary, plot_comparison])
def test_a_table_of_another_verb_is_refused(plot):
    with pytest.raises(MediakitError, match="got one made by 'trend'"):
        plot(trend())


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_an_unknown_item_is_answered_with_the_nearest(plot, table):
    given = table()
    known = given["item"].iloc[0]
    with pytest.raises(MediakitError, match=f"did you mean \\['{known}'"):
        plot(given, items=[known + "x"])


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_something_else_than_axes_is_refused(plot, table):
    with pytest.raises(MediakitError, match="must be a matplotlib Axes, got Figure"):
        plot(table(), ax=plt.figure())


def test_characters_without_a_font_are_boxes_and_named_once():
    with pytest.warns(MediakitWarning, match="1 of 2 labels, such as '\U00012345a'"):
        assert drawable(["\U00012345a", "b"]) == ["□a", "b"]


def test_a_label_without_a_glyph_draws_without_further_warnings():
    with pytest.warns(MediakitWarning):
        ax = plot_summary(summary(["\U00012345", "b"]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax.figure.canvas.draw()


@pytest.mark.parametrize(
    ("label", "drawn"),
    [
        ("two\nlines\tand\x00more", "two lines and more"),
        ("", "(empty)"),
        ("x" * 60, "x" * 41 + "…"),
        ("x" * 42, "x" * 42),
    ],
)
def test_labels_fit_on_one_line(label, drawn):
    assert drawable([label]) == [drawn]


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_a_long_header_leaves_room_for_what_is_drawn(plot, table):
    notes = [f"note {number} " + "on some matter " * 12 for number in range(9)]
    ax = plot(table(notes=notes))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax.figure.draw_without_rendering()
    inches = ax.get_position().height * ax.figure.get_figheight()
    assert inches > 1
