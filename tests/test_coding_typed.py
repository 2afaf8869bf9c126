"""Sheets that were typed into: whatever a spreadsheet makes of them."""

import pandas as pd
import pytest
from coding_helpers import ONE, coding, rows, say

from mediakit.errors import MediakitWarning
from mediakit.show.coding_sheets import save_coding
from mediakit.text.codebook_files import load_codebook
from mediakit.text.coding_typed import codes_in
from mediakit.text.read_codes import read_codes


def fill(made, path, **columns):
    page, sheet = save_coding(made, path)
    page.unlink()
    frame = pd.read_csv(sheet, dtype="str", keep_default_na=False)
    return sheet, frame.assign(**columns)


def test_a_sheet_saved_by_any_spreadsheet_is_read(tmp_path):
    made = coding(tmp_path)
    said = {"says": ["yes", "Ja", "NO", ""], "tone": ["+1", "", "", ""]}
    said = said | {
        "frames": ["war, money", "mon", "-", ""],
        "note": "schön",
        "coder": "",
    }
    sheet, frame = fill(made, tmp_path / "Ana.html", **said)
    sheet.unlink()
    frame.to_csv(tmp_path / "Ana.csv", sep=";", encoding="cp1252", index=False)
    frame.assign(tone=[1.0, None, None, None]).to_excel(tmp_path / "Ben.xlsx")
    with pytest.warns(MediakitWarning, match=r"row 3: 'says' is 'Ja', must be one of"):
        codes = read_codes(made)
    expected = {
        ("u0", "says"): "yes",
        ("u0", "tone"): "1",
        ("u0", "war"): "yes",
        ("u0", "money"): "yes",
        ("u1", "war"): "no",
        ("u1", "money"): "yes",
        ("u2", "says"): "no",
        ("u2", "war"): "no",
        ("u2", "money"): "no",
    }
    given = codes[codes["code"].notna()]
    for coder in ("Ana", "Ben"):
        mine = rows(given[given["coder"] == coder])
        assert {key[1:]: code for key, code in mine.items()} == expected
    assert set(codes["note"]) == {"schön"}


def test_sheet_and_screen_that_differ_are_said_and_the_screen_counts(tmp_path):
    made = coding(tmp_path, book=ONE)
    sheet, frame = fill(made, tmp_path / "Ana.html", tone="bad")
    frame.to_csv(sheet, index=False)
    say(made, "Ana", [("u0", "tone", "good"), ("u1", "tone", "bad")])
    with pytest.warns(MediakitWarning, match="answered 'tone' of u0 on a sheet"):
        codes = read_codes(made)
    assert rows(codes)["Ana", "u0", "tone"] == "good"
    assert len(codes) == 4


def test_cells_name_a_category_by_code_label_or_beginning_and_never_guess():
    sources = load_codebook("sources").question("group")
    tone = load_codebook("tone").question("tone")
    for cell, question, code in (
        ("home off", sources, "home official"),
        ("Not said who", sources, "unnamed"),
        (" EXPERT ", sources, "expert"),
        ("o", sources, None),  # "other official", and labels that begin so
        ("\u22121", tone, "-1"),
        ("Bad", tone, "-1"),
        ("2", tone, None),  # a key, and no code
        ("", tone, None),
    ):
        assert codes_in(cell, question) == (None if code is None else [code]), cell
