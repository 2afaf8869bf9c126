import warnings

import pandas as pd
import pytest
from coding_helpers import BOOK, ONE, coding, rows, say, units
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.text.coding import open_coding
from mediakit.text.coding_journal import Journal, line_of
from mediakit.text.read_codes import COLUMNS, read_codes

CHOICES = {
    "says": [["yes"], ["no"]],
    "tone": [["-1"], ["0"], ["1"]],
    "frames": [[], ["war"], ["money"], ["war", "money"]],
}
ANSWER = st.sampled_from(sorted(CHOICES)).flatmap(
    lambda name: st.tuples(
        st.sampled_from(["Ana", "Ben"]),
        st.sampled_from(["u0", "u1"]),
        st.just(name),
        st.sampled_from(CHOICES[name]),
    )
)


@settings(max_examples=25)
@given(answers=st.lists(ANSWER, max_size=12))
def test_the_last_answer_of_each_coder_counts(answers, tmp_path_factory):
    made = coding(tmp_path_factory.mktemp("last"))
    sitting = {}
    last = {}
    for coder, unit, question, codes in answers:
        journal = Journal(made.folder, coder, made.fingerprint)
        journal = sitting.setdefault((coder, unit), journal)
        journal.add(unit=unit, question=question, codes=codes)
        last[coder, unit, question] = codes
    expected = {}
    for (coder, unit, question), codes in last.items():
        if question == "frames":
            for code in ("war", "money"):
                expected[coder, unit, code] = "yes" if code in codes else "no"
        elif question == "says" or last.get((coder, unit, "says")) == ["yes"]:
            expected[coder, unit, question] = codes[0]
    assert rows(read_codes(made)) == expected


def test_nothing_coded_gives_an_empty_table_with_the_same_columns(tmp_path):
    codes = read_codes(coding(tmp_path))
    assert codes.empty
    assert {name: str(kind) for name, kind in codes.dtypes.items()} == COLUMNS


def test_codes_go_into_agreement_and_validate_as_they_are(tmp_path):
    corpus = mk.load_sample("strait")
    drawn = mk.draw_sample(corpus, size=30, unit="article")
    made = open_coding(tmp_path, sample=drawn, codebook="frames")
    for coder in ("Ana", "Ben"):
        for row, unit in enumerate(made.units["unit_id"]):
            codes = ["conflict"] * (row % 2) + ["morality"] * (row % 3 == 0)
            say(made, coder, [(unit, "frames", codes)])
    codes = read_codes(tmp_path, sample=drawn)
    assert len(codes) == 2 * 30 * 5
    key = pd.DataFrame(drawn.attrs["mediakit"]["key"])
    assert dict(zip(key["unit_id"], key["outlet"], strict=True)) == dict(
        zip(codes["unit_id"], codes["outlet"], strict=True)
    )
    found = mk.agreement(codes).set_index("question")
    assert found.loc[["conflict", "morality"], "alpha"].tolist() == [1.0, 1.0]
    counted = mk.count_dictionary(
        mk.tokenize(mk.as_articles(drawn)),
        mk.load_dictionary("frames"),
        unit="sentence",
    )
    table = mk.validate(counted, codes, repeats=0)
    judged = table[table["method"] == "measure"].set_index("item")
    assert judged.loc["conflict", "units"] == 30
    assert judged.loc["conflict", "coded"] == 15
    with pytest.raises(MediakitError, match="is not in `sample`"):
        read_codes(tmp_path, sample=mk.draw_sample(corpus, size=5, unit="article"))


def test_an_answer_to_a_question_no_longer_asked_does_not_count(tmp_path):
    made = coding(tmp_path)
    say(made, "Ana", [("u0", "says", "yes"), ("u0", "tone", "1")])
    assert len(read_codes(made)) == 2
    say(made, "Ana", [("u0", "says", "no")])
    assert rows(read_codes(made)) == {("Ana", "u0", "says"): "no"}


def test_the_final_round_decides_and_the_first_stays(tmp_path):
    made = coding(tmp_path, book=ONE)
    say(made, "Ana", [(f"u{n}", "tone", "good") for n in range(4)])
    say(made, "Ben", [("u0", "tone", "good"), ("u1", "tone", "bad")])
    say(made, "Ben", [("u2", "tone", "bad")])
    first = read_codes(made)
    say(made, "Cem", [("u1", "tone", "bad")], round="final")
    assert read_codes(made).equals(first)
    with pytest.warns(MediakitWarning, match="1 units are left out of the final round"):
        final = read_codes(made, round="final")
    assert rows(final) == {
        ("final", "u0", "tone"): "good",  # both alike
        ("final", "u1", "tone"): "bad",  # decided
        ("final", "u3", "tone"): "good",  # one coder alone
    }
    assert len(read_codes(made, round="all")) == len(first) + 1
    assert len(read_codes(made, round="all").query("round == 'final'")) == 1


def test_a_filter_decided_anew_leaves_out_what_hangs_on_it(tmp_path):
    made = coding(tmp_path)
    yes = [("u0", "says", "yes"), ("u0", "tone", "1"), ("u0", "frames", [])]
    say(made, "Ana", yes)
    say(made, "Ben", [("u0", "says", "no"), ("u0", "frames", [])])
    say(made, "Cem", [("u0", "says", "no")], round="final")
    final = read_codes(made, round="final")
    assert final["question"].tolist() == ["says", "war", "money"]


def test_notes_stay_with_their_unit_and_alone_if_there_is_no_code(tmp_path):
    made = coding(tmp_path)
    journal = say(made, "Ana", [("u0", "says", "no")])
    journal.add(unit="u0", note="irony?")
    journal.add(unit="u1", note="later")
    codes = read_codes(made)
    assert codes["note"].tolist() == ["irony?", "later"]
    assert codes["code"].isna().tolist() == [False, True]
    assert mk.agreement(codes, repeats=0)["codes"].tolist() == [1]


def test_a_broken_file_is_named_and_stops_no_other(tmp_path):
    made = coding(tmp_path, book=ONE)
    say(made, "Ana", [("u0", "tone", "good")])
    other = coding(tmp_path / "other", number=5, book=ONE)
    strange = say(other, "Eve", [("u0", "tone", "bad")])
    strange.path.rename(tmp_path / strange.path.name)
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    (tmp_path / "y.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "z.csv").write_bytes(b"")
    with pytest.warns(MediakitWarning) as caught:
        codes = read_codes(made)
    assert codes["coder"].tolist() == ["Ana"]
    said = "\n".join(codes.attrs["mediakit"]["remarks"])
    for match in ("another sample", "x.csv is no sheet", "y.xlsx", "z.csv is empty"):
        assert match in said
    assert len(caught) == 1


def test_the_sample_can_be_units_of_ones_own(tmp_path):
    made = open_coding(tmp_path, sample=units(2), codebook=BOOK)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_codes(made).empty


@settings(max_examples=30)
@given(
    record=st.fixed_dictionaries(
        {},
        optional={
            "unit": st.sampled_from(["u0", "u9", 3, None, ["u0"]]),
            "question": st.sampled_from(["tone", "x", 1, ["tone"], None]),
            "codes": st.sampled_from([["good"], ["x"], [], [["good"]], "good", {}]),
            "note": st.sampled_from(["n", 3, None]),
            "seconds": st.sampled_from([1.0, "x", None, [1]]),
            "time": st.sampled_from(["2020-01-01", "never", 3, None, "0001-01-01"]),
        },
    )
)
def test_whatever_stands_in_a_journal_is_read_or_counted(record, tmp_path_factory):
    made = coding(tmp_path_factory.mktemp("odd"), book=ONE)
    journal = say(made, "Ana", [("u1", "tone", "bad")])
    with open(journal.path, "ab") as file:
        file.write(line_of(record))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        codes = read_codes(made)
    assert rows(codes)["Ana", "u1", "tone"] == "bad"
    told = codes.attrs["mediakit"]["remarks"]
    assert (len(codes) == 2) != (told == ["1 answers fit no unit or category"])
