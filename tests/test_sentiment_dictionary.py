import re
from itertools import takewhile

import numpy as np
import pandas as pd
import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk

LEXICODER = """+NEGATIVE
aggressive*
+POSITIVE
win*
friend*
+NEG_POSITIVE
not win*
best not
+NEG_NEGATIVE
not aggressive*
"""


def weighted(**options):
    weights = {"good": 2.0, "bad": -3.0, "very good": 5.0}
    table = pd.DataFrame(
        {"category": "v", "pattern": list(weights), "weight": list(weights.values())}
    )
    return mk.Dictionary("list", table, **options)


def scores(texts, method, **options):
    measure = mk.score_sentiment(corpus_of(texts), method=method, **options)
    return measure.values.toarray()[:, 0].tolist(), measure.exposure[:, 0].tolist()


@pytest.fixture
def lexicoder(tmp_path):
    path = tmp_path / "own.lc3"
    path.write_text(LEXICODER, encoding="utf-8")
    return mk.read_dictionary(path)


MANUAL = "This aggressive policy will not win friends."


def test_lexicoder_counts_the_example_of_its_manual(lexicoder):
    found = mk.count_dictionary(corpus_of([MANUAL]), lexicoder)
    counts = dict(
        zip(found.items["item"], found.values.toarray()[0].tolist(), strict=True)
    )
    told = {name.lower(): count for name, count in counts.items()}
    assert (told["negative"], told["positive"]) == (1, 1)
    assert (told["neg_positive"], told["neg_negative"]) == (1, 0)


def test_lexicoder_tone_subtracts_what_is_negated(lexicoder):
    found = mk.count_dictionary(corpus_of([MANUAL]), lexicoder).values.toarray()[0]
    negative, positive, neg_positive, neg_negative = found.tolist()
    tone = (positive - neg_positive) - (negative - neg_negative)
    assert scores([MANUAL], lexicoder, unit="word") == ([tone], [7.0])
    per_word = mk.score_sentiment(corpus_of([MANUAL]), method=lexicoder, unit="word")
    assert (per_word.kind, per_word.unit) == ("mean", "word")
    assert mk.summarise(per_word)["rate"].tolist() == [pytest.approx(-1 / 7)]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("good", 2),
        ("very good", 5),
        ("very bad", -4.5),
        ("so very bad", -9),
        ("not so very bad", 4.5),
        ("slightly bad", -1.5),
        ("not a good bad day bad", -1 + 1.5 - 3),
        ("Not. Good it is.", 2),
        ("It is very. Bad it is.", -3),
        ("bad very", -3),
    ],
)
def test_negation_and_intensifiers(text, score):
    rules = {"negators": ("not",), "reach": 3, "turn": -0.5}
    rules["intensifiers"] = {"very": 1.5, "so": 2, "slightly": 0.5}
    found, _ = scores(
        [f"It is {text}." if text[0].islower() else text], weighted(**rules)
    )
    assert found == [score]


def naive(sentence):
    """Score a sentence of small words by hand: the phrase first, from the left."""
    words, total, at = sentence.split(), 0.0, 0
    while at < len(words):
        two = " ".join(words[at : at + 2])
        weight, step = (5.0, 2) if two == "very good" else (0.0, 1)
        if step == 1:
            weight = {"good": 2.0, "bad": -3.0}.get(words[at], 0.0)
        if "not" in words[max(0, at - 2) : at]:
            weight *= -0.5
        before = list(takewhile("so".__eq__, reversed(words[:at])))
        weight *= 2 ** min(len(before), 2)
        total, at = total + weight, at + step
    return total


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["good", "bad", "very", "not", "so", "day"]),
            min_size=1,
            max_size=8,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_scores_are_those_of_a_loop(sentences):
    lines = [" ".join(one) for one in sentences]
    rules = {"negators": ("not",), "reach": 2, "turn": -0.5, "intensifiers": {"so": 2}}
    found, exposure = scores(["\n\n".join(lines)], weighted(**rules))
    known = [bool(re.search(r"\b(good|bad)\b", line)) for line in lines]
    assert found[0] == pytest.approx(sum(map(naive, lines)))
    assert exposure[0] == sum(known)


def test_categories_are_items_and_exposure_is_scored_sentences():
    feelings = {"joy": ["happy"], "fear": ["afraid", "panic"]}
    corpus = corpus_of(["He is happy. She is afraid. It rains.", "It rains."])
    measure = mk.score_sentiment(corpus, method=feelings)
    assert measure.items["item"].tolist() == ["joy", "fear"]
    assert measure.values.toarray().tolist() == [[1, 1], [0, 0]]
    assert measure.exposure[:, 0].tolist() == [2, 0]
    every = mk.score_sentiment(corpus, method=feelings, unit="every sentence")
    assert every.exposure[:, 0].tolist() == [3, 1]


def test_a_tone_stands_before_the_other_categories():
    lists = {"anger": ["furious"], "positive": ["fine"], "negative": ["furious"]}
    measure = mk.score_sentiment(corpus_of(["A furious, fine day."]), method=lists)
    assert measure.items["item"].tolist() == ["tone", "anger"]
    assert measure.values.toarray().tolist() == [[0, 1]]


def test_views_leave_words_out_and_coverage_says_what_is_known():
    corpus = mk.mark_names(corpus_of(["The Good Party met a good man in Good Town."]))
    assert scores(["The Good Party met a good man in Good Town."], weighted())[0] == [6]
    masked = mk.score_sentiment(corpus.without("name"), method=weighted())
    assert masked.values.toarray().tolist() == [[2]]
    covered = mk.score_sentiment(corpus, method=weighted(), items="coverage")
    assert covered.values.toarray().tolist() == [[1, 3]]
    assert covered.exposure.tolist() == [[1, 10]]


def test_subsets_and_shards_do_not_matter(monkeypatch):
    articles = mk.load_sample("strait").articles.iloc[:45]
    lists = {"positive": ["agree*", "peace"], "negative": ["attack*", "very angry"]}
    whole = mk.score_sentiment(mk.tokenize(articles), method=lists)
    monkeypatch.setattr("mediakit.text.tokenize.SHARD_ARTICLES", 20)
    cut = mk.tokenize(articles)
    again = mk.score_sentiment(cut, method=lists)
    assert (whole.values.toarray() == again.values.toarray()).all()
    assert (whole.exposure == again.exposure).all()
    mask = np.arange(len(cut)) % 3 == 1
    some = mk.score_sentiment(cut.subset(mask), method=lists)
    assert (some.values.toarray() == whole.values.toarray()[mask]).all()
    assert (some.exposure == whole.exposure[mask]).all()


@pytest.mark.parametrize(
    ("method", "options", "message"),
    [
        ("vader", {"unit": "word"}, "for a Dictionary"),
        ("moods", {}, "or a Dictionary"),
        (3, {}, "must come from"),
    ],
)
def test_errors_say_what_to_do(method, options, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.score_sentiment(corpus_of(["A b."]), method=method, **options)


def test_a_file_may_hold_negation_and_intensifiers(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        "name: own\nnegation: {words: [not], reach: 2, factor: -0.7}\n"
        "intensifiers: {very: 1.5}\ncategories: {v: [{good: 2}]}\n",
        encoding="utf-8",
    )
    dictionary = mk.read_dictionary(path)
    assert dictionary.turn == -0.7
    assert dictionary.intensifiers == {"very": 1.5}
    assert scores(["It is not very good."], dictionary)[0] == [pytest.approx(-2.1)]
    assert dictionary.digest != mk.Dictionary("own", dictionary.entries).digest


@pytest.mark.parametrize("line", ["intensifiers: [very]", "intensifiers: {very: much}"])
def test_factors_must_be_numbers(tmp_path, line):
    path = tmp_path / "own.yaml"
    path.write_text(f"{line}\ncategories: {{v: [good]}}\n", encoding="utf-8")
    with pytest.raises(mk.MediakitError, match="number"):
        mk.read_dictionary(path)


def test_an_empty_corpus_gives_an_empty_measure():
    measure = mk.score_sentiment(corpus_of([]), method=weighted())
    assert measure.values.shape == (0, 1)
    assert measure.exposure.shape == (0, 2)
    assert scores(["", "nothing"], weighted()) == ([0, 0], [0, 0])
