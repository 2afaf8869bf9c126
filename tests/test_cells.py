"""Laws of summing: neither blocks, order nor names matter, and parts add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measures import SUMS, cut, measure_of

import mediakit as mk

pytestmark = pytest.mark.filterwarnings("ignore::mediakit.errors.MediakitWarning")
KEYS = ["item", "group"]

ARTICLE = st.tuples(
    st.sampled_from(["A", "B", None]),
    st.one_of(st.none(), st.integers(0, 150)),
    st.integers(0, 30),
    st.integers(0, 9),
)


@st.composite
def frames(draw):
    rows = draw(st.lists(ARTICLE, max_size=20))
    frame = pd.DataFrame(rows, columns=["outlet", "day", "words", "war"])
    days = pd.to_timedelta(frame.pop("day").astype("Int64"), unit="D")
    frame["published"] = pd.Timestamp("2014-01-20", tz="UTC") + days
    frame["war"] = frame["war"].astype("int64").clip(upper=frame["words"])
    return frame.astype({"outlet": "str"}).assign(talks=0)


def test_articles_without_a_hit_are_read_all_the_same():
    frame = pd.DataFrame({"war": [0, 0, 1, 0], "talks": 0, "words": 100})
    table = mk.summarise(cut(measure_of(frame), [1, 2]))
    assert table["exposure"].tolist() == [400, 400]
    assert table["articles"].tolist() == [4, 4]


@settings(max_examples=50)
@given(frames(), st.sampled_from(["count", "share"]), st.lists(st.integers(0, 25)))
def test_blocks_change_nothing(frame, kind, places):
    whole = measure_of(frame, kind)
    parts = cut(whole, places)
    for cluster in (None, "words"):
        tables = [mk.summarise(m, by="outlet", cluster=cluster) for m in (whole, parts)]
        pd.testing.assert_frame_equal(*tables, check_exact=True)
    tables = [mk.trend(m, by="outlet", freq="week") for m in (whole, parts)]
    pd.testing.assert_frame_equal(*tables, check_exact=True)


@settings(max_examples=50)
@given(frames(), st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(frame, random):
    order = random.sample(range(len(frame)), len(frame))
    both = measure_of(frame), measure_of(frame.iloc[order])
    pd.testing.assert_frame_equal(*(mk.summarise(m, by="outlet") for m in both))
    pd.testing.assert_frame_equal(*(mk.trend(m, by="outlet") for m in both))


def check_bounds(table):
    """Where there is an interval it holds the rate and has a width."""
    known = table.dropna(subset=["low"])
    assert (known["low"] >= 0).all()
    assert (known["low"] <= known["rate"]).all()
    assert (known["rate"] <= known["high"]).all()
    assert (known["low"] < known["high"]).all()


@settings(max_examples=50)
@given(frames())
def test_groups_add_up_and_the_interval_holds_the_rate(frame):
    frame = frame.fillna({"outlet": "C"})
    groups = mk.summarise(measure_of(frame), by="outlet")
    total = mk.summarise(measure_of(frame))
    added = groups.groupby("item", sort=False)[SUMS].sum().reset_index(drop=True)
    pd.testing.assert_frame_equal(added, total[SUMS])
    check_bounds(groups)
    check_bounds(total)


@settings(max_examples=50)
@given(frames())
def test_names_of_groups_carry_no_weight(frame):
    swapped = frame.replace({"outlet": {"A": "B", "B": "A"}})
    table = mk.summarise(measure_of(frame), by="outlet").replace({"A": "B", "B": "A"})
    other = mk.summarise(measure_of(swapped), by="outlet")
    pd.testing.assert_frame_equal(
        table.sort_values(KEYS, ignore_index=True),
        other.sort_values(KEYS, ignore_index=True),
    )


@settings(max_examples=50)
@given(frames())
def test_a_share_and_its_complement_mirror_each_other(frame):
    frame["talks"] = frame["words"] - frame["war"]
    table = mk.summarise(measure_of(frame, "share"), by="outlet")
    half = len(table) // 2
    one, other = table[:half], table[half:]
    np.testing.assert_allclose(one["low"], 1 - other["high"], atol=1e-9)
    np.testing.assert_allclose(one["high"], 1 - other["low"], atol=1e-9)


@settings(max_examples=50)
@given(frames())
def test_periods_add_up_to_the_summary_of_the_dated(frame):
    table = mk.trend(measure_of(frame), by="outlet")
    dated = frame.dropna(subset=["outlet", "published"])
    summary = mk.summarise(measure_of(dated), by="outlet")
    added = table.groupby(KEYS)[SUMS].sum().sort_index()
    pd.testing.assert_frame_equal(added, summary.set_index(KEYS)[SUMS].sort_index())
    check_bounds(table)
    for _, one in table.groupby(KEYS):
        assert one["period"].is_unique
        assert one["partial"].sum() <= 2
        assert not one["partial"].iloc[1:-1].any()
