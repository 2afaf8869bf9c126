"""compare(within=): against naive sums by stratum, its laws, and a planted confound."""

import numpy as np
import pandas as pd
import pytest
from comparisons import by_item, measure_of, two_outlets
from hypothesis import given, settings
from hypothesis import strategies as st
from measures import cut, planted
from scipy import stats

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.formulas.multiple import benjamini_hochberg


def confounded(articles=2000, effect=1.0, seed=5):
    """Two outlets that share topics unequally; the topic alone makes the words."""
    rng = np.random.default_rng(seed)
    topic = rng.integers(0, 8, articles)
    odds = np.linspace(0.15, 0.85, 8)[topic]
    frame = pd.DataFrame({"section": topic, "words": rng.integers(200, 900, articles)})
    frame["outlet"] = np.where(rng.random(articles) < odds, "A", "B")
    frame["published"] = pd.Timestamp("2014-01-06", tz="UTC") + pd.to_timedelta(
        rng.integers(0, 350, articles), unit="D"
    )
    clump = rng.gamma(2, 0.5, articles)
    rate = np.linspace(0.001, 0.008, 8)[topic] * frame["words"] * clump
    for name in ("market", "talks"):
        frame[name] = rng.poisson(rate)
    side = np.where(frame["outlet"] == "A", effect, 1.0)
    frame["war"] = rng.poisson(0.004 * frame["words"] * clump * side)
    return frame


def in_sections(frame, kind="count", items=("market", "talks", "war"), **options):
    options = {"within": "section", "cluster": "week"} | options
    return by_item(measure_of(frame, kind, list(items)), **options)


def test_a_confound_that_plain_comparison_falls_for_is_gone_within():
    frame = confounded(effect=1.5)
    plain = by_item(measure_of(frame, items=["market", "talks", "war"]), cluster="week")
    within = in_sections(frame)
    assert (plain["q_cluster"][["market", "talks"]] < 1e-6).all()
    assert (within["p"][["market", "talks"]] > 0.05).all()
    assert within.loc["war", "q"] < 1e-6
    assert within.loc["war", "low"] < np.log2(1.5) < within.loc["war", "high"]


def test_rates_are_those_of_mantel_and_haenszel():
    frame = planted()
    frame["section"] = frame["event"] % 5
    table = in_sections(frame, items=["war", "talks"])[
        ["rate_a", "rate_b", "log_ratio", "value_a"]
    ]
    for item in ("war", "talks"):
        p = q = weight = value = 0.0
        for _, rows in frame.groupby("section"):
            a, b = (rows[rows["outlet"] == g] for g in "AB")
            n_a, n_b = a["words"].sum(), b["words"].sum()
            p += a[item].sum() * n_b / (n_a + n_b)
            q += b[item].sum() * n_a / (n_a + n_b)
            weight += n_a * n_b / (n_a + n_b)
            value += a[item].sum()
        expected = [p / weight, q / weight, np.log2(p / q), value]
        np.testing.assert_allclose(table.loc[item], expected, rtol=1e-12)


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_one_stratum_is_the_plain_comparison(kind):
    frame = planted().assign(section="all")
    frame["war"] = frame["war"].clip(upper=frame["words"])
    items = ["war", "talks"]
    within = in_sections(frame, kind, items)
    plain = by_item(measure_of(frame, kind, items), cluster="week").loc[within.index]
    same = ["rate_a", "rate_b", "difference", "articles_a", "articles_b"]
    np.testing.assert_allclose(within[same], plain[same], rtol=1e-10)
    close = ["p", "low", "high", "p_without", "difference_without"]
    np.testing.assert_allclose(within[close], plain[close], rtol=0.01, atol=2e-3)


def test_pairs_are_judged_by_their_differences():
    rng = np.random.default_rng(4)
    frame = two_outlets(300)
    frame["section"] = np.arange(300) // 2
    mood = np.repeat(rng.gamma(1, 3, 150), 2)
    frame["war"] = rng.poisson(mood)
    row = in_sections(frame, items=["war"], cluster="section").loc["war"]
    pairs = frame.pivot_table(index="section", columns="outlet", values="war")
    d = pairs["A"] - pairs["B"]
    z = abs(d.sum()) / np.sqrt((d**2).sum())
    assert row["p"] == pytest.approx(2 * stats.t.sf(z, 150), rel=0.05)
    assert row["p_cluster"] == pytest.approx(
        max(row["p"], stats.ttest_1samp(d, 0).pvalue)
    )


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_swapping_the_sides_turns_signs(kind):
    frame = confounded(600, effect=1.4)
    one = in_sections(frame, kind)
    other = in_sections(frame, kind, a="B", b="A")
    assert list(one.index) == list(other.index)
    for name in ("difference", "log_ratio", "bound", "difference_without"):
        np.testing.assert_allclose(one[name], -other[name], atol=1e-7)
    np.testing.assert_allclose(one["low"], -other["high"], atol=1e-7)
    np.testing.assert_allclose(
        one[["p", "p_cluster", "p_without"]], other[["p", "p_cluster", "p_without"]]
    )


@settings(max_examples=8)
@given(st.lists(st.integers(0, 400), max_size=4))
def test_blocks_do_not_matter(places):
    measure = measure_of(planted())
    options = {"within": "event", "cluster": "week"}
    expected = by_item(measure, **options)
    found = by_item(cut(measure, places), **options)
    pd.testing.assert_frame_equal(found, expected, rtol=1e-10)


def test_a_few_items_at_a_time_give_the_same(monkeypatch):
    frame = confounded(600)
    whole = in_sections(frame)
    drawn = in_sections(frame, test="permutation", seed=1)
    monkeypatch.setattr("mediakit.infer.strata.ENTRIES", 10)
    pd.testing.assert_frame_equal(in_sections(frame), whole)
    again = in_sections(frame, test="permutation", seed=1)
    pd.testing.assert_frame_equal(again, drawn)


def test_what_has_no_counterpart_is_told():
    frame = confounded(400).assign(section="both")
    alone = frame["outlet"].eq("A") & (np.arange(400) % 4 == 0)
    frame.loc[alone, "section"] = "only in A"
    frame["section"] = frame["section"].mask(np.arange(400) % 10 == 1)
    record = in_sections(frame).attrs["mediakit"]
    kept = (frame["section"] == "both") & (frame["outlet"] == "A")
    lost = 1 - frame["words"][kept].sum() / frame["words"][frame["outlet"] == "A"].sum()
    assert record["within"]["lost"]["a"] == pytest.approx(lost)
    assert record["within"]["strata"] == record["within"]["one_sided"] == 1
    assert record["sides"]["a"]["articles"] == kept.sum()
    said = " ".join(record["notes"])
    assert "1 hold both sides and are compared; 1 hold one side only" in said
    assert f"{100 * lost:.0f} % of what A has" in said
    assert "40 articles of the sides have no section" in said


def test_below_fifty_articles_labels_are_permuted_inside_strata():
    frame = confounded(90)
    table = in_sections(frame)
    assert any("999 permutations of the labels inside" in n for n in notes(table))
    assert ((table["p"] * 1000) % 1).round(6).isin([0, 1]).all()
    drawn = in_sections(frame, test="permutation", seed=0)
    pd.testing.assert_series_equal(table["p"], drawn["p"])
    assert not any("permutations" in note for note in notes(in_sections(confounded())))


def notes(table):
    return table.attrs["mediakit"]["notes"]


def test_permutation_and_score_agree():
    frame = confounded(600, effect=1.15)
    score = in_sections(frame)
    drawn = in_sections(frame, test="permutation", seed=3)
    np.testing.assert_allclose(score["p"], drawn["p"], atol=0.05)


def test_false_alarms_within_confounded_sections():
    rng = np.random.default_rng(1)
    frame = confounded(700, seed=2)
    rates = np.linspace(0.0005, 0.006, 8)[frame["section"]]
    words = frame["words"].to_numpy()
    items = [f"w{i}" for i in range(300)]
    clumped = rates[:, None] * words[:, None] * rng.gamma(0.7, 1 / 0.7, (700, 300))
    counts = pd.DataFrame(rng.poisson(clumped), columns=items)
    frame = pd.concat([frame, counts], axis=1)
    table = in_sections(frame, items=items)
    plain = by_item(measure_of(frame, items=items), cluster="week")
    assert 0.02 <= (table["p"] < 0.05).mean() <= 0.075
    assert (table["p_cluster"] < 0.05).mean() <= 0.075
    assert (table["q"] < 0.05).sum() == 0
    assert (benjamini_hochberg(plain["p"]) < 0.05).mean() > 0.9


def test_strata_of_one_side_only_are_refused():
    frame = two_outlets(40, war=1)
    measure = measure_of(frame, items=["war"])
    with pytest.raises(MediakitError, match="no value of 'outlet' has articles"):
        mk.compare(measure, by="outlet", a="A", within="outlet")
    with pytest.raises(MediakitError, match="nothing is called 'topic'"):
        mk.compare(measure, by="outlet", a="A", within="topic")
