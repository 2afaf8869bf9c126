"""Exports of Factiva: HTML with and without codes, XML, rich text."""

import pandas as pd
import pytest
from database_files import notes, page, rtf, sample
from load_helpers import read, told, write

import mediakit as mk

FIELDS = {
    "SE": "Harbour news", "HD": "A quay is mended", "BY": "By Ada Renn",
    "WC": "1.234 Wörter", "PD": "3 {month} 2016", "ET": "15:32", "SN": "Kai-Zeitung",
    "SC": "KAIZ", "LA": "{tongue}", "CY": "(c) 2016 Kai",
    "LP": "<p>First.</p><p>Second.</p>", "TD": "<p>Third.</p>",
    "XX": "Unknown", "AN": "Document KAIZ000020160503ec530000{n}",
}  # fmt: skip
LINES = [
    "A quay is mended", "By Ada Renn", "21 words", "3 May 2016", "09:15 GMT",
    "The Harbour Post", "HARBP", "Late Edition", "3", "English",
    "Copyright 2016 Harbour Press", "", "The quay was mended.", "",
    "Nobody cheers.", "",
]  # fmt: skip
XML = """<?xml version="1.0" encoding="utf-8"?>{doctype}
<PPSResponse><r xmlns="http://global.factiva.com/pps/2.0">
<ppsarticleResultSet count="{count}">{articles}</ppsarticleResultSet></r></PPSResponse>
"""
ARTICLE = """<ppsarticle><article><accessionNo>A{n}</accessionNo>
<baseLanguage>EN</baseLanguage><byline>By Ada Renn</byline>
<headline><paragraph>A <hlt>quay</hlt>
 is mended</paragraph></headline>
<leadParagraph><paragraph>First.</paragraph></leadParagraph>
<publicationDate><dateTime>2016-05-03T01:35:58Z</dateTime></publicationDate>
<sourceName>The Harbour Post</sourceName>
<tailParagraphs><paragraph>Second.</paragraph><paragraph>Third.</paragraph>
</tailParagraphs></article></ppsarticle>"""


def coded(count, month="May", tongue="English"):
    articles = "<br/><span></span>".join(
        '<div class="article enArticle"><table>'
        + "".join(
            f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>'
            f"{value.format(month=month, tongue=tongue, n=n)}</td></tr>"
            for code, value in FIELDS.items()
        )
        + "</table></div>"
        for n in range(count)
    )
    return page(articles + "<p>© Factiva</p>")


def number(n):
    return f"Document HARBP000020160503ec530000{n}"


def in_xml(count, *, said=None, doctype=""):
    articles = "".join(ARTICLE.format(n=n) for n in range(count))
    return XML.format(count=said or count, articles=articles, doctype=doctype)


@pytest.mark.parametrize(
    ("month", "tongue", "code"),
    [
        ("May", "English", "en"),
        ("mai", "Français", "fr"),
        ("Mai", "Deutsch", "de"),
        ("mayo", "Español", "es"),
    ],
)
def test_the_fields_of_a_page_with_codes(tmp_path, month, tongue, code):
    articles = read(write(tmp_path, "a.html", coded(2, month, tongue)))
    assert told(articles)["rows expected"] == len(articles) == 2
    row = articles.iloc[0]
    assert row["published"] == pd.Timestamp("2016-05-03 15:32", tz="UTC")
    assert row["text"] == "First.\n\nSecond.\n\nThird."
    names = ["article_id", "title", "author", "outlet", "section", "language", "length"]
    assert row[names].tolist() == [
        "KAIZ000020160503ec5300000", "A quay is mended", "Ada Renn", "Kai-Zeitung",
        "Harbour news", code, "1.234 Wörter",
    ]  # fmt: skip
    assert row["factiva_xx"] == "Unknown"


def test_the_document_number_in_other_languages(tmp_path):
    for name in ("Dokument", "Documento"):
        page = coded(1).replace(">Document ", f">{name} ")
        (article_id,) = read(write(tmp_path, f"{name}.html", page))["article_id"]
        assert article_id == "KAIZ000020160503ec5300000"
        lines = rtf([*LINES, number(1).replace("Document", name)])
        (row,) = read(write(tmp_path, f"{name}.rtf", lines)).to_dict("records")
        assert row["article_id"] == "HARBP000020160503ec5300001"
        assert row["text"].endswith("Nobody cheers.")


def test_a_page_without_codes(tmp_path):
    article = (
        '<div class="article enArticle"><div id="hd"><span class="enHeadline">A quay is'
        '</span> <span class="enHeadline">mended</span></div><div class="author">By '
        "Ada Renn</div>" + "".join(f"<div>{line}</div>" for line in LINES[2:11])
        + '<p class="articleParagraph enarticleParagraph">First.</p>'
        '<p class="articleParagraph enarticleParagraph">Second.</p>'
        f"<p>{number(1)}</p></div>"
    )  # fmt: skip
    articles = read(write(tmp_path, "a.html", page(article * 2)))
    row = articles.iloc[0]
    assert len(articles) == told(articles)["rows expected"] == 2
    assert (row["title"], row["author"]) == ("A quay is mended", "Ada Renn")
    assert row["published"] == pd.Timestamp("2016-05-03 09:15", tz="UTC")
    assert (row["outlet"], row["print_edition"]) == ("The Harbour Post", "Late Edition")
    assert row["text"] == "First.\n\nSecond."
    assert row["copyright"] == "Copyright 2016 Harbour Press"


def test_rich_text_without_codes(tmp_path):
    lines = [*LINES, number(1), "", *LINES, number(2), "", "© 2016 Factiva, Inc."]
    articles = read(write(tmp_path, "a.rtf", rtf(lines)))
    row = articles.iloc[1]
    assert len(articles) == told(articles)["rows expected"] == 2
    assert row["title"] == "A quay is mended"
    assert (row["outlet"], row["language"]) == ("The Harbour Post", "en")
    assert row["published"] == pd.Timestamp("2016-05-03 09:15", tz="UTC")
    assert row["text"] == "The quay was mended.\n\nNobody cheers."
    assert row["article_id"] == number(2).removeprefix("Document ")
    assert "1 lines after" in notes(articles)["cover pages left out"]


def test_rich_text_with_codes(tmp_path):
    lines = ["HD|A quay is mended|", "PD|3 May 2016|", "SN|The Harbour Post|",
             "LP|First.", "Second.|", "TD|Third.|", f"AN|{number(1)}|"]  # fmt: skip
    articles = read(write(tmp_path, "a.rtf", rtf(lines * 2)))
    assert len(articles) == 2
    assert articles["text"].tolist() == ["First.\n\nSecond.\n\nThird."] * 2
    assert articles["outlet"].tolist() == ["The Harbour Post"] * 2


def test_xml(tmp_path):
    articles = read(write(tmp_path, "a.xml", in_xml(2)))
    row = articles.iloc[0]
    assert row["title"] == "A quay is mended"
    assert row["text"] == "First.\n\nSecond.\n\nThird."
    assert row["published"] == pd.Timestamp("2016-05-03 01:35:58", tz="UTC")
    assert row[["article_id", "outlet", "author", "language"]].tolist() == [
        "A0", "The Harbour Post", "Ada Renn", "en",
    ]  # fmt: skip


def test_the_count_in_the_xml_is_held_against_what_was_read(tmp_path):
    path = write(tmp_path, "a.xml", in_xml(2, said=3))
    with pytest.warns(mk.MediakitWarning, match="rows lost: 1 .1 of the 3 documents"):
        assert len(mk.read_articles(path)) == 2


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY % a "b">]>',
    ],
)
def test_entities_are_refused(tmp_path, doctype):
    path = write(tmp_path, "a.xml", in_xml(1, doctype=doctype))
    with pytest.raises(mk.MediakitError, match="declares entities"):
        mk.read_articles(path)


def test_xml_that_is_cut_off_or_too_deep_says_so(tmp_path):
    path = write(tmp_path, "a.xml", in_xml(2)[:-300])
    with pytest.raises(mk.MediakitError, match="cut off"):
        mk.read_articles(path)
    deep = "<ppsarticle>" + "<a>" * 5_000
    with pytest.raises(mk.MediakitError, match="nested"):
        mk.read_articles(write(tmp_path, "b.xml", deep))


def test_a_monitored_outlet_is_the_outlet(tmp_path):
    line = "Source: Harbour Radio, Merrin, in English 0812 gmt 3 May 16"
    content = coded(1).replace("Kai-Zeitung", "BBC Monitoring Newsfile")
    content = content.replace("Third.", line)
    row = read(write(tmp_path, "a.html", content)).iloc[0]
    assert row[["outlet", "distributor"]].tolist() == [
        "Harbour Radio", "BBC Monitoring Newsfile",
    ]  # fmt: skip


def test_other_pages_and_files_are_none_of_factivas(tmp_path):
    with pytest.raises(mk.MediakitError, match="no article of Factiva"):
        mk.read_articles(write(tmp_path, "a.html", page("<p>x</p>")), format="factiva")


@pytest.mark.parametrize(
    ("name", "titles", "days"),
    [
        ("factiva_test.html", ["Test 1", "Test 2"], ["2011-12-29"] * 2),
        (
            "factiva_test.xml",
            [f"TEST - {n}" for n in ("first test article", "second article de test")],
            ["2012-01-09", "2012-01-06", "2012-05-06"],
        ),
    ],
)
def test_the_samples_read_completely(name, titles, days):
    articles = read(sample(f"factiva/{name}"))
    assert len(articles) == told(articles)["rows expected"] == len(days)
    assert articles["title"].tolist()[:2] == titles
    assert articles["published"].dt.date.astype(str).tolist() == days
    assert articles["article_id"].str.fullmatch(r"\w{20,}").all()
    assert articles["language"].tolist()[:2] in (["fr", "fr"], ["en", "fr"])
    assert articles["text"].str.contains("\n\n").all()
