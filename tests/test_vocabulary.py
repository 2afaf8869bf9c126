"""Folding by a table of cases, the libraries as oracles, laws; the function words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.stem import LancasterStemmer, PorterStemmer, SnowballStemmer
from simplemma import lemmatize

from mediakit.errors import MediakitError
from mediakit.text.stems import STEM_LANGUAGES
from mediakit.text.vocabulary import (
    fold_vocabulary,
    lower,
    stopwords,
)
from mediakit.text.words import word_spans

LOWER = [
    ("Peace", "peace", "case"),
    ("ΕΛΛΆΣ", "ελλάς", "a final sigma is written as such"),
    ("Maße", "maße", "not masse: another word"),
    ("cafe\u0301", "café", "one character for letter and accent"),
    ("Don’t", "don't", "one apostrophe"),
    ("п\u02bcять", "п'ять", "as Ukrainian types it, too"),
    ("state\u2011run", "state-run", "one hyphen"),
    ("2013–15", "2013-15", "also for ranges"),
    ("mother\u00adland", "motherland", "soft hyphens are invisible"),
    ("العـــربية", "العربية", "tatweel is no letter"),
    ("می\u200cخواهم", "می\u200cخواهم", "the Persian non-joiner is spelling"),
    ("ինչո՞ւ", "ինչու", "the Armenian question mark is no letter"),
    ("צה״ל", 'צה"ל', "gershayim as typed"),
    ("China's", "china's", "the possessive stays"),
    ("U.N", "un", "initials with and without stops are one item"),
    ("D.P.R.K", "dprk", "however many"),
    ("EE.UU", "eeuu", "and doubled"),
    ("F.B.I.’s", "fbi's", "with a possessive"),
    ("A.F.L.-C.I.O", "afl-cio", "in compounds"),
    ("a.m", "a.m", "small initials keep theirs"),
    ("A.M", "a.m", "and those that would become a verb"),
    ("I.T", "i.t", "or a pronoun"),
    ("U.S", "u.s", "the country is not the pronoun us"),
    ("US", "u.s", "nor without stops"),
    ("us", "us", "and this is the pronoun"),
    ("Us", "us", "also at the start of a headline"),
    ("China-US", "china-u.s", "in compounds"),
    ("U.S.-led", "u.s-led", "of either spelling"),
    ("US-led", "u.s-led", "same"),
    ("WHO’s", "w.h.o's", "the organisation is not the pronoun who"),
    ("USA", "usa", "whole words only"),
    ("WHOLE", "whole", "same"),
    ("Ph.D", "ph.d", "no initials"),
    ("Example.com", "example.com", "no initials"),
    ("1,000.50", "1,000.50", "numbers stay"),
]


@pytest.mark.parametrize(("word", "expected", "reason"), LOWER)
def test_lower(word, expected, reason):
    assert lower(word) == expected, reason


@given(st.text() | st.text(st.sampled_from("USWHOusi.-’'éİǅ\u0301ЁßΣ")))
def test_lower_is_final(word):
    assert lower(lower(word)) == lower(word)


@given(st.text(st.sampled_from("abcXYZ019-'"), min_size=1))
def test_plain_words_are_only_lowered(word):
    assert lower(word) == word.lower()


@given(
    st.lists(st.text(min_size=1), unique=True),
    st.sampled_from([None, "lower", "stem", "lemma"]),
)
def test_every_word_has_its_item_and_items_are_sorted(words, fold):
    items, index = fold_vocabulary(words, fold)
    assert items == sorted(set(items))
    assert index.dtype == np.int32
    assert set(index.tolist()) - {-1} == set(range(len(items)))
    if fold is None:
        assert [items[i] for i in index] == words
    if fold == "lower":
        assert [items[i] if i >= 0 else "" for i in index] == list(map(lower, words))


WORDS = "running states generously peace governments studies dying better said was"


@pytest.mark.parametrize("language", sorted(STEM_LANGUAGES))
def test_stems_are_snowballs(language):
    words = WORDS.split()
    items, index = fold_vocabulary(words, "stem", language=language)
    oracle = SnowballStemmer(STEM_LANGUAGES[language])
    assert [items[i] for i in index] == [oracle.stem(word) for word in words]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ru"])
def test_lemmas_are_simplemmas(language):
    words = WORDS.split()
    items, index = fold_vocabulary(words, "lemma", language=language)
    expected = [lemmatize(word, lang=language).lower() for word in words]
    assert [items[i] for i in index] == expected


FOLDS = [
    ("Governments", "stem", "govern"),
    ("China’s", "stem", "china"),
    ("U.S", "stem", "u.s"),
    ("1990s", "stem", "1990s"),
    ("Governments", "lemma", "government"),
    ("China’s", "lemma", "china"),
    ("Women's", "lemma", "woman"),
    ("don’t", "lemma", "don't"),
    ("It's", "lemma", "it's"),
    ("US", "lemma", "u.s"),
    ("state-run", "lemma", "state-run"),
]


@pytest.mark.parametrize(("word", "fold", "expected"), FOLDS)
def test_stems_and_lemmas_start_from_lower_and_spare_what_is_no_word(
    word, fold, expected
):
    assert fold_vocabulary([word], fold)[0] == [expected]


@pytest.mark.parametrize("stemmer", [PorterStemmer(), LancasterStemmer()])
def test_any_nltk_stemmer(stemmer):
    items, index = fold_vocabulary(["Running", "runs"], stemmer)
    assert [items[i] for i in index] == [stemmer.stem("running"), stemmer.stem("runs")]


def test_a_function_sees_the_word_as_it_stands_and_may_leave_it_out():
    words = ["Peace", "peace", "War"]
    items, index = fold_vocabulary(words, lambda w: w if w[0].isupper() else "")
    assert items == ["Peace", "War"]
    assert index.tolist() == [0, -1, 1]


def test_an_empty_vocabulary():
    items, index = fold_vocabulary([], "lower")
    assert items == []
    assert index.tolist() == []


@pytest.mark.parametrize(
    ("fold", "language", "message"),
    [
        ("lemmas", "en", r"one of \[None, 'lower', 'stem', 'lemma'\].*got 'lemmas'"),
        (3, "en", "got 3"),
        ("stem", "zh", "stems for the languages .*'ar'.*not for 'zh'"),
        ("lemma", "xx", "no lemmas for the language 'xx'"),
        (len, "en", r"must return a word for each word, got 5.*return \"\""),
        (lambda word: None, "en", "got None"),
    ],
)
def test_errors_say_what_is_allowed(fold, language, message):
    with pytest.raises(MediakitError, match=message):
        fold_vocabulary(["peace"], fold, language=language)


def test_function_words_are_tokens_and_stay_themselves():
    words = stopwords("en")
    assert 250 <= len(words) <= 350
    assert [w for w in words if word_spans(w) != [(0, len(w))]] == []
    assert [w for w in words if lower(w) != w] == []


def test_function_words_are_no_topics_and_no_country():
    topics = {"said", "mr", "u.s", "w.h.o", "people", "new", "two", "government"}
    assert not topics & stopwords()


TEXT = """The minister said that he would not go to the talks unless they were held
in the capital, as it had been agreed before. Those who didn't come were told about
it by their own staff, and so were we."""


def test_function_words_are_half_of_running_text():
    words = [TEXT[start:end] for start, end in word_spans(TEXT)]
    content = [word for word in words if lower(word) not in stopwords()]
    assert (
        content
        == [
            "minister said go talks held capital agreed come told staff".split(),
        ][0]
    )
    assert len(words) == 40


def test_a_language_without_a_list_is_told_the_way_out():
    with pytest.raises(MediakitError, match=r"not for 'fr'; give your own list"):
        stopwords("fr")
