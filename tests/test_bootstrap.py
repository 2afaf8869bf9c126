"""compare(test="bootstrap"): against a naive one, clusters, blocks, planted truth."""

import numpy as np
import pandas as pd
import pytest
from measures import cut

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.formulas.bootstrap import acceleration, bca_limits, bca_p
from mediakit.formulas.sums import Sums

COLUMNS = ["low_bootstrap", "high_bootstrap", "p_lijffijt"]


def articles(seed=1, many=120, items=4):
    """Two outlets whose articles differ in length; words come in bursts."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"outlet": rng.choice(["A", "B"], many, p=[0.7, 0.3])})
    frame["words"] = np.where(frame["outlet"] == "A", 900, 300)
    frame["week"] = rng.integers(0, 30, many)
    for i in range(items):
        clump = rng.gamma(0.5, 2, many)
        frame[f"w{i}"] = rng.poisson(0.003 * frame["words"] * clump)
    return frame


def measure_of(frame, kind="count"):
    items = [c for c in frame if c[0] == "w" and c[1:].isdigit()]
    return mk.as_measure(frame, value=items, exposure="words", kind=kind)


def drawn(measure, **options):
    options = {"by": "outlet", "a": "A", "test": "bootstrap", "seed": 1} | options
    return mk.compare(measure, **options).set_index("item").sort_index()


def naive(frame, item, codes, rng, draws=999):
    """Draw units anew, one side or kind of unit after the other."""
    side = (frame["outlet"] == "B").to_numpy()
    on = pd.crosstab(codes, side) > 0
    kinds = on.groupby([on[False], on[True]]).groups.values()
    sums = frame[[item, "words"]].to_numpy(float)
    ratios = []
    for _ in range(draws):
        weight = pd.Series(0, on.index)
        for units in kinds:
            again = rng.choice(units, len(units))
            weight = weight.add(pd.Series(again).value_counts(), fill_value=0)
        times = weight.loc[codes].to_numpy()[:, None] * sums
        a, b = times[~side].sum(axis=0), times[side].sum(axis=0)
        ratios.append(np.log2(a[0] / a[1] / (b[0] / b[1])))
    return np.array(ratios)


def bca_of(frame, item, ratios):
    a, b = (
        Sums.of_units(rows[[item]].to_numpy(), rows["words"].to_numpy())
        for rows in (frame[frame["outlet"] == side] for side in "AB")
    )
    variance = a.square / a.x**2 + b.square / b.x**2
    estimate = np.log2(a.rate / b.rate)
    given = ratios[None, :], estimate, acceleration(a, b, a.x, b.x, variance)
    return bca_p(*given)[0], *(limit[0] for limit in bca_limits(*given, alpha=0.05))


def test_agrees_with_a_naive_bootstrap():
    frame = articles(many=200)
    table = drawn(measure_of(frame), cluster="week")
    rng = np.random.default_rng(2)
    row = table.loc["w0"]
    ratios = naive(frame, "w0", np.arange(len(frame)), rng)
    p, low, high = bca_of(frame, "w0", ratios)
    assert row["p"] == pytest.approx(p, abs=0.08)
    assert row["low_bootstrap"] == pytest.approx(low, abs=0.1 * (high - low))
    assert row["high_bootstrap"] == pytest.approx(high, abs=0.1 * (high - low))
    below = (ratios < 0).mean()
    assert row["p_lijffijt"] == pytest.approx(2 * min(below, 1 - below), abs=0.08)
    weekly = bca_of(frame, "w0", naive(frame, "w0", frame["week"].to_numpy(), rng))
    assert row["p_cluster"] == pytest.approx(weekly[0], abs=0.12)


def test_adds_columns_and_leaves_the_others():
    measure = measure_of(articles(many=400).assign(words=500))
    table = drawn(measure)
    scored = drawn(measure, test="score", seed=None)
    assert table.columns.tolist() == [*scored.columns, *COLUMNS]
    same = ["log_ratio", "low", "high", "bound", "p_without", "note"]
    pd.testing.assert_frame_equal(table[same], scored[same])
    assert (table["q"] >= table["p"]).all()
    assert (table["p"] - scored["p"]).abs().max() < 0.15


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_the_same_seed_gives_the_same_whatever_the_blocks(kind, monkeypatch):
    measure = measure_of(articles(), kind)
    table = drawn(measure)
    with mk.use(2):
        pieces = drawn(cut(measure, [7, 50]))
    rtol = 1e-12 if kind == "mean" else 0
    pd.testing.assert_frame_equal(table, pieces, rtol=rtol, atol=0)
    monkeypatch.setattr("mediakit.infer.bootstrap.ITEMS_AT_ONCE", 3)
    pd.testing.assert_frame_equal(table, drawn(measure), rtol=rtol, atol=0)
    assert not drawn(measure, seed=2)["p"].equals(table["p"])


def test_the_interval_of_a_mean_is_of_the_difference():
    frame = articles()
    rng = np.random.default_rng(3)
    for i in range(4):
        frame[f"w{i}"] = (rng.normal(0, 3, len(frame)) * (1 + i)).round(3)
    frame["words"] = 1
    table = drawn(measure_of(frame, "mean"))
    np.testing.assert_allclose(table["low_bootstrap"], table["low"], atol=0.6)
    np.testing.assert_allclose(table["high_bootstrap"], table["high"], atol=0.6)


def test_a_planted_difference_is_found_and_nothing_else():
    frame = articles(seed=4, many=300, items=12)
    more = np.random.default_rng(5).poisson(9 * (frame["outlet"] == "A"))
    frame["w99"] = frame["w0"] + more
    table = drawn(measure_of(frame))
    assert table.loc["w99", "p"] == 0.001
    assert table.loc["w99", "q"] < 0.05
    assert table.loc["w99", "low_bootstrap"] > 0
    assert (table.drop(index="w99")["q"] > 0.05).all()


def test_where_a_side_has_none_there_is_no_p():
    frame = articles(items=2)
    frame["w7"] = (frame["outlet"] == "A") * frame["w0"]
    row = drawn(measure_of(frame)).loc["w7"]
    assert row[["p", "q", "low_bootstrap", "high_bootstrap"]].isna().all()
    assert row["note"] == "a side has none: to draw its articles anew says nothing of p"
    assert np.isfinite(row["low"])
    assert row["p_lijffijt"] == 0.001


def test_rare_words_of_unequal_sides_are_not_found_by_chance():
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"outlet": np.repeat(["A", "B"], [450, 50]), "words": 500})
    for i in range(90):
        frame[f"w{i}"] = rng.poisson(1.5, 500) * (rng.random(500) < 0.03)
    table = drawn(measure_of(frame))
    known = table["p"].notna()
    assert (table.loc[known, "p"] < 0.05).sum() < 0.08 * len(table)
    assert (table["p_lijffijt"] < 0.05).mean() > 0.12


def test_fewer_than_ten_clusters_and_a_missing_seed():
    frame = articles()
    frame["week"] = frame["week"] % 4
    table = drawn(measure_of(frame), cluster="week")
    assert table["p_cluster"].isna().all()
    assert table["p"].notna().all()
    with pytest.raises(MediakitError, match='test="bootstrap" .* needs a `seed`'):
        drawn(measure_of(frame), seed=None)
    with pytest.raises(MediakitError, match="does not go with `within`"):
        drawn(measure_of(frame), within="week")
