"""Real articles with random labels, thinned where a difference is planted.

Topics are found by k-means; labels follow them, so that what is covered differs and
nothing else does. Figures are averages over seeded drawings.
"""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from inside_splits import vectors
from scipy import sparse
from scipy.cluster.vq import kmeans2

import mediakit as mk
from mediakit.measure.measure import Block

EDGES = ((10, 20), (20, 50), (50, 200), (200, 10**9))
CONFOUNDED = (0.1, 0.3, 0.7, 0.9)
PARTS = ("composition", "treatment", "no_counterpart")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def times(shared):
    """Return the words of the New York Times, with topics broad and narrow."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        table = mk.read_articles(shared / "data" / "chinadaily_nyt" / "articles.csv.gz")
    table = table[table["text"].notna()].drop_duplicates("text")
    table = table[table["outlet"] == "New York Times"].reset_index(drop=True)
    measure = mk.count_terms(mk.tokenize(table), min_articles=10)
    values = measure.values
    block = Block(slice(0, len(measure)), values, measure.exposure)
    places = vectors(values)
    topics = {
        f"topic{k}": kmeans2(places, k, seed=1, minit="++")[1] for k in (12, 200, 600)
    }
    articles = measure.articles.assign(**topics)
    return replace(measure, stored=(block,), articles=articles)


def labelled(measure, within, shares, rng):
    """Draw for each article a side, with the chance that its stratum has."""
    strata = np.unique(measure.articles[within], return_inverse=True)[1]
    chance = rng.choice(shares, strata.max() + 1)[strata]
    side = np.where(rng.random(len(measure)) < chance, "A", "B")
    return replace(measure, articles=measure.articles.assign(side=side)), chance


def thinned(measure, items, factor, rng):
    """Keep each hit of some items on side A with probability `factor`."""
    values = measure.values.copy()
    rows = np.repeat(np.arange(len(measure)), np.diff(values.indptr))
    hit = (measure.articles["side"].to_numpy()[rows] == "A") & items[values.indices]
    values.data[hit] = rng.binomial(values.data[hit], factor)
    values.eliminate_zeros()
    block = Block(slice(0, len(measure)), values, measure.exposure)
    return replace(measure, stored=(block,))


def drawn_again(measure, rows):
    """Return the measure of some rows, which may be drawn several times."""
    values = sparse.csr_array(measure.values[rows])
    block = Block(slice(0, len(rows)), values, measure.exposure[rows])
    articles = measure.articles.iloc[rows].reset_index(drop=True)
    return replace(measure, articles=articles, stored=(block,))


@pytest.mark.parametrize(
    ("within", "cluster", "shares"),
    [
        ("topic12", "week", (0.5,)),
        ("topic12", "week", CONFOUNDED),
        ("topic200", "topic200", CONFOUNDED),
        ("topic600", "topic600", (0.5,)),
        ("topic600", "topic600", CONFOUNDED),
        ("topic600", "topic600", (0.1,)),
    ],
)
def test_false_alarms_inside_topics(times, within, cluster, shares):
    rng, found, splits = np.random.default_rng(8), [], 12
    options = {"by": "side", "a": "A", "b": "B", "within": within, "cluster": cluster}
    for _ in range(splits):
        table = mk.compare(labelled(times, within, shares, rng)[0], **options)
        held = table["articles_a"] + table["articles_b"]
        any_ = [(table[q] < 0.05).any() for q in ("q", "q_cluster")]
        small = [
            [
                (table[p][(held >= low) & (held < high)].dropna() < level).mean()
                for low, high in EDGES
            ]
            for p, level in (("p", 0.05), ("p", 0.001), ("p_cluster", 0.05))
        ]
        found.append((small, any_))
    small = np.mean([one for one, _ in found], axis=0)
    any_ = np.mean([one for _, one in found], axis=0)
    print(within, shares, small.round(4).tolist(), any_.tolist())  # shown by pytest -s
    assert (small[0] <= 0.065).all()
    assert (small[0] >= 0.025).all()
    assert (small[1] <= 0.002).all()
    assert (small[2] <= 0.06).all()
    assert (any_ <= 0.10).all()


@pytest.mark.parametrize("within", ["topic12", "topic200"])
def test_planted_ratios_lie_in_their_intervals_and_the_confound_does_not_show(
    times, within
):
    rng, inside, few = np.random.default_rng(9), [], []
    held = np.asarray((times.values > 0).sum(axis=0)).ravel()
    for _ in range(8):
        items = (rng.random(len(held)) < 0.05) & (held >= 20)
        measure = labelled(times, within, CONFOUNDED, rng)[0]
        measure = thinned(measure, items, 0.5, rng)
        options = {"by": "side", "a": "A", "b": "B", "cluster": "article"}
        plain = mk.compare(measure, **options).set_index("item")
        table = mk.compare(measure, **options, within=within).set_index("item")
        names = measure.items["item"].to_numpy()
        true = table.loc[table.index.isin(names[items])].dropna(subset=["low", "p"])
        inside.append(((true["low"] <= -1) & (-1 <= true["high"])).mean())
        found = [set(t.index[t["q"] < 0.05]) for t in (table, plain)]
        few.append([[len(f), len(f - set(names[items]))] for f in found])
    (found, false), (_, plain_false) = np.mean(few, axis=0)
    print(within, np.mean(inside), few)
    assert 0.93 <= np.mean(inside) <= 0.985
    assert false / found <= 0.07
    assert within != "topic12" or plain_false > 100
    assert plain_false > 5 * false


@pytest.mark.parametrize("draw", ["articles", "events", "strait"])
def test_planted_parts_lie_in_their_intervals(times, draw):
    rng, repeats = np.random.default_rng(10), 40
    times = strait() if draw == "strait" else times
    held = np.asarray((times.values > 0).sum(axis=0)).ravel()
    often = held >= (60 if draw == "strait" else 100)
    chosen = np.flatnonzero(often & (rng.random(len(held)) < 0.3))[:150]
    narrow = times.only_items(times.items["item"].iloc[chosen].tolist())
    within, cluster = (
        ("topic12", "article") if draw == "articles" else ("event", "event")
    )
    chance = rng.choice([0.2, 0.4, 0.6, 0.8], 600)
    tables = []
    for _ in range(repeats):
        if draw == "articles":
            rows = rng.integers(0, len(times), 2000)
            measure = drawn_again(narrow, rows)
            share = chance[measure.articles["topic12"]]
        else:
            topic = narrow.articles["topic600"].to_numpy()
            events = rng.choice(np.unique(topic), len(np.unique(topic)))
            members = [np.flatnonzero(topic == one) for one in events]
            measure = drawn_again(narrow, np.concatenate(members))
            event = np.repeat(np.arange(len(events)), [len(one) for one in members])
            share = chance[measure.articles["topic600"]]
            measure = replace(measure, articles=measure.articles.assign(event=event))
        side = np.where(rng.random(len(measure)) < share, "A", "B")
        measure = replace(measure, articles=measure.articles.assign(side=side))
        measure = thinned(measure, np.ones(len(chosen), bool), 0.6, rng)
        options = {"by": "side", "a": "A", "b": "B", "within": within}
        table = mk.decompose(measure, **options, cluster=cluster).set_index("item")
        tables.append(table.loc[measure.items["item"]])
    for part in PARTS if draw == "events" else PARTS[:2]:
        estimates = np.array([table[part] for table in tables])
        true = estimates.mean(axis=0)
        if draw == "articles":
            true = _true_parts(narrow, chance)[part]
            away = estimates.mean(axis=0) - true
            error = estimates.std(axis=0) / np.sqrt(repeats)
            assert np.mean(np.abs(away) < 3 * error) > 0.95
        low, high = (
            np.array([t[f"{part}_{e}"] for t in tables]) for e in ("low", "high")
        )
        inside = ((low <= true) & (true <= high)).mean()
        print(draw, part, inside.round(4))
        assert 0.92 <= inside <= 0.985


def strait():
    """Return the words of the constructed corpus; its events stand as topics."""
    corpus, labels = mk.load_sample("strait"), mk.load_truth("labels")
    measure = mk.count_terms(corpus)
    event = labels.set_index("article_id")["event_id"].astype("category").cat.codes
    codes = measure.articles["article_id"].map(event).to_numpy()
    return replace(measure, articles=measure.articles.assign(topic600=codes))


def _true_parts(measure, chance):
    """Return the parts in the whole that articles are drawn from."""
    topic = measure.articles["topic12"].to_numpy()
    into = sparse.csr_array((np.ones(len(topic)), (topic, np.arange(len(topic)))))
    n, x = into @ measure.exposure[:, 0], (into @ measure.values).toarray()
    rate = x / n[:, None]
    w_a, w_b = (chance[: len(n)] * n, (1 - chance[: len(n)]) * n)
    w_a, w_b = (w_a / w_a.sum())[:, None], (w_b / w_b.sum())[:, None]
    return {
        "composition": ((w_a - w_b) * 1.6 * rate / 2).sum(axis=0),
        "treatment": (-0.4 * rate * (w_a + w_b) / 2).sum(axis=0),
    }
