import io
import json
import shutil
import zipfile

import numpy as np
import pandas as pd
import pytest
from coding_helpers import BOOK, ONE, coding, say
from nltk.metrics.agreement import AnnotationTask

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer.agreement import agreement
from mediakit.infer.gather import gather
from mediakit.show.coding_sheets import save_coding
from mediakit.text.coding import open_coding
from mediakit.text.read_codes import read_codes

NAMES = ["Ana", "Ben", "Cem", "Dana", "Eli", "Fay"]


def hand_in(place, name, answers, number=4, book=BOOK):
    """Let one student code in a folder of her own."""
    made = coding(place / name / "codes", number, book)
    say(made, name, answers)
    return made


def zipped(folder):
    """Return a folder as the bytes of a zip, and remove it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    shutil.rmtree(folder)
    return data.getvalue()


@pytest.fixture
def drawn():
    """Return the codes of six students on twenty units: mostly alike."""
    random = np.random.default_rng(4)
    true = random.choice(["good", "bad"], 20)
    wrong = random.random((6, 20)) < 0.15
    other = np.where(true == "good", "bad", "good")
    return np.where(wrong, other, true)


def test_a_class_is_pooled_from_folders_zips_and_sheets(tmp_path, drawn):
    place = tmp_path / "in"
    for name, codes in zip(NAMES, drawn, strict=True):
        answers = [(f"u{n}", "tone", code) for n, code in enumerate(codes)]
        made = hand_in(place, name, answers, 20, ONE)
        if name == "Cem":
            (place / "cem.zip").write_bytes(zipped(place / name))
        if name == "Dana":  # a zip in the zip of the learning platform
            inner = {"dana_1234/codes.zip": zipped(place / name)}
            with zipfile.ZipFile(place / "all.zip", "w") as outer:
                [outer.writestr(path, data) for path, data in inner.items()]
        if name == "Eli":
            shutil.rmtree(place / name)
            page, sheet = save_coding(made, place / "Eli.html")
            page.unlink()
            typed = pd.read_csv(sheet, dtype="str", keep_default_na=False)
            typed.assign(tone=codes).to_csv(sheet, index=False)
    pooled = gather(place, repeats=20)
    assert pooled.coders["coder"].tolist() == NAMES
    assert pooled.coders["complete"].all()
    triples = [
        (coder, f"u{n}", code)
        for coder, codes in zip(NAMES, drawn, strict=True)
        for n, code in enumerate(codes)
    ]
    got = pooled.codes[["coder", "unit_id", "code"]].itertuples(index=False)
    assert sorted(map(tuple, got)) == sorted(triples)
    [row] = pooled.agreement.to_dict("records")
    assert row["alpha"] == pytest.approx(AnnotationTask(triples).alpha())
    assert row["low"] < row["alpha"] < row["high"]
    counts = pooled.answers.set_index("code")["codes"].to_dict()
    assert counts == {one: int((drawn == one).sum()) for one in ("good", "bad")}
    for row in pooled.units.itertuples():
        given = drawn[:, int(row.unit_id[1:])]
        assert (row.codes, row.share) == ((given == row.code).sum(), row.codes / 6)
    assert not pooled.files["note"].str.startswith("not read").any()
    assert pooled.files["answers"].sum() == 120


def test_each_question_is_judged_at_its_own_level(tmp_path):
    for name, tone in (("Ana", "-1"), ("Ben", "1"), ("Cem", "0")):
        answers = [(f"u{n}", "says", "yes") for n in range(4)]
        answers += [("u0", "tone", tone), ("u1", "tone", "0"), ("u0", "frames", [])]
        hand_in(tmp_path, name, answers)
    found = gather(tmp_path, repeats=0)
    levels = found.agreement.set_index("question")["level"].to_dict()
    assert levels == {"says": "nominal", "tone": "ordinal"} | dict.fromkeys(
        ("war", "money"), "nominal"
    )
    tone = found.codes[found.codes["question"] == "tone"]
    expected = agreement(tone, level="ordinal", repeats=0)["alpha"][0]
    got = found.agreement.set_index("question").loc["tone", "alpha"]
    assert got == pytest.approx(expected)
    assert found.answers.query("question == 'war'")["codes"].tolist() == [0, 3]


def test_who_is_not_done_is_shown(tmp_path):
    done = [(f"u{n}", "tone", "good") for n in range(4)]
    hand_in(tmp_path, "Ana", done, book=ONE)
    hand_in(tmp_path, "Ben", done[:1], book=ONE)
    coders = gather(tmp_path, repeats=0).coders.set_index("coder")
    assert coders["complete"].to_dict() == {"Ana": True, "Ben": False}
    assert coders[["units", "of", "answers"]].loc["Ben"].tolist() == [1, 4, 1]
    assert coders["seconds"].tolist() == [2.0, 2.0]


def test_broken_files_are_listed_with_the_reason_and_stop_nothing(tmp_path):
    hand_in(tmp_path, "Ana", [("u0", "tone", "good")], book=ONE)
    hand_in(tmp_path, "Ben", [("u0", "tone", "bad")], book=ONE)
    hand_in(tmp_path, "Eve", [("u0", "tone", "bad")], 5, ONE)
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "essay.docx").write_bytes(b"text")
    (tmp_path / "Fay.csv").write_text("unit_id,tone\nu0,good\nu1,perhaps\n")
    (tmp_path / "Gil.csv").write_text("a,b\n1,2\n")
    [journal] = (tmp_path / "Ben" / "codes").glob("ben-*")
    data = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(data[0] + b"#" + data[1])
    index = tmp_path / "Ana" / "codes" / "coding.json"
    shutil.copy(index, tmp_path / "copy.json")
    with pytest.warns(MediakitWarning, match="5 of 11 files were not read"):
        found = gather(tmp_path, coding=tmp_path / "Ana" / "codes", repeats=0)
    notes = found.files.set_index("file")["note"]
    for file, match in (
        ("half.zip", "not read: .*damaged"),
        ("essay.docx", "not read: no journal"),
        ("copy.json", "not read: no journal"),
        ("Gil.csv", "not read: .*is no sheet"),
        ("Fay.csv", "row 3: 'tone' is 'perhaps'"),
        (f"Ben/codes/{journal.name}", r"lines \[2\] are damaged"),
    ):
        assert pd.Series([notes[file]]).str.contains(match)[0], (file, notes[file])
    assert found.codes["coder"].tolist() == ["Ana", "Fay"]


def test_another_sample_is_not_mixed_in(tmp_path):
    for name in ("Ana", "Ben"):
        hand_in(tmp_path, name, [("u0", "tone", "good")], book=ONE)
    hand_in(tmp_path, "Eve", [("u0", "tone", "bad")], 5, ONE)
    with pytest.warns(MediakitWarning, match="1 of 6 files were not read"):
        found = gather(tmp_path, repeats=0)
    assert found.codes["coder"].tolist() == ["Ana", "Ben"]
    assert found.files["note"].str.contains("answers another sample").sum() == 1


def test_two_of_one_name_stay_two_and_one_who_hands_in_twice_stays_one(tmp_path):
    hand_in(tmp_path / "a", "Ana", [("u0", "tone", "good")], book=ONE)
    hand_in(tmp_path / "b", "Ana", [("u0", "tone", "bad")], book=ONE)
    shutil.copytree(tmp_path / "b", tmp_path / "c")
    ben = hand_in(tmp_path / "d", "Ben", [("u0", "tone", "good")], book=ONE)
    shutil.copytree(tmp_path / "d", tmp_path / "e")
    say(ben, "Ben", [("u1", "tone", "good")])  # goes on after the first copy
    found = gather(tmp_path, repeats=0)
    got = list(zip(found.codes["coder"], found.codes["code"], strict=True))
    assert got == [
        ("Ana", "good"),
        ("Ana (2)", "bad"),
        ("Ben", "good"),
        ("Ben", "good"),
    ]
    notes = found.coders.set_index("coder")["note"]
    assert "2 hand in under this name" in notes["Ana"]
    assert "more than once" in notes["Ana (2)"]
    assert "more than once" in notes["Ben"]


def test_pseudonyms_are_stable_and_hide_every_name_but_in_files(tmp_path):
    for name, code in zip(NAMES, ["good", "bad"] * 3, strict=True):
        hand_in(tmp_path, name, [("u0", "tone", code)], book=ONE)
    one = gather(tmp_path, pseudonyms="oak", repeats=0)
    two = gather(tmp_path, pseudonyms="oak", repeats=0)
    other = gather(tmp_path, pseudonyms="elm", repeats=0)
    assert one.coders.equals(two.coders)
    assert not set(one.coders["coder"]) & set(other.coders["coder"])
    tables = (one.codes, one.units, one.coders, one.disagreements, one.agreement)
    said = "".join(table.to_csv() for table in tables)
    assert not [name for name in NAMES if name in said]
    assert set(one.files["coder"]) == {"", *NAMES}
    with pytest.raises(MediakitError, match="a phrase"):
        gather(tmp_path, pseudonyms=" ")


def test_nothing_handed_in_is_an_error_and_no_codes_are_empty_tables(tmp_path):
    with pytest.raises(MediakitError, match="there is no folder"):
        gather(tmp_path / "none")
    with pytest.raises(MediakitError, match="says what was asked"):
        gather(tmp_path)
    coding(tmp_path / "Ana")
    found = gather(tmp_path)
    assert found.codes.empty
    assert found.coders.empty
    assert found.answers["codes"].sum() == 0
    assert found.answers["share"].isna().all()
    assert list(found.codes) == list(read_codes(tmp_path / "Ana"))


def test_decisions_are_not_pooled_with_first_codes(tmp_path):
    made = hand_in(tmp_path, "Ana", [("u0", "tone", "good")], book=ONE)
    say(made, "Ana", [("u0", "tone", "bad")], round="final")
    found = gather(tmp_path, repeats=0)
    assert found.codes["code"].tolist() == ["good"]
    assert found.files["note"].str.contains("not pooled").sum() == 1


def test_crowd_votes_on_real_sentences_pool_to_the_same_alpha(tmp_path, shared):
    votes = pd.read_csv(
        shared / "data" / "ukraine_bias_votes" / "sentences_flat.csv", nrows=40
    )
    sample = votes[["text"]].assign(unit_id=[f"c{n}" for n in range(40)])
    scale = {"level": "interval", "categories": ["0", "1", "2", "3"]}
    book = {"name": "votes", "questions": {"subjectivity": scale}}
    given = [json.loads(cell) for cell in votes["subjectivity_votes"]]
    rows = []
    for coder in range(5):
        made = open_coding(tmp_path / f"{coder}", sample=sample, codebook=book)
        said = [(f"c{n}", str(int(row[coder]))) for n, row in enumerate(given)]
        say(
            made,
            f"Coder {coder}",
            [(unit, "subjectivity", code) for unit, code in said],
        )
        rows += [(unit, coder, int(code)) for unit, code in said]
    found = gather(tmp_path, repeats=0)
    codes = pd.DataFrame(rows, columns=["unit_id", "coder", "code"])
    alpha = agreement(codes, level="interval", repeats=0)["alpha"][0]
    assert found.agreement["alpha"][0] == pytest.approx(alpha)
    divided = codes.groupby("unit_id")["code"].nunique() > 1
    assert set(found.disagreements["unit_id"]) == set(divided.index[divided])
    assert found.coders["complete"].all()
