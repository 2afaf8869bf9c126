"""PDFs: one article each, nothing of its text lost, and nothing made up."""

import difflib
import re
import sys
import zlib
from pathlib import Path

import pandas as pd
import pytest
from document_files import (
    article,
    assembled,
    drawn,
    paragraph_lines,
    pdf,
    stream,
    word,
)
from load_helpers import read, told, write

import mediakit as mk
from mediakit.load import documents_pdf
from mediakit.resources import folder

STRAIT = folder("data") / "strait"
PRINTS = sorted((STRAIT / "pdf").glob("*.pdf"))
BOOK = Path(__file__).parents[2] / "shared/data/newswcl50/Codebook.pdf"


def test_an_article(tmp_path):
    write(tmp_path, "post/a.pdf", article())
    row = read(tmp_path).iloc[0]
    assert (row["title"], row["outlet"]) == ("Quay is mended at last", "post")
    assert row["published"] == pd.Timestamp("2016-05-03", tz="UTC")
    assert row["text"].split("\n\n")[-2:] == [
        "The quay is mended, the harbour master says (today).",
        "Nobody cheers, since it rains.",
    ]


def test_when_a_pdf_was_made_is_not_when_it_was_published(tmp_path):
    page = drawn(paragraph_lines(["The quay is mended."]))
    made = pdf(page, info={"CreationDate": "D:20240105120000Z", "Author": "print07"})
    articles = read(write(tmp_path, "a.pdf", made))
    assert articles["published"].isna().all()
    assert articles["author"].isna().all()
    assert articles.loc[0, "pdf_created"] == "D:20240105120000Z"
    assert "columns that look like dates" not in told(articles)


@pytest.mark.parametrize(
    ("name", "line", "day"),
    [
        ("a.pdf", "3 May 2016", 3),
        ("a.pdf", "Published: 3 May 2016, 9:20 am", 3),
        ("2016-05-04 a.pdf", "The quay", 4),
        ("2016-05-03 a.pdf", "3 May 2016", 3),
        ("2016-05-04 a.pdf", "3 May 2016", None),
        ("a.pdf", "03/05/2016, 10:41", None),
        ("a.pdf", "Updated 3 May 2016", None),
        ("a.pdf", "2016", None),
        ("a.pdf", "On 3 May 2016 the harbour master was heard to say this", None),
    ],
)
def test_a_date_is_a_line_or_in_the_name(tmp_path, name, line, day):
    page = drawn([(50, 700, 10, line), *paragraph_lines(["It rains, they say."])])
    published = read(write(tmp_path, name, pdf(page)))["published"]
    assert published.dt.day.tolist() == [day] if day else published.isna().all()


def test_dates_that_disagree_are_counted_and_none_is_taken(tmp_path):
    page = drawn([(50, 700, 10, "3 May 2016"), (50, 650, 10, "5 May 2016")])
    articles = read(write(tmp_path, "a.pdf", pdf(page)))
    assert articles["published"].isna().all()
    assert told(articles)["documents with several dates, none taken"] == 1


def test_hyphens_go_unless_the_word_has_one(tmp_path):
    lines = ["A state-owned quay. The state-", "owned quay is mended by the har-"]
    lines += ["bour master, in Port-", "Rhesk, with – as he says –", "care."]
    articles = read(write(tmp_path, "a.pdf", pdf(drawn(paragraph_lines(lines)))))
    text = articles.loc[0, "text"]
    assert text == (
        "A state-owned quay. The state-owned quay is mended by the harbour master, "
        "in Port-Rhesk, with – as he says – care."
    )
    assert told(articles)["words joined at line ends"] == 1


def three_pages(foot):
    return [
        drawn([
            (50, 780, 8, "The Harbour Post"),
            (400, 780, 8, "3 May 2016"),
            *paragraph_lines([f"Line {word} runs on and", f"on to page {word} and"]),
            (300, 30, 8, foot.format(number)),
        ])
        for number, word in enumerate(["one", "two", "three"], 7)
    ]  # fmt: skip


def test_what_repeats_on_pages_goes_and_paragraphs_run_over_them(tmp_path):
    articles = read(write(tmp_path, "a.pdf", pdf(*three_pages("{}"))))
    assert articles.loc[0, "text"] == (
        "Line one runs on and on to page one and Line two runs on and on to page two "
        "and Line three runs on and on to page three and"
    )
    assert told(articles)["running heads, feet and page numbers taken out"] == 6
    assert articles["published"].dt.day.tolist() == [3]


def test_lines_that_do_not_repeat_stay(tmp_path):
    pages = [drawn([(50, 780, 8, line)]) for line in ("12 dead", "It rains", "13 dead")]
    text = read(write(tmp_path, "a.pdf", pdf(*pages))).loc[0, "text"]
    assert "12 dead" in text
    assert "13 dead" in text


def test_the_address_a_browser_prints(tmp_path):
    foot = (40, 20, 8, "https://post.example/quay 1/1")
    page = drawn([*paragraph_lines(["The quay is mended."]), foot])
    row = read(write(tmp_path, "a.pdf", pdf(page))).iloc[0]
    assert (row["url"], row["text"]) == (
        "https://post.example/quay",
        "The quay is mended.",
    )


def test_a_scan_says_what_to_do(tmp_path):
    with pytest.raises(mk.MediakitError, match="a.pdf holds pictures .*OCR"):
        mk.read_articles(write(tmp_path, "a.pdf", pdf("", "")))


def test_a_locked_pdf_says_what_to_do(tmp_path):
    import pypdf

    writer = pypdf.PdfWriter(clone_from=write(tmp_path, "a.pdf", article()))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    with pytest.raises(mk.MediakitError, match="b.pdf is locked with a password"):
        mk.read_articles(tmp_path / "b.pdf")


def test_a_pdf_that_anyone_may_open_is_read(tmp_path):
    import pypdf

    writer = pypdf.PdfWriter(clone_from=write(tmp_path, "a.pdf", article()))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    assert "Nobody cheers" in read(tmp_path / "b.pdf").loc[0, "text"]


FORM = (
    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << %s >> >>"
)


def nested_forms():
    """Return a PDF whose forms each draw the next twice, 40 levels deep."""
    extra = []
    for level in range(40):
        inner = b"/A %d 0 R" % (level + 6) if level < 39 else b""
        extra.append(stream("/A Do /A Do" if inner else "", FORM % inner))
    return pdf("/A Do", extra=extra, resources=b"/XObject << /A 5 0 R >>")


def looped_form():
    own = stream("BT /F1 9 Tf (x) Tj ET /A Do", FORM % b"/A 5 0 R")
    return pdf("/A Do", extra=[own], resources=b"/XObject << /A 5 0 R >>")


def looped_pages():
    tree = b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    return assembled([catalog, tree, b"<< >>", b"<< >>"])


def huge_stream():
    packed = zlib.compress(zlib.compress(b" " * 300_000_000))
    filters = b"/Filter [/FlateDecode /FlateDecode]"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 6 0 R >>"
    tree = b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    whole = [catalog, tree, b"<< >>", b"<< >>", page, stream(packed, filters)]
    return assembled(whole)


@pytest.mark.parametrize("make", [nested_forms, looped_pages, huge_stream])
def test_hostile_pdfs_end_in_an_error(tmp_path, monkeypatch, make):
    monkeypatch.setattr(documents_pdf, "MOST_OPERATIONS", 20_000)
    with pytest.raises(mk.MediakitError):
        mk.read_articles(write(tmp_path, "a.pdf", make()))


def test_a_form_that_draws_itself_is_drawn_once(tmp_path):
    assert len(read(write(tmp_path, "a.pdf", looped_form())).loc[0, "text"]) == 1


def test_nothing_is_printed_or_logged(tmp_path, capfd, caplog):
    read(write(tmp_path, "a.pdf", looped_form()))
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def test_too_many_pages(tmp_path, monkeypatch):
    monkeypatch.setattr(documents_pdf, "MOST_PAGES", 2)
    with pytest.raises(mk.MediakitError, match="3 pages; an article may have 2"):
        mk.read_articles(write(tmp_path, "a.pdf", pdf(*three_pages("{}"))))


def test_missing_package_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(mk.MediakitError, match=r'pip install "mediakit\[documents\]"'):
        mk.read_articles(write(tmp_path, "a.pdf", article()))


def test_a_mixed_folder(tmp_path):
    write(tmp_path, "post/a.pdf", article())
    write(tmp_path, "post/b.docx", word("<w:p><w:r><w:t>It rains.</w:t></w:r></w:p>"))
    write(tmp_path, "post/c.txt", "It still rains.")
    write(tmp_path, "post/d.pdf", article()[:300])
    articles = read(tmp_path)
    files = ["post/a.pdf", "post/b.docx", "post/c.txt"]
    assert articles["source_file"].tolist() == files
    assert told(articles)["files left out"] == 1


@pytest.mark.parametrize("path", PRINTS, ids=lambda path: path.stem)
def test_prints_keep_every_word_in_order(path):
    gold = pd.read_csv(STRAIT / "constructed_articles.csv")
    name = re.sub("^constructed_", "", path.stem)
    words = gold.set_index("article_id").loc[name, "text"].split()
    got = read(path).loc[0, "text"].split()
    match = difflib.SequenceMatcher(None, words, got, autojunk=False)
    assert sum(block.size for block in match.get_matching_blocks()) == len(words)


@pytest.mark.skipif(not BOOK.exists(), reason="the real PDF is not on this machine")
def test_a_real_pdf_with_running_heads():
    articles = read(BOOK)
    assert told(articles)["running heads, feet and page numbers taken out"] == 21
    assert "word choice and labeling" in articles.loc[0, "text"]
    assert articles["published"].isna().all()
