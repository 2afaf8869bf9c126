"""The classical measures pinned to published numbers, NLTK and SciPy."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy import stats

from mediakit.formulas import keyness

# methods.md A1: occurrences and words of each side
LANCASTER = (52, 57, 50_000, 75_000)
BREZINA = (620, 267, 1_017_879, 1_007_532)
occurrences = st.integers(0, 500)
words = st.integers(1000, 100_000)


@pytest.mark.parametrize(
    ("counts", "two_term", "four_term", "bic"),
    [
        (LANCASTER, 2.6517, 2.6541, -9.084),
        (BREZINA, 140.8655, 140.9255, 126.344),
        ((110, 111, 2552, 29_225), None, 270.7219, None),  # Dunning 1993
        ((30, 3, 30_000, 30_000), 25.6417, None, None),  # the one-article trap
    ],
)
def test_published_log_likelihoods(counts, two_term, four_term, bic):
    if two_term is not None:
        assert keyness.g2(*counts, cells=2) == pytest.approx(two_term, abs=5e-5)
    if four_term is not None:
        assert keyness.g2(*counts) == pytest.approx(four_term, abs=5e-5)
    if bic is not None:
        two_term = keyness.g2(*counts, cells=2)
        assert keyness.bic(two_term, *counts[2:]) == pytest.approx(bic, abs=5e-4)


def test_published_effect_sizes():
    assert keyness.log_ratio_hardie(*BREZINA) == pytest.approx(1.2007, abs=5e-5)
    assert keyness.log_ratio_hardie(*LANCASTER) == pytest.approx(0.4525, abs=5e-5)
    assert keyness.log_ratio_hardie(6, 2, 10_000, 10_000) == pytest.approx(np.log2(3))
    assert keyness.percent_diff(*BREZINA) == pytest.approx(129.849, abs=5e-4)
    assert keyness.percent_diff(*LANCASTER) == pytest.approx(36.842, abs=5e-4)
    gabrielatos_marchi = (206_523, 178_174, 959_641, 1_562_358)
    assert keyness.percent_diff(*gabrielatos_marchi) == pytest.approx(88.7104, abs=5e-5)
    assert keyness.odds_ratio(*LANCASTER) == pytest.approx(1.3688, abs=5e-5)


@pytest.mark.parametrize(("g2", "p"), [(3.84, 0.05), (6.63, 0.01), (10.83, 0.001)])
def test_critical_values(g2, p):
    assert keyness.chi2_p(g2) == pytest.approx(p, rel=0.01)
    assert keyness.chi2_p(g2) == pytest.approx(stats.chi2.sf(g2, 1))


@given(occurrences, occurrences, words, words)
def test_agrees_with_nltk_and_scipy(a, b, c, d):
    assume(a + b > 0)
    nltk = BigramAssocMeasures.likelihood_ratio(a, (a + b, c), c + d)
    assert keyness.g2(a, b, c, d) == pytest.approx(nltk, abs=1e-6)
    share = (a + b) / (c + d)
    scipy = stats.power_divergence(
        [a, b], [c * share, d * share], lambda_="log-likelihood"
    )
    assert keyness.g2(a, b, c, d, cells=2) == pytest.approx(scipy.statistic, abs=1e-8)


@given(occurrences, occurrences, words, words)
def test_laws_of_swapping_and_of_equal_rates(a, b, c, d):
    for cells in (2, 4):
        g2 = keyness.g2(a, b, c, d, cells=cells)
        assert g2 >= 0
        assert g2 == pytest.approx(keyness.g2(b, a, d, c, cells=cells), abs=1e-8)
        assert keyness.g2(a, a, c, c, cells=cells) == pytest.approx(0, abs=1e-8)
    assume(a + b > 0)
    ratio = keyness.log_ratio_hardie(a, b, c, d)
    assert ratio == pytest.approx(-keyness.log_ratio_hardie(b, a, d, c))
    background = (a + b) / (c + d)
    options = {"background": background, "alpha0": 500}
    z = keyness.fightin_words(a, b, c, d, **options)
    assert z == pytest.approx(-keyness.fightin_words(b, a, d, c, **options))


def test_fightin_words_published_example():
    # "the quick brown fox jumps over the lazy pig" v "the lazy purple pig jumps over
    # the lazier donkey", alpha .05 for each of eleven types
    fox = dict(the=2, quick=1, brown=1, fox=1, jumps=1, over=1, lazy=1, pig=1)
    donkey = dict(the=2, lazy=1, purple=1, pig=1, jumps=1, over=1, lazier=1, donkey=1)
    types = sorted(fox | donkey)
    a, b = (np.array([text.get(word, 0) for word in types]) for text in (fox, donkey))
    z = keyness.fightin_words(a, b, 9, 9, background=np.full(11, 1 / 11), alpha0=0.55)
    expected = 0.6894227886807968
    for word, value in zip(types, z, strict=True):
        sign = (word in fox) - (word in donkey)
        assert value == pytest.approx(sign * expected, abs=1e-12)


def test_what_is_undefined_is_missing_or_infinite():
    assert np.isnan(keyness.g2(0, 0, 0, 10))
    assert np.isnan(keyness.log_ratio_hardie(0, 0, 10, 10))
    assert keyness.log_ratio_hardie(8, 0, 10, 10) == 4
    assert keyness.percent_diff(1, 0, 10, 10) == np.inf
    assert keyness.odds_ratio(1, 0, 10, 10) == np.inf
    assert np.isnan(keyness.percent_diff(0, 0, 10, 10))
    assert np.isnan(keyness.bic(1.0, 0, 0))
    assert np.isnan(keyness.fightin_words(0, 0, 9, 9, background=0, alpha0=1))
