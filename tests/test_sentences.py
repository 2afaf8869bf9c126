"""Sentence ends: a table of cases with reasons, Punkt as oracle, and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from mediakit.text.sentences import (
    ABBREVIATIONS,
    BEFORE_NUMBERS,
    BREAKS,
    ENDS,
    FIRST_WORDS,
    STARTS,
    TITLES,
    sentence_codes,
    split_sentences,
)

CASES = [
    ("He left.|She stayed.", "a full stop and a capital"),
    ("Why?|Nobody knows!|He left…|She stayed.", "any mark that closes a sentence"),
    ("Really?!|Yes.", "several marks are one end"),
    ("He said: “Go.”|She went.", "closing quotation marks belong to the sentence"),
    ("(He left.)|[She stayed.]|«Non.»|Il part.", "and so do brackets"),
    ("“Why?” he asked.|“Go!” they cried.", "small letters never start one"),
    ("It was dull, she said, and left.", "a comma ends nothing"),
    ("He called.|“We won,” he said.", "an opening mark may start one"),
    ("She left.|2013 was over.|$5 was left.", "so may a number or a sum"),
    ("He left. iPhones stayed.", "the price: names in small letters join"),
    ("Mr. Li met Gen. Smith and Dr. An.", "after a title comes a name"),
    ("Mr. So met Mrs. The.", "even one that looks like a first word"),
    ("Lt.-Gen. Li and Ms. Wu.", "a title within a compound"),
    ("MR. LI LEFT.|THE TEAM STAYED.", "in capitals too"),
    ("China v. Japan, i.e. Asia vs. Asia.", "always followed by its partner"),
    ("He left.Mr. Li stayed at 5 p.m.Gen. Wu won.", "a title glued to a sentence"),
    ("The U.S. Senate met.", "an abbreviation before a name goes on"),
    ("He left the U.S.|The talks ended.", "before a usual first word it ends"),
    ("He left the U.S.|“The talks ended,” he said.", "also a quoted one"),
    ("the south Korea-U.S. “FTA” talks", "but not before any quotation mark"),
    ("Foo Inc. said so.|Bar Corp. Chairman Li left.", "companies"),
    ("at 5 p.m. Monday.|At 6 p.m.|He left.", "hours"),
    ("on Jan. 5 and Sept. 11.|In Dec.|It ended.", "months"),
    ("J. R. Smith and George W. Bush met.", "initials belong to a name"),
    ("V.V. Li chose plan B.|He won.", "a single letter may end a sentence"),
    ("A. B. Li came.|I. C. Wu left.", "initials that look like words are initials"),
    ("It was Ye's.|Nobody can't.|In the 1970's.|All won.", "'s and 't are no initials"),
    ("No. 5 won.|See pp. 3 and Art. 9.", "No. belongs to its number"),
    ("Did he?|No.|China won.", "without one it is an answer"),
    ("It rose 3.5 points to 1,000.50.|China won.", "a decimal point ends nothing"),
    ("It fell to 45.|Then it rose.", "a number can end a sentence"),
    ("He paused ... and left.", "an ellipsis before a small letter joins"),
    ("He paused...|Then he left.", "before a capital it ends"),
    ("BEIJING, Jan. 5 (Xinhua) -- China won.", "a dateline belongs to its sentence"),
    ("He left.|— Reuters", "a dash after the end starts anew"),
    ("He left .|She stayed .", "text with spaced punctuation"),
    ("Il dit.|« Oui » et partit.", "a spaced opening mark starts a sentence"),
    ("Он ушёл.|В 2013 г. Путин вернулся, т.е. победил.", "Russian"),
    ("Das gilt z.B. Hamburg.|Es sind ca. 3 Mio. Menschen.", "German"),
    ("Salió de EE.UU. hoy.|¿Cuándo?|¡Ayer!", "Spanish marks open sentences"),
    ("वह गया।|वह आई।", "the danda ends; a script without capitals starts"),
    ("غادر الرئيس.|هل عاد؟|لا.", "Arabic"),
    ("国家 主席 离开 。|他 回来 了 。", "segmented Chinese"),
]


@pytest.mark.parametrize(("marked", "reason"), CASES)
def test_table_of_cases(marked, reason):
    assert split_sentences(marked.replace("|", " ")) == marked.split("|"), reason


def test_a_line_end_ends_a_sentence_and_empty_lines_hold_none():
    assert split_sentences("A headline\n \nMr.\nThe end") == [
        "A headline",
        "Mr.",
        "The end",
    ]
    assert split_sentences("") == []


def test_codes_are_small_and_the_table_fits_them():
    ends, starts = sentence_codes(["Mr.", "U.S.", "No.", "end.", "end", "", "5", "—"])
    assert (ends.dtype, starts.dtype) == (np.uint8, np.uint8)
    assert ends.tolist() == [3, 2, 4, 1, 0, 0, 0, 0]
    assert starts.tolist() == [1, 1, 1, 0, 0, 0, 3, 4]
    assert BREAKS.shape == (len(ENDS), len(STARTS))
    assert [len(codes) for codes in sentence_codes([])] == [0, 0]


@given(st.lists(st.text()))
def test_codes_point_into_the_table(chunks):
    ends, starts = sentence_codes(chunks)
    assert BREAKS[ends, starts].shape == (len(chunks),)


@given(st.text() | st.text(st.sampled_from("aB. ?!“”'\n5中")))
def test_sentences_hold_the_text_and_nothing_else(text):
    assert " ".join(split_sentences(text)).split() == text.split()
    assert all(part == part.strip() != "" for part in split_sentences(text))


@given(st.text(st.sampled_from("ab U.S?!“” TheMr5\n")))
def test_splitting_a_sentence_again_changes_nothing(text):
    for sentence in split_sentences(text):
        assert split_sentences(sentence) == [sentence]


PROSE = """The minister met Mr. Li and Gen. J. R. Smith on Jan. 5 in Washington. He
said the U.S. would not sign. Talks with Foo Inc. and Bar Co. began at 5 p.m. on
Monday! Were they useful? Nobody knows. "We talked," he said. "Nothing else." In
2013 the price rose 3.5 percent to 1,000.50 dollars. It had been No. 5 on the list of
the Corp. before. (See the table.) The U.K. left, and the U.N. stayed. China won."""


def test_agrees_with_punkt_given_the_same_abbreviations():
    parameters = PunktParameters()
    known = TITLES | ABBREVIATIONS | BEFORE_NUMBERS | {"u.s", "u.k", "u.n", "p.m", "j"}
    parameters.abbrev_types = {word.lower() for word in known}
    parameters.sent_starters = {word.lower() for word in FIRST_WORDS}
    text = PROSE.replace("\n", " ")
    expected = PunktSentenceTokenizer(parameters).tokenize(text)
    assert len(expected) == 12
    assert split_sentences(text) == expected
