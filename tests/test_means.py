"""Means of skewed scores in unequal sides: all shuffles, and nothing planted."""

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from mediakit.formulas.means import MeanComparison
from mediakit.formulas.sums import Sums


def means(xa, xb):
    """Compare the columns, every article as long as every other."""
    sums = [Sums.of_units(x, np.ones(len(x))) for x in (xa, xb)]
    # leaving one of m equal units out: the jackknife variance of a mean is s^2 / m
    variances = [x.var(axis=0, ddof=1) / len(x) for x in (xa, xb)]
    none = np.zeros(xa.shape[1])
    return MeanComparison(*sums, *variances, none, none)


def welch_p(xa, xb):
    return stats.ttest_ind(xa, xb, equal_var=False).pvalue


def both_limits(test, alpha=0.05):
    sides = (np.full(test.a.x.shape, upper) for upper in (False, True))
    return [test.limit(alpha, upper) for upper in sides]


def test_p_is_near_the_share_of_all_shuffles_of_a_small_table():
    scores = stats.expon.ppf((np.arange(22) + 0.5) / 22)
    ways = np.array(list(combinations(range(22), 5)))  # each is a column
    rest = np.ones((len(ways), 22), bool)
    np.put_along_axis(rest, ways, False, axis=1)
    xa, xb = scores[ways].T, scores[np.nonzero(rest)[1].reshape(len(ways), -1)].T
    p, welch = means(xa, xb).p(), welch_p(xa, xb)
    exact = stats.rankdata(welch, "max") / len(ways)  # as far out, or further
    asked = (xa.mean(axis=0) < xb.mean(axis=0)) & (0.02 < exact) & (exact < 0.2)
    off, before = (np.abs(np.log(each / exact))[asked] for each in (p, welch))
    assert np.median(off) < 0.25 < 0.35 < np.median(before)
    assert np.quantile(off, 0.9) < 0.35 < 0.75 < np.quantile(before, 0.9)
    assert (p >= welch * (1 - 1e-9)).all()


@pytest.mark.parametrize("few", [10, 30, 100])
def test_nothing_planted_in_skewed_scores_is_seldom_found(few):
    rng = np.random.default_rng(few)
    xa, xb = rng.lognormal(size=(few, 3000)), rng.lognormal(size=(9 * few, 3000))
    p, welch = means(xa, xb).p(), welch_p(xa, xb)
    assert 0.035 < (p < 0.05).mean() < 0.06 < (welch < 0.05).mean()
    assert (p < 0.001).mean() <= 0.002 < (welch < 0.001).mean()


def test_interval_and_p_agree_and_swapping_sides_turns_signs():
    rng = np.random.default_rng(5)
    xa, xb = -rng.lognormal(size=(15, 400)), -rng.lognormal(size=(120, 400))
    test, swapped = means(xa, xb), means(xb, xa)
    low, high = both_limits(test)
    np.testing.assert_array_equal((low > 0) | (high < 0), test.p() < 0.05)
    np.testing.assert_allclose(swapped.p(), test.p(), rtol=1e-9)
    np.testing.assert_allclose(both_limits(swapped), [-high, -low], rtol=1e-9)
    assert (test.difference - low > high - test.difference).mean() > 0.9


def test_sides_of_one_size_are_tested_as_by_welch():
    xa, xb = np.random.default_rng(6).lognormal(size=(2, 40, 50))
    np.testing.assert_allclose(means(xa, xb).p(), welch_p(xa, xb), rtol=1e-9)


def test_p_leaves_that_of_welch_step_by_step_as_sides_grow_unequal():
    rng, away = np.random.default_rng(7), {}
    for many in (40, 44, 60, 80, 84, 120, 360):
        xa, xb = rng.lognormal(size=(40, 2000)), rng.lognormal(size=(many, 2000))
        p, welch = means(xa, xb).p(), welch_p(xa, xb)
        near = (0.01 < welch) & (welch < 0.05)
        away[many] = (p / welch)[near].mean()
    assert away[40] == pytest.approx(1)
    assert away[44] < 1.01
    assert away[44] < away[60] < away[84] < away[120] < away[360]
    assert np.abs(away[84] - away[80]) < 0.03  # at twice as many there is no jump
