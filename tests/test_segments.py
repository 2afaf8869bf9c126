"""Change points on arrays: the Nile, a naive version, ruptures, and planted steps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mediakit.formulas import segments


@pytest.fixture(scope="module")
def nile():
    """Return the flow of the Nile at Aswan, 1871 to 1970 (Cobb 1978)."""
    from statsmodels.datasets import nile

    return nile.load_pandas().data["volume"].to_numpy(float)


def cut(value, exposure=None, kind="count", *, block=1, most=5, repeats=199, seed=1):
    exposure = np.ones(len(value)) if exposure is None else exposure
    options = {"block": block, "most": most, "repeats": repeats}
    rng = np.random.default_rng(seed)
    return segments.find_cuts(value, exposure, kind, rng=rng, **options)


def test_the_nile_fell_in_1899(nile):
    (found,), p = cut(nile, kind="mean", repeats=999)
    assert found.at == 28
    assert nile[:28].mean() == pytest.approx(1097.75)
    assert nile[28:].mean() == pytest.approx(849.972, abs=1e-3)
    assert p == found.p == 0.001
    assert (found.low, found.high) == (26, 29)


def test_cuts_are_those_of_exact_search(nile):
    ruptures = pytest.importorskip(
        "ruptures", reason="ruptures (the extra `stats`) is missing"
    )
    options = {"model": "l2", "jump": 1, "min_size": segments.SHORTEST}
    rng = np.random.default_rng(2)
    stairs = rng.normal(np.repeat([0, 2.5, 1], [40, 30, 50]), 1)
    for signal, number in ((nile, 1), (stairs, 2)):
        exact = ruptures.Dynp(**options).fit(signal).predict(n_bkps=number)
        found, _ = cut(signal, kind="mean", most=number)
        assert [one.at for one in found] == exact[:-1]


def deviance(x, n, kind):
    """Compute the deviance of one rate from scipy's log likelihoods."""
    rate = x.sum() / n.sum()
    if kind == "mean":
        return (n * (x / n - rate) ** 2).sum()
    if kind == "share":
        law, full = (lambda r: stats.binom.logpmf(x, n, r)), x / n
    else:
        law, full = (lambda r: stats.poisson.logpmf(x, n * r)), x / n
    return 2 * (law(full) - law(rate)).sum()


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_gains_are_differences_of_deviance(kind):
    rng = np.random.default_rng(3)
    n = rng.integers(5, 40, 20).astype(float)
    x = rng.binomial(n.astype(int), 0.3).astype(float)
    found = segments.gains(x, n, kind)
    assert np.isneginf(found[[0, 1, 2, 18, 19, 20]]).all()
    for k in range(3, 18):
        parts = deviance(x[:k], n[:k], kind) + deviance(x[k:], n[k:], kind)
        assert found[k] == pytest.approx(deviance(x, n, kind) - parts, abs=1e-9)


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_dispersion_is_that_of_statsmodels(kind):
    api = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(4)
    n = rng.integers(5, 40, 40).astype(float)
    chance = rng.beta(2, 4, 40)
    x = rng.binomial(n.astype(int), chance).astype(float)
    design = np.column_stack([np.arange(40) < 15, np.arange(40) >= 15]).astype(float)
    if kind == "count":
        fitted = api.GLM(x, design, api.families.Poisson(), exposure=n).fit()
    elif kind == "share":
        both = np.column_stack([x, n - x])
        fitted = api.GLM(both, design, api.families.Binomial()).fit()
    else:
        fitted = api.WLS(x / n, design, n).fit()
    phi, long_run = segments.dispersion(x, n, [15], kind)
    by_pearson = kind != "mean"
    expected = fitted.pearson_chi2 / fitted.df_resid if by_pearson else fitted.scale
    assert expected > (1 if by_pearson else 0)
    assert phi == pytest.approx(expected)
    assert long_run >= phi


@given(seed=st.integers(0, 1000), scale=st.sampled_from([0.5, 3.0, 1e6]))
@settings(max_examples=20)
def test_the_unit_of_the_exposure_moves_nothing(seed, scale):
    rng = np.random.default_rng(seed)
    n = rng.integers(20, 90, 50).astype(float)
    x = rng.poisson(n * np.where(np.arange(50) < 20, 0.05, 0.2)).astype(float)
    one, p = cut(x, n, repeats=19)
    other, other_p = cut(x, n * scale, repeats=19)
    assert [c.at for c in one] == [c.at for c in other]
    assert p == other_p
    backwards = segments.gains(x[::-1], n[::-1], "count")[::-1]
    np.testing.assert_allclose(segments.gains(x, n, "count"), backwards, atol=1e-8)


def test_shuffling_keeps_runs_together_and_loses_nothing():
    order = segments.shuffled(23, 5, 40, np.random.default_rng(1))
    assert (np.sort(order, axis=1) == np.arange(23)).all()
    together = (np.diff(order, axis=1) % 23 == 1).mean()
    assert 0.75 < together < 0.95
    assert len({tuple(row) for row in order.tolist()}) > 35


def test_intervals_hold_planted_steps():
    held, where = 0, 60
    for seed in range(100):
        rng = np.random.default_rng(seed)
        n = rng.integers(50, 500, 120).astype(float)
        level = np.where(np.arange(120) < where, 0.02, 0.06)
        x = rng.poisson(n * level * rng.gamma(3, 1 / 3, 120)).astype(float)
        found, _ = cut(x, n, repeats=19, most=1)
        assert len(found) == 1
        held += found[0].low <= where <= found[0].high
    assert 90 <= held < 100


def test_memory_is_paid_for():
    rng = np.random.default_rng(6)
    waves = np.repeat(rng.gamma(2, 5, 20), 15)
    x = rng.poisson(waves).astype(float)
    block = segments.block_length(x, np.ones(300), "count", 1)
    assert block >= 20
    assert cut(x, block=1)[1] < 0.01
    assert cut(x, block=block)[1] > 0.05


def test_nothing_to_ask_is_no_answer():
    found, p = cut(np.zeros(30))
    assert found == []
    assert np.isnan(p)
    assert cut(np.arange(5.0))[0] == []
    assert segments.block_length(np.zeros(30), np.ones(30), "count", 1) == 3
