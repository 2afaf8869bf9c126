"""diverging: statsmodels' interaction, planted slopes, random sides, plain words."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.infer.diverging import TYPES


def drifting(seed=1, yearly=0.8, weeks=100):
    """Return two outlets, a article a day each; A's rate grows against B's."""
    rng = np.random.default_rng(seed)
    days = pd.date_range("2012-01-02", periods=7 * weeks, tz="UTC")
    frame = pd.DataFrame({"published": days.append(days)})
    frame["outlet"] = np.repeat(["A", "B"], 7 * weeks)
    frame["words"] = rng.integers(200, 900, len(frame))
    years = (frame["published"] - days[0]) / pd.Timedelta(days=365.25)
    shock = np.tile(np.repeat(rng.gamma(4, 0.25, weeks), 7), 2)
    rate = np.where(frame["outlet"] == "A", 0.004 * 2 ** (yearly * years), 0.006)
    frame["war"] = rng.poisson(frame["words"] * rate * shock)
    frame["talks"] = rng.poisson(frame["words"] * 0.004 * shock)
    return frame


def measure_of(frame, items=("war", "talks"), kind="count"):
    return mk.as_measure(frame, value=list(items), exposure="words", kind=kind)


@pytest.fixture(scope="module")
def table():
    return mk.diverging(measure_of(drifting()), by="outlet", a="A", b="B")


def test_the_interaction_is_that_of_statsmodels(table):
    api = pytest.importorskip("statsmodels.api")
    frame = drifting()
    frame["week"] = frame["published"].dt.tz_localize(None).dt.to_period("W-SUN")
    sums = frame.groupby(["outlet", "week"])[["war", "words"]].sum().reset_index()
    years = sums["week"].dt.start_time.sub(pd.Timestamp("2012-01-02")).dt.days / 365.25
    side = (sums["outlet"] == "A").astype(float)
    design = np.column_stack([np.ones(len(sums)), side, years, side * years])
    family, exposure = api.families.Poisson(), sums["words"]
    fitted = api.GLM(sums["war"], design, family, exposure=exposure).fit(scale="X2")
    row = table.iloc[0]
    assert row["difference"] == pytest.approx(fitted.params.iloc[3] / np.log(2))
    assert row["yearly_b"] == pytest.approx(fitted.params.iloc[2] / np.log(2))
    assert row["phi"] == pytest.approx(fitted.scale)
    t = fitted.params.iloc[3] / fitted.bse.iloc[3]
    assert row["p"] == pytest.approx(2 * stats.t.sf(abs(t), len(sums) - 4))


def test_planted_drift_is_found_and_none_where_there_is_none(table):
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == TYPES
    war, talks = table.iloc[0], table.iloc[1]
    assert war["low"] < 0.8 < war["high"]
    assert war["p_cluster"] < 0.001
    assert war["difference"] == pytest.approx(war["yearly_a"] - war["yearly_b"])
    assert talks["low"] < 0 < talks["high"]
    assert talks["p_cluster"] > 0.05
    assert (table[["periods_a", "periods_b", "clusters"]] == 100).all(axis=None)
    assert talks["q_cluster"] >= talks["p_cluster"]
    # both sides have the same weeks: what moves both is no evidence of drift
    assert war["p_cluster"] < war["p"]


def test_swapped_sides_swap_the_sign(table):
    swapped = mk.diverging(measure_of(drifting()), by="outlet", a="B", b="rest")
    np.testing.assert_allclose(swapped["difference"], -table["difference"], rtol=1e-6)
    np.testing.assert_allclose(swapped["low"], -table["high"], rtol=1e-6)
    np.testing.assert_allclose(swapped["p_cluster"], table["p_cluster"], rtol=1e-6)


def test_intervals_hold_and_random_sides_do_not_drift():
    held = false = 0
    for seed in range(40):
        frame = drifting(seed=seed, yearly=0.5)
        row = mk.diverging(measure_of(frame, ["war"]), by="outlet", a="A", b="B").iloc[
            0
        ]
        held += row["low"] <= 0.5 <= row["high"]
        side = np.random.default_rng(seed).permutation(frame["outlet"])
        mixed = measure_of(frame.assign(outlet=side), ["war"])
        drawn = mk.diverging(mixed, by="outlet", a="A", b="B", freq="month")
        false += drawn.loc[0, "p_cluster"] < 0.05
    assert held >= 34  # nominal 38
    assert false <= 6  # nominal 2


def test_what_cannot_be_asked_is_told_why():
    frame = drifting(weeks=5)
    few = mk.diverging(measure_of(frame, ["war"]), by="outlet", a="A", b="B")
    assert few["note"].tolist() == ["only 5 clusters: a description, no test"]
    months = mk.diverging(
        measure_of(frame, ["war"]), by="outlet", a="A", b="B", freq="month"
    )
    assert months["note"].tolist() == ["fewer than three whole periods a side"]
    assert months[["difference", "p", "q_cluster"]].isna().all(axis=None)
    frame.loc[frame["outlet"] == "B", "war"] = 0
    never = mk.diverging(measure_of(frame, ["war"]), by="outlet", a="A", b="B")
    assert never["note"].tolist() == ["one side never has it"]
    none = mk.diverging(measure_of(frame), by="outlet", a="A", b="B", items=[])
    assert {name: str(dtype) for name, dtype in none.dtypes.items()} == TYPES


def test_the_record_and_the_errors(table):
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    assert record["parameters"]["a"] == "A"
    measure = measure_of(drifting(weeks=20))
    with pytest.raises(MediakitError, match=r"`a` must be one or several values of"):
        mk.diverging(measure, by="outlet", a="C", b="B")
    mean = measure_of(drifting(weeks=20), ["war"], "mean")
    with pytest.raises(MediakitError, match="counts and shares, but 'war' is a mean"):
        mk.diverging(mean, by="outlet", a="A", b="B")
