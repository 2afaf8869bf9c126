"""score_topics: planted topics, a naive version, scikit-learn, and all three verbs."""

import json
import sys

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.formulas import topics as formulas

WORDS = {
    "sea": ["harbour", "ferry", "vessel", "captain", "storm", "coast", "tide", "crew"],
    "court": ["judge", "trial", "verdict", "appeal", "witness", "law", "jury", "bail"],
    "farm": ["harvest", "grain", "cattle", "field", "tractor", "soil", "milk", "barn"],
}
PREVALENCE = {"North": [0.6, 0.2, 0.2], "South": [0.2, 0.4, 0.4]}


def planted(articles=240, seed=1):
    """Return articles of two outlets; each mixes three topics, mostly one."""
    rng = np.random.default_rng(seed)
    rows, truth = [], []
    pairs = [a + b for a in "abcdef" for b in "abcdefghij"]
    pools = [
        np.array(words + [name + one for one in pairs]) for name, words in WORDS.items()
    ]
    likely = [0.05] * 8 + [0.01] * 60
    for number in range(articles):
        outlet = "North" if number % 2 else "South"
        main = rng.choice(3, p=PREVALENCE[outlet])
        mixture = np.full(3, 0.05)
        mixture[main] = 0.9
        topic = rng.choice(3, 60, p=mixture)
        words = [rng.choice(pools[one], p=likely) for one in topic]
        day = pd.Timestamp("2014-01-01", tz="UTC") + pd.Timedelta(days=number)
        rows.append({"outlet": outlet, "published": day, "text": " ".join(words)})
        truth.append(np.bincount(topic, minlength=3) / 60)
    return mk.tokenize(mk.read_articles(pd.DataFrame(rows))), np.array(truth)


@pytest.fixture(scope="module")
def corpus():
    return planted()


@pytest.fixture(scope="module")
def topics(corpus):
    return mk.score_topics(corpus[0], k=3, seed=1, runs=3)


def order_of(topics):
    """Return for each planted topic the item that holds its words."""
    found = []
    for words in WORDS.values():
        shared = [
            len(set(words) & set(top.split(", "))) for top in topics.table["words"]
        ]
        assert max(shared) == 8
        found.append(int(np.argmax(shared)))
    return found


def counts_of(seed=1, articles=30, words=20):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.5, 2, (articles, words))).astype(float)
    counts[:, 0] += 1
    counts[0] += 1
    return counts


def test_learning_is_naive_em():
    counts = counts_of()
    sizes = counts.sum(axis=1)
    rng = np.random.default_rng(5)
    topics = counts.sum(axis=0) / sizes.sum() * rng.gamma(1.0, 1.0, (4, 20))
    topics /= topics.sum(axis=1, keepdims=True)
    weights = rng.gamma(10.0, 1.0, (30, 4))
    weights *= (sizes / weights.sum(axis=1))[:, None]
    for _ in range(7):
        new_weights, new_topics = np.zeros((30, 4)), np.zeros((4, 20))
        for d, w in np.argwhere(counts):
            belongs = weights[d] * topics[:, w]
            belongs *= counts[d, w] / belongs.sum()
            new_weights[d] += belongs
            new_topics[:, w] += belongs
        weights = new_weights
        topics = new_topics / new_topics.sum(axis=1, keepdims=True)
    matrix, rng = sparse.csr_array(counts), np.random.default_rng(5)
    found, allotted = formulas.learn_topics(matrix, 4, rng, sweeps=7)
    np.testing.assert_allclose(found, topics, atol=1e-12)
    np.testing.assert_allclose(allotted, weights, atol=1e-9)
    np.testing.assert_allclose(allotted.sum(axis=1), sizes)


def test_learning_never_gets_worse():
    matrix, before = sparse.csr_array(counts_of()), np.inf
    for sweeps in range(1, 30, 4):
        rng = np.random.default_rng(2)
        found = formulas.learn_topics(matrix, 3, rng, sweeps=sweeps)
        now = formulas.divergence(found[1], found[0], matrix)
        assert now <= before + 1e-9
        before = now


def test_allotting_is_what_scikit_learn_finds():
    decomposition = pytest.importorskip(
        "sklearn.decomposition", reason="scikit-learn (the extra `topics`) is missing"
    )
    counts = counts_of(seed=3)
    topics = np.random.default_rng(3).dirichlet(np.full(20, 0.3), 4)
    options = {"beta_loss": "kullback-leibler", "solver": "mu", "max_iter": 2000}
    expected, _, _ = decomposition.non_negative_factorization(
        counts, H=topics, n_components=4, update_H=False, tol=1e-12, **options
    )
    found = formulas.allot(sparse.csr_array(counts), topics, sweeps=2000)
    np.testing.assert_allclose(found, expected, atol=0.02)
    quick = formulas.allot(sparse.csr_array(counts), topics)
    np.testing.assert_allclose(quick, expected, atol=0.05 * counts.sum(axis=1).max())


def test_planted_topics_are_found(corpus, topics):
    place = order_of(topics)
    shares = topics.values.toarray() / topics.exposure
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert np.abs(shares[:, place] - corpus[1]).mean() < 0.03
    assert topics.kind == "share"
    assert (topics.exposure == 60).mean() > 0.9
    assert topics.table["share"].is_monotonic_decreasing
    assert topics.table["share"].sum() == pytest.approx(1)
    assert (topics.table[["kept", "kept_least"]] >= 0.8).all(axis=None)
    assert topics.items["item"].str.count(", ").eq(2).all()


def test_topics_by_outlet_and_over_time_have_intervals(corpus, topics):
    sea = topics.items["item"].iloc[order_of(topics)[0]]
    table = mk.summarise(topics, by="outlet").set_index(["item", "group"])
    for outlet, (share, *_) in PREVALENCE.items():
        row = table.loc[(sea, outlet)]
        assert row["low"] < 0.05 + 0.85 * share < row["high"]
    found = mk.compare(topics, by="outlet", a="North", b="South")
    assert found["item"].iloc[0] == sea
    assert found["p"].iloc[0] < 0.001
    notes = found.attrs["mediakit"]["notes"]
    assert any(note.startswith("Conditional on the topics") for note in notes)
    trend = mk.trend(topics, by="outlet", items=sea)
    assert trend["low"].notna().mean() > 0.8
    json.dumps(trend.attrs["mediakit"])


def test_the_largest_topic_is_a_stratum(corpus, topics):
    labels = topics.dominant()
    place = order_of(topics)
    names = topics.items["item"].to_numpy()[place]
    right = labels["topic"].to_numpy() == names[corpus[1].argmax(axis=1)]
    assert right.mean() > 0.97
    with_topics = corpus[0].with_columns(labels)
    assert with_topics.metadata["topic"].notna().all()
    words = mk.count_patterns(with_topics, {"storm": "storm"})
    by_topic = mk.summarise(words, by="topic")
    assert len(by_topic) == 3


def test_the_same_seed_gives_the_same_topics(corpus, topics):
    again = mk.score_topics(corpus[0], k=3, seed=1, runs=3)
    pd.testing.assert_frame_equal(again.table, topics.table)
    assert (again.values != topics.values).nnz == 0
    part = topics.subset(np.arange(len(topics)) < 50)
    assert (part.values != topics.values[:50]).nnz == 0
    alone = mk.score_topics(corpus[0], k=3, runs=1)
    assert alone.table["kept"].isna().all()
    assert json.loads(json.dumps(alone.provenance))["topics"][0]["kept"] is None


def test_a_cluster_allots_the_same(corpus, topics, client):
    with mk.use(client):
        again = mk.score_topics(corpus[0], k=3, seed=1, runs=3)
        table, labels = mk.summarise(again, by="outlet"), again.dominant()
    pd.testing.assert_frame_equal(table, mk.summarise(topics, by="outlet"))
    pd.testing.assert_frame_equal(labels, topics.dominant())


def test_an_article_without_topical_words_has_no_topic():
    articles = pd.DataFrame({"outlet": "A", "text": ["storm tide storm"] * 6 + ["The"]})
    articles.loc[3:5, "text"] = "judge trial judge"
    articles["text"] += [" sea" * number for number in range(7)]
    corpus = mk.tokenize(mk.read_articles(articles))
    topics = mk.score_topics(corpus, k=2, min_articles=2, stopwords=["the", "sea"])
    assert topics.exposure[:, 0].tolist() == [3] * 6 + [0]
    labels = topics.dominant()
    assert labels["topic"].isna().tolist() == [False] * 6 + [True]
    assert np.isnan(labels["topic_share"].iloc[6])


def test_counts_alone_are_enough_and_can_be_saved(tmp_path):
    corpus = mk.load_sample("kcna")
    days = corpus.subset((corpus.metadata["period"] == "day").to_numpy())
    some = days.subset(np.arange(len(days)) < 80)
    topics = mk.score_topics(some, k=3, runs=1, min_articles=30)
    assert topics.evidence == "bag of stories"
    topics.save(tmp_path / "topics")
    opened = mk.open_measure(tmp_path / "topics")
    assert opened.provenance["topics"] == topics.provenance["topics"]
    np.testing.assert_allclose(opened.values.toarray(), topics.values.toarray())


def test_lda_finds_the_same(corpus):
    pytest.importorskip(
        "sklearn", reason="scikit-learn (the extra `topics`) is missing"
    )
    found = mk.score_topics(corpus[0], k=3, method="lda", runs=2)
    shares = found.values.toarray() / found.exposure
    assert np.abs(shares[:, order_of(found)] - corpus[1]).mean() < 0.05
    again = mk.score_topics(corpus[0], k=3, method="lda", runs=2)
    pd.testing.assert_frame_equal(found.table, again.table)


def test_errors_say_what_to_do(corpus, monkeypatch):
    with pytest.raises(MediakitError, match="`k` must be a whole number from 2, got 1"):
        mk.score_topics(corpus[0], k=1)
    with pytest.raises(MediakitError, match="`runs` must be a whole number from 1"):
        mk.score_topics(corpus[0], k=2, runs=0)
    with pytest.raises(
        MediakitError, match=r"`method` must be one of \['nmf', 'lda'\]"
    ):
        mk.score_topics(corpus[0], k=2, method="stm")
    with pytest.raises(
        MediakitError, match="300 topics cannot be learnt from 240 arti"
    ):
        mk.score_topics(corpus[0], k=300)
    monkeypatch.setitem(sys.modules, "sklearn.decomposition", None)
    with pytest.raises(MediakitError, match=r"pip install 'mediakit\[topics\]'"):
        mk.score_topics(corpus[0], k=3, method="lda")
