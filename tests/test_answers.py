"""check_answer: every answer gets a sentence, and only the right one is right."""

import re
from decimal import Decimal

import numpy as np
import pandas as pd
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
    st.decimals(),
    st.just(10**400),
    st.just(pd.DataFrame({"a": [1]})),
    st.just(pd.Series([1, 2])),
    st.just(np.array([1, 2])),
    st.lists(st.integers()),
    st.dictionaries(st.text(), st.integers()),
    st.just(...),
)


RIGHT = st.sampled_from([7, "both", 0.27, True, (3, "x"), ["a", "b"], {"A": 1}])


@given(answer=ANYTHING, right=RIGHT)
def test_no_answer_stops_a_lesson(answer, right):
    said = mk.check_answer(answer, right, within=0.01)
    assert re.match(r"(\d of \d\. )?(Not yet|Right|Look again)\.", said)
    assert (said == "Not yet.") == (answer is ...)


@given(answer=ANYTHING)
def test_no_answer_stops_what_reads_it(answer):
    said = mk.check_answer(answer, 3, through=lambda text: len(text.split()))
    assert said.startswith(("Not yet.", "Right.", "Look again. "))
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
        ({"A": 0.9}, {"A": 0.901}, 0.01, "Right."),
        ((10, 0), (10, 0), 0, "Right."),
        ([10, 0], (10, 0), 0, "Right."),
        ((0, 10), (10, 0), 0, "0 of 2. Look again."),
        (10, (10, 0), 0, "Look again. 2 answers in brackets are asked for"),
        (("Morality", 0.961), ("morality", 0.96), 0.01, "Right."),
        (np.True_, True, 0, "Right."),
        (1, True, 0, "Look again. True or False is asked for."),
        (Decimal("0.27"), 0.27, 0.01, "Right."),
        (10**400, 0.27, 0.01, "Look again."),
        (1, float("nan"), 0, "Not yet. There is nothing yet"),
    ],
)
def test_it_says_what_it_should(answer, right, within, said):
    assert mk.check_answer(answer, right, within=within).startswith(said)


def test_a_percentage_for_a_share_is_told():
    said = mk.check_answer(27, 0.27, within=0.01)
    assert "not a percentage" in said
    assert mk.check_answer(50, 0.27, within=0.01) == "Look again."


def test_what_is_made_of_an_answer_is_told():
    said = mk.check_answer(["a"], ["a", "b"], through=sorted)
    assert said == "Look again. Your answer gives ['a']."
    assert mk.check_answer(["b", "a"], ["a", "b"], through=sorted) == "Right."
    said = mk.check_answer(3, ["a", "b"], through=sorted)
    assert said == "Look again. This kind of answer cannot be used here."

    def stops(answer):
        raise mk.MediakitError("a text is asked for")

    said = mk.check_answer(3, 1, through=stops)
    assert said == "Look again. This answer cannot be used: a text is asked for"
