"""show_second_look and plot_multiverse: cards, curves, their words and their tables."""

import numpy as np
import pandas as pd
import pytest
from second_looks import SIDES, measure_of, planted

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.infer.multiverse import CHOICES

PANEL = ("|", "x")  # held or did not, told by more than colour


@pytest.fixture(scope="module")
def looked():
    return mk.second_look(measure_of(planted()), "war", **SIDES)


@pytest.fixture(scope="module")
def many():
    frame = planted(ratio=1.3, seed=3)
    return mk.multiverse(measure_of(frame), "war", **SIDES, cluster="week")


def test_the_card_has_every_question_verdict_and_reason(looked):
    shown = mk.show_second_look(looked)
    for row in looked.itertuples():
        assert row.question in shown.page
        assert row.why in shown.text
    assert shown.page.count("● held") == (looked["verdict"] == "held").sum()
    assert "times as often in A + B as in C + D, 95 % interval" in shown.page
    assert shown.text.startswith(
        "A second look at “war”: 9 held, 1 could not be asked."
    )
    assert looked.attrs["mediakit"]["rule"] in shown.text


def test_the_card_is_escaped_and_gives_its_numbers(looked):
    hostile = looked.assign(why="<script>alert(1)</script>")
    hostile.attrs["mediakit"] = looked.attrs["mediakit"] | {"item": "<b>war</b>"}
    shown = mk.show_second_look(hostile)
    assert "<script>" not in shown.page
    assert "<b>" not in shown.page
    assert shown.csv.count("\n") == len(looked) + 1
    assert "application/vnd.mediakit.shown+json" in shown._repr_mimebundle_()


def test_other_tables_are_refused(looked, many):
    with pytest.raises(MediakitError, match="mk.second_look"):
        mk.show_second_look(many)
    with pytest.raises(MediakitError, match="made by 'hand'"):
        mk.plot_multiverse(pd.DataFrame({"verdict": []}))


def test_the_curve_draws_each_tested_specification_once(many):
    ax = mk.plot_multiverse(many)
    drawn = many[many["low"].notna()]
    marks = [line for line in ax.lines if line.get_marker() in PANEL]
    curve = [line for line in ax.lines if line.get_marker() not in (*PANEL, "None")]
    assert sum(len(line.get_xdata()) for line in curve) == len(drawn)
    heights = np.concatenate([line.get_ydata() for line in curve])
    assert sorted(heights) == pytest.approx(sorted(drawn["estimate"]))
    choices = [name for name in CHOICES if drawn[name].nunique() > 1]
    assert sum(len(line.get_xdata()) for line in marks) == len(choices) * len(drawn)
    labels = [tick.get_text() for tick in ax.get_yticklabels()]
    assert "evidence: week" in labels
    assert "equal" in labels


def test_the_curve_has_words_and_its_table(many, tmp_path):
    ax = mk.plot_multiverse(many)
    said = mk.describe(ax)
    held = (many["verdict"] == "held").sum()
    assert f"{len(many)} ways to count, choose and test; {held} held" in said
    assert "test permutation: " in said
    paths = mk.save_figure(ax, tmp_path / "curve.png")
    assert len(mk.read_table(paths[-2])) == len(many)


def test_nothing_tested_is_said():
    few = mk.multiverse(measure_of(planted()[:14]), "war", **SIDES)
    ax = mk.plot_multiverse(few)
    assert "nothing could be tested" in ax.texts[0].get_text()


def test_shares_are_drawn_in_points():
    table = mk.multiverse(measure_of(planted(), "share"), "war", **SIDES)
    ax = mk.plot_multiverse(table)
    assert ax.get_ylabel() == "points more"
    curve = [line for line in ax.lines if line.get_marker() not in (*PANEL, "None")]
    assert max(max(line.get_ydata()) for line in curve) == pytest.approx(
        100 * table["estimate"].max()
    )
