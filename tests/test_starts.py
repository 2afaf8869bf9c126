"""What is looked for in few places only is what a search of every place finds."""

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit.text.agency_words import harm_words
from mediakit.text.attribution_text import (
    BLANK,
    MOST_SENTENCE,
    blank_quotations,
    sentences,
)
from mediakit.text.sentences import BREAKS, sentence_codes
from mediakit.text.starts import Starts
from mediakit.text.voices_words import WORD, voice_verbs

VERBS, HARM = voice_verbs(), harm_words()
PIECES = [
    *"said Said, killed. un-said asked? shot; Mr. U.S. The he no. 5 “No.”".split(),
    *["(Why?", "“Yes"],
    *["according to", "according  to", "opened\nfire", "shot-dead", "word" * 300],
    *[" ", "\n", "\u2028", "\xa0", "…", ".", '"', "”", "x.", "x. " * 40],
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).flatmap(
    lambda words: st.sampled_from([" ", "  ", "\n"]).map(lambda gap: gap.join(words))
)


def all_sentences(one, start, end):
    """Look at every gap between two chunks."""
    chunks = [
        found.span()
        for found in re.finditer(r"\S+", one.text[:end])
        if found.start() >= start
    ]
    if not chunks:
        return []
    ends, starts = sentence_codes([one.text[a:b] for a, b in chunks])
    firsts, lasts = [chunks[0][0]], []
    for number, ((_, left), (right, _)) in enumerate(pairwise(chunks)):
        if one.blanked[left] != BLANK and (
            left - firsts[-1] > MOST_SENTENCE
            or BREAKS[ends[number], starts[number + 1]]
        ):
            lasts.append(left)
            firsts.append(right)
    return list(zip(firsts, [*lasts, chunks[-1][1]], strict=True))


def all_verbs(text, start, end):
    """Look at every word."""
    for found in WORD.finditer(text, start, end):
        for form in VERBS.firsts.get(found.group().lower(), ()):
            after = found.start() + len(form)
            same = text[found.start() : after].lower() == form
            if same and after <= end and not text[after : after + 1].isalnum():
                yield found.start(), after
                break


@settings(max_examples=60)
@given(TEXTS)
def test_sentences_and_verbs_are_those_of_a_full_search(text):
    one = blank_quotations(text, VERBS.starts)
    cut = sentences(one, 0, len(text))
    assert cut == all_sentences(one, 0, len(text))
    whole = replace(one, blanked=text)
    assert sentences(whole, 0, len(text)) == all_sentences(whole, 0, len(text))
    for start, end in [(0, len(text)), *cut]:
        found = list(VERBS.find(one.blanked, one.places, start, end))
        assert found == list(all_verbs(one.blanked, start, end))


@settings(max_examples=60)
@given(TEXTS)
def test_harm_begins_where_a_full_search_finds_it(text):
    places = HARM.starts.places(text)
    assert {found.start() for found in HARM.pattern.finditer(text)} <= set(places)


def test_what_is_known_of_chunks_is_forgotten_when_it_grows(monkeypatch):
    monkeypatch.setattr("mediakit.text.starts.MOST_KNOWN", 3)
    asked = []
    starts = Starts(lambda chunk: asked.append(chunk) or (0,))
    assert starts.places("a b a b\n\n a") == [0, 2, 4, 6, 10]
    assert asked == ["a", "b"]
    starts.places("c d e " + "f" * 50)
    assert len(starts) <= 3
