"""score_axis: naive counts, NumPy, planted company, what does not hold, errors."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import mediakit as mk
from mediakit.formulas.vectors import left_out_positions, positions, ppmi, reduce
from mediakit.measure.axis_training import count_neighbours
from mediakit.text import tokenize as tokenizing
from mediakit.text.folding import folded_vocabulary

STORM = [f"storm{letter}" for letter in "abcdefgh"]
CALM = [f"calm{letter}" for letter in "abcdefgh"]
PLAIN = [f"plain{a}{b}" for a in "abcdef" for b in "abcdef"]
POLES = {"storm": STORM[:4], "calm": CALM[:4]}


def corpus_of(texts, outlets="A"):
    articles = pd.DataFrame(
        {
            "article_id": [f"a{n:04d}" for n in range(len(texts))],
            "outlet": outlets,
            "text": texts,
        }
    )
    return mk.tokenize(mk.read_articles(articles))


def sentence(theme, rng, name=""):
    words = [*rng.choice(theme, 3), *rng.choice(PLAIN, 3)]
    return " ".join([name, *rng.permutation(words)]).strip().capitalize() + "."


def planted(seed=1, articles=240):
    """Each sentence is of one theme; Nera stands with storms in A, with calm in B."""
    rng = np.random.default_rng(seed)
    outlets = ["A" if n % 2 else "B" for n in range(articles)]
    texts = []
    for outlet in outlets:
        said = [sentence((STORM, CALM)[n % 2], rng) for n in range(4)]
        said.append(sentence(STORM if outlet == "A" else CALM, rng, "Nera"))
        texts.append(" ".join(said))
    return corpus_of(texts, outlets)


@pytest.fixture(scope="module")
def axis():
    return mk.score_axis(planted(), POLES, dimensions=10)


def test_neighbours_are_counted_as_a_reader_would(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    texts = ["Red blue red. Green blue!", "Blue green. Red", "Green red blue"]
    corpus = corpus_of(texts)
    folded = folded_vocabulary(corpus, "lower")
    found = count_neighbours(corpus, folded.index, 3, 2)
    expected = {}
    for row, text in enumerate(texts):
        for part in re.split(r"[.!]", text.lower()):
            words = part.split()
            for i, one in enumerate(words):
                for two in words[i + 1 : i + 3]:
                    if one != two:
                        key = tuple(sorted([one, two])), row
                        expected[key] = expected.get(key, 0) + 1
    cells = found.counts.tocoo()
    names = [divmod(int(pair), 3) for pair in found.pairs[cells.coords[0]]]
    ours = {
        (tuple(folded.items[n] for n in pair), int(row)): int(value)
        for pair, row, value in zip(names, cells.coords[1], cells.data, strict=True)
    }
    assert ours == expected


def test_ppmi_by_the_formula():
    counts = np.array([[0, 4, 1], [4, 0, 2], [1, 2, 0]], float)
    pairs, values = np.array([1, 2, 5]), np.array([4.0, 1, 2])
    sums = counts.sum(axis=1)
    context = sums**0.75 / (sums**0.75).sum()
    with np.errstate(divide="ignore"):
        naive = np.log(counts / counts.sum() / np.outer(sums / sums.sum(), context))
    found = ppmi(pairs, values, 3).toarray()
    np.testing.assert_allclose(found, np.maximum(naive, 0), atol=1e-6)


def test_directions_are_those_of_numpy():
    rng = np.random.default_rng(2)
    dense = rng.random((300, 8)) @ rng.random((8, 300)) + 0.01 * rng.random((300, 300))
    vectors = reduce(sparse.csr_array(dense), 5)
    left, values, _ = np.linalg.svd(dense)
    theirs = left[:, :5] * np.sqrt(values[:5])
    theirs /= np.linalg.norm(theirs, axis=1, keepdims=True)
    np.testing.assert_allclose(vectors @ vectors.T, theirs @ theirs.T, atol=1e-9)


def test_positions_by_hand():
    vectors = np.array([[1.0, 0], [0.6, 0.8], [-1, 0], [0, 0]])
    found = positions(vectors, np.array([0]), np.array([2]))
    np.testing.assert_allclose(found, [1, 0.6, -1, np.nan])
    np.testing.assert_array_equal(
        positions(vectors, np.array([0]), np.array([0])), np.nan
    )
    left = left_out_positions(vectors, np.array([0, 1]), np.array([2]))
    assert left[0] == pytest.approx(1.6 / np.hypot(1.6, 0.8))
    assert np.isnan(left[2])


def test_planted_words_stand_on_their_side(axis):
    place = axis.words.set_index("word")["position"]
    assert place[STORM[4:]].min() > 0.3
    assert place[CALM[4:]].max() < -0.3
    assert place[PLAIN].abs().mean() < 0.2
    own = axis.words.dropna(subset="left_out")
    assert len(own) == 8
    assert (own["left_out"] > 0.3).all()
    assert axis.words["position"].is_monotonic_decreasing
    assert axis.stability > 0.6  # most words here are of neither theme


def test_intervals_hold_what_another_corpus_of_the_kind_gives(axis):
    table = axis.positions(repeats=12).set_index("word")
    other = mk.score_axis(planted(seed=9), POLES, dimensions=10)
    place = other.words.set_index("word")["position"]
    themes = [*STORM[4:], *CALM[4:]]
    # both corpora vary, so an interval for one holds 83 % of the others
    wide = (table["high"] - table["low"]) * np.sqrt(2) / 2
    far = (place - table["position"]).abs()
    assert (far[PLAIN] <= wide[PLAIN]).mean() > 0.75
    assert (table.loc[themes, "low"] * table.loc[themes, "high"] > 0).all()


def test_the_company_of_a_name_differs_between_outlets():
    axis = mk.score_axis(planted(), POLES, near={"Nera": ["nera"]}, dimensions=10)
    assert axis.items["item"].tolist() == ["Nera"]
    row = mk.compare(axis, by="outlet", a="A", b="B").iloc[0]
    assert row["low"] > 0.2
    assert row["rate_a"] > 0 > row["rate_b"]


def test_scores_are_sums_of_positions_over_scored_words(axis):
    corpus = planted()
    place = axis.words.set_index("word")["position"]
    words = corpus.articles["text"].str.lower().str.findall(r"\w+")
    known = [[w for w in one if w in place.index] for one in words]
    np.testing.assert_allclose(
        axis.values.toarray()[:, 0], [place[one].sum() for one in known]
    )
    assert axis.exposure[:, 0].tolist() == [len(one) for one in known]


def test_neither_shards_nor_a_subset_of_all_change_a_score(axis, monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 50)
    corpus = planted()
    assert len(corpus.parts) > 1
    again = mk.score_axis(corpus, POLES, dimensions=10)
    np.testing.assert_allclose(again.values.toarray(), axis.values.toarray(), atol=1e-9)
    half = axis.subset(np.arange(240) < 100)
    assert half.stability == axis.stability


def test_poles_that_the_corpus_does_not_hold_apart_are_named():
    poles = {"one": STORM[:2] + CALM[:2], "two": STORM[2:4] + CALM[2:4]}
    with pytest.warns(mk.MediakitWarning, match="do not stand on their own side"):
        axis = mk.score_axis(planted(), poles, dimensions=10)
    assert axis.stability < 0.2


def test_errors_say_what_to_do():
    corpus = planted(articles=40)
    cases = [
        ({"poles": {"one": ["a"]}}, "`poles` must be two names"),
        ({"poles": {"one": "a", "two": ["b"]}}, "must be a list of words"),
        ({"poles": {"one": ["a b"], "two": ["b"]}}, "poles are of single words"),
        ({"poles": {"one": ["absent"], "two": STORM}}, "no word of pole 'one'"),
        ({"poles": {"one": STORM, "two": STORM[:2]}}, "stands in both poles"),
        ({"poles": POLES, "min_articles": 39}, "an axis needs some hundreds"),
        ({"poles": POLES, "window": 0}, "`window` must be a number from 1"),
    ]
    for options, message in cases:
        with pytest.raises(mk.MediakitError, match=re.escape(message)):
            mk.score_axis(corpus, **options)
    with pytest.raises(mk.MediakitError, match="order of words"):
        mk.score_axis(mk.load_sample("kcna"), POLES)
    with pytest.warns(mk.MediakitWarning, match="too rare to have a position"):
        mk.score_axis(corpus, {"storm": [*STORM, "gale"], "calm": CALM})
