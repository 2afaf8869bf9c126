"""plot_decomposition and its words: marks, intervals, sides, and no causes."""

import re

import numpy as np
import pytest
from measures import measure_of, planted

import mediakit as mk
from mediakit.errors import MediakitError


def taken_apart(kind="count", **columns):
    frame = planted().assign(**columns)
    frame["section"] = frame["event"] % 4
    frame["war"] = frame["war"].clip(upper=frame["words"])
    measure = measure_of(frame, kind, ["war", "talks"])
    return mk.decompose(measure, by="outlet", a="A", b="B", within="section")


def marks(ax):
    return {
        line.get_label(): line.get_xdata()
        for line in ax.get_lines()
        if not line.get_label().startswith("_")
    }


@pytest.mark.parametrize(("kind", "scale"), [("count", 1000), ("share", 100)])
def test_marks_are_the_parts_of_each_item(kind, scale):
    table = taken_apart(kind)
    ax = mk.plot_decomposition(table, items=["war", "talks"])
    rows = table.set_index("item").loc[["war", "talks"]]
    drawn = list(marks(ax).values())
    for part, x in zip(
        ["difference", "composition", "treatment", "no_counterpart"], drawn, strict=True
    ):
        np.testing.assert_allclose(x, rows[part] * scale)
    np.testing.assert_allclose(sum(drawn[1:]), drawn[0])
    lines = [line for one in ax.collections for line in one.get_segments()]
    ends = np.array([line[0, 0] for line in lines if len(line)])
    assert np.isclose(ends, rows.loc["war", "treatment_low"] * scale).any()


def test_the_axis_says_per_what_and_whose_side_is_whose():
    table = taken_apart()
    ax = mk.plot_decomposition(table, per=100)
    assert ax.get_xlabel() == "difference, per 100 words"
    texts = " ".join(text.get_text() for text in ax.texts)
    assert "← more in B" in texts
    assert "more in A →" in texts
    assert "they say where it lies, not why" in texts
    assert "difference in percentage points" in (
        mk.plot_decomposition(taken_apart("share")).get_xlabel()
    )
    assert mk.plot_decomposition(taken_apart("mean")).get_xlabel() == "difference"


def test_the_alt_text_has_the_numbers_and_no_cause():
    table = taken_apart()
    told = mk.describe(mk.plot_decomposition(table, items=["war"]))
    war = table.set_index("item").loc["war"]
    assert f"inside the same section +{1000 * war['treatment']:.2f}" in told
    assert "name no cause" in told
    assert "No counterpart: 0 %" in told
    said = told + mk.describe(table) + " ".join(mk.in_plain_words(table).columns)
    assert not re.search(r"\b(because|due to|explain|bias|slant|driven)", said)


def test_plain_words_have_all_parts():
    plain = mk.in_plain_words(taken_apart())
    assert list(plain.columns[:7]) == [
        *["item", "A, per 1,000 words", "B, per 1,000 words", "difference in all"],
        *["goes with what is covered (section)", "inside the same section"],
        "where the other side has nothing",
    ]
    assert re.fullmatch(r"\+[\d.]+ \(\+[\d.]+ to \+[\d.]+\)", plain.iloc[1, 3])


def test_saved_with_its_table(tmp_path):
    table = taken_apart()
    ax = mk.plot_decomposition(table, items=["talks"])
    mk.save_figure(ax, tmp_path / "parts.png")
    mk.save_table(table, tmp_path / "table.csv")
    again = mk.read_table(tmp_path / "table.csv")
    assert mk.describe(again) == mk.describe(table)


def test_mistakes_and_emptiness_are_answered():
    table = taken_apart()
    with pytest.raises(MediakitError, match="no item 'wars'; did you mean"):
        mk.plot_decomposition(table, items=["wars"])
    compared = mk.compare(measure_of(planted()), by="outlet", a="A", b="B")
    with pytest.raises(MediakitError, match="made by decompose, got one made by"):
        mk.plot_decomposition(compared)
    empty = taken_apart(war=0, talks=0)
    ax = mk.plot_decomposition(empty)
    assert "no item was taken apart" in ax.texts[0].get_text()
    assert "nothing to take apart between A and B" in mk.describe(ax)
