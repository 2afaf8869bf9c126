"""in_plain_words: what a student reads, never more than the numbers allow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plot_tables import comparison, summary, trend

from mediakit.show.claims import size
from mediakit.show.plain import in_plain_words
from mediakit.show.words import number, round_towards, times


def test_plain_words_of_a_summary():
    table = summary(["war"])
    table.loc[1, ["low", "high"]] = np.nan
    plain = in_plain_words(table)
    assert plain.to_dict("records") == [
        {
            "item": "war",
            "group": "North",
            "per 1,000 words": "1",
            "interval": "0.8 to 1.3",
            "articles": "10 of 40",
        },
        {
            "item": "war",
            "group": "South",
            "per 1,000 words": "2",
            "interval": "not known",
            "articles": "11 of 40",
        },
    ]
    assert (plain.dtypes == "str").all()


def test_plain_words_of_a_trend():
    plain = in_plain_words(trend(groups=["all"], months=2))
    assert plain["period"].tolist() == ["2014-01-01 (in part)", "2014-02-01"]


def test_plain_words_of_a_comparison_claim_only_what_is_sure():
    table = comparison([2.0, -2.0, 0.5, np.inf, 1.0, np.nan])
    table["bound"] = [np.log2(1.8999), -np.log2(1.8999), -0.1, 1.0, np.nan, np.nan]
    plain = in_plain_words(table)
    assert plain["what is sure"].tolist() == [
        "at least 1.8 times as often in North",
        "at least 1.8 times as often in South",
        "no clear difference",
        "at least 2 times as often in North",
        "not tested",
        "not found on either side",
    ]
    assert plain.columns[1] == "North, per 1,000 words"
    assert plain.loc[3, "interval"] == "above 6"
    assert plain.loc[0, "articles in North"] == "1,200"


def test_plain_words_say_what_hangs_on_single_outlets():
    assert "all outlets equal" not in in_plain_words(comparison([2.0]))
    table = comparison([2.0, -1.0, np.nan])
    table["outlet_low"], table["outlet_high"] = [1.0, -2.0, np.nan], [3.0, 0.0, np.nan]
    table["outlet_equal"] = [2.0, -1.0, np.nan]
    plain = in_plain_words(table)
    said = plain["without any one outlet"].tolist()
    assert said == ["2 to 8", "1/4 to 1", "not known"]
    assert plain["all outlets equal"].tolist() == ["4", "1/2", "not known"]
    share = comparison([0.05], kind="share")
    share[["outlet_low", "outlet_high", "outlet_equal"]] = [0.01, 0.09, 0.06]
    plain = in_plain_words(share)
    assert plain.loc[0, "without any one outlet"] == "1 to 9"
    assert plain.loc[0, "all outlets equal"] == "6"


def test_a_bound_that_rounds_to_nothing_is_not_called_one_time():
    table = comparison([0.5])
    table["bound"] = 0.0001
    assert in_plain_words(table)["what is sure"].item() == "a little more in North"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("share", "at least 3.1 points more in North"),
        ("mean", "at least 0.031 higher in North"),
    ],
)
def test_plain_words_of_shares_and_means(kind, said):
    table = comparison([1.0], kind=kind, unit="sentence")
    table["bound"] = 0.0319
    assert in_plain_words(table)["what is sure"].tolist() == [said]


@pytest.mark.parametrize("make", [summary, comparison, trend])
def test_plain_words_of_nothing_are_nothing(make):
    table = make()
    empty = in_plain_words(table.iloc[:0])
    assert list(empty.columns) == list(in_plain_words(table).columns)
    assert len(empty) == 0
    assert empty.attrs == table.attrs


@given(st.floats(1e-9, 1e9))
def test_rounding_goes_the_way_it_says(x):
    low, high = round_towards(x, -1), round_towards(x, 1)
    assert low <= x * (1 + 1e-6)
    assert high >= x * (1 - 1e-6)
    assert high - low <= 0.11 * x


@given(st.floats(0.001, 12))
def test_at_least_is_never_more_than_the_bound(bound):
    said = size("count", bound, -1)
    assert float(said.replace(",", "")) <= 2**bound * (1 + 1e-6)


@given(st.floats(1e-8, 1e12))
def test_numbers_keep_three_digits_and_need_no_exponent(x):
    said = number(x)
    assert "e" not in said
    assert float(said.replace(",", "")) == pytest.approx(x, rel=0.006)


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (1, "1"),
        (1.0001, "1"),
        (0.9999, "1"),
        (0.97, "1/1.03"),
        (0.5, "1/2"),
        (1500, "1,500"),
    ],
)
def test_ratios_in_words(ratio, said):
    assert times(ratio) == said


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (0, "0"),
        (-1e-17, "0"),
        (np.nan, "not known"),
        (-1234.4, "-1,234"),
        (0.05, "0.05"),
    ],
)
def test_numbers_in_words(x, said):
    assert number(x) == said
