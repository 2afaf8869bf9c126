"""lead_lag: statsmodels' ccf, planted leads, random walks that must not correlate."""

import json

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.formulas import series as formulas
from mediakit.infer.lead_lag import TYPES

LAGS = np.arange(-10, 11)


def walks(seed, lag=0, rho=0.8, n=240):
    """Return two autoregressions; the second follows the first by `lag`."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, n + 50))
    if lag:
        x[1] = 0.6 * np.roll(x[0], lag) + 0.8 * x[1]
    for t in range(1, n + 50):
        x[:, t] += rho * x[:, t - 1]
    x = x[:, 50:] - x[:, 50:].mean(axis=1, keepdims=True)
    return x / x.std(axis=1, keepdims=True)


def frame_of(x, seed=1):
    rng = np.random.default_rng(seed)
    days = pd.date_range("2014-01-01", periods=x.shape[1], tz="UTC")
    counts = rng.poisson(30 * np.exp(0.5 * x))
    return pd.DataFrame(
        {"published": days, "words": 900, "strike": counts[0], "talks": counts[1]}
    )


def measure_of(frame, items=("strike", "talks"), kind="count"):
    return mk.as_measure(frame, value=list(items), exposure="words", kind=kind)


@pytest.fixture(scope="module")
def table():
    measure = measure_of(frame_of(walks(1, lag=3)))
    return mk.lead_lag(measure, a="strike", b="talks", max_lag=10)


def test_correlations_are_those_of_statsmodels():
    tools = pytest.importorskip("statsmodels.tsa.stattools")
    a, b = np.random.default_rng(1).normal(size=(2, 60)).cumsum(axis=1)
    found = formulas.cross_correlations(a, b, np.arange(6))
    expected = tools.ccf(b, a, adjusted=False)[:6]
    np.testing.assert_allclose(found, expected)
    swapped = formulas.cross_correlations(b, a, -np.arange(6))
    np.testing.assert_allclose(swapped, expected)


def test_whitening_is_statsmodels_autoregression():
    models = pytest.importorskip("statsmodels.tsa.ar_model")
    x = np.zeros(400)
    rng = np.random.default_rng(2)
    for t in range(2, 400):
        x[t] = 0.5 * x[t - 1] + 0.3 * x[t - 2] + rng.normal()
    residuals, order = formulas.whiten(x)
    chosen = models.ar_select_order(x, maxlag=14, ic="aic").ar_lags
    assert order == len(chosen) >= 2
    expected = models.AutoReg(x, lags=order).fit().resid
    np.testing.assert_allclose(residuals[order:], expected, atol=1e-8)
    assert np.isnan(residuals[:order]).all()


def test_season_and_line_leave_nothing_behind():
    t = np.arange(70)
    x = 0.2 * t + np.array([0, 0, 0, 1, 0, -2, 3.0])[t % 7]
    x[13] = np.nan
    left = formulas.without_season(x, t % 7)
    assert np.isnan(left[13])
    assert np.nanmax(np.abs(left)) < 1e-9


def test_a_planted_lead_is_found_and_told_in_words(table):
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == TYPES
    assert table["lag"].tolist() == list(range(-10, 11))
    found = table[table["p"] <= 0.05]
    assert found["lag"].tolist() == [3]
    row = found.iloc[0]
    assert row["reading"] == "strike leads talks by 3 days"
    assert row["low"] > 0
    assert row["correlation"] > row["band"]
    assert (table["low"] <= table["correlation"]).mean() > 0.9
    assert table["item"].unique().tolist() == ["strike, talks"]
    assert "Coming first is not causing" in table.attrs["mediakit"]["notes"][-1]
    text = " ".join(table["reading"]) + mk.lead_lag.__doc__
    assert "influences" not in text


def test_swapped_sides_turn_the_lags_round(table):
    measure = measure_of(frame_of(walks(1, lag=3)))
    swapped = mk.lead_lag(measure, a="talks", b="strike", max_lag=10)
    expected = table["correlation"].to_numpy()[::-1]
    np.testing.assert_allclose(swapped["correlation"], expected)
    told = swapped.loc[swapped["p"] <= 0.05, "reading"].tolist()
    assert told == ["strike leads talks by 3 days"]


def test_outlets_are_sides_too_and_a_fall_is_told():
    frame = frame_of(walks(4, lag=1) * [[1], [-1]])
    one = frame[["published", "words", "strike"]].assign(outlet="A")
    other = one.assign(outlet="B", strike=frame["talks"])
    both = measure_of(pd.concat([one, other]), ["strike"])
    found = mk.lead_lag(both, by="outlet", a="A", b="B", max_lag=5)
    assert found.loc[found["p"] <= 0.05, "reading"].tolist() == [
        "B falls 1 day after A rises"
    ]
    assert found["item"].unique().tolist() == ["strike"]


@pytest.mark.parametrize("kind", ["share", "mean"])
def test_shares_and_means_lead_too(kind):
    frame = frame_of(walks(1, lag=3))
    if kind == "mean":
        frame[["strike", "talks"]] -= 30.0
    measure = measure_of(frame, kind=kind)
    found = mk.lead_lag(measure, a="strike", b="talks", max_lag=5)
    assert found.loc[found["p"] <= 0.05, "lag"].tolist() == [3]


@pytest.mark.parametrize("rho", [0, 1])
def test_series_of_their_own_do_not_lead(rho):
    season = np.arange(200) % 7
    false = naive = 0
    for seed in range(120):
        a, b = walks(seed, rho=rho, n=200)
        naive += abs(np.corrcoef(a, b)[0, 1]) > 1.98 / np.sqrt(200)
        a, b = (formulas.whiten(formulas.without_season(x, season))[0] for x in (a, b))
        rng = np.random.default_rng(seed)
        peaks = formulas.chance_peaks(a, b, LAGS, block=7, repeats=99, rng=rng)
        largest = np.abs(formulas.cross_correlations(a, b, LAGS)).max()
        false += (1 + (peaks >= largest).sum()) / 100 <= 0.05
    assert false <= 12  # nominal 6, standard error 2.4
    assert (naive > 80) == (rho == 1)


def test_intervals_hold_the_correlation():
    held = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        a = rng.normal(size=200)
        b = 0.5 * np.roll(a, 2) + np.sqrt(0.75) * rng.normal(size=200)
        b[rng.integers(0, 200, 10)] = np.nan
        low, high = formulas.correlation_intervals(
            a, b, np.array([2]), block=7, repeats=199, rng=rng, alpha=0.05
        )
        held += low[0] <= 0.5 <= high[0]
    assert 51 <= held < 60


def test_gaps_and_short_series():
    frame = frame_of(walks(1, lag=3))
    gaps = frame[~frame["published"].dt.day.isin([5, 6, 20])]
    found = mk.lead_lag(measure_of(gaps), a="strike", b="talks", max_lag=5)
    assert found.loc[found["lag"] == 3, "p"].iloc[0] <= 0.05
    assert (found["pairs"] < len(gaps)).all()
    short = mk.lead_lag(measure_of(frame[:20]), a="strike", b="talks", max_lag=2)
    assert len(short) == 5
    assert short["correlation"].isna().all()
    assert short["note"].iloc[0].startswith("only 20 periods known on both sides")
    flat = frame.assign(strike=3)
    flat = mk.lead_lag(measure_of(flat), a="strike", b="talks")
    assert flat["note"].unique().tolist() == ["one side does not vary"]
    empty = mk.lead_lag(measure_of(frame.iloc[:0]), a="strike", b="talks")
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()} == TYPES


def test_the_record_and_the_errors(table):
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    measure = measure_of(frame_of(walks(1)))
    with pytest.raises(MediakitError, match="two different items"):
        mk.lead_lag(measure, a="strike", b="strike")
    with pytest.raises(MediakitError, match="has no items"):
        mk.lead_lag(measure, a="strike", b="talk")
    with pytest.raises(MediakitError, match="`max_lag` must be a whole number from 1"):
        mk.lead_lag(measure, a="strike", b="talks", max_lag=0)
