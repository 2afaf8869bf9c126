"""calendar_effects: the word "Sunday" on Sundays, planted weekdays and volumes."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.infer.calendar_effects import TYPES


def planted(seed=2, weeks=60):
    """Return a year of articles; sport is of Sundays, crime falls with the volume."""
    rng = np.random.default_rng(seed)
    days = pd.date_range("2014-01-06", periods=7 * weeks, tz="UTC")
    volume = rng.integers(2, 17, len(days))
    frame = pd.DataFrame({"published": days.repeat(volume)})
    frame["many"] = volume.repeat(volume)
    frame["words"] = rng.integers(200, 900, len(frame))
    trend = 0.004 * np.exp(np.arange(len(days)) / 800).repeat(volume)
    sunday = np.where(frame["published"].dt.day_of_week == 6, 3, 1)
    frame["sport"] = rng.poisson(frame["words"] * trend * sunday)
    frame["crime"] = rng.poisson(frame["words"] * trend * 0.7 ** np.log2(frame["many"]))
    return frame


def measure_of(frame, items=("sport", "crime"), kind="count"):
    return mk.as_measure(frame, value=list(items), exposure="words", kind=kind)


@pytest.fixture(scope="module")
def table():
    return mk.calendar_effects(measure_of(planted()))


def test_planted_weekdays_and_volumes_are_found(table):
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == TYPES
    rows = table.set_index(["item", "level"])
    sunday = rows.loc[("sport", "Sunday")]
    assert sunday["low"] < 3 ** (6 / 7) < sunday["high"]
    assert rows.loc[("sport", "any"), "p"] < 1e-6
    assert rows.loc[("crime", "any"), "p"] > 0.01
    doubled = rows.loc[("crime", "twice the articles")]
    assert doubled["low"] < 0.7 < doubled["high"] < 1
    assert doubled["p"] < 1e-6
    other = rows.loc[("sport", "twice the articles")]
    assert other["low"] < 1 < other["high"]
    weekdays = table[(table["item"] == "sport") & (table["effect"] == "weekday")]
    assert weekdays["ratio"].prod() == pytest.approx(1)
    assert weekdays["level"].tolist()[0] == "Monday"


def test_rates_and_sizes_are_those_of_the_days(table):
    frame = planted()
    of_day = frame[frame["published"].dt.day_of_week == 2]
    row = table.iloc[2]
    assert row["level"] == "Wednesday"
    assert row["rate"] == of_day["sport"].sum() / of_day["words"].sum()
    assert (row["articles"], row["days"]) == (len(of_day), 60)
    assert table.loc[7, "articles"] == len(frame)


def test_ratios_are_those_of_dummies_in_statsmodels(table):
    api = pytest.importorskip("statsmodels.api")
    frame = planted()
    sums = frame.groupby("published")[["sport", "words"]].sum().reset_index()
    weekday = pd.get_dummies(sums["published"].dt.day_of_week).to_numpy(float)
    week = pd.get_dummies(np.arange(len(sums)) // 7).to_numpy(float)
    design = np.column_stack([weekday[:, :6] - weekday[:, [6]], week])
    family, words = api.families.Poisson(), sums["words"]
    fitted = api.GLM(sums["sport"], design, family, exposure=words).fit()
    expected = np.exp(fitted.params.iloc[:6])
    np.testing.assert_allclose(table["ratio"].iloc[:6], expected, rtol=1e-6)


def test_the_word_sunday_is_of_sundays(shared):
    path = shared / "data" / "kcna" / "kcna_stories_2011_2012.csv.gz"
    frame = pd.read_csv(path).query("language == 'en'").dropna(subset=["story", "date"])
    text = frame.drop_duplicates("story").pop("story")
    frame = pd.DataFrame({"published": pd.to_datetime(frame["date"], utc=True)})
    frame = frame.loc[text.index]
    frame["Sunday"] = text.str.count(r"\bSunday\b")
    frame["people"] = text.str.count(r"\bpeople\b")
    frame["words"] = text.str.count(r"\w+")
    found = mk.calendar_effects(measure_of(frame, ["Sunday", "people"]))
    rows = found.set_index(["item", "level"])
    assert rows.loc[("Sunday", "Sunday"), "low"] > 4
    assert rows.loc[("Sunday", "any"), "p"] < 1e-6
    assert 0.7 < rows.loc[("people", "Sunday"), "ratio"] < 1.4


def test_shuffled_dates_have_no_weekdays():
    p = []
    for seed in range(40):
        frame = planted(weeks=30)
        order = np.random.default_rng(seed).permutation(len(frame))
        frame["published"] = frame["published"].iloc[order].to_numpy()
        found = mk.calendar_effects(measure_of(frame, ["sport"]))
        p.append(found["p"].iloc[[6, 7, 8]].tolist())
    assert (np.array(p) < 0.05).mean() <= 0.1


def test_what_cannot_be_asked_is_told_why():
    mondays = planted()[lambda frame: frame["published"].dt.day_of_week == 0]
    found = mk.calendar_effects(measure_of(mondays, ["sport"]))
    assert len(found) == 9
    assert found["ratio"].isna().all()
    assert found["note"].str.startswith("too few days").all()
    few = mk.calendar_effects(measure_of(planted(weeks=9), ["sport"]))
    assert few.loc[0, "note"] == "only 9 weeks: a description, no test"
    workdays = planted()[lambda frame: frame["published"].dt.day_of_week < 5]
    found = mk.calendar_effects(measure_of(workdays, ["sport"]))
    assert found["ratio"].notna().tolist() == [True] * 5 + [False] * 3 + [True]
    assert found.loc[7, "p"] > 0
    frame = planted()
    frame.loc[frame["published"].dt.day_of_week == 4, "sport"] = 0
    silent = mk.calendar_effects(measure_of(frame, ["sport"]))
    assert silent["note"].unique().tolist() == ["it never stands on Friday: no ratio"]
    assert silent.loc[4, "rate"] == 0
    bags = replace(measure_of(planted(), ["sport"]), evidence="bag of headlines")
    found = mk.calendar_effects(bags)
    assert found["ratio"].notna().tolist() == [True] * 7 + [False] * 2
    assert found.loc[8, "note"].startswith("each row is a bag of headlines")
    empty = mk.calendar_effects(measure_of(planted().iloc[:0]))
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()} == TYPES
    assert len(empty) == 0


def test_the_record_and_the_errors(table):
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    with pytest.raises(MediakitError, match="counts and shares, but 'sport' is a mean"):
        mk.calendar_effects(measure_of(planted(), ["sport"], "mean"))
