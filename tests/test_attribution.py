import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polnear import agreement, read_polnear

from mediakit.text.attribution import find_attributions
from mediakit.text.quotations import quotation_spans
from mediakit.text.voices_words import inflected, voice_verbs

VERBS = voice_verbs()
CASES = [  # text; kind, what is said, who says it, the cue
    ("“We won,” Ann Lee said.", ("direct", "“We won,”", "Ann Lee", "said")),
    ("“We won,” said Ann Lee.", ("direct", "“We won,”", "Ann Lee", "said")),
    ('Ann Lee said: "We won."', ("direct", '"We won."', "Ann Lee", "said")),
    ("“Why?” she asked.", ("direct", "“Why?”", "she", "asked")),
    (
        "“We won,” Ann Lee, the mayor of Riga, told reporters.",
        ("direct", "“We won,”", "Ann Lee", "told"),
    ),
    (
        "On Tuesday, Ann Lee said that “nobody” had won.",
        ("mixed", "“nobody” had won", "Ann Lee", "said"),
    ),
    (
        "According to police, two men left.",
        ("indirect", "two men left", "police", "According to"),
    ),
    (
        "Prices will go on rising, analysts said.",
        ("indirect", "Prices will go on rising", "analysts", "said"),
    ),
    (
        "The ministry has repeatedly denied that it paid.",
        ("indirect", "it paid", "The ministry", "denied"),
    ),
    (
        "Ann Lee told him that it was late.",
        ("indirect", "it was late", "Ann Lee", "told"),
    ),
    ("The so-called “experts” left.", ("unattributed", "“experts”", None, None)),
    (
        "On “Meet the Press” she wept.",
        ("unattributed", "Meet the Press", None, None),
    ),
    ("The report was late and the claim was false.", None),
    ("The United States and the European Union met.", None),
]


def said_in(text):
    return [
        (
            one.kind,
            " … ".join(text[a:b] for a, b in one.spans),
            one.speaker and text[slice(*one.speaker)],
            one.cue and text[slice(*one.cue)],
        )
        for one in find_attributions(text, VERBS)
    ]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_says_what(text, expected):
    assert said_in(text) == ([expected] if expected else [])


def test_a_quotation_goes_on_after_its_verb_and_in_the_next_paragraph():
    text = "“We won,” Ann Lee said. “It was close.”\n“Nobody slept.”"
    (_, first, _, _), second = said_in(text)
    assert first == "“We won,” … “It was close.”"
    assert second == ("direct", "“Nobody slept.”", "Ann Lee", None)


def test_a_colon_before_a_paragraph_tells_who_speaks():
    assert said_in("Ann Lee said:\n“We won.”") == [
        ("direct", "“We won.”", "Ann Lee", "said")
    ]


def test_a_second_verb_has_the_speaker_of_the_first():
    said = said_in("Ann Lee said that it rained, adding that “nobody” came.")
    assert [one[2] for one in said] == ["Ann Lee", "Ann Lee"]
    assert [one[3] for one in said] == ["said", "adding"]


def test_regular_forms():
    forms = {"say", *inflected("deny"), *inflected("argue"), *inflected("stress")}
    assert {"denied", "arguing", "stresses", "stressed"} <= forms
    assert VERBS.class_of("pointed  out") == "factive"
    assert VERBS.class_of("CLAIMED") == "claiming"


def test_people_agree_on_articles_the_rules_were_not_written_on(shared):
    path = shared / "data/polnear/train_dev_text_attributions.tar.gz"
    articles = read_polnear(path, "dev")
    assert len(articles) == 84
    rules = agreement(articles, lambda text: find_attributions(text, VERBS))
    assert rules["direct precision"] >= 0.92
    assert rules["direct recall"] >= 0.75
    assert rules["direct speakers"] >= 0.80
    assert rules["indirect precision"] == pytest.approx(0.74, abs=0.04)
    assert rules["indirect recall"] == pytest.approx(0.32, abs=0.04)


WORDS = st.sampled_from(
    "said says according to that he Ann Lee “ ” \" ' , . ! ? : ; — The U.S. told \n "
    "\ue000 \u2028 李 é 😀 ‘ ( ) \x00 \xa0 who and adding “Why?”".split(" ")
)


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
@settings(max_examples=60)
def test_any_text_gives_spans_in_it_that_do_not_overlap(text):
    found = find_attributions(text, VERBS)
    spans = sorted(span for one in found for span in one.spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(b <= c for (_, b), (c, _) in zip(spans, spans[1:], strict=False))
    for one in found:
        assert one.kind in ("direct", "mixed", "indirect", "unattributed")
        assert (one.kind == "unattributed") <= (one.speaker is None)


@pytest.mark.parametrize("unit", ["“a” ", "X said ", "the a ", "“Ab,” X said "])
def test_long_texts_without_an_end_are_read(unit):
    assert find_attributions(unit * 300, VERBS) is not None


def test_every_quotation_is_accounted_for():
    text = "“One,” said Ann Lee. The “two” went. Bo said: “Three.” “Four.”"
    spans = [span for one in find_attributions(text, VERBS) for span in one.spans]
    for start, end in quotation_spans(text):
        assert any(a <= start and end <= b for a, b in spans)
    assert len(re.findall("“", text)) == 4
