"""clean_text: what is repaired, what is left alone, and that it is counted."""

import warnings

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.clean.report import cleaning_report
from mediakit.clean.text import repair

REPAIRED = [
    (
        "The storm passed.Then it rained.",
        "The storm passed.\n\nThen it rained.",
        "glued",
    ),
    (
        "He said “no.”She left.",
        "He said “no.”\n\nShe left.",
        "closing quote goes first",
    ),
    (
        "It fell.“Run,” he cried.",
        "It fell.\n\n“Run,” he cried.",
        "opening quote goes on",
    ),
    ('He said "no."She left.', 'He said "no."\n\nShe left.', "a straight quote closes"),
    (
        'It fell."Run," he cried.',
        'It fell.\n\n"Run," he cried.',
        "or opens, as it pairs",
    ),
    ("It was 2013.The river", "It was 2013.\n\nThe river", "after a year"),
    ("at 6 a.m.The bus", "at 6 a.m.\n\nThe bus", "after a.m."),
    ("It ended.NATO agreed.", "It ended.\n\nNATO agreed.", "before initials"),
    (
        "ask@news.example.com.Write",
        "ask@news.example.com.\n\nWrite",
        "after an address",
    ),
    ("Он ушёл.Потом пришёл.", "Он ушёл.\n\nПотом пришёл.", "in any script with cases"),
    ("Rain., ,  Wind., , , , ,", "Rain.\n\nWind.", "line ends flattened to commas"),
    ("He said:, , it ends., ,", "He said:\n\nit ends.", "after a colon"),
    ("Rain., , Snow., Wind", "Rain.\n\nSnow.\n\nWind", "a single comma in such a text"),
    ("Â£5 for cafÃ©", "£5 for café", "UTF-8 read as Latin-1"),
    ("itâ€™s here", "it’s here", "UTF-8 read as Windows-1252"),
    ("Bot\u00adswana \u200bwon\ufeff", "Botswana won", "invisible characters"),
    ("cafe\u0301", "café", "NFC"),
    ("a \t b\u00a0 c \r\n\r\n\r\n\n d ", "a b c\n\nd", "white space"),
    ("x <!-- var a; --> y", "x\ny", "comment"),
    ("x <script>if (a<b) c();</script> y", "x\ny", "script"),
    ("<p>One.</p><p>Two &amp; <b>three</b></p>", "One.\n\nTwo & three", "tags"),
    ("R&amp;amp;D", "R&D", "escaped twice"),
]
LEFT_ALONE = [
    ("U.S.A. and U.N.Command", "initials"),
    ("Dr.Lee, Mrs.Lee and Gen.Lee", "titles typed without space"),
    ("3.5 per cent, v2.0", "numbers"),
    ("see www.Example.com/Some.Page", "addresses"),
    ("the file report.PDF", "file names"),
    ("Yes, it rained, and, well, it snowed", "commas"),
    ("lost words, , here", "a gap in a text without flattened lines"),
    ("a < b and c > d; AT&T", "signs that are no tags"),
    ("می‌خواهم", "zero-width non-joiner is spelling in Persian"),
    ("naïve São Paulo ÂÃ", "accents are no mojibake"),
    ("One paragraph.\n\nAnother one.", "clean text"),
    ("中国。新闻", "Chinese"),
    ("", "nothing"),
]


def table(**columns):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.read_articles(pd.DataFrame(columns))


@pytest.mark.parametrize(("text", "expected", "reason"), REPAIRED)
def test_repairs(text, expected, reason):
    assert repair(text) == expected, reason


@pytest.mark.parametrize(("text", "reason"), LEFT_ALONE)
def test_leaves_alone(text, reason):
    assert repair(text) == text, reason


PIECES = st.sampled_from(
    [
        *"abAB.!?,;:\"'“”‘’()<>&# \n\t\r\u00ad\u200b\u00a0éÂ£€Ã",
        "word",
        "Word",
        "&amp;",
        "<p>",
    ]
    + ["<!--", "-->", "., ,  ", "â€™", "U.S.", "a.m.", "cafe\u0301", "&lt;b&gt;", "3.5"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_twice_is_once(text):
    assert repair(repair(text)) == repair(text)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_grows_by_paragraph_breaks_only(text):
    stops = sum(text.count(mark) for mark in ".!?…")
    assert len(repair(text)) <= len(text) + 2 * stops


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_passes_and_settles(text):
    assert repair(repair(text)) == repair(text)


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<p ", "&a", ",", ", ", "a.", 'x."A', "Ã", "A.B.", " ", "\n "],
)
def test_a_megabyte_on_one_line_is_no_trap(piece):
    repair(piece * (10**6 // len(piece)))


def test_input_stays_and_missing_stays_missing():
    articles = table(
        outlet=["A", "B"], title=["A  title", None], text=[None, "Fog.Then sun."]
    )
    before = articles.copy(deep=True)
    cleaned = mk.clean_text(articles)
    pd.testing.assert_frame_equal(articles, before)
    assert "mediakit_cleaning" not in articles.attrs
    assert cleaned["title"].isna().tolist() == [False, True]
    assert cleaned["text"].isna().tolist() == [True, False]
    assert cleaned.loc[0, "title"] == "A title"
    assert cleaned.index.equals(articles.index)
    assert cleaned.dtypes.equals(articles.dtypes)


def test_titles_stay_on_one_line():
    assert mk.clean_text(table(title=["Fog ends.Sun\nis back"])).loc[0, "title"] == (
        "Fog ends. Sun is back"
    )


def test_every_repair_is_counted_with_an_example():
    cleaned = mk.clean_text(
        table(
            outlet=["A", "A", "B"],
            text=["Fog.Then rain.", "Sun.Then snow.", "Bot\u00adswana  won."],
        )
    )
    report = cleaning_report(cleaned).set_index(["outlet", "rule"])
    assert report["articles"].to_dict() == {
        ("A", "glued paragraphs"): 2,
        ("B", "invisible characters"): 1,
        ("B", "white space"): 1,
    }
    assert report.loc[("A", "glued paragraphs"), "characters_removed"] == -4
    assert report.loc[("B", "invisible characters"), "characters_removed"] == 1
    assert "Fog.Then" in report.loc[("A", "glued paragraphs"), "example"]
    assert set(report["step"]) == {"clean_text"}


def test_no_rows_give_no_rows_and_an_empty_report():
    empty = table(outlet=["A"], text=["x"]).iloc[:0]
    cleaned = mk.clean_text(empty)
    assert cleaned.columns.equals(empty.columns)
    report = cleaning_report(cleaned)
    assert len(report) == 0
    assert report.columns.tolist() == [
        *("step", "rule", "outlet", "articles", "characters_removed", "example")
    ]
    assert report["articles"].dtype == "int64"


def test_the_report_of_an_uncleaned_table_is_refused():
    with pytest.raises(mk.MediakitError, match="no record of cleaning"):
        cleaning_report(table(text=["x"]))


def test_only_articles_are_cleaned():
    with pytest.raises(mk.MediakitError, match="lacks the columns"):
        mk.clean_text(pd.DataFrame({"text": ["x"]}))


def test_real_paragraphs_are_parted_and_no_word_is_lost(shared):
    data = pd.read_csv(shared / "data/chinadaily_nyt/articles.csv.gz")
    texts = data.loc[data["source"] == "New York Times", "text"].dropna().iloc[::25]
    glued = texts.str.count(r"[a-z][.!?]”?[A-Z][a-z]").sum()
    cleaned = texts.map(repair)
    assert glued > 1000
    assert cleaned.str.count(r"[a-z][.!?]”?[A-Z][a-z]").sum() < glued / 100
    letters = texts.str.replace(r"[\W_]", "", regex=True)
    assert cleaned.str.replace(r"[\W_]", "", regex=True).equals(letters)


def test_real_flattened_lines_come_back(shared):
    stories = pd.read_csv(shared / "data/kcna/kcna_stories_2011_2012.csv.gz")["story"]
    cleaned = stories.dropna().iloc[::100].map(repair)
    assert cleaned.str.contains("\n\n").mean() > 0.8
    assert cleaned.str.count(r",\s*,").sum() <= 1
