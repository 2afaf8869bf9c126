"""What docstrings and cards say tone is worth: as committed, and as measured again."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import tone_validity
from tone_validity_sets import SETS, TARGET, Coded, newsmtsc

import mediakit as mk
from mediakit.resources import folder

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"

HELD, PERSENT = "NewsMTSC, held back", "PerSenT, development part"


@pytest.fixture(scope="module")
def figures():
    record = json.loads((BENCHMARKS / "tone_validity.json").read_text(encoding="utf-8"))
    return pd.DataFrame(record["rows"]).set_index(["set", "instrument"])


def plain(number):
    return f"{number:.2f}".replace("0.", ".")


@pytest.mark.parametrize(
    ("where", "instrument", "words"),
    [
        (HELD, "targeted", r"macro F1 {}"),
        (HELD, "vader, whole text", r"VADER of\s+the sentence has {}"),
        (HELD, "majority", r"the commonest class {}"),
        (PERSENT, "targeted", r"\(PerSenT\) {}"),
        (PERSENT, "vader, by sentence", r"mean\s+over sentences {}"),
    ],
)
def test_the_docstring_of_score_toward_quotes_them(figures, where, instrument, words):
    said = plain(figures.loc[(where, instrument), "f1"])
    assert re.search(words.format(re.escape(said)), mk.score_toward.__doc__)


def test_the_docstring_of_score_sentiment_quotes_them(figures):
    doc = " ".join(mk.score_sentiment.__doc__.split())
    f1 = figures["f1"].map(plain)
    masked = "vader, by sentence, names masked"
    assert (
        f"is {f1[HELD, 'vader, by sentence']} by VADER and "
        f"{f1[HELD, 'textblob, by sentence']} by TextBlob, {f1[HELD, masked]} by VADER "
        f"with names masked and {f1[HELD, 'targeted']} by `score_toward`"
    ) in doc
    assert (
        f"(PerSenT): {f1[PERSENT, 'vader, by sentence']} and "
        f"{f1[PERSENT, 'textblob, by sentence']} by sentence, "
        f"{f1[PERSENT, 'vader, whole text']} for VADER of the whole text"
    ) in doc


def test_the_card_quotes_them(figures):
    card = folder("data") / "dictionaries" / "toward.md"
    text = " ".join(card.read_text(encoding="utf-8").split())
    row = figures.loc[HELD, "targeted"]
    low, high = plain(row["f1_low"]), plain(row["f1_high"])
    assert f"macro F1 {plain(row['f1'])} ({low} to {high}), r {plain(row['r'])}" in text


def test_macro_f1_by_hand_and_intervals_around_it():
    assert tone_validity.macro_f1(np.diag([2, 3, 4])) == 1
    table = np.array([[1, 1, 0], [0, 2, 0], [0, 0, 0]])
    assert tone_validity.macro_f1(table) == pytest.approx((2 / 3 + 4 / 5 + 0) / 3)
    gold = pd.Series([-1, 0, 1] * 20)
    units = pd.DataFrame({"text": "", "cluster": np.arange(60) // 2})
    said = np.where(np.arange(60) % 5 == 0, 0.0, gold)
    found, draws = tone_validity.figures(Coded("x", "", units, gold, gold), said)
    assert found["f1_low"] < found["f1"] < found["f1_high"]
    assert found["r"] == pytest.approx(np.corrcoef(gold, said)[0, 1])
    assert len(draws) == tone_validity.REPEATS


def test_seen_and_held_back_share_no_sentence(shared):
    data = shared / "data"
    seen, held = (newsmtsc(data, data, seen=one).units["text"] for one in (True, False))
    assert not set(seen) & set(held)
    assert len(seen) + len(held) == 8739


def test_tone_toward_is_worth_what_is_said(shared, figures):
    coded = SETS["newsmtsc_held_back"](shared / "data", None)
    corpus = tone_validity.corpus_of(coded.units["aimed"])
    said, _ = tone_validity.means(mk.score_toward(corpus, {TARGET: [TARGET]}))
    found = np.where(said <= -0.05, -1, np.where(said >= 0.05, 1, 0))
    table = np.zeros((3, 3))
    np.add.at(table, (coded.gold + 1, found + 1), 1)
    f1 = tone_validity.macro_f1(table)
    assert f1 == pytest.approx(figures.loc[(HELD, "targeted"), "f1"], abs=1e-3)
    assert f1 > figures.loc[(HELD, "vader, whole text"), "f1_high"]
