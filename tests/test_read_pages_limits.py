"""Saved pages that want to fetch, grow or hang, and reading without trafilatura."""

import builtins
import socket

import pytest
from load_helpers import read, told, write
from test_read_pages import PROSE, SENTENCES, page, row

import mediakit as mk
from mediakit.load.pages_source import MOST_BYTES

pytest.importorskip("trafilatura")


WALLS = [
    ("Just a moment...", "<p>Enable JavaScript and cookies to continue.</p>"),
    ("Access denied", "<p>You have no permission to see this page, it says.</p>"),
    ("Dam", "<p>We and our 842 partners store and use cookies on a device.</p>"),
    ("Seite nicht gefunden", "<p>Diese Seite gibt es nicht mehr, es tut uns leid.</p>"),
]


@pytest.mark.parametrize(("title", "body"), WALLS)
def test_what_stands_before_an_article_is_told(tmp_path, title, body):
    whole = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}"
    with pytest.warns(mk.MediakitWarning, match=r"check of the browser .*: 1 \(a.html"):
        articles = mk.read_articles(write(tmp_path, "a.html", whole))
    assert articles["truncated"].tolist() == [True]


def test_an_article_about_access_denied_is_none_of_these(tmp_path):
    head = "<title>Access denied to the dam</title>"
    found = row(tmp_path, page(f"<h1>Access denied</h1>{PROSE}", head=head))
    assert not found["truncated"]


def test_trafilatura_fetches_nothing(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    external = '<!DOCTYPE html [<!ENTITY x SYSTEM "http://a.example/x">]>'
    link = (
        '<link rel="canonical" href="https://a.example/dam"><base href="//a.example/">'
    )
    found = row(tmp_path, external + page(PROSE + "<p>&x;</p>", head=link))
    assert SENTENCES[0] in found["text"]
    assert row(tmp_path, "https://a.example/", format="page")["text"] != ""


def test_without_trafilatura_the_error_says_what_to_install(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **options):
        if name.startswith(("trafilatura", "lxml")):
            raise ImportError(name)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(mk.MediakitError, match=r'pip install "mediakit\[web\]"'):
        mk.read_articles(write(tmp_path, "a.html", page()))


def test_entities_do_not_grow(tmp_path):
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 99 + '">]>'
    text = row(tmp_path, bomb + page(PROSE + "<p>&b;&b;</p>"))["text"]
    assert "haha" not in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>" + b"x" * MOST_BYTES, "10,000,006 bytes; a page may have 10,000,000"),
        (b"<html>" + b"<br>" * 100_000, "elements; a page may have 50,000"),
        (b"<html>" + b"<div>" * 200 + b"ab " * 99_000, "each element around them"),
    ],
)
def test_pages_beyond_the_limits_say_so(tmp_path, content, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.read_articles(write(tmp_path, "a.html", content))


@pytest.mark.parametrize(
    "junk",
    [
        b"<div>" * 1_000_000,
        b'<div class="related date">' * 250 + b"word " * 20_000,
        b'<script type="application/ld+json">' + b"[" * 5_000_000,
        b"<p>" + b"..." * 500_000 + b"x",
        b"<!--" * 1_250_000,
    ],
    ids=["nested", "boxes", "json", "dots", "comments"],
)
def test_hostile_pages_end(tmp_path, junk):
    path = write(tmp_path, "a.html", b"<html><body>" + junk)
    assert len(read(path)) == 1


def test_depth_is_reported(tmp_path):
    articles = read(write(tmp_path, "a.html", page("<div>" * 999 + PROSE)))
    assert told(articles)["pages nested too deep to read whole"] == 1


@pytest.mark.parametrize("control", ["\x01", "&#1;", "&#x1f;", "\ufffe"])
def test_control_characters_go_and_the_article_stays(tmp_path, control):
    words = (
        f"The quay is{control} mended at last, and nobody cheers, for it rains. " * 9
    )
    opened = f"<article cl{control}ass='a' id='b{control}'>"
    raw = f"<html><body>{opened}<h1>Quay</h1><p>{words}</p></article></body></html>"
    text = read(write(tmp_path, "a.html", raw)).loc[0, "text"]
    assert text.count("mended") == 9
    assert "\x01" not in text
