"""What a comparison owes to single outlets: range, equal outlets, exchange, notes."""

import itertools

import numpy as np
import pandas as pd
import pytest
from comparisons import COLUMNS, by_item, measure_of
from measures import cut, planted

import mediakit as mk
from mediakit.infer import outlets

ADDED = ["outlet_low", "outlet_high", "outlet_equal"]


def two_blocs(many=4, articles=30, seed=3, outlets_differ=0.0, bloc=1.0):
    """Return articles of `many` outlets a side; each outlet has its own habit."""
    rng = np.random.default_rng(seed)
    names = [f"{side}{i}" for side in "NS" for i in range(many)]
    outlet = np.repeat(names, articles)
    habit = np.repeat(np.exp(rng.normal(0, outlets_differ, 2 * many)), articles)
    frame = pd.DataFrame({"outlet": outlet, "bloc": [name[0] for name in outlet]})
    frame["words"] = rng.integers(200, 900, len(frame))
    more = np.where(frame["bloc"] == "N", bloc, 1)
    frame["war"] = rng.poisson(0.01 * frame["words"] * habit * more)
    frame["talks"] = rng.poisson(0.01 * frame["words"] * habit)
    return frame


def blocs(frame, kind="count", **options):
    options = {"by": "bloc", "a": "N", "b": "S", "cluster": "article"} | options
    return by_item(measure_of(frame, kind, ["war", "talks"]), **options)


def notes(table):
    return table.attrs["mediakit"]["notes"]


@pytest.mark.parametrize("within", [None, "section"])
@pytest.mark.parametrize("kind", ["count", "mean"])
def test_the_range_is_that_of_comparisons_without_each_outlet(kind, within):
    frame = two_blocs(3, outlets_differ=0.4)
    frame["section"] = np.arange(len(frame)) % 4
    estimate = "log_ratio" if kind == "count" else "difference"
    table = blocs(frame, kind, within=within)
    without = pd.DataFrame(
        [
            blocs(frame[frame["outlet"] != name], kind, within=within)[estimate]
            for name in frame["outlet"].unique()
        ]
    )
    np.testing.assert_allclose(table["outlet_low"], without.min()[table.index])
    np.testing.assert_allclose(table["outlet_high"], without.max()[table.index])
    assert (table["outlet_low"] < table[estimate]).all()
    assert (table[estimate] < table["outlet_high"]).all()


def test_equal_outlets_have_the_mean_of_their_rates():
    frame = two_blocs(3, outlets_differ=0.6)
    frame = frame.drop(frame.index[frame["outlet"] == "N0"][5:])
    table = blocs(frame)
    sums = frame.groupby(["bloc", "outlet"])[["war", "words"]].sum()
    rates = (sums["war"] / sums["words"]).groupby("bloc").mean()
    expected = np.log2(rates["N"] / rates["S"])
    assert table.loc["war", "outlet_equal"] == pytest.approx(expected)
    assert abs(table.loc["war", "log_ratio"] - expected) > 0.01


def test_outlets_exchanged_agree_with_a_naive_count():
    frame = two_blocs(4, outlets_differ=0.3, bloc=1.8)
    table = blocs(frame)
    sums = frame.groupby("outlet")[["war", "words"]].sum()
    x, n = sums["war"].to_numpy(), sums["words"].to_numpy()

    def statistic(on):
        spread, rate = 0.0, []
        for rows in (on, ~on):
            r = x[rows].sum() / n[rows].sum()
            spread += ((x[rows] - r * n[rows]) ** 2).sum() * 4 / 3
            rate.append(r)
        return abs(rate[0] - rate[1]) / np.sqrt(spread / n[on].sum() / n[~on].sum())

    ways = [np.isin(range(8), way) for way in itertools.combinations(range(8), 4)]
    drawn = np.array([statistic(on) for on in ways])
    observed = statistic(np.arange(8) < 4)
    assert table.loc["war", "p_outlet"] == pytest.approx(
        (drawn >= observed * (1 - 1e-9)).mean()
    )
    assert "all 70 ways" in notes(table)[-1]


def test_of_many_items_outlets_are_exchanged_for_those_that_articles_bear_out(
    monkeypatch,
):
    frame = two_blocs(4, outlets_differ=0.1, bloc=1.8)
    whole = blocs(frame)
    monkeypatch.setattr(outlets, "EXCHANGED", 1)
    few = blocs(frame)
    assert whole["q"].gt(0.05).tolist() == [False, True]
    assert few["p_outlet"].isna().tolist() == [False, True]
    assert few.loc["war", "p_outlet"] == whole.loc["war", "p_outlet"]
    assert "only for the 1 items of 2 with q below 0.05" in notes(few)[-1]
    pd.testing.assert_frame_equal(few.drop(columns="p_outlet"), whole[few.columns[:-1]])


def test_habits_of_outlets_are_no_difference_of_blocs():
    deceived, p = 0, []
    for seed in range(25):
        table = blocs(two_blocs(5, 20, seed, outlets_differ=0.5))
        deceived += (table["p"] < 0.05).sum()
        p += table["p_outlet"].tolist()
    assert deceived >= 20
    assert (np.array(p) < 0.05).sum() <= 7  # of 50


def test_many_outlets_are_exchanged_at_random():
    frame = two_blocs(9, 6, bloc=2.5)
    one, other = blocs(frame), blocs(frame, a="S", b="N")
    assert "999 ways, seed 0" in notes(one)[-1]
    assert one.loc["war", "p_outlet"] < 0.01
    assert one.loc["war", "p_outlet"] == pytest.approx(
        other.loc["war", "p_outlet"], abs=0.01
    )


@pytest.mark.parametrize(
    ("many", "sentence"),
    [
        (1, "one outlet a side: this describes these outlets and no others."),
        (2, "two outlets a side: this describes these outlets and no others."),
        (3, "three outlets a side: this describes these outlets and no others."),
    ],
)
def test_few_outlets_are_told_in_a_plain_sentence(many, sentence):
    table = blocs(two_blocs(many))
    assert notes(table)[-1] == sentence
    assert "p_outlet" not in table
    assert list(table.reset_index().columns) == COLUMNS + ADDED * (many > 1)


def test_unequal_and_shared_outlets():
    frame = two_blocs(3)
    table = blocs(frame, by="outlet", a="N0", b=["S0", "S1"])
    assert notes(table)[-1].startswith(
        "one outlet on side N0, two outlets on side S0 +"
    )
    assert table["outlet_low"].notna().all()
    frame["year"] = np.arange(len(frame)) % 2
    table = blocs(frame, by="year", a=0, b=1)
    assert not any("outlets" in note for note in notes(table))
    assert set(ADDED) <= set(table.columns)


def test_without_outlets_there_is_nothing_to_say():
    table = blocs(two_blocs(4).drop(columns="outlet"))
    assert list(table.reset_index().columns) == COLUMNS
    assert not any("outlet" in note for note in notes(table))


def test_blocks_do_not_matter():
    measure = measure_of(planted())
    options = {"by": "outlet", "a": "A", "b": "rest"}
    expected = mk.compare(measure, **options)
    found = mk.compare(cut(measure, [3, 250]), **options)
    pd.testing.assert_frame_equal(found, expected, rtol=1e-12)


@pytest.mark.parametrize("column", ["event_id", "wire_group", "author", "outlet"])
def test_whatever_is_a_cluster(column):
    frame = two_blocs(12, 6, outlets_differ=0.5).rename(columns={"outlet": "name"})
    frame[column] = frame.pop("name")
    table = blocs(frame, cluster=column)
    assert table.attrs["mediakit"]["parameters"]["cluster"] == column
    assert (table["p_cluster"] > table["p"]).all()
