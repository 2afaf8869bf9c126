"""Rates, shares and means compared: oracles, planted truth, and what is no evidence."""

import numpy as np
import pytest
from scipy import stats

from mediakit.formulas.means import MeanComparison
from mediakit.formulas.rates import RateComparison
from mediakit.formulas.score import score_test
from mediakit.formulas.shares import ShareComparison
from mediakit.formulas.sums import Sums


def prepared(xa, na, xb, nb):
    return score_test(Sums.of_units(xa, na), Sums.of_units(xb, nb))


def rates(a, b):
    zeros = np.zeros(a.x.shape)
    return RateComparison(a, b, zeros, zeros)


def test_where_many_articles_hold_the_item_the_stricter_test_counts():
    rng = np.random.default_rng(5)
    n = np.full(300, 500)
    xa = rng.poisson(rng.gamma(0.1, 10, (60, 300)))
    xb = rng.poisson(1.0, (300, 300))
    a, b = Sums.of_units(xa, n[:60]), Sums.of_units(xb, n)
    enough = np.minimum(a.held, b.held) >= 20
    assert 0 < enough.sum() < 300
    both, alone = rates(a, b), score_test(a, b)
    i = np.flatnonzero(enough)[0]
    error = np.sqrt(a.square / a.x**2 + b.square / b.x**2)[i]
    fewer = min(a.held[i], b.held[i]) - 1
    unpooled = 2 * stats.t.sf(abs(np.log(a.rate / b.rate))[i] / error, fewer)
    assert both.p()[i] == pytest.approx(max(unpooled, alone.p()[i]))
    assert np.array_equal(both.p()[~enough], alone.p()[~enough])
    assert (both.p()[enough] > alone.p()[enough]).any()
    low, high = (
        both.limit(0.05, np.zeros(300, bool)),
        both.limit(0.05, np.ones(300, bool)),
    )
    decided = np.abs(both.p() - 0.05) > 1e-3
    assert np.array_equal((both.p() < 0.05)[decided], ((low > 0) | (high < 0))[decided])


def test_a_small_side_that_clumps_more_is_told():
    rng = np.random.default_rng(11)
    small = rng.poisson(0.6 * rng.gamma(0.15, 1 / 0.15, (30, 400)))
    large = rng.poisson(0.6, (300, 400))
    a, b = (
        Sums.of_units(small, np.full(30, 500)),
        Sums.of_units(large, np.full(300, 500)),
    )
    told = rates(a, b).uneven()
    assert 0.6 < told.mean() < 0.95
    assert np.array_equal(rates(b, a).uneven(), told)
    # the other way round the test is cautious, and there is nothing to tell
    c, d = (
        Sums.of_units(large[:30], np.full(30, 500)),
        Sums.of_units(small, np.full(30, 5000)),
    )
    assert not rates(c, d).uneven().any()
    assert (rates(a, b).p()[told] < 0.05).mean() > 0.1


def test_one_article_is_no_evidence():
    # methods.md A2: 30 articles of 1,000 words a side; G2 says p = 4e-7
    xa, xb, n = np.zeros((30, 1)), np.zeros((30, 1)), np.full(30, 1000)
    xa[29], xb[28:] = 30, [[1], [2]]
    assert prepared(xa, n, xb, n).p()[0] > 0.3


@pytest.mark.parametrize(
    ("shape", "sizes"), [(1, (60, 60)), (0.2, (60, 60)), (1, (90, 15))]
)
def test_finds_nothing_where_nothing_differs(shape, sizes):
    rng = np.random.default_rng(6)
    n = np.full(sum(sizes), 500)
    x = rng.poisson(rng.gamma(shape, 1 / shape, (sum(sizes), 4000)))
    p = prepared(x[: sizes[0]], n[: sizes[0]], x[sizes[0] :], n[sizes[0] :]).p()
    assert 0.03 < (p < 0.05).mean() < 0.06
    assert (p < 0.001).mean() < 0.002


@pytest.mark.parametrize("rate", [0.0003, 0.002])
@pytest.mark.parametrize("ratio", [0.25, 0.5, 3])
@pytest.mark.parametrize("sizes", [(200, 200), (270, 30)])
def test_intervals_hold_the_planted_ratio(rate, ratio, sizes):
    rng = np.random.default_rng(7)
    n = rng.integers(200, 900, sum(sizes))
    planted = np.where(np.arange(sum(sizes)) < sizes[0], ratio, 1)
    mean = rate * n * planted
    x = rng.poisson(mean[:, None] * rng.gamma(0.7, 1 / 0.7, (sum(sizes), 3000)))
    a, b = (Sums.of_units(x[s], n[s]) for s in (planted == ratio, planted != ratio))
    low, high = (
        rates(a, b).limit(0.05, np.full(3000, upper)) for upper in (False, True)
    )
    held = ((low <= np.log2(ratio)) & (np.log2(ratio) <= high)).mean()
    # a commoner item clumps more, so one pooled dispersion is too wide where the
    # larger side has more of it, and too narrow where it has less
    assert 0.91 < held < 0.999
    assert 0.93 < held < 0.985 or rate == 0.002


def test_clusters_on_both_sides_enter_with_their_covariance():
    # with one exposure everywhere the test is the paired t test of the differences
    rng = np.random.default_rng(8)
    xa, xb = rng.poisson(rng.gamma(2, 5, (12, 2))[:, :1] * [1, 1], (2, 12, 2))
    n = np.full(12, 1000)
    a, b = Sums.of_units(xa, n), Sums.of_units(xb, n)
    products = (xa - xa.mean(0)) * (xb - xb.mean(0))
    covariance = 12 / 11 * products.sum(0)
    test = score_test(a, b, covariance=covariance, shared=np.full(2, 12.0))
    paired = stats.ttest_rel(xa, xb)
    np.testing.assert_allclose(test.p(), paired.pvalue, rtol=1e-9)
    assert (test.p() < score_test(a, b).p()).all()


def shares(a, b):
    zeros = np.zeros(a.x.shape)
    return ShareComparison(a, b, zeros, zeros)


@pytest.mark.parametrize("sizes", [(100, 100), (270, 30)])
@pytest.mark.parametrize("planted", [(0.3, 0.3), (0.02, 0.1), (0.98, 0.9)])
def test_intervals_of_shares_hold_the_planted_difference(sizes, planted):
    rng = np.random.default_rng(9)
    sides = []
    for m, p in zip(sizes, planted, strict=True):
        n = rng.geometric(1 / 15, m)
        drawn = rng.beta(9 * p, 9 * (1 - p), (m, 3000))
        sides.append(Sums.of_units(rng.binomial(n[:, None], drawn), n))
    low, high = (
        shares(*sides).limit(0.05, np.full(3000, upper)) for upper in (False, True)
    )
    difference = planted[0] - planted[1]
    assert 0.925 < ((low <= difference) & (difference <= high)).mean() < 0.985
    assert (low >= -1).all()
    assert (high <= 1).all()


def test_newcombes_worked_example_of_two_shares():
    # Newcombe 1998, 56/70 and 48/80, method 10: .0524 to .3339; independent trials
    limits = []
    for x, m in ((56, 70), (48, 80)):
        trials = np.repeat([1, 0], [x, m - x])[:, None]
        limits.append(Sums.of_units(trials, np.ones(m)))
    test = shares(*limits)
    low, high = (test.limit(0.05, np.array([u]))[0] for u in (False, True))
    # t with 148 df and the m / (m - 1) of S widen it a little
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=0.003)


def test_means_agree_with_welch_where_every_exposure_is_one():
    rng = np.random.default_rng(10)
    xa, xb = rng.normal(0, 1, (15, 3)), rng.normal(0, 2, (25, 3))
    xa, xb = np.concatenate([xa, -xa]) + 0.2, np.concatenate([xb, -xb])  # symmetric
    sums = [Sums.of_units(x, np.ones(len(x))) for x in (xa, xb)]
    # leaving one of m equal units out: the jackknife variance of a mean is s^2 / m
    variances = [x.var(0, ddof=1) / len(x) for x in (xa, xb)]
    test = MeanComparison(*sums, *variances, np.zeros(3), np.zeros(3))
    welch = stats.ttest_ind(xa, xb, equal_var=False)
    np.testing.assert_allclose(test.p(), welch.pvalue, rtol=1e-9)
    interval = welch.confidence_interval(0.95)
    np.testing.assert_allclose(test.limit(0.05, np.zeros(3, bool)), interval.low)
    np.testing.assert_allclose(test.limit(0.05, np.ones(3, bool)), interval.high)


def test_shares_of_single_answers_are_tested_as_by_pooled_chi_squared():
    rng = np.random.default_rng(4)
    chance = np.array([0.5, 0.2, 0.9, 0.03])
    first, answers = np.arange(600) < 200, np.ones(600)
    x = (rng.random((600, 4)) < chance).astype(float)
    x[:60, 0] = 1
    a, b = (Sums.of_units(x[side], answers[side]) for side in (first, ~first))
    p = ShareComparison(a, b, np.zeros(4), np.zeros(4)).test.p()
    for item in range(4):
        cells = [[side.x[item], side.n[item] - side.x[item]] for side in (a, b)]
        expected = stats.chi2_contingency(cells, correction=False).pvalue
        z = stats.norm.isf([p[item] / 2, expected / 2])
        assert z[0] == pytest.approx(z[1], abs=0.05)


def test_shares_far_apart_are_not_surer_than_fishers_exact_test():
    one = np.ones(30)
    a = Sums.of_units(np.repeat([1.0, 0.0], [13, 4])[:, None], one[:17])
    b = Sums.of_units(np.repeat([1.0, 0.0], [1, 12])[:, None], one[:13])
    p = ShareComparison(a, b, np.zeros(1), np.zeros(1)).p()[0]
    exact = stats.fisher_exact([[13, 4], [1, 12]]).pvalue
    assert exact < p < 10 * exact
