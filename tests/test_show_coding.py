import json
from html.parser import HTMLParser

import pandas as pd
import pytest
from coding_helpers import ONE, coding, say, units

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.show.coding import book_of, show_coding
from mediakit.show.coding_page import page_of
from mediakit.show.coding_session import PAGE, Session
from mediakit.show.coding_sheets import save_coding
from mediakit.text.coding import open_coding
from mediakit.text.read_codes import read_codes

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202eevil\x00 & \"'>"


def press(session, question, *codes, unit=None, seconds=1.0):
    """Say what the page says when a key is pressed."""
    session.hear(
        {
            "kind": "code",
            "unit": unit or session.view()["unit"],
            "question": question,
            "codes": list(codes),
            "seconds": seconds,
            "page": "p",
            "number": 1,
        }
    )
    return session.view()


@pytest.fixture
def made(tmp_path):
    return coding(tmp_path)


def test_the_next_text_comes_when_all_that_is_asked_is_answered(made):
    session = Session(made, "Ana", "first")
    view = press(session, "says", "yes")
    assert (view["unit"], view["asked"]) == ("u0", ["says", "tone", "frames"])
    view = press(session, "tone", "-1")
    assert view["unit"] == "u0"
    view = press(session, "frames")
    assert (view["unit"], view["done"], view["of"]) == ("u1", 1, 4)
    assert press(session, "says", "no")["asked"] == ["says", "frames"]


def test_an_answer_is_on_disk_before_the_next_text_is_shown(made, monkeypatch):
    session = Session(made, "Ana", "first")
    press(session, "says", "no")
    seen = []
    turn = Session._turn

    def watched(self, place):
        seen.append(read_codes(made)["question"].tolist())
        turn(self, place)

    monkeypatch.setattr(Session, "_turn", watched)
    press(session, "frames", "war")
    assert seen == [["says", "war", "money"]]


def test_a_new_sitting_goes_on_where_the_last_one_ended(made):
    session = Session(made, "Ana", "first")
    press(session, "says", "no")
    press(session, "frames", "war")
    press(session, "says", "yes")
    again = Session(made, "Ana", "first").view()
    assert (again["unit"], again["answers"]) == ("u1", {"says": ["yes"]})
    assert Session(made, "Ben", "first").view()["place"] == 0


def test_two_windows_see_each_other_and_overwrite_nothing(tmp_path):
    made = coding(tmp_path, book=ONE)
    left, right = (Session(made, "Ana", "first") for _ in range(2))
    press(left, "tone", "good")
    assert press(right, "tone", "bad")["unit"] == "u1"  # the last answer to u0 counts
    press(left, "tone", "good")
    press(left, "tone", "good")
    right.hear({"kind": "open"})
    assert (right.view()["unit"], right.view()["done"]) == ("u3", 3)
    assert read_codes(made)["code"].tolist() == ["bad", "good", "good"]
    kept = [path.read_text().count('"codes"') for path in tmp_path.glob("ana-*")]
    assert sorted(kept) == [1, 3]


def test_back_forth_and_to_what_is_open(made):
    session = Session(made, "Ana", "first")
    for place, shown in ((2, 2), (-5, 0), (99, 3)):
        session.hear({"kind": "go", "place": place})
        assert session.view()["place"] == shown
    press(session, "says", "no")
    press(session, "frames")
    assert session.view()["place"] == 0
    session.hear({"kind": "go", "place": 3})
    assert session.view()["answers"] == {"says": ["no"], "frames": []}
    session.hear({"kind": "open"})
    assert session.view()["place"] == 0


@pytest.mark.parametrize(
    "message",
    [
        {"unit": "u9", "question": "says", "codes": ["yes"]},
        {"unit": "u0", "question": "says", "codes": ["maybe"]},
        {"unit": "u0", "question": "says", "codes": ["yes", "no"]},
        {"unit": "u0", "question": "says", "codes": []},
        {"unit": "u0", "question": "none", "codes": ["yes"]},
        {"unit": "u0", "question": "says", "codes": "yes"},
        {"unit": "u0", "question": "frames", "codes": [["war"]]},
        {"unit": ["u0"], "question": "says", "codes": ["yes"]},
    ],
)
def test_what_fits_no_question_is_refused_and_not_kept(made, message):
    session = Session(made, "Ana", "first")
    with pytest.raises(MediakitError, match="fits no question"):
        session.hear({"kind": "code", "page": "p", "number": 7, **message})
    assert session.view()["heard"] == {"p": 7}  # so that the page does not wait
    assert read_codes(made).empty


@pytest.mark.parametrize("seconds", [float("nan"), "x", None, -3, 1e12])
def test_seconds_that_cannot_be_are_not_believed(made, seconds):
    press(Session(made, "Ana", "first"), "says", "no", seconds=seconds)
    kept = read_codes(made)["seconds"]
    assert kept.isna().all() or kept.between(0, 86_400).all()


def test_the_final_round_shows_only_disputes_and_names_nobody(tmp_path):
    made = coding(tmp_path, book=ONE)
    say(made, "Ana", [("u0", "tone", "good"), ("u1", "tone", "good")])
    say(made, "Ben", [("u0", "tone", "good"), ("u1", "tone", "bad")])
    say(made, "Ben", [("u2", "tone", "bad")]).add(unit="u1", note="ironic")
    before = {path: path.read_bytes() for path in tmp_path.glob("*-*")}
    session = Session(made, "Cem", "final")
    view = session.view()
    assert (view["of"], view["unit"], view["answers"]) == (1, "u1", {})
    assert [one["answers"] for one in view["others"]] == [
        {"tone": ["good"]},
        {"tone": ["bad"]},
    ]
    assert view["others"][1]["note"] == "ironic"
    assert not [name for name in ("Ana", "Ben") if name in json.dumps(view)]
    assert press(session, "tone", "bad")["done"] == 1
    assert all(path.read_bytes() == data for path, data in before.items())
    assert read_codes(made).query("unit_id == 'u1'")["code"].tolist() == ["good", "bad"]
    assert Session(made, "Dan", "final").view()["done"] == 1


def test_where_nobody_differs_there_is_nothing_to_decide(made):
    view = Session(made, "Cem", "final").view()
    assert (view["of"], view["unit"]) == (0, None)


def test_long_texts_come_in_pieces_and_odd_characters_are_seen(tmp_path):
    long = units(1).assign(text=HOSTILE + "x" * (3 * PAGE), match="xx")
    session = Session(open_coding(tmp_path, sample=long, codebook=ONE), "Ana", "first")
    view = session.view()
    assert "⟨U+202E⟩evil⟨U+0000⟩" in view["text"][0]
    assert view["more"] == len(long["text"][0]) - PAGE
    for _ in range(3):
        session.hear({"kind": "more"})
    assert session.view()["more"] == 0
    assert session.view()["text"][1] == "xx"


class Tags(HTMLParser):
    """The tags and the visible text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.said = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data):
        self.said.append(data)


def test_the_printed_page_runs_nothing_and_has_a_box_for_each_answer(tmp_path):
    book = {"title": HOSTILE, "questions": {"q": {"ask": HOSTILE, "categories": {
        "a": {"label": HOSTILE, "definition": HOSTILE, "examples": [HOSTILE]},
        "b": "B"}}}}  # fmt: skip
    shown = units(3).assign(title=HOSTILE, text=HOSTILE)
    made = open_coding(tmp_path, sample=shown, codebook=book)
    page = page_of(made)
    read = Tags(page)
    assert not {"script", "img", "a", "iframe", "link"} & set(read.tags)
    assert "\u202e" not in page
    assert "".join(read.said).count("<script>alert(1)</script>") >= 3
    assert page.count('class="box"') == 3 * 2
    assert "default-src 'none'" in page


def test_a_sheet_is_never_written_over_and_runs_no_formula(tmp_path):
    made = open_coding(tmp_path, sample=units(2).assign(text="=1+1"), codebook=ONE)
    page, sheet = save_coding(made, tmp_path / "sheets" / "Ana.html")
    typed = pd.read_csv(sheet, dtype="str")
    assert list(typed) == ["coder", "unit_id", "text", "tone", "note"]
    assert typed["text"].tolist() == ["'=1+1"] * 2
    page.unlink()
    with pytest.raises(MediakitError, match="is there and may hold codes"):
        save_coding(made, page)
    assert not page.exists()


def test_without_a_notebook_it_says_how_to_go_on(made):
    say(made, "Ana", [("u0", "says", "no"), ("u0", "frames", [])])
    shown = show_coding(made.folder, coder="Ana")
    assert "1 of 4 texts are coded by Ana" in shown.text
    assert "save_coding" in shown.text
    for bad in ({"coder": ""}, {"coder": "Ana", "round": "last"}):
        with pytest.raises(MediakitError):
            show_coding(made, **bad)


def test_what_the_page_gets_holds_no_outlet_and_no_date(tmp_path):
    corpus = mk.load_sample("strait")
    drawn = mk.draw_sample(corpus, size=20, unit="article", seed=5)
    made = open_coding(tmp_path, sample=drawn, codebook="frames")
    session = Session(made, "Ana", "first")
    ids = {one["article_id"] for one in drawn.attrs["mediakit"]["key"]}
    for place in range(20):
        session.hear({"kind": "go", "place": place})
        view = session.view()
        assert set(view) == {
            *("place", "of", "done", "round", "coder", "heard", "said", "unit"),
            *("title", "text", "more", "asked", "answers", "others", "note"),
        }
        assert not [one for one in ids if one in json.dumps(view)]
    assert book_of(made.codebook)["questions"][0]["many"] is True
