"""The constructed export and the sample exports of databases read completely."""

import csv
from pathlib import Path

import pandas as pd
from database_files import sample
from load_helpers import read, told

STRAIT = Path(__file__).parents[1] / "data" / "strait"


def test_the_constructed_export_gives_its_articles():
    truth = pd.read_csv(STRAIT / "truth" / "constructed_pages.csv")
    truth = truth[truth["file"].str.startswith("export/")]
    articles = pd.read_csv(STRAIT / "constructed_articles.csv")
    articles = articles.set_index("article_id").loc[truth["article_id"]]
    export = read(STRAIT / "export" / "constructed_export.txt")
    assert len(export) == told(export)["rows expected"] == 14
    assert told(export)["tables of contents left out"] == 1
    assert export["title"].tolist() == articles["title"].tolist()
    for printed, outlet in zip(export["outlet"], articles["outlet"], strict=True):
        assert printed.startswith(outlet)
    days = pd.to_datetime(articles["published"], utc=True).dt.floor("D")
    assert export["published"].tolist() == days.tolist()
    for text, whole in zip(export["text"], articles["text"], strict=True):
        for paragraph in text.split("\n\n"):
            assert paragraph in " ".join(whole.split())


def test_the_sample_text_gives_what_its_authors_expect():
    path = sample("nexis/sample.TXT")
    with (path.parent / "expected_meta_sample_TXT.csv").open(encoding="utf-8-sig") as f:
        expected = list(csv.DictReader(f))
    articles = read(path)
    assert len(articles) == told(articles)["rows expected"] == len(expected) == 10
    for (_, row), line in zip(articles.iterrows(), expected, strict=True):
        found = row.fillna("")
        assert found["outlet"] == line["Newspaper"]
        assert str(found["published"].date()) == line["Date"]
        assert found["title"] == " ".join(line["Headline"].split())
        assert found["text"].split() == line["Article"].split()
        assert found["author"] == line["Author"].removeprefix("BY ")
        assert found["section"] == line["Section"]
        assert found["length"] == line["Length"]


def test_the_sample_word_file_reads_completely():
    articles = read(sample("nexis/sample.DOCX"))
    assert len(articles) == told(articles)["rows expected"] == 10
    assert set(articles["outlet"]) == {"The Guardian(London)"}
    assert (
        articles["published"]
        .dt.date.astype(str)
        .between("2019-07-01", "2019-07-04")
        .all()
    )
    assert (articles["published_precision"] == "minute").all()
    assert articles["title"].iloc[-1] == "What is Wikipedia"
    assert articles["text"].str.split().str.len().sum() == 6_255  # words counted apart
    assert not articles["text"].str.contains("Load-Date|End of Document").any()
    assert articles["language"].tolist().count("en") == 1


def test_the_sample_html_reads_completely():
    articles = read(sample("lexisnexis_html/lexisnexis_test_en.html"))
    assert len(articles) == told(articles)["rows expected"] == 2
    assert articles["title"].tolist() == ["Heading One", "First part; Second part"]
    assert articles["published"].dt.date.astype(str).tolist() == [
        "1991-12-19", "1993-01-28"
    ]  # fmt: skip
    assert articles["correction"].tolist()[1] == "Some correction."
