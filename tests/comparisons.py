"""Comparisons made up for tests: measures of planted articles, tables by item."""

import numpy as np
import pandas as pd

import mediakit as mk
from mediakit.formulas.rates import RateComparison
from mediakit.formulas.sums import Sums

COLUMNS = (
    "item value_a value_b rate_a rate_b difference log_ratio low high bound p q "
    "p_cluster q_cluster articles_a articles_b note "
    "p_without difference_without log_ratio_without"
).split()
ITEMS = ["war", "talks", "summit"]


def measure_of(frame, kind="count", items=ITEMS):
    return mk.as_measure(frame, value=list(items), exposure="words", kind=kind)


def by_item(measure, **options):
    options = {"by": "outlet", "a": "A", "b": "B", "cluster": "event"} | options
    return mk.compare(measure, **options).set_index("item")


def article_sums(frame, item, outlet):
    rows = frame[(frame["outlet"] == outlet) & (frame["words"] > 0)]
    return Sums.of_units(rows[[item]].to_numpy(), rows["words"].to_numpy())


def rates(a, b, covariance=0.0, shared=0.0):
    return RateComparison(a, b, np.full(1, covariance), np.full(1, shared))


def two_outlets(many=40, **columns):
    """Outlets A and B in turn, all articles of 500 words."""
    frame = pd.DataFrame({"outlet": ["A", "B"] * (many // 2), "words": 500} | columns)
    frame["published"] = pd.date_range("2013-01-01", periods=many, tz="UTC", freq="3D")
    return frame
