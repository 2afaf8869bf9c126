"""Sizes of differences pinned to published numbers and SciPy."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from mediakit.formulas import effects

# methods.md A1: occurrences and words of each side
LANCASTER = (52, 57, 50_000, 75_000)
BREZINA = (620, 267, 1_017_879, 1_007_532)
GABRIELATOS_MARCHI = (206_523, 178_174, 959_641, 1_562_358)
SHARD = (35, 263, 112_289_776, 1_559_716_979)  # Kilgarriff 2009; Sketch Engine
HOFLAND_JOHANSSON = (18, 35, 1e6, 1e6)
TUMOURS = (11, 21, 800, 3011)  # the second example of R's ?poisson.test
occurrences = st.integers(0, 300)
words = st.integers(1000, 100_000)


@pytest.mark.parametrize(
    ("name", "counts", "published", "within"),
    [
        ("log_ratio_hardie", BREZINA, 1.2007, 5e-5),
        ("log_ratio_hardie", LANCASTER, 0.4525, 5e-5),
        ("log_ratio_hardie", (6, 2, 10_000, 10_000), np.log2(3), 1e-12),
        ("percent_diff", BREZINA, 129.849, 5e-4),
        ("percent_diff", LANCASTER, 36.842, 5e-4),
        ("percent_diff", GABRIELATOS_MARCHI, 88.7, 0.05),
        ("odds_ratio", LANCASTER, 1.3688, 5e-5),
        ("relative_risk", LANCASTER, 1.3684, 5e-5),
        ("relative_risk", TUMOURS, 1.971488, 5e-7),
        ("simple_maths", SHARD, 1.1224, 5e-5),
        ("difference_coefficient", HOFLAND_JOHANSSON, -0.32, 5e-3),
    ],
)
def test_published_figures(name, counts, published, within):
    assert getattr(effects, name)(*counts) == pytest.approx(published, abs=within)


def test_simple_maths_with_another_k():
    # from true rates; Brezina (2018) prints 1.96, from raw counts
    assert effects.simple_maths(*BREZINA, k=100) == pytest.approx(1.94, abs=5e-3)


def test_published_limits_of_a_ratio_of_rates():
    low, high = effects.poisson_limits(*TUMOURS)
    assert low == pytest.approx(0.8584264, abs=5e-8)
    assert high == pytest.approx(4.2772659, abs=5e-8)
    # the interval holds 1, so the conservative log ratio is 0
    assert effects.lrc(*TUMOURS) == 0


# lemmas near "Bundesregierung" in debates of the Bundestag: uses near it, all uses,
# LRC by the R code of Evert (2022), as kept in pandas-association-measures,
# tests/data/log-ratio-gold.tsv: 599 lemmas tested at .05
NEAR, ALL_WORDS = 168_329, 19_720_567
LEMMAS = {
    "eingebracht": (1189, 2157, 6.910068549501856),
    "-eingebrachten": (15, 18, 5.991330482867978),
    "fordern": (577, 13_484, 2.127643233227812),
    "Agrarbericht": (5, 24, 0.975708228231368),
    "zentral": (37, 3526, 0),
    "müssen": (508, 84_021, -0.25387444003749815),
    "sein": (2166, 429_001, -0.6415905032796787),
}


@pytest.mark.parametrize(("near", "uses", "expected"), LEMMAS.values(), ids=LEMMAS)
def test_lrc_is_that_of_everts_own_code(near, uses, expected):
    value = effects.lrc(near, uses - near, NEAR, ALL_WORDS - NEAR, family=599)
    assert value == pytest.approx(expected, abs=1e-12)


@given(occurrences, occurrences, words, words, st.integers(1, 60_000))
def test_lrc_agrees_with_the_binomial_interval(a, b, c, d, family):
    assume(a + b > 0)
    exact = stats.binomtest(a, a + b).proportion_ci(1 - 0.05 / family, "exact")
    more = a / c >= b / d
    share = exact.low if more else exact.high
    with np.errstate(divide="ignore"):
        limit = np.log2(np.float64(share) / (1 - share) * d / c)
    expected = max(limit, 0) if more else min(limit, 0)
    value = effects.lrc(a, b, c, d, family=family)
    assert value == pytest.approx(expected, abs=1e-6)
    assert abs(value) <= abs(effects.lrc(a, b, c, d)) + 1e-12


@given(occurrences, occurrences, words, words)
def test_laws_of_swapping(a, b, c, d):
    assume(a + b > 0)
    for name in ("log_ratio_hardie", "difference_coefficient", "lrc"):
        measure = getattr(effects, name)
        assert measure(a, b, c, d) == pytest.approx(-measure(b, a, d, c), abs=1e-9)
    product = effects.simple_maths(a, b, c, d) * effects.simple_maths(b, a, d, c)
    assert product == pytest.approx(1)
    assume(a * b > 0)
    for name in ("relative_risk", "odds_ratio"):
        measure = getattr(effects, name)
        assert measure(a, b, c, d) * measure(b, a, d, c) == pytest.approx(1)


def test_what_is_undefined_is_missing_or_infinite():
    assert np.isnan(effects.log_ratio_hardie(0, 0, 10, 10))
    assert effects.log_ratio_hardie(8, 0, 10, 10) == 4
    assert effects.percent_diff(1, 0, 10, 10) == np.inf
    assert effects.relative_risk(1, 0, 10, 10) == np.inf
    assert effects.odds_ratio(1, 0, 10, 10) == np.inf
    assert np.isnan(effects.odds_ratio(11, 1, 10, 10))
    assert np.isnan(effects.percent_diff(0, 0, 10, 10))
    assert np.isnan(effects.difference_coefficient(0, 0, 10, 10))
    assert effects.difference_coefficient(1, 0, 10, 10) == 1
    assert np.isnan(effects.lrc(0, 0, 10, 10))
    assert effects.poisson_limits(0, 5, 10, 10)[0] == 0
    assert effects.poisson_limits(5, 0, 10, 10)[1] == np.inf
