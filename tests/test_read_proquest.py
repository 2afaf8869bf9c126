"""Exports of ProQuest as text and as RIS."""

import pandas as pd
import pytest
from database_files import notes
from load_helpers import read, told, write

import mediakit as mk

RULE = "_" * 60
DOCUMENT = """
{mark}

A quay is mended

Author: Renn, Ada

Publication info: The Harbour Post ; Merrin [Merrin]. 03 May 2016: A1.

ProQuest document link

Abstract: A quay.

Full text: The quay was mended. Location: unknown, said the mayor.

Note: nobody cheers.

Subject: Harbours;

Title: A quay is mended

Publication title: The Harbour Post; Merrin

Pages: A1

Publication date: May 3, 2016

Section: News

Language of publication: English

ProQuest document ID: 17000{n}

Document URL: https://www.example.org/{n}

"""
RIS = """TY  - NEWS
T1  - A quay is mended
AU  - Renn, Ada
AU  - Osk, Marit
T2  - The Harbour Post
DA  - 2016/05/03/
PY  - 2016
AB  - A quay was mended.
UR  - https://www.example.org/{n}
AN  - 17000{n}
KW  - Harbours
LA  - English
ER  - 

"""


def export(numbers, total):
    documents = f"{RULE}\n".join(
        DOCUMENT.format(n=n, mark=f"Document {n} of {total}") for n in numbers
    )
    end = f"{RULE}\nContact us at: https://www.example.org Copyright © 2016"
    return f"{RULE}\n{documents}{end}\n"


def test_text(tmp_path):
    articles = read(write(tmp_path, "a.txt", export([1, 2], 2)))
    row = articles.iloc[0]
    assert len(articles) == told(articles)["rows expected"] == 2
    assert row["title"] == "A quay is mended"
    assert row["text"] == (
        "The quay was mended. Location: unknown, said the mayor.\n\n"
        "Note: nobody cheers."
    )
    assert row["published"] == pd.Timestamp("2016-05-03", tz="UTC")
    names = ["outlet", "place", "author", "section", "language", "article_id", "url"]
    assert row[names].tolist() == [
        "The Harbour Post", "Merrin", "Renn, Ada", "News", "en", "170001",
        "https://www.example.org/1",
    ]  # fmt: skip
    assert row["abstract"] == "A quay."
    assert told(articles)["cover pages left out"] == 1


def test_outlet_and_date_from_the_publication_line(tmp_path):
    content = "\n".join(
        line
        for line in export([1], 1).splitlines()
        if not line.startswith(("Publication title", "Publication date"))
    )
    row = read(write(tmp_path, "a.txt", content)).iloc[0]
    assert row["outlet"] == "The Harbour Post"
    assert row["published"] == pd.Timestamp("2016-05-03", tz="UTC")


def test_a_gap_is_a_lost_document(tmp_path):
    path = write(tmp_path, "a.txt", export([1, 3], 3))
    with pytest.warns(mk.MediakitWarning, match="rows lost: 1 .document 2 of a.txt"):
        assert len(mk.read_articles(path)) == 2
    part = read(write(tmp_path, "b.txt", export([1, 2], 9)))
    assert "2 of 9" in notes(part)["files that are part of a download"]


@pytest.mark.parametrize("name", ["a.ris", "a.txt"])
def test_ris(tmp_path, name):
    path = write(tmp_path, name, "".join(RIS.format(n=n) for n in range(3)))
    articles = read(path)
    row = articles.iloc[1]
    assert len(articles) == told(articles)["rows expected"] == 3
    assert row["published"] == pd.Timestamp("2016-05-03", tz="UTC")
    names = ["outlet", "title", "author", "article_id", "abstract", "language"]
    assert row[names].tolist() == [
        "The Harbour Post", "A quay is mended", "Renn, Ada; Osk, Marit", "170001",
        "A quay was mended.", "en",
    ]  # fmt: skip
    assert told(articles)["texts empty"] == 3


def test_other_text_is_none_of_proquests(tmp_path):
    with pytest.raises(mk.MediakitError, match="no document of ProQuest"):
        mk.read_articles(write(tmp_path, "a.txt", "One line."), format="proquest")


def test_a_publication_line_without_end_costs_no_more_than_reading_it(tmp_path):
    """Cubic once: a spoiled export held the reader for hours."""
    line = "The Harbour Post ; Merrin"
    long = export([1], 1).replace(line, "Post ;" + " ,[ a" * 20_000)
    articles = read(write(tmp_path, "p.txt", long))
    assert articles.loc[0, "published"] == pd.Timestamp("2016-05-03", tz="UTC")
