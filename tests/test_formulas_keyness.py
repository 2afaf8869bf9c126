"""The classical tests and rankings pinned to published numbers, NLTK and SciPy."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy import stats

from mediakit.formulas import keyness
from mediakit.formulas.fisher import fisher_p

# methods.md A1: occurrences and words of each side
LANCASTER = (52, 57, 50_000, 75_000)
BREZINA = (620, 267, 1_017_879, 1_007_532)
CONVICTIONS = (2, 15, 12, 18)  # Fisher's twins, as in R's ?fisher.test
FEEDING = (18, 2, 30, 15)  # a textbook's: teeth of thirty and fifteen children
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


def test_published_chi_squareds():
    # Manning and Schuetze 1999, section 5.3.3: new companies; vache and cow
    assert keyness.chi2(8, 4667, 15_828, 14_291_848) == pytest.approx(1.55, abs=5e-3)
    assert keyness.chi2(59, 6, 67, 570_940) == pytest.approx(456_400, abs=50)
    # printed: 45 (|18 13 - 12 2| - 45 / 2)^2 / (20 25 30 15) = 7.031
    assert keyness.chi2(*FEEDING, yates=True) == pytest.approx(7.031, abs=5e-4)
    plain = 45 * (18 * 13 - 12 * 2) ** 2 / (20 * 25 * 30 * 15)
    assert keyness.chi2(*FEEDING) == pytest.approx(plain)


def test_published_exact_tests():
    tea = fisher_p(3, 1, 4, 4)  # Fisher 1935
    assert tea == pytest.approx(0.4857, abs=5e-5)
    assert fisher_p(*CONVICTIONS) == pytest.approx(0.0005367, abs=5e-8)


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
    table = [[a, c - a], [b, d - b]]
    for yates in (False, True):
        scipy = stats.chi2_contingency(table, correction=yates).statistic
        assert keyness.chi2(a, b, c, d, yates=yates) == pytest.approx(scipy, abs=1e-8)


@settings(max_examples=60)
@given(st.data(), st.sampled_from([4, 60, 5000, 10**6]))
def test_fisher_agrees_with_scipy(data, most):
    c, d = (data.draw(st.integers(1, most)) for _ in range(2))
    a, b = (data.draw(st.integers(0, min(n, 300))) for n in (c, d))
    expected = stats.fisher_exact([[a, c - a], [b, d - b]])[1]
    assert fisher_p(a, b, c, d) == pytest.approx(expected, rel=1e-7, abs=1e-250)


def test_fisher_knows_ties_among_millions():
    # two equal sides: the table seen and its mirror image are equally likely
    half, n, a = 30_000_000, 2_000_001, 1_001_500
    upper = stats.hypergeom.sf(a - 1, 2 * half, half, n)
    assert fisher_p(a, n - a, half, half) == pytest.approx(2 * upper, rel=1e-5)
    assert fisher_p(1_000_001, 1_000_000, half, half) == 1


@given(occurrences, occurrences, words, words)
def test_laws_of_swapping_and_of_equal_rates(a, b, c, d):
    def two_term(*counts):
        return keyness.g2(*counts, cells=2)

    def yates(*counts):
        return keyness.chi2(*counts, yates=True)

    for statistic in (keyness.g2, two_term, keyness.chi2, yates):
        if a + b:
            assert statistic(a, b, c, d) >= 0
            swapped = statistic(b, a, d, c)
            assert statistic(a, b, c, d) == pytest.approx(swapped, abs=1e-8)
            assert statistic(a + 1, a + 1, c, c) == pytest.approx(0, abs=1e-8)
    p = fisher_p(a, b, c, d)
    assert p == pytest.approx(float(fisher_p(b, a, d, c)), rel=1e-8)
    assert 0 <= p <= 1
    assume(a + b > 0)
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


def test_fightin_words_published_example_with_unequal_priors():
    # README of Wigder/fightin_words: "very" a thousand times, its prior 1/1000, .05 for
    # the eleven other types
    fox = "the quick brown fox jumps over the lazy pig".split()
    donkey = "the lazy purple pig jumps over the sleepy donkey".split()
    published = {
        "very": (-2.2144429606255946, -0.4368846171934332),
        "donkey": (0.3528670051726073, 0.3539801999989518),
        "fox": (1.7074955767167836, 1.7087406001344665),
        "lazy": (3.4564380059373603, 3.4605672465974453),
        "the": (4.954523357120953, 4.961066225017743),
    }
    words = list(published)
    a, b = (np.array([text.count(word) for word in words]) for text in (fox, donkey))
    b[words.index("very")] = 1000
    for place, very in enumerate((0.05, 1 / 1000)):
        alpha0 = 11 * 0.05 + very
        prior = np.array([very if word == "very" else 0.05 for word in words]) / alpha0
        z = keyness.fightin_words(a, b, 9, 1009, background=prior, alpha0=alpha0)
        expected = [pair[place] for pair in published.values()]
        np.testing.assert_allclose(z, expected, rtol=1e-12)


def test_what_is_undefined_is_missing():
    assert np.isnan(keyness.g2(0, 0, 0, 10))
    assert np.isnan(keyness.g2(11, 0, 10, 10))
    assert keyness.g2(11, 0, 10, 10, cells=2) > 0
    assert np.isnan(keyness.chi2(0, 0, 10, 10))
    assert np.isnan(keyness.chi2(12, 12, 10, 10))
    assert np.isnan(keyness.bic(1.0, 0, 0))
    assert np.isnan(keyness.fightin_words(0, 0, 9, 9, background=0, alpha0=1))
    broken = fisher_p([11, 1.5, 1, np.nan, -1, 0], 0, [10, 10, 0, 9, 9, 9], 10)
    assert np.isnan(broken).tolist() == [True] * 5 + [False]
    assert broken[5] == 1
