"""Exports of LexisNexis in the older layout: documents, gaps, covers, services."""

import pandas as pd
import pytest
from database_files import DOCUMENT, notes, old, page
from load_helpers import read, told, write

import mediakit as mk


def test_the_fields_of_an_older_document(tmp_path):
    row = read(write(tmp_path, "a.txt", old([1, 2], 2))).iloc[0]
    assert row["outlet"] == "The Harbour Post (Merrin)"
    assert row["published"] == pd.Timestamp("2016-05-03", tz="UTC")
    assert row["published_precision"] == "day"
    assert row["title"] == "A quay is mended and nobody cheers"
    assert row["text"] == (
        "The quay was mended on Monday. The mayor, who had asked for a bridge, sent "
        "a letter.\n\nNobody cheers for a quay, said the harbour master. NOTE: it is "
        "long."
    )
    expected = {
        "author": "Ada Renn", "section": "NEWS; Pg. 3", "language": "en",
        "print_edition": "Edition 1; Scotland", "length": "21 words",
        "graphic": "The quay at dawn", "loaded": "May 4, 2016",
        "copyright": "Copyright 2016 Harbour Press Ltd All Rights Reserved",
        "publication_type": "Newspaper", "document_number": "1",
    }  # fmt: skip
    assert row[list(expected)].to_dict() == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_encodings_do_not_matter(tmp_path, encoding, end):
    content = old([1, 2], 2).replace("Renn", "Rénn").replace("\n", end)
    articles = read(write(tmp_path, "a.txt", content.encode(encoding)))
    assert articles["author"].tolist() == ["Ada Rénn"] * 2
    assert told(articles)["rows expected"] == 2


def test_a_gap_in_the_numbers_is_a_lost_document(tmp_path):
    path = write(tmp_path, "a.txt", old([1, 2, 4], 4))
    with pytest.warns(mk.MediakitWarning, match=r"rows lost: 1 \(document 3 of a.txt"):
        articles = mk.read_articles(path)
    assert (told(articles)["rows expected"], len(articles)) == (4, 3)


def test_the_cover_says_which_documents_should_be_there(tmp_path):
    articles = read(write(tmp_path, "a.txt", old([1, 2], 4)))
    assert told(articles)["rows expected"] == 4
    assert notes(articles)["rows lost"] == "document 3, 4 of a.txt"
    part = read(write(tmp_path, "b.txt", old([501, 502], 900, low=501, high=502)))
    assert told(part)["rows expected"] == 2
    assert "501 to 502 of 900" in notes(part)["files that are part of a download"]


def test_a_number_above_the_total_numbers_no_document(tmp_path):
    content = old([1, 2], 2).replace("Nobody cheers", "7 of 2 DOCUMENTS\nNobody cheers")
    articles = read(write(tmp_path, "a.txt", content))
    assert len(articles) == told(articles)["rows expected"] == 2


def test_downloads_joined_in_one_file_are_counted_apart(tmp_path):
    articles = read(write(tmp_path, "a.txt", old([1, 2], 2) + old([1, 2, 3], 3)))
    assert len(articles) == told(articles)["rows expected"] == 5


def test_cover_and_contents_are_left_out_and_accounted_for(tmp_path):
    contents = "TABLE OF CONTENTS\n\n  1. A quay is mended\n     Harbour Post\n\n"
    content = old([1], 1).replace("\n\n\n", f"\n\n{contents}\n", 1)
    articles = read(write(tmp_path, "a.txt", content))
    assert notes(articles)["cover pages left out"] == "a.txt: 2 lines"
    assert notes(articles)["tables of contents left out"] == "a.txt: 2 lines"
    assert len(articles) == 1


def test_rights_before_the_outlet_and_labels_of_headline_and_body(tmp_path):
    content = """
                               1 of 1 DOCUMENTS

                   Copyright 2016 The Company
                       All Rights Reserved

                            The Evening Paper

                     May 3, 2016, Tuesday, Late Edition - Final

SECTION: Section A; Page 1

LENGTH: 5 words

HEADLINE: A headline that
needs two lines

BODY:

One sentence stands here.

SUBJECT: HARBOURS (90%)

LOAD-DATE: May 4, 2016
"""
    row = read(write(tmp_path, "a.txt", content)).iloc[0]
    assert row["outlet"] == "The Evening Paper"
    assert row["print_edition"] == "Late Edition - Final"
    assert row["title"] == "A headline that needs two lines"
    assert row["text"] == "One sentence stands here."
    assert row["subject"] == "HARBOURS (90%)"
    assert row["copyright"] == "Copyright 2016 The Company All Rights Reserved"


@pytest.mark.parametrize(
    ("mark", "date", "labels", "language"),
    [
        ("Dokument 1 von 1", "3. Mai 2016 Dienstag",
         "RUBRIK LÄNGE AUTOR SPRACHE", "de"),
        ("Document 1 de 1", "mardi 3 mai 2016",
         "RUBRIQUE LONGUEUR AUTEUR LANGUE", "fr"),
        ("Documento 1 de 1", "martes 3 de mayo de 2016",
         "SECCIÓN LONGITUD AUTOR IDIOMA", "es"),
    ],
)  # fmt: skip
def test_german_french_and_spanish(tmp_path, mark, date, labels, language):
    section, length, author, tongue = labels.split()
    name = {"de": "DEUTSCH", "fr": "FRANÇAIS", "es": "ESPAÑOL"}[language]
    content = (
        f"  {mark}\n\n   Die Presse am Kai\n\n   {date}\n\nEine Mole\n\n"
        f"{section}: Seite 3\n\n{length}: 120 Wörter\n\n{author}: Ada Renn\n\n"
        f"Wort.\n\n{tongue}: {name}\n"
    )
    row = read(write(tmp_path, "a.txt", content)).iloc[0]
    assert row["published"] == pd.Timestamp("2016-05-03", tz="UTC")
    names = ["outlet", "title", "text", "section", "length", "author", "language"]
    assert row[names].tolist() == [
        "Die Presse am Kai", "Eine Mole", "Wort.", "Seite 3", "120 Wörter", "Ada Renn",
        language,
    ]  # fmt: skip


def test_html_in_the_older_layout(tmp_path):
    blocks = [
        "1 of 1 DOCUMENTS", "The Paper", "<b>May</b> 3, 2016 Tuesday, Late", "Mole",
        "<b>LENGTH: </b>4 words", "One &quot;<i>word</i>&quot;.",
        "Copyright law is dull.", "<b>LANGUAGE: </b>ENGLISH", "Copyright 2016 Co",
    ]  # fmt: skip
    body = "<br>".join(f"<div><p>{block}</p></div>" for block in blocks)
    row = read(write(tmp_path, "a.html", page(body))).iloc[0]
    assert row["outlet"] == "The Paper"
    assert (row["title"], row["print_edition"]) == ("Mole", "Late")
    assert row["text"] == 'One "word".\n\nCopyright law is dull.'
    assert row["copyright"] == "Copyright 2016 Co"


def test_a_monitored_outlet_is_the_outlet(tmp_path):
    text = "A report.\n\nSource: {} in English 0812 gmt 3 May 16\n"
    top = DOCUMENT.format(number=1, total=1).replace(
        "The Harbour Post (Merrin)",
        "BBC Monitoring Asia Pacific - Political\n      Supplied by BBC Monitoring",
    )
    head, _, tail = top.partition("The quay was")
    tail = tail[tail.index("LOAD-DATE") :]
    for line, outlet in [
        ("Harbour Radio, Merrin,", "Harbour Radio"),
        ("'The Harbour, Daily', Merrin,", "The Harbour, Daily"),
    ]:
        content = f"{head}{text.format(line)}\n{tail}"
        row = read(write(tmp_path, "a.txt", content)).iloc[0]
        assert row["outlet"] == outlet
        assert row["distributor"] == "BBC Monitoring Asia Pacific - Political"
    path = write(tmp_path, "a.txt", f"{head}A report.\n\n{tail}")
    with pytest.warns(mk.MediakitWarning, match="without a source line: 1"):
        row = mk.read_articles(path).iloc[0]
    assert row["outlet"] == row["distributor"]


def test_a_text_far_shorter_than_its_printed_length_is_said(tmp_path):
    content = old([1], 1).replace("LENGTH: 21", "LENGTH: 2,100")
    with pytest.warns(mk.MediakitWarning, match="under half the printed length: 1"):
        mk.read_articles(write(tmp_path, "a.txt", content))


def test_a_table_with_the_marks_in_its_cells_stays_a_table(tmp_path):
    path = write(tmp_path, "a.csv", 'title,text\nMole,"x\n1 of 1 DOCUMENTS\ny"\n')
    assert len(read(path)) == 1
