"""trend against a naive version, the calendar, planted rates and a real autumn."""

import json

import numpy as np
import pandas as pd
import pytest
from measures import SUMS, measure_of, planted
from scipy import stats

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.formulas.intervals import score_interval
from mediakit.infer import provenance

COLUMNS = ["item", "group", "period", "rate", "low", "high", "value", "exposure"]
COLUMNS += ["articles", "articles_with", "partial"]


def naive(frame, item):
    """Compute months one by one, with the dispersion of their outlet."""
    pools, rows = {}, []
    read = frame[frame["words"] > 0]
    month = read["published"].dt.strftime("%Y-%m")
    for (outlet, name), part in read.groupby([read["outlet"], month]):
        x, n, m = part[item].to_numpy(), part["words"].to_numpy(), len(part)
        spread = m / (m - 1) * ((x - n * x.sum() / n.sum()) ** 2).sum() if m > 1 else 0
        pool = pools.setdefault(outlet, np.zeros(4))
        pool += [spread, x.sum() * (m > 1), m - 1, (x > 0).sum()]
        rows.append((outlet, name, x.sum(), n.sum()))
    overall = sum(p[0] for p in pools.values()) / sum(p[1] for p in pools.values())
    out = []
    for outlet, name, total, exposure in rows:
        spread, mass, df, having = pools[outlet]
        phi = spread / mass if mass else 1
        phi = phi if having >= 10 else max(phi, overall, 1)
        z = stats.t.isf(0.025, df)
        half = z * np.sqrt(phi) * np.sqrt(total + z**2 * phi / 4)
        middle = total + z**2 * phi / 2
        out.append(
            (outlet, name, (middle - half) / exposure, (middle + half) / exposure)
        )
    return pd.DataFrame(out, columns=["group", "month", "low", "high"])


@pytest.mark.parametrize("item", ["war", "summit"])
def test_agrees_with_the_naive_version(item):
    frame = planted(articles=600)
    table = mk.trend(
        measure_of(frame, items=["war", "summit"]), by="outlet", items=item
    )
    assert table["period"].dt.strftime("%Y-%m").tolist()[:2] == ["2013-11", "2013-12"]
    read = table[table["exposure"] > 0].reset_index(drop=True)
    expected = naive(frame, item)
    assert (read["period"].dt.strftime("%Y-%m") == expected["month"]).all()
    np.testing.assert_allclose(read["low"], expected["low"], rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(read["high"], expected["high"], rtol=1e-9)


@pytest.mark.parametrize("freq", ["day", "week", "month", "quarter", "year"])
def test_sums_are_those_of_pandas(freq):
    frame = planted().assign(published_precision="hour")
    codes = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
    table = mk.trend(measure_of(frame), by="outlet", freq=freq, items=["war"])
    local = frame["published"].dt.tz_localize(None).dt.to_period(codes[freq])
    sums = frame.groupby(["outlet", local.dt.start_time])[["war", "words"]].sum()
    found = table[table["articles"] > 0].set_index(["group", "period"])
    sums = sums[sums["words"] > 0]
    assert found.index.to_list() == sums.index.to_list()
    assert (found[["value", "exposure"]].to_numpy() == sums.to_numpy()).all()


def test_columns_and_order():
    table = mk.trend(measure_of(planted()), by="outlet", items=["talks", "war", "war"])
    assert list(table) == COLUMNS
    kinds = [str(dtype) for dtype in table.dtypes]
    assert kinds == (
        ["str"] * 2 + ["datetime64[us]"] + ["float64"] * 5 + ["int64"] * 2 + ["bool"]
    )
    assert table["item"].unique().tolist() == ["talks", "war"]
    keys = table[["group", "period"]]
    half = len(table) // 2
    assert keys[:half].equals(keys[:half].sort_values(["group", "period"]))
    assert keys[:half].equals(keys[half:].reset_index(drop=True))


def test_nothing_in_gives_the_same_columns_out():
    table = mk.trend(measure_of(planted().iloc[:0]), by="outlet")
    assert list(table) == COLUMNS
    assert len(table) == 0
    assert len(mk.trend(measure_of(planted()), items=[])) == 0


def test_the_dispersion_is_pooled_over_periods():
    days = pd.date_range("2014-01-01", "2014-12-28", periods=240, tz="UTC")
    frame = pd.DataFrame({"published": days, "words": 500})
    frame["war"] = np.tile([6, 0, 0], 80)
    frame.loc[frame["published"].dt.month == 5, "war"] = 0
    frame = frame[(frame["published"].dt.month != 7) | (frame.index % 20 == 7)]
    table = mk.trend(measure_of(frame, items=["war"]))
    may, july = table.loc[4], table.loc[6]
    assert (may["value"], may["low"]) == (0, 0)
    assert july["articles"] == 1
    assert np.isfinite([july["low"], july["high"]]).all()
    poisson = 1.96**2 / may["exposure"]
    assert may["high"] > 3 * poisson  # phi is about 4: hits come six at a time


def test_a_month_of_one_article_says_nothing_about_dispersion():
    days = pd.to_datetime(["2014-01-03"] * 20 + ["2014-02-07"], utc=True)
    frame = pd.DataFrame({"published": days, "words": 100})
    frame["war"] = [4, 0] * 10 + [90]
    table = mk.trend(measure_of(frame, items=["war"]))
    phi = 20 / 19 * 20 * 2**2 / 40
    february = score_interval(90, 100, phi=phi, df=19)
    np.testing.assert_allclose(table.loc[1, ["low", "high"]].tolist(), february)


def test_a_mean_has_the_interval_of_its_own_period():
    frame = planted().assign(outlet="A")
    frame["tone"] = np.where(frame["words"] > 0, frame["war"] - 1.0, 0.0)
    table = mk.trend(measure_of(frame, "mean", ["tone"]), by="outlet")
    month = frame[frame["published"].dt.strftime("%Y-%m") == "2014-03"]
    alone = mk.summarise(measure_of(month, "mean", ["tone"]))
    row = table[table["period"] == "2014-03-01"].reset_index(drop=True)
    same = ["rate", "low", "high", *SUMS]
    pd.testing.assert_frame_equal(row[same], alone[same])
    assert row.loc[0, "articles_with"] == ((month["tone"] != 0).sum())
    assert row.loc[0, "low"] < row.loc[0, "rate"] < row.loc[0, "high"]


@pytest.mark.parametrize("kind", ["count", "share"])
def test_one_period_is_a_summary(kind):
    frame = planted()
    frame["published"] = pd.Timestamp("2014-02-02", tz="UTC")
    table = mk.trend(measure_of(frame, kind), by="outlet", cluster="event")
    summary = mk.summarise(measure_of(frame, kind), by="outlet", cluster="event")
    pd.testing.assert_frame_equal(table[list(summary)], summary)


def test_clusters_are_merged_within_a_period():
    frame = planted()
    month = frame["published"].dt.strftime("%Y-%m")
    keys = ["outlet", month.rename("month"), "event"]
    merged = frame.groupby(keys)[["war", "talks", "words"]].sum().reset_index()
    merged["published"] = pd.to_datetime(merged["month"] + "-15", utc=True)
    clustered = mk.trend(measure_of(frame), by="outlet", cluster="event")
    by_hand = mk.trend(measure_of(merged), by="outlet")
    for column in ["low", "high", "value", "exposure"]:
        np.testing.assert_allclose(clustered[column], by_hand[column], rtol=1e-12)


def test_a_planted_turn_is_seen_and_a_flat_line_is_not():
    rng = np.random.default_rng(4)
    days = pd.date_range("2013-01-01", "2015-12-31", periods=1500, tz="UTC")
    frame = pd.DataFrame({"published": days, "words": rng.integers(200, 900, 1500)})
    turned = days.strftime("%Y-%m") == "2014-10"
    clumps = rng.gamma(2, 0.5, 1500)
    frame["war"] = rng.poisson(frame["words"] * clumps * np.where(turned, 0.012, 0.002))
    frame["talks"] = rng.poisson(frame["words"] * clumps * 0.002)
    table = mk.trend(measure_of(frame)).set_index(["item", "period"])
    assert not table["partial"].any()
    peak = table.loc[("war", "2014-10-01")]
    others = table.loc["war"].drop(pd.Timestamp("2014-10-01"))
    assert (others["high"] < peak["low"]).all()
    assert peak["low"] < 0.012 < peak["high"]
    flat = table.loc["talks"]
    assert ((flat["low"] < 0.002) & (0.002 < flat["high"])).mean() > 0.85


def test_october_2014_stands_out_in_real_articles(shared):
    path = shared / "data" / "chinadaily_nyt" / "articles.csv.gz"
    frame = pd.read_csv(path).dropna(subset="text").drop_duplicates("text")
    frame = frame[~frame["text"].str.strip().str.startswith("...")]
    frame["published"] = pd.to_datetime(frame["date"], utc=True, format="mixed")
    text = frame.pop("text").str.lower()
    frame["protest"] = text.str.count(r"\boccupy\b|\bprotesters?\b")
    frame["words"] = text.str.count(r"\w+")
    measure = mk.as_measure(frame, value="protest", exposure="words", unit="word")
    table = mk.trend(measure, by="source").set_index(["group", "period"])
    assert table.index.levels[0].tolist() == ["China Daily", "New York Times"]
    for outlet in ("China Daily", "New York Times"):
        months = table.loc[outlet]
        assert months.loc["2014-10-01", "low"] > 2 * months["rate"].median()


def test_the_record_says_what_was_done_and_survives_json():
    table = mk.trend(measure_of(planted()), by="outlet", items=("war",), freq="week")
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    assert record["verb"] == "trend"
    assert record["parameters"] == {
        "by": "outlet",
        "freq": "week",
        "items": ["war"],
        "cluster": None,
        "alpha": 0.05,
    }


def test_errors_say_what_to_do(monkeypatch):
    measure = measure_of(planted())
    with pytest.raises(MediakitError, match="must be a Measure, got list"):
        mk.trend([])
    with pytest.raises(MediakitError, match=r"`freq` must be one of \['day', 'week'"):
        mk.trend(measure, freq="M")
    message = (
        r"has no items \['wars'\]; it has 2, such as \['war', .*Did you mean 'war'\?"
    )
    with pytest.raises(MediakitError, match=message):
        mk.trend(measure, items=["wars", "talks"])
    dateless = measure_of(planted().drop(columns="published"))
    with pytest.raises(MediakitError, match="`published` must hold dates, but it is m"):
        mk.trend(dateless)
    monkeypatch.setattr(provenance, "MOST_ROWS", 700)
    with pytest.raises(MediakitError, match="at most 700 are made; take fewer items"):
        mk.trend(measure, by="outlet", freq="day")
