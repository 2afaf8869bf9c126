"""What compare finds where weeks or topics lean to one side, and inside them."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.cluster.vq import kmeans2
from scipy.sparse.linalg import svds
from split_parts import EDGES, Outlet, Row, bands, small_p, thinned, with_values

import mediakit as mk

CONFOUNDED = (0.1, 0.3, 0.7, 0.9)
TOPICS, DIRECTIONS = 12, 20
RARE, FREQUENT = 20, 800
PLANTED, RATIO = 0.05, 0.5


def within_weeks(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Let each week have its own chance of side a, and compare inside weeks."""
    yield from _within(outlet, rng, repeats, "week", outlet.clusters["week"].codes)


def within_topics(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Do the same with twelve topics: what is covered differs, and nothing else."""
    values = outlet.measure.values[:, outlet.held >= 10]
    codes = kmeans2(vectors(values), TOPICS, seed=1, minit="++")[1]
    yield from _within(outlet, rng, repeats, "topic", codes)


def vectors(values: sparse.csr_array) -> np.ndarray:
    """Return the articles' places in the first twenty dimensions of their words."""
    held = np.asarray((values > 0).sum(axis=0)).ravel()
    chosen = np.flatnonzero((held >= RARE) & (held < FREQUENT))
    words = values[:, chosen].astype(float)
    words.data = np.log1p(words.data)
    words = sparse.csr_array(words * np.log(len(held) / held[chosen]))
    length = np.sqrt(words.multiply(words).sum(axis=1))
    words = sparse.csr_array(sparse.diags_array(1 / np.maximum(length, 1e-9)) @ words)
    left, size, _ = svds(words, k=DIRECTIONS, random_state=0)
    places = left * size
    return places / np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-9)


def _within(outlet, rng, repeats, name, codes) -> Iterator[Row]:
    common = outlet.held >= min(low for low, _ in EDGES.values())
    names = outlet.measure.items["item"][common].to_numpy(str)
    measure = outlet.measure.only_items(names.tolist())
    measure = with_values(measure, measure.values)
    if name != "week":
        articles = measure.articles.assign(**{name: codes.astype(str)})
        measure = replace(measure, articles=articles)
    for _ in range(repeats):
        chance = rng.choice(CONFOUNDED, codes.max() + 1)[codes]
        side = np.where(rng.random(len(measure)) < chance, 0, 1)
        chosen = rng.random(len(names)) < PLANTED
        changed = thinned(measure, side, np.flatnonzero(chosen), RATIO, rng)
        articles = measure.articles.assign(side=np.where(side == 0, "A", "B"))
        changed = replace(changed, articles=articles)
        for row in _one(changed, name, names[chosen]):
            yield f"by {name}", *row


def _one(measure, name, planted) -> Iterator[tuple]:
    sides = {"by": "side", "a": "A", "b": "B"}
    tables = {
        f"within {name}s": mk.compare(measure, **sides, within=name),
        "not matched": mk.compare(measure, **sides),
    }
    table = tables[f"within {name}s"]
    held = table["articles_a"] + table["articles_b"]
    true = table["item"].isin(planted).to_numpy()
    for column, test in (("p", f"within {name}s"), ("p_cluster", "within, by week")):
        p = np.where(true, np.nan, table[column])
        for _, *row in small_p("", held, test, p):
            yield row
    for test, each in tables.items():
        found = each["q"] < 0.05
        false = (found & ~each["item"].isin(planted)).sum()
        quantity = f"false among found, ratio {RATIO}"
        yield "all", test, quantity, false / max(found.sum(), 1), 1
        yield "all", test, "false words found", false, 1
    covered = (table["low"] <= -1) & (table["high"] >= -1)
    for band, inside in bands(held):
        mine = inside & true & table["low"].notna()
        if mine.any():
            quantity = f"coverage of ratio {RATIO}"
            yield band, f"within {name}s", quantity, covered[mine].mean(), mine.sum()
