"""validate: planted truth, the word model, sides and clusters."""

import numpy as np
import pandas as pd

import mediakit as mk
from mediakit.infer.word_model import draw_folds


def row_of(table, item, method="measure", group="all"):
    found = table[
        (table["item"] == item)
        & (table["method"] == method)
        & (table["group"] == group)
    ]
    return found.iloc[0]


def planted(seed=1, units=600, recall=0.7, false=0.1):
    """Return a measure and codes whose recall and false alarms are known."""
    rng = np.random.default_rng(seed)
    yes = rng.random(units) < 0.4
    hit = np.where(yes, rng.random(units) < recall, rng.random(units) < false)
    frame = pd.DataFrame(
        {
            "article_id": [f"u{n}" for n in range(units)],
            "side": np.where(np.arange(units) % 2, "B", "A"),
            "hits": hit.astype(int),
            "words": 50,
        }
    )
    measure = mk.as_measure(frame, value="hits", exposure="words", unit="word")
    noise = rng.integers(0, 50, (units, 3))
    texts = [
        ("storm " if one else "calm ") + " ".join(f"w{n}" for n in row)
        for one, row in zip(yes, noise, strict=True)
    ]
    codes = pd.DataFrame({"unit_id": frame["article_id"], "code": yes.astype(int)})
    return measure, codes.assign(text=texts)


def test_planted_recall_and_precision_lie_in_their_intervals():
    covered = np.zeros(2)
    for seed in range(20):
        measure, codes = planted(seed)
        table = mk.validate(measure, codes.drop(columns="text"), repeats=200, seed=seed)
        row = row_of(table, "hits")
        covered += [
            row["recall_low"] <= 0.7 <= row["recall_high"],
            row["precision_low"] <= 0.28 / 0.34 <= row["precision_high"],
        ]
    assert (covered >= 17).all()


def test_the_word_model_finds_the_word_that_decides_and_is_named_as_better():
    measure, codes = planted()
    table = mk.validate(measure, codes, repeats=20)
    assert row_of(table, "hits", "words")["f1"] > 0.97
    assert "a word model does better" in row_of(table, "hits")["note"]
    assert row_of(table, "hits", "majority")["auc"] == 0.5


def test_the_word_model_learns_nothing_from_the_same_article():
    folds = draw_folds(np.repeat(np.arange(20), 5), seed=1)
    assert (np.diff(folds.reshape(20, 5), axis=1) == 0).all()
    assert np.bincount(folds).tolist() == [20] * 5
    measure, codes = planted(units=200)
    article = np.arange(200) // 10
    chance = np.random.default_rng(4).random(20) < 0.5
    codes["code"] = chance[article].astype(int)
    codes["text"] = [f"article{a} common words here" for a in article]
    leaking = mk.validate(measure, codes, repeats=0)
    codes["article_id"] = [f"a{a}" for a in article]
    honest = mk.validate(measure, codes, repeats=0)
    assert row_of(leaking, "hits", "words")["auc"] == 1
    assert row_of(honest, "hits", "words")["auc"] < 0.7


def test_sides_have_rows_of_their_own():
    measure, codes = planted()
    codes = codes.drop(columns="text")
    table = mk.validate(measure, codes, by="side", repeats=0)
    for side in "AB":
        mask = (measure.articles["side"] == side).to_numpy()
        alone = mk.validate(measure.subset(mask), codes[mask], repeats=0)
        row, own = row_of(table, "hits", group=side), row_of(alone, "hits")
        assert row["units"] == 300
        assert row["f1"] == own["f1"]


def test_whole_articles_widen_intervals():
    measure, codes = planted(units=60)
    measure = mk.as_measure(
        pd.concat([measure.articles.assign(hits=measure.values.toarray()[:, 0])] * 5)
        .assign(article_id=[f"u{n}" for n in range(300)])
        .reset_index(drop=True),
        value="hits",
        exposure="words",
    )
    codes = pd.concat([codes.drop(columns="text")] * 5, ignore_index=True)
    codes = codes.assign(
        article_id=codes["unit_id"], unit_id=[f"u{n}" for n in range(300)]
    )
    wide = row_of(mk.validate(measure, codes, repeats=300), "hits")
    narrow = mk.validate(measure, codes, repeats=300, cluster="unit_id")
    narrow = row_of(narrow, "hits")
    assert wide["f1"] == narrow["f1"]
    spans = [one["f1_high"] - one["f1_low"] for one in (wide, narrow)]
    assert spans[0] > 1.6 * spans[1]


def test_the_same_seed_gives_the_same_table_whatever_the_order_of_codes():
    measure, codes = planted(units=100)
    first = mk.validate(measure, codes, repeats=30, seed=7)
    again = mk.validate(
        measure, codes.sample(frac=1, random_state=1), repeats=30, seed=7
    )
    pd.testing.assert_frame_equal(first, again)


def test_a_side_that_the_measure_serves_worse_is_named():
    good, codes = planted(seed=1, units=400, recall=0.9)
    poor, others = planted(seed=2, units=400, recall=0.4)
    frames = [m.articles.assign(hits=m.values.toarray()[:, 0]) for m in (good, poor)]
    frame = pd.concat([frames[0].assign(side="A"), frames[1].assign(side="B")])
    frame["article_id"] += frame["side"]
    codes = pd.concat(
        [
            codes.assign(unit_id=codes["unit_id"] + "A"),
            others.assign(unit_id=others["unit_id"] + "B"),
        ]
    )
    measure = mk.as_measure(frame, value="hits", exposure="words")
    codes = codes.drop(columns="text")
    table = mk.validate(measure, codes, by="side", repeats=200)
    other = row_of(table, "hits", group="B")["recall"]
    said = f"recall is higher here than elsewhere ({other:.2f})"
    assert said in row_of(table, "hits", group="A")["note"]
    assert "recall is lower here" in row_of(table, "hits", group="B")["note"]
    alike = 0
    for seed in range(20):
        measure, codes = planted(seed)
        codes = codes.drop(columns="text")
        table = mk.validate(measure, codes, by="side", repeats=100, seed=seed)
        alike += not table["note"].str.contains("than elsewhere").any()
    assert alike >= 16
