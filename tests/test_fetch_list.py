"""Which addresses: lists, columns and files, and reading a list fetches nothing."""

import gzip

import pandas as pd
import pytest
from fetch_server import CONTACT
from load_helpers import write

import mediakit as mk
from mediakit.load.fetch_list import list_addresses

TWO = ["https://post.example/a", "http://post.example/b,c?d=1"]
RSS = """<rss version="2.0"><channel><title>Post</title>
<item><title>A</title><link>https://post.example/a</link></item>
<item><title>B</title><link>http://post.example/b,c?d=1</link></item>
</channel></rss>"""
FILES = {
    "list.txt": "\n".join(TWO),
    "urls": "\r\n".join(["# ours", "", *TWO]),
    "bom.txt": "\ufeffURL\n" + "\n".join(f"<{url}>" for url in TWO),
    "one.csv": "url\n" + "\n".join(f'"{url}"' for url in TWO),
    "table.csv": f'title,Link,date\nA,{TWO[0]},2024\nB,"{TWO[1]}",2024\n',
    "semi.csv": f"Datum;Artikel-Nr;Weblink\n1;2;{TWO[0]}\n3;4;{TWO[1]}\n",
    "rows.jsonl": "\n".join(f'{{"url": "{url}", "text": "x"}}' for url in TWO),
    "feed.xml": RSS,
    "list.txt.gz": gzip.compress("\n".join(TWO).encode()),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_hold_addresses(name, tmp_path):
    told, addresses = list_addresses(write(tmp_path, name, FILES[name]))
    assert told == name
    assert list(addresses) == TWO


@pytest.mark.parametrize(
    "given",
    [TWO, tuple(TWO), pd.Series(TWO), pd.Index(TWO),
     pd.DataFrame({"title": ["a", "b"], "URL": TWO})],
    ids=lambda given: type(given).__name__,
)  # fmt: skip
def test_what_is_taken_from_memory(given):
    assert list(list_addresses(given)[1]) == TWO


def test_one_address_and_missing_ones():
    assert list(list_addresses(TWO[0])[1]) == TWO[:1]
    assert list(list_addresses(pd.Series([TWO[0], None, float("nan")]))[1]) == [
        TWO[0],
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (42, "must be a list or column of addresses.*got int"),
        ([TWO[0], 7], "must hold texts such as .* got 7"),
        (pd.DataFrame({"a": TWO}), r"no column 'url'.*\['a'\]"),
        ("nowhere.txt", "no file or folder 'nowhere.txt'"),
    ],
)
def test_what_is_no_list(given, message):
    with pytest.raises(mk.MediakitError, match=message):
        list(list_addresses(given)[1])


def test_a_folder_and_an_article_are_no_lists(tmp_path):
    path = write(tmp_path, "story.txt", "The quay is mended.\nNobody cheers.")
    with pytest.raises(mk.MediakitError, match=r"story\.txt is no list of addresses"):
        list_addresses(path)
    with pytest.raises(mk.MediakitError, match="is a folder; give the file"):
        list_addresses(tmp_path)


@pytest.mark.parametrize("name", ["list.txt", "urls", "bom.txt", "one.csv"])
def test_reading_a_list_says_what_fetches_it(name, tmp_path):
    path = write(tmp_path, name, FILES[name])
    message = rf"{name} is a list of 2 addresses, .* mk\.fetch_pages\('{name}'"
    with pytest.raises(mk.MediakitError, match=message):
        mk.read_articles(path)


def test_a_table_of_addresses_only_names_the_verb_too(tmp_path):
    path = write(tmp_path, "semi.csv", FILES["semi.csv"])
    with pytest.raises(mk.MediakitError, match=r"lists: mk\.fetch_pages"):
        mk.read_articles(path)


def test_a_text_with_an_address_in_it_stays_an_article(tmp_path):
    path = write(tmp_path, "a.txt", f"{TWO[0]}\nThe quay is mended.")
    assert len(mk.read_articles(path)) == 1


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"contact": ""}, "`contact` must be an e-mail address"),
        ({"contact": "me"}, "`contact` must be"),
        ({"contact": "a@b.example\r\nCookie: x"}, "`contact` must be"),
        ({"delay": 0}, "`delay` must be a number of seconds, at least 0.5, got 0"),
        ({"delay": float("nan")}, "`delay` must be"),
        ({"delay": "2"}, "`delay` must be"),
        ({"hosts": 0}, "`hosts` must be a whole number from 1 to 32"),
        ({"hosts": 100}, "`hosts` must be"),
        ({"retries": -1}, "`retries` must be a whole number from 0"),
        ({"retries": True}, "`retries` must be"),
        ({"largest": 10}, "`largest` must be a whole number from 1,000"),
        ({"private": "no"}, "`private` must be True or False"),
    ],
)
def test_parameters_are_checked_before_anything_is_asked(option, message, tmp_path):
    options = {"contact": CONTACT, "folder": tmp_path / "new"} | option
    with pytest.raises(mk.MediakitError, match=message):
        mk.fetch_pages(TWO, **options)
    assert not (tmp_path / "new").exists()


def test_folders_that_cannot_be_used(tmp_path):
    path = write(tmp_path, "file", "x")
    with pytest.raises(mk.MediakitError, match="cannot be made"):
        mk.fetch_pages([], folder=path, contact=CONTACT)
    write(tmp_path, "theirs/pages.warc.gz", gzip.compress(b"WARC/1.0\r\n"))
    with pytest.raises(mk.MediakitError, match=r"was not made by mk\.fetch_pages"):
        mk.fetch_pages([], folder=tmp_path / "theirs", contact=CONTACT)
    assert gzip.decompress((tmp_path / "theirs/pages.warc.gz").read_bytes())
