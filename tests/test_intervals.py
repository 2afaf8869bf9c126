"""Intervals against published values, statsmodels, SciPy and their own equations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from mediakit.formulas.intervals import (
    mean_interval,
    score_interval,
    share_interval,
    squared_residuals,
)

COUNTS = st.integers(0, 400)
PHI = st.floats(0.05, 50)
Z = stats.norm.isf(0.025)


def test_score_interval_of_the_published_rate():
    low, high = score_interval(15, 400)  # R: DescTools PoissonCI, ratesci
    assert low == pytest.approx(0.0227264749053794, abs=1e-14)
    assert high == pytest.approx(0.0618771721463559, abs=1e-14)


@pytest.mark.parametrize(
    ("value", "exposure", "low", "high"),
    [(0, 20, 0, 0.16112516), (52, 50_000, 793.2e-6, 1363.4e-6)],
)
def test_wilson_interval_of_known_shares(value, exposure, low, high):
    assert share_interval(value, exposure) == pytest.approx((low, high), abs=5e-8)


@given(COUNTS, st.integers(1, 10_000), st.sampled_from([0.01, 0.05, 0.2]))
def test_score_interval_is_that_of_statsmodels(value, exposure, alpha):
    ours = score_interval(value, exposure, alpha=alpha)
    theirs = confint_poisson(value, exposure, method="score", alpha=alpha)
    assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-15)


@given(COUNTS, COUNTS, st.sampled_from([0.01, 0.05, 0.2]))
def test_share_interval_is_that_of_statsmodels(value, others, alpha):
    total = value + others + 1
    theirs = proportion_confint(value, total, alpha=alpha, method="wilson")
    ours = share_interval(value, total, alpha=alpha)
    assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-14)


@given(COUNTS, st.integers(1, 10_000), PHI)
def test_the_bounds_of_a_rate_solve_the_score_equation(value, exposure, phi):
    for rate in score_interval(value, exposure, phi=phi):
        distance = (value - rate * exposure) ** 2
        allowed = Z**2 * phi * rate * exposure
        assert distance == pytest.approx(allowed, rel=1e-6, abs=1e-9)


@given(COUNTS, COUNTS, PHI)
def test_phi_leaves_a_share_total_over_phi_units(value, others, phi):
    total = value + others + 1
    ours = share_interval(value, total, phi=phi)
    assert ours == pytest.approx(share_interval(value / phi, total / phi))


@given(COUNTS, COUNTS, PHI)
def test_a_share_and_its_complement_are_mirror_images(value, others, phi):
    total = value + others + 1
    low, high = share_interval(value, total, phi=phi)
    other_low, other_high = share_interval(total - value, total, phi=phi)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-12)


@pytest.mark.parametrize("interval", [score_interval, share_interval])
def test_nothing_found_has_an_upper_bound_and_nothing_read_has_none(interval):
    low, high = interval(np.array([0, 0]), np.array([100, 0]), phi=2.0)
    assert low[0] == 0
    assert 0 < high[0] < 0.1
    assert np.isnan([low[1], high[1]]).all()


@pytest.mark.parametrize("interval", [score_interval, share_interval])
def test_few_degrees_of_freedom_mean_students_t(interval):
    wider = (stats.t.isf(0.025, 4) / Z) ** 2
    np.testing.assert_allclose(interval(7, 90, df=4), interval(7, 90, phi=wider))
    assert np.isnan(interval(7, 90, df=0)).all()
    assert np.isnan(interval(7, 90, phi=np.nan)).all()


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30))
def test_a_mean_over_equal_articles_has_the_interval_of_a_t_test(scores):
    if len(set(scores)) == 1:
        return
    m, rate = len(scores), np.mean(scores)
    without = [np.mean(np.delete(scores, i)) for i in range(m)]
    variance = (m - 1) / m * np.sum((np.array(without) - rate) ** 2)
    theirs = stats.ttest_1samp(scores, 0).confidence_interval()
    assert mean_interval(rate, variance, m) == pytest.approx(tuple(theirs))


def test_a_mean_without_variation_or_without_a_second_unit_has_no_interval():
    low, high = mean_interval(
        np.array([0.5, 0.5, 0.5]), np.array([0, np.nan, 1]), np.array([9, 1, 1])
    )
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_squared_residuals_are_those_written_out():
    x, n = np.array([3.0, 0, 4, 1]), np.array([10.0, 20, 15, 5])
    rate = x.sum() / n.sum()
    naive = 4 / 3 * sum((x - rate * n) ** 2)
    sums = (x @ x, x @ n, n @ n, rate)
    assert squared_residuals(*sums, 4) == pytest.approx(naive)
    assert np.isnan(squared_residuals(*sums, 1))
    assert np.isnan(squared_residuals(*sums, 0))


def test_residuals_that_are_only_rounding_are_zero():
    n = np.array([0.1, 0.7, 0.3])
    x = 0.3 * n
    rate = x.sum() / n.sum()
    assert squared_residuals(x @ x, x @ n, n @ n, rate, 3) == 0
