"""Exports of Nexis Uni in Word and RTF, folders of them, and hostile files."""

import sys

import pandas as pd
import pytest
from database_files import old, page, rtf, uni, word
from load_helpers import read, told, write

import mediakit as mk
from mediakit.load import databases_files, nexis
from mediakit.load.sources import Source

UNI_TEXT = "The quay was mended on Monday.\n\nNotes: the mayor had asked for a bridge."


@pytest.mark.parametrize("build", [word, rtf], ids=["word", "rtf"])
@pytest.mark.parametrize("said", [None, 2])
def test_nexis_uni(tmp_path, build, said):
    articles = read(write(tmp_path, "a.docx", build(uni(2, said=said))))
    row = articles.iloc[0]
    assert row["title"] == "A quay is mended"
    assert row["outlet"] == "The Harbour Post (Merrin)"
    assert row["published"] == pd.Timestamp("2016-05-03 09:20", tz="UTC")
    assert row["text"] == UNI_TEXT
    assert row["section"] == "NEWS; Version:2"
    assert (row["author"], row["language"]) == ("Ada Renn", "en")
    assert row["subject"] == "HARBOURS (90%)"
    assert row["loaded"] == "May 4, 2016"
    assert len(articles) == told(articles)["rows expected"] == 2
    assert ("cover pages left out" in told(articles)) == (said is not None)


def test_the_cover_of_nexis_uni_is_held_against_what_was_read(tmp_path):
    path = write(tmp_path, "a.docx", word(uni(2, said=3)))
    with pytest.warns(mk.MediakitWarning, match="rows lost: 1 .1 of the 3 documents"):
        assert len(mk.read_articles(path)) == 2


def listed(*titles):
    """Return a list of documents as Nexis Uni delivers it beside them."""
    titles = [f"{n}. {title}" for n, title in enumerate(titles, 1)]
    head = ["Date and Time: Monday, 2. May 2016 10:00:00 CEST", "Job Number: 1918"]
    return word([*head, f"Documents ({len(titles)})", *titles, "Search Terms: quay"])


def test_the_list_beside_single_documents_is_no_article_but_is_held_against_them(
    tmp_path,
):
    write(tmp_path, "one/a.docx", word(uni(1)))
    write(tmp_path, "one/a_doclist.docx", listed("A QUAY is mended", "Whose sea?"))
    with pytest.warns(mk.MediakitWarning, match=r"not read: 1 \('Whose sea\?'\)"):
        articles = mk.read_articles(tmp_path / "one")
    assert articles["title"].tolist() == ["A quay is mended"]
    assert (told(articles)["rows expected"], told(articles)["rows lost"]) == (2, 1)
    assert told(articles)["lists of documents left out"] == 1


def test_a_list_of_what_was_all_read_is_no_loss(tmp_path):
    write(tmp_path, "a.docx", word(uni(2, said=2)))
    write(tmp_path, "list.docx", listed("A quay is mended", "A quay is mended"))
    assert len(mk.read_articles(tmp_path)) == told(read(tmp_path))["rows expected"] == 2


def test_a_list_alone_is_told_as_what_it_is(tmp_path):
    with pytest.raises(mk.MediakitError, match="list of 1 documents without their"):
        mk.read_articles(write(tmp_path, "a_doclist.docx", listed("A quay is mended")))


def test_a_last_document_without_its_end_mark_is_read(tmp_path):
    lines = uni(2, said=2)[:-2]
    assert len(read(write(tmp_path, "a.docx", word(lines)))) == 2


def test_other_words_for_the_end(tmp_path):
    for end in ["Ende des Dokuments", "Fin du document", "Fin del documento"]:
        assert len(read(write(tmp_path, "a.docx", word(uni(2, end=end))))) == 2


def test_folders_zips_and_the_format_said(tmp_path):
    write(tmp_path / "in", "a.txt", old([1, 2], 2))
    write(tmp_path / "in", "b.docx", word(uni(3, said=3)))
    articles = read(tmp_path / "in")
    assert articles["source_file"].value_counts().to_dict() == {"a.txt": 2, "b.docx": 3}
    assert told(articles)["rows expected"] == 5
    same = read(tmp_path / "in" / "a.txt", format="nexis")
    assert same["title"].tolist() == articles["title"].tolist()[:2]
    with pytest.raises(mk.MediakitError, match="no export of Nexis"):
        mk.read_articles(write(tmp_path, "c.txt", "One line."), format="nexis")


def test_a_word_file_without_documents_is_one_article_and_says_so(tmp_path):
    path = write(tmp_path, "a.docx", word(["A list.", "Copyright LexisNexis"]))
    with pytest.warns(mk.MediakitWarning, match="database's list: 1 .a.docx names Lex"):
        assert len(mk.read_articles(path)) == 1
    with pytest.raises(mk.MediakitError, match=r"a\.docx"):
        mk.read_articles(path, format="nexis")


def test_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    path = write(tmp_path, "a.docx", word(uni(1), before=bomb))
    with pytest.raises(mk.MediakitError, match="declares entities"):
        mk.read_articles(path)


def test_rich_text_asks_for_what_it_needs(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "striprtf", None)
    monkeypatch.setitem(sys.modules, "striprtf.striprtf", None)
    path = write(tmp_path, "a.rtf", rtf(uni(1)))
    with pytest.raises(mk.MediakitError, match=r"pip install .mediakit\[documents\]"):
        mk.read_articles(path)


def test_what_unpacks_to_too_much_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(databases_files, "LARGEST", 1_000)
    with pytest.raises(mk.MediakitError, match="unpacks to more than 1,000 bytes"):
        mk.read_articles(write(tmp_path, "a.docx", word(uni(1))))


def test_a_page_that_only_ends_with_the_mark_is_no_export(tmp_path):
    path = write(tmp_path, "a.html", page("<p>A law.</p><p>End of Document</p>"))
    assert not nexis.recognise(Source("a.html", "", path.read_bytes))
