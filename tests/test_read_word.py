"""Word documents of no database: paragraphs, tables, notes, and nothing deleted."""

import docx
import pytest
from document_files import word
from load_helpers import read, told, write

import mediakit as mk

P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = (
    f"<w:footnotes {SPACE}><w:footnote w:type='separator' w:id='0'>"
    + P.format("no")
    + "</w:footnote><w:footnote w:id='2'>"
    + P.format("He was drunk.")
    + "</w:footnote></w:footnotes>"
)


def made(tmp_path, name="a.docx"):
    document = docx.Document()
    document.add_heading("Quay is mended", level=1)
    document.add_paragraph("Published 3 May 2016")
    document.add_paragraph("The quay is mended.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Ship", "Berth", "Iris", "4"], strict=True):
        cell.text = text
    document.add_paragraph("Nobody cheers.")
    document.core_properties.author = "keyboard"
    (tmp_path / name).parent.mkdir(exist_ok=True)
    document.save(tmp_path / name)
    return tmp_path / name


def test_a_document_made_by_python_docx(tmp_path):
    made(tmp_path, "post/a.docx")
    row = read(tmp_path).iloc[0]
    assert (row["title"], row["outlet"]) == ("Quay is mended", "post")
    assert row["published"].day == 3
    assert row["text"].split("\n\n") == [
        "Published 3 May 2016", "The quay is mended.", "Ship\tBerth", "Iris\t4",
        "Nobody cheers.",
    ]  # fmt: skip
    assert row["word_author"] == "keyboard"
    assert row["author"] is None or row["author"] != row["author"]


def test_notes_follow_the_text(tmp_path):
    mark = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    body = f"<w:p><w:r><w:t>He sang.</w:t></w:r>{mark}</w:p>" + P.format("It rained.")
    articles = read(write(tmp_path, "a.docx", word(body, footnotes=NOTES)))
    assert articles.loc[0, "text"] == "He sang.[2]\n\nIt rained.\n\n[2] He was drunk."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>A</w:t></w:r><w:del><w:r><w:delText>B</w:delText></w:r>"
         "</w:del><w:ins><w:r><w:t>C</w:t></w:r></w:ins></w:p>", "AC"),
        ("<w:p><w:r><w:t>A</w:t><w:br/><w:t>B</w:t><w:tab/><w:t>C</w:t></w:r></w:p>",
         "A\nB\tC"),
        ("<w:p><w:hyperlink><w:r><w:t>A</w:t></w:r></w:hyperlink></w:p>", "A"),
        ("<w:sdt><w:sdtContent>" + P.format("A") + "</w:sdtContent></w:sdt>", "A"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>A</w:t></w:r></w:p>", "A"),
    ],
    ids=["changes", "breaks", "link", "control", "field"],
)  # fmt: skip
def test_what_is_text_and_what_is_not(tmp_path, body, text):
    assert read(write(tmp_path, "a.docx", word(body))).loc[0, "text"] == text


def test_a_text_box_is_read_once(tmp_path):
    box = f"<w:txbxContent>{P.format('Pull quote')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:AlternateContent><w:Choice>{box}</w:Choice><w:Fallback>{box}"
        "</w:Fallback></w:AlternateContent><w:t>It rains.</w:t></w:r></w:p>"
    )
    articles = read(write(tmp_path, "a.docx", word(body)))
    assert articles.loc[0, "text"] == "It rains.\n\nPull quote"
    assert told(articles)["text boxes put after the paragraph they stand in"] == 1


def test_a_document_without_text_stays_a_row(tmp_path):
    with pytest.warns(mk.MediakitWarning, match="without article text: 1"):
        articles = mk.read_articles(write(tmp_path, "2016-05-03 Quay.docx", word("")))
    assert articles.loc[0, ["title", "published_precision"]].tolist() == ["Quay", "day"]
    assert articles["text"].isna().all()


def test_entities_and_depth_are_refused(tmp_path):
    deep = "<w:p>" * 5_000 + "</w:p>" * 5_000
    with pytest.raises(mk.MediakitError, match="nested more than"):
        mk.read_articles(write(tmp_path, "a.docx", word(deep)))
