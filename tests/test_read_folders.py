"""Text files, folders, archives, and bytes of no format at all."""

import bz2
import gzip
import io
import lzma
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from load_helpers import read, told, write

import mediakit as mk
from mediakit.load.text_files import name_parts
from mediakit.schema import check_articles

TITLES = ["Dam opens", "Dam shuts"]
CSV = "title,text,published\nDam opens,Flows.,2024-05-01\nDam shuts,Dry.,2024-05-02\n"
LINES = """{"title": "Dam opens", "text": "Flows.", "published": "2024-05-01"}
{"title": "Dam shuts", "text": "Dry.", "published": "2024-05-02"}"""


@pytest.mark.parametrize(
    ("stem", "outlet", "published", "title"),
    [
        ("2014-10-01 Dam opens", "paper", "2014-10-01", "Dam opens"),
        ("2014-10-01T000000Z Dam opens", "paper", "2014-10-01T00:00:00Z", "Dam opens"),
        ("20141001_Dam_opens", "paper", "20141001", "Dam opens"),
        ("2014_10_01-dam-opens-now", "paper", "2014-10-01", "dam opens now"),
        ("Dam opens (1 October 2014)", "paper", "1 October 2014", "Dam opens"),
        ("Dam opens 2014-10-01", "paper", "2014-10-01", "Dam opens"),
        ("herald_2014-10-01_dam-opens-now", "herald", "2014-10-01", "dam opens now"),
        ("Day 3 of 2014-10-01 strike", "paper", "2014-10-01", "Day 3 of strike"),
        ("2014-10-01 Back in the U.S.", "paper", "2014-10-01", "Back in the U.S."),
        ("Dam opens", "paper", None, "Dam opens"),
        ("2014-10-01", "paper", "2014-10-01", None),
    ],
)
def test_names_of_text_files_tell_outlet_date_and_title(stem, outlet, published, title):
    expected = {"outlet": outlet, "published": published, "title": title}
    assert name_parts(stem, "paper") == expected


def paper(folder):
    write(folder, "Herald/2024-05-01 Dam opens.txt", "Water flows.")
    write(folder, "Herald/.hidden.txt", "no")
    write(folder, "Post/2024-05-02 Dam shuts.txt", "Café".encode("cp1252"))
    return folder


def test_a_folder_of_text_files_is_one_table(tmp_path):
    articles = mk.read_articles(paper(tmp_path))
    assert articles["outlet"].tolist() == ["Herald", "Post"]
    assert articles["title"].tolist() == TITLES
    assert articles["text"].tolist() == ["Water flows.", "Café"]
    assert articles["published"].dt.day.tolist() == [1, 2]
    files = ["Herald/2024-05-01 Dam opens.txt", "Post/2024-05-02 Dam shuts.txt"]
    assert articles["source_file"].tolist() == files


def test_a_zip_gives_what_its_folder_gives(tmp_path):
    folder = paper(tmp_path / "papers")
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as archive:
        for file in folder.rglob("*.txt"):
            archive.write(file, file.relative_to(folder))
        archive.writestr("__MACOSX/._x", b"\0")
    pd.testing.assert_frame_equal(
        mk.read_articles(folder), mk.read_articles(tmp_path / "papers.zip")
    )


def test_formats_mix_in_a_folder_and_what_is_left_out_is_counted(tmp_path):
    write(tmp_path, "a.csv", CSV)
    write(tmp_path, "b.jsonl.gz", gzip.compress(LINES.encode()))
    write(tmp_path, "c.md", "# Notes")
    write(tmp_path, "d.csv.gz", gzip.compress(CSV.encode() * 50)[:-20])
    with pytest.warns(mk.MediakitWarning, match="files left out: 2 .c.md: .*d.csv"):
        articles = mk.read_articles(tmp_path)
    account = told(articles)
    assert (account["files read"], account["rows kept"]) == (2, 4)
    assert account["exact repeats"] == 2
    assert articles["article_id"].is_unique


def test_an_archive_in_an_archive_in_an_archive_is_refused(tmp_path):
    content, name = CSV.encode(), "a.csv"
    for _ in range(6):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, content)
        content, name = stream.getvalue(), "a.zip"
    with pytest.raises(mk.MediakitError, match="archives in archives"):
        mk.read_articles(write(tmp_path, "a.zip", content))


@pytest.mark.parametrize("squeeze", [gzip.compress, bz2.compress, lzma.compress])
def test_compression_is_told_from_the_bytes(tmp_path, squeeze):
    articles = mk.read_articles(write(tmp_path, "a.csv", squeeze(CSV.encode())))
    assert articles["title"].tolist() == TITLES
    assert "source_file" not in articles


NAMES = st.sampled_from(["a.csv", "a.tsv", "a.json", "a.jsonl", "a.txt", "a", "a.xlsx"])
STARTS = st.sampled_from(
    [b"", b"title,text\n", b"PAR1", b"PK\x03\x04", b"\x1f\x8b\x08", b'{"title": ',
     b'[{"title": "', b"\xff\xfe", b"\xef\xbb\xbf", b"BZh9", b"sep=,\n", b'"title"\n"']
)  # fmt: skip


@given(NAMES, STARTS, st.binary(max_size=200))
def test_any_bytes_give_a_table_or_a_clear_error(tmp_path_factory, name, start, rest):
    path = write(tmp_path_factory.mktemp("fuzz"), name, start + rest)
    try:
        articles = read(path)
    except mk.MediakitError:
        return
    check_articles(articles)
    assert told(articles)["rows kept"] == len(articles)
