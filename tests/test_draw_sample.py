"""draw_sample and its sheets: what is drawn, what is hidden, what comes back."""

import re

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit.text import tokenize as tokenizing

TEXTS = [
    "Rain fell in the north. Nobody was hurt.",
    "Talks failed. “We want peace,” she said. Rain again.",
    "A third report. It has two sentences, not three.",
    "Rain, rain and rain. The harbour closed. It opened again at noon.",
    "Only one sentence stands in this report about rain.",
]
ARTICLES = mk.read_articles(
    pd.DataFrame(
        {
            "article_id": [f"x{n}" for n in range(5)],
            "outlet": ["Alpha", "Alpha", "Alpha", "Beta", "Beta"],
            "published": "2024-05-01",
            "title": [f"Title {n}" for n in range(5)],
            "text": TEXTS,
        }
    )
)


@pytest.fixture(scope="module")
def strait():
    return mk.load_sample("strait")


def key_of(sheet):
    return pd.DataFrame(sheet.attrs["mediakit"]["key"])


def test_every_sentence_is_there_once_and_as_it_stands():
    sheet = mk.draw_sample(ARTICLES, size=1000)
    key = key_of(sheet)
    assert len(sheet) == 11
    assert sheet["unit_id"].is_unique
    assert sheet["unit_id"].str.fullmatch(r"u[0-9a-f]{11}").all()
    assert (key["weight"] == 1).all()
    whole = dict(zip(ARTICLES["article_id"], TEXTS, strict=True))
    texts = zip(sheet["text"], key["article_id"], strict=True)
    assert all(text in whole[article] for text, article in texts)
    assert "“We want peace,” she said." in sheet["text"].tolist()


def test_the_reader_sees_no_outlet():
    sheet = mk.draw_sample(ARTICLES, size=5, questions=["war", "tone"])
    assert list(sheet.columns) == ["unit_id", "text", "war", "tone"]
    assert sheet[["war", "tone"]].isna().all(axis=None)
    cells = sheet[["unit_id", "text"]].to_numpy().ravel()
    assert not any("Alpha" in cell or "x1" in cell for cell in cells)


def test_as_many_of_each_outlet_and_weights_that_make_up_for_it(strait):
    sheet = mk.draw_sample(strait, size=100, seed=3)
    key = key_of(sheet)
    counts = key["outlet"].value_counts()
    assert len(sheet) == 100
    assert counts.max() - counts.min() <= 1
    everything = key_of(mk.draw_sample(strait, size=10**6))["outlet"].value_counts()
    sums = key.groupby("outlet")["weight"].sum()
    np.testing.assert_allclose(sums, everything[sums.index])


def test_a_small_group_gives_all_it_has():
    key = key_of(mk.draw_sample(ARTICLES, size=4, unit="article"))
    assert key["outlet"].value_counts().to_dict() == {"Alpha": 2, "Beta": 2}
    key = key_of(mk.draw_sample(ARTICLES, size=8, by=["outlet", "published"]))
    assert key["outlet"].value_counts().to_dict() == {"Alpha": 4, "Beta": 4}
    key = key_of(mk.draw_sample(ARTICLES, size=10))
    assert key["outlet"].value_counts().to_dict() == {"Alpha": 6, "Beta": 4}


def test_neither_order_nor_shards_change_what_is_drawn(strait, monkeypatch):
    first = mk.draw_sample(strait, size=30, seed=5)
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 40)
    again = mk.tokenize(strait.articles.sample(frac=1, random_state=1))
    assert len(again.parts) > 1
    pd.testing.assert_frame_equal(first, mk.draw_sample(again, size=30, seed=5))
    mask = np.ones(len(again), bool)
    pd.testing.assert_frame_equal(
        first, mk.draw_sample(again.subset(mask), size=30, seed=5)
    )
    other = mk.draw_sample(again, size=30, seed=6)
    assert len(set(first["unit_id"]) & set(other["unit_id"])) < 10


def test_every_unit_has_the_same_chance():
    drawn = [mk.draw_sample(ARTICLES, size=2, by=[], seed=s) for s in range(300)]
    counts = pd.concat(drawn)["text"].value_counts()
    assert len(counts) == 11
    assert counts.between(30, 82).all()  # 600 / 11 = 54.5, four standard errors


def test_a_pattern_and_a_view_choose_units():
    rain = mk.draw_sample(ARTICLES, pattern="rain", size=99)
    assert len(rain) == 4
    assert rain["text"].str.contains("rain", case=False).all()
    quoted = mk.mark_quotations(mk.tokenize(ARTICLES)).only("quotation")
    assert mk.draw_sample(quoted)["text"].tolist() == ["“We want peace,” she said."]
    titles = mk.draw_sample(mk.tokenize(ARTICLES).only("title"))
    assert sorted(titles["text"]) == [f"Title {n}" for n in range(5)]


def test_passages_are_hits_with_words_around(strait):
    sheet = mk.draw_sample(ARTICLES, pattern="rain", unit="passage", size=99)
    assert sheet["match"].str.lower().tolist() == ["rain"] * 6
    found = mk.find_passages(strait, "ferry", width=25)
    whole = mk.draw_sample(strait, pattern="ferry", unit="passage", size=10**4)
    assert sorted(whole["text"]) == sorted(
        found["left"] + found["match"] + found["right"]
    )


def test_articles_are_whole():
    sheet = mk.draw_sample(ARTICLES, unit="article", size=99)
    assert list(sheet.columns) == ["unit_id", "title", "text", "code"]
    assert sorted(sheet["text"]) == sorted(TEXTS)


def test_a_sheet_filled_in_and_sent_back_gives_codes(tmp_path):
    path = tmp_path / "sheet.csv"
    sheet = mk.draw_sample(ARTICLES, size=6, questions=["war", "tone"])
    mk.save_table(sheet, path)
    again = mk.read_table(path)
    pd.testing.assert_frame_equal(sheet, again)
    filled = pd.read_csv(path)
    filled["war"] = [1, 0, 1, None, 0, 1]
    filled["tone"] = ["good", " ", "bad", "bad", "good", None]
    filled.sample(frac=1, random_state=2).to_csv(path, index=False)
    with pytest.warns(mk.MediakitWarning, match="was changed after it was saved"):
        back = mk.read_table(path)
    for codes in (
        mk.as_codes(back, coder="Ana"),
        mk.as_codes(pd.read_csv(path), coder="Ana", sample=sheet),
    ):
        assert codes["question"].value_counts().to_dict() == {"war": 5, "tone": 4}
        war = codes[codes["question"] == "war"].set_index("unit_id")["code"]
        assert war[sheet.loc[0, "unit_id"]] == "1"
        key = key_of(sheet).set_index("unit_id")["outlet"]
        assert (codes["outlet"] == codes["unit_id"].map(key)).all()
        assert (codes["coder"] == "Ana").all()
        texts = sheet.set_index("unit_id")["text"]
        assert (codes["text"] == codes["unit_id"].map(texts)).all()


def test_from_a_sheet_to_agreement_and_validity(strait):
    sheet = mk.draw_sample(strait, size=60, questions="minister", seed=2)
    truth = sheet["text"].str.contains(r"\bminister", case=False).astype(int)
    ana = mk.as_codes(sheet.assign(minister=truth), coder="Ana")
    ben = mk.as_codes(sheet.assign(minister=truth), coder="Ben")
    codes = pd.concat([ana, ben])
    assert mk.agreement(codes, cluster="article_id").loc[0, "alpha"] == 1
    corpus = mk.tokenize(mk.as_articles(sheet))
    measure = mk.count_patterns(corpus, {"minister": ["minister*"]})
    table = mk.validate(measure, codes, by="outlet", repeats=0)
    row = table[table["method"] == "measure"].iloc[0]
    assert row["recall"] == 1
    assert row["coders_alpha"] == 1
    assert set(table["group"]) == {"all", *codes["outlet"]}


def test_errors_say_what_to_do():
    sheet = mk.draw_sample(ARTICLES, size=3)
    cases = [
        (lambda: mk.draw_sample(ARTICLES, size=0), "`size` must be a number"),
        (lambda: mk.draw_sample(ARTICLES, unit="word"), "`unit` must be one of"),
        (lambda: mk.draw_sample(ARTICLES, unit="passage"), "needs a `pattern`"),
        (lambda: mk.draw_sample(ARTICLES, by="side"), "lacks the columns ['side']"),
        (lambda: mk.draw_sample(ARTICLES, questions=["text"]), "none of ['text']"),
        (lambda: mk.draw_sample(mk.load_sample("kcna")), "needs the order of words"),
        (lambda: mk.as_codes(sheet, coder=""), "`coder` must be a name"),
        (lambda: mk.as_codes(pd.DataFrame(sheet.to_dict()), coder="A"), "lost its key"),
        (lambda: mk.as_codes(pd.concat([sheet] * 2), coder="A"), "stands there twice"),
        (
            lambda: mk.as_codes(sheet.assign(unit_id="u1"), coder="A"),
            "unit 'u1' is not in the key",
        ),
    ]
    for wrong, message in cases:
        with pytest.raises(mk.MediakitError, match=re.escape(message)):
            wrong()


def test_nothing_in_gives_nothing_out_with_the_same_columns():
    full = mk.draw_sample(ARTICLES, size=2)
    empty = mk.draw_sample(ARTICLES[:0])
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
    assert len(mk.as_codes(empty, coder="Ana")) == 0
    with pytest.warns(mk.MediakitWarning, match="no sentence holds 'unheard'"):
        assert len(mk.draw_sample(ARTICLES, pattern="unheard")) == 0


def test_a_sample_of_a_sample_keeps_articles_and_weights():
    strait = mk.load_sample("strait")
    pool = mk.draw_sample(strait, size=400, seed=1)
    sentences = mk.as_articles(pool)
    length = sentences["text"].str.len()
    banded = sentences.assign(band=np.where(length > length.median(), "long", "short"))
    by = ["outlet", "band"]
    twice = mk.draw_sample(banded, size=80, unit="article", by=by, seed=2)
    first = pd.DataFrame(pool.attrs["mediakit"]["key"])
    second = pd.DataFrame(twice.attrs["mediakit"]["key"])
    assert set(second["article_id"]) <= set(first["article_id"])
    totals = first.groupby("outlet")["weight"].sum()
    again = second.groupby("outlet")["weight"].sum()
    pd.testing.assert_series_equal(again, totals)
    assert second["stratum"].nunique() == 2 * len(totals)


def test_what_is_left_over_falls_to_strata_by_lot(strait):
    names = [
        mk.draw_sample(strait, size=1, by="outlet", seed=seed).attrs["mediakit"]["key"]
        for seed in range(8)
    ]
    assert len({key[0]["outlet"] for key in names}) > 1
