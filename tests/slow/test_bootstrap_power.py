"""On real articles: what the bootstrap finds by chance, and whether power is kept."""

from dataclasses import replace

import numpy as np
import pytest

import mediakit as mk
from mediakit.formulas.power import least_ratio
from mediakit.formulas.rates import RateComparison
from mediakit.formulas.score import score_test
from mediakit.formulas.sums import Sums

EDGES = (10, 20, 50, 200, np.inf)
A_BAND = 250


@pytest.fixture(scope="module")
def words():
    """Return counts of the New York Times' articles, some words of each band."""
    counts = mk.count_terms(mk.load_sample("democracy"))
    times = counts.subset((counts.articles["outlet"] == "New York Times").to_numpy())
    band = np.digitize((times.values > 0).sum(axis=0), EDGES)
    rng = np.random.default_rng(1)
    chosen = [rng.permutation(np.flatnonzero(band == i))[:A_BAND] for i in range(1, 5)]
    names = times.items["item"].iloc[np.concatenate(chosen)]
    return times.only_items(names.tolist())


def found_by_chance(words, share, repeats=5):
    """Return, by column and band, the part of words with p < .05; NaN is not found."""
    band = np.digitize((words.values > 0).sum(axis=0), EDGES)
    rng = np.random.default_rng(7)
    parts = {"p": [], "p_cluster": [], "p_lijffijt": []}
    for seed in range(repeats):
        side = np.where(rng.random(len(words)) < share, "A", "B")
        split = replace(words, articles=words.articles.assign(side=side))
        table = mk.compare(
            split, by="side", a="A", b="B", cluster="week", test="bootstrap", seed=seed
        )
        table = table.set_index("item").loc[words.items["item"]]
        for name, found in parts.items():
            small = table[name].to_numpy() < 0.05
            found.append([small[band == i].mean() for i in range(1, 5)])
    return {name: np.mean(found, axis=0) for name, found in parts.items()}


@pytest.mark.slow
def test_bca_holds_its_level_where_lijffijts_test_does_not(words):
    even, uneven = found_by_chance(words, 0.5), found_by_chance(words, 0.9)
    for found in (even, uneven):
        assert (found["p"] < 0.085).all()
        assert (found["p_cluster"] < 0.095).all()
    assert (even["p_lijffijt"] < 0.09).all()
    assert uneven["p_lijffijt"][0] > 0.18
    assert uneven["p"][0] < 0.03


def thinned(x, n, side, parts, rng):
    """Take hits from side b until it has `parts` of them; return both sides' sums."""
    x = x.copy()
    x[~side] = rng.binomial(x[~side], parts)
    return Sums.of_units(x[side], n[side]), Sums.of_units(x[~side], n[~side])


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_the_least_ratio_is_found_as_often_as_promised(words, share):
    rng = np.random.default_rng(3)
    held = (words.values > 0).sum(axis=0)
    x = words.values[:, held >= 50].toarray().astype(np.int64)
    n = words.exposure[:, 0]
    side = rng.random(len(n)) < share
    parts = np.full(x.shape[1], 0.5)
    for _ in range(25):  # the total and the clumping depend on the ratio planted
        test = score_test(*thinned(x, n, side, parts, rng))
        ratio = least_ratio(test, alpha=0.05, power=0.8, upper=True)
        parts = np.clip(parts**0.7 / ratio**0.3, 0.01, 0.99)
    found = []
    for _ in range(8):
        side = rng.random(len(n)) < share
        a, b = thinned(x, n, side, parts, rng)
        none = np.zeros(x.shape[1])
        p = RateComparison(a, b, none, none).p()
        found.append(((p < 0.05) & (a.rate > b.rate)).mean())
    assert 0.75 < np.mean(found) < 0.85
