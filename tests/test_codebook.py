import json

import pytest

from mediakit.errors import MediakitError
from mediakit.resources import folder
from mediakit.text.codebook_files import SHIPPED, load_codebook, read_codebook

YAML = """
name: peace
title: Is there peace
questions:
  peace:
    ask: Is it about peace?
    categories:
      yes: {label: "Yes", definition: War is over., examples: [A truce holds.], key: y}
      no: It is not.
  why:
    only_if: {peace: yes}
    choose: many
    categories: [talks, -1]
"""


@pytest.fixture
def yaml(tmp_path):
    path = tmp_path / "peace.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_codebooks_say_what_they_are_and_have_a_card(name):
    book = load_codebook(name)
    assert {"purpose", "source", "validity", "failures", "licence"} <= set(book.about)
    assert book.to_frame()["definition"].ne("").all()
    assert (folder("data") / "codebooks" / f"{name}.md").is_file()
    assert read_codebook(json.loads(json.dumps(book.to_dict()))) == book


def test_frames_have_the_names_of_the_dictionary_so_codes_go_into_validate():
    from mediakit.text.dictionary_shipped import load_dictionary

    codes = load_codebook("frames").question("frames").codes
    assert set(codes) <= set(load_dictionary("frames").categories)


def test_yaml_keeps_yes_and_no_and_numbers_as_words(yaml):
    book = read_codebook(yaml)
    assert book.question("peace").codes == ("yes", "no")
    assert book.question("why").codes == ("talks", "-1")
    assert book.question("peace").categories[1].label == "It is not."
    assert [kind.key for kind in book.question("peace").categories] == ["y", "1"]


def test_yaml_json_and_dict_give_the_same_book(yaml, tmp_path):
    book = read_codebook(yaml)
    path = tmp_path / "peace.json"
    path.write_text(json.dumps(book.to_dict()), encoding="utf-8-sig")
    assert read_codebook(path) == book
    assert read_codebook(book.to_dict()).fingerprint == book.fingerprint


def test_any_word_that_coders_read_changes_the_fingerprint(yaml):
    other = read_codebook({**read_codebook(yaml).to_dict(), "title": "Is there war"})
    assert other.fingerprint != read_codebook(yaml).fingerprint


def test_a_question_is_asked_only_after_the_answer_it_hangs_on(yaml):
    book = read_codebook(yaml)
    for said, asked in ((), 1), (("no",), 1), (("yes",), 2):
        assert len(book.asked({"peace": said} if said else {})) == asked


def test_blanks_are_filled_everywhere_and_named_when_left():
    book = load_codebook("tone")
    filled = book.fill(actor="Oss")
    assert (book.blanks, filled.blanks) == (["actor"], [])
    assert "Oss" in filled.title
    assert "{actor}" not in json.dumps(filled.to_dict()["questions"])
    with pytest.raises(MediakitError, match=r"no \{who\} to fill in; it has \['actor'"):
        book.fill(who="Oss")


def test_the_table_has_a_row_for_each_answer(yaml):
    frame = read_codebook(yaml).to_frame()
    assert frame["question"].tolist() == ["peace", "peace", "why", "why"]
    assert frame.loc[0, "definition"] == "War is over."


XY = ["x", "y"]


@pytest.mark.parametrize(
    ("match", "questions"),
    [
        ("at least two categories", {"a": {"categories": ["yes"]}}),
        ("a code or a key twice", {"a": {"categories": ["x", "x"]}}),
        ("digit or small letter", {"a": {"categories": {"x": {"key": "Tab"}}}}),
        ("cannot be a name", {"unit_id": {"categories": XY}}),
        ("must be numbers", {"a": {"level": "ordinal", "categories": XY}}),
        ("an earlier question", {"a": {"only_if": {"b": "x"}, "categories": XY}}),
        ("no comma or semicolon", {"a": {"choose": "many", "categories": ["x;"]}}),
        ("has no 'colour'", {"a": {"colour": "red", "categories": XY}}),
        ("`choose` of 'a' must be", {"a": {"choose": "two", "categories": XY}}),
        ("37 categories", {"a": {"categories": [f"c{n}" for n in range(37)]}}),
        (
            "'x' names two things",
            {"x": {"categories": XY}, "b": {"choose": "many", "categories": XY}},
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(match, questions):
    with pytest.raises(MediakitError, match=match):
        read_codebook({"name": "test", "questions": questions})


def test_files_that_are_no_codebook_are_refused(tmp_path):
    with pytest.raises(MediakitError, match="comes with"):
        read_codebook(tmp_path / "none.yaml")
    for text, said in (("a: [", "no YAML"), ("- a", "must have"), ("name: x", "needs")):
        (tmp_path / "bad.yaml").write_text(text)
        with pytest.raises(MediakitError, match=said):
            read_codebook(tmp_path / "bad.yaml")
