"""Figures and pages can be read by those who see little or no colour.

Contrast after WCAG 2.1: 3:1 for what is drawn, 4.5:1 for what is written. Alt text,
heading order and the table behind a figure are checked on whole pages (`check_page`).
"""

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.colors import to_hex, to_rgb
from plot_tables import comparison, summary, trend

import mediakit as mk
from mediakit.share import report
from mediakit.show import audit_page, coding_page, style

WHITE, PAPER = "#ffffff", "#f4f2ee"
DRAWN, WRITTEN = 3, 4.5
CSS = Path(style.__file__).with_name("widgets") / "common.css"
SIDES = {"by": "outlet", "a": ["KELTA", "The Concord Banner"], "b": "rest"}
OUTLETS = [f"outlet {number}" for number in range(5)]


def luminance(colour):
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one, two):
    low, high = sorted([luminance(one), luminance(two)])
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module")
def strait():
    return mk.load_sample("strait")


@pytest.fixture(scope="module")
def counts(strait):
    return mk.count_patterns(strait, ["fisherm?n", "crew*"])


def drawings(strait, counts):
    yield "summary", lambda: mk.plot_summary(summary(groups=OUTLETS))
    yield "comparison", lambda: mk.plot_comparison(comparison())
    yield "trend", lambda: mk.plot_trend(trend(groups=OUTLETS))
    labelled = mk.label_duplicates(strait.articles)
    yield "articles", lambda: mk.plot_articles(labelled, by="outlet")
    told = mk.explain_tone(strait, top=4, **SIDES)
    yield "tone words", lambda: mk.plot_tone_words(told)
    parts = mk.decompose(counts, within="week", **SIDES)
    yield "decomposition", lambda: mk.plot_decomposition(parts)
    yield "flow", lambda: mk.plot_flow(mk.keep_about(strait.articles, "ferry"))
    one = strait.subset(np.arange(len(strait)) == 7)
    yield "tone strip", lambda: mk.plot_tone_strip(mk.find_tones(one))
    tones = mk.compare_tones(strait, **SIDES)
    yield "tones", lambda: mk.plot_tones(tones)
    ways = mk.multiverse(counts, "crew*", corpus=strait, seed=1, **SIDES)
    yield "multiverse", lambda: mk.plot_multiverse(ways)


def looks(ax):
    """Return colour -> the shapes drawn in it, by which it is told from others."""
    found = defaultdict(set)
    for line in ax.lines:
        marker, dash = line.get_marker(), line._dash_pattern
        filled = to_hex(line.get_markerfacecolor()) == to_hex(line.get_color())
        found[to_hex(line.get_color())].add((marker, str(dash), filled))
    for patch in ax.patches:
        found[to_hex(patch.get_facecolor())].add(("patch", patch.get_hatch()))
    quiet = {to_hex(one) for one in (style.PALE, style.SHADE)}
    return {colour: shapes for colour, shapes in found.items() if colour not in quiet}


def by_colour_alone(ax):
    """Return the pairs of colours of which some mark has the same shape."""
    found = looks(ax)
    return [
        (one, two) for one, two in combinations(found, 2) if found[one] & found[two]
    ]


def test_what_is_drawn_stands_out_from_the_paper():
    assert min(contrast(one, WHITE) for one in style.COLOURS) >= DRAWN


def test_what_is_written_stands_out_from_the_paper():
    for colour in (style.INK, style.GREY):
        for ground in (WHITE, style.SHADE):
            assert contrast(colour, ground) >= WRITTEN


@pytest.mark.parametrize(
    "sheet",
    [report.STYLE, audit_page.STYLE, coding_page.STYLE, CSS.read_text("utf-8")],
    ids=["report", "audit", "coding", "widgets"],
)
def test_words_of_pages_stand_out(sheet):
    written = re.findall(r"(?<![-\w])color:\s*(#[0-9a-fA-F]{3,6})\b", sheet)
    assert written
    for colour in set(written):
        assert contrast(colour, WHITE) >= WRITTEN, colour
        assert contrast(colour, PAPER) >= WRITTEN, colour


def test_nothing_is_told_by_colour_alone(strait, counts):
    for name, draw in drawings(strait, counts):
        ax = draw()
        axes = ax.get_figure(root=True).axes
        pairs = [pair for one in axes for pair in by_colour_alone(one)]
        assert not pairs, name
        drawn = {colour for one in axes for colour in looks(one)} - {WHITE}
        assert all(contrast(colour, WHITE) >= DRAWN for colour in drawn), name
        assert len(mk.describe(ax)) > 40, name


def test_a_heat_map_is_read_by_lightness_and_by_marks(strait, counts):
    truth = mk.load_truth("labels")[["article_id", "event_id"]]
    measure = mk.count_coverage(strait.with_columns(truth))
    for shown in (measure, mk.trend(counts, by="outlet")):
        ax = mk.plot_coverage(shown)
        mesh, nil = ax.findobj(QuadMesh)
        shades = mesh.cmap(np.linspace(0, 1, mesh.cmap.N))
        steps = [luminance(one[:3]) for one in shades]
        assert np.all(np.diff(steps) < 0), "darker is more"
        assert contrast(shades[0][:3], shades[-1][:3]) >= 2 * DRAWN
        assert ax.patch.get_hatch(), "what was not asked is hatched"
        (crosses,) = ax.findobj(PathCollection)
        plain = nil.get_array().count()
        assert crosses.zorder > nil.zorder, "a cross under its cell is not seen"
        assert len(crosses.get_offsets()) == plain > 0, "none is a cross, not hatched"
        assert "hatched: no" in " ".join(text.get_text() for text in ax.texts)


def test_a_line_of_the_same_kind_in_another_colour_is_caught():
    import matplotlib.pyplot as plt

    _, ax = plt.subplots()
    ax.plot([1, 2], "o-", color="#004488")
    assert not by_colour_alone(ax)
    ax.plot([2, 1], "s-", color="#000000")
    assert not by_colour_alone(ax)
    ax.plot([2, 1], "o-", color="#d55e00")
    assert by_colour_alone(ax) == [("#004488", "#d55e00")]


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
    assert contrast(WHITE, "#767676") == pytest.approx(4.54, abs=0.01)
