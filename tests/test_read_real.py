"""Real files beside the repository: every row arrives, every date style is read."""

import csv
import gzip
import zipfile

import pandas as pd
from load_helpers import read, told

from mediakit.schema import check_articles


def collapsed(texts):
    return [" ".join(text.split()) for text in texts]


def test_tass_is_the_same_from_csv_and_json(shared):
    a = read(shared / "data/tass/politics_20.csv")
    b = read(shared / "data/tass/politics_20.json")
    assert len(a) == len(b) == 20
    same = ["article_id", "published", "published_precision", "title", "url"]
    pd.testing.assert_frame_equal(a[same], b[same])
    assert collapsed(a["text"]) == collapsed(b["text"])
    assert b["text"].str.contains("\n\n").all()
    assert set(a["published"].dt.strftime("%Y-%m-%d")) == {"2024-12-26"}


def test_newswcl50_has_its_rows_below_the_sep_line(shared):
    path = shared / "data/newswcl50/Annotations.csv"
    articles = read(path, columns={"code_mention": "text", "publisher_id": "outlet"})
    assert len(articles) == told(articles)["rows expected"] == 8694
    assert articles["article_id"].iloc[0] == "0_LL_0000"
    assert sorted(articles["outlet"].unique()) == ["L", "LL", "M", "R", "RR"]


def test_headlines_of_five_outlets_have_their_rows_and_dates(shared):
    path = shared / "data/headlines_2022/headlines_all_snapshots.csv.gz"
    articles = read(path, columns={"date_raw": "published"})
    account = told(articles)
    assert len(articles) == account["rows expected"] == 150_325
    assert account["titles empty"] == 1336
    assert account["dates not understood"] == 2
    read_as = articles["published"].dt.strftime("%Y-%m-%d")
    known = articles["published"].notna()
    assert (read_as[known] == articles.loc[known, "date_parsed"]).all()
    assert check_articles(articles) is articles


def test_a_zip_of_headerless_files_has_the_rows_of_each(shared):
    path = shared / "data/headlines_2022/chinadaily.zip"
    articles = read(path, columns=["published", "title"])
    with zipfile.ZipFile(path) as archive:
        files = [name for name in archive.namelist() if name.endswith(".csv")]
        lines = sum(archive.read(name).count(b"\r\n") for name in files)
    assert articles["source_file"].nunique() == len(files) == 398
    assert len(articles) == lines
    assert articles["published_precision"].eq("minute").all()
    assert articles["published"].notna().all()


def test_kcna_has_its_stories_and_dates(shared):
    articles = read(shared / "data/kcna/kcna_stories_2011_2012.csv.gz")
    account = told(articles)
    assert len(articles) == account["rows expected"] == 24_776
    assert account["texts empty"] == 24_776 - 22_337
    assert account["dates missing"] == 1
    assert account["dates not understood"] == 0
    days = articles["published"].dropna()
    assert (days.min(), days.max()) == (
        pd.Timestamp("2011-01-01", tz="UTC"),
        pd.Timestamp("2012-11-30", tz="UTC"),
    )
    assert articles["published_precision"].dropna().eq("day").all()


def test_china_daily_and_new_york_times_have_their_rows(shared):
    path = shared / "data/chinadaily_nyt/articles.csv.gz"
    articles = read(path)
    assert articles["outlet"].value_counts().to_dict() == {
        "New York Times": 2534,
        "China Daily": 1472,
    }
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert articles["text"].fillna("").tolist() == [row["text"] for row in rows]
    assert told(articles)["texts empty"] == 8


def test_text_files_are_named_as_the_table_says(shared):
    files = read(shared / "data/chinadaily_nyt/raw_txt_sample")
    table = read(shared / "data/chinadaily_nyt/articles.csv.gz")
    assert len(files) == 50
    names = files["source_file"].str.partition("/")[2]
    theirs = table.set_index("filename").loc[names]
    assert (files["published"].to_numpy() == theirs["published"].to_numpy()).all()
    titles = files["title"].tolist(), theirs["title"].tolist()
    assert collapsed(titles[0]) == collapsed(titles[1])
    assert set(files["published_precision"]) == {"day"}


def test_semicolons_tabs_and_json_lines_are_told_apart(shared):
    data = shared / "data"
    assert len(read(data / "loaded_language/final_labels_SG1.csv")) == 1700
    assert len(read(data / "polnear/metadata.tsv")) == 1066
    path = data / "newsmtsc/train.jsonl"
    assert len(read(path, columns={"sentence_normalized": "text"})) == 7758
