import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit.errors import MediakitError
from mediakit.infer.agreement import agreement
from mediakit.infer.disagreements import list_disagreements

CODES = pd.DataFrame(
    [
        ("s1", "Ana", "good", "irony"),
        ("s1", "Ben", "bad", ""),
        ("s1", "Cem", "bad", ""),
        ("s2", "Ana", "good", ""),
        ("s2", "Ben", "good", ""),
        ("s3", "Ana", "good", ""),
        ("s3", "Ben", "bad", "a quotation"),
        ("s4", "Ana", "bad", ""),
    ],
    columns=["unit_id", "coder", "code", "note"],
)


def test_those_that_divide_most_come_first_with_names_and_notes():
    table = list_disagreements(CODES)
    assert table["unit_id"].tolist() == ["s3", "s1"]
    assert table["answers"].tolist() == [
        "bad 1 (Ben); good 1 (Ana)",
        "bad 2 (Ben, Cem); good 1 (Ana)",
    ]
    assert table["notes"].tolist() == ["Ben: a quotation", "Ana: irony"]
    assert table["share"].tolist() == [0.5, pytest.approx(2 / 3)]
    assert table.attrs["mediakit"]["confused"] == [
        {"question": "code", "a": "bad", "b": "good", "pairs": 3}
    ]


def test_questions_are_kept_apart_and_missing_codes_left_out():
    two = pd.concat([CODES.assign(question="a"), CODES.assign(question="b", code="x")])
    assert list_disagreements(two)["question"].unique().tolist() == ["a"]
    gone = CODES.assign(code=CODES["code"].where(CODES["coder"] != "Ana"))
    assert list_disagreements(gone).empty


def test_empty_gives_empty_and_input_stays():
    before = CODES.copy()
    empty = list_disagreements(CODES.head(0))
    assert empty.empty
    assert list(empty) == list(list_disagreements(CODES))
    pd.testing.assert_frame_equal(CODES, before)


def test_a_coder_who_said_two_things_is_refused():
    with pytest.raises(MediakitError, match="more than one code"):
        list_disagreements(pd.concat([CODES, CODES.head(1).assign(code="bad")]))


@settings(max_examples=30)
@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("123")),
                       st.sampled_from("xy"), min_size=1))  # fmt: skip
def test_it_is_empty_just_where_all_pairs_agree(said):
    rows = [(unit, coder, code) for (coder, unit), code in said.items()]
    codes = pd.DataFrame(rows, columns=["unit_id", "coder", "code"])
    alike = agreement(codes, repeats=0)["pairs_agree"][0]
    found = list_disagreements(codes)
    assert found.empty == (not alike < 1)
    divided = codes.groupby("unit_id")["code"].nunique() > 1
    assert set(found["unit_id"]) == set(divided.index[divided])
