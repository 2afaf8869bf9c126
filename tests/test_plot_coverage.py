"""plot_coverage by its artists, its table and its words."""

import re

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit.schema import complete_articles
from mediakit.show.captions import drawn_on


@pytest.fixture(scope="module")
def strait():
    truth = mk.load_truth("labels")[["article_id", "event_id"]]
    return mk.load_sample("strait").with_columns(truth)


@pytest.fixture(scope="module")
def many():
    rng = np.random.default_rng(0)
    size = 600
    days = pd.to_timedelta(rng.integers(0, 120, size), unit="D")
    table = pd.DataFrame(
        {
            "article_id": [f"a{row}" for row in range(size)],
            "outlet": rng.choice(list("ABCD"), size),
            "published": pd.Timestamp("2020-01-06") + days,
            "published_precision": "day",
            "text": "some words",
        }
    )
    table["event_id"] = "e" + days.days.astype(str)
    return mk.tokenize(complete_articles(table))


def cells(ax):
    mesh = ax.collections[0].get_array()
    return np.ma.filled(np.ma.masked_invalid(mesh).astype(float), np.nan)


def crosses(ax):
    return len(ax.collections[1].get_offsets()) if len(ax.collections) > 1 else 0


def labels(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def test_covered_is_dark_and_left_out_is_a_cross(strait):
    ax = mk.plot_coverage(mk.count_coverage(strait), names={"e09": "the ferry"})
    assert np.nansum(cells(ax)) == 129
    assert crosses(ax) == 11
    assert labels(ax.yaxis) == sorted(strait.metadata["outlet"].unique())
    assert labels(ax.xaxis)[8] == "the ferry"
    said = mk.describe(ax)
    assert "Halvane Today 10 of 14" in said
    assert "11 cells are nil" in said
    assert "Constructed data" in said


def test_silence_has_no_crosses(strait):
    ax = mk.plot_coverage(mk.count_coverage(strait, what="silence", others=5))
    assert np.nansum(cells(ax)) == 11
    assert crosses(ax) == 0


def test_articles_are_written_into_few_cells(strait):
    measure = mk.count_coverage(strait, what="coverage")
    ax = mk.plot_coverage(measure)
    written = [int(text.get_text()) for text in ax.texts if text.get_text().isdigit()]
    assert sum(written) == 185
    words = mk.plot_coverage(measure, item="words")
    assert np.nansum(cells(words)) == strait.totals().sum()


def pointed_at(ax):
    return [spot.words for spot in drawn_on(ax).spots]


def test_cells_pointed_at_say_amounts_shares_and_rates_each_in_its_way(strait, many):
    own = strait.metadata.groupby(["outlet", "event_id"]).size()
    measure = mk.count_coverage(strait, what="coverage")
    said = pointed_at(mk.plot_coverage(measure))
    assert len(said) == 140
    for (outlet, event), count in own.items():
        articles = "1 article" if count == 1 else f"{count} articles"
        assert f"{outlet}, {event}: {articles}." in said
    assert sum(words.endswith(": 0 articles.") for words in said) == 11
    assert not any(" of " in words.partition(": ")[2] for words in said)
    said = pointed_at(mk.plot_coverage(mk.count_coverage(strait)))
    assert "Halvane Broadcasting, e02: covered, 0 of 1 event." in said
    silence = mk.count_coverage(many, what="silence", others=3)
    said = pointed_at(mk.plot_coverage(silence))
    assert any(re.search(r"silent, \d of [2-9] events\.$", words) for words in said)
    trend = mk.trend(mk.count_patterns(strait, "islands"), by="outlet", freq="month")
    row = trend[trend["value"] > 1].iloc[0]
    words = (
        f"{row['group']}, {row['period']:%Y-%m}: “islands” per 1,000 words: "
        f"{1000 * row['rate']:.3g} ({row['value']:.0f} in {row['exposure']:,.0f})."
    )
    assert words in pointed_at(mk.plot_coverage(trend))


def test_many_events_are_put_together_by_week(many):
    ax = mk.plot_coverage(mk.count_coverage(many))
    assert len(cells(ax)) == 4
    assert ax.get_xlabel() == "weeks, in order of time"
    shown = mk.show_figure(ax, name="weeks")
    assert "outlet,column,value,exposure,shown" in shown.csv
    assert "events by" not in shown.text


def test_a_trend_by_outlet(strait):
    trend = mk.trend(mk.count_patterns(strait, "islands"), by="outlet", freq="month")
    ax = mk.plot_coverage(trend)
    expected = trend.pivot(index="group", columns="period", values="rate") * 1000
    shown = cells(ax)
    expected = expected.to_numpy()
    assert shown[expected > 0] == pytest.approx(expected[expected > 0])
    assert crosses(ax) == (expected == 0).sum()
    assert "per 1,000 words" in mk.describe(ax)


def test_top_outlets_only(strait):
    ax = mk.plot_coverage(mk.count_coverage(strait), top=3)
    assert labels(ax.yaxis) == ["Longshore", "Rhesk Tribune", "The Concord Banner"]
    assert any("7 outlets with fewer" in text.get_text() for text in ax.texts)


def test_nothing_to_show(strait):
    empty = strait.subset(strait.metadata["outlet"] == "nobody")
    ax = mk.plot_coverage(mk.count_coverage(empty))
    assert "nothing to show" in ax.texts[0].get_text()
    assert "Empty" in mk.describe(ax)


def test_errors(strait):
    measure = mk.count_coverage(strait)
    with pytest.raises(mk.MediakitError, match="`item` must be one of \\['covered'\\]"):
        mk.plot_coverage(measure, item="words")
    with pytest.raises(mk.MediakitError, match="a Measure of `mk.count_coverage`"):
        mk.plot_coverage(mk.count_patterns(strait, "islands"))
    with pytest.raises(mk.MediakitError, match="made by trend, got one made by"):
        mk.plot_coverage(mk.summarise(measure, by="outlet"))
    with pytest.raises(mk.MediakitError, match="`top` must be a number from 1"):
        mk.plot_coverage(measure, top=0)
