"""summarise against a naive version, its laws, and planted rates."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from measures import SUMS, measure_of, planted
from scipy import stats

import mediakit as mk
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.formulas.intervals import score_interval, share_interval
from mediakit.infer import provenance
from mediakit.measure.measure import Block

COLUMNS = ["item", "group", "rate", "low", "high", "value", "exposure"]
COLUMNS += ["articles", "articles_with"]


def naive(frame, item, kind="count"):
    """Compute rate and interval of each outlet without sparse sums, pools or blocks."""
    out, parts = {}, {}
    for group, rows in frame[frame["words"] > 0].groupby("outlet"):
        x, n, m = rows[item].to_numpy(), rows["words"].to_numpy(), len(rows)
        rate = x.sum() / n.sum()
        spread = m / (m - 1) * ((x - rate * n) ** 2).sum() if m > 1 else np.nan
        mass = x.sum() * (1 - rate if kind == "share" else 1)
        enough = min((x > 0).sum(), (x < n).sum() if kind == "share" else m) >= 10
        parts[group] = x, n, m, rate, spread, mass, enough
    pool = [p for p in parts.values() if p[2] > 1]
    overall = sum(p[4] for p in pool) / max(sum(p[5] for p in pool), 1e-300)
    for group, (x, n, m, rate, spread, mass, enough) in parts.items():
        phi = spread / mass if mass else np.nan
        phi = phi if enough and spread else np.nanmax([phi, overall, 1])
        t, total = stats.t.isf(0.025, m - 1), n.sum()
        if kind == "mean" and m == 1:
            out[group] = rate, np.nan, np.nan
        elif kind == "mean":
            left = np.array([(x.sum() - x[i]) / (total - n[i]) for i in range(m)])
            half = t * np.sqrt((m - 1) / m * ((left - rate) ** 2).sum())
            out[group] = rate, rate - half, rate + half
        elif kind == "share":
            z2, shares = t**2 * phi / total, (rate, rate * (1 - rate))
            half = np.sqrt(z2 * shares[1] + z2**2 / 4)
            bounds = np.array([rate + z2 / 2 - half, rate + z2 / 2 + half]) / (1 + z2)
            out[group] = rate, *np.clip(bounds, 0, 1)
        else:
            half = t * np.sqrt(phi * (x.sum() + t**2 * phi / 4))
            middle = x.sum() + t**2 * phi / 2
            out[group] = rate, (middle - half) / total, (middle + half) / total
    return pd.DataFrame(out, index=["rate", "low", "high"]).T


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
@pytest.mark.parametrize("item", ["war", "talks"])
@pytest.mark.parametrize("articles", [400, 30])
def test_agrees_with_the_naive_version(kind, item, articles):
    frame = planted(articles=articles)
    if kind == "mean":
        frame[item] = (frame[item] - 2) * (frame["words"] > 0)
    table = mk.summarise(measure_of(frame, kind), by="outlet")
    ours = table[table["item"] == item].set_index("group")[["rate", "low", "high"]]
    np.testing.assert_allclose(ours, naive(frame, item, kind), rtol=1e-9, atol=1e-15)


def test_columns_and_order():
    table = mk.summarise(measure_of(planted(), items=("war", "talks")), by="outlet")
    assert list(table) == COLUMNS
    assert table["item"].tolist() == ["war"] * 4 + ["talks"] * 4
    assert table["group"].tolist() == list("ABCD") * 2
    kinds = [str(dtype) for dtype in table.dtypes]
    assert kinds == ["str"] * 2 + ["float64"] * 5 + ["int64"] * 2
    assert table.index.equals(pd.RangeIndex(8))


def test_sums_count_articles_with_exposure():
    frame = pd.DataFrame(
        {"outlet": ["A", "A", "A"], "war": [2, 0, 0], "words": [100, 100, 0]}
    )
    table = mk.summarise(measure_of(frame, items=["war"]))
    assert table.loc[0, SUMS].tolist() == [2, 200, 2, 1]
    assert table.loc[0, "rate"] == 0.01
    (note,) = table.attrs["mediakit"]["notes"]
    assert note == "1 of 3 articles have no exposure (word) and count nowhere."


def test_a_word_never_found_has_an_upper_bound_that_shrinks_with_reading():
    frame = pd.DataFrame({"outlet": list("A" * 10 + "B" * 90), "words": 500})
    frame = frame.assign(war=0, talks=[0] * 10 + [9, 0, 0] * 30)
    table = mk.summarise(measure_of(frame), by="outlet").set_index(["item", "group"])
    assert (table.loc["war", ["rate", "low"]] == 0).all(axis=None)
    assert table.loc[("war", "A"), "high"] > 5 * table.loc[("war", "B"), "high"] > 0
    t = stats.t.isf(0.025, 89)
    assert table.loc[("war", "B"), "high"] == pytest.approx(t**2 / 45_000)
    clumped = table.loc[("talks", "A"), "high"]  # phi is B's, and far over 1
    assert clumped > 5 * table.loc[("war", "A"), "high"]


@pytest.mark.parametrize(("hits", "phi"), [(9, 1), (10, 30 / 39)])
def test_from_ten_articles_on_a_word_has_its_own_dispersion(hits, phi):
    frame = pd.DataFrame({"war": [1] * hits + [0] * (40 - hits), "words": 100})
    table = mk.summarise(measure_of(frame, items=["war"]))
    expected = score_interval(hits, 4000, phi=phi, df=39)
    np.testing.assert_allclose(table.loc[0, ["low", "high"]].tolist(), expected)


@pytest.mark.parametrize("lacking", [9, 10])
def test_a_share_needs_ten_articles_with_and_ten_without(lacking):
    frame = pd.DataFrame({"war": [1] * lacking + [2] * (40 - lacking), "words": 2})
    frame["talks"] = 2 - frame["war"]
    table = mk.summarise(measure_of(frame, "share"))
    one, other = table["low"], 1 - table["high"]
    np.testing.assert_allclose(one, other[::-1])
    own = share_interval(80 - lacking, 80, df=39)[0]
    assert (one[0] == pytest.approx(own)) == (lacking < 10)


def test_one_article_is_no_evidence_and_none_is_nothing():
    frame = pd.DataFrame(
        {"outlet": list("ABBC"), "war": [3, 1, 2, 0], "words": [100, 100, 90, 0]}
    )
    table = mk.summarise(measure_of(frame, items=["war"]), by="outlet")
    table = table.set_index("group")
    assert table.loc["A", "rate"] == 0.03
    assert table.loc["B", ["low", "high"]].notna().all()
    assert table.loc[["A", "C"], ["low", "high"]].isna().all(axis=None)
    assert np.isnan(table.loc["C", "rate"])
    assert table.loc["C", SUMS].tolist() == [0, 0, 0, 0]
    assert (
        "1 of 3 rows have a rate but no interval" in table.attrs["mediakit"]["notes"][1]
    )


def test_without_variation_a_mean_has_no_interval_and_a_count_the_poisson_one():
    frame = pd.DataFrame({"outlet": "A", "war": [1] * 30, "words": [100] * 30})
    counted = mk.summarise(measure_of(frame, items=["war"])).loc[0]
    meant = mk.summarise(measure_of(frame, "mean", ["war"])).loc[0]
    assert np.isnan([meant["low"], meant["high"]]).all()
    t2 = stats.t.isf(0.025, 29) ** 2
    assert counted["high"] - counted["low"] == pytest.approx(
        2 * np.sqrt(t2 * (30 + t2 / 4)) / 3000
    )


def test_each_item_has_its_own_denominator():
    frame = planted()
    both = measure_of(frame)
    frame["uses"] = frame["war"] + frame["talks"]
    exposure = frame[["words", "uses"]].to_numpy(float)
    items = both.items.assign(denominator=[0, 1])
    block = Block(slice(0, len(frame)), both.values, exposure)
    mixed = dataclasses.replace(
        both, items=items, denominators=("words", "uses"), stored=(block,)
    )
    table = mk.summarise(mixed, by="outlet")
    by_words = mk.summarise(both, by="outlet")
    by_uses = mk.summarise(
        mk.as_measure(frame, value="talks", exposure="uses"), by="outlet"
    )
    pd.testing.assert_frame_equal(table[:4], by_words[:4], check_exact=True)
    pd.testing.assert_frame_equal(
        table[4:].reset_index(drop=True), by_uses, check_exact=True
    )
    one, all_of_them = mk.trend(mixed, items="talks"), mk.trend(mixed)
    pd.testing.assert_frame_equal(one, all_of_them[-len(one) :].reset_index(drop=True))


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_clusters_are_merged_before_they_are_squared(kind):
    frame = planted()
    sums = frame.groupby(["outlet", "event"])[["war", "talks", "words"]].sum()
    merged = sums.reset_index()
    clustered = mk.summarise(measure_of(frame, kind), by="outlet", cluster="event")
    by_hand = mk.summarise(measure_of(merged, kind), by="outlet")
    for column in ["rate", "low", "high", "value", "exposure"]:
        np.testing.assert_allclose(clustered[column], by_hand[column], rtol=1e-12)
    plain = mk.summarise(measure_of(frame, kind), by="outlet")
    pd.testing.assert_frame_equal(clustered[SUMS], plain[SUMS])
    assert not np.allclose(clustered["high"], plain["high"], equal_nan=True)


def test_nothing_in_gives_the_same_columns_out():
    empty = measure_of(planted().iloc[:0])
    for by in (None, "outlet"):
        table = mk.summarise(empty, by=by)
        assert list(table) == COLUMNS
        assert len(table) == 0
    nameless = dataclasses.replace(
        empty, items=empty.items[:0], articles=planted()[["outlet"]]
    )
    assert len(mk.summarise(dataclasses.replace(nameless, stored=()))) == 0


def test_input_is_left_alone():
    frame = planted()
    before = frame.copy()
    measure = measure_of(frame)
    values, articles = measure.values.copy(), measure.articles.copy()
    mk.summarise(measure, by="outlet", cluster="event")
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(measure.articles, articles)
    assert (measure.values != values).nnz == 0


def test_the_record_says_what_was_done_and_survives_json():
    measure = measure_of(planted())
    table = mk.summarise(measure, by="outlet", cluster="event")
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    assert record["verb"] == "summarise"
    assert record["parameters"] == {"by": "outlet", "cluster": "event", "alpha": 0.05}
    assert (record["measure"], record["unit"]) == ("war, talks", "word")
    assert record["versions"]["mediakit"] == mk.__version__


def test_articles_in_no_group_are_counted_and_warned_about():
    frame = planted()
    frame.loc[:6, "outlet"] = None
    message = "7 of 400 articles have no value of 'outlet' and stand in no group."
    with pytest.warns(MediakitWarning, match=message):
        table = mk.summarise(measure_of(frame), by="outlet")
    assert message in table.attrs["mediakit"]["notes"]


def test_errors_say_what_to_do(monkeypatch):
    measure = measure_of(planted())
    with pytest.raises(MediakitError, match="must be a Measure, got DataFrame; make"):
        mk.summarise(planted(), by="outlet")
    with pytest.raises(MediakitError, match="nothing is called 'outlt'.*'outlet'"):
        mk.summarise(measure, by="outlt")
    with pytest.raises(MediakitError, match="nothing is called 'evnt'"):
        mk.summarise(measure, by="outlet", cluster="evnt")
    monkeypatch.setattr(provenance, "MOST_ROWS", 7)
    with pytest.raises(MediakitError, match="would have 8 rows, but at most 7 are"):
        mk.summarise(measure, by="outlet")


def test_a_value_without_exposure_is_refused():
    measure = measure_of(planted(articles=5))
    block = Block(slice(0, 5), measure.values, np.zeros((5, 1)))
    with pytest.raises(MediakitError, match="but no exposure"):
        mk.summarise(dataclasses.replace(measure, stored=(block,)))
