"""Which of the dates of a page is its own, where they differ."""

import pytest
from load_helpers import read, told, write

from mediakit.resources import folder

PROSE = "<p>The quay is mended at last, and nobody cheers, for it rains. </p>" * 9
SAVED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", '
    '"datePublished": "2016-07-01T03:00:00Z"}</script>'
)
GENERAL = '<meta name="date" content="2009-05-01">'
OTHERWISE = "dates from the headline, where the page tells machines another"


def page(head, line, *, before="", after=""):
    return (
        f"<html><head><title>Quay</title>{head}</head><body>{before}<article>"
        f"<h1>The quay is mended</h1><div>{line}</div>{PROSE}</article>{after}</body>"
    )


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        (SAVED, "UWS, 9 March 2016", "2016-03-09"),
        (SAVED, "By Ada Renn<br>9 March 2016<br>Reading time: 3 min", "2016-03-09"),
        (SAVED, "30 June 2016", "2016-07-01"),
        (SAVED, "09/03/2016", "2016-07-01"),
        (SAVED, "9 March 2016<br>11 March 2016", "2016-07-01"),
        (SAVED, "On 9 March 2016 the quay was closed", "2016-07-01"),
        (SAVED, "", "2016-07-01"),
        (GENERAL, "9 March 2016", "2016-03-09"),
        ("", "9 March 2016", "2016-03-09"),
    ],
)
def test_the_date_by_the_headline_goes_before_a_far_one_for_machines(
    tmp_path, head, line, day
):
    articles = read(write(tmp_path, "a.html", page(head, line)))
    assert articles["published"].dt.strftime("%Y-%m-%d").tolist() == [day]
    otherwise = bool(head) and day == "2016-03-09"
    assert told(articles).get(OTHERWISE, 0) == otherwise


@pytest.mark.parametrize("place", ["before", "after"])
def test_dates_around_the_article_are_not_its_own(tmp_path, place):
    around = {place: "<p>Today is</p><p>24 March 2020</p>"}
    articles = read(write(tmp_path, "a.html", page(SAVED, "", **around)))
    assert articles["published"].dt.month.tolist() == [7]


def test_a_general_date_that_no_printed_one_is_near_is_not_taken(tmp_path):
    raw = page(GENERAL, "", after="<p>8 March 2016</p><p>7 March 2016</p>")
    articles = read(write(tmp_path, "a.html", raw))
    assert articles["published"].isna().all()
    assert articles.loc[0, "date (printed)"] == "2009-05-01"
    assert told(articles)["dates a page leaves open"] == 1


def test_no_page_of_the_constructed_corpus_has_a_wrong_date():
    import pandas as pd

    strait = folder("data") / "strait"
    gold = pd.read_csv(strait / "constructed_articles.csv").set_index("article_id")
    articles = read(strait / "pages")
    names = articles["source_file"].str.extract(r"constructed_(.*)\.html")[0]
    right = pd.to_datetime(gold.loc[names, "published"]).reset_index(drop=True)
    away = (articles["published"] - right).abs().dropna()
    assert (away < pd.Timedelta(days=1.1)).all()
    assert len(away) >= 19
