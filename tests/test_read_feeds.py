"""RSS and Atom feeds: every entry arrives, ill-formed feeds as far as they go."""

import gzip
import re
import sys
import tarfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_helpers import read, told, write

import mediakit as mk

SAMPLES = Path(__file__).parents[2] / "shared/data/formats/feeds/feeds.tar.gz"
BROKEN = "feeds that are ill-formed, read as far as they go"
UNENCODED = {
    "big5": "big5", "eucjp": "euc_jp", "euckr": "euc_kr", "gb2312": "gb2312",
    "koi8r": "koi8_r", "shiftjis": "shift_jis", "tis620": "tis_620",
    "windows1255": "cp1255",
}  # fmt: skip
ITEM = """<item>
<title>Quay <![CDATA[<b>mended</b> &amp; painted]]></title>
<link>https://post.example/quay</link><guid>post-1</guid>
<pubDate>Tue, 03 May 2016 09:20:00 +0200</pubDate>
<dc:creator>Ada Renn</dc:creator><dc:creator>Bo Lund</dc:creator>
<category>Harbour</category><category>Paint</category>
<description>A teaser.</description>
<content:encoded><![CDATA[<p>The quay<br/>is&nbsp;mended.</p><script>x()</script>
<p>Nobody cheers.</p>]]></content:encoded></item>"""
SECOND = "<item><title>Bridge</title><pubDate>2016-05-04</pubDate></item>"
RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Harbour Post</title><language>en-GB</language>
{}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Skerry</title>
<entry><title type="html">Fish &amp;lt;3 and chips</title><id>tag:skerry,1</id>
<link href="https://skerry.example/1"/><updated>2020-01-02T03:04:05Z</updated>
<author><name>Cy Moor</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p>
<p>Two.</p></div></content></entry></feed>"""


def feed(*items):
    return RSS.format("".join(items))


def test_rss_entry(tmp_path):
    articles = read(write(tmp_path, "feed.xml", feed(ITEM, SECOND)))
    row = articles.iloc[0]
    assert row["outlet"] == "The Harbour Post"
    assert row["title"] == "Quay mended & painted"
    assert row["text"] == "The quay\nis mended.\n\nNobody cheers."
    assert row["url"] == "https://post.example/quay"
    assert row["author"] == "Ada Renn; Bo Lund"
    assert row["section"] == "Harbour; Paint"
    assert (row["language"], row["article_id"]) == ("en", "post-1")
    assert row["published"] == pd.Timestamp("2016-05-03T07:20Z")
    assert articles["published_precision"].tolist() == ["second", "day"]
    assert told(articles)["rows expected"] == told(articles)["rows kept"] == 2


def test_atom_entry(tmp_path):
    articles = read(write(tmp_path, "feed.atom", ATOM))
    row = articles.iloc[0]
    assert (row["outlet"], row["author"]) == ("Skerry", "Cy Moor")
    assert row["title"] == "Fish <3 and chips"
    assert row["text"] == "One.\n\nTwo."
    assert row["published"] == pd.Timestamp("2020-01-02T03:04:05Z")
    assert told(articles)["dates of the last change, as no other is given"] == 1


def test_outlet_of_an_aggregator_is_the_source(tmp_path):
    item = "<item><title>x</title><source url='https://p.example'>Post</source></item>"
    row = read(write(tmp_path, "feed.xml", feed(item))).iloc[0]
    assert (row["outlet"], row["distributor"]) == ("Post", "The Harbour Post")


def test_broken_feed_is_read_to_the_break_and_counted(tmp_path):
    whole = feed(ITEM, SECOND, ITEM.replace("post-1", "post-3"))
    cut = whole[: whole.index("post-3")]
    with pytest.warns(mk.MediakitWarning, match="ill-formed"):
        articles = mk.read_articles(write(tmp_path, "feed.xml", cut))
    assert articles["title"].tolist()[:2] == ["Quay mended & painted", "Bridge"]
    lines = told(articles)
    assert lines[BROKEN] == 1
    assert lines["rows expected"] == 3


def test_undeclared_prefix_and_bare_ampersand(tmp_path):
    item = "<item><title>Q & A</title><itunes:x>1</itunes:x></item>"
    articles = read(write(tmp_path, "feed.xml", feed(item, SECOND)))
    assert articles["title"].tolist() == ["Q & A", "Bridge"]
    assert told(articles)[BROKEN] == 1


def test_empty_feed_gives_an_empty_table(tmp_path):
    articles = read(write(tmp_path, "feed.xml", feed()))
    assert len(articles) == 0
    assert told(articles)["feeds without entries"] == 1
    assert {"title", "published"} <= set(articles.columns)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "gb18030", "utf-8"])
def test_declared_encoding(tmp_path, encoding):
    item = "<item><title>Мост</title></item>"
    text = feed(item).replace('"1.0"', f'"1.0" encoding="{encoding}"', 1)
    articles = read(write(tmp_path, "feed.xml", text.encode(encoding)))
    assert articles["title"].tolist() == ["Мост"]


def test_utf8_that_says_otherwise(tmp_path):
    item = "<item><title>Über Brücken</title></item>"
    text = feed(item).replace('"1.0"', '"1.0" encoding="iso-8859-1"', 1)
    assert read(write(tmp_path, "feed.xml", text)).loc[0, "title"] == "Über Brücken"


def test_folder_zip_and_gz_give_the_same(tmp_path):
    folder = tmp_path / "feeds"
    write(folder, "a.xml", feed(ITEM))
    write(folder, "b.rss", ATOM)
    with zipfile.ZipFile(tmp_path / "feeds.zip", "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    packed = write(tmp_path, "a.xml.gz", gzip.compress(feed(ITEM).encode()))
    titles = read(folder)["title"].tolist()
    assert read(tmp_path / "feeds.zip")["title"].tolist() == titles
    assert read(packed)["title"].tolist() == titles[:1]
    assert read(folder)["source_file"].tolist() == ["a.xml", "b.rss"]


BOMBS = {
    "nested": '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">',
    "long": f'<!ENTITY b "{"x" * 20_000}">',
    "many": "".join(f'<!ENTITY b{i} "x">' for i in range(200)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_entity_bombs_are_refused(tmp_path, name):
    text = f"<!DOCTYPE rss [{BOMBS[name]}]>" + feed(
        f"<item><title>{'&b;' * 100}</title></item>"
    ).removeprefix('<?xml version="1.0"?>')
    with pytest.raises(mk.MediakitError, match="entities"):
        mk.read_articles(write(tmp_path, "feed.xml", text))


def test_external_entities_are_not_resolved(tmp_path):
    secret = write(tmp_path / "away", "secret.txt", "the secret")
    text = f'<!DOCTYPE rss [\n<!ENTITY b SYSTEM "{secret.as_uri()}">\n]>' + feed(
        "<item><title>It is &b;.</title></item>"
    ).removeprefix('<?xml version="1.0"?>')
    articles = read(write(tmp_path, "feed.xml", text))
    assert "secret" not in articles.loc[0, "title"].replace("&b;", "")


def test_a_feed_that_is_a_path_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "<rss", feed(ITEM))
    assert len(read(write(tmp_path, "feed.xml", "<rss"))) == 0


def test_missing_package_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "feedparser", None)
    with pytest.raises(mk.MediakitError, match=r'pip install "mediakit\[web\]"'):
        mk.read_articles(write(tmp_path, "feed.xml", feed(ITEM)))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_feeds_give_a_table_or_an_error(tmp_path_factory, data):
    raw = bytearray(data.draw(st.sampled_from([feed(ITEM, SECOND), ATOM])).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 9))] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"<", b"<!--", b"]]>", b"&#0;"])
        )
        if not raw:
            break
    path = write(tmp_path_factory.getbasetemp(), "mutated.xml", bytes(raw))
    try:
        articles = read(path)
    except mk.MediakitError:
        return
    assert told(articles)["rows kept"] == len(articles)


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    if not SAMPLES.exists():
        pytest.skip("the feed samples are not beside the repository")
    folder = tmp_path_factory.mktemp("samples")
    with tarfile.open(SAMPLES) as archive:
        archive.extractall(folder, filter="data")
    return folder


def test_samples_read_completely(samples):
    for name, encoding in UNENCODED.items():
        file = samples / f"illformed/chardet/{name}.xml"
        with pytest.raises(mk.MediakitError, match="Say which encoding"):
            mk.read_articles(file)
        assert "\ufffd" not in str(read(file, encoding=encoding)["title"].tolist())
        file.unlink()
    lines = told(read(samples))
    assert lines["files read"] == 213
    assert lines["files left out"] == 1  # a document without any element
    assert lines["rows expected"] == lines["rows kept"] == 103
    assert lines["feeds without entries"] == 110


EXPECT = re.compile(
    r"entries\[0\]\['(title|link|published)'\] == u?'([^'\\]*)'\s*$", re.M
)


def test_samples_say_what_is_expected(samples):
    held = 0
    for file in sorted((samples / "wellformed").rglob("*.xml")):
        found = EXPECT.search(file.read_text(encoding="utf-8", errors="replace"))
        if found and found[2]:
            column = {"link": "url"}.get(found[1], found[1])
            value = read(file).loc[0, column]
            if column == "published":
                assert value == pd.Timestamp(found[2])
            else:
                assert value == found[2], file.name
            held += 1
    assert held == 14
