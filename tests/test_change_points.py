"""change_points: a death reported in Pyongyang, shuffled dates, gaps and groups."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from measures import cut

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.infer.change_points import TYPES


def stepped(days=200, at="2014-05-01", seed=1, factor=3.0, outlet="A"):
    rng = np.random.default_rng(seed)
    dates = pd.date_range("2014-01-01", periods=days, tz="UTC")
    frame = pd.DataFrame({"published": dates.repeat(3), "outlet": outlet})
    frame["words"] = rng.integers(100, 900, len(frame))
    rate = np.where(frame["published"] < pd.Timestamp(at, tz="UTC"), 1, factor) * 0.004
    frame["war"] = rng.poisson(rate * frame["words"] * rng.gamma(2, 0.5, len(frame)))
    frame["talks"] = rng.poisson(0.006 * frame["words"])
    return frame


def measure_of(frame, items=("war", "talks"), kind="count"):
    return mk.as_measure(frame, value=list(items), exposure="words", kind=kind)


@pytest.fixture(scope="module")
def table():
    return mk.change_points(measure_of(stepped()), freq="day", repeats=199)


def test_a_planted_step_is_found_and_a_flat_line_is_not(table):
    assert {name: str(kind) for name, kind in table.dtypes.items()} == TYPES
    war, talks = table.iloc[0], table.iloc[1]
    assert len(table) == 2
    assert war["low"] <= pd.Timestamp("2014-05-01") <= war["high"]
    assert (war["high"] - war["low"]).days < 15
    assert war["low_before"] < 0.004 < war["high_before"] < war["low_after"]
    assert war["low_after"] < 0.012 < war["high_after"]
    assert war["log_ratio"] == pytest.approx(np.log2(war.rate_after / war.rate_before))
    assert (war["p"], war["q"]) == (0.005, 0.01)
    assert pd.isna(talks["date"])
    assert talks["p"] > 0.05
    assert np.isnan(talks["rate_after"])
    assert talks["low_before"] < 0.006 < talks["high_before"]
    assert war["periods"] == 200
    assert war["block"] >= 7


def test_rates_are_those_of_the_segments(table):
    frame = stepped()
    date = table.loc[0, "date"].tz_localize("UTC")
    before = frame[frame["published"] < date]
    assert table.loc[0, "rate_before"] == before["war"].sum() / before["words"].sum()


def test_what_else_is_asked_changes_nothing_but_q(table):
    alone = mk.change_points(
        measure_of(stepped()), freq="day", items="war", repeats=199
    )
    same = [name for name in TYPES if name != "q"]
    pd.testing.assert_frame_equal(alone[same], table[same].iloc[:1])
    assert alone.loc[0, "q"] == alone.loc[0, "p"]


def test_blocks_change_nothing(table):
    whole = measure_of(stepped())
    found = mk.change_points(cut(whole, [7, 300]), freq="day", repeats=199)
    pd.testing.assert_frame_equal(found, table)


def test_groups_have_changes_of_their_own_and_rows_any_order():
    frame = pd.concat(
        [stepped(), stepped(seed=2, at="2014-03-01", factor=0.2, outlet="B")]
    )
    mixed = frame.sample(frac=1, random_state=1)
    options = {"by": "outlet", "freq": "week", "items": "war", "repeats": 99}
    found = mk.change_points(measure_of(mixed), **options)
    assert found["group"].tolist() == ["A", "B"]
    assert (found["low"] <= pd.to_datetime(["2014-05-05", "2014-03-03"])).all()
    assert (found["high"] >= pd.to_datetime(["2014-04-28", "2014-02-24"])).all()
    assert found["log_ratio"].gt(0).tolist() == [True, False]
    again = mk.change_points(measure_of(frame), **options)
    pd.testing.assert_frame_equal(found, again)


def test_gaps_and_partial_periods_are_left_out():
    frame = stepped()
    month = frame["published"].dt.strftime("%Y-%m")
    gap = frame[(month != "2014-03") & (frame["published"] >= "2014-01-09")]
    weeks = mk.change_points(measure_of(gap), freq="week", items="war", repeats=99)
    trend = mk.trend(measure_of(gap), freq="week", items="war")
    whole = trend[(trend["exposure"] > 0) & ~trend["partial"]]
    assert weeks.loc[0, "periods"] == len(whole) < len(trend)


@pytest.mark.parametrize("kind", ["share", "mean"])
def test_shares_and_means_step_too(kind):
    frame = stepped(factor=8)
    frame["tone"] = frame["war"] - 1.0 if kind == "mean" else frame["war"]
    found = mk.change_points(measure_of(frame, ["tone"], kind), freq="day", repeats=99)
    row = found.iloc[0]
    assert row["low"] <= pd.Timestamp("2014-05-01") <= row["high"]
    assert row["low_before"] < row["rate_before"] < row["high_before"]
    assert np.isnan(row["log_ratio"]) == (kind == "mean")


def test_a_death_reported_on_19_december_2011(shared):
    path = shared / "data" / "kcna" / "kcna_stories_2011_2012.csv.gz"
    frame = pd.read_csv(path).query("language == 'en'").dropna(subset=["story", "date"])
    frame["published"] = pd.to_datetime(frame["date"], utc=True)
    text = frame.drop_duplicates("story").pop("story")
    frame = frame.loc[text.index].drop(columns=["story", "title"])
    frame["Kim Jong Un"] = text.str.count("Kim Jong Un")
    frame["words"] = text.str.count(r"\w+")
    measure = mk.as_measure(frame, value="Kim Jong Un", exposure="words", unit="word")
    found = mk.change_points(measure, freq="day")
    assert found["date"].tolist() == [pd.Timestamp("2011-12-19")]
    assert found.loc[0, "low"] >= pd.Timestamp("2011-12-16")
    assert found.loc[0, "high"] <= pd.Timestamp("2011-12-21")
    assert found.loc[0, "log_ratio"] > 4
    assert found.loc[0, "p"] == 0.001


def test_shuffled_dates_change_no_more_often_than_promised():
    corpus = mk.load_sample("kcna")
    days = corpus.subset((corpus.metadata["period"] == "day").to_numpy())
    words = mk.count_terms(days, min_articles=40)
    some = words.items["item"].sample(80, random_state=1).tolist()
    measure = words.only_items(some)
    dates = measure.articles["published"]
    series = changed = 0
    for seed in range(2):
        order = np.random.default_rng(seed).permutation(len(dates))
        articles = measure.articles.assign(published=dates.iloc[order].to_numpy())
        found = mk.change_points(
            replace(measure, articles=articles), freq="day", repeats=99, seed=seed
        )
        changed += found.loc[found["date"].notna(), "item"].nunique()
        series += found["item"].nunique()
        assert not (found["q"] < 0.05).any()
    assert series == 160
    assert 1 <= changed <= 16  # nominal: 8


def test_too_little_is_said_to_be_too_little():
    short = mk.change_points(measure_of(stepped(days=9)), freq="day", items="war")
    assert short.loc[0, "note"] == "only 9 whole periods: too few to ask"
    assert np.isnan(short.loc[0, ["p", "q"]].astype(float)).all()
    flat = stepped(days=40).assign(war=0)
    none = mk.change_points(measure_of(flat), freq="day", items="war")
    assert none.loc[0, "note"] == "the rate does not vary"
    assert none.loc[0, "high_before"] > 0
    empty = mk.change_points(measure_of(stepped().iloc[:0]), freq="day")
    assert {name: str(kind) for name, kind in empty.dtypes.items()} == TYPES
    assert len(empty) == 0


def test_the_record_survives_json_and_a_file(table, tmp_path):
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    assert record["parameters"]["repeats"] == 199
    mk.save_table(table, tmp_path / "changes.csv")
    pd.testing.assert_frame_equal(mk.read_table(tmp_path / "changes.csv"), table)


def test_errors_say_what_to_do():
    measure = measure_of(stepped(days=20))
    with pytest.raises(MediakitError, match="must be a Measure, got list"):
        mk.change_points([])
    with pytest.raises(MediakitError, match=r"`freq` must be one of \['day', 'week'"):
        mk.change_points(measure, freq="D")
    with pytest.raises(MediakitError, match="has no items .*Did you mean 'war'"):
        mk.change_points(measure, items="wars")
    for name in ("most", "block", "repeats"):
        with pytest.raises(MediakitError, match=f"`{name}` must be a whole number fr"):
            mk.change_points(measure, **{name: 0})
