import re

import pytest
from articles import corpus_of
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk

CASES = [
    ("war", "War, war; warfare. A post-war world.", 2, "whole words, any case"),
    ("war*", "War, war; warfare.", 3, "a wildcard: any letters, also none"),
    ("*war", "Postwar war wars", 2, "a wildcard may lead"),
    ("s*n*s", "sanctions sections suns sun", 3, "wildcards may stand inside"),
    ("civil war", "A civil war. A civil, war-torn land.", 1, "a phrase"),
    ("civil war", "Civil. War.", 0, "not across sentences"),
    ("civil war", "civil\n\nwar", 0, "not across paragraphs"),
    ("civil war", "Civil (war)", 1, "punctuation is no word"),
    ("human right*", "human rights and human right", 2, "a wildcard in a phrase"),
    ("u.s.", "The U.S. and the u.s", 2, "abbreviations as the tokenizer has them"),
    ("U.S. troops", "the U.S. troops", 1, "also in a phrase"),
    ("don't", "Don’t. don't", 2, "apostrophes straight or curly"),
    ("a.c", "abc a.c", 1, "other signs are no wildcards"),
    ("peace peace", "peace peace peace", 1, "no word counts twice"),
    ("naïve", "NAÏVE nai\u0308ve", 2, "accents composed or combining"),
    ("wom?n", "woman Women wom womaan", 2, "a question mark: one letter"),
    ("(war|civil war)", "war. A civil war", 2, "alternatives, the longest first"),
    ("war|peace", "war and peace", 2, "alternatives need no brackets alone"),
    (
        "(invasion|special operation) of (Ukraine|Kyiv)",
        "The invasion of Ukraine. A special operation of Kyiv. Invasion of.",
        2,
        "phrases among alternatives",
    ),
    ("(a (b|c d)) e", "a b e; a c d e; a c e", 2, "alternatives in alternatives"),
    ("=US", "US us U.S. Us", 1, "case counts"),
    ("=U.S.", "US us U.S. Us", 1, "and so does the form"),
    ("=Don't", "Don’t don’t", 1, "but not the kind of apostrophe"),
    ("=(White House)", "the White House, a white house", 1, "for all in a bracket"),
    ("=White house", "the White House, a white house", 1, "or for a single word"),
    ("=Sanction*", "Sanctions sanctions", 1, "with wildcards, too"),
    ("lemma:go", "go goes went gopher", 3, "all forms of a lemma"),
    ("lemma:went home", "He goes home. Go home!", 2, "named by any of its forms"),
    ("lemma:(go|see)", "went saw seen", 3, "for all in a bracket"),
    ("stem:sanctions", "sanction sanctioned sanctions", 3, "all forms of a stem"),
    ("troops [0-2] border", "troops border. Troops at the border.", 2, "a gap"),
    ("troops [1-2] border", "troops border. Troops at the border.", 1, "at least one"),
    ("troops [2] border", "troops at border; troops at the border", 1, "exactly"),
    ("troops [0-2] border", "Troops. The border.", 0, "no gap across sentences"),
    ("a [0-3] b", "a b x b", 1, "the longest of several ends"),
    ("a [0-3] b", "a a b", 1, "the first of several beginnings"),
    ("/gov.*s/", "Governments govern govs gov", 2, "a regular expression"),
    ("/wars?/ of", "war of wars of warsaw of", 2, "in a phrase"),
    ("=/[A-Z]+/", "NATO Nato UN", 2, "in which case counts"),
    (r"/\pL+é/", "café Café cafés", 2, "on Unicode letters"),
    ("/a|b/ c", "a c, b c, ab c", 2, "about the whole word"),
    ("AC/DC", "AC/DC ac dc", 2, "cut as the text is cut"),
    (r"\(sic\)", "so (sic) he said", 1, "signs of the language themselves"),
    (r"C\*-algebra", "a C*-algebra", 1, "also a star"),
    (r"\=US", "us", 0, "a sign at the start: =US is then the word US (u.s)"),
    (r"lemma\:go", "the lemma:go", 1, "also a prefix"),
    ("what [1] ever", "what so ever", 1, "a gap of one"),
    ("civil – war", "civil war", 1, "signs that are no words are left out"),
]


def count(patterns, *texts):
    measure = mk.count_patterns(corpus_of(texts), patterns)
    return measure.values.toarray().tolist()


@pytest.mark.filterwarnings("ignore:.*patterns hold a word")
@pytest.mark.parametrize(("pattern", "text", "hits", "why"), CASES)
def test_pattern(pattern, text, hits, why):
    assert count(pattern, text) == [[hits]], why


@pytest.mark.parametrize(
    ("patterns", "message"),
    [
        ("", "word or phrase"),
        ([], "empty"),
        (["war", 3], "got 3"),
        (7, "got int"),
        ("—", "holds no word"),
        ({"a": [""]}, "word or phrase"),
        ({"a": [2014]}, "in quotation marks, got 2014"),
        ({"a": []}, r"patterns of 'a' must be .* got \[\]"),
        ({"a": None}, "patterns of 'a' must be .* got None"),
        ({1: "war"}, "got 1"),
        (["war", ["peace"]], r"got \['peace'\]"),
        ("war (a|b", r"character 5: this bracket is never closed; add '\)'"),
        ("war) a", "character 4: this bracket closes nothing"),
        ("(a|)", "character 4: an alternative holds no word"),
        ("a||b", "character 3: an alternative holds no word"),
        ("()", "character 2: an alternative holds no word"),
        ("state(s)", "character 6: brackets hold whole words"),
        ("(a)b", "character 4: .* stands for whole words"),
        ("a [0-100000] b", "character 3: a gap goes .* to at most 30"),
        ("a [3-1] b", "from fewer to more"),
        ("a [0] b", "at most 30"),
        ("a [x] b", r"a gap is written \[0-3\]"),
        ("[0-3] b", "a gap stands between two words"),
        ("a [1] [2] b", "a gap stands between two words"),
        ("a [0-3]", "a gap stands last"),
        ("a [1-30] b [1-30] c [1-30] d", "at most 60 words together"),
        ("/gov", "between two slashes"),
        ("//", "between two slashes"),
        ("/r/politics", "stands for whole words"),
        ("/a b/", "about one word"),
        ("/a(?=b)/", "character 1: RE2 cannot read .* no lookaround"),
        (r"/(a)\1/", "no backreferences"),
        ("/a)|(b/", "RE2 cannot read"),
        ("/((a{1000}){1000}){1000}/", "no repetitions over 1,000"),
        ("lemma:go*", "a wildcard asks of written forms; drop 'lemma:'"),
        ("stem:/a/", "a regular expression asks of written forms"),
        ("=lemma:go", "character 2: a second prefix"),
        ("war\\", "character 4: nothing follows the backslash"),
        ("(" * 30 + "a" + ")" * 30, "over 20 deep"),
        ("a" * 200_000, "at most 100,000 signs"),
    ],
)
def test_what_is_no_pattern_is_refused(patterns, message):
    with pytest.raises(mk.MediakitError, match=message):
        count(patterns, "war")


WORDS = ["war", "wars", "civil", "peace."]


def naive(pattern, text):
    rule = r"\b" + pattern.replace("*", r"\w*").replace(" ", r" ") + r"\b"
    return len(re.findall(rule, text))


@pytest.mark.filterwarnings("ignore::mediakit.MediakitWarning")
@given(
    st.lists(st.lists(st.sampled_from(WORDS)).map(" ".join), min_size=1, max_size=4),
    st.sampled_from(["war", "war*", "civil war", "civil war*", "*ar*"]),
)
def test_a_regular_expression_finds_as_many(texts, pattern):
    assert count(pattern, *texts) == [[naive(pattern, text)] for text in texts]
