"""Whatever the number of shards, threads or workers, every figure is the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measures import cut, measure_of, planted

import mediakit as mk
from mediakit.infer.sums import power_sums, total_sums
from mediakit.infer.units import map_units
from mediakit.text import tokenize as tokenizing

SIDES = {"by": "outlet", "a": "A", "b": "B"}
VERBS = {
    "summarise": lambda m: mk.summarise(m, by="outlet"),
    "summarise by week": lambda m: mk.summarise(m, by="outlet", cluster="week"),
    "trend": lambda m: mk.trend(m, by="outlet"),
    "trend of items": lambda m: mk.trend(m, items=["talks", "war"], cluster="event"),
    "compare": lambda m: mk.compare(m, **SIDES, cluster="week"),
    "compare by event": lambda m: mk.compare(m, **SIDES, cluster="event"),
    "compare within": lambda m: mk.compare(m, **SIDES, within="event", cluster="week"),
    "decompose": lambda m: mk.decompose(m, **SIDES, within="week", cluster="event"),
    "keyness": lambda m: mk.keyness(m, **SIDES, measures="all"),
    "power": lambda m: mk.power(m, **SIDES, cluster="week"),
    "placebo": lambda m: mk.placebo(m, repeats=2, cluster="week"),
}
PERMUTATION = {
    test: lambda m, test=test: mk.compare(
        m, **SIDES, cluster="event", test=test, seed=3
    )
    for test in ("permutation", "bootstrap")
}
KINDS = {"count": ["war", "talks", "summit"], "share": ["talks"]}
TABLES = {}


def tables(measure, verbs=VERBS):
    return {
        name: verb(measure)
        for name, verb in verbs.items()
        if measure.kind == "count" or name not in ("keyness", "trend of items")
    }


def expected(kind, verbs=VERBS):
    """Return the tables of the planted measure in one block, by this thread alone."""
    key = kind, *verbs
    if key not in TABLES:
        with mk.use(1):
            TABLES[key] = tables(measure_of(PLANTED, kind, KINDS[kind]), verbs)
    return TABLES[key]


PLANTED = planted(articles=150)


def assert_same(found, known):
    assert found.keys() == known.keys()
    for name, table in found.items():
        pd.testing.assert_frame_equal(table, known[name], check_exact=True, obj=name)
        assert table.attrs == known[name].attrs, name


@settings(max_examples=6)
@given(
    st.sampled_from(["count", "share"]),
    st.lists(st.integers(0, 150), max_size=6),
    st.sampled_from([1, 2, 3]),
)
def test_cuts_and_threads_change_nothing(kind, places, threads):
    measure = cut(measure_of(PLANTED, kind, KINDS[kind]), places)
    with mk.use(threads):
        assert_same(tables(measure), expected(kind))


@settings(max_examples=2)
@given(st.lists(st.integers(0, 150), min_size=1, max_size=4))
def test_permutations_are_the_same(places):
    with mk.use(2):
        found = tables(
            cut(measure_of(PLANTED, "count", KINDS["count"]), places), PERMUTATION
        )
    assert_same(found, expected("count", PERMUTATION))


@pytest.mark.parametrize("kind", ["count", "share"])
def test_dask_changes_nothing(client, kind):
    measure = cut(measure_of(PLANTED, kind, KINDS[kind]), [40, 90])
    with mk.use(client):
        assert_same(tables(measure), expected(kind))


def test_permutations_by_dask_are_the_same(client):
    with mk.use(client):
        found = tables(
            cut(measure_of(PLANTED, "count", KINDS["count"]), [50]), PERMUTATION
        )
    assert_same(found, expected("count", PERMUTATION))


@settings(max_examples=4)
@given(st.lists(st.integers(0, 150), max_size=5), st.sampled_from([1, 2, 3]))
def test_means_agree_closely_and_exactly_for_the_same_blocks(places, threads):
    frame = PLANTED[PLANTED["words"] > 0]
    frame = frame.assign(war=(frame["war"] - 1.3) / 7, talks=frame["talks"] / 3)
    measure = measure_of(frame, "mean", ["war", "talks"])
    parts = cut(measure, places)
    verbs = {name: VERBS[name] for name in ("summarise by week", "trend", "compare")}
    with mk.use(1):
        whole, alone = tables(measure, verbs), tables(parts, verbs)
    with mk.use(threads):
        found = tables(parts, verbs)
    assert_same(found, alone)
    for name, table in found.items():
        pd.testing.assert_frame_equal(table, whole[name], rtol=1e-12, atol=1e-15)


def corpus_of(articles, shard):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizing, "SHARD_ARTICLES", shard)
        return mk.tokenize(articles)


def made_up(articles=60):
    random = np.random.default_rng(5)
    words = np.array("war peace talks tax vote news the of and a to in".split())
    texts = [
        " ".join(random.choice(words, n)) for n in random.integers(5, 60, articles)
    ]
    frame = pd.DataFrame({"text": texts, "title": "", "outlet": ["A", "B", "C"] * 20})
    dates = pd.date_range("2024-01-01", periods=articles, freq="5D", tz="UTC")
    return mk.read_articles(frame.assign(published=dates))


@pytest.mark.parametrize("shard", [1, 7, 59])
def test_shards_of_a_corpus_change_nothing(shard, client):
    articles = made_up()
    verbs = {
        "compare": lambda m: mk.compare(m, by="outlet", a="A"),
        "trend": lambda m: mk.trend(m, by="outlet", items=["war", "peace"]),
        "summarise": lambda m: mk.summarise(m, by="outlet", cluster="week"),
    }
    known = tables(mk.count_terms(corpus_of(articles, 100)), verbs)
    for workers in (2, client):
        with mk.use(workers):
            found = tables(mk.count_terms(corpus_of(articles, shard)), verbs)
        assert_same(found, known)


def associations(corpus):
    near, runs = mk.count_collocates(corpus, "war"), mk.count_ngrams(corpus)
    return {
        "near": mk.associate(near),
        "runs": mk.associate(runs),
        "dispersion": mk.dispersion(runs),
        "dispersion by week": mk.dispersion(near, by="week"),
    }


@pytest.mark.parametrize("shard", [7, 59])
def test_shards_change_nothing_in_what_stands_together(shard, client):
    articles = made_up()
    with mk.use(1):
        known = associations(corpus_of(articles, 100))
    for workers in (2, client):
        with mk.use(workers):
            assert_same(associations(corpus_of(articles, shard)), known)


def test_sums_beyond_the_whole_numbers_of_a_float_are_exact():
    random = np.random.default_rng(2)
    words = random.integers(150_000, 200_000, 40)
    frame = pd.DataFrame({"war": random.integers(0, 9, 40), "words": words})
    side = np.arange(40) % 2
    owner = np.zeros(1, np.int64)
    sums = []
    for places in ([], range(40), [7, 20]):
        measure = cut(measure_of(frame, items=["war"]), places)
        parts = map_units(measure, side, power_sums)
        a, b, _ = total_sums(parts, owner)
        sums.append((a.n3[0], b.n3[0]))
    cubes = [sum(int(n) ** 3 for n in words[side == g]) for g in (0, 1)]
    assert min(cubes) > 2**53
    assert sums == [tuple(map(float, cubes))] * 3


def test_the_article_without_exposure_is_named_whichever_block_it_is_in(client):
    frame = pd.DataFrame({"war": [0, 1, 2, 1], "words": [9, 9, 9, 9], "outlet": "A"})
    frame["article_id"] = list("abcd")
    measure = cut(measure_of(frame, items=["war"]), [1, 2])
    measure.stored[2].exposure[:] = 0
    for workers in (1, 2, client):
        with mk.use(workers), pytest.raises(mk.MediakitError, match="article 'c' has"):
            mk.summarise(measure, by="outlet")
