"""The table of cases of the default tokenizer, each with its reason, and its laws."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediakit.text.words import word_spans


def words(text):
    return [text[start:end] for start, end in word_spans(text)]


CASES = [
    # words and their marks
    ("peace,", "peace", "punctuation is no token"),
    ("“Peace”", "Peace", "nor are quotation marks; case stays (folding is later)"),
    ("cafe\u0301s", "cafe\u0301s", "a combining mark is a part of its letter (NFD)"),
    ("\u0301", "", "a mark without a letter is no word"),
    ("km²", "km²", "a superscript belongs to its unit"),
    ("½", "½", "a fraction is a number"),
    ("👍🏽", "", "emoji are no words"),
    ("_why_", "why", "underscores around a word are emphasis"),
    ("snake_case", "snake_case", "inside they join"),
    # apostrophes
    ("don't", "don't", "a contraction is one word, as readers count"),
    ("don’t", "don’t", "a curly apostrophe is an apostrophe"),
    ("don`t", "don`t", "and so is a typed accent"),
    ("China's", "China's", "the possessive stays: 's is no word; stems drop it"),
    ("James’", "James", "an apostrophe at the end could be a closing quote"),
    ("'Tis", "Tis", "at the beginning an opening one"),
    ("'90s", "90s", "same"),
    ("l'Oréal", "l'Oréal", "names keep theirs; French elision is not undone"),
    ("O’Brien", "O’Brien", "same"),
    ("rock’n’roll", "rock’n’roll", "several in a word"),
    ("п'ять", "п'ять", "Ukrainian writes words with it"),
    # hyphens and dashes
    ("state-run", "state-run", "a compound is one word: state-run is not state + run"),
    ("c’est-à-dire", "c’est-à-dire", "in any language"),
    ("state\u2011run", "state\u2011run", "a non-breaking hyphen is a hyphen"),
    ("re- and", "re|and", "a hyphen at an edge joins nothing"),
    ("war--the", "war|the", "two hyphens are a typewriter's dash"),
    ("war—the", "war|the", "a dash separates even without spaces"),
    ("Beijing–Moscow", "Beijing|Moscow", "an en dash between words is a dash"),
    ("2013–15", "2013–15", "between digits it is a range"),
    ("תל־אביב", "תל־אביב", "the Hebrew maqaf is a hyphen"),
    # full stops
    ("end.", "end", "a full stop is no part of a word"),
    ("Mr.", "Mr", "so Mr. and Mr (British) are one type"),
    ("U.S.", "U.S", "the last full stop goes, it may end the sentence:"),
    ("U.S.,", "U.S", "U.S. and U.S., and U.S are one type,"),
    ("U.S", "U.S", "inner ones stay: US and us stay apart"),
    ("“U.S.”", "U.S", "also in quotation marks"),
    ("D.P.R.K.", "D.P.R.K", "any number of initials"),
    ("U.S.A", "U.S.A", "initials are not glued sentences"),
    ("U.S.-led", "U.S.-led", "inside a compound the full stop is inner"),
    ("non-U.S.", "non-U.S", "at its end it is last"),
    ("U.S.'s", "U.S.'s", "and before the possessive inner"),
    ("e.g.", "e.g", "small initials"),
    ("a.m.", "a.m", "same"),
    ("т.е.", "т.е", "in any script"),
    ("EE.UU.", "EE.UU", "Spanish doubles the initials of plurals"),
    ("Ph.D.", "Ph.D", "a degree is one word though D is a capital"),
    ("m.in.", "m.in", "a full stop before a small letter joins"),
    ("example.com", "example.com", "as in web names"),
    ("Amazon.com's", "Amazon.com's", "with a possessive"),
    ("J.Smith", "J|Smith", "an initial is not part of the name"),
    ("A.M.Rosenthal", "A.M|Rosenthal", "same"),
    ("attacks.Ethnic", "attacks|Ethnic", "before a capital two sentences were glued"),
    ("U.S.The", "U.S|The", "also after initials"),
    ("2013.The", "2013|The", "and after a number"),
    ("США.Россия", "США|Россия", "in any script with capitals"),
    ("No.1", "No|1", "an abbreviation is a word, its number another"),
    ("wait...what", "wait|what", "an ellipsis separates"),
    ("wait…what", "wait|what", "same"),
    # numbers
    ("1,000.50", "1,000.50", "separators belong to the number"),
    ("1.000,50", "1.000,50", "continental ones too"),
    ("1'000", "1'000", "Swiss ones too"),
    (".5%", ".5%", "a leading point is part of the value"),
    ("3.5%", "3.5%", "the sign says what the number is; `*%` finds them all"),
    ("€5m", "€5m", "so does the currency; `$*` finds every dollar amount"),
    ("$20bn", "$20bn", "same"),
    ("US$5", "US$5", "with its country"),
    ("5€", "5€", "after the number"),
    ("$", "", "a sign alone is no word"),
    ("30-40%", "30-40%", "a range is one token"),
    ("$5-$10", "$5-$10", "same"),
    ("2013-15", "2013-15", "same"),
    ("10:30", "10:30", "a time is one token"),
    ("8a.m.", "8a.m", "same"),
    ("9/11", "9/11", "a date or a fraction too"),
    ("20/03/2015", "20/03/2015", "same"),
    ("5th", "5th", "an ordinal is one word"),
    ("1990s", "1990s", "same"),
    ("G20", "G20", "letters and digits mix in names"),
    ("9,000-strong", "9,000-strong", "and in compounds"),
    ("-5", "5", "a minus cannot be told from a dash"),
    ("5'10\"", "5'10", "feet and inches are one measure"),
    ("20°C", "20°C", "the degree belongs to its number"),
    ("٣٫٥٪", "٣٫٥٪", "Arabic digits, separators and per cent"),
    # other signs inside
    ("and/or", "and|or", "a slash between words separates two words"),
    ("black&white", "black|white", "so does an ampersand,"),
    ("AT&T", "AT&T", "except in names of capitals"),
    ("R&D,", "R&D", "same"),
    ("col·lecció", "col·lecció", "the Catalan l·l is spelling"),
    ("A·B", "A|B", "other middle dots are bullets"),
    ("iPhone", "iPhone", "case inside a word means nothing"),
    ("mother\u00adland", "mother\u00adland", "a soft hyphen is invisible"),
    ("foo\u200bbar", "foo|bar", "a zero-width space is a space (Khmer, Thai)"),
    ("\ufeffThe", "The", "a byte order mark is not part of the word"),
    # addresses
    ("(https://x.org/a?b=c).", "https://x.org/a?b=c", "an address is one token"),
    ("t.co/Ab3", "t.co/Ab3", "also without its scheme, if it has a path"),
    ("www.press.org.", "www.press.org", "or none"),
    ("a.b@x.org;", "a.b@x.org", "an e-mail address is one token"),
    ("@handle’s", "@handle’s", "a handle is a name; @ keeps it from the word"),
    ("#MeToo.", "#MeToo", "a tag likewise"),
    ("#1", "1", "a number sign is no tag"),
    ("5@5", "5|5", "an @ between numbers is no handle"),
    # other scripts
    ("नहीं।", "नहीं", "Devanagari: vowel signs and virama are marks; danda separates"),
    ("क्\u200dष", "क्\u200dष", "a joiner belongs to the word"),
    ("می\u200cخواهم،", "می\u200cخواهم", "Persian: the non-joiner is inside the word"),
    ("مُحَمَّد", "مُحَمَّد", "Arabic: vowel marks are marks"),
    ("العـــربية", "العـــربية", "tatweel stretches a word, and folding removes it"),
    ('צה"ל', 'צה"ל', "Hebrew: a mark before the last letter is gershayim"),
    ("צה״ל", "צה״ל", "in its own character"),
    ('ה"מילה"', "ה|מילה", "elsewhere it quotes"),
    ("ג׳ורג׳", "ג׳ורג", "geresh inside; at the end it goes, as full stops do"),
    ("Ελλάδα·", "Ελλάδα", "Greek: ano teleia is a semicolon"),
    ("ինչո՞ւ", "ինչո՞ւ", "Armenian: the question mark stands inside the word"),
    ("대통령은", "대통령은", "Korean uses spaces; particles stay"),
    ("ሰላም፡ነው", "ሰላም|ነው", "the Ethiopic word space is a space"),
    ("(习近平)", "习近平", "a Chinese name in other text is one token"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES)
def test_table_of_cases(text, expected, reason):
    assert "|".join(words(text)) == expected, reason


def test_whole_sentence():
    text = "“Two U.S.-led raids,” said Mr. Li — who’d paid $1.5m — “hit 3,000 homes.”"
    assert words(text) == (
        "Two U.S.-led raids said Mr Li who’d paid $1.5m hit 3,000 homes"
    ).split(" ")


def naive(text):
    """Words as maximal runs of letters, marks and digits, joined by ' or -."""

    def inside(character):
        return character.isalnum() or unicodedata.category(character)[0] == "M"

    out, word = [], ""
    for character, following in zip(text, (text + " ")[1:], strict=True):
        joins = character in "'-" and word and inside(following)
        if inside(character) and (word or character.isalnum()):
            word += character
        elif joins and inside(word[-1]) and following.isalnum():
            word += character
        elif word:
            out.append(word)
            word = ""
    return [*out, word] if word else out


def needs_no_other_rule(character):
    return character in " '-!?;“”»\n" or unicodedata.category(character)[0] in "LNM"


plain = st.text(
    st.sampled_from("abzABZ éßжЖ中ガकि\u094dاَ09'-!?;“”»\n")
    | st.characters(max_codepoint=0x1FFFF).filter(needs_no_other_rule)
)


@given(plain)
def test_agrees_with_a_naive_version_where_no_other_rule_speaks(text):
    assert words(text) == naive(text)


anything = st.text() | st.text(
    st.sampled_from("aB1Éé\u0301.,:/@#&$%€°·'’-–_\u00ad\u200b\u200dא\"״ՠ՞中 \n")
)


@given(anything)
def test_spans_are_sorted_disjoint_and_without_white_space(text):
    borders = [0]
    for start, end in word_spans(text):
        assert start < end
        assert not re.search(r"\s", text[start:end])
        borders += [start, end]
    assert borders == sorted(borders)
    assert borders[-1] <= len(text)


@given(st.lists(anything))
def test_a_text_has_the_tokens_of_its_chunks(texts):
    text = " ".join(texts)
    assert words(text) == [word for chunk in text.split() for word in words(chunk)]


@given(anything)
def test_every_letter_is_in_a_token(text):
    covered = sum(map(str.isalnum, "".join(words(text))))
    assert covered == sum(map(str.isalnum, text))


@given(st.text("ab.US", min_size=1), st.sampled_from([".", ",", "!", "”", ").", "…"]))
def test_punctuation_behind_a_word_changes_nothing(chunk, mark):
    assert words(chunk + mark) == words(chunk)
