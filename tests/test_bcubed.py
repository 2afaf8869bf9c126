"""B-cubed against worked numbers and against the definition written out."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit.formulas.bcubed import bcubed, nearest_shares, same_pairs


def spelt_out(truth, found):
    members = range(len(truth))
    precision = recall = 0.0
    for one in members:
        made = [other for other in members if found[other] == found[one]]
        true = [other for other in members if truth[other] == truth[one]]
        both = len(set(made) & set(true))
        precision += both / len(made) / len(truth)
        recall += both / len(true) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairs_spelt_out(truth, found):
    pairs = [(i, j) for i in range(len(truth)) for j in range(i)]
    true = {(i, j) for i, j in pairs if truth[i] == truth[j]}
    made = {(i, j) for i, j in pairs if found[i] == found[j]}
    both = len(true & made)
    return (
        both / len(made) if made else math.nan,
        both / len(true) if true else math.nan,
        2 * both / (len(true) + len(made)) if true or made else math.nan,
    )


def test_worked_example():
    # gold {1, 2}, {3}; all three put together
    precision, recall, f1 = bcubed(["a", "a", "b"], ["x", "x", "x"])
    assert (precision, recall) == (pytest.approx(5 / 9), 1)
    assert f1 == pytest.approx(0.714286, abs=1e-6)


def test_the_example_of_bagga_and_baldwin():
    # LREC 1998: truth {1-5}, {6, 7}, {8-12}; the response joins the last two (76 %)
    # or the first and the last (58 %)
    truth = [1] * 5 + [2] * 2 + [3] * 5
    one, two = [1] * 5 + [2] * 7, [1] * 5 + [2] * 2 + [1] * 5
    assert bcubed(truth, one)[:2] == (pytest.approx(0.76, abs=0.005), 1)
    assert bcubed(truth, two)[:2] == (pytest.approx(0.58, abs=0.005), 1)


groups = st.integers(1, 12).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(0, 4), min_size=size, max_size=size),
        st.lists(st.integers(0, 4), min_size=size, max_size=size),
    )
)


@given(groups)
@settings(max_examples=30)
def test_as_the_definition_says(both):
    assert bcubed(*both) == pytest.approx(spelt_out(*both))
    assert same_pairs(*both) == pytest.approx(pairs_spelt_out(*both), nan_ok=True)


@given(groups)
@settings(max_examples=30)
def test_swapping_truth_and_found_swaps_precision_and_recall(both):
    truth, found = both
    assert bcubed(found, truth)[:2] == pytest.approx(bcubed(truth, found)[1::-1])


def test_nobody_is_not_a_number():
    assert all(math.isnan(figure) for figure in bcubed([], []))
    assert all(math.isnan(figure) for figure in same_pairs([1, 2], [3, 4]))
    assert math.isnan(nearest_shares([1, 2], np.eye(2)))


def test_nearest_asks_only_members_with_company():
    alike = np.array([[1, 0.2, 0.9], [0.2, 1, 0.1], [0.9, 0.1, 1]])
    assert nearest_shares(["a", "a", "b"], alike) == 0.5


def test_labels_of_unequal_number():
    with pytest.raises(ValueError, match="2 true labels, but 1 found"):
        bcubed([1, 2], [1])
