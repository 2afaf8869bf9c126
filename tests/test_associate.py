import numpy as np
import pandas as pd
import pytest
from articles import corpus_of
from nltk.collocations import BigramCollocationFinder, TrigramCollocationFinder
from nltk.metrics import BigramAssocMeasures, TrigramAssocMeasures
from scipy import sparse, stats

import mediakit as mk
from mediakit.formulas.near import PartComparison
from mediakit.formulas.sums import Sums
from mediakit.infer.phrases import GROUPS
from mediakit.measure.blocks import Block
from mediakit.measure.measure import Measure
from mediakit.measure.paired import Paired
from mediakit.measure.terms import item_table
from mediakit.text import tokenize as tokenizing

RNG = np.random.default_rng(7)
VOCABULARY = [f"w{number}" for number in range(30)]


def sentences_of(article):
    """Return an article's sentences: words by Zipf, and a phrase in some."""
    drawn = []
    for _ in range(6):
        words = RNG.choice(VOCABULARY, 9, p=1 / np.arange(1, 31) / 3.9949871).tolist()
        if RNG.random() < 0.3:
            words[3:5] = ["human", "rights"]
        if article % 2 and RNG.random() < 0.5:
            words[6:8] = ["oil", "crude"] if RNG.random() < 0.7 else ["oil", "w1"]
        drawn.append(words)
    return drawn


ARTICLES = [sentences_of(article) for article in range(60)]
TEXTS = [" ".join(" ".join(s).capitalize() + "." for s in a) for a in ARTICLES]
SENTENCES = [sentence for article in ARTICLES for sentence in article]


@pytest.fixture(scope="module")
def corpus():
    return corpus_of(TEXTS)


@pytest.fixture(scope="module")
def near(corpus):
    return mk.count_collocates(corpus, "oil", window=(2, 3))


@pytest.fixture(scope="module")
def phrases(corpus):
    return mk.count_ngrams(corpus)


def test_phrases_score_as_in_nltk(phrases):
    finder = BigramCollocationFinder.from_documents(SENTENCES)
    table = mk.associate(phrases).set_index("item")
    for column, measure, digits in (
        ("pmi", BigramAssocMeasures.pmi, 1e-12),
        ("g2", BigramAssocMeasures.likelihood_ratio, 1e-6),
        ("chi2", BigramAssocMeasures.chi_sq, 1e-9),
        ("t", BigramAssocMeasures.student_t, 1e-6),
        ("dice", BigramAssocMeasures.dice, 1e-12),
    ):
        scores = {" ".join(pair): s for pair, s in finder.score_ngrams(measure)}
        expected = [scores[item] for item in table.index]
        np.testing.assert_allclose(table[column], expected, rtol=digits, atol=1e-6)


def test_npmi_is_that_of_gensim(phrases):
    table = mk.associate(phrases)
    n = phrases.exposure.sum()
    f1 = (2 * table["observed"] / table["dice"] - table["frequency"]).to_numpy()
    o, f2 = table["observed"].to_numpy(), table["frequency"].to_numpy()
    gensim = np.log(o / n / (f1 / n * f2 / n)) / -np.log(o / n)
    np.testing.assert_allclose(table["npmi"], gensim, rtol=1e-9)


def test_three_words_score_as_in_nltk(corpus):
    finder = TrigramCollocationFinder.from_documents(SENTENCES)
    scores = dict(finder.score_ngrams(TrigramAssocMeasures.pmi))
    table = mk.associate(mk.count_ngrams(corpus, n=3))
    expected = [scores[tuple(item.split())] for item in table["item"]]
    np.testing.assert_allclose(table["pmi"], expected, rtol=1e-12)
    of_two = ["g2", "chi2", "delta_p", "delta_p_back", "log_ratio"]
    assert table[of_two].isna().to_numpy().all()
    assert table["npmi"].max() <= 1 + 1e-12


def test_planted_phrases_come_first(phrases, near):
    first = mk.associate(phrases).loc[:1, "item"].tolist()
    assert first == ["human rights", "oil crude"]
    table = mk.associate(near)
    assert table.loc[0, "item"] == "crude"
    assert table.loc[0, "bound"] > 3


def test_collocates_follow_the_table_of_words_near_and_elsewhere(near):
    table = mk.associate(near).set_index("item").loc["w1"]
    inside, outside = near.exposure[:, 0].sum(), near.beside.exposure.sum()
    o = near.only_items(["w1"]).values.sum()
    rest = near.beside.only_items(["w1"]).values.sum()
    cells = [[o, rest], [inside - o, outside - rest]]
    found = stats.chi2_contingency(cells, correction=False)
    assert table["expected"] == pytest.approx(found.expected_freq[0, 0])
    assert table["chi2"] == pytest.approx(found.statistic)
    ratio = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
    assert table["g2"] == pytest.approx(ratio.statistic)
    assert table["delta_p"] == pytest.approx(o / inside - rest / outside)
    hits = sum(sentence.count("oil") for sentence in SENTENCES)
    assert table["dice"] == pytest.approx(2 * o / (hits + o + rest))


def test_the_interval_of_collocates_is_that_of_dense_sums_with_covariance(near):
    beside = near.beside.only_items(near.items["item"].tolist())
    x, y = near.values.toarray().astype(float), beside.values.toarray().astype(float)
    n, rest = near.exposure[:, 0], beside.exposure[:, 0]
    a, b = Sums.of_units(x, n), Sums.of_units(y, rest)
    both = (n > 0) & (rest > 0)
    residual_a, residual_b = x - np.outer(n, a.rate), y - np.outer(rest, b.rate)
    m = both.sum()
    covariance = (residual_a * residual_b)[both].sum(axis=0) * m / (m - 1)
    with np.errstate(invalid="ignore"):
        k_a, k_b = ((one**2).sum(0) ** 2 / (one**4).sum(0) for one in (x, y))
    units = np.where(a.rate > b.rate, k_a, np.fmax(k_a, k_b))
    shared = np.full(len(covariance), float(m))
    compared = PartComparison(a, b, covariance, shared, units)
    table = mk.associate(near).set_index("item").loc[near.items["item"]]
    tested = table["p"].notna().to_numpy()
    assert tested.sum() > 10
    for column, expected in (
        ("p", compared.p()),
        ("low", compared.limit(0.05, False)),
        ("high", compared.limit(0.05, True)),
        ("log_ratio", compared.log_ratio),
    ):
        found = table[column].to_numpy()[tested]
        np.testing.assert_allclose(found, expected[tested], rtol=1e-7, atol=1e-10)
    sure = (table["low"] > 0) | (table["high"] < 0)
    assert ((table["p"] < 0.05) == sure)[tested].all()


def without_difference(rng, articles=150, size=120):
    """Return a measure whose node stands anywhere, in articles that have topics."""
    zipf = 1 / np.arange(1, size + 1)
    rows = []
    for _ in range(articles):
        share = zipf * rng.gamma(0.5, 2, size)
        words = int(rng.lognormal(6, 0.4))
        close = min(10 * rng.poisson(1), words - 10)
        draws = (
            rng.multinomial(k, share / share.sum()) for k in (close, words - close)
        )
        rows.append((*draws, [close, close / 10], [words - close]))
    near, rest, exposure, others = (np.array(one) for one in zip(*rows, strict=True))
    whole = slice(0, articles)
    shared = {
        "kind": "count",
        "unit": "word",
        "items": item_table([f"w{number}" for number in range(size)]),
        "articles": pd.DataFrame({"article_id": np.arange(articles).astype(str)}),
        "provenance": {"made_by": "count_collocates"},
    }
    beside = Measure(
        name="rest",
        denominators=("words",),
        stored=(Block(whole, sparse.csr_array(rest), others.astype(float)),),
        **shared,
    )
    block = Block(whole, sparse.csr_array(near), exposure.astype(float))
    names = ("near", "uses")
    return Paired(
        "near", denominators=names, stored=(block,), others=lambda: beside, **shared
    )


def test_topics_alone_bring_no_more_finds_than_promised():
    rng = np.random.default_rng(3)
    tables = [mk.associate(without_difference(rng)) for _ in range(10)]
    p = np.concatenate([table["p"].dropna() for table in tables])
    assert len(p) > 1_000
    assert 0.01 < (p < 0.05).mean() < 0.05
    assert not any((table["q"] < 0.05).any() for table in tables)


def test_the_interval_of_phrases_is_a_jackknife_over_groups(phrases):
    whole = mk.associate(phrases).set_index("item").loc["human rights"]
    group = np.arange(len(phrases)) % GROUPS
    left = [
        mk.associate(phrases.subset(group != one)).set_index("item")["pmi"]
        for one in range(GROUPS)
    ]
    spread = [one["human rights"] for one in left]
    error = np.sqrt((GROUPS - 1) * np.var(spread))
    df = min(whole["articles"], GROUPS) - 1
    assert whole["high"] - whole["pmi"] == pytest.approx(stats.t.ppf(0.975, df) * error)
    assert whole["p"] == pytest.approx(2 * stats.t.sf(whole["pmi"] / error, df))


def test_few_articles_give_no_interval_and_the_family_stays(near):
    table = mk.associate(near.subset(np.arange(60) < 12))
    assert table["p"].isna().all()
    assert table["note"].str.startswith("in fewer than 10 articles: not tested").all()
    assert table["pmi"].notna().any()
    assert mk.associate(near).attrs["mediakit"]["family"] == 33


def test_a_saved_measure_can_still_be_associated(near, tmp_path):
    near.save(tmp_path / "near")
    again = mk.open_measure(tmp_path / "near")
    pd.testing.assert_frame_equal(mk.associate(again), mk.associate(near))


def test_shards_change_nothing(monkeypatch, near, phrases):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 17)
    corpus = corpus_of(TEXTS)
    parts = mk.count_collocates(corpus, "oil", window=(2, 3)), mk.count_ngrams(corpus)
    for cut, whole in zip(parts, (near, phrases), strict=True):
        pd.testing.assert_frame_equal(mk.associate(cut), mk.associate(whole))


def test_few_uses_are_told(near):
    table = mk.associate(near)
    few = table["observed"] < 5
    assert few.any()
    assert table.loc[few, "note"].str.contains("fewer than 5 uses together").all()
    assert not table.loc[~few, "note"].str.contains("5 uses").any()


def test_other_measures_are_refused(corpus):
    with pytest.raises(mk.MediakitError, match="count_collocates.*count_ngrams"):
        mk.associate(mk.count_terms(corpus))
    with pytest.raises(mk.MediakitError, match="must be a Measure"):
        mk.associate(pd.DataFrame())
