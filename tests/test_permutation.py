"""Permutation against a naive version, clusters, max-T, seeds and planted truth."""

import numpy as np
import pandas as pd
import pytest
from measures import cut

import mediakit as mk
from mediakit import kernels
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.permutation import exchanged


def articles(seed=1, many=120, items=6):
    """Two outlets whose articles differ in length; words come in bursts."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"outlet": rng.choice(["A", "B"], many)})
    frame["words"] = np.where(frame["outlet"] == "A", 900, 300)
    frame["week"] = rng.integers(0, 15, many)
    for i in range(items):
        clump = rng.gamma(0.5, 2, many)
        frame[f"w{i}"] = rng.poisson(0.003 * frame["words"] * clump)
    return frame


def permuted(frame, kind="count", **options):
    items = [c for c in frame if c.startswith("w") and c not in ("words", "week")]
    measure = mk.as_measure(frame, value=items, exposure="words", kind=kind)
    options = {"by": "outlet", "a": "A", "test": "permutation", "seed": 1} | options
    return mk.compare(measure, **options).set_index("item").sort_index()


def naive_statistics(frame, items, kind):
    """Size of the difference over its standard error, one frame at a time."""
    sizes = []
    parts = [frame[frame["outlet"] == g] for g in "AB"]
    for item in items:
        rates = [t[item].sum() / t["words"].sum() for t in parts]
        squares, totals = [], []
        for t, rate in zip(parts, rates, strict=True):
            residual = t[item] - rate * t["words"]
            squares.append(len(t) / (len(t) - 1) * (residual**2).sum())
            totals.append(t["words"].sum())
        if kind == "mean":
            variance = squares[0] / totals[0] ** 2 + squares[1] / totals[1] ** 2
        else:
            variance = sum(squares) / (totals[0] * totals[1])
        sizes.append(abs(rates[0] - rates[1]) / np.sqrt(variance))
    return np.array(sizes)


@pytest.mark.parametrize("kind", ["count", "mean"])
@pytest.mark.parametrize("within", [False, True])
def test_agrees_with_naive_permutations(kind, within):
    frame = articles()
    frame["week"] = frame["week"] % 12
    items = [f"w{i}" for i in range(6)]
    observed = naive_statistics(frame, items, kind)
    rng = np.random.default_rng(2)
    drawn = []
    for _ in range(250):
        strata = frame["week"] if within else 0
        key = np.lexsort((rng.random(len(frame)), np.broadcast_to(strata, len(frame))))
        base = np.argsort(np.broadcast_to(strata, len(frame)), kind="stable")
        other = frame.copy()
        other.loc[key, "outlet"] = frame["outlet"].to_numpy()[base]
        drawn.append(naive_statistics(other, items, kind))
    drawn = np.array(drawn)
    naive_p = (1 + (drawn >= observed).sum(axis=0)) / 251
    naive_max = (1 + (drawn.max(axis=1)[:, None] >= observed).sum(axis=0)) / 251
    table = permuted(frame, kind, cluster="week")
    ending = "_cluster" if within else ""
    np.testing.assert_allclose(table[f"p{ending}"], naive_p, atol=0.09)
    np.testing.assert_allclose(table[f"p_max{ending}"], naive_max, atol=0.09)


def test_agrees_with_the_score_test_where_both_hold():
    frame = articles(seed=3, many=400, items=30)
    drawn, scored = permuted(frame), permuted(frame, test="score", seed=None)
    assert (drawn["p"] - scored["p"]).abs().max() < 0.1
    assert (drawn["p"] - scored["p"]).abs().mean() < 0.03
    unchanged = ["low", "high", "bound", "log_ratio", "p_without"]
    pd.testing.assert_frame_equal(drawn[unchanged], scored[unchanged])


def test_the_largest_statistic_adjusts_for_the_family():
    table = permuted(articles(items=12))
    assert (table["p_max"] >= table["p"]).all()
    alone = permuted(articles(items=1))
    assert alone["p_max"].iloc[0] == alone["p"].iloc[0]
    for ending in ("", "_cluster"):
        q = benjamini_hochberg(table[f"p{ending}"].to_numpy())
        np.testing.assert_array_equal(table[f"q{ending}"], q)
    # p is a count of 999 permutations plus one
    steps = table["p"] * 1000
    np.testing.assert_allclose(steps, steps.round())
    assert (table["p"] >= 0.001).all()


def test_within_strata_the_largest_statistic_is_told_too():
    table = permuted(articles(many=300, items=12), within="week", cluster="article")
    assert table.columns.tolist()[-2:] == ["p_max", "p_max_cluster"]
    known = table["p"].notna()
    assert known.any()
    assert (table.loc[known, "p_max"] >= table.loc[known, "p"]).all()
    q = benjamini_hochberg(table["p"].to_numpy())
    np.testing.assert_array_equal(table["q"], q)
    few = articles(many=80, items=3)  # permuted whatever the test
    assert "p_max" in permuted(few, within="week", test="score")
    assert "p_max" not in permuted(few, test="score")


def test_the_same_seed_gives_the_same_whatever_the_blocks():
    frame = articles()
    one, two = permuted(frame), permuted(frame)
    pd.testing.assert_frame_equal(one, two)
    assert not permuted(frame, seed=2)["p"].equals(one["p"])
    measure = mk.as_measure(frame, value=["w0", "w1"], exposure="words")
    options = {"by": "outlet", "a": "A", "test": "permutation", "seed": 1}
    pd.testing.assert_frame_equal(
        mk.compare(measure, **options), mk.compare(cut(measure, [7, 50]), **options)
    )


def test_a_planted_difference_is_found_and_lengths_alone_are_not():
    frame = articles(seed=4, many=300, items=20)
    more = np.random.default_rng(5).poisson(4 * (frame["outlet"] == "A"))
    frame["wplanted"] = frame["w0"] + more
    table = permuted(frame)
    assert table.loc["wplanted", "p_max"] == 0.001
    assert table.loc["wplanted", "q"] < 0.05
    assert (table.drop(index="wplanted")[["q", "p_max"]] > 0.05).all().all()


def test_where_labels_follow_the_cluster_whole_clusters_swap():
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"week": np.repeat(np.arange(24), 20), "words": 500})
    frame["outlet"] = np.where(frame["week"] % 2, "A", "B")
    busy = rng.gamma(1, 1, (24, 30))[frame["week"]]
    for i in range(30):
        frame[f"w{i}"] = rng.poisson(2 * busy[:, i])
    table = permuted(frame, cluster="week")
    # weeks differ, and with them the articles' labels: articles alone are deceived
    assert (table["p"] < 0.05).mean() > 0.3
    assert (table["p_cluster"] < 0.05).mean() < 0.15


def test_fewer_than_ten_clusters_a_side_are_not_permuted():
    frame = articles()
    frame["week"] = frame["week"] % 4
    table = permuted(frame, cluster="week")
    assert table["p_cluster"].isna().all()
    assert table["p"].notna().all()


@pytest.mark.parametrize("strata", [1, 4, 300])
@pytest.mark.parametrize("many", [0, 1, 2, 500])
def test_labels_are_dealt_out_as_they_are_sorted(monkeypatch, strata, many):
    rng = np.random.default_rng(many)
    stratum, label = rng.integers(0, strata, many), rng.random(many) < 0.3
    found = []
    for least in (1 << 40, 0):
        monkeypatch.setattr(kernels, "PAYS_FROM", least)
        found.append(exchanged(label, stratum, np.random.default_rng(3), 4))
    assert found[0].tolist() == found[1].tolist()
    for part in np.unique(stratum):
        dealt = found[1][stratum == part].sum(axis=0)
        assert (dealt == label[stratum == part].sum()).all()
