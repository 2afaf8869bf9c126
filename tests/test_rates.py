"""How often intervals hold the truth: planted rates, and samples of real articles."""

import numpy as np
import pandas as pd
import pytest
from measures import measure_of
from scipy import sparse

import mediakit as mk
from mediakit.measure.measure import Block, Measure

SAMPLES, ITEMS = 36, 300


def held(table, truth):
    """Return the share of rows whose interval holds the truth."""
    return (table["low"] <= truth) & (truth <= table["high"])


def months(articles):
    """Return the date of each article, so many in each of the months."""
    first = pd.date_range("2013-01-01", periods=SAMPLES, freq="MS", tz="UTC")
    return first.repeat(articles)


def planted(articles, rates, burst):
    """Return a measure of words drawn, in bursts or not, at one rate a month."""
    rng = np.random.default_rng(3)
    words = np.maximum(rng.lognormal(6, 0.6, SAMPLES * articles).round(), 1)
    shape = (len(words), ITEMS)
    clumps = rng.gamma(1 / burst, burst, shape) if burst else 1
    expected = (np.repeat(rates, articles) * words)[:, None] * clumps
    names = [f"w{i}" for i in range(ITEMS)]
    frame = pd.DataFrame(rng.poisson(expected, shape), columns=names)
    frame = frame.assign(words=words, published=months(articles))
    frame["month"] = np.repeat(np.arange(SAMPLES), articles)
    return measure_of(frame, items=names)


@pytest.mark.parametrize("burst", [0, 1])
@pytest.mark.parametrize("rate", [0.0001, 0.001, 0.01])
@pytest.mark.parametrize("articles", [20, 50, 200])
def test_a_summary_holds_planted_rates(articles, rate, burst):
    measure = planted(articles, np.full(SAMPLES, rate), burst)
    table = mk.summarise(measure, by="month")
    assert 0.915 <= held(table, rate).mean() <= 0.98


@pytest.mark.parametrize("burst", [0, 1, 2])
@pytest.mark.parametrize("rate", [0.0001, 0.0005, 0.001, 0.005])
@pytest.mark.parametrize("articles", [20, 70])
def test_a_trend_holds_rates_that_move(articles, rate, burst):
    rates = rate * (1.5 + np.sin(np.arange(SAMPLES) / 3))
    table = mk.trend(planted(articles, rates, burst))
    assert 0.935 <= held(table, np.tile(rates, ITEMS)).mean() <= 0.97


def counted_words(path):
    """Return New York Times articles x words in ten or more, and their lengths."""
    frame = pd.read_csv(path).dropna(subset="text").drop_duplicates("text")
    texts = frame.loc[frame["source"] == "New York Times", "text"]
    words = texts.str.lower().str.findall(r"\w\w+").explode().dropna()
    article, _ = pd.factorize(words.index)
    word, _ = pd.factorize(words)
    counts = sparse.coo_array((np.ones(len(words)), (article, word))).tocsr()
    counts.sum_duplicates()
    common = np.flatnonzero((counts > 0).sum(axis=0) >= 10)
    return counts[:, common], counts.sum(axis=1)


@pytest.mark.slow
@pytest.mark.parametrize("articles", [10, 20, 70])
def test_samples_of_real_articles_hold_the_rate_of_the_collection(shared, articles):
    path = shared / "data" / "chinadaily_nyt" / "articles.csv.gz"
    counts, words = counted_words(path)
    rows = np.random.default_rng(1).integers(0, len(words), SAMPLES * articles)
    items = [f"word {i}" for i in range(counts.shape[1])]
    dated = pd.DataFrame({"published": months(articles)})
    dated["month"] = np.repeat(np.arange(SAMPLES), articles)
    measure = Measure(
        name="words",
        kind="count",
        unit="word",
        items=pd.DataFrame({"item": items, "concept": None, "denominator": 0}),
        denominators=("words",),
        articles=dated,
        stored=(Block(slice(0, len(rows)), counts[rows], words[rows, None]),),
    )
    truth = np.repeat(counts.sum(axis=0) / words.sum(), SAMPLES)
    expected = np.repeat((counts > 0).mean(axis=0) * articles, SAMPLES)
    band = pd.cut(expected, [0, 0.3, 1, 3, 10, 30, 100])
    for table in (mk.summarise(measure, by="month"), mk.trend(measure)):
        share = held(table, truth).groupby(band, observed=True).mean()
        assert share.between(0.92, 0.98).all(), share
