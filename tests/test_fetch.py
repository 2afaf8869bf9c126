"""Fetching from a site on this machine: what comes back, and what is said of it."""

import csv
import gzip
import re

import document_files
import pandas as pd
import pytest
from fetch_server import CONTACT, fetch, page, send_names_here, site_of
from load_helpers import quiet, told

import mediakit as mk


@pytest.fixture
def site():
    with site_of(pages=4) as site:
        yield site


def outcomes(folder):
    with open(folder / "outcomes.csv", encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


def test_pages_become_articles_in_the_order_given(site, tmp_path):
    given = [f"{site.url}/{number}" for number in (3, 1, 2)]
    articles = fetch(given, tmp_path)
    assert articles["address"].tolist() == given
    assert articles["url"].tolist() == given
    assert articles["title"].str[:1].tolist() == ["3", "1", "2"]
    assert set(articles["outlet"]) == {"Harbour Post"}
    assert articles["text"].str.contains("eastern quay").all()
    assert (articles["published"] == pd.Timestamp("2016-05-03 09:00", tz="UTC")).all()
    retrieved = pd.to_datetime(articles["retrieved"], utc=True)
    assert (pd.Timestamp.now("UTC") - retrieved < pd.Timedelta("1h")).all()
    assert articles["captured"].isna().all()
    assert articles.attrs["mediakit"]["verb"] == "fetch_pages"
    assert CONTACT not in str(articles.attrs)


def test_every_address_is_accounted_for(site, tmp_path):
    site.add("/robots.txt", b"User-agent: mediakit\nDisallow: /4")
    site.add("/p.png", b"\x89PNG", Content_Type="image/png")
    site.add("/p.pdf", b"%PDF-1.4", Content_Type="application/pdf")
    paths = ["/1", "/2", "/1#top", "/4", "/gone", "/p.png", "/p.pdf"]
    given = [site.url + path for path in paths]
    given += ["ftp://post.example/", "http://ada:secret@post.example/", " "]
    with pytest.warns(mk.MediakitWarning, match="closed by robots.txt: 1"):
        articles = mk.fetch_pages(
            given, folder=tmp_path, contact=CONTACT, delay=0, private=True
        )
    account = told(articles)
    expected = {
        "addresses asked for": 10,
        "addresses given twice": 1,
        "pages fetched": 3,
        "refused: closed by robots.txt": 1,
        "refused: no http or https address": 1,
        "refused: a user name or password in it": 1,
        "refused: empty": 1,
        "failed: status 404": 1,
        "failed: it is image/png, no page": 1,
        "pages kept but not read": 1,
        "rows kept": 2,
        "rows lost": None,
    }
    assert {what: account.get(what) for what in expected} == expected
    assert account["bytes kept"] == (tmp_path / "pages.warc.gz").stat().st_size
    whole = [n for what, n in account.items() if re.match("refused|failed", what)]
    assert sum(whole) + 3 + 1 == 10
    kinds = [row["outcome"] for row in outcomes(tmp_path).values()]
    assert kinds.count("fetched") == 4
    everything = b"".join(f.read_bytes() for f in tmp_path.iterdir())
    assert b"secret" not in everything + str(mk.account(articles)).encode()


def test_a_page_kept_is_never_fetched_again(site, tmp_path):
    given = [f"{site.url}/{number}" for number in (1, 2, 9)]
    first = fetch(given, tmp_path)
    asked = list(site.asked)
    again = fetch(given, tmp_path)
    assert site.asked == asked  # nor robots.txt, nor what is not there
    pd.testing.assert_frame_equal(first, again)
    more = fetch([*given, f"{site.url}/3"], tmp_path)
    assert site.paths()[-1:] == ["/3"]
    assert len(site.asked) == len(asked) + 1
    assert len(more) == 3
    assert len(fetch(given[:1], tmp_path)) == 1


def test_the_archive_kept_is_read_by_others_too(site, tmp_path):
    articles = fetch([f"{site.url}/1", f"{site.url}/2"], tmp_path)
    with quiet():
        kept = mk.read_articles(tmp_path / "pages.warc.gz")
    for column in ("title", "text", "outlet", "published", "url", "retrieved"):
        assert kept[column].tolist() == articles[column].tolist()
    from warcio.archiveiterator import ArchiveIterator

    with open(tmp_path / "pages.warc.gz", "rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            kinds.append(record.rec_type)
            record.content_stream().read()
    assert kinds == ["warcinfo", "response", "response"]


def test_who_asks_is_said_and_cookies_are_not_kept(site, tmp_path):
    site.add("/c", page("Cookie"), Set_Cookie="session=s3cret")
    fetch([f"{site.url}/c", f"{site.url}/1"], tmp_path)
    for *_, headers in site.asked:
        assert re.fullmatch(r"mediakit/\S+ \(research; ada@.*\)", headers["User-Agent"])
        assert "Cookie" not in headers
    kept = gzip.decompress((tmp_path / "pages.warc.gz").read_bytes())
    assert b"s3cret" not in kept
    assert b"ada@" not in kept


def test_packed_pages_and_other_encodings(site, tmp_path):
    russian = page("Гавань").replace(b'lang="en"', b'lang="ru"')
    site.add("/z", gzip.compress(page("Zipped")), Content_Encoding="gzip")
    cyrillic = russian.decode().encode("cp1251", "replace")
    kind = "text/html; charset=windows-1251"
    site.routes["/r"] = 200, {"Content-Type": kind}, cyrillic
    site.add("/t", b"Plain words.", Content_Type="text/plain")
    articles = fetch([f"{site.url}/{path}" for path in "zrt"], tmp_path)
    assert articles["title"].str.split().str[0].tolist()[:2] == ["Zipped", "Гавань"]
    assert articles["text"].iloc[2] == "Plain words."
    assert articles["outlet"].iloc[2] == "127.0.0.1"


def test_a_pdf_is_kept_and_read(site, tmp_path):
    body = document_files.article()
    site.add("/report.pdf", body, Content_Type="application/pdf")
    (tmp_path / "report.pdf").write_bytes(body)
    articles = fetch([f"{site.url}/report.pdf"], tmp_path / "pages")
    with quiet():
        alone = mk.read_articles(tmp_path / "report.pdf")
    assert articles["text"].tolist() == alone["text"].tolist()
    assert articles["url"].tolist() == [f"{site.url}/report.pdf"]


def test_redirects_are_followed_and_said(site, tmp_path):
    site.add("/old", b"", 301, Location="/older")
    site.add("/older", b"", 302, Location=f"{site.url}/1")
    site.add("/ring", b"", 302, Location="/gnir")
    site.add("/gnir", b"", 302, Location="/ring")
    site.any = lambda request: (302, {"Location": request.path + "x"}, b"")
    given = [f"{site.url}/{path}" for path in ("old", "ring", "far", "1")]
    articles = fetch(given, tmp_path)
    assert articles["url"].tolist() == [f"{site.url}/1"] * 2
    account = told(articles)
    assert account["failed: redirects in a circle"] == 1
    assert account["failed: more than 10 redirects"] == 1
    assert account["addresses that lead to the page of another"] == 1
    assert len([path for path in site.paths() if "/far" in path]) == 11


def test_a_redirect_to_another_site_obeys_its_robots(site, tmp_path, monkeypatch):
    send_names_here(monkeypatch)
    there = f"http://other.example:{site.port}"
    site.add("/a", b"", 302, Location=f"{there}/closed/1")
    closed = b"User-agent: *\nDisallow: /closed/"
    site.routes["/robots.txt"] = lambda request: (
        (200, {}, closed) if "other" in request.headers["Host"] else (404, {}, b"")
    )
    articles = fetch([f"http://post.example:{site.port}/a"], tmp_path)
    assert told(articles)["refused: closed by robots.txt"] == 1
    hosts = [(host, path) for host, path, *_ in site.asked]
    assert hosts == [
        ("post.example", "/robots.txt"),
        ("post.example", "/a"),
        ("other.example", "/robots.txt"),
    ]


def test_captures_have_the_original_address_and_the_date_of_capture(
    tmp_path, monkeypatch
):
    """A capture's date is no date of publication; the archive's frame is not read."""
    with site_of() as site:
        send_names_here(monkeypatch, {"web.archive.org": "127.0.0.1"})
        start = f"http://web.archive.org:{site.port}/web"
        undated = page("Old").replace(b"article:published_time", b"nothing")
        there = f"{start}/20150102030405id_/http://post.example/2015/01/01/a"
        site.add("/web/2015id_/http://post.example/2015/01/01/a", b"", 302,
                 Location=there)  # fmt: skip
        site.add(there.partition(str(site.port))[2], undated)
        articles = fetch([f"{start}/2015/http://post.example/2015/01/01/a"], tmp_path)
    row = articles.iloc[0]
    assert row["url"] == "http://post.example/2015/01/01/a"
    assert row["captured"] == "2015-01-02T03:04:05Z"
    assert row["published"] == pd.Timestamp("2015-01-01", tz="UTC")
    assert row["published_precision"] == "day"
    assert told(articles)["dates from the address"] == 1


def test_short_addresses_of_snapshots_tell_their_page(tmp_path, monkeypatch):
    with site_of() as site:
        send_names_here(monkeypatch, {"archive.ph": "127.0.0.1"})
        link = "http://archive.ph/20220301123456/https://post.example/a"
        body = page("Snap").replace(b"Harbour Post", b"archive.ph")
        body = body.replace(b"<body>", f'<body><a href="{link}">x</a>'.encode())
        site.add("/AbCdE", body)
        articles = fetch([f"http://archive.ph:{site.port}/AbCdE"], tmp_path)
    row = articles.iloc[0]
    assert row["url"] == "https://post.example/a"
    assert row["captured"] == "2022-03-01T12:34:56Z"
    assert row["outlet"] == "post.example"


def test_no_addresses_and_no_pages_give_the_same_columns(site, tmp_path):
    none = fetch([], tmp_path / "a")
    failed = fetch([f"{site.url}/none"], tmp_path / "b")
    some = fetch([f"{site.url}/1"], tmp_path / "c")
    assert len(none) == len(failed) == 0
    own = {"address", "retrieved", "captured", "truncated"}
    assert own < set(none.columns) == set(failed.columns) == set(some.columns)
    assert told(none)["rows kept"] == told(failed)["rows kept"] == 0
