import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy import stats

from mediakit.formulas import association as formulas

WORDS_OF_MANNING = 14_307_668
TABLES = st.tuples(*[st.integers(1, 500)] * 3, st.integers(2_000, 10_000))


def pmi(o, f1, f2, n):
    return formulas.mutual_information(o, formulas.expected(n, f1, f2))


@pytest.mark.parametrize(
    ("value", "published"),
    [
        # Manning and Schuetze 1999, sections 5.3 and 5.4
        (pmi(20, 42, 20, WORDS_OF_MANNING), "18.38"),
        (pmi(20, 15_019, 15_629, WORDS_OF_MANNING), "0.29"),
        (formulas.t_score(20, formulas.expected(WORDS_OF_MANNING, 42, 20)), "4.4721"),
        (formulas.chi2(8, 15_828, 4_675, WORDS_OF_MANNING), "1.55"),
        # Dunning 1993
        (formulas.g2(110, 2_552, 221, 31_777), "270.72"),
        (formulas.g2(8, 13, 32, 31_777), "95.29"),
        # Church and Hanks 1990, p. 24
        (pmi(8, 1_105, 44, 15_000_000), "11.3"),
    ],
)
def test_published_numbers(value, published):
    digits = len(published.split(".")[1])
    assert f"{float(value):.{digits}f}" == published


def test_two_more_of_manning_and_schuetze():
    e = formulas.expected(WORDS_OF_MANNING, 15_828, 4_675)
    assert formulas.t_score(8, e) == pytest.approx(0.999932, abs=5e-7)
    assert formulas.chi2(59, 67, 65, 571_007) == pytest.approx(456_400, abs=50)


def test_numbers_of_the_reference_page():
    e = formulas.expected(WORDS_OF_MANNING, 42, 20)
    assert formulas.npmi(20, e, WORDS_OF_MANNING) == pytest.approx(0.944962, abs=5e-7)
    assert formulas.log_dice(formulas.dice(20, 42, 20)) == pytest.approx(13.367732)
    three = formulas.mutual_information(20, e, power=3)
    assert three == pytest.approx(27.0218, abs=5e-5)


@pytest.mark.parametrize(("o", "f1", "f2", "published"), [  # Bouma 2009, p. 36
    (10, 10, 10, 1), (1, 10, 10, 0), (0, 10, 10, -1),
])  # fmt: skip
def test_npmi_at_its_ends(o, f1, f2, published):
    found = formulas.npmi(o, formulas.expected(100, f1, f2), 100)
    assert found == pytest.approx(published)


@given(TABLES)
def test_nltk_and_scipy_agree(table):
    o, more1, more2, n = table
    f1, f2 = o + more1, o + more2
    counts = (o, (f1, f2), n)
    e = formulas.expected(n, f1, f2)
    cells = [[o, f1 - o], [f2 - o, n - f1 - f2 + o]]
    assert pmi(o, f1, f2, n) == pytest.approx(
        BigramAssocMeasures.pmi(*counts), abs=1e-9
    )
    assert formulas.t_score(o, e) == pytest.approx(
        BigramAssocMeasures.student_t(*counts), abs=1e-6
    )
    assert formulas.dice(o, f1, f2) == pytest.approx(BigramAssocMeasures.dice(*counts))
    chi2 = stats.chi2_contingency(cells, correction=False).statistic
    assert formulas.chi2(o, f1, f2, n) == pytest.approx(chi2)
    g2 = stats.chi2_contingency(cells, correction=False, lambda_=0).statistic
    assert formulas.g2(o, f1, f2, n) == pytest.approx(g2, abs=1e-7)
    relative = stats.contingency.relative_risk(o, f1, f2 - o, n - f1).relative_risk
    assert formulas.log_ratio(o, f1, f2, n) == pytest.approx(np.log2(relative))


@given(TABLES)
def test_chance_is_the_zero_of_every_signed_measure(table):
    _, f1, f2, n = table
    o = formulas.expected(n, f1, f2)
    e = formulas.expected(n, f1, f2)
    zero = pytest.approx(0, abs=1e-7)
    assert formulas.mutual_information(o, e) == zero
    assert formulas.npmi(o, e, n) == zero
    assert formulas.t_score(o, e) == zero
    assert formulas.z_score(o, e) == zero
    assert formulas.delta_p(o, f1, f2, n) == zero
    assert formulas.log_ratio(o, f1, f2, n) == zero
    assert formulas.g2(o, f1, f2, n) == zero


@given(TABLES)
def test_exchanging_the_words_changes_only_the_direction(table):
    o, more1, more2, n = table
    f1, f2 = o + more1, o + more2
    for measure in (formulas.g2, formulas.chi2):
        swapped = float(measure(o, f2, f1, n))
        assert measure(o, f1, f2, n) == pytest.approx(swapped, rel=1e-6, abs=1e-7)
    forward, back = formulas.delta_p(o, f1, f2, n), formulas.delta_p(o, f2, f1, n)
    assert np.sign(forward) == np.sign(back)


def test_phrases_of_words_that_stand_only_together_have_npmi_one():
    for parts in (2, 3, 5):
        e = formulas.expected(1_000, *[8] * parts)
        assert formulas.npmi(8, e, 1_000, parts=parts) == pytest.approx(1)


def test_what_is_undefined_is_no_number():
    assert np.isnan(formulas.npmi(0, 0, 100))
    assert np.isnan(formulas.mutual_information(0, 0))
    assert formulas.mutual_information(0, 2) == -np.inf
    assert np.isnan(formulas.t_score(0, 2))
    assert np.isnan(formulas.z_score(2, 0))
    assert np.isnan(formulas.dice(0, 0, 0))
    assert formulas.log_ratio(5, 10, 5, 100) == np.inf
    assert np.isnan(formulas.delta_p(0, 0, 3, 100))
