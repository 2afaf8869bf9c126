"""clean_boilerplate: what is taken off, and what looks like it and stays."""

import warnings

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.clean.report import cleaning_report

NEWS = "The bridge was opened."
CD, NYT = "China Daily", "The New York Times"

TAKEN = [
    ("KCNA", f"PYONGYANG, June 18 (KCNA) -- {NEWS}", NEWS, "agency dateline"),
    ("TASS", f"MOSCOW, December 26. /TASS/. {NEWS}", NEWS, "agency dateline"),
    ("TASS", f"IGORA /Leningrad Region/, May 2. /TASS/. {NEWS}", NEWS, "with region"),
    (
        "TASS",
        f"A lead.\n\nMOSCOW, May 2. /TASS/. {NEWS}",
        f"A lead.\n\n{NEWS}",
        "later",
    ),
    ("Xinhua", f"BEIJING, June 18 (Xinhua) -- {NEWS}", NEWS, "agency dateline"),
    ("Xinhua", f"(Xinhua) -- {NEWS} Enditem", NEWS, "no place; the wire's end"),
    ("X", f"LONDON (Reuters) - {NEWS}", NEWS, "one hyphen after an agency"),
    ("X", f"KIEV, Feb 3 (AP) — {NEWS}", NEWS, "place, date and agency"),
    ("X", f"NEW DELHI — {NEWS}", NEWS, "place alone"),
    ("X", f"MADISON, Wis. — {NEWS}", NEWS, "with state"),
    ("X", f"SÃO PAULO, Brazil — {NEWS}", NEWS, "with accents"),
    ("X", f"OUJDA, Kingdom of Morocco — {NEWS}", NEWS, "with a long country"),
    ("X", f"By JANE DOE and JOHN A. ROE\n{NEWS}", NEWS, "byline"),
    ("X", f"By THE ASSOCIATED PRESS\n{NEWS}", NEWS, "byline"),
    ("X", f"{NEWS}\njane.doe@paper.example.com", NEWS, "address alone"),
    ("X", f"{NEWS}\nContact the writer at j@paper.example", NEWS, "contact line"),
    ("X", f"{NEWS} Contact the writer at j@paper.example", NEWS, "contact at the end"),
    ("X", f"{NEWS}\nJane Doe contributed reporting from Rome.", NEWS, "contributors"),
    ("X", f"{NEWS}\nReuters - AFP", NEWS, "agencies on a line"),
    ("X", f"{NEWS}\n© 2020 The Paper. All rights reserved.", NEWS, "copyright"),
    ("X", f"{NEWS}\nRead more: Another bridge", NEWS, "read more"),
    ("X", f"{NEWS} pic.twitter.com/a1B2c3", NEWS, "tweet link"),
    (CD, f"{NEWS}\n(HK Edition 06/12/2015 page11)", NEWS, "edition and page"),
    (CD, f"{NEWS} (China Daily Africa Weekly 06/12/2015 page9)", NEWS, "edition"),
    (CD, f"{NEWS}\nPrevious Page\n1 2 3 Next Page", NEWS, "page turner"),
    (CD, f'{NEWS}\nfunction turnpage(page){{ a("div_currpage"); }}', NEWS, "script"),
    (CD, f"A bridge in June. Jane Doe / China Daily\n{NEWS}", NEWS, "caption"),
    (CD, f"A bridge in June. [Photo/Agencies]\n{NEWS}", NEWS, "caption"),
    (CD, f"A bridge. [Photo/Agencies]{NEWS}", NEWS, "caption glued to the text"),
    (CD, f"Jane Doe (left) greets John Roe (right).\n{NEWS}", NEWS, "positions"),
    (CD, f"{NEWS}\nThe author is a professor of bridges.", NEWS, "note on the author"),
    (CD, f"Editor's note: {NEWS}", NEWS, "label"),
    (NYT, f"{NEWS}\nA version of this article appears in print on page A1.", NEWS, "p"),
    (NYT, f"{NEWS}\nCorrection: May 2, 2014\n", NEWS, "correction"),
    (NYT, f"Good morning.\n{NEWS}", NEWS, "briefing"),
    (NYT, f"{NEWS}\nJane Doe is the author of “Bridges.”", NEWS, "note on the author"),
]
KEPT = [
    ("X", "China Daily reported that Xinhua and Reuters agreed.", "agencies in a text"),
    ("X", "He came from London — a long way.", "a dash in a sentence"),
    ("X", "By Monday the bridge was open.", "by, and a sentence"),
    ("X", "Write to the minister, he said, at once.", "write to"),
    ("X", "I — like you — am tired.", "a short capital word before a dash"),
    ("X", "It was the end.", "end"),
    ("X", "She contributed to the story of the bridge, they say.", "contributed"),
    ("X", "The author is Jane Doe.\n\nMore.", "a rule of another outlet"),
    (CD, "The author of the book spoke. The author is famous abroad.", "not the line"),
    (CD, "Turn left (or right) at the bridge.", "left and right"),
    (CD, "It cost 5/6 of the sum. Page 9 is missing.", "pages in a text"),
    (
        NYT,
        "Mr. Doe is the author of the law, and of its failure.",
        "not the last line\n",
    ),
    (NYT, "Mr. Roe said Ms. Doe agreed.", "honorifics are manners, not furniture"),
]
TITLES = [
    ("Xinhua", "China Focus: Bridge opens", "Bridge opens"),
    ("xinhuanet", "Xinhua Headlines: Bridge opens", "Bridge opens"),
    ("Global Times", "GT investigates: Who built it?", "Who built it?"),
    ("BBC", "In pictures: A bridge", "A bridge"),
    ("BBC", "Ukraine round-up: Bridge retaken", "Bridge retaken"),
    ("BBC", "Ukraine war: Bridge retaken", "Ukraine war: Bridge retaken"),
    ("BBC", "River floods: Bridge closed", "River floods: Bridge closed"),
    ("X", "Bridge opens - BBC News", "Bridge opens"),
    ("X", "Bridge opens | Reuters", "Bridge opens"),
    ("X", "Ministers on the US-TASS row", "Ministers on the US-TASS row"),
    ("X", "China Focus: Bridge opens", "China Focus: Bridge opens"),
]


def table(**columns):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.read_articles(pd.DataFrame(columns))


def cleaned(outlet, text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.clean_boilerplate(table(outlet=[outlet], text=[text])).loc[0, "text"]


@pytest.mark.parametrize(("outlet", "text", "expected", "reason"), TAKEN)
def test_takes_off(outlet, text, expected, reason):
    assert cleaned(outlet, text) == expected, reason


@pytest.mark.parametrize(("outlet", "text", "reason"), KEPT)
def test_keeps(outlet, text, reason):
    text = text + "\n\nThe river rose." if reason.endswith("\n") else text
    assert cleaned(outlet, text) == text, reason


@pytest.mark.parametrize(("outlet", "title", "expected"), TITLES)
def test_rubrics_of_titles(outlet, title, expected):
    articles = table(outlet=[outlet], title=[title])
    assert mk.clean_boilerplate(articles).loc[0, "title"] == expected


def test_furniture_upon_furniture():
    text = f"By JANE DOE\nROME — {NEWS}\nReuters\nj@paper.example\n(END)\n© 2020 Paper"
    assert cleaned("X", text) == NEWS


FURNITURE = [case[1] for case in TAKEN] + [case[1] for case in KEPT]


@given(
    st.lists(st.sampled_from(FURNITURE), min_size=1, max_size=4).map("\n".join),
    st.sampled_from([CD, NYT, "KCNA", "X"]),
)
def test_twice_is_once_and_never_longer(text, outlet):
    once = cleaned(outlet, text)
    assert cleaned(outlet, once) == once
    assert len(once) <= len(text)


def test_input_stays_and_changes_are_counted():
    articles = table(
        outlet=[CD, CD, "X"],
        text=[f"{NEWS}\n(HK Edition 06/12/2015 page11)", NEWS, f"ROME — {NEWS}"],
    )
    before = articles.copy(deep=True)
    out = mk.clean_boilerplate(mk.clean_text(articles))
    pd.testing.assert_frame_equal(articles, before)
    report = cleaning_report(out).set_index("rule")
    assert report.loc["edition and page"].to_dict() == {
        "step": "clean_boilerplate",
        "outlet": CD,
        "articles": 1,
        "characters_removed": 30,
        "example": "(HK Edition 06/12/2015 page11)",
    }
    assert report.loc["place dateline", "characters_removed"] == 7
    assert out["text"].tolist() == [NEWS] * 3


def test_both_steps_stand_in_the_report():
    articles = table(outlet=["X"], text=[f"ROME —  {NEWS}"])
    out = mk.clean_boilerplate(mk.clean_text(articles))
    assert cleaning_report(out)["step"].tolist() == ["clean_text", "clean_boilerplate"]


def test_a_text_of_furniture_only_is_said():
    articles = table(outlet=["X", "X"], text=["Reuters", NEWS])
    with pytest.warns(mk.MediakitWarning, match="1 titles or texts were boilerplate"):
        out = mk.clean_boilerplate(articles)
    assert out["text"].tolist() == ["", NEWS]


def test_no_rows_give_no_rows():
    empty = table(outlet=["A"], text=["x"]).iloc[:0]
    out = mk.clean_boilerplate(empty)
    assert out.columns.equals(empty.columns)
    assert len(cleaning_report(out)) == 0


def test_missing_stays_missing():
    articles = table(outlet=[None, "X"], title=["Bridge", None], text=[None, NEWS])
    out = mk.clean_boilerplate(articles)
    assert out["text"].isna().tolist() == [True, False]
    assert out["title"].isna().tolist() == [False, True]


@pytest.mark.parametrize("outlet", [CD, NYT, "Xinhua"])
@pytest.mark.parametrize(
    "piece",
    ["A", "A ", "By A ", "a@", "- ", "\n", "/ ", "[photo ", "(China Daily ", "1 "],
)
def test_a_megabyte_is_no_trap(piece, outlet):
    cleaned(outlet, "x" + piece * (10**6 // len(piece)) + "x")
    cleaned(outlet, "\n".join([piece * (990 // len(piece))] * 200) + "x")


def test_real_articles_lose_furniture_and_little_else(shared):
    data = pd.read_csv(shared / "data/chinadaily_nyt/articles.csv.gz").iloc[::20]
    data = data[
        data["text"].notna() & ~data["text"].str.startswith("...").fillna(False)
    ]
    articles = mk.clean_text(
        table(
            outlet=data["source"].tolist(),
            title=data["title"].tolist(),
            text=data["text"].tolist(),
        )
    )
    out = mk.clean_boilerplate(articles)
    texts = out["text"]
    assert not texts.str.contains(r"page\d|turnpage|Next Page|HK Edition").any()
    assert not texts.str.match(r"[A-Z ]{4,20} — ").any()
    sizes = pd.DataFrame({"before": articles["text"], "after": texts})
    sizes = sizes.map(lambda text: len(str(text))).groupby(out["outlet"]).sum()
    assert (sizes["after"] / sizes["before"]).between(0.96, 0.999).all()


def test_real_tass_stories_lose_their_datelines(shared):
    stories = pd.read_json(shared / "data/tass/politics_20.json")["content"]
    texts = stories.map("\n".join)
    out = mk.clean_boilerplate(table(outlet=["TASS"] * len(texts), text=texts.tolist()))
    assert texts.str.contains("/TASS/").all()
    assert not out["text"].str.contains("/TASS/").any()
