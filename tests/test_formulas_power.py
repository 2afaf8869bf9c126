"""Power against the textbook's formula, the test itself, and simulated counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from mediakit.formulas.pearson import normal_score, quantile
from mediakit.formulas.power import chance_to_find, least_ratio
from mediakit.formulas.score import ScoreTest, score_test
from mediakit.formulas.sums import Sums

OPTIONS = {"alpha": 0.05, "power": 0.8}


def even(size=100.0, skewness=0.0, balance=0.0, df=1e9, share=0.5):
    numbers = (share, size, skewness, balance, df)
    return ScoreTest(*(np.array([number]) for number in numbers))


def textbook(size, balance):
    """Power of the test of two Poisson rates, given their sum, without skewness."""
    s = special.expit(balance)
    critical = s + special.ndtri(0.975) * np.sqrt(s * (1 - s) / size)
    grid = np.linspace(critical, 1 - 1e-9, 2_000_001)
    z = (grid - critical) / np.sqrt(grid * (1 - grid) / size)
    share = grid[np.searchsorted(z, special.ndtri(0.8))]
    return share / (1 - share) / np.exp(balance)


@pytest.mark.parametrize("size", [50, 400, 10_000])
@pytest.mark.parametrize("balance", [-1.5, 0.0, 2.0])
def test_is_the_textbooks_without_skewness(size, balance):
    test = even(size, balance=balance)
    ratio = least_ratio(test, upper=True, **OPTIONS)[0]
    assert ratio == pytest.approx(textbook(size, balance), rel=1e-4)


@settings(max_examples=30)
@given(
    st.floats(5, 5000),
    st.floats(0, 8),
    st.floats(-3, 3),
    st.booleans(),
    st.floats(0.3, 0.95),
)
def test_the_ratio_stands_where_the_test_says(size, skewness, balance, upper, power):
    test = even(size, skewness, balance, df=200)
    options = {"alpha": 0.05, "upper": upper}
    ratio = least_ratio(test, power=power, **options)[0]
    assert ratio > 1 if upper else ratio < 1
    more = least_ratio(test, power=power / 2 + 0.5, **options)[0]
    stricter = least_ratio(test, power=power, alpha=0.001, upper=upper)[0]
    for further in (more, stricter):
        assert further >= ratio if upper else further <= ratio
    mirror = even(size, skewness, -balance, df=200)
    other = least_ratio(mirror, power=power, alpha=0.05, upper=not upper)[0]
    with np.errstate(divide="ignore"):
        assert np.log(ratio) == pytest.approx(-np.log(other), rel=1e-6)


def test_too_few_hits_show_no_ratio():
    assert least_ratio(even(3.0), upper=True, **OPTIONS)[0] == np.inf
    assert least_ratio(even(3.0), upper=False, **OPTIONS)[0] == 0
    assert np.isnan(least_ratio(even(np.nan), upper=True, **OPTIONS)[0])


@given(st.floats(-6, 6), st.floats(-3, 3))
def test_quantile_inverts_the_normal_score(score, skew):
    z = quantile(np.array([score]), np.array([skew]))
    assert np.isfinite(z)
    # near its end a Pearson III is too steep to be read back
    if z[0] * skew / 2 + 1 > 1e-6:
        back = normal_score(z, np.array([skew]))
        assert back[0] == pytest.approx(score, abs=1e-5)


@pytest.mark.parametrize("many", [(150, 150), (60, 240)])
def test_planted_differences_are_found_as_often_as_promised(many):
    rng = np.random.default_rng(8)
    n = rng.integers(200, 900, sum(many))

    def sides(ratio, items):
        busy = rng.gamma(0.7, 1 / 0.7, (sum(many), items))
        rate = np.repeat([ratio, 1.0], many)[:, None] * 0.002
        x = rng.poisson(rate * n[:, None] * busy)
        a = np.arange(sum(many)) < many[0]
        return Sums.of_units(x[a], n[a]), Sums.of_units(x[~a], n[~a])

    ratio = 1.5
    for _ in range(6):  # X and phi depend on the ratio that is planted
        test = score_test(*sides(ratio, 300))
        ratio = np.median(least_ratio(test, upper=True, **OPTIONS))
    found = score_test(*sides(ratio, 1500)).p() < 0.05
    assert 0.75 < found.mean() < 0.85


@settings(max_examples=30)
@given(
    st.floats(20, 5000),
    st.floats(0, 8),
    st.floats(-2, 2),
    st.floats(0.06, 0.99),
    st.booleans(),
)
def test_the_chance_to_find_is_the_least_ratio_turned_round(
    size, skewness, balance, power, upper
):
    test = even(size, skewness, balance, df=200)
    ratio = least_ratio(test, alpha=0.05, power=power, upper=upper)
    found = chance_to_find(test, ratio, alpha=0.05, upper=upper)[0]
    if np.isfinite(ratio[0]) and ratio[0] > 0:
        assert found == pytest.approx(power, abs=1e-6)
    else:
        assert found == 0


def test_the_chance_to_find_is_that_of_two_poisson_rates():
    rng = np.random.default_rng(4)
    a, b = rng.poisson(60, 40_000), rng.poisson(40, 40_000)
    size = (a + b).astype(float)
    z = (a - b) / np.sqrt(size)
    expected = chance_to_find(even(100.0), 1.5, alpha=0.05, upper=True)[0]
    assert np.mean(z > special.ndtri(0.975)) == pytest.approx(expected, abs=0.015)
    other = chance_to_find(even(100.0), 1.5, alpha=0.05, upper=False)[0]
    assert other < 0.001
