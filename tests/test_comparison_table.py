"""compare's table: columns, order, notes, record, and answers to mistakes."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from comparisons import COLUMNS, by_item, measure_of, two_outlets
from measures import planted
from scipy import stats

import mediakit as mk
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer.adjust import adjust
from mediakit.measure.measure import Block


def test_one_article_carries_a_difference_and_is_told():
    # methods.md A2: log-likelihood calls this p = 4e-7
    frame = two_outlets(60, item=0)
    frame.loc[58, "item"], frame.loc[[57, 59], "item"] = 30, [1, 2]
    row = by_item(measure_of(frame, items=["item"]), cluster=None).loc["item"]
    assert row["note"].startswith("in fewer than 10 articles")
    assert np.isnan(row["p"])
    frame.loc[0:20:2, "item"] = 1
    row = by_item(measure_of(frame, items=["item"]), cluster=None).loc["item"]
    assert row["log_ratio"] > 3
    assert row["p"] > 0.05
    assert row["log_ratio_without"] < 2


def test_columns_types_order_and_record():
    table = mk.compare(measure_of(planted()), by="outlet", a="A", b="B")
    assert list(table.columns) == COLUMNS
    assert table["item"].dtype == table["note"].dtype == "str"
    integers = ["articles_a", "articles_b"]
    assert (table[integers].dtypes == "int64").all()
    numbers = [c for c in COLUMNS if c not in ("item", "note", *integers)]
    assert (table[numbers].dtypes == "float64").all()
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    assert record["verb"] == "compare"
    assert record["estimate"] == "log_ratio"
    assert record["family"] == 3
    assert record["parameters"]["a"] == "A"
    assert record["parameters"]["cluster"] == "week"
    frame = planted()
    side = frame[frame["outlet"] == "A"]
    assert record["sides"]["a"] == {
        "label": "A",
        "articles": len(side),
        "exposure": {"words": float(side["words"].sum())},
    }


def test_the_strongest_evidence_comes_first_and_untested_items_last():
    rng = np.random.default_rng(2)
    frame = two_outlets(400)
    more = np.where(frame["outlet"] == "A", 1, -1)
    for i, effect in enumerate(np.linspace(-1, 1, 21)):
        frame[f"w{i}"] = rng.poisson(2 * 2 ** (effect * more / 2))
    frame["rare"], frame["rarer"] = 0, 0
    frame.loc[:6, "rare"], frame.loc[:3, "rarer"] = 1, 1
    items = [c for c in frame if c.startswith(("w", "rare")) and c != "words"]
    table = mk.compare(measure_of(frame, items=items), by="outlet", a="A")
    assert table["item"].tolist()[-2:] == ["rare", "rarer"]
    tested = table[table["p"].notna()]
    strength = np.sign(tested["log_ratio"]) * tested["bound"]
    assert strength.is_monotonic_decreasing
    assert set(tested["item"][:4]) == {"w0", "w1", "w19", "w20"}
    assert table.attrs["mediakit"]["family"] == len(tested) == 21


def test_few_articles_and_few_clusters_are_told():
    small = two_outlets(16, war=1)
    small.loc[::3, "war"] = 2
    table = mk.compare(measure_of(small, items=["war"]), by="outlet", a="A")
    assert table[["p", "low", "bound", "p_cluster", "p_without"]].isna().all(axis=None)
    assert table["value_a"].iloc[0] > 0
    assert "fewer than 10 articles on a side" in table["note"].iloc[0]
    assert "only 8 articles" in table.attrs["mediakit"]["notes"][0]
    frame = two_outlets(60, war=[0, 1, 2, 3, 5, 1] * 10)
    frame["event"] = np.arange(60) // 10
    measure = measure_of(frame, items=["war"])
    row = by_item(measure).loc["war"]
    assert row["p"] < 1
    assert np.isnan(row["p_cluster"])
    assert "fewer than 10 clusters (event)" in row["note"]
    notes = mk.compare(measure, by="outlet", a="A", cluster="event").attrs["mediakit"]
    assert any("labels and passages before" in note for note in notes["notes"])
    assert any("p_cluster is not given" in note for note in notes["notes"])


def test_constant_articles_are_not_called_certain():
    frame = two_outlets(40, war=[4, 1] * 20)
    row = by_item(measure_of(frame, items=["war"]), cluster=None).loc["war"]
    assert np.isnan(row["p"])
    assert "no variation" in row["note"]


def test_a_value_without_exposure_names_the_article():
    frame = two_outlets(40, war=1).assign(article_id=[f"id{i}" for i in range(40)])
    measure = measure_of(frame, items=["war"])
    block = measure.stored[0]
    block.exposure[17] = 0
    with pytest.raises(MediakitError, match="'id17' has 'war' but no exposure"):
        mk.compare(measure, by="outlet", a="A")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"a": "Z"}, "has 'A'"),
        ({"b": "A"}, "one side"),
        ({"test": "exact"}, "must be one of"),
        ({"test": "permutation"}, "needs a `seed`"),
        ({"cluster": "month"}, "month"),
        ({"by": "paper"}, "paper"),
    ],
)
def test_mistakes_are_answered(options, message):
    options = {"by": "outlet", "a": "A", "b": "B"} | options
    with pytest.raises(MediakitError, match=message):
        mk.compare(measure_of(planted()), **options)


def test_another_correction_on_request():
    rng = np.random.default_rng(4)
    frame = two_outlets(200, **{f"w{i}": rng.poisson(1, 200) for i in range(9)})
    frame["rare"] = 0
    items = [f"w{i}" for i in range(9)] + ["rare"]
    table = mk.compare(measure_of(frame, items=items), by="outlet", a="A")
    tested = table["p"].notna()
    assert tested.sum() == 9
    for method in ("by", "bh"):
        q = adjust(table, method=method)["q"]
        expected = stats.false_discovery_control(table["p"][tested], method=method)
        np.testing.assert_allclose(q[tested], expected)
        assert q[~tested].isna().all()
    pd.testing.assert_frame_equal(adjust(table, method="bh"), table)
    top = adjust(table.head(4), method="bh")
    assert (top["q"] >= table["q"].head(4)).all()
    assert adjust(table).attrs["mediakit"]["adjusted"] == "by"
    with pytest.raises(MediakitError, match="must be one of"):
        adjust(table, method="holm")
    with pytest.raises(MediakitError, match="as `mk.compare` gave it"):
        adjust(pd.DataFrame({"p": [0.1]}))


def test_only_a_measure_can_be_compared():
    with pytest.raises(MediakitError, match="Measure"):
        mk.compare(planted(), by="outlet", a="A")


def test_sides_in_different_languages_are_warned_about():
    frame = planted()
    frame["language"] = np.where(frame["outlet"] == "A", "en", "es")
    with pytest.warns(MediakitWarning, match="language"):
        mk.compare(measure_of(frame), by="outlet", a="A", b="B")


def test_no_items_give_an_empty_table_with_the_same_columns():
    measure = measure_of(planted())
    block = measure.stored[0]
    empty = dataclasses.replace(
        measure,
        items=measure.items.iloc[:0],
        stored=(Block(block.rows, block.values[:, :0], block.exposure),),
    )
    table = mk.compare(empty, by="outlet", a="A", b="B")
    assert list(table.columns) == COLUMNS
    assert table.empty
    assert table.dtypes.astype(str).tolist() == (
        by_item(measure).reset_index().dtypes.astype(str).tolist()
    )


def test_the_input_is_not_changed():
    measure = measure_of(planted())
    before = measure.articles.copy(), measure.values.toarray(), measure.exposure.copy()
    mk.compare(measure, by="outlet", a="A", b="B", cluster="event")
    pd.testing.assert_frame_equal(measure.articles, before[0])
    assert np.array_equal(measure.values.toarray(), before[1])
    assert np.array_equal(measure.exposure, before[2])
