"""Sentences and clauses about somebody, by side."""

import pytest
from articles import articles_of, corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.text.about_clauses import clause_of, side_of
from mediakit.workers import use


def words(corpus, layer, text="text"):
    return corpus.only(text).only(layer).totals().tolist()


def side(text, name):
    first = text.index(name)
    return side_of(text, first, first + len(name) - 1)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Russia was condemned by the United Nations.", "Russia", "object"),
        ("Russia was condemned by the United Nations.", "United Nations", "subject"),
        ("Critics of Putin accused Moscow of lying.", "Putin", None),
        ("Critics of Putin accused Moscow of lying.", "Moscow", "object"),
        ("The sanctions imposed on Russia hurt.", "Russia", "object"),
        ("Kelmar's navy seized two boats from Ansel.", "Kelmar", "subject"),
        ("Kelmar's navy seized two boats from Ansel.", "Ansel", None),
        ("He praised China’s leaders.", "China", "object"),
        ("Japan and China signed a pact.", "Japan", "subject"),
        ("Japan and China signed a pact.", "China", "subject"),
        ("He said that China had attacked Japan.", "China", "subject"),
        ("He said that China had attacked Japan.", "Japan", "object"),
        ("They urged Russia to stop.", "Russia", "object"),
        ("China will not be invited.", "China", "object"),
        ("China", "China", None),
    ],
)
def test_sides(text, name, expected):
    assert side(text, name) == expected


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("China praised the talks, but Japan left.", "China praised the talks"),
        ("It rained; China slept (well).", "China slept"),
        ("Because China slept, it rained.", "China slept, it rained."),
        ("He, who knew China, left.", "knew China, left."),
        ("China", "China"),
    ],
)
def test_clauses(text, clause):
    first = text.index("China")
    assert text[slice(*clause_of(text, first, first + 4))].strip() == clause


def test_a_sentence_with_two_names_is_about_both():
    corpus = corpus_of(["China met Japan. Japan left. It rained all day."])
    marked = mk.mark_about(corpus, ["China", "Japan"])
    assert marked.layers == ["about China", "about Japan"]
    assert words(marked, "about China") == [3]
    assert words(marked, "about Japan") == [5]
    assert corpus.layers == []


def test_titles_possessives_and_subsets():
    corpus = corpus_of(["China's plan failed.", "Nothing."], titles="Japan wins")
    marked = mk.mark_about(mk.mark_about(corpus, "China"), "Japan")
    assert words(marked, "about China") == [3, 0]
    assert words(marked, "about Japan", "title") == [2, 2]
    assert words(marked.subset([False, True]), "about China") == [0]


def test_sides_are_layers_of_their_own():
    corpus = corpus_of(["China attacked Japan. Japan attacked China and left."])
    marked = mk.mark_about(corpus, "China", side="subject")
    marked = mk.mark_about(marked, "China", side="object", part="clause")
    assert words(marked, "about China as subject") == [3]
    assert words(marked, "about China as object") == [5]


def test_tone_is_measured_where_somebody_is_named():
    corpus = corpus_of(["China had a good day. Japan had a horrible day."])
    marked = mk.mark_about(corpus, ["China", "Japan"])
    good = mk.score_sentiment(marked.only("about China")).values.toarray()[0, 0]
    bad = mk.score_sentiment(marked.only("about Japan")).values.toarray()[0, 0]
    assert good == pytest.approx(0.4404)
    assert bad == pytest.approx(-0.5423)


def test_threads_and_one_worker_mark_the_same():
    corpus = corpus_of(["China attacked Japan. Été — “Japan won.”"] * 5)
    with use(1):
        one = mk.mark_about(corpus, "Japan", part="clause", side="subject")
    two = mk.mark_about(corpus, "Japan", part="clause", side="subject")
    layer = "about Japan as subject"
    assert words(one, layer) == words(two, layer) == [2] * 5


def test_errors():
    corpus = corpus_of(["China."])
    with pytest.raises(mk.MediakitError, match="`part` must be one of"):
        mk.mark_about(corpus, "China", part="word")
    with pytest.raises(mk.MediakitError, match="`side` must be one of"):
        mk.mark_about(corpus, "China", side="left")
    with pytest.raises(mk.MediakitError, match="must be a new name"):
        mk.mark_about(mk.mark_about(corpus, "China"), "China")


def test_other_languages_have_sentences_and_no_sides():
    german = mk.tokenize(articles_of(["China siegt. Es regnet."]), language="de")
    assert words(mk.mark_about(german, "China"), "about China") == [2]
    with pytest.raises(mk.MediakitError, match="rules for English"):
        mk.mark_about(german, "China", side="subject")
    with pytest.raises(mk.MediakitError, match="toward.yaml are English"):
        mk.score_toward(german, "China")


PIECES = st.sampled_from(
    [
        "China",
        "China’s",
        "Japan",
        "attacked",
        "was",
        "by",
        ",",
        "but",
        ".",
        "—",
        "“",
        "é",
    ]
)


@settings(max_examples=8)
@given(st.lists(st.lists(PIECES, max_size=10).map(" ".join), min_size=1, max_size=3))
def test_clauses_lie_in_sentences_and_sides_in_either(texts):
    corpus = mk.mark_about(corpus_of(texts), "China")
    corpus = mk.mark_about(corpus, "China", side="subject", part="clause")
    corpus = mk.mark_about(corpus, "China", side="object", part="clause")
    whole = corpus.only("about China")
    for layer in ("about China as subject", "about China as object"):
        inside = whole.only(layer).totals()
        assert (inside == corpus.only(layer).totals()).all()
    named = mk.mark_actors(corpus, actors={"China": ["China"]}).only("actor")
    assert (named.only("about China").totals() == named.totals()).all()
