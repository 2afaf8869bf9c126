"""Tone toward those named: rules by worked cases, and the ways through a corpus."""

import numpy as np
import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.measure.toward_rules import WORD, judge, level
from mediakit.measure.toward_words import toward_words
from mediakit.resources import folder

BOTH = {"Ruritania": ["Ruritania", "Ruritanian"], "Sylvania": ["Sylvania"]}
CUT = 0.05
LISTS = {"verbs": [{"subject": 1, "object": -2, "words": ["condemn"]}], "silent": []}


def signs(text, actors=BOTH, **options):
    found = mk.find_toward(corpus_of([text]), actors, **options)
    scores = dict(zip(found["actor"], found["score"], strict=True))
    return {
        name: int(np.sign(score) * (abs(score) >= CUT))
        for name, score in scores.items()
    }


@pytest.mark.parametrize(
    ("text", "ruritania", "sylvania"),
    [
        ("Ruritania condemned Sylvania.", 0, -1),
        ("Sylvania was condemned by Ruritania.", 0, -1),
        ("Sylvania has often been condemned by Ruritania.", 0, -1),
        ("Ruritania praised Sylvania.", 1, 1),
        ("Ruritania did not praise Sylvania.", -1, -1),
        ("Sylvania, accused of fraud, met Ruritania.", -1, -1),
        ("Ruritania defeated Sylvania.", 1, -1),
        ("Sylvania met Ruritania on Monday.", 0, 0),
        ("They voted against Sylvania.", None, -1),
        ("Ruritania’s leaders lied.", -1, None),
    ],
)
def test_a_verb_is_for_or_against_by_its_side(text, ruritania, sylvania):
    expected = {"Ruritania": ruritania, "Sylvania": sylvania}
    expected = {name: sign for name, sign in expected.items() if sign is not None}
    assert signs(text) == expected


def test_who_defeats_whom_tells_the_two_apart_where_vader_cannot():
    two = ["Rebels defeat government forces.", "Government forces defeat rebels."]
    sides = {"rebels": ["Rebels", "rebels"], "forces": ["forces"]}
    assert [signs(text, sides) for text in two] == [
        {"rebels": 1, "forces": -1},
        {"forces": 1, "rebels": -1},
    ]
    scores = mk.score_sentiment(corpus_of(two)).values.toarray()[:, 0]
    assert scores.tolist() == [-0.5859, -0.5859]


def test_what_one_says_of_others_counts_a_tenth():
    said = judge("ruritania said it was a disgrace".split(), 0, 1, toward_words())
    told = judge("ruritania felt it was a disgrace".split(), 0, 1, toward_words())
    assert said[-1][0] == told[-1][0] == 5
    assert said[-1][1] == pytest.approx(told[-1][1] / 10)


def test_a_sum_by_hand():
    lists = toward_words(LISTS | {"words": {2: ["fine"]}, "near": {"against": -1.2}})
    words = "a fine day , but all are against ruritania".split()
    found = judge(words, 8, 9, lists)
    assert found[0] == (7, -1.2)
    weight = 2 * np.exp(-(0.25 + 0.5)) / (1 + 7 / 8)
    assert found[1] == (1, pytest.approx(weight))
    total = weight - 1.2
    assert level(total) == pytest.approx(total / np.sqrt(total**2 + 4))


def test_farther_words_and_those_beyond_a_clause_count_less():
    def weight(text):
        words = [one.group() for one in WORD.finditer(text)]
        return judge(words, 0, 1, toward_words())[0][1]

    near, far = (
        weight("ruritania is a disgrace"),
        weight("ruritania is to us a disgrace"),
    )
    assert near < far < 0
    assert far < weight("ruritania is ; to us a disgrace") < 0


def test_exposure_counts_sentences_that_name_an_actor():
    text = "Ruritania met Sylvania. Ruritania lied. It rained. A disgrace."
    measure = mk.score_toward(corpus_of([text, "Nothing."]), BOTH)
    assert measure.exposure.tolist() == [[2, 1, 1, 0], [0, 0, 0, 0]]
    assert measure.values.toarray()[0, 1] == 0
    assert measure.kind == "mean"
    assert measure.denominators[0] == "sentences about Ruritania"


def test_the_measure_is_the_mean_of_its_sentences():
    texts = ["Ruritania lied. Ruritania won. Sylvania failed Ruritania.", "Ruritania."]
    corpus = corpus_of(texts * 3, outlet=["A", "B"] * 3)
    found = mk.find_toward(corpus, BOTH)
    table = mk.summarise(mk.score_toward(corpus, BOTH), by="outlet")
    means = found.groupby(["actor", "outlet"])["score"].mean()
    for row in table.dropna(subset="rate").itertuples():
        assert row.rate == pytest.approx(means[row.item, row.group])


def test_quoted_and_own_voice_part():
    text = 'Ruritania won. "Ruritania is a disgrace," he said.'
    corpus = mk.mark_quotations(corpus_of([text]))
    own = mk.score_toward(corpus.without("quotation"), BOTH)
    quoted = mk.score_toward(corpus.only("quotation"), BOTH)
    assert own.exposure[0, 0] == quoted.exposure[0, 0] == 1
    assert own.values.toarray()[0, 0] > 0 > quoted.values.toarray()[0, 0]


def test_headlines_subsets_and_letters_beyond_ascii():
    corpus = corpus_of(
        ["“Öl”: Ruritania lied — été.", "Sylvania won."], titles="Sylvania lied"
    )
    assert mk.score_toward(corpus.only("title"), BOTH).values.toarray()[0, 1] < 0
    some = corpus.subset([False, True])
    assert mk.score_toward(some, BOTH).exposure.tolist() == [[0, 1, 0, 1]]
    assert mk.find_toward(corpus, BOTH)["words"].str.startswith("lied").tolist()[0]


def test_names_of_the_actor_do_not_vote():
    party = {"Great Fraud Party": ["Great Fraud Party"]}
    assert signs("The Great Fraud Party met.", party) == {"Great Fraud Party": 0}


def test_order_limit_and_empty():
    corpus = corpus_of(["Ruritania lied. Ruritania won. Ruritania slept."])
    scores = mk.find_toward(corpus, BOTH, sort="lowest")["score"].tolist()
    assert scores == sorted(scores)
    assert len(mk.find_toward(corpus, BOTH, sort="highest", limit=1)) == 1
    nothing = mk.find_toward(corpus_of(["It rained."]), BOTH)
    assert nothing.empty
    assert list(nothing) == list(mk.find_toward(corpus, BOTH))


def test_own_lists():
    assert signs("Ruritania condemned Sylvania.", words=LISTS) == {
        "Ruritania": 1,
        "Sylvania": -1,
    }


@pytest.mark.parametrize(
    ("actors", "words", "message"),
    [
        ("Atlantis", None, "no actor 'Atlantis'"),
        ("Chine", None, "Did you mean 'Chin"),
        ([], None, "`actors` must name actors"),
        (3, None, "`actors` must name actors"),
        ("China", {"verbs": ["hate"]}, "must have subject, object and words"),
        ("China", {"words": {"bad": ["x"]}}, "a weight must be a number"),
        ("China", {"words": ["x"]}, "'words' must map"),
    ],
)
def test_errors_say_what_is_wrong(actors, words, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.score_toward(corpus_of(["China."]), actors, words=words)


PIECES = st.sampled_from(
    [
        "Ruritania",
        "Sylvania",
        "condemned",
        "lied",
        "not",
        ",",
        ".",
        "“",
        "”",
        "by",
        "é—",
    ]
)


@settings(max_examples=25)
@given(st.lists(st.lists(PIECES, max_size=9).map(" ".join), min_size=1, max_size=4))
def test_scores_stay_in_bounds_and_sums_agree(texts):
    corpus = corpus_of(texts)
    measure, found = mk.score_toward(corpus, BOTH), mk.find_toward(corpus, BOTH)
    assert found["score"].between(-1, 1).all()
    assert measure.exposure[:, :2].sum() == len(found)
    assert measure.values.sum() == pytest.approx(found["score"].sum(), abs=1e-9)


def test_the_lists_are_well_formed():
    lists = toward_words()
    assert all(-3 <= weight <= 3 for weight in lists.near.values())
    effects = [
        abs(x) for one in lists.verbs.values() for x in (one.subject, one.object)
    ]
    assert max(effects) <= 3
    assert "united" not in lists.weights
    card = (folder("data") / "dictionaries" / "toward.md").read_text(encoding="utf-8")
    for heading in ("What", "Source and licence", "Use", "Validity", "Failures"):
        assert f"**{heading}" in card


def test_limits_stay_on_the_scale():
    texts = ["Ruritania lied."] * 3 + ["Ruritania won."]
    toward = mk.score_toward(corpus_of(texts, outlet=["A", "A", "A", "B"]), BOTH)
    assert toward.provenance["scale"] == {name: (-1, 1) for name in BOTH}
    table = mk.summarise(toward)
    assert table["low"].min() >= -1
    assert table["high"].max() <= 1
