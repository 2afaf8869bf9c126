"""A figure answers where it is pointed at, without a script; hostile text is text."""

import re
from base64 import b64decode
from html import unescape
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.dates import date2num
from plot_tables import comparison, summary, trend

import mediakit as mk
from mediakit.show import pointing
from mediakit.show.captions import drawn_on
from mediakit.show.style import COLOURS

LABEL = re.compile(
    r'<label class="([^"]*)" style="left:([\d.]+)%;top:([\d.]+)%">'
    r'<input type="radio" name="(\w+)" data-lm-suppress-shortcuts>'
    r"<span>(.*?)</span></label>",
    re.DOTALL,
)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def spots(page):
    return [
        (float(x), float(y), unescape(said)) for _, x, y, _, said in LABEL.findall(page)
    ]


def test_a_trend_says_of_each_period_what_was_found():
    table = trend()
    page = mk.show_figure(mk.plot_trend(table), name="x").page
    known = table[table["rate"].notna()]
    said = spots(page)
    assert len(said) == len(known)
    row = known.iloc[0]
    words = said[0][2]
    assert f"of {row['period']:%Y-%m-%d}" in words
    assert f"{row['articles']:,} articles, {row['articles_with']:,} with it" in words
    assert " to " in words


def test_marks_lie_where_they_are_drawn():
    table = comparison(log_ratio=(2.0, -3.0), sides=("A " * 60, "B"))
    page = mk.show_figure(mk.plot_comparison(table), name="x").page
    data = re.search(r"base64,([A-Za-z0-9+/=]+)", page)[1]
    pixels = plt.imread(BytesIO(b64decode(data)))
    for (left, top, _), colour in zip(spots(page), COLOURS, strict=False):
        place = (int(top / 100 * len(pixels)), int(left / 100 * pixels.shape[1]))
        assert pixels[place][:3] == pytest.approx(to_rgb(colour), abs=0.02)


def test_every_spot_is_a_mark():
    ax = mk.plot_trend(trend())
    drawn = np.concatenate(
        [one.get_xydata() for one in ax.lines if len(one.get_xdata())]
    )
    for spot in drawn_on(ax).spots:
        assert np.isclose(drawn, [spot.x, spot.y]).all(axis=1).any()


def test_a_comparison_says_the_claim_and_the_sizes_of_both_sides():
    table = comparison()
    said = spots(mk.show_figure(mk.plot_comparison(table), name="x").page)
    assert len(said) == len(table)
    first = table.iloc[0]
    assert said[0][2].startswith(f"“{first['item']}”: ")
    assert said[0][2].count(" articles)") == 2
    assert "95 % interval" in said[0][2]
    assert [y for _, y, _ in said] == sorted(y for _, y, _ in said)


def test_a_summary_has_a_mark_for_each_row_with_data():
    table = summary(groups=["A", "B", "C"])
    said = spots(mk.show_figure(mk.plot_summary(table), name="x").page)
    assert len(said) == table["rate"].notna().sum()


def test_hostile_words_stay_words():
    evil = '</span><script>alert(1)</script><img src=x onerror="alert(2)">\u202e'
    page = mk.show_figure(
        mk.plot_comparison(comparison(items=[evil, "b"])), name="x"
    ).page
    assert "<script" not in page
    assert page.count("<img") == 1
    assert "\u202e" not in page
    assert any("alert(1)" in words for _, _, words in spots(page))


def test_the_marks_need_no_script_and_are_hidden_without_the_style():
    page = mk.show_figure(mk.plot_trend(trend()), name="x").page
    assert "<script" not in page
    assert "url(" not in page
    assert '<div role="radiogroup" aria-label="Marks of the figure' in page
    assert re.search(r'role="radiogroup"[^>]* hidden>', page)
    names = {name for *_, name, _ in LABEL.findall(page)}
    assert len(names) == 1


def test_too_many_marks_leave_the_picture_alone(monkeypatch):
    monkeypatch.setattr(pointing, "MOST_SPOTS", 3)
    page = mk.show_figure(mk.plot_trend(trend()), name="x").page
    assert "<label" not in page
    assert page.count("<img") == 1


def test_dates_are_where_matplotlib_has_them():
    table = trend()
    ax = mk.plot_trend(table)
    xs = {spot.x for spot in drawn_on(ax).spots}
    assert xs <= {date2num(one) for one in table["period"]}
