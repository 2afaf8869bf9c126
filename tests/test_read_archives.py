"""WARC and ARC: every page arrives; damage costs only what stands in it."""

import gzip
import sys
import tracemalloc
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from archive_files import ARC_HEAD, PAGE, THREE, arc_record, record, response
from hypothesis import given, settings
from hypothesis import strategies as st
from load_helpers import read, told, write

import mediakit as mk
from mediakit.load import archives_records
from mediakit.load.account import Ledger
from mediakit.load.archives import FORMAT
from mediakit.load.archives_records import read_records
from mediakit.load.sources import Options, Source

SAMPLES = Path(__file__).parents[2] / "shared/data/formats/warc"


def read_raw(data):
    """Read an archive as it lies on disk, compressed or not."""
    ledger = Ledger()
    source = Source("crawl.warc.gz", "", lambda: data)
    return FORMAT.read(source, Options(), ledger), ledger


def numbers(articles):
    return [int(url.rpartition("/")[2]) for url in articles["url"]]


def test_a_page(tmp_path):
    row = read(write(tmp_path, "crawl.warc", response(1))).iloc[0]
    assert (row["title"], row["outlet"]) == ("Quay 1", "post.example")
    assert row["text"] == "The quay is mended, 1 says.\n\nNobody cheers."
    assert row["url"] == "https://www.post.example/1"
    assert (row["retrieved"], row["content_type"]) == (
        "2016-05-03T09:20:00Z",
        "text/html",
    )


def test_date_of_capture_is_not_taken_for_the_date(tmp_path):
    articles = read(write(tmp_path, "crawl.warc", b"".join(THREE)))
    assert articles["published"].isna().all()
    assert "columns that look like dates" not in told(articles)


@pytest.mark.parametrize(
    "pack",
    [b"".join, lambda parts: gzip.compress(b"".join(parts)),
     lambda parts: b"".join(map(gzip.compress, parts))],
    ids=["plain", "one member", "a member each"],
)  # fmt: skip
@pytest.mark.parametrize(
    "parts", [THREE, [ARC_HEAD, *map(arc_record, (1, 2, 3))]], ids=["warc", "arc"]
)
def test_containers(tmp_path, pack, parts):
    for articles in (
        read(write(tmp_path, "crawl.bin", pack(parts))),
        read_raw(pack(parts))[0],
    ):
        assert numbers(articles) == [1, 2, 3]
        assert articles["title"].tolist() == ["Quay 1", "Quay 2", "Quay 3"]


def test_what_is_no_page_is_counted_by_kind(tmp_path):
    others = [
        record("request", 4, b"GET / HTTP/1.1\r\n\r\n", "application/http"),
        record("warcinfo", 5, b"software: x\r\n", "application/warc-fields"),
        response(6, status="404 Not Found"),
        response(7, kind="image/png", body=b"\x89PNG"),
    ]
    articles = read(write(tmp_path, "crawl.warc", b"".join([*THREE, *others])))
    lines = mk.account(articles).set_index("what")
    assert numbers(articles) == [1, 2, 3]
    assert lines.loc["records that are no page", "articles"] == 4
    note = lines.loc["records that are no page", "note"]
    assert note == "image/png 1, request 1, status 404 1, warcinfo 1"


def test_extracted_text_of_a_crawl(tmp_path):
    block = "Мост открыт.\n\nНикто не рад.".encode()
    wet = record("conversion", 1, block, "text/plain")
    row = read(write(tmp_path, "crawl.wet", wet)).iloc[0]
    assert row["text"] == "Мост открыт.\n\nНикто не рад."


@pytest.mark.parametrize(
    ("head", "pack"),
    [("Content-Encoding: gzip\r\n", gzip.compress),
     ("Transfer-Encoding: chunked\r\n",
      lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))],
    ids=["gzip", "chunked"],
)  # fmt: skip
def test_transfer_is_undone(tmp_path, head, pack):
    raw = response(1, body=pack(PAGE.format(1).encode()), head=head)
    assert read(write(tmp_path, "c.warc", raw)).loc[0, "title"] == "Quay 1"


@pytest.mark.parametrize(
    ("kind", "meta", "encoding"),
    [("text/html", "", "utf-8"), ("text/html; charset=koi8-r", "", "koi8-r"),
     ("text/html", '<meta charset="cp1251">', "cp1251"),
     ("text/html; charset=none-such", "", "utf-8")],
)  # fmt: skip
def test_encoding_of_a_page(tmp_path, kind, meta, encoding):
    body = f"<html><head>{meta}<title>Мост</title></head></html>".encode(encoding)
    raw = response(1, body=body, kind=kind)
    assert read(write(tmp_path, "c.warc", raw)).loc[0, "title"] == "Мост"


@pytest.mark.parametrize("change", [-20, 20, 10_000])
def test_a_wrong_length_costs_no_other_record(tmp_path, change):
    size = len(THREE[1].partition(b"\r\n\r\n")[2]) - 4
    wrong = THREE[1].replace(
        f"Content-Length: {size}".encode(), f"Content-Length: {size + change}".encode()
    )
    articles = read(write(tmp_path, "c.warc", THREE[0] + wrong + THREE[2]))
    assert numbers(articles) == [1, 2, 3]
    assert told(articles)["records cut off or of a wrong length"] == 1


def test_rubbish_between_records(tmp_path):
    raw = THREE[0] + b"rubbish\nWARC of words\n" * 9 + THREE[1] + b"more of it"
    articles = read(write(tmp_path, "c.warc", raw))
    assert numbers(articles) == [1, 2]
    assert told(articles)["records cut off or of a wrong length"] == 2


def test_a_cut_archive_keeps_what_there_is(tmp_path):
    raw = b"".join(THREE)[:-60]
    with pytest.warns(mk.MediakitWarning, match="cut off"):
        articles = mk.read_articles(write(tmp_path, "c.warc", raw))
    assert numbers(articles) == [1, 2, 3]
    assert articles["text"].str.len().is_monotonic_decreasing


def test_damaged_members_cost_only_themselves():
    members = [gzip.compress(part) for part in THREE]
    members[1] = members[1][:40] + b"\xff" * 20 + members[1][60:]
    articles, ledger = read_raw(b"".join(members))
    assert {1, 3} <= set(numbers(articles))
    assert ledger.count("compressed members damaged, read up to the damage") == 1


def test_a_cut_compressed_archive_keeps_what_there_is():
    raw = b"".join(map(gzip.compress, THREE))[:-100]
    articles, ledger = read_raw(raw)
    assert numbers(articles)[:2] == [1, 2]
    assert ledger.count("compressed members damaged, read up to the damage") == 1


def test_a_cut_compressed_file_keeps_what_there_is(tmp_path):
    raw = b"".join(map(gzip.compress, THREE))[:-100]
    articles = read(write(tmp_path, "c.warc.gz", raw))
    assert numbers(articles)[:2] == [1, 2]
    assert told(articles)["compressed members damaged, read up to the damage"] == 1


def test_a_record_too_large_is_left_out(monkeypatch):
    monkeypatch.setattr(archives_records, "LARGEST", 1_000)
    large = response(2, body=b"x" * 5_000)
    articles, ledger = read_raw(THREE[0] + large + THREE[2])
    assert numbers(articles) == [1, 3]
    assert ledger.count("records too large, left out") == 1


@pytest.mark.parametrize("each", [gzip.compress, bytes], ids=["gzip", "plain"])
def test_memory_does_not_grow_with_the_archive(each):
    body = b"<p>" + b"word " * 20_000
    peaks = []
    for copies in (20, 200):
        data = each(response(1, body=body)) * copies
        tracemalloc.start()
        assert sum(1 for _ in read_records(data, Counter())) == copies
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_nothing_is_printed(tmp_path, capfd):
    read(write(tmp_path, "c.warc", THREE[0][:-60] + THREE[1]))
    assert capfd.readouterr() == ("", "")


def test_missing_package_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "warcio", None)
    with pytest.raises(mk.MediakitError, match=r'pip install "mediakit\[web\]"'):
        mk.read_articles(write(tmp_path, "c.warc", THREE[0]))


def test_records_are_those_of_warcio(tmp_path):
    from warcio.archiveiterator import ArchiveIterator

    raw = b"".join(THREE)
    theirs = [r.content_stream().read() for r in ArchiveIterator(BytesIO(raw))]
    ours = [
        next(iter(ArchiveIterator(BytesIO(part)))).content_stream().read()
        for part in read_records(raw, Counter())
    ]
    assert ours == theirs


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_mutated_archives_give_a_table_or_an_error(tmp_path_factory, data):
    packed = [
        b"".join(THREE),
        ARC_HEAD + arc_record(1) + arc_record(2),
        b"".join(map(gzip.compress, THREE)),
    ]
    raw = bytearray(data.draw(st.sampled_from(packed)))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw)))
        raw[place : place + data.draw(st.integers(0, 40))] = data.draw(
            st.binary(max_size=8) | st.sampled_from([b"WARC/1.0\r\n", b"\r\n\r\n"])
        )
    articles, ledger = read_raw(bytes(raw))
    assert ledger.count("rows read") == len(articles)
    path = write(tmp_path_factory.getbasetemp(), "mutated.warc", bytes(raw))
    try:
        articles = read(path)
    except mk.MediakitError:
        return
    assert told(articles)["rows kept"] == len(articles)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not there")
@pytest.mark.parametrize(
    ("name", "others"),
    [("example.arc", 1), ("example.arc.gz", 1), ("example.warc", 5),
     ("example.warc.gz", 5)],
)  # fmt: skip
def test_samples_read_completely(name, others):
    articles = read(SAMPLES / name)
    lines = told(articles)
    assert lines["rows expected"] == lines["rows kept"] == 1
    assert lines["records that are no page"] == others
    assert articles.loc[0, "url"] == "http://example.com/"
    raw, ledger = read_raw((SAMPLES / name).read_bytes())
    assert raw["text"].tolist() == articles["text"].tolist()
    marks = "texts with signs of a paywall or a cut"  # "More information..."
    assert all(loss.startswith(marks) for loss in ledger.losses())
