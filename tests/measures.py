"""Measures made up for tests, and the same measure cut into other blocks."""

import dataclasses

import numpy as np
import pandas as pd

import mediakit as mk
from mediakit.measure.measure import Block

SUMS = ["value", "exposure", "articles", "articles_with"]


def measure_of(frame, kind="count", items=("war", "talks")):
    return mk.as_measure(
        frame, value=list(items), exposure="words", kind=kind, unit="word"
    )


def cut(measure, places):
    """Return the same measure in other blocks."""
    edges = sorted({0, len(measure), *(p for p in places if p < len(measure))})
    rows = [slice(a, b) for a, b in zip(edges[:-1], edges[1:], strict=True)]
    values, exposure = measure.values, measure.exposure
    blocks = tuple(Block(r, values[r], exposure[r]) for r in rows)
    return dataclasses.replace(measure, stored=blocks)


def planted(seed=1, articles=400):
    """Return articles of four outlets of unequal size; words come in bursts."""
    rng = np.random.default_rng(seed)
    hours = pd.to_timedelta(rng.integers(0, 300 * 24, articles), unit="h")
    frame = pd.DataFrame({"published": pd.Timestamp("2013-11-20", tz="UTC") + hours})
    frame["outlet"] = rng.choice(
        ["A", "B", "C", "D"], articles, p=[0.5, 0.3, 0.17, 0.03]
    )
    read = rng.random(articles) > 0.05
    frame["words"] = rng.integers(50, 900, articles) * read
    frame["event"] = rng.integers(0, articles // 3, articles)
    rate = frame["outlet"].map({"A": 0.004, "B": 0.001, "C": 0.008, "D": 0})
    frame["war"] = rng.poisson(rate * frame["words"] * rng.gamma(2, 0.5, articles))
    frame["talks"] = rng.binomial(frame["words"], 0.01)
    frame["summit"] = rng.binomial(frame["words"], 0.0002)
    return frame
