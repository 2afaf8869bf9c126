"""Every score is the library's own, to the last bit, whatever the text and the view."""

from functools import cache
from importlib import import_module

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob, _text
from textblob.en import sentiment

import mediakit as mk
from mediakit import kernels
from mediakit.measure.sentiment_engines import engine_of
from mediakit.measure.sentiment_textblob_words import IDLE, lexicon_of
from mediakit.measure.sentiment_units import unit_blocks
from mediakit.measure.sentiment_vader import rounded

vader = import_module("vaderSentiment.vaderSentiment")
ANALYZER = vader.SentimentIntensityAnalyzer()
SIGNS = (
    "( ! ) (!) ( !) (! ) 8 D x X box note: (see 3 8) :( : ( :- ? !!! ??? . ... .... o. "
    "O 'We “good” ‘bad’ END-OF-SENTENCE (END-OF-SENTENCE) U.S. Mr. e.g. 12:3 Ü ΣΑΣ ß "
    "😁 good😁bad ❤ ♥ <3 n't don't DON'T didn’t kind of least at least but BUT no or "
    "nor never so this without doubt the shit bomb to die for kiss death yeah right "
    "not very"
).split()
FACES = sorted({face for faces in _text.EMOTICONS.values() for face in faces})
ENTRIES = sorted({*ANALYZER.lexicon, *sentiment, *vader.BOOSTER_DICT, *vader.NEGATE})
SPLIT_FACES = st.builds(
    lambda face, at: f"{face[:at]} {face[at:]}",
    st.sampled_from(FACES),
    st.integers(0, 3),
)
WORDS = st.one_of(
    *(st.sampled_from(ENTRIES),) * 3,
    st.sampled_from(sorted(vader.SPECIAL_CASES)),
    st.sampled_from(SIGNS),
    SPLIT_FACES,
    st.text("aAxXdD83oO.,;:!?()[]'\"-$*=^<>/%“”’é…😁", max_size=6),
)
CASED = st.builds(
    lambda word, how, after: how(word) + after,
    WORDS,
    st.sampled_from([str, str, str.upper, str.title]),
    st.sampled_from(["", "", "", ".", ",", "!", "?", '"', ":", "’s"]),
)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", "\u2003", "\r\n"])
TEXTS = st.lists(st.tuples(CASED, GAPS).map("".join), max_size=25).map("".join)
METHODS = {
    "vader": lambda text: list(map(ANALYZER.polarity_scores(text).get, VADER)),
    "textblob": lambda text: list(TextBlob(text).sentiment),
}
VADER = ("compound", "pos", "neu", "neg")
each_method = pytest.mark.parametrize("method", METHODS)


def sentences(corpus, method):
    """Yield each sentence as its chunks joined by blanks, and its scores."""
    for part in corpus.parts:
        words = part.shard.chunks.vocabulary.to_pylist()
        tone = engine_of(method, corpus).tone(part, corpus.view, "sentence")
        texts = [
            " ".join(words[chunk] for chunk in units.chunks[a:b])
            for units in unit_blocks(part, corpus.view, "sentence")
            for a, b in zip(units.edges[:-1], units.edges[1:], strict=True)
        ]
        yield from zip(texts, tone.values.tolist(), strict=True)


@each_method
@settings(max_examples=30)
@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
def test_articles_and_sentences_are_the_librarys(method, texts):
    corpus = corpus_of(texts)
    scores = mk.score_sentiment(corpus, method=method, unit="article")
    assert scores.values.toarray().tolist() == list(map(METHODS[method], texts))
    for text, found in sentences(corpus, method):
        assert found == METHODS[method](text), text


def test_integers_among_the_weights_are_added_as_python_adds_them():
    texts = [  # sums near zero; what some phrases weigh is an integer
        'Nothing’s so’s *) Yeah Right peaceably. :(" victimhood: badass! duuuh!',
        'The Shit" agreeableness Irrationalities The Bomb... :-S :- )? hasnt?',
        "Yeah right, an attack, a good war and the bomb, a bus stop, awful happy!",
    ]
    scores = mk.score_sentiment(corpus_of(texts), method="vader", unit="article")
    assert scores.values.toarray().tolist() == list(map(METHODS["vader"], texts))


@each_method
@settings(max_examples=15)
@given(texts=st.lists(TEXTS, min_size=1, max_size=6), masked=st.sampled_from(SIGNS))
def test_a_view_is_scored_without_what_is_out_of_it(method, texts, masked):
    corpus = mk.mark_patterns(corpus_of(texts), ["good", "not", "no"], name="masked")
    view = corpus.without("masked")
    gone = {"good", "not", "no"}
    for text, found in sentences(view, method):
        assert found == METHODS[method](text)
        assert gone.isdisjoint(text.lower().split())


@each_method
def test_compiled_loops_and_plain_python_agree(method, monkeypatch):
    rng = np.random.default_rng(5)
    words = np.array([*ENTRIES[::3], *SIGNS * 30])
    texts = [" ".join(rng.choice(words, 30)) for _ in range(150)]
    corpus = corpus_of(texts)
    found = []
    for smallest in (0, 1 << 40):
        monkeypatch.setattr(kernels, "PAYS_FROM", smallest)
        tone = engine_of(method, corpus).tone(
            corpus.parts[0], corpus.view, "sentence", hits=True
        )
        found.append([tone.values, tone.known, *vars(tone.hits).values()])
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one, other)
    wanted = list(map(METHODS[method], texts))
    measure = mk.score_sentiment(corpus, method=method, unit="article")
    assert measure.values.toarray().tolist() == wanted


@each_method
def test_hits_make_up_the_score(method):
    corpus = mk.load_sample("strait")
    corpus = corpus.subset(np.arange(len(corpus)) % 20 == 0)
    (part,) = corpus.parts
    tone = engine_of(method, corpus).tone(part, corpus.view, "sentence", hits=True)
    hits, size = tone.hits, len(tone.rows)
    parts = np.bincount(hits.units, hits.parts, size)
    np.testing.assert_allclose(parts, tone.values[:, 0], atol=1e-12)
    assert ((np.bincount(hits.units, minlength=size) > 0) == (tone.known > 0)).all()
    assert (tone.known <= tone.words).all()
    assert (hits.positions >= tone.starts[hits.units]).all()
    assert (hits.positions < tone.ends[hits.units]).all()


@settings(max_examples=30)
@given(st.lists(st.one_of(WORDS, CASED), min_size=1, max_size=40))
def test_textblobs_plain_chunks_are_cut_as_it_does(words):
    chunks = sorted({chunk for word in words for chunk in word.split()})
    lexicon = lexicon_of(corrected=False)
    compiled = lexicon.compiled(pa.array(chunks, pa.large_string()))
    for number, chunk in enumerate(chunks):
        tokens = lexicon.tokens(chunk)
        known = [code for code in lexicon.coded(tokens) if code != IDLE]
        found = compiled.codes[slice(*compiled.offsets[number : number + 2])]
        assert [code for code in found if code != IDLE] == known, chunk
        assert compiled.letters[number] == sum(map(len, tokens)), chunk


@given(st.floats(-1, 1), st.sampled_from([3, 4]))
def test_rounding_is_pythons(value, digits):
    near = [value, 0.00005, 0.12345, 0.0005, -0.0005, 0.1235, 2.5e-4, round(value, 5)]
    assert rounded(np.array(near), digits).tolist() == [round(v, digits) for v in near]


@cache
def real(folder):
    """Return some real headlines and sentences, of three sources."""
    found = []
    for pattern in ("headlines_2022/*", "vader_tweets/*", "semeval2007/*"):
        for path in sorted(folder.glob(f"data/{pattern}"))[:2]:
            text = path.read_text(encoding="utf-8", errors="replace")
            found += text.splitlines()[:150]
    return [text for text in found if text.strip()]


@each_method
def test_real_texts_are_scored_alike(method, shared):
    texts = real(shared)
    assert len(texts) > 300
    measure = mk.score_sentiment(corpus_of(texts), method=method, unit="article")
    wanted = list(map(METHODS[method], texts))
    assert measure.values.toarray().tolist() == wanted


def test_corrected_is_the_library_where_no_sign_votes():
    texts = ["A good talk (section 8).", "said: (see note).", "He paid 143 dollars."]
    plain = corpus_of(texts)
    scores = {
        method: mk.score_sentiment(plain, method=method, unit="article")
        .values.toarray()[:, 0]
        .tolist()
        for method in ("vader", "vader_corrected", "textblob", "textblob_corrected")
    }
    assert scores["textblob"] == [pytest.approx(0.6), -0.75, 0.0]
    assert scores["textblob_corrected"] == [0.7, 0.0, 0.0]
    assert scores["vader_corrected"][1:] == [0.0, 0.0]
    assert scores["vader"][2] > 0.5
    frame = pd.DataFrame(scores)
    assert (frame["vader"] != frame["vader_corrected"]).any()
