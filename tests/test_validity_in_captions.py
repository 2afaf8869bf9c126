"""What `validate` found stands under every figure of the measure."""

import re

import pandas as pd
import pytest

import mediakit as mk

FRAME = pd.DataFrame(
    {
        "article_id": [f"a{n}" for n in range(60)],
        "outlet": ["A", "B"] * 30,
        "published": pd.date_range("2024-01-01", periods=60, tz="UTC"),
        "war": [1, 0, 0] * 20,
        "words": 100,
    }
)
MEASURE = mk.as_measure(FRAME, value="war", exposure="words", unit="word")
CODES = pd.DataFrame({"unit_id": FRAME["article_id"], "code": [1, 1, 0] * 20})


def test_the_sentence_stands_in_tables_captions_and_plots():
    known = MEASURE.with_validity(mk.validate(MEASURE, CODES, repeats=50))
    said = "Held against 60 coded texts: F1 0.67 ("
    tables = [
        mk.summarise(known, by="outlet"),
        mk.compare(known, by="outlet", a="A", b="B"),
        mk.trend(known, by="outlet", freq="month"),
    ]
    for table in tables:
        assert any(note.startswith(said) for note in table.attrs["mediakit"]["notes"])
        assert said in mk.describe(table)
    assert said in mk.describe(mk.plot_trend(tables[2]))
    assert "validity" not in MEASURE.provenance
    assert known.subset(FRAME["outlet"] == "A").provenance == known.provenance


def test_coders_and_a_better_word_model_are_named():
    texts = ["storm today" if code else "calm today" for code in CODES["code"]]
    both = pd.concat([CODES.assign(coder=name, text=texts) for name in ("Ana", "Ben")])
    table = mk.validate(MEASURE, both, repeats=0)
    said = MEASURE.with_validity(table).provenance["validity"]
    assert said == (
        "Held against 60 coded texts by 2 coders (alpha 1.00): F1 0.67; "
        "precision 1.00; recall 0.50; a word model 1.00."
    )


def test_numbers_are_told_by_alpha_and_correlation():
    tone = mk.as_measure(
        FRAME.assign(war=FRAME["war"] - 0.5), value="war", exposure="words", kind="mean"
    )
    table = mk.validate(tone, CODES, level="interval", repeats=0)
    said = tone.with_validity(table).provenance["validity"]
    assert re.fullmatch(
        r"Held against 60 .*: alpha -?0\.\d\d; correlation 0\.50\.", said
    )


def test_another_measures_validation_is_refused():
    table = mk.validate(MEASURE, CODES, repeats=0)
    other = mk.as_measure(
        FRAME.rename(columns={"war": "tax"}), value="tax", exposure="words"
    )
    with pytest.raises(mk.MediakitError, match=r"the validation is of \['war'\]"):
        other.with_validity(table)
    with pytest.raises(mk.MediakitError, match="must be a table of `mk.validate`"):
        other.with_validity(mk.summarise(other))
