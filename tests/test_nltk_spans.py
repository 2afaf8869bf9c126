"""NLTK's tokenizers: their tokens are found in the text, or refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import (
    NLTKWordTokenizer,
    RegexpTokenizer,
    SpaceTokenizer,
    ToktokTokenizer,
    TreebankWordTokenizer,
    TweetTokenizer,
    WhitespaceTokenizer,
    WordPunctTokenizer,
)
from nltk.tokenize.api import TokenizerI

from mediakit.errors import MediakitError
from mediakit.text.nltk_spans import is_chunk_local, spans_from_nltk


class Upper(TokenizerI):
    def tokenize(self, s):
        return s.upper().split()


class Dropping(TokenizerI):
    def tokenize(self, s):
        return s.split()[1:-1]


class Overlapping(TokenizerI):
    def tokenize(self, s):
        return [s, s]

    def span_tokenize(self, s):
        return [(0, 4), (2, 5)]


PROSE = "The bank's \"new\" rates (5%) can't   rise... He said: ``No.'' Why? “Maybe”."


@pytest.mark.parametrize(
    "tokenizer",
    [
        NLTKWordTokenizer(),
        RegexpTokenizer(r"\w+"),
        SpaceTokenizer(),
        ToktokTokenizer(),
        TreebankWordTokenizer(),
        TweetTokenizer(),
        WhitespaceTokenizer(),
        WordPunctTokenizer(),
    ],
    ids=lambda tokenizer: type(tokenizer).__name__,
)
def test_nltk_tokens_are_found_in_the_text(tokenizer):
    tokens = [token for token in tokenizer.tokenize(PROSE) if token]
    found = [PROSE[start:end] for start, end in spans_from_nltk(tokenizer, PROSE)]
    marks = {"``": '"', "''": '"'}
    assert [marks.get(t, t) for t in found] == [marks.get(t, t) for t in tokens]


def test_nltk_spans_of_an_empty_text():
    assert spans_from_nltk(TreebankWordTokenizer(), "") == []


@pytest.mark.parametrize("tokenizer", [Upper(), Dropping()])
def test_a_tokenizer_that_rewrites_or_drops_words_is_refused(tokenizer):
    message = f"{type(tokenizer).__name__} rewrites or drops words.*span_tokenize"
    with pytest.raises(MediakitError, match=message):
        spans_from_nltk(tokenizer, "Words are words.")


def test_a_tokenizer_dropping_the_last_word_is_refused():
    with pytest.raises(MediakitError, match="the tokens with 'the end of the text'"):
        spans_from_nltk(Dropping(), "— words end.")


def test_overlapping_spans_are_refused():
    with pytest.raises(MediakitError, match="overlap, are out of order"):
        spans_from_nltk(Overlapping(), "words")


def test_which_tokenizers_are_chunk_local():
    own = RegexpTokenizer(r"\w+")
    assert not is_chunk_local(own)
    own.chunk_local = True
    assert is_chunk_local(own)
    assert is_chunk_local("words")
    assert is_chunk_local(WordPunctTokenizer())
    assert not is_chunk_local(TweetTokenizer())


@given(st.text().filter(lambda text: not re.search("[\x1c-\x1f]", text)))
def test_tokenizers_called_chunk_local_are(text):
    tokenizer = WordPunctTokenizer()
    whole = [text[a:b] for a, b in spans_from_nltk(tokenizer, text)]
    assert whole == [t for chunk in text.split() for t in tokenizer.tokenize(chunk)]
