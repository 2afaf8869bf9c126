"""The score test against a naive version, the reference, its closed form, its laws."""

import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, stats

from mediakit.formulas.pearson import normal_score
from mediakit.formulas.score import score_test
from mediakit.formulas.sums import Sums

SIZES = [(200, 200), (180, 20), (20, 180), (25, 12)]


def naive_score(xa, na, xb, nb, rho=1.0):
    """The normal score as inference.md section 1 says it, for one item."""
    ra, rb, x = xa.sum() / na.sum(), xb.sum() / nb.sum(), xa.sum() + xb.sum()
    ea, eb = xa - ra * na, xb - rb * nb
    ma, mb = len(xa), len(xb)
    phi = (ma / (ma - 1) * (ea**2).sum() + mb / (mb - 1) * (eb**2).sum()) / x
    r = x / (rho * na.sum() + nb.sum())
    expect_a, expect_b = rho * r * na.sum(), r * nb.sum()
    u, v = xa.sum() - expect_a, phi * expect_a * expect_b / x
    third = max(0, (ea**3).sum() + (eb**3).sum()) / x
    if np.sign(u) * (expect_b - expect_a) < 0:
        third = min(third, phi**2)
    g = (expect_b**3 * expect_a - expect_a**3 * expect_b) / x**3 * third / v**1.5
    z = u / np.sqrt(v)
    if abs(g) < 0.01:
        return z
    upper, lower = stats.pearson3.sf(z, g), stats.pearson3.cdf(z, g)
    return stats.norm.isf(upper) if upper < lower else -stats.norm.isf(lower)


def naive_p(*sides, rho=1.0):
    df = len(sides[0]) + len(sides[2]) - 2
    return 2 * stats.t.sf(abs(naive_score(*sides, rho=rho)), df)


def clumped(seed, articles_a, articles_b, items):
    """Two sides of articles of unequal length whose words come in bursts."""
    rng = np.random.default_rng(seed)
    rate = 10 ** rng.uniform(-4.5, -2, items)
    sides = []
    for m in (articles_a, articles_b):
        n = rng.lognormal(6.3, 0.6, m).astype(int) + 20
        x = rng.poisson(n[:, None] * rate * rng.gamma(0.5, 2, (m, items)))
        sides += [x, n]
    return sides


def prepared(xa, na, xb, nb):
    return score_test(Sums.of_units(xa, na), Sums.of_units(xb, nb))


@pytest.mark.parametrize("sizes", SIZES)
def test_p_and_limits_agree_with_the_naive_version(sizes):
    xa, na, xb, nb = clumped(1, *sizes, 40)
    test = prepared(xa, na, xb, nb)
    p, low, high = test.p(), test.limit(0.05, False), test.limit(0.05, True)
    critical = stats.t.isf(0.025, sum(sizes) - 2)
    checked = 0
    for i in np.flatnonzero((xa.sum(0) > 0) & (xb.sum(0) > 0)):
        sides = xa[:, i], na, xb[:, i], nb
        assert p[i] == pytest.approx(naive_p(*sides), abs=1e-9)
        for limit, target in ((low[i], critical), (high[i], -critical)):
            root = optimize.brentq(
                lambda u, s=sides, t=target: naive_score(*s, rho=2**u) - t, -12, 12
            )
            checked += abs(limit - root) < 1e-6
            # where |g| passes 0.01 the score jumps a little and has two roots
            assert limit == pytest.approx(root, abs=0.02)
    assert checked > 50


@pytest.mark.parametrize("sizes", [*SIZES, (1000, 1000)])
def test_is_the_reference_implementation(shared, sizes, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(shared / "tools"), *sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    reference = pytest.importorskip("score_test")
    xa, na, xb, nb = clumped(2, *sizes, 1500)
    p, low, high = reference.compare(reference.sums(xa, na), reference.sums(xb, nb))
    test = prepared(xa, na, xb, nb)
    np.testing.assert_allclose(test.p(), p, rtol=0, atol=1e-9)
    some = xa.sum(0) + xb.sum(0) > 0  # the reference gives -inf to inf without hits
    for upper, expected in ((False, low), (True, high)):
        limit = test.limit(0.05, upper)
        assert np.isnan(limit[~some]).all()
        assert np.array_equal(np.isinf(limit[some]), np.isinf(expected[some]))
        finite = np.isfinite(limit)
        apart = np.abs(limit[finite] - expected[finite]) > 1e-6
        # where |skewness| passes 0.01 the score jumps and has two roots; ours is one
        for i in np.flatnonzero(finite)[apart]:
            beside = [test[[i]].p(2.0 ** (limit[i] + d))[0] for d in (-1e-6, 1e-6)]
            assert min(beside) < 0.05 < max(beside)
        assert apart.mean() < 0.005


def test_a_case_worked_by_hand():
    # U = 9 - 5.5 = 3.5; S = 4/3 (8.75 + 1) = 13; V = 13/4; no skewness at 50/50
    test = prepared(
        np.array([[3], [0], [2], [4]]),
        np.full(4, 100),
        np.array([[1], [0], [1], [0]]),
        np.full(4, 100),
    )
    assert test.p()[0] == pytest.approx(2 * stats.t.sf(3.5 / np.sqrt(13 / 4), 6))
    # without skewness the interval is Wilson's for a share of 9/11 of X / phi hits
    t = stats.t.isf(0.025, 6)
    c = t**2 / (11**2 / 13)
    share = 9 / 11
    middle, half = share + c / 2, np.sqrt(c * (share * (1 - share) + c / 4))
    wilson = (middle - half) / (1 + c)
    plain = type(test)(test.share, test.size, 0 * test.skewness, test.balance, test.df)
    low = plain.limit(0.05, False)[0]
    assert low == pytest.approx(np.log2(wilson / (1 - wilson)))


def test_normal_score_agrees_with_scipy_in_both_tails():
    z, skew = (g.ravel() for g in np.meshgrid(np.linspace(-3, 8, 23), [-2, -0.3, 0.5]))
    inside = 1 + z * skew / 2 > 0
    expected = -stats.norm.ppf(stats.pearson3.sf(z, skew))
    score = normal_score(z, skew)
    near = inside & (np.abs(expected) < 5)
    np.testing.assert_allclose(score[near], expected[near], atol=1e-7)
    assert np.isinf(score[~inside]).all()
    far = normal_score(np.array([30.0]), np.array([0.1]))[0]
    assert far == pytest.approx(stats.norm.isf(stats.pearson3.sf(30, 0.1)), abs=1e-9)


counts = st.lists(
    st.tuples(st.integers(0, 9), st.integers(10, 500)), min_size=3, max_size=25
)


@given(counts, counts)
def test_swapping_the_sides_turns_signs_and_changes_nothing_else(side_a, side_b):
    a, b = (side_sums(side) for side in (side_a, side_b))
    assume((a.x + b.x)[0] > 0)
    one, other = score_test(a, b), score_test(b, a)
    np.testing.assert_allclose(one.p(), other.p(), rtol=1e-8)
    np.testing.assert_allclose(
        one.limit(0.05, False), -other.limit(0.05, True), atol=1e-6
    )


def side_sums(side):
    x, n = np.array(side).T
    return Sums.of_units(x[:, None], n)


@given(counts, st.integers(1, 24))
def test_sums_are_additive_and_a_unit_can_be_taken_away(side, place):
    whole, place = side_sums(side), min(place, len(side) - 1)
    parts = side_sums(side[:place]) + side_sums(side[place:])
    x, n = (np.array([float(v)]) for v in side[place])
    fewer = whole.without(x, n)
    rest = side_sums(side[:place] + side[place + 1 :])
    for name in vars(whole):
        assert getattr(parts, name) == getattr(whole, name)
        assert getattr(fewer, name) == getattr(rest, name)


@given(counts, counts, st.sampled_from([1e-3, 7.0, 1e6]))
def test_the_unit_of_exposure_does_not_matter(side_a, side_b, factor):
    a, b = side_sums(side_a), side_sums(side_b)
    assume((a.x + b.x)[0] > 0)
    scaled = [side_sums([(x, n * factor) for x, n in s]) for s in (side_a, side_b)]
    np.testing.assert_allclose(score_test(*scaled).p(), score_test(a, b).p(), rtol=1e-6)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("alpha", [0.05, 1e-5])
def test_p_at_a_limit_is_alpha_and_zero_counts_are_one_sided(sizes, alpha):
    test = prepared(*clumped(3, *sizes, 400))
    one_sided = 0
    for upper in (False, True):
        limit = test.limit(alpha, upper)
        for i in np.flatnonzero(np.isfinite(limit))[:60]:
            assert test[[i]].p(2.0 ** limit[i])[0] == pytest.approx(alpha, rel=0.05)
        none = test.share == (1 if upper else 0)
        assert (np.isinf(limit) == none).all()
        one_sided += none.sum()
    assert one_sided or min(sizes) > 100


def test_undefined_is_missing_and_never_zero():
    n = np.array([100, 200, 300])
    nothing, constant = np.zeros((3, 1), int), (n // 100)[:, None]
    some = np.array([[1], [0], [2]])
    for xa, xb in ((nothing, nothing), (constant, 2 * constant)):
        test = prepared(xa, n, xb, n)
        assert np.isnan(test.p()).all()
        assert np.isnan(test.limit(0.05, True)).all()
    alone = prepared(some[:1], n[:1], some, n)
    assert np.isnan(alone.p()).all()


def test_units_without_exposure_are_no_evidence():
    x, n = np.array([[1], [0], [4]]), np.array([10, 0, 30])
    sums = Sums.of_units(x, n)
    assert (sums.m, sums.held, sums.n) == ([2], [2], [40])


def test_squares_survive_large_counts():
    rng = np.random.default_rng(4)
    n = rng.integers(900_000, 1_100_000, 200)
    x = np.round(0.05 * n).astype(int) + rng.integers(-3, 4, 200)
    total, exposure = (Fraction(int(v.sum())) for v in (x, n))
    residuals = [int(i) - total / exposure * int(j) for i, j in zip(x, n, strict=True)]
    exact = float(sum(r**2 for r in residuals)) * 200 / 199
    assert Sums.of_units(x[:, None], n).square[0] == pytest.approx(exact, rel=1e-4)
    same = Sums.of_units((n * 3)[:, None], n)
    assert same.square[0] == 0
