"""trend against a naive version, the calendar, planted rates and a real autumn."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import mediakit as mk
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer import provenance
from mediakit.measure.measure import Block

COLUMNS = ["item", "group", "period", "rate", "low", "high", "value", "exposure"]
COLUMNS += ["articles", "articles_with", "partial"]
SUMS = ["value", "exposure", "articles", "articles_with"]


def measure_of(frame, kind="count", items=("war", "talks")):
    return mk.as_measure(
        frame, value=list(items), exposure="words", kind=kind, unit="word"
    )


def on(*days, precision=None):
    """Return one article a day, one hit in a hundred words."""
    frame = pd.DataFrame({"published": pd.to_datetime(list(days), utc=True)})
    if precision is not None:
        frame["published_precision"] = pd.Series(precision, dtype="str")
    return measure_of(frame.assign(war=1, words=100), items=["war"])


def planted(seed=1, articles=600):
    rng = np.random.default_rng(seed)
    days = pd.Timestamp("2013-11-20", tz="UTC") + pd.to_timedelta(
        rng.integers(0, 300 * 24, articles), unit="h"
    )
    frame = pd.DataFrame({"published": days})
    frame["outlet"] = rng.choice(["A", "B"], articles, p=[0.8, 0.2])
    frame["words"] = rng.integers(50, 900, articles) * (rng.random(articles) > 0.05)
    frame["event"] = rng.integers(0, articles // 3, articles)
    rate = 0.002 * frame["words"] * rng.gamma(2, 0.5, articles)
    frame["war"] = rng.poisson(rate)
    frame["talks"] = rng.binomial(frame["words"], 0.0002)
    return frame


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
        phi = spread / mass if having >= 10 else max(spread / mass, overall, 1)
        z = stats.t.isf(0.025, df)
        half = z * np.sqrt(phi) * np.sqrt(total + z**2 * phi / 4)
        middle = total + z**2 * phi / 2
        out.append(
            (outlet, name, (middle - half) / exposure, (middle + half) / exposure)
        )
    return pd.DataFrame(out, columns=["group", "month", "low", "high"])


@pytest.mark.parametrize("item", ["war", "talks"])
def test_agrees_with_the_naive_version(item):
    frame = planted()
    table = mk.trend(measure_of(frame), by="outlet", items=item)
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
    table = mk.trend(measure_of(planted()), by="outlet", items=["talks", "war"])
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


@pytest.mark.parametrize(
    ("freq", "day", "start"),
    [
        ("day", "2014-03-30T23:59:59Z", "2014-03-30"),
        ("day", "2014-03-31T00:30:00+02:00", "2014-03-30"),
        ("week", "2014-03-30", "2014-03-24"),  # a Sunday belongs to Monday's week
        ("week", "2014-03-31", "2014-03-31"),
        ("month", "2014-02-28T23:59:59Z", "2014-02-01"),
        ("quarter", "2014-05-31", "2014-04-01"),
        ("year", "2014-12-31T23:00:00Z", "2014-01-01"),
        ("year", "1968-12-31T23:00:00Z", "1968-01-01"),
    ],
)
def test_a_period_begins_in_utc(freq, day, start):
    table = mk.trend(on(day), freq=freq)
    assert table["period"].tolist() == [pd.Timestamp(start)]


def test_gaps_are_rows_of_nothing():
    table = mk.trend(on("2014-01-15", "2014-01-20", "2014-04-02", "2014-04-03"))
    assert table["articles"].tolist() == [2, 0, 0, 2]
    assert table["exposure"].tolist() == [200, 0, 0, 200]
    gap = table.loc[1:2, ["rate", "low", "high"]]
    assert gap.isna().all(axis=None)


def test_each_group_has_its_own_span():
    frame = pd.DataFrame(
        {
            "published": pd.to_datetime(
                ["2013-01-05", "2013-03-05", "2015-06-01"], utc=True
            ),
            "outlet": ["A", "A", "B"],
        }
    )
    table = mk.trend(
        measure_of(frame.assign(war=1, words=9), items=["war"]), by="outlet"
    )
    assert table["group"].tolist() == ["A", "A", "A", "B"]


@pytest.mark.parametrize(
    ("freq", "days", "precision", "partial"),
    [
        ("month", ["2014-01-01", "2014-02-10", "2014-03-31"], None, [0, 0, 0]),
        ("month", ["2014-01-02", "2014-02-10", "2014-03-30"], None, [1, 0, 1]),
        ("month", ["2014-01-01T23:00Z", "2014-01-31T00:00Z"], None, [0]),
        ("month", ["2014-01-02", "2014-01-30"], None, [1]),
        ("month", ["2014-01-05", "2014-02-05"], ["month", "day"], [0, 1]),
        ("month", ["2014-01-01", "2014-02-01"], ["month", "month"], [0, 0]),
        ("year", ["2013-07-01", "2014-01-01"], ["day", "year"], [1, 0]),
        ("year", ["2013-01-01", "2014-12-01"], ["month", "month"], [0, 0]),
        ("week", ["2014-03-24", "2014-04-05"], None, [0, 1]),
        ("day", ["2014-03-24T15:00Z", "2014-03-25T01:00Z"], None, [0, 0]),
    ],
)
def test_a_period_the_articles_do_not_fill_is_partial(freq, days, precision, partial):
    days = pd.to_datetime(days, utc=True, format="ISO8601")
    table = mk.trend(on(*days, precision=precision), freq=freq)
    assert table["partial"].tolist() == [bool(p) for p in partial]


def test_dates_missing_or_too_coarse_are_counted_and_warned_about():
    measure = on("2014-01-01", None, "2014-01-01", "2014-01-01", "2014-02-03",
                 precision=["day", None, "year", "month", "minute"])  # fmt: skip
    message = (
        "2 of 5 articles are in no period: 1 without a date, 1 whose date is too "
        "coarse for a month."
    )
    with pytest.warns(MediakitWarning, match=message):
        table = mk.trend(measure)
    assert table["articles"].tolist() == [2, 1]
    assert message in table.attrs["mediakit"]["notes"]
    with pytest.warns(MediakitWarning, match="3 of 5 .*too coarse for a week"):
        assert mk.trend(measure, freq="week")["articles"].sum() == 2
    with pytest.warns(MediakitWarning, match="1 without a date, 0 whose"):
        assert mk.trend(measure, freq="year")["articles"].sum() == 4


def test_without_any_date_there_is_no_row():
    with pytest.warns(MediakitWarning, match="2 of 2 articles are in no period"):
        table = mk.trend(on(None, None))
    assert list(table) == COLUMNS
    assert len(table) == 0


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


def test_a_mean_has_the_interval_of_its_own_period():
    frame = planted().assign(outlet="A")
    frame["tone"] = np.where(frame["words"] > 0, frame["war"] - 1.0, 0.0)
    table = mk.trend(measure_of(frame, "mean", ["tone"]), by="outlet")
    month = frame[frame["published"].dt.strftime("%Y-%m") == "2014-03"]
    alone = mk.summarise(measure_of(month, "mean", ["tone"]))
    row = table[table["period"] == "2014-03-01"].reset_index(drop=True)
    same = ["rate", "low", "high", *SUMS]
    pd.testing.assert_frame_equal(row[same], alone[same])
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


ARTICLE = st.tuples(
    st.sampled_from(["A", "B", None]),
    st.one_of(st.none(), st.integers(0, 150)),
    st.integers(0, 30),
    st.integers(0, 9),
)


@st.composite
def frames(draw):
    rows = draw(st.lists(ARTICLE, max_size=20))
    frame = pd.DataFrame(rows, columns=["outlet", "day", "words", "war"])
    days = pd.to_timedelta(frame.pop("day").astype("Int64"), unit="D")
    frame["published"] = pd.Timestamp("2014-01-20", tz="UTC") + days
    frame["war"] = frame["war"].astype("int64").clip(upper=frame["words"])
    return frame.astype({"outlet": "str"}).assign(talks=0)


@given(frames(), st.lists(st.integers(1, 19)), st.randoms(use_true_random=False))
@pytest.mark.filterwarnings("ignore::mediakit.errors.MediakitWarning")
def test_neither_blocks_nor_the_order_of_articles_matter(frame, places, random):
    measure = measure_of(frame)
    table = mk.trend(measure, by="outlet", freq="week")
    edges = sorted({0, len(frame), *(p for p in places if p < len(frame))})
    rows = [slice(a, b) for a, b in zip(edges[:-1], edges[1:], strict=True)]
    values, exposure = measure.values, measure.exposure
    stored = tuple(Block(r, values[r], exposure[r]) for r in rows)
    parts = mk.trend(
        dataclasses.replace(measure, stored=stored), by="outlet", freq="week"
    )
    pd.testing.assert_frame_equal(table, parts, check_exact=True)
    order = random.sample(range(len(frame)), len(frame))
    shuffled = mk.trend(measure_of(frame.iloc[order]), by="outlet", freq="week")
    pd.testing.assert_frame_equal(table, shuffled)


@given(frames())
@pytest.mark.filterwarnings("ignore::mediakit.errors.MediakitWarning")
def test_periods_add_up_to_the_summary_of_the_dated(frame):
    table = mk.trend(measure_of(frame), by="outlet")
    dated = frame.dropna(subset=["outlet", "published"])
    summary = mk.summarise(measure_of(dated), by="outlet")
    keys = ["item", "group"]
    added = table.groupby(keys)[SUMS].sum().sort_index()
    pd.testing.assert_frame_equal(added, summary.set_index(keys)[SUMS].sort_index())
    known = table.dropna(subset=["low"])
    assert (known["low"] <= known["rate"]).all()
    assert (known["rate"] <= known["high"]).all()
    assert (known["low"] < known["high"]).all()
    for _, one in table.groupby(keys):
        assert one["period"].is_unique
        assert one["partial"].sum() <= 2
        assert not one["partial"].iloc[1:-1].any()


def held(seed, articles, rate, burst, periods=36, items=300):
    """Return how often a period's interval holds the rate planted in it."""
    rng = np.random.default_rng(seed)
    months = pd.date_range("2013-01-01", periods=periods, freq="MS", tz="UTC")
    month = np.repeat(np.arange(periods), articles)
    words = np.maximum(rng.lognormal(6, 0.6, len(month)).round(), 1)
    truth = rate * (1.5 + np.sin(month / 3))
    clumps = rng.gamma(1 / burst, burst, (len(month), items)) if burst else 1
    counts = rng.poisson((truth * words)[:, None] * clumps, (len(month), items))
    names = [f"w{i}" for i in range(items)]
    frame = pd.DataFrame(counts, columns=names)
    frame = frame.assign(words=words, published=months[month])
    table = mk.trend(measure_of(frame, items=names))
    truth = np.tile(truth[::articles], items)
    return ((table["low"] <= truth) & (truth <= table["high"])).mean()


@pytest.mark.parametrize("burst", [0, 1, 2])
@pytest.mark.parametrize("rate", [0.0001, 0.0005, 0.001, 0.005])
@pytest.mark.parametrize("articles", [20, 70])
def test_the_interval_holds_planted_rates(articles, rate, burst):
    assert 0.935 <= held(2, articles, rate, burst) <= 0.97


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
    message = r"has no items \['wars'\], only 2 others\. Did you mean 'war'\?"
    with pytest.raises(MediakitError, match=message):
        mk.trend(measure, items=["wars", "talks"])
    dateless = measure_of(planted().drop(columns="published"))
    with pytest.raises(MediakitError, match="`published` must hold dates, but it is m"):
        mk.trend(dateless)
    monkeypatch.setattr(provenance, "MOST_ROWS", 700)
    with pytest.raises(MediakitError, match="at most 700 are made; take fewer items"):
        mk.trend(measure, by="outlet", freq="day")
