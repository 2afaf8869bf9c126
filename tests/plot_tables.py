"""Small tables with the columns and the provenance of the three verbs."""

import numpy as np
import pandas as pd

HARD_LABELS = [
    "$5 and $6_a",
    "a_b^c $\\frac{1$ x",
    "مرحبا بالعالم",
    "שלום עולם",
    "line\nbreak\ttab",
    "💰 money",
    "",
    "a very long phrase that goes on and on until no slide of any width can hold it",
]


def record(verb, **changes):
    return {
        "verb": verb,
        "measure": "words",
        "kind": "count",
        "unit": "word",
        "evidence": "article",
        "parameters": {"by": "outlet", "cluster": None, "alpha": 0.05, "freq": "month"},
        "notes": [],
        "source": {},
        "versions": {},
    } | changes


def summary(items=("war", "peace"), groups=("North", "South"), **changes):
    rows = [(item, group) for item in items for group in groups]
    table = pd.DataFrame(rows, columns=["item", "group"]).astype("str")
    rate = 0.001 * (1 + np.arange(len(rows)))
    table = table.assign(rate=rate, low=rate * 0.8, high=rate * 1.3)
    table = table.assign(value=rate * 1e4, exposure=1e4, articles=np.int64(40))
    table["articles_with"] = 10 + np.arange(len(rows))
    table.attrs["mediakit"] = record("summarise", **changes)
    return table


def comparison(
    log_ratio=(2.0, 1.0, -3.0, 0.2), items=None, sides=("North", "South"), **changes
):
    estimate = np.array(log_ratio, float)
    items = items or [f"word{number}" for number in range(len(estimate))]
    estimate = np.resize(estimate, len(items))
    table = pd.DataFrame({"item": pd.Series(items, dtype="str")})
    rate_b = np.where(estimate == np.inf, 0, 0.001)
    with np.errstate(invalid="ignore"):
        rate_a = np.where(estimate == np.inf, 0.001, rate_b * 2**estimate)
    table = table.assign(value_a=rate_a * 1e6, value_b=rate_b * 1e6, rate_a=rate_a)
    table = table.assign(rate_b=rate_b, difference=rate_a - rate_b, log_ratio=estimate)
    finite = np.where(np.isinf(estimate), np.sign(estimate) * 3, estimate)
    table["low"] = np.where(estimate == -np.inf, -np.inf, finite - 0.4)
    table["high"] = np.where(estimate == np.inf, np.inf, finite + 0.4)
    table["bound"] = finite - np.sign(finite) * 0.6
    for column in ("p", "q", "p_cluster", "q_cluster"):
        table[column] = 0.01
    table = table.assign(articles_a=np.int64(1200), articles_b=np.int64(340), note="")
    described = {
        side: {"label": label, "articles": size}
        for side, label, size in zip("ab", sides, (1200, 340), strict=True)
    }
    table.attrs["mediakit"] = record(
        "compare", **{"sides": described, "family": len(table)} | changes
    )
    return table


def trend(items=("war",), groups=("North", "South"), months=12, **changes):
    periods = pd.date_range("2014-01-01", periods=months, freq="MS", unit="us")
    rows = [(i, g, p) for i in items for g in groups for p in periods]
    table = pd.DataFrame(rows, columns=["item", "group", "period"])
    table = table.astype({"item": "str", "group": "str"})
    place = np.arange(len(rows))
    rate = 0.002 + 0.0008 * np.sin(place / 3) + 0.0001 * (place // months)
    table = table.assign(rate=rate, low=rate * 0.7, high=rate * 1.4)
    table = table.assign(value=rate * 1e4, exposure=1e4, articles=np.int64(25))
    table["articles_with"] = 5
    table["partial"] = table["period"].isin([periods[0]] if len(periods) else [])
    table.attrs["mediakit"] = record("trend", **changes)
    return table
