"""Sitemaps: addresses with what news sitemaps say about them; indexes are counted."""

import gzip

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_helpers import read, told, write

import mediakit as mk

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<!-- <url><loc>https://post.example/commented-out</loc></url> -->
<url><loc> https://post.example/quay </loc><lastmod>2016-05-05</lastmod>
<image:image><image:loc>https://post.example/q.jpg</image:loc>
<image:title>A picture</image:title></image:image>
<news:news><news:publication><news:name>The Harbour Post</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2016-05-03T09:20+02:00</news:publication_date>
<news:title>Quay mended &amp; painted</news:title></news:news></url>
<url><loc>https://post.example/bridge</loc></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://post.example/1.xml</loc></sitemap>
<sitemap><loc>https://post.example/2.xml</loc></sitemap></sitemapindex>"""
LISTED = "sitemaps listed, not fetched"
BROKEN = "sitemaps that are ill-formed, read up to the break"


@pytest.mark.parametrize("pack", [str.encode, lambda s: gzip.compress(s.encode())])
def test_news_sitemap(tmp_path, pack):
    articles = read(write(tmp_path, "sitemap.xml", pack(NEWS)))
    row = articles.iloc[0]
    assert row["title"] == "Quay mended & painted"
    assert row["url"] == "https://post.example/quay"
    assert (row["outlet"], row["language"]) == ("The Harbour Post", "en")
    assert row["published"] == pd.Timestamp("2016-05-03T07:20Z")
    assert (row["published_precision"], row["last_changed"]) == ("minute", "2016-05-05")
    assert articles["url"].tolist()[1] == "https://post.example/bridge"
    assert told(articles)["rows expected"] == told(articles)["rows kept"] == 2
    assert told(articles)["titles empty"] == 1


def test_index_is_listed_and_counted(tmp_path):
    with pytest.warns(mk.MediakitWarning, match=r"not fetched: 2 \(https://post"):
        articles = mk.read_articles(write(tmp_path, "index.xml", INDEX))
    assert len(articles) == 0
    assert told(articles)[LISTED] == 2
    lines = mk.account(articles).set_index("what")["note"]
    assert "https://post.example/2.xml" in lines[LISTED]


def test_folder_of_both(tmp_path):
    write(tmp_path, "index.xml", INDEX)
    write(tmp_path, "news.xml", NEWS)
    articles = read(tmp_path)
    assert articles["source_file"].tolist() == ["news.xml"] * 2
    assert told(articles)[LISTED] == 2


def test_cut_sitemap_is_read_up_to_the_break(tmp_path):
    cut = NEWS[: NEWS.index("bridge")]
    articles = read(write(tmp_path, "sitemap.xml", cut))
    assert articles.loc[0, "title"] == "Quay mended & painted"
    assert told(articles)[BROKEN] == 1


def test_what_follows_a_break_counts_as_lost(tmp_path):
    broken = NEWS.replace("</image:image>", "</wrong>")
    articles = read(write(tmp_path, "sitemap.xml", broken))
    assert articles["url"].tolist() == ["https://post.example/quay"]
    assert told(articles)["rows expected"] == 2
    assert told(articles)["rows lost"] == 1


def test_undeclared_prefix_is_no_break(tmp_path):
    text = NEWS.replace(
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', ""
    )
    articles = read(write(tmp_path, "sitemap.xml", text))
    assert articles.loc[0, "title"] == "Quay mended & painted"
    assert BROKEN not in told(articles)


def test_entity_bomb_is_refused(tmp_path):
    bomb = '<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    text = NEWS.replace('"UTF-8"?>', '"UTF-8"?>' + bomb)
    with pytest.raises(mk.MediakitError, match="entities"):
        mk.read_articles(write(tmp_path, "sitemap.xml", text))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_sitemaps_give_a_table_or_an_error(tmp_path_factory, data):
    raw = bytearray(data.draw(st.sampled_from([NEWS, INDEX])).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw)))
        raw[place : place + data.draw(st.integers(0, 9))] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"<", b"</", b"<!--", b"&x;"])
        )
    path = write(tmp_path_factory.getbasetemp(), "mutated_map.xml", bytes(raw))
    try:
        articles = read(path)
    except mk.MediakitError:
        return
    assert told(articles)["rows kept"] == len(articles)
