"""Saved web pages: what is read from them, what is counted, and what is refused."""

import json
import zipfile

import pytest
from load_helpers import read, told, write

pytest.importorskip("trafilatura")

SENTENCES = (
    "The harbour board of Ostrel opened its new dam on Monday after years of work.",
    "Engineers said that the water behind the wall would reach its full height by May.",
    "Farmers in the lower valley then asked who would pay for the dry months ahead.",
    "The board answered that a fund of four million is there for such claims.",
)
PROSE = "".join(f"<p>{sentence} {sentence}</p>" for sentence in SENTENCES)
BOX = (
    '<aside class="related"><ul><li><a href="/x">Ten lovely ducks</a></li></ul></aside>'
)


def page(body=PROSE, *, head="", title="Dam opens at last", lang="en"):
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{title} | Ostrel Post</title>{head}</head><body><nav><a href='/'>Home"
        f"</a></nav><main><article><h1>{title}</h1>{body}</article></main>"
        "<footer>All rights, all lefts</footer></body></html>"
    )


def linked(**said):
    data = json.dumps({"@type": "NewsArticle"} | said)
    return f'<script type="application/ld+json">{data}</script>'


def row(tmp_path, content, name="a.html", **options):
    return read(write(tmp_path, name, content), **options).iloc[0]


def test_a_page_gives_one_article(tmp_path):
    head = (
        '<meta property="og:site_name" content="Ostrel Post">'
        '<link rel="canonical" href="https://post.example/dam">'
        + linked(
            datePublished="2024-05-06T07:08+02:00",
            author=[{"name": "Ada Lorn"}, {"name": "Bo Tam"}],
            articleSection="Water",
        )
    )
    found = row(tmp_path, page(head=head))
    assert found[
        ["title", "outlet", "url", "author", "section", "language"]
    ].tolist() == [
        "Dam opens at last",
        "Ostrel Post",
        "https://post.example/dam",
        "Ada Lorn; Bo Tam",
        "Water",
        "en",
    ]
    assert found["published"].isoformat() == "2024-05-06T05:08:00+00:00"
    assert found["published_precision"] == "minute"
    assert all(sentence in found["text"] for sentence in SENTENCES)
    assert "Home" not in found["text"]
    assert "lefts" not in found["text"]
    assert not found["truncated"]


@pytest.mark.parametrize(
    ("head", "date", "precision"),
    [
        ('<meta property="article:published_time" content="2024-05-06">', 6, "day"),
        ('<meta name="DC.date" content="2024-05-07T10:00:00Z">', 7, "second"),
        (linked(datePublished="1714953600000"), 6, "second"),
        (linked(datePublished="24/05/2024"), 24, "day"),
        ('<link rel="canonical" href="https://p.example/2024/05/08/dam">', 8, "day"),
    ],
)
def test_dates_keep_their_precision(tmp_path, head, date, precision):
    found = row(tmp_path, page(head=head))
    assert (found["published"].month, found["published"].day) == (5, date)
    assert found["published_precision"] == precision


@pytest.mark.parametrize(
    "line",
    [
        '<time datetime="2024-05-06T07:08:00Z">yesterday</time>',
        '<div class="date">6.05.2024 | Water</div>',
        "<div>By us | Published: 07:08, 6 May 2024 | Updated: 9 May 2024</div>",
    ],
)
def test_dates_printed_by_the_headline(tmp_path, line):
    published = row(tmp_path, page(line + PROSE))["published"]
    assert published.date().isoformat() == "2024-05-06"


def test_a_date_of_two_readings_is_not_settled_by_other_sites(tmp_path):
    for name, date in (("a.html", "03/04/2022"), ("b.html", "24/04/2022")):
        write(tmp_path, name, page(head=linked(datePublished=date)))
    articles = read(tmp_path)
    assert articles["published"].isna().tolist() == [True, False]
    assert articles["date (printed)"][0] == "03/04/2022"
    account = told(articles)
    assert account["dates a page leaves open"] == account["dates missing"] == 1


def test_impossible_dates_are_counted(tmp_path):
    account = told(
        read(write(tmp_path, "a.html", page(head=linked(datePublished="2190-01-01"))))
    )
    assert account["dates no article can have"] == 1


@pytest.mark.parametrize(
    ("written", "declared", "wrong"),
    [
        ("utf-8", "utf-8", 0),
        ("utf-8-sig", "iso-8859-1", 0),
        ("utf-16", "utf-16", 0),
        ("cp1252", "windows-1252", 0),
        ("cp1252", "iso-8859-1", 0),
        ("cp1252", "utf-8", 1),
        ("utf-8", "koi8-r", 1),
        ("cp1252", "no-such-code", 0),
    ],
)
def test_encodings(tmp_path, written, declared, wrong):
    title = "“Señor” Lübeck opens"
    source = page(title=title).replace('charset="utf-8"', f'charset="{declared}"')
    articles = read(write(tmp_path, "a.html", source.encode(written)))
    assert articles["title"][0] == title
    assert told(articles).get("pages that declare a wrong encoding", 0) == wrong


def test_encodings_of_other_scripts_and_said_ones(tmp_path):
    source = page(title="Плотина в городе открыта", lang="ru")
    for declared, options in (("koi8-r", {}), ("utf-8", {"encoding": "koi8-r"})):
        made = source.replace('charset="utf-8"', f'charset="{declared}"')
        found = row(tmp_path, made.encode("koi8-r"), **options)
        assert found["title"] == "Плотина в городе открыта"


def test_a_box_in_the_middle_does_not_cut_the_text(tmp_path):
    half = len(PROSE) // 2
    half = PROSE.index("<p>", half)
    body = (
        f'<div class="body top">{PROSE[:half]}</div>{BOX}'
        f'<div class="body">{PROSE[half:]}</div>'
    )
    text = row(tmp_path, page(body))["text"]
    assert all(sentence in text for sentence in SENTENCES)
    assert "ducks" not in text


def test_layout_tables_and_line_breaks_are_no_tables(tmp_path):
    broken = "<br><br>".join(f"{sentence} {sentence}" for sentence in SENTENCES)
    body = f"<table><tr><td><a href='/m'>Menu</a></td><td>{broken}</td></tr></table>"
    text = row(tmp_path, f"<html><body><table><tr><td>{body}</td></tr></table>")["text"]
    assert all(sentence in text for sentence in SENTENCES)
    assert "|" not in text


def test_text_in_the_data_of_an_empty_page(tmp_path):
    whole = [f"{sentence} {sentence}" for sentence in SENTENCES]
    state = json.dumps(
        {"most": [["One line"]], "a": {"body": [{"t": s} for s in whole]}}
    )
    shell = '<div id="app"></div>'
    heads = (
        linked(articleBody="\n".join(whole)),
        f'<script type="application/json">{state}</script>',
        f"<script>window.__STATE__ = {state};</script>",
    )
    for head in heads:
        articles = read(write(tmp_path, "a.html", page(shell, head=head)))
        assert articles["text"][0] == "\n\n".join(whole)
        assert told(articles)["texts taken from the data of a page"] == 1


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (PROSE + "<p>Subscribe to continue reading this story.</p>", ""),
        (PROSE[: PROSE.index("</p>")] + " and then the board …</p>", ""),
        (PROSE, linked(wordCount=900)),
        (PROSE[: PROSE.index("</p>")], linked(isAccessibleForFree=False)),
    ],
)
def test_signs_of_a_paywall_are_marked_and_counted(tmp_path, body, head):
    articles = read(write(tmp_path, "a.html", page(body, head=head)))
    assert articles["truncated"].tolist() == [True]
    assert told(articles)["texts with signs of a paywall or a cut"] == 1


@pytest.mark.parametrize("body", ["", "<html></html>", "<!doctype html>", "<p>"])
def test_a_page_without_article_stays_a_row(tmp_path, body):
    write(tmp_path, "a.html", page())
    write(tmp_path, "b.html", body or page(""))
    articles = read(tmp_path)
    account = told(articles)
    assert articles["text"].notna().tolist() == [True, False]
    assert account["pages without article text"] == 1
    assert account["rows expected"] == account["rows read"] == 2


def test_folders_and_zips_hold_pages_beside_other_files(tmp_path):
    folder = tmp_path / "mixed"
    write(folder, "post/a.html", page())
    write(folder, "post/story", page(title="Dam shuts at last"))
    write(folder, "c.csv", "title,text\nDam leaks,Water goes.\n")
    write(folder, "picture.png", b"\x89PNG\r\n\x1a\n\0\0")
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("e.htm", page(title="Dam mended at last"))
    articles = read(folder)
    assert len(articles) == 4
    assert sorted(articles["source_file"]) == [
        "c.csv",
        "d.zip/e.htm",
        "post/a.html",
        "post/story",
    ]
    account = told(articles)
    assert account["files read"] == 4
    assert account["files left out"] == 1
