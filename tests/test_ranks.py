"""Mann-Whitney and Welch against SciPy, on tables that are mostly zeros."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mediakit.formulas.ranks import mann_whitney_p, rate_sums, welch


def sums_of(rates, on_a):
    """Take a table of articles x items apart into its entries above 0."""
    article, item = np.nonzero(rates)
    size = rates.shape[1]
    m = (np.full(size, float(on_a.sum())), np.full(size, float((~on_a).sum())))
    return rate_sums(item, rates[article, item], on_a[article], *m)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(2, 30), st.integers(2, 30))
def test_agree_with_scipy(seed, many_a, many_b):
    rng = np.random.default_rng(seed)
    on_a = np.arange(many_a + many_b) < many_a
    counts = rng.poisson([0.1, 0.5, 3], (len(on_a), 3))
    rates = counts / rng.choice([500, 1000, 700], (len(on_a), 1))
    sums = sums_of(rates, on_a)
    t, df, p = welch(sums)
    for item in range(3):
        x, y = rates[on_a, item], rates[~on_a, item]
        if np.ptp(rates[:, item]) == 0:
            assert np.isnan(mann_whitney_p(sums)[item])
            continue
        scipy = stats.mannwhitneyu(x, y, method="asymptotic")
        assert sums.u[item] == scipy.statistic
        assert mann_whitney_p(sums)[item] == pytest.approx(scipy.pvalue, rel=1e-9)
        if min(np.ptp(x), np.ptp(y)) > 0:
            scipy = stats.ttest_ind(x, y, equal_var=False)
            assert t[item] == pytest.approx(scipy.statistic, rel=1e-9)
            assert df[item] == pytest.approx(scipy.df, rel=1e-9)
            assert p[item] == pytest.approx(scipy.pvalue, rel=1e-9)


def test_kilgarriffs_published_rank_sum():
    x, y = [12, 15, 18, 24, 88], [3, 3, 13, 27, 33]  # Kilgarriff 2001, p. 238
    sums = sums_of(np.array([x + y], float).T, np.arange(10) < 5)
    assert sums.u[0] + 5 * 6 / 2 == 31
    assert mann_whitney_p(sums)[0] == pytest.approx(0.5296, abs=5e-5)


def test_the_published_example_of_scipy():
    males, females = [19, 22, 16, 29, 24], [20, 11, 17, 12]
    sums = sums_of(np.array([males + females], float).T, np.arange(9) < 5)
    assert sums.u[0] == 17
    assert mann_whitney_p(sums)[0] == pytest.approx(0.11134688653314041)


def test_what_does_not_vary_is_missing():
    on_a = np.arange(6) < 3
    sums = sums_of(np.zeros((6, 1)), on_a)
    assert np.isnan(mann_whitney_p(sums)[0])
    assert np.isnan(welch(sums)[2][0])
    alone = sums_of(np.array([[1.0], [2.0], [3.0]]), np.arange(3) < 1)
    assert np.isfinite(mann_whitney_p(alone)[0])
    assert np.isnan(welch(alone)[2][0])
    nobody = sums_of(np.array([[1.0], [2.0]]), np.array([True, True]))
    assert np.isnan(mann_whitney_p(nobody)[0])
