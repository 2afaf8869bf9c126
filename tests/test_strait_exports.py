"""The prints and the database export of the constructed corpus hold their articles."""

import re
import sys
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]
STRAIT = ROOT / "data" / "strait"
RUNNING = r"(?m)^(The Merrin Courier Tuesday, .*|Page \d of \d.*)$"  # heads and feet


def table(name):
    return pd.read_csv(STRAIT / name, keep_default_na=False)


ARTICLES = table("constructed_articles.csv").set_index("article_id")
TRUTH = table("truth/constructed_pages.csv")
PRINTS = TRUTH[TRUTH["file"].str.startswith("pdf/")].set_index("article_id")
EXPORT = TRUTH[TRUTH["file"].str.startswith("export/")].reset_index(drop=True)

each_print = pytest.mark.parametrize("name", PRINTS.index)


def letters(text):
    """Return the text without what setting in lines and joining letters changes."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text)).casefold()


@pytest.fixture(scope="module")
def scripts():
    """Return the script that builds the files."""
    sys.path.append(str(ROOT / "benchmarks"))
    try:
        import strait_pages

        yield strait_pages
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))


def test_the_script_makes_the_same_files_again(scripts):
    articles = scripts.read_source(scripts.HOME / "source")
    plan = scripts.read_plan()
    again = {
        name
        for name, content in scripts.all_pages(articles, plan).items()
        if (STRAIT / name).read_bytes() != content
    }
    assert not again, "the source has changed: run benchmarks/strait_pages.py"
    pd.testing.assert_frame_equal(
        scripts.truth_table(articles, plan).astype(str), TRUTH.astype(str)
    )


@each_print
def test_a_print_is_dated_by_the_script_and_not_by_the_clock(name):
    content = (STRAIT / PRINTS["file"][name]).read_bytes()
    assert content.startswith(b"%PDF-")
    dates = re.findall(rb"/(?:Creation|Mod)Date \(D:(\d{14})", content)
    assert set(dates) == {b"20160725104107"}


@each_print
def test_a_print_holds_its_article(name):
    pypdf = pytest.importorskip("pypdf", reason="mediakit[documents] is not installed")
    pages = pypdf.PdfReader(STRAIT / PRINTS["file"][name]).pages
    text = re.sub(RUNNING, "", "\n".join(page.extract_text() for page in pages))
    traps = PRINTS["traps"][name].split("; ")
    assert (len(pages) > 1) == ("page numbers" in traps)
    assert ("ﬃ" in text or "ﬁ" in text) or "ligatures" not in traps
    assert bool(re.search(r"\w-\n\w", text)) == ("words broken at line ends" in traps)
    assert letters("Constructed page of an invented outlet") in letters(text)
    assert letters(ARTICLES["title"][name]) in letters(text)
    for paragraph in ARTICLES["text"][name].split("\n\n"):
        assert letters(paragraph) in letters(text)


@pytest.fixture(scope="module")
def export():
    """Return the cover and the documents of the export."""
    text = (STRAIT / EXPORT["file"][0]).read_bytes().decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n")
    pieces = re.split(r"(?m)^ +(\d+) of (\d+) DOCUMENTS$", text.replace("\r\n", "\n"))
    numbers, counts = pieces[1::3], pieces[2::3]
    assert numbers == [str(n) for n in EXPORT["document"]]
    assert set(counts) == {str(len(EXPORT))}
    return pieces[0], pieces[3::3]


def field(document, label):
    """Return what stands after a label, up to the next empty line; "" if missing."""
    found = re.search(rf"(?ms)^{label}: (.*?)\n\n", document)
    return found[1] if found else ""


def unwrapped(text):
    return " ".join(text.split())


def test_the_export_has_the_documents_that_it_claims(export):
    cover, documents = export
    assert len(documents) == 14
    assert "Number of results: 14" in cover
    assert "made for teaching" in cover
    for name, document in zip(EXPORT["article_id"], documents, strict=True):
        article = ARTICLES.loc[name]
        assert unwrapped(field(document, "HEADLINE")) == article["title"]
        assert article["title"] in unwrapped(cover)
        day = pd.Timestamp(article["published"])
        assert f"{day:%B} {day.day}, {day.year} {day:%A}\n" in document
        assert article["outlet"] in document
        assert field(document, "SECTION") == article["section"].upper()
        assert field(document, "LENGTH") == f"{len(article['text'].split())} words"
        for label in ["LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE"]:
            assert field(document, label)
        assert "All Rights Reserved" in document


def test_the_documents_hold_their_articles(export):
    for name, document in zip(EXPORT["article_id"], export[1], strict=True):
        body = unwrapped(document.split("\nBODY:\n")[1])
        first, *rest = ARTICLES["text"][name].split("\n\n")
        if first.removeprefix("By ") != field(document, "BYLINE"):
            assert re.sub(r"^\[Picture: |\]$", "", first) in body
        assert all(paragraph in body for paragraph in rest)


def test_the_traps_of_the_export_are_where_they_are_recorded(export):
    documents, traps = export[1], EXPORT["traps"]
    no_byline = [not field(document, "BYLINE") for document in documents]
    assert no_byline == traps.str.contains("no byline").tolist()
    assert sum(no_byline) == 1
    long = ["\n" in field(document, "HEADLINE") for document in documents]
    assert long == traps.str.contains("over two lines").tolist()
    assert any(long)
    assert not all(long)
    (twice,) = EXPORT.index[EXPORT["article_id"].duplicated()]
    first = EXPORT["article_id"].tolist().index(EXPORT["article_id"][twice])
    assert f"duplicate of document {first + 1}" in traps[twice]
    assert traps.str.contains("duplicate of").sum() == 1


def test_every_document_answers_the_search(export):
    first, last = pd.Timestamp("2016-05-03"), pd.Timestamp("2016-05-14")
    for name in EXPORT["article_id"]:
        article = ARTICLES.loc[name]
        text = f"{article['title']} {article['text']}".lower()
        assert re.search(r"\b(kelmar|halvan)", text)
        assert re.search(r"\b(memo|memorandum|sanction\w*|radar|measures)\b", text)
        assert first <= pd.Timestamp(article["published"][:10]) < last


def test_no_page_shows_how_it_was_made():
    pages = TRUTH[TRUTH["file"].str.startswith("pages/")]
    assert len(pages) == 30
    for file, encoding in pages[["file", "encoding"]].to_numpy():
        text = (STRAIT / file).read_bytes().decode(encoding)
        assert "{'" not in text, file
        assert "&#x27;title" not in text, file
