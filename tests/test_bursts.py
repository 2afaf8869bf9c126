"""bursts: every path tried, Kleinberg's own costs, planted days, a real funeral."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.formulas import bursts as formulas
from mediakit.infer.bursts import TYPES


def saving(states, gains, price):
    entered = [
        now and not before for before, now in zip((0, *states), states, strict=0)
    ]
    return sum(gains[i] for i, on in enumerate(states) if on) - price * sum(entered)


@given(st.integers(0, 10_000), st.floats(0, 3))
@settings(max_examples=30)
def test_the_path_is_the_cheapest_of_all(seed, price):
    gains = np.random.default_rng(seed).normal(0, 2, 8)
    paths = itertools.product([False, True], repeat=8)
    best = max(saving(path, gains, price) for path in paths)
    states = formulas.cheapest_states(gains, price)
    assert saving(states.tolist(), gains, price) == pytest.approx(best)
    weights = [gains[first:last].sum() for first, last in formulas.runs(states)]
    assert formulas.heaviest(gains, price) == pytest.approx(max(weights, default=0))


def test_gains_are_kleinbergs_costs():
    hits, articles = np.array([1, 0, 5, 6, 2]), np.array([20, 18, 22, 25, 21])
    usual = hits.sum() / articles.sum()
    expected = stats.binom.logpmf(hits, articles, 2 * usual)
    expected -= stats.binom.logpmf(hits, articles, usual)
    found = formulas.burst_gains(hits, articles, "share", scale=2, phi=1)
    np.testing.assert_allclose(found, expected)
    expected = stats.poisson.logpmf(hits, 3 * usual * articles)
    expected -= stats.poisson.logpmf(hits, usual * articles)
    found = formulas.burst_gains(hits, articles, "count", scale=3, phi=2)
    np.testing.assert_allclose(found, expected / 2)


def test_dispersion_of_independent_counts():
    rng = np.random.default_rng(1)
    n = rng.integers(50, 100, 4000).astype(float)
    assert formulas.neighbour_phi(rng.poisson(n * 0.1), n, "count") < 1.1
    clumped = 4.0 * rng.poisson(n * 0.1)
    assert formulas.neighbour_phi(clumped, n, "count") == pytest.approx(4, rel=0.1)
    share = rng.binomial(n.astype(int), 0.4)
    assert formulas.neighbour_phi(share, n, "share") < 1.1


def planted(seed=1, days=120):
    rng = np.random.default_rng(seed)
    dates = pd.date_range("2014-01-01", periods=days, tz="UTC").repeat(4)
    frame = pd.DataFrame({"published": dates})
    frame["words"] = rng.integers(200, 800, len(frame))
    high = frame["published"].between("2014-02-10", "2014-02-19")
    clumps = frame["words"] * rng.gamma(2, 0.5, len(frame)) * 0.004
    frame["war"] = rng.poisson(clumps * np.where(high, 4, 1))
    frame["talks"] = rng.poisson(clumps)
    return frame


def measure_of(frame, items=("war", "talks"), kind="count"):
    return mk.as_measure(frame, value=list(items), exposure="words", kind=kind)


@pytest.mark.parametrize("kind", ["count", "share"])
def test_planted_days_are_found(kind):
    table = mk.bursts(measure_of(planted(), kind=kind), repeats=199)
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == TYPES
    war = table[table["item"] == "war"].iloc[0]
    assert abs(war["start"] - pd.Timestamp("2014-02-10")).days <= 2
    assert abs(war["end"] - pd.Timestamp("2014-02-19")).days <= 2
    assert war["rate_overall"] < 0.008 < war["low"] < 0.016 < war["high"]
    assert war["articles"] == 4 * war["periods"]
    assert war["p"] == 0.005
    talks = table[table["item"] == "talks"]
    assert not (talks["p"] < 0.05).any()


def test_shuffled_dates_hold_no_runs():
    found = []
    for seed in range(80):
        rng = np.random.default_rng(seed)
        frame = planted().groupby("published", as_index=False).sum()
        frame["published"] = rng.permutation(frame["published"])
        frame["published"] = pd.to_datetime(frame["published"], utc=True)
        table = mk.bursts(measure_of(frame, ["war"]), repeats=99, seed=seed)
        found.append(table["p"].min() <= 0.05)
    assert np.mean(found) <= 0.1  # nominal .05, standard error .024


def test_a_hundred_days_of_mourning():
    corpus = mk.load_sample("kcna")
    days = corpus.subset((corpus.metadata["period"] == "day").to_numpy())
    measure = mk.count_patterns(days, {"mourning": "mourning"})
    table = mk.bursts(measure, repeats=99)
    assert table["start"].tolist() == [pd.Timestamp("2011-12-19")]
    hundredth_day = pd.Timestamp("2012-03-25")
    assert abs(table.loc[0, "end"] - hundredth_day).days <= 3
    assert table.loc[0, "p"] == 0.01


def test_what_cannot_burst_is_told_why():
    few = mk.bursts(measure_of(planted(days=5), ["war"]))
    assert few["note"].tolist() == ["only 5 whole periods: too few to ask"]
    none = mk.bursts(measure_of(planted().assign(war=0), ["war"]))
    assert none["note"].tolist() == ["it stands nowhere"]
    assert none["rate_overall"].tolist() == [0]
    full = planted().assign(war=lambda frame: frame["words"] * 0.75)
    share = mk.bursts(measure_of(full, ["war"], "share"))
    assert share["note"].tolist() == ["a share of 0.75 cannot be 2 times as large"]
    empty = mk.bursts(measure_of(planted().iloc[:0]))
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()} == TYPES
    with pytest.raises(MediakitError, match="counts and shares, but 'war' is a mean"):
        mk.bursts(measure_of(planted(), ["war"], "mean"))
    with pytest.raises(MediakitError, match="`scale` must be above 1, got 1"):
        mk.bursts(measure_of(planted()), scale=1)
    with pytest.raises(MediakitError, match="`price` must be 0 or more, got -1"):
        mk.bursts(measure_of(planted()), price=-1)
