import re
from fnmatch import fnmatchcase

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mediakit.errors import MediakitError
from mediakit.text import folding
from mediakit.text.folding import english_stem, fold_of
from mediakit.text.lexicon import Lexicon, like
from mediakit.text.pattern_syntax import ANY, ONE, Word, literal, parse
from mediakit.text.vocabulary import fold_vocabulary
from mediakit.text.words import word_spans

LETTERS = "aAbßÉé\u0301жЖİ’'-.USWHO1😀ك\u00ad"
VOCABULARIES = st.sets(
    st.one_of(
        st.text(LETTERS, min_size=1, max_size=5),
        st.sampled_from(["US", "U.S", "us", "WHO", "a.m", "China’s", "nai\u0308ve"]),
    ),
    max_size=20,
).map(sorted)


def lexicon_with(words, language="en"):
    return Lexicon(pa.array(words, pa.large_string()), language)


def folded(words, name):
    return fold_of(pa.array(words, pa.large_string()), name, "en")


def found(words, text, kind, fold="lower"):
    types = lexicon_with(words).types(Word(text, kind, fold, 0), text)
    return [words[number] for number in types]


@given(VOCABULARIES, st.sampled_from(["lower", "lemma", "stem"]))
def test_folds_are_those_of_all_other_counts(words, name):
    fold = folded(words, name)
    items, index = fold_vocabulary(words, name)
    assert fold.items == items
    assert fold.index.tolist() == index.tolist()


ENGLISH = st.tuples(
    st.sampled_from(["", "", "'", "y", "Y"]),
    st.sampled_from("die dy ly sk tie gener commun arsen news war use o i 9".split()),
    st.sampled_from(
        ["", "'", "'s", "s", "es", "ies", "ying", "ing", "ed", "eed", "ly"]
    ),
    st.sampled_from(["", "", "'s", "ational", "ousness", "ily", "y", "er", "s'", "-x"]),
).map("".join)


@given(st.sets(st.one_of(ENGLISH, st.text(LETTERS, min_size=1, max_size=4))))
@example({"dying", "dies", "die", "'dies", "''dies", "skies", "sky", "'", "''"})
def test_an_english_stem_is_found_among_words_of_its_letter(words):
    words = sorted(words)
    whole = folded(words, "stem")
    for number, stem in enumerate(whole.items):
        expected = np.flatnonzero(whole.index == number)
        types = english_stem(pa.array(words, pa.large_string()), stem)
        assert types.tolist() == expected.tolist()
    assert english_stem(pa.array(words, pa.large_string()), "").tolist() == []


@given(VOCABULARIES, st.sampled_from(["lower", "exact"]))
def test_an_item_has_the_types_that_fold_to_it(words, name):
    fold = folded(words, name)
    for number, item in enumerate(fold.items):
        expected = np.flatnonzero(fold.index == number)
        assert fold.equal(item).tolist() == expected.tolist()
    assert fold.equal("nowhere").tolist() == []


@given(VOCABULARIES, st.text("ab*?.-é", min_size=1, max_size=5))
def test_wildcards_match_as_file_names_do(words, wild):
    written = wild.replace("*", ANY).replace("?", ONE)
    fold = folded(words, "lower")
    items = fold.items
    expected = [
        number
        for number, item in enumerate(fold.index)
        if item >= 0 and fnmatchcase(items[item], wild)
    ]
    if "*" in wild or "?" in wild:
        assert like(fold, written).tolist() == expected


@given(VOCABULARIES, st.sampled_from(["a.*", "[ab]+", "US|b", "é?a", ".", "a{2,3}"]))
def test_regular_expressions_match_as_pythons_do(words, rule):
    spelt = [folding.one_spelling(word) for word in words]
    expected = [w for w, s in zip(words, spelt, strict=True) if re.fullmatch(rule, s)]
    assert found(words, rule, "regex", "exact") == expected


def test_case_and_spelling():
    words = ["DON'T", "Don’t", "U.S", "US", "don't", "us"]
    assert found(words, "don't", "word") == ["DON'T", "Don’t", "don't"]
    assert found(words, "Don't", "word", "exact") == ["Don’t"]
    assert found(words, "US", "word") == ["U.S", "US"]
    assert found(words, "US", "word", "exact") == ["US"]


def test_the_last_folds_are_kept():
    words = [pa.array([str(n)], pa.large_string()) for n in range(folding.KEPT + 1)]
    first = fold_of(words[0], "lower", "en")
    assert fold_of(words[0], "lower", "en") is first
    for others in words[1:]:
        fold_of(others, "lower", "en")
    assert fold_of(words[0], "lower", "en") is not first


@pytest.mark.parametrize("text", ["(sic)", "C*-algebra", "AC/DC", "lemma:go", "=US"])
def test_literal_text_is_asked_for_as_it_stands(text):
    node = parse(literal(text))
    words = getattr(node, "parts", (node,))
    assert [word.text for word in words] == [text[a:b] for a, b in word_spans(text)]
    assert all((word.kind, word.fold) == ("word", "lower") for word in words)


@given(st.text(r"ab *?()|[]=/\:0-3 lemma:stem:", max_size=20))
def test_any_text_can_be_made_literal(text):
    spans = [text[a:b] for a, b in word_spans(text)]
    if spans:
        node = parse(literal(text))
        assert [word.text for word in getattr(node, "parts", (node,))] == spans


@given(st.text(r"ab *?()|[]=/\0-3:lemstW", max_size=16))
def test_any_text_is_read_or_refused_with_its_place(text):
    try:
        parse(text)
        message = ""
    except MediakitError as error:
        message = str(error)
    assert re.fullmatch(r"(?s).*character \d+: .+; .+\.|.*holds no word\.|", message)
