"""Tails of opposite leanings, and dispersion that grows with the rate, both planted."""

import numpy as np
import pytest
from scipy import optimize, stats

from mediakit.formulas.pearson import normal_score
from mediakit.formulas.rates import ClusterComparison, RateComparison
from mediakit.formulas.score import score_test
from mediakit.formulas.score_kinds import GrowingTest, tail_freedom
from mediakit.formulas.strata import TERMS, stratum_terms
from mediakit.formulas.sums import Sums
from mediakit.formulas.within import Matched

STRATA, ARTICLES, WORDS = 24, 20, 500
SIDE_A = np.where(np.arange(STRATA) % 2, 2, 18)  # every second leans the other way


def bursts(rng, items):
    """Uses of words with one burst, strata x articles x items; no side has more."""
    x = rng.poisson(0.02, (STRATA, ARTICLES, items))
    where = rng.integers(0, STRATA, items), rng.integers(0, ARTICLES, items)
    x[*where, np.arange(items)] += 5
    return x


def terms_of_strata(x):
    """The first of each stratum's articles are side a."""
    sides = [[], []]
    for stratum, count in zip(x, SIDE_A, strict=True):
        for part, into in zip((stratum[:count], stratum[count:]), sides, strict=True):
            into.append(Sums.of_units(part, np.full(len(part), WORDS)))
    pairs = list(zip(*sides, strict=True))
    one = np.ones(x.shape[2])
    first = sum(stratum_terms(a, b, one) for a, b in pairs)
    p, q = (first[TERMS.index(name)] for name in "pq")
    return sum(stratum_terms(a, b, p / np.maximum(q, 1e-9)) for a, b in pairs)


def matched_of(x):
    items, n = x.shape[2], WORDS * SIDE_A
    size = np.ones(items)
    m = np.array([SIDE_A.sum(), (ARTICLES - SIDE_A).sum()])[:, None] * size
    weight = (n * (WORDS * ARTICLES - n) / (WORDS * ARTICLES)).sum()
    df = (STRATA * (ARTICLES - 2)) * size
    terms = terms_of_strata(x)
    return Matched("count", terms, weight * size, m, m * WORDS, m, df, STRATA * size)


def test_cumulants_are_those_of_shuffled_labels():
    x = bursts(np.random.default_rng(1), 6)
    x[:] = np.where(x == x.max(axis=(0, 1)), x, 0)  # the burst alone: no bound, exact
    terms = terms_of_strata(x)
    second, fourth = np.zeros((2, 6))
    for stratum, count in zip(x, SIDE_A, strict=True):
        e, share = stratum - stratum.mean(axis=0), count / ARTICLES
        w = share * (1 - share)
        second += w * (e**2).sum(axis=0) * ARTICLES / (ARTICLES - 1)
        fourth += w * (1 - 6 * w) * (e**4).sum(axis=0)
    np.testing.assert_allclose(terms[TERMS.index("shuffled")], second)
    np.testing.assert_allclose(terms[TERMS.index("fourth")], fourth, rtol=0.11)


def test_bursts_in_strata_of_opposite_leanings_are_not_found_by_chance():
    compared = matched_of(bursts(np.random.default_rng(2), 6_000))
    p, test = compared.p(), compared._score
    short = type(test)(**{**vars(test), "df": compared.df}).p()
    assert (short < 0.01).mean() > 0.025  # what skewness alone lets through
    assert (p < 0.01).mean() < 0.005
    assert 0.04 < (p < 0.05).mean() < 0.06


def test_words_without_bursts_keep_their_degrees_of_freedom():
    rng = np.random.default_rng(3)
    compared = matched_of(rng.poisson(1.0, (STRATA, ARTICLES, 200)))
    assert compared._score.df.min() > 100  # where t and the normal hardly differ


def test_in_one_stratum_no_tail_is_beyond_that_of_the_skewness():
    rng = np.random.default_rng(4)
    x = rng.negative_binomial(0.3, 0.2, (200, 300))
    a, b = (Sums.of_units(part, np.full(len(part), 9)) for part in (x[:20], x[20:]))
    test = score_test(a, b)
    terms = stratum_terms(a, b, np.ones(300))
    second, fourth = (terms[TERMS.index(name)] for name in ("shuffled", "fourth"))
    assert (tail_freedom(test, fourth / second**2) > 150).mean() > 0.95


def weeks(rng, a, b, ratio, items=400):
    """Uses in weeks whose rates vary, by side."""
    sides = []
    for count, factor in ((a, ratio), (b, 1.0)):
        x = rng.poisson(factor * 12 * rng.gamma(2, 0.5, (count, items)))
        sides.append(Sums.of_units(x, rng.integers(8000, 9000, count)))
    return sides


def growing(a, b):
    test = score_test(a, b)
    phi = (a.x + b.x) / test.size
    return test, GrowingTest(**vars(test), excess=np.maximum(1 - 1 / phi, 0))


def test_dispersion_follows_the_rates_as_a_naive_version_says():
    a, b = weeks(np.random.default_rng(5), 40, 12, 0.5, items=30)
    test, grown = growing(a, b)
    for i in range(30):
        x, na, nb = (a.x + b.x)[i], a.n[i], b.n[i]
        phi, third = x / test.size[i], test.skewness[i]

        def score(log2, x=x, na=na, nb=nb, phi=phi, third=third, i=i):
            rho = 2.0**log2
            r = x / (rho * na + nb)
            expect_a, expect_b = rho * r * na, r * nb
            tau = (phi - 1) * x / (rho * r * expect_a + r * expect_b)
            phi_a, phi_b = 1 + tau * rho * r, 1 + tau * r
            both = max((phi_a * expect_b + phi_b * expect_a) / x, phi)
            v = both * expect_a * expect_b / x
            u = a.x[i] - expect_a
            if u * (expect_b - expect_a) < 0:
                third = min(third, 1)
            g = third * both**2 * (expect_b - expect_a) * expect_a * expect_b
            g = g / x**2 / v**1.5
            return normal_score(np.array([u / np.sqrt(v)]), np.array([g]))[0]

        for upper in (False, True):
            limit = grown[[i]].limit(0.05, upper)[0]
            target = stats.t.isf(0.025, 50) * (-1 if upper else 1)
            root = optimize.brentq(lambda u, t=target, f=score: f(u) - t, -9, 9)
            assert limit == pytest.approx(root, abs=1e-5)


def test_at_equal_rates_it_is_the_plain_test():
    test, grown = growing(*weeks(np.random.default_rng(6), 40, 12, 1.0))
    np.testing.assert_allclose(grown.p(), test.p(), rtol=1e-12)
    even, same = growing(*weeks(np.random.default_rng(6), 30, 30, 0.5))
    for rho in (0.5, 2.0):  # sides alike in size have nothing to gain
        np.testing.assert_allclose(same.p(rho), even.p(rho), rtol=0.05)


def test_intervals_of_few_weeks_with_the_higher_rate_hold():
    rng, covered = np.random.default_rng(7), []
    for _ in range(6):
        a, b = weeks(rng, 110, 12, 0.25)
        none = np.zeros(400)
        ends = []
        for kind in (RateComparison, ClusterComparison):
            compared = kind(a, b, none, none)
            low, high = (compared.limit(0.05, np.full(400, u)) for u in (False, True))
            covered.append((low <= -2) & (high >= -2))
            ends.append((low, high))
        assert (ends[1][0] <= ends[0][0]).all()
        assert (ends[1][1] >= ends[0][1]).all()
        assert (
            kind(a, b, none, none).p() == RateComparison(a, b, none, none).p()
        ).all()
    plain, grown = np.mean(covered[::2]), np.mean(covered[1::2])
    assert plain < 0.89 < 0.925 < grown < 0.98, (plain, grown)
