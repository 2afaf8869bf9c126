"""power: what it says of a measure, in both directions, of articles and clusters."""

import json

import numpy as np
import pandas as pd
import pytest
from measures import cut, measure_of, planted

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.formulas.power import least_ratio
from mediakit.formulas.score import score_test
from mediakit.formulas.sums import Sums
from mediakit.infer.power import power

SIDES = {"by": "outlet", "a": "A", "b": "B"}
LEAST = ["least_a", "least_b", "least_a_family", "least_b_family"]


def test_says_the_least_ratio_of_each_item():
    frame = planted()
    table = power(measure_of(frame), **SIDES)
    assert table.columns.tolist() == ["item", "value", "rate", "articles", *LEAST]
    assert table["item"].tolist() == ["war", "talks"]
    read = frame[frame["words"] > 0]
    a, b = (
        Sums.of_units(rows[["war"]].to_numpy(), rows["words"].to_numpy())
        for rows in (read[read["outlet"] == side] for side in "AB")
    )
    row = table.iloc[0]
    assert row["value"] == a.x[0] + b.x[0]
    assert row["articles"] == a.held[0] + b.held[0]
    for ending, alpha in (("", 0.05), ("_family", 0.025)):
        options = {"alpha": alpha, "power": 0.8}
        up = least_ratio(score_test(a, b), upper=True, **options)[0]
        down = least_ratio(score_test(a, b), upper=False, **options)[0]
        assert row[f"least_a{ending}"] == pytest.approx(up)
        assert row[f"least_b{ending}"] == pytest.approx(1 / down)
    assert json.loads(json.dumps(table.attrs["mediakit"])) == table.attrs["mediakit"]
    assert table.attrs["mediakit"]["family"] == 2
    assert "times as much" in table.attrs["mediakit"]["notes"][-1]


def test_swapping_sides_swaps_columns_and_blocks_change_nothing():
    measure = measure_of(planted())
    table = power(measure, **SIDES)
    swapped = power(measure, by="outlet", a="B", b="A")
    for one, other in (("least_a", "least_b"), ("least_a_family", "least_b_family")):
        np.testing.assert_allclose(table[one], swapped[other])
    pd.testing.assert_frame_equal(table, power(cut(measure, [5, 99]), **SIDES))


def test_more_articles_show_less_and_clusters_show_more_caution():
    frame = planted(articles=800)
    few = power(measure_of(frame.iloc[:300]), **SIDES)
    many = power(measure_of(frame), **SIDES)
    assert (many[LEAST] < few[LEAST]).all().all()
    busy = np.random.default_rng(1).poisson(3, 40)[frame.index % 40]
    frame["week"] = frame.index % 40
    frame["war"] = busy * (frame["words"] > 0)
    weekly = power(measure_of(frame), **SIDES, cluster="week")
    alone = power(measure_of(frame), **SIDES)
    assert weekly.attrs["mediakit"]["parameters"]["cluster"] == "week"
    assert weekly.loc[0, "least_a"] != alone.loc[0, "least_a"]


def test_means_have_the_least_difference():
    frame = planted()
    frame["tone"] = np.random.default_rng(3).normal(0, 2, len(frame)).round(2)
    frame["tone"] *= frame["words"] > 0
    frame["scored"] = (frame["words"] > 0).astype(int)
    measure = mk.as_measure(frame, value="tone", exposure="scored", kind="mean")
    row = power(measure, **SIDES).iloc[0]
    many = frame[frame["words"] > 0]["outlet"].value_counts()[["A", "B"]]
    textbook = (1.96 + 0.8416) * 2 * np.sqrt((1 / many).sum())
    assert row["least_a"] == pytest.approx(textbook, rel=0.1)
    assert row["least_a"] == pytest.approx(row["least_b"], rel=1e-4)
    few = frame.assign(outlet=np.where(np.arange(len(frame)) % 9, "B", "A"))
    few["tone"] = np.random.default_rng(4).lognormal(size=len(few)) * few["scored"]
    measure = mk.as_measure(few, value="tone", exposure="scored", kind="mean")
    row = power(measure, **SIDES).iloc[0]
    # low scores of a small side tell less than high ones
    assert row["least_b"] > row["least_a"] + 0.01


def test_no_share_can_be_over_one():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"outlet": ["A", "B"] * 60, "words": 10})
    frame["often"], frame["seldom"] = rng.binomial(10, [[0.93], [0.2]], (2, 120))
    items = ["often", "seldom"]
    shares = power(measure_of(frame, "share", items), **SIDES).set_index("item")
    counts = power(measure_of(frame, "count", items), **SIDES).set_index("item")
    assert counts.loc["often", "least_a_family"] < 1.1
    counted = counts.loc["often", "least_a"]
    assert shares.loc["often", "least_a"] == pytest.approx(counted, rel=1e-4)
    few = frame.head(60).assign(often=10 * (frame.index[:60] > 2))
    shares = power(measure_of(few, "share", items), **SIDES).set_index("item")
    assert np.isinf(shares.loc["often", LEAST]).all()
    assert np.isfinite(shares.loc["seldom", LEAST]).all()


def test_untested_items_and_small_sides_have_none():
    frame = planted()
    frame["rare"] = (frame.index < 4) * (frame["words"] > 0)
    table = power(measure_of(frame, items=["war", "rare"]), **SIDES).set_index("item")
    assert table.loc["rare", LEAST].isna().all()
    assert table.loc["war", LEAST].notna().all()
    few = power(measure_of(frame), **SIDES, cluster="outlet")
    assert few[LEAST].isna().all().all()
    assert "no item is tested" in few.attrs["mediakit"]["notes"][-1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"chance": 80}, "`chance` must lie between 0.05 and 1, got 80"),
        ({"chance": "80 %"}, "`chance` must be a number, as 0.8, got '80 %'"),
        ({"cluster": "event_i"}, "nothing is called 'event_i'"),
    ],
)
def test_what_cannot_be_asked_is_said(options, message):
    with pytest.raises(MediakitError, match=message):
        power(measure_of(planted()), **SIDES, **options)
