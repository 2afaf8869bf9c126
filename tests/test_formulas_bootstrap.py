"""BCa against SciPy, Lijffijt's p against a literal version, and what is undefined."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mediakit.formulas import bootstrap
from mediakit.formulas.sums import Sums


def two_sides(seed, many=(60, 25)):
    """Return uses in articles of one length, in bursts, on two sides."""
    rng = np.random.default_rng(seed)
    return [rng.poisson(rng.gamma(0.6, 3, m)) + (np.arange(m) < 2) for m in many]


def drawn_log_ratios(x, rng, draws=9999):
    means = [side[rng.integers(0, len(side), (draws, len(side)))].mean(1) for side in x]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(np.log2(means[0] / means[1]), nan=0.0)[None, :]


def log_ratio(a, b, axis=-1):
    return np.log2(a.mean(axis=axis) / b.mean(axis=axis))


def accelerated(x):
    a, b = (Sums.of_units(side[:, None], np.ones(len(side))) for side in x)
    variance = a.square / a.x**2 + b.square / b.x**2
    return bootstrap.acceleration(a, b, a.x, b.x, variance)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("many", [(60, 25), (40, 200)])
def test_bca_agrees_with_scipy(seed, many):
    x = two_sides(seed, many)
    drawn = drawn_log_ratios(x, np.random.default_rng(seed))
    given = drawn, np.array([log_ratio(*x)]), accelerated(x)
    low, high = bootstrap.bca_limits(*given, alpha=0.05)
    scipy = stats.bootstrap(
        x, log_ratio, n_resamples=9999, method="BCa", rng=np.random.default_rng(9)
    ).confidence_interval
    width = scipy.high - scipy.low
    assert low[0] == pytest.approx(scipy.low, abs=0.06 * width)
    assert high[0] == pytest.approx(scipy.high, abs=0.06 * width)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.floats(0.02, 0.5))
def test_p_and_interval_agree(seed, alpha):
    x = two_sides(seed, (31, 37))
    drawn = drawn_log_ratios(x, np.random.default_rng(seed), 999)
    given = drawn, np.array([log_ratio(*x)]), accelerated(x)
    p = bootstrap.bca_p(*given)[0]
    for level, outside in ((p + 0.02, True), (p - 0.02, False)):
        if 0.01 < level < 0.99:
            low, high = bootstrap.bca_limits(*given, alpha=level)
            # a draw may be exactly 0, and then a limit
            assert low[0] >= 0 or high[0] <= 0 if outside else low[0] <= 0 <= high[0]
    low, high = bootstrap.bca_limits(*given, alpha=alpha)
    assert low[0] <= high[0]
    assert 1 / 1000 <= p <= 1


def test_swapping_the_sides_turns_the_sign_and_nothing_else():
    x = two_sides(5)
    drawn = drawn_log_ratios(x, np.random.default_rng(5), 999)
    estimate, speed = np.array([log_ratio(*x)]), accelerated(x)
    swapped = -drawn, -estimate, accelerated(x[::-1])
    np.testing.assert_allclose(swapped[2], -speed)
    p = bootstrap.bca_p(drawn, estimate, speed)
    np.testing.assert_allclose(bootstrap.bca_p(*swapped), p)
    low, high = bootstrap.bca_limits(drawn, estimate, speed, alpha=0.05)
    turned = bootstrap.bca_limits(*swapped, alpha=0.05)
    assert (turned[1][0], turned[0][0]) == (-low[0], -high[0])
    lijffijt = bootstrap.lijffijt_p(drawn)
    np.testing.assert_allclose(bootstrap.lijffijt_p(-drawn), lijffijt)


def test_lijffijts_p_as_the_paper_defines_it():
    rng = np.random.default_rng(2)
    s, t = rng.integers(0, 4, (2, 199))  # mean frequencies of both corpora's samples
    pairs = zip(s, t, strict=True)
    heaviside = sum(1 if b > a else 0.5 if b == a else 0 for a, b in pairs)
    one_tailed = heaviside / 199
    expected = (1 + 2 * 199 * min(one_tailed, 1 - one_tailed)) / (1 + 199)
    assert bootstrap.lijffijt_p((s - t)[None, :].astype(float)) == pytest.approx(
        expected
    )


def test_where_a_side_has_none_bca_says_nothing():
    drawn = np.full((1, 99), np.inf)
    estimate, none = np.array([np.inf]), np.array([np.nan])
    assert np.isnan(bootstrap.bca_p(drawn, estimate, none))
    low, high = bootstrap.bca_limits(drawn, estimate, none, alpha=0.05)
    assert np.isnan([low[0], high[0]]).all()
    assert bootstrap.lijffijt_p(drawn) == 0.01


def test_far_from_zero_p_goes_on_where_draws_end():
    rng = np.random.default_rng(4)
    drawn = rng.normal(0, 1, (4, 999)) + np.array([[2.0], [2.6], [3.0], [-9.0]])
    estimate = np.array([2.0, 2.6, 3.0, -9.0])
    p = bootstrap.bca_p(drawn, estimate, np.zeros(4))
    normal = 2 * stats.norm.sf(np.abs(estimate))
    assert np.abs(np.log(p[:3] / normal[:3])).max() < np.log(3.5)
    assert p[3] == 0.001
    # however skewed the articles, what no draw comes near is found
    assert bootstrap.bca_p(drawn[3:], estimate[3:], np.array([0.15]))[0] < 0.005
    few_values = np.where(np.arange(999) < 995, 1.0, -1.0)[None, :]
    assert 0.001 < bootstrap.bca_p(few_values, np.ones(1), np.zeros(1))[0] < 0.1
