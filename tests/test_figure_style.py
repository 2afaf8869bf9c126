"""Figures for a page and for a wall: one switch, sizes, letters, and the way back."""

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from plot_tables import comparison, summary, trend

import mediakit as mk
from mediakit.show.sizes import now

ITEMS = [f"word {number}" for number in range(30)]
SLIDE = 7.5 * 72  # points of height on a usual slide
PLOTS = [
    (mk.plot_summary, lambda: summary(items=ITEMS)),
    (mk.plot_comparison, lambda: comparison(items=ITEMS)),
    (mk.plot_trend, trend),
]


@pytest.fixture(autouse=True)
def _closed():
    yield
    mk.figure_style("page")
    plt.close("all")


def letters(ax):
    """Return how high the smallest letters are on a slide filled by the figure."""
    figure = ax.get_figure(root=True)
    drawn = [one for one in figure.findobj(plt.Text) if one.get_text().strip()]
    scale = SLIDE / (figure.get_figheight() * 72)
    return min(one.get_fontsize() for one in drawn) * scale


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_a_slide_is_wide_and_its_letters_can_be_read(plot, table, tmp_path):
    on_page = plot(table())
    with mk.figure_style("projector"):
        ax = plot(table())
        picture = mk.save_figure(ax, tmp_path / "slide.png")[0]
    assert ax.figure.get_size_inches().tolist() == [8, 4.5]
    assert plt.imread(picture).shape[:2] == (1080, 1920)
    assert letters(ax) >= 16
    assert on_page.figure.get_figwidth() == 9
    assert plot(table()).figure.get_figwidth() == 9


def test_a_slide_shows_a_few_rows_and_says_of_how_many():
    mk.figure_style("projector")
    ax = mk.plot_comparison(comparison(items=ITEMS))
    assert len(ax.get_yticklabels()) == 8
    assert any("8 of" in text.get_text() for text in ax.texts)
    ax = mk.plot_comparison(comparison(items=ITEMS), items=ITEMS[:12])
    assert len(ax.get_yticklabels()) == 12
    assert ax.figure.get_figheight() > 4.5


def test_the_size_holds_until_it_is_changed_and_with_gives_it_back():
    page = now()
    mk.figure_style("projector")
    slide = now()
    with mk.figure_style("page"):
        assert now() == page
    assert now() == slide
    with pytest.raises(mk.MediakitError, match="`size` must be one of"):
        mk.figure_style("poster")
    assert now() == slide


def test_long_names_of_sides_are_whole_above_the_axis():
    names = ["The Evening Messenger of the Northern Provinces + The Daily Gazette", "B"]
    ax = mk.plot_comparison(comparison(sides=names))
    ax.figure.canvas.draw()
    said = [" ".join(text.get_text().split()) for text in ax.texts]
    assert f"more in {names[0]} →" in said
    whole = ax.figure.bbox
    for text in ax.texts:
        box = text.get_window_extent()
        assert box.x0 >= whole.x0 - 1
        assert box.x1 <= whole.x1 + 1


def wordy(side):
    """Return a comparison of a side of four outlets, with nine notes."""
    table = comparison(sides=[side, "B"])
    table.attrs["mediakit"]["notes"] = [
        f"{number}: what {side} must say of itself, at the length of a line and a half"
        for number in range(9)
    ]
    return table


def test_notes_and_long_sides_go_before_the_form_of_a_slide_does():
    side = "The Evening Messenger + The Daily Gazette + The Standard + The Echo"
    ax = mk.plot_comparison(wordy(side))
    page = " ".join(" ".join(text.get_text().split()) for text in ax.texts)
    assert ax.figure.get_figheight() > 4.5
    assert page.count("Note: ") == 9
    assert f"more in {side} →" in page
    with mk.figure_style("projector"):
        ax = mk.plot_comparison(wordy(side))
    assert ax.figure.get_size_inches().tolist() == [8, 4.5]
    slide = " ".join(" ".join(text.get_text().split()) for text in ax.texts)
    (left,) = re.findall(r"(\d) notes with the table\.", slide)
    assert slide.count("Note: ") + int(left) == 9
    assert "more in The Evening Messenger + 3 more →" in slide
    assert "The Echo" not in slide
    assert mk.describe(ax).count("Note: ") == 9


def test_a_slide_of_tones_of_two_outlets_keeps_its_form():
    texts = ["A good day.", "A horrible day.", "Kind and happy.", "A bad day."]
    sides = {"outlet": ["China Daily", "New York Times"] * 20}
    articles = mk.read_articles(pd.DataFrame({**sides, "text": texts * 10}))
    pair = {"by": "outlet", "a": "China Daily", "b": "New York Times"}
    tones = mk.compare_tones(mk.tokenize(articles), **pair)
    with mk.figure_style("projector"):
        ax = mk.plot_tones(tones)
    assert ax.figure.get_size_inches().tolist() == [8, 4.5]
