import json

import pytest
from coding_helpers import BOOK, ONE, coding, say, units

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.text.codebook_files import load_codebook
from mediakit.text.coding import INDEX, open_coding


def test_a_coding_opens_again_as_it_was(tmp_path):
    made = coding(tmp_path / "codes")
    again = open_coding(tmp_path / "codes")
    assert again.fingerprint == made.fingerprint
    assert again.codebook == made.codebook
    assert again.units.equals(made.units)
    assert coding(tmp_path / "codes").fingerprint == made.fingerprint


def test_the_folder_never_says_where_a_text_comes_from(tmp_path):
    corpus = mk.load_sample("strait")
    drawn = mk.draw_sample(corpus, size=12, seed=3)
    shown = drawn.assign(outlet="Kelta", published="2016", article_id="e01-kelta-1")
    open_coding(tmp_path, sample=shown, codebook=ONE)
    said = (tmp_path / INDEX).read_text(encoding="utf-8")
    held = json.loads(said)
    assert held["columns"] == ["unit_id", "text"]
    assert "key" not in held["source"]
    ids = {one["article_id"] for one in drawn.attrs["mediakit"]["key"]}
    assert not [one for one in {*ids, "Kelta", "2016-"} if f'"{one}' in said]


def test_codes_stay_with_what_was_asked(tmp_path):
    made = coding(tmp_path)
    coding(tmp_path, number=5)  # nobody has coded: it may still be changed
    made = coding(tmp_path, number=4)
    say(made, "Ana", [("u0", "says", "no")])
    with pytest.raises(MediakitError, match="codes of another sample"):
        coding(tmp_path, number=5)
    with pytest.raises(MediakitError, match="codes of another codebook"):
        coding(tmp_path, book=ONE)
    assert open_coding(tmp_path).fingerprint == made.fingerprint


def test_what_is_missing_is_said(tmp_path):
    for given, match in (
        ({}, "holds no coding"),
        ({"sample": units()}, "needs a `codebook`"),
        ({"codebook": ONE}, "needs a `sample`"),
        ({"sample": units(0), "codebook": ONE}, "no rows"),
        ({"sample": units().assign(unit_id="a"), "codebook": ONE}, "a unit_id twice"),
        ({"sample": units(), "codebook": load_codebook("tone")}, r'fill\(actor="'),
        ({"sample": units(), "codebook": 3}, "must be a Codebook"),
        ({"sample": units()[["text"]], "codebook": ONE}, "lacks the columns"),
    ):
        with pytest.raises(MediakitError, match=match):
            open_coding(tmp_path / "new", **given)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("cut", [1, 40, 300])
def test_a_coding_that_was_changed_or_cut_is_refused(tmp_path, cut):
    coding(tmp_path)
    whole = (tmp_path / INDEX).read_text()
    for broken in (whole[:-cut], whole.replace("Text u1.", "Text u9.")):
        (tmp_path / INDEX).write_text(broken)
        if json_of(broken) == json_of(whole):
            continue
        with pytest.raises(MediakitError, match="changed or cut short"):
            open_coding(tmp_path)


def json_of(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def test_the_book_may_be_a_name_or_a_dict(tmp_path):
    named = open_coding(tmp_path / "a", sample=units(), codebook="frames")
    assert named.codebook == load_codebook("frames")
    assert repr(coding(tmp_path / "b", book=BOOK)).startswith("Coding('b': 4 units")
