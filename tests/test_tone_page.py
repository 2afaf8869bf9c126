"""The page on tone says what the benchmarks wrote down, and no more."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from mediakit.share.docs import SOURCES

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
PAGE = (SOURCES / "tone.md").read_text(encoding="utf-8")
IDENTITY = (BENCHMARKS / "tone_identity.md").read_text(encoding="utf-8")
PARTS = ("gain", "low", "high")
SETS = {
    "NewsMTSC": "NewsMTSC, held back",
    "PerSenT": "PerSenT, development part",
    "SemEval 2007": "SemEval 2007 headlines, trial part",
    "PhraseBank": "Financial PhraseBank, 50 % agree",
    "tweets": "VADER's tweets",
    "constructed": "The constructed corpus",
}
INSTRUMENTS = {
    "always the commonest": "majority",
    "VADER, whole text": "vader, whole text",
    "VADER, by sentence": "vader, by sentence",
    "VADER, names masked": "vader, by sentence, names masked",
    "TextBlob, by sentence": "textblob, by sentence",
    "AFINN, by sentence": "afinn, by sentence",
    "`score_toward`": "targeted",
}


def table(text, first):
    """Return the cells of the table whose heading begins with a word."""
    lines = text[text.index(f"\n| {first} |") + 1 :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def plain(number):
    return f"{number:.2f}".replace("0.", ".")


def test_what_differs_is_as_measured():
    own = [row for row in table(PAGE, "Python")[2:]]
    found = [row for row in table(IDENTITY, "Python")[2:]]
    assert [[row[0], row[1], row[3], row[4]] for row in own] == [
        [row[0], row[1], row[3], row[4]] for row in found
    ]
    assert {row[5] for row in own} == {one for row in found for one in row[5:]} == {"0"}


def test_speed_is_as_measured():
    own, found = table(PAGE, "task")[2:], table(IDENTITY, "task")[2:]
    assert [[row[0], *row[2:]] for row in own] == [[row[0], *row[2:]] for row in found]


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_worth_is_as_measured(name):
    record = json.loads((BENCHMARKS / "tone_validity.json").read_text("utf-8"))
    rows = pd.DataFrame(record["rows"]).set_index(["set", "instrument"])
    heading, _, *cells = table(PAGE, "instrument")
    (row,) = [one for one in cells if one[0] == name]
    for column, said in zip(heading[1:], row[1:], strict=True):
        key = (SETS[column], INSTRUMENTS[name])
        if key not in rows.index:
            assert said == ""
            continue
        one = rows.loc[key]
        low, high = plain(one["f1_low"]), plain(one["f1_high"])
        assert said == f"{plain(one['f1'])} ({low} to {high})"


def test_gains_are_as_measured():
    record = json.loads((BENCHMARKS / "tone_validity.json").read_text("utf-8"))
    gains = {(one["set"], one["asked"]): one for one in record["gains"]}
    for where in ("NewsMTSC, held back", "PerSenT, development part"):
        one = gains[where, "targeted for VADER"]
        signed = [f"{one[name]:+.2f}".replace("0.", ".") for name in PARTS]
        said = "{} ({} to {})".format(*signed)
        assert re.search(rf"gain.*{re.escape(said)}", PAGE)
