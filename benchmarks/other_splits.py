"""Other kinds of measure, other tests, strata, trends and dates, on real articles."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import sparse
from split_parts import (
    EDGES,
    FOUND_ANY,
    SPLITS,
    Outlet,
    Row,
    bands,
    held_in,
    small_p,
    with_values,
)

import mediakit as mk
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.family import clusters_compared, family_of
from mediakit.measure.measure import Block, Measure

PAIRS_A_BAND = 200
ITEMS_A_BAND = 100
DRAWN_TESTS = ("permutation", "bootstrap")
MONTHS = 12
SHUFFLED = 40
FREQUENCIES = ("day", "week")


def other_kinds(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Split shares (a word of two) and means (one word's uses less another's)."""
    units = np.arange(len(outlet.measure))
    for _ in range(repeats):
        for kind in ("share", "mean"):
            measure = pairs(outlet, kind, rng)
            for split, share in SPLITS.items():
                side = outlet.split(units, share, rng)
                family = family_of(measure, side)
                held = held_in(family)
                if kind == "mean":  # every article has a score; bands are of its words
                    held = (measure.values != 0).sum(axis=0)[family.members]
                week = outlet.clusters["week"]
                merged = clusters_compared(measure, side, family, week)
                for test, p in (
                    (f"{kind}s", family.articles.p()),
                    (f"{kind}s by week", merged.p()),
                ):
                    yield from small_p(split, held, test, p)
                    found = (benjamini_hochberg(p) < 0.05).any()
                    yield split, "all", test, FOUND_ANY, found, 1


def pairs(outlet: Outlet, kind: str, rng) -> Measure:
    """Return a measure of random pairs of words that are about as common."""
    chosen = [
        rng.choice(np.flatnonzero(inside), (PAIRS_A_BAND, 2))
        for _, inside in bands(outlet.held)
    ]
    one, two = np.concatenate(chosen).T
    values = outlet.measure.values
    first, second = values[:, one], values[:, two]
    names = [f"pair {i}" for i in range(len(one))]
    if kind == "share":
        numerator, exposure = first, (first + second).toarray().astype(float)
        denominators, owner = tuple(names), np.arange(len(one))
    else:
        numerator, exposure = first - second, outlet.measure.exposure
        denominators, owner = outlet.measure.denominators, np.zeros(len(one), int)
    numerator = sparse.csr_array(numerator)
    numerator.eliminate_zeros()
    items = pd.DataFrame({"item": names, "concept": None, "denominator": owner})
    block = Block(slice(0, len(outlet.measure)), numerator, exposure)
    options = {"kind": kind, "items": items, "denominators": denominators}
    return replace(outlet.measure, stored=(block,), **options)


def drawn_tests(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Ask compare's permutation and bootstrap in random splits, of some words."""
    measure = some_words(outlet, rng)
    units = np.arange(len(measure))
    for _ in range(repeats):
        for split in ("50/50", "90/10"):
            side = outlet.split(units, SPLITS[split], rng)
            articles = measure.articles.assign(side=np.where(side == 0, "A", "B"))
            labelled = replace(measure, articles=articles)
            for test in DRAWN_TESTS:
                seed = int(rng.integers(1 << 30))
                table = _compared(labelled, cluster="week", test=test, seed=seed)
                held = table["articles_a"] + table["articles_b"]
                for column in ("p", "p_cluster"):
                    name = test + (" by week" if column == "p_cluster" else "")
                    p = table[column].to_numpy()
                    yield from small_p(split, held, name, p, levels=(".05",))
                if test == "permutation":
                    found, any_ = table["p_max"] < 0.05, "splits with any p_max < .05"
                    yield split, "all", test, any_, found.any(), 1


def some_words(outlet: Outlet, rng, each: int = ITEMS_A_BAND) -> Measure:
    """Return the counts of as many words of every band."""
    chosen = [
        rng.choice(np.flatnonzero(inside), each, replace=False)
        for _, inside in bands(outlet.held)
    ]
    names = outlet.measure.items["item"].to_numpy()[np.concatenate(chosen)]
    narrow = outlet.measure.only_items(names.tolist())
    return with_values(narrow, narrow.values)


def _compared(measure, **options):
    return mk.compare(measure, by="side", a="A", b="B", **options)


def trends(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Draw months of twenty or seventy articles, and ask whether intervals hold."""
    measure = some_words(outlet, rng)
    held = (measure.values > 0).sum(axis=0)
    true = measure.values.sum(axis=0) / measure.exposure.sum()
    months = pd.date_range("2001-01-15", periods=MONTHS, freq="MS", tz="UTC")
    for size in (20, 70):
        for _ in range(repeats):
            rows = rng.integers(0, len(measure), size * MONTHS)
            articles = pd.DataFrame({"published": months.repeat(size)})
            block = Block(
                slice(0, len(rows)),
                sparse.csr_array(measure.values[rows]),
                measure.exposure[rows],
            )
            drawn = replace(measure, articles=articles, stored=(block,))
            table = mk.trend(drawn, freq="month")
            low, high = (
                table[end].to_numpy().reshape(len(true), MONTHS)
                for end in ("low", "high")
            )
            inside = (low <= true[:, None]) & (true[:, None] <= high)
            for band, mine in bands(held):
                split = f"{size} a month"
                share, tests = inside[mine].mean(), inside[mine].size
                yield split, band, "trend", "coverage of a month", share, tests


def shuffled_dates(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Shuffle the dates and look for changes and bursts, of which there are none."""
    for _ in range(repeats):
        measure = some_words(outlet, rng, SHUFFLED // len(EDGES))
        order = rng.permutation(len(measure))
        dates = measure.articles["published"].iloc[order].to_numpy()
        measure = replace(measure, articles=measure.articles.assign(published=dates))
        for freq in FREQUENCIES:
            options = {"freq": freq, "repeats": 199, "seed": int(rng.integers(1 << 30))}
            for verb in (mk.change_points, mk.bursts):
                table, name = verb(measure, **options), verb.__name__
                p = table.groupby("item")["p"].min()
                found = (p <= 0.05).mean()
                yield f"by {freq}", "all", name, "series with p <= .05", found, len(p)
                if "q" in table:
                    found = (table["q"] < 0.05).any()
                    any_ = "shuffles with any q < .05"
                    yield f"by {freq}", "all", name, any_, found, 1


def death_reported(corpus, seed: int) -> Iterator[Row]:
    """Find when KCNA began to write of its new leader: 19 December 2011."""
    date = pd.Timestamp("2011-12-19")
    measure = mk.count_patterns(corpus, "Kim Jong Un")
    found = mk.change_points(measure, freq="day", seed=seed)
    first = found.loc[found["p"].idxmin()]
    for quantity, value in {
        "changes found": len(found),
        "days from the date": abs((first["date"] - date).days),
        "days before it in the interval": (date - first["low"]).days,
        "days after it in the interval": (first["high"] - date).days,
    }.items():
        yield "by day", "all", "change_points", quantity, value, 1
