"""validate: by hand, its errors, and what it leaves out."""

import re

import pandas as pd
import pytest

import mediakit as mk

HAND = pd.DataFrame(
    {
        "article_id": list("abcdef"),
        "outlet": ["A", "A", "A", "B", "B", "B"],
        "war": [2, 1, 0, 0, 1, 0],
        "peace": [0, 1, 3, 0, 0, 1],
        "words": 100,
    }
)


def hand(*items):
    return mk.as_measure(HAND, value=list(items), exposure="words", unit="word")


def coded(codes, units="abcdef", **columns):
    return pd.DataFrame({"unit_id": list(units), "code": codes, **columns})


def row_of(table, item, method="measure", group="all"):
    found = table[
        (table["item"] == item)
        & (table["method"] == method)
        & (table["group"] == group)
    ]
    return found.iloc[0]


def test_yes_and_no_by_hand():
    table = mk.validate(hand("war"), coded([1, 1, 1, 0, 0, 0]))
    row = row_of(table, "war")
    assert (row["units"], row["coded"], row["found"]) == (6, 3, 3)
    assert row["precision"] == row["recall"] == row["f1"] == pytest.approx(2 / 3)
    assert row["accuracy"] == pytest.approx(4 / 6)
    assert row["auc"] == pytest.approx((3 + 2.5 + 1) / 9)
    whole = row_of(table, "all classes")
    assert whole["f1"] == pytest.approx(2 / 3)
    assert row_of(table, "all classes", "majority")["f1"] == pytest.approx(1 / 3)
    cells = table.attrs["mediakit"]["confusion"]
    assert [one["units"] for one in cells] == [2, 1, 1, 2]


def test_several_questions_give_a_row_each_and_their_mean():
    codes = pd.concat(
        [
            coded([1, 1, 0, 0, 1, 0], question="war"),
            coded([0, 0, 1, 0, 0, 0], question="peace"),
        ]
    )
    table = mk.validate(hand("war", "peace"), codes, repeats=0)
    assert row_of(table, "war")["f1"] == 1
    assert row_of(table, "peace")["precision"] == pytest.approx(1 / 3)
    assert row_of(table, "all classes")["f1"] == pytest.approx((1 + 0.5) / 2)


def test_a_choice_goes_to_the_highest_rate_and_none_where_there_is_no_hit():
    codes = coded(["war", "war", "peace", "none", "war", "none"])
    table = mk.validate(hand("war", "peace"), codes, repeats=0)
    assert row_of(table, "war")["recall"] == 1
    assert row_of(table, "none")["recall"] == 0.5
    assert row_of(table, "peace")["precision"] == 0.5
    assert row_of(table, "all classes")["accuracy"] == pytest.approx(5 / 6)


def test_numbers_are_compared_on_their_scale_or_cut_into_classes():
    tone = pd.DataFrame({"article_id": list("abcdef"), "tone": [-3, -1, 0, 0, 2, 4]})
    tone["sentences"] = 1
    measure = mk.as_measure(tone, value="tone", exposure="sentences", kind="mean")
    codes = coded([-3, -1, 0, 0, 2, 4])
    row = row_of(mk.validate(measure, codes, level="interval"), "tone")
    assert row["alpha"] == row["r"] == pytest.approx(1)
    signs = coded([-1, -1, 0, 1, 1, 1])
    table = mk.validate(measure, signs, level="ordinal", cuts=[-0.5, 0.5])
    assert row_of(table, "-1")["f1"] == 1
    assert row_of(table, "1")["recall"] == pytest.approx(2 / 3)
    assert row_of(table, "all classes")["accuracy"] == pytest.approx(5 / 6)
    assert row_of(table, "1")["auc"] == pytest.approx(8.5 / 9)


def test_the_code_most_coders_gave_counts_and_ties_are_left_out():
    codes = pd.concat(
        [
            coded([1, 1, 0, 0, 1, 0], coder="Ana"),
            coded([1, 1, 0, 0, 0, 0], coder="Ben"),
            coded([1, 0], units="ab", coder="Eve"),
        ]
    )
    row = row_of(mk.validate(hand("war"), codes, repeats=0), "war")
    assert (row["units"], row["tied"]) == (5, 1)
    assert row["f1"] == 1
    own = mk.agreement(codes, repeats=0).loc[0, "alpha"]
    assert row["coders_alpha"] == pytest.approx(own)


def test_what_cannot_be_scored_is_counted_and_left_out():
    frame = HAND.assign(words=[100, 100, 100, 0, 100, 100])
    measure = mk.as_measure(frame, value="war", exposure="words")
    codes = coded([1, 1, 0, 1, 1, 0, 1], units="abcdefz")
    table = mk.validate(measure, codes, repeats=0)
    row = row_of(table, "war")
    assert (row["units"], row["unscored"], row["f1"]) == (5, 1, 1)
    assert table.attrs["mediakit"]["notes"] == ["1 coded units are not in the measure"]


def test_a_unit_counts_for_as_many_as_it_stands_for():
    weighted = coded([1, 1, 1, 0, 0, 0], weight=[1, 2, 1, 3, 1, 1])
    row = row_of(mk.validate(hand("war"), weighted, repeats=0), "war")
    assert row["recall"] == pytest.approx(3 / 4)
    assert row["accuracy"] == pytest.approx(7 / 9)
    assert row["coded"] == 3


def test_the_table_can_be_saved(tmp_path):
    table = mk.validate(hand("war"), coded([1, 1, 1, 0, 0, 0]))
    mk.save_table(table, tmp_path / "validity.csv")
    again = mk.read_table(tmp_path / "validity.csv")
    pd.testing.assert_frame_equal(table, again)


def test_errors_say_what_to_do():
    cases = [
        (hand("war"), coded([1] * 6, units="uvwxyz"), {}, "no coded unit is in the"),
        (hand("war", "peace"), coded([1] * 6), {}, "write the item coded into"),
        (
            hand("war"),
            coded(["war", "love"] * 3),
            {},
            "the codes ['love'] name no item",
        ),
        (hand("war"), coded(["x"] * 6), {"level": "ordinal"}, "codes that are numbers"),
        (hand("war"), coded([1, 2, 3] * 2), {"cuts": [0]}, "one fewer than the 3"),
        (hand("war"), coded([None] * 6), {}, "every `code` is missing"),
        (hand("war"), coded([1] * 6).drop(columns="code"), {}, "lacks the columns"),
        (hand("war"), coded([1] * 6), {"repeats": -1}, "`repeats` must be a whole"),
        (hand("war"), coded([1] * 6), {"by": "side"}, "nothing is called 'side'"),
    ]
    for measure, codes, options, message in cases:
        with pytest.raises(mk.MediakitError, match=re.escape(message)):
            mk.validate(measure, codes, **options)
    parts = coded([1] * 6, units="uvwxyz", article_id=list("aabbcc"))
    with pytest.raises(mk.MediakitError, match="the codes are of parts of articles"):
        mk.validate(hand("war"), parts)
