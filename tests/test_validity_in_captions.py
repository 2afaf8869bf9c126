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


def notes(measure, **options):
    return mk.summarise(measure, **options).attrs["mediakit"]["notes"]


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
    (said,) = notes(MEASURE.with_validity(table))
    assert said == (
        "Held against 60 coded texts by 2 coders (alpha 1.00): F1 0.67; "
        "precision 1.00; recall 0.50; a word model 1.00."
    )


def test_numbers_are_told_by_alpha_and_correlation():
    tone = mk.as_measure(
        FRAME.assign(war=FRAME["war"] - 0.5), value="war", exposure="words", kind="mean"
    )
    table = mk.validate(tone, CODES, level="interval", repeats=0)
    (said,) = notes(tone.with_validity(table))
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


def test_each_item_has_its_own():
    frame = FRAME.assign(tax=[0, 0, 1] * 20, trade=1)
    items = ["war", "tax", "trade"]
    three = mk.as_measure(frame, value=items, exposure="words", unit="word")
    asked = {"war": [1, 1, 0] * 20, "tax": [0, 0, 1] * 20}
    codes = pd.concat(
        [CODES.assign(question=name, code=code) for name, code in asked.items()]
    )
    known = three.with_validity(mk.validate(three, codes, repeats=0))
    (said,) = notes(known)
    assert said == (
        "Held against 60 coded texts: mean F1 0.83; “war” F1 0.67; “tax” F1 1.00; "
        "“trade”: not validated."
    )
    (one,) = notes(known.only_items(["tax"]))
    assert one.startswith("Held against 60 coded texts: F1 1.00; precision 1.00")
    assert notes(known.only_items(["trade"])) == []
    trend = mk.trend(known, freq="month", items=["war"])
    for shown in (mk.describe(trend), mk.methods_text(trend)):
        assert "60 coded texts: F1 0.67; precision" in shown
        assert "“tax”" not in shown
    assert "“tax” F1" not in mk.describe(mk.plot_trend(mk.trend(known), items=["war"]))


def test_a_validation_of_one_is_not_put_under_others():
    frame = FRAME.assign(tone=FRAME["war"] - 0.5, other=0.1, war=0.5)
    items = ["tone", "other"]
    two = mk.as_measure(frame, value=items, exposure="words", kind="mean")
    one = two.only_items(["tone"])
    table = mk.validate(one, CODES, level="ordinal", cuts=[0.0], repeats=0)
    with pytest.raises(mk.MediakitError, match="is of one instrument, .* has 2: "):
        two.with_validity(table)
    assert notes(one.with_validity(table))
