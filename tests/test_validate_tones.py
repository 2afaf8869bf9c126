"""Several instruments against one set of codes, by side."""

import numpy as np
import pandas as pd
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.show.validity import NOT_VALIDATED

SAYS = {1: "A good day, {}.", 0: "It rained, {}.", -1: "A bad day, {}."}


def coded(size=60):
    """Return texts with codes: VADER reads those of A right and those of B never."""
    codes = np.resize([1, 1, 0, 0, -1, -1], size)
    said = [code if n % 2 else -code for n, code in enumerate(codes.tolist())]
    texts = [SAYS[code].format(n) for n, code in enumerate(said)]
    outlets = ["B", "A"] * (size // 2)
    corpus = corpus_of(texts, outlet=outlets)
    ids = corpus.metadata["article_id"]
    return corpus, pd.DataFrame({"unit_id": ids, "code": codes, "outlet": outlets})


def test_an_instrument_that_fails_on_one_side_is_seen():
    corpus, codes = coded()
    tones = mk.score_tones(corpus, methods=["vader"], without=())
    table = mk.validate_tones(tones, codes, by="outlet", repeats=100)
    rows = table.set_index("group")
    assert rows.index.tolist() == ["all", "A", "B"]
    assert rows.loc["A", "f1"] == 1
    assert rows.loc["B", "f1"] < 0.5
    assert rows.loc["A", "r"] > 0.9
    assert rows.loc["B", "r"] < -0.9
    assert rows["units"].tolist() == [60, 30, 30]
    known = [sum(codes["code"] != 0) / 60]
    assert rows["scored"].tolist()[:1] == pytest.approx(known)


def test_each_row_is_that_of_validate():
    corpus, codes = coded()
    tones = mk.score_tones(corpus)
    table = mk.validate_tones(tones, codes, repeats=50)
    assert table["item"].tolist() == tones.items["item"].tolist()
    every = mk.score_sentiment(corpus, unit="every sentence")
    one = every.only_items(["compound (every sentence)"])
    cuts = [-0.05, 0.05]
    alone = mk.validate(one, codes, level="ordinal", cuts=cuts, repeats=50)
    alone = alone[alone["item"] == "all classes"].set_index("method")
    for name in ("f1", "f1_low", "f1_high", "alpha", "r", "accuracy"):
        assert table[name].iloc[0] == pytest.approx(alone.loc["measure", name])
    assert table["majority_f1"].iloc[0] == alone.loc["majority", "f1"]
    assert table.attrs["mediakit"]["coders"] == 1


def test_a_sample_of_sentences_by_draw_sample():
    texts = ["A good day. It rained. A bad day."] * 8
    corpus = corpus_of(texts, outlet=["A", "B"] * 4)
    sample = mk.draw_sample(corpus, size=24)
    right = sample["text"].str.contains("good").astype(int)
    right -= sample["text"].str.contains("bad").astype(int)
    codes = mk.as_codes(sample.assign(code=right), coder="Ana")
    read = mk.tokenize(mk.as_articles(sample))
    tones = mk.score_tones(read, methods=["vader"], without=())
    table = mk.validate_tones(tones, codes, by="outlet", repeats=0)
    assert table["group"].tolist() == ["all", "A", "B"]
    assert table["f1"].tolist() == [1, 1, 1]


def test_toward_and_coders():
    corpus = corpus_of(["China lied.", "China met Japan.", "China won.", "It rained."])
    ids = corpus.metadata["article_id"]
    codes = pd.DataFrame({"unit_id": ids, "code": [-1, 0, 1, 0]})
    both = pd.concat([codes.assign(coder=name) for name in ("Ana", "Ben")])
    table = mk.validate_tones(mk.score_toward(corpus, "China"), both, repeats=0)
    row = table.iloc[0]
    assert (row["item"], row["units"], row["scored"]) == ("China", 4, 0.5)
    assert (row["f1"], row["coders_alpha"]) == (1, 1)


def test_errors():
    corpus, codes = coded(12)
    tones = mk.score_tones(corpus)
    two = pd.concat([codes.assign(question=name) for name in ("tone", "frame")])
    with pytest.raises(mk.MediakitError, match="the codes are of 2 questions"):
        mk.validate_tones(tones, two)
    with pytest.raises(mk.MediakitError, match="`cuts` must be one fewer"):
        mk.validate_tones(tones, codes[codes["code"] != 0])
    with pytest.raises(mk.MediakitError, match="no coded unit is in the measure"):
        mk.validate_tones(tones, codes.assign(unit_id="x"))


def test_what_was_found_stands_under_the_figures():
    corpus, codes = coded()
    tones = mk.score_tones(corpus, methods=["vader"])
    table = mk.validate_tones(tones, codes, by="outlet", repeats=50)
    known = tones.with_validity(table)
    shown = mk.describe(mk.summarise(known, by="outlet"))
    assert "Held against 60 coded texts: “vader” F1 0." in shown
    assert "; “vader, without name” F1 0." in shown
    assert "not validated" not in shown
    both = mk.score_tones(corpus).with_validity(table)
    shown = mk.describe(mk.summarise(both, by="outlet"))
    assert "“textblob”: not validated; “textblob, without name”: not" in shown
    other = mk.summarise(both.only_items(["textblob"]), by="outlet")
    assert NOT_VALIDATED in mk.describe(other)
    assert "Held against" not in mk.describe(other) + mk.methods_text(other)
    with pytest.raises(mk.MediakitError, match="validate this measure"):
        mk.score_toward(corpus, "China").with_validity(table)


def test_a_sample_by_outlet_and_score_hides_both():
    outlets = ["Ruritanian Times", "Sylvania Post", "Daily Third"]
    texts = [f"A good day, {n}. It rained, {n}. A bad day, {n}." for n in range(60)]
    corpus = corpus_of(texts, outlet=outlets * 20)
    many = mk.as_articles(mk.draw_sample(corpus, size=180, seed=1))
    tones = mk.score_tones(mk.tokenize(many), methods=["vader"], without=())
    score = tones.values.toarray()[:, 0]
    bands = pd.cut(score, [-2, -0.05, 0.05, 2], labels=["-", "0", "+"])
    many = many.assign(band=bands.astype("str"))
    by = ["outlet", "band"]
    sheet = mk.draw_sample(many, size=45, unit="article", by=by, seed=2)
    assert list(sheet.columns) == ["unit_id", "title", "text", "code"]
    shown = sheet.to_csv()
    assert not any(one in shown for one in outlets)
    key = pd.DataFrame(sheet.attrs["mediakit"]["key"])
    assert key["stratum"].astype("str").value_counts().tolist() == [5] * 9
    says = {"A good": "+", "It rai": "0", "A bad ": "-"}
    band = many.set_index("text")["band"].loc[sheet["text"]]
    assert band.tolist() == sheet["text"].str[:6].map(says).tolist()
