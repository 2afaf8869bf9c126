"""Adjusted p-values against the published example, SciPy and a naive version."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mediakit.formulas.multiple import (
    benjamini_hochberg,
    benjamini_yekutieli,
    max_t,
)

# Benjamini and Hochberg 1995, section 3: fifteen tests of one study
PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]
ADJUSTED = [
    *(0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645),
    *(0.0765, 0.486, 0.58118182, 0.714875, 0.75323077, 0.81321429, 1),
]
some_p = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def test_the_published_example():
    q = benjamini_hochberg(PUBLISHED)
    np.testing.assert_allclose(q, ADJUSTED, atol=1e-8)
    assert (q < 0.05).sum() == 4


@given(some_p)
def test_agrees_with_scipy(p):
    for ours, method in ((benjamini_hochberg, "bh"), (benjamini_yekutieli, "by")):
        theirs = stats.false_discovery_control(p, method=method)
        np.testing.assert_allclose(ours(p), theirs, rtol=1e-12)


@given(some_p, st.randoms(use_true_random=False))
def test_the_order_of_the_tests_does_not_matter(p, random):
    places = list(range(len(p)))
    random.shuffle(places)
    q = benjamini_hochberg(p)
    assert np.array_equal(benjamini_hochberg(np.array(p)[places]), q[places])


def test_a_missing_p_stays_missing_and_counts_as_a_member():
    q = benjamini_hochberg([0.01, np.nan])
    assert q[0] == 0.02
    assert np.isnan(q[1])
    assert benjamini_hochberg([]).shape == (0,)
    assert np.isnan(benjamini_yekutieli([np.nan])).all()


def test_max_t_agrees_with_a_naive_count():
    rng = np.random.default_rng(1)
    observed, highest = rng.normal(2, 1, 20), rng.normal(3, 1, 99)
    naive = [(1 + sum(h >= t for h in highest)) / 100 for t in observed]
    assert max_t(observed, highest) == pytest.approx(naive)
    assert max_t(np.array([3.0]), np.array([3.0]))[0] == 1
    assert np.isnan(max_t(np.array([np.nan]), highest)).all()
