"""label_genres: what the outlet calls a piece, and nothing that it does not say."""

import re
import warnings

import pandas as pd
import pytest

import mediakit as mk
from mediakit.clean.genres import load_signs

TITLES = [
    ("Letters: the ferry", "letters"),
    ("Letters", "letters"),
    ("Letters from a lost island", None),
    ("Opinion: Why ferries matter", "opinion"),
    ("Xinhua Commentary: Why is it so?", "opinion"),
    ("Comment on the ferry sought", None),
    ("Editorial: Late again", "editorial"),
    ("The Guardian view on ferries", "editorial"),
    ("The view from the ferry", None),
    ("Live: the vote", "live blog"),
    ("The vote – as it happened", "live blog"),
    ("Live music returns", None),
    ("Interview: A captain speaks", "interview"),
    ("Interviewers wanted", None),
    ("Obituary: Jane Doe", "obituary"),
    ("Jane Doe, Captain of Ferries, Dies at 87", "obituary"),
    ("Man dies at 87 after fall", None),
    ("Corrections", "correction"),
    ("Correction: May 2, 2014", "correction"),
    ("Correctional officers strike", None),
    ("Sponsored: ferries", "advertisement"),
    ("In pictures: ferries", "pictures"),
    ("Watch: a ferry sinks", "video"),
    ("News Analysis: Why so late?", "analysis"),
    ("Film review: The Ferry", "review"),
    ("Ministry orders review", None),
    ("Urgent: ferry sinks", "news"),
    ("A ferry is late", None),
]
SECTIONS = [
    ("Opinion", "opinion"),
    ("OPINION; Editorials", "editorial"),
    ("Sports Desk", "sport"),
    ("Sport > Football", "sport"),
    ("World", "news"),
    ("Comment & Analysis", "opinion"),
    ("Sunday Book Review", "review"),
    ("Meinung", "opinion"),
    ("体育", "sport"),
    ("Gardening", None),
    ("A1", None),
]
ADDRESSES = [
    ("https://a.example/opinion/2020/05/late", "opinion"),
    ("https://a.example/commentisfree/2020/late", "opinion"),
    ("https://a.example/story/sports/nfl/2020/late", "sport"),
    ("https://a.example/world/live/2020/late", "live blog"),
    ("https://a.example/news/world/late-1", "news"),
    ("https://a.example/2020/opinion", None),
    ("https://opinion.a.example/late", None),
    ("https://a.example/newsletters/late", None),
    ("http://[broken/opinion/x", None),
    ("opinion", None),
]


def table(**columns):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.read_articles(pd.DataFrame({"title": [""], **columns}))


def found(**columns):
    genre = mk.label_genres(table(**columns))["genre_found"].iloc[0]
    return None if pd.isna(genre) else genre


@pytest.mark.parametrize(("title", "genre"), TITLES)
def test_headlines(title, genre):
    assert found(title=[title]) == genre


@pytest.mark.parametrize(("section", "genre"), SECTIONS)
def test_sections(section, genre):
    assert found(section=[section]) == genre


@pytest.mark.parametrize(("address", "genre"), ADDRESSES)
def test_addresses(address, genre):
    assert found(url=[address]) == genre


def test_headline_before_section_before_address():
    url = ["https://a.example/news/late-1"]
    assert found(title=["Letters: late"], section=["Sport"], url=url) == "letters"
    assert found(section=["Sport"], url=url) == "sport"
    assert found(genre=["Interview"], section=["Sport"]) == "interview"


def test_the_sign_is_told_and_unknown_is_missing():
    out = mk.label_genres(table(section=["Opinion"]))
    assert out["genre_sign"].tolist() == ["section: Opinion"]
    none = mk.label_genres(table())
    assert none[["genre_found", "genre_sign"]].isna().all(axis=None)
    assert str(none["genre_found"].dtype) == "str"


def test_only_columns_are_added():
    articles = table(section=["Opinion"])
    out = mk.label_genres(articles)
    pd.testing.assert_frame_equal(out[articles.columns], articles)
    assert "genre_found" not in articles
    with pytest.raises(mk.MediakitError, match="already"):
        mk.label_genres(out)
    assert len(mk.label_genres(articles.iloc[:0])) == 0


def test_signs_are_sound():
    for name, signs in load_signs().items():
        assert signs.section
        assert all(one == one.casefold() for one in signs.section | signs.address), name
        assert signs.title is None or not signs.title.groups
        assert signs.title is None or not re.search("[*+]", signs.title.pattern)


def test_rubrics_of_real_headlines(shared):
    path = shared / "data/headlines_2022/headlines_all_snapshots.csv.gz"
    heads = pd.read_csv(path)[["outlet", "headline"]].dropna().drop_duplicates()
    heads = table(title=heads["headline"], outlet=heads["outlet"])
    out = mk.label_genres(heads)["genre_found"].value_counts()
    assert out["interview"] == pytest.approx(104, abs=5)
    assert 0.01 < out.sum() / len(heads) < 0.02
    assert out.get("review", 0) <= 2
