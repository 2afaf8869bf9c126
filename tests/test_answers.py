"""check_answer: every answer gets a sentence, and only the right one is right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.complex_numbers(),
    st.lists(st.integers()),
    st.dictionaries(st.text(), st.integers()),
    st.just(...),
)


@given(answer=ANYTHING, right=st.one_of(st.integers(), st.text(), st.just(0.27)))
def test_no_answer_stops_a_lesson(answer, right):
    said = mk.check_answer(answer, right, within=0.01)
    assert said.startswith(("Not yet.", "Right.", "Look again."))
    assert (said == "Not yet.") == (answer is ...)


@pytest.mark.parametrize(
    ("answer", "right", "within", "said"),
    [
        (285, np.int64(285), 0, "Right."),
        (286, 285, 0, "Look again."),
        (0.28, 0.27, 0.01 + 1e-12, "Right."),
        (0.29, 0.27, 0.01, "Look again."),
        (float("nan"), 0.27, 0.01, "Look again."),
        (np.float64(0.27), 0.27, 0.01, "Right."),
        (True, 1, 0, "Look again. A number is asked for."),
        (" both ", "Both", 0, "Right."),
        ("bot", "both", 0, "Look again."),
        (3, "both", 0, "Look again. A text in quotation marks is asked for."),
        ({"A": "yes", "B": "no"}, {"A": "yes", "B": "no"}, 0, "Right."),
        ({"A": "yes"}, {"A": "yes", "B": "no"}, 0, "1 of 2. Look again."),
        ("yes", {"A": "yes"}, 0, "Look again. An answer for each is asked for, as "),
    ],
)
def test_it_says_what_it_should(answer, right, within, said):
    assert mk.check_answer(answer, right, within=within).startswith(said)


def test_a_percentage_for_a_share_is_told():
    said = mk.check_answer(27, 0.27, within=0.01)
    assert "not a percentage" in said
    assert mk.check_answer(50, 0.27, within=0.01) == "Look again."
