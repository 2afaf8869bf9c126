"""decompose: against a naive decomposition, planted parts, and its laws."""

import numpy as np
import pandas as pd
import pytest
from comparisons import measure_of, two_outlets
from measures import cut, planted

import mediakit as mk
from mediakit.errors import MediakitError

PARTS = ["composition", "treatment", "no_counterpart"]
LIMITS = [f"{part}_{end}" for part in PARTS for end in ("low", "high")]


def parts_of(measure, **options):
    options = {"by": "outlet", "a": "A", "b": "B", "within": "section"} | options
    return mk.decompose(measure, **options).set_index("item")


def naive(rows, item):
    """Kitagawa's decomposition of one item, stratum by stratum."""
    a, b = (rows[rows["outlet"] == g] for g in "AB")
    parts = dict.fromkeys(PARTS, 0.0)
    for _, stratum in rows[rows["outlet"].isin(["A", "B"])].groupby("section"):
        w, rate = [], []
        for whole, g in ((a, "A"), (b, "B")):
            side = stratum[stratum["outlet"] == g]
            w.append(side["words"].sum() / whole["words"].sum())
            rate.append(side[item].sum() / max(side["words"].sum(), 1))
        if min(w) == 0:
            parts["no_counterpart"] += w[0] * rate[0] - w[1] * rate[1]
        else:
            parts["composition"] += (w[0] - w[1]) * (rate[0] + rate[1]) / 2
            parts["treatment"] += (rate[0] - rate[1]) * (w[0] + w[1]) / 2
    return parts


def sectioned():
    frame = planted()
    frame["section"] = frame["event"] % 7
    frame.loc[frame["section"].eq(6) & frame["outlet"].eq("B"), "section"] = 5
    return frame


def test_parts_and_intervals_agree_with_a_naive_jackknife():
    frame = sectioned()
    table = parts_of(measure_of(frame), cluster="week")
    week = frame["published"].dt.strftime("%G-W%V")
    sides = frame["outlet"].isin(["A", "B"]) & (frame["words"] > 0)
    weeks = week[sides].unique()
    for item in ("war", "talks"):
        expected = naive(frame, item)
        left = pd.DataFrame([naive(frame[week != one], item) for one in weeks])
        factor = (len(weeks) - 1) / len(weeks)
        error = np.sqrt(((left - left.mean()) ** 2).sum() * factor)
        for part in PARTS:
            assert table.loc[item, part] == pytest.approx(expected[part], abs=1e-12)
            half = (table.loc[item, f"{part}_high"] - table.loc[item, part]) / 2.01
            assert half == pytest.approx(error[part], rel=0.02)


def test_parts_add_up_and_items_add_up():
    table = parts_of(measure_of(sectioned()))
    np.testing.assert_allclose(table[PARTS].sum(axis=1), table["difference"])
    assert table.index[0] == "all items together"
    columns = [*PARTS, "difference", "rate_a", "rate_b"]
    np.testing.assert_allclose(table[columns].iloc[0], table[columns].iloc[1:].sum())
    assert table["articles_a"].iloc[0] >= table["articles_a"].iloc[1:].max()


@pytest.mark.parametrize("kind", ["share", "mean"])
def test_shares_and_means_have_no_row_for_all(kind):
    table = parts_of(measure_of(sectioned(), kind))
    assert set(table.index) == {"war", "talks", "summit"}
    np.testing.assert_allclose(table[PARTS].sum(axis=1), table["difference"])
    count = parts_of(measure_of(sectioned())).loc[table.index]
    np.testing.assert_allclose(table[PARTS + LIMITS], count[PARTS + LIMITS])


def test_swapping_the_sides_turns_signs():
    measure = measure_of(sectioned())
    one, other = parts_of(measure), parts_of(measure, a="B", b="A")
    np.testing.assert_allclose(one[PARTS], -other[PARTS], atol=1e-15)
    np.testing.assert_allclose(one["treatment_low"], -other["treatment_high"])


def test_blocks_and_the_number_of_items_at_once_do_not_matter(monkeypatch):
    measure = measure_of(sectioned())
    expected = parts_of(measure)
    monkeypatch.setattr("mediakit.infer.pairs.CELLS", 1)
    found = parts_of(cut(measure, [17, 200]))
    pd.testing.assert_frame_equal(found, expected, rtol=1e-10)


def make(rng, treatment, articles=600):
    """Two outlets that cover six topics unequally; one of them says more of it."""
    topic = rng.integers(0, 6, articles)
    frame = pd.DataFrame({"section": topic, "words": rng.integers(200, 900, articles)})
    outlet = rng.random(articles) < np.linspace(0.3, 0.7, 6)[topic]
    frame["outlet"] = np.where(outlet, "A", "B")
    frame["event"] = rng.integers(0, 60, articles)
    base = np.linspace(0.002, 0.01, 6)[topic]
    rate = base + np.where(outlet, treatment, 0)
    mood = rng.gamma(4, 0.25, 60)[frame["event"]] * rng.gamma(2, 0.5, articles)
    frame["war"] = rng.poisson(frame["words"] * rate * mood)
    return frame


def test_planted_parts_lie_in_their_intervals():
    treatment, inside = 0.002, dict.fromkeys(["composition", "treatment"], 0)
    share = np.linspace(0.3, 0.7, 6)
    w_a, w_b = share / share.sum(), (1 - share) / (1 - share).sum()
    base = np.linspace(0.002, 0.01, 6)
    true = {
        "composition": ((w_a - w_b) * (2 * base + treatment) / 2).sum(),
        "treatment": treatment,
    }
    rng = np.random.default_rng(7)
    for _ in range(60):
        frame = make(rng, treatment)
        row = parts_of(measure_of(frame, items=["war"]), cluster="event").loc["war"]
        for part in inside:
            low, high = row[f"{part}_low"], row[f"{part}_high"]
            inside[part] += low <= true[part] <= high
    assert min(inside.values()) >= 52  # 1 in 200 runs of 60 at .95


def test_events_of_one_side_are_no_counterpart():
    frame = two_outlets(80, war=1).assign(section="both")
    frame.loc[frame.index % 8 == 0, "section"] = "only in A"
    frame.loc[frame.index % 8 == 1, "section"] = None
    frame["war"] = np.where(frame["section"] == "only in A", 9, 1)
    table = parts_of(measure_of(frame, items=["war"]), cluster="article")
    row = table.loc["war"]
    assert row["treatment"] == 0
    assert row["no_counterpart"] == pytest.approx((9 * 10 - 10) / (40 * 500))
    told = table.attrs["mediakit"]
    assert told["within"]["lost"] == {"a": 0.25, "b": 0.25}
    assert (told["within"]["one_sided"], told["within"]["missing"]) == (1, 10)
    said = " ".join(told["notes"])
    assert "No counterpart: 25 % of what A has" in said
    assert "10 articles of the sides have no section" in said
    assert "conditional on section as given" in said


def test_few_clusters_have_no_interval_and_say_so():
    frame = two_outlets(40, war=[0, 1, 2, 3] * 10).assign(section="all")
    table = parts_of(measure_of(frame, items=["war"]), cluster="section")
    assert table[LIMITS].isna().all(axis=None)
    assert table["note"].iloc[0] == "fewer than 10 clusters on a side: no interval"
    assert table["treatment"].notna().all()


def test_mistakes_and_emptiness_are_answered():
    measure = measure_of(sectioned())
    with pytest.raises(MediakitError, match="`within` must name what is taken"):
        parts_of(measure, within=None)
    with pytest.raises(MediakitError, match="nothing is called 'topic'"):
        parts_of(measure, within="topic")
    rare = measure_of(sectioned().assign(war=0), items=["war"])
    table = parts_of(rare)
    assert table.empty
    assert list(table.columns) == list(parts_of(measure).columns)
