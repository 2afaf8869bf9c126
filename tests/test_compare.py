"""compare's numbers against naive recomputation on the raw rows, and their laws."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from comparisons import ITEMS, article_sums, by_item, measure_of, rates, two_outlets
from hypothesis import given, settings
from hypothesis import strategies as st
from measures import cut, planted
from scipy import sparse

import mediakit as mk
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.formulas.sums import Sums
from mediakit.measure.measure import Block


def test_numbers_of_counts_agree_with_the_formulas_on_the_raw_rows():
    frame = planted()
    table = by_item(measure_of(frame))
    for item in ITEMS:
        row, a, b = table.loc[item], *(article_sums(frame, item, g) for g in "AB")
        expected = rates(a, b)
        assert (row["value_a"], row["value_b"]) == (a.x[0], b.x[0])
        assert (row["articles_a"], row["articles_b"]) == (a.held[0], b.held[0])
        assert row["rate_a"] == a.rate[0]
        assert row["difference"] == a.rate[0] - b.rate[0]
        assert row["log_ratio"] == pytest.approx(np.log2(a.rate / b.rate)[0])
        assert row["p"] == pytest.approx(expected.p()[0], rel=1e-9)
        for name, alpha, upper in (
            ("low", 0.05, False),
            ("high", 0.05, True),
            ("bound", 0.05 / 3, row["log_ratio"] < 0),
        ):
            limit = expected.limit(alpha, np.array([upper]))[0]
            assert row[name] == pytest.approx(limit, abs=1e-8)
    np.testing.assert_allclose(table["q"], benjamini_hochberg(table["p"]))
    np.testing.assert_allclose(
        table["q_cluster"], benjamini_hochberg(table["p_cluster"])
    )


def test_clusters_are_merged_before_they_are_squared():
    frame = planted()
    table = by_item(measure_of(frame))
    sums = frame.groupby(["outlet", "event"])[["words", *ITEMS]].sum()
    a, b = (sums.loc[g][lambda t: t["words"] > 0] for g in "AB")
    both = a.index.intersection(b.index)
    for item in ITEMS:
        rate_a, rate_b = (t[item].sum() / t["words"].sum() for t in (a, b))
        left = a.loc[both, item] - rate_a * a.loc[both, "words"]
        right = b.loc[both, item] - rate_b * b.loc[both, "words"]
        covariance = (left * right).sum() * len(both) / (len(both) - 1)
        sides = [
            Sums.of_units(t[[item]].to_numpy(), t["words"].to_numpy()) for t in (a, b)
        ]
        expected = rates(*sides, covariance, len(both)).p()[0]
        assert table.loc[item, "p_cluster"] == pytest.approx(expected, rel=1e-9)
    alone = by_item(measure_of(frame), cluster="article")
    np.testing.assert_allclose(alone["p_cluster"], alone["p"], rtol=1e-9)


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_without_the_article_that_matters_most(kind):
    frame = planted()
    frame["war"] = frame["war"].clip(upper=frame["words"])
    if kind == "mean":
        frame["war"] = frame["war"] - 0.003 * frame["words"]
    row = by_item(measure_of(frame, kind, ["war"])).loc["war"]
    leading = "A" if row["difference"] > 0 else "B"
    rate = row["rate_a"] if leading == "A" else row["rate_b"]
    residual = (frame["war"] - rate * frame["words"])[frame["outlet"] == leading]
    without = by_item(measure_of(frame.drop(residual.idxmax()), kind, ["war"])).loc[
        "war"
    ]
    assert row["p_without"] == pytest.approx(without["p"], rel=1e-8)
    assert row["difference_without"] == pytest.approx(without["difference"])
    assert row["log_ratio_without"] == pytest.approx(without["log_ratio"], nan_ok=True)
    assert np.abs(row["difference_without"]) < np.abs(row["difference"])
    assert kind == "mean" or row["p_without"] > row["p"]  # tells of skewness too


def test_shares_have_the_test_of_rates_and_an_interval_in_points():
    frame = planted()
    frame["war"] = frame["war"].clip(upper=frame["words"])
    share = by_item(measure_of(frame, "share", ["war", "talks"]))
    count = by_item(measure_of(frame, "count", ["war", "talks"]))
    np.testing.assert_allclose(share["p"], count.loc[share.index, "p"])
    assert share.loc["war", "low"] > 0 > share.loc["talks", "low"]
    side = np.sign(share["difference"])
    assert (side * share["bound"] < side * share["difference"]).all()
    assert (share["low"] < share["difference"]).all()
    assert (share["high"] > share["difference"]).all()


@settings(max_examples=15)
@given(st.lists(st.integers(0, 400), max_size=6))
def test_blocks_do_not_matter(places):
    measure = measure_of(planted())
    expected = by_item(measure)
    pd.testing.assert_frame_equal(by_item(cut(measure, places)), expected, rtol=1e-13)


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_swapping_the_sides_turns_signs_and_changes_nothing_else(kind):
    frame = planted()
    frame["war"] = frame["war"].clip(upper=frame["words"])
    measure = measure_of(frame, kind)
    one, other = by_item(measure), by_item(measure, a="B", b="A")
    assert list(one.index) == list(other.index)
    for name in ("difference", "log_ratio", "bound", "difference_without"):
        np.testing.assert_allclose(one[name], -other[name], atol=1e-8)
    for name in ("p", "q", "p_cluster", "q_cluster", "p_without"):
        np.testing.assert_allclose(one[name], other[name], rtol=1e-7)
    np.testing.assert_allclose(one["low"], -other["high"], atol=1e-8)
    np.testing.assert_allclose(one["rate_a"], other["rate_b"])


def test_items_may_have_different_denominators():
    frame = planted()
    frame["scenes"] = frame["words"] // 7
    frame["calm"] = np.minimum(frame["talks"], frame["scenes"])
    joined = measure_of(frame, items=["war", "calm"])
    values = sparse.csr_array(frame[["war", "calm"]].to_numpy())
    exposure = frame[["words", "scenes"]].to_numpy(float)
    both = dataclasses.replace(
        joined,
        items=joined.items.assign(denominator=[0, 1]),
        denominators=("words", "scenes"),
        stored=(Block(slice(0, len(frame)), values, exposure),),
    )
    table = by_item(both)
    for item, denominator in (("war", "words"), ("calm", "scenes")):
        one = by_item(mk.as_measure(frame, value=item, exposure=denominator))
        same = ["p", "p_cluster", "low", "rate_a", "p_without", "articles_a"]
        np.testing.assert_allclose(
            table.loc[item, same].astype(float), one.loc[item, same].astype(float)
        )


def test_the_family_does_not_depend_on_the_labels():
    rng = np.random.default_rng(3)
    frame = two_outlets(100)
    frame["one"] = (rng.random(100) < 0.3) & (frame["outlet"] == "A")
    row = by_item(measure_of(frame.astype({"one": int}), items=["one"]), cluster=None)
    assert row["articles_b"].iloc[0] == 0
    assert row["p"].iloc[0] < 0.001
    assert row["log_ratio"].iloc[0] == row["high"].iloc[0] == np.inf
    assert 0 < row["bound"].iloc[0] == pytest.approx(row["low"].iloc[0])


def test_articles_without_exposure_are_no_evidence():
    frame = two_outlets(40, war=[0, 1, 2, 3] * 10)
    more = pd.concat([frame, frame.assign(words=0, war=0)], ignore_index=True)
    with_empty, without = (
        by_item(measure_of(f, items=["war"]), cluster=None) for f in (more, frame)
    )
    assert with_empty["p"].iloc[0] == pytest.approx(without["p"].iloc[0])
    small = pd.concat([frame[:18], more[60:]], ignore_index=True)
    row = by_item(measure_of(small, items=["war"]), cluster=None)
    assert np.isnan(row["p"].iloc[0])
