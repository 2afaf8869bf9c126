"""What is packed is unpacked within bounds, wherever a member says it belongs."""

import bz2
import gzip
import io
import lzma
import zipfile

import pytest
from database_files import notes
from load_helpers import read, told, write

import mediakit as mk
from mediakit.load import unpacking

CSV = "title,text,published\nDam opens,Flows.,2024-05-01\n"
ZEROS = b"0" * 3_000_000


def zipped(members, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def narrow(monkeypatch):
    monkeypatch.setattr(unpacking, "ROOMY", 1_000_000)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_bombs_are_refused(tmp_path, narrow, pack):
    with pytest.raises(mk.MediakitError, match="a.csv.gz unpacks to more than 100"):
        mk.read_articles(write(tmp_path, "a.csv.gz", pack(ZEROS)))


def test_a_zip_is_refused_before_it_is_unpacked(tmp_path, narrow):
    bomb = zipped([("a.csv", CSV), ("b.csv", ZEROS)])
    with pytest.raises(mk.MediakitError, match="unpacks to more than 100 times"):
        mk.read_articles(write(tmp_path, "a.zip", bomb))


def test_bombs_in_a_zip_share_one_allowance(tmp_path, narrow):
    packed = [(f"{n}.csv.gz", gzip.compress(ZEROS[:400_000])) for n in range(4)]
    articles = read(write(tmp_path, "a.zip", zipped([("a.csv", CSV), *packed])))
    assert told(articles)["files left out"] >= 2


def test_an_office_file_that_is_a_bomb_is_refused(tmp_path, narrow):
    bomb = zipped([("xl/workbook.xml", "<x/>"), ("xl/worksheets/a.xml", ZEROS)])
    with pytest.raises(mk.MediakitError, match="unpacks to more than 100 times"):
        mk.read_articles(write(tmp_path, "a.xlsx", bomb))


def test_ordinary_archives_are_not_refused(tmp_path):
    lines = CSV + "Dam shuts,Dry.,2024-05-02\n" * 100_000
    assert len(read(write(tmp_path, "a.csv.gz", gzip.compress(lines.encode())))) > 1e5


def test_members_that_point_elsewhere_stay_inside(tmp_path):
    members = [("../../up.csv", CSV), ("/root.csv", CSV), ("a/../b.csv", CSV)]
    folder = tmp_path / "deep" / "er"
    articles = read(write(folder, "a.zip", zipped(members)))
    assert articles["source_file"].tolist() == ["up.csv", "root.csv", "a/b.csv"]
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["a.zip"]


def test_members_of_one_name_are_all_read(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped([("a.csv", CSV), ("a.csv", CSV.replace("opens", "shuts"))])
    assert set(read(write(tmp_path, "a.zip", twice))["title"]) == {
        "Dam opens",
        "Dam shuts",
    }


def test_files_of_one_name_in_several_archives_are_told_apart(tmp_path):
    inner = zipped([("a.csv", CSV), ("empty.csv", "")])
    write(tmp_path, "in/one.zip", inner)
    write(tmp_path, "in/two.zip", inner)
    articles = read(tmp_path / "in")
    assert articles["source_file"].tolist() == ["one.zip/a.csv", "two.zip/a.csv"]
    left = "one.zip/empty.csv: is empty; two.zip/empty.csv: is empty"
    assert notes(articles)["files left out"] == left
    outer = write(tmp_path, "outer.zip", zipped([("x/one.zip", inner), ("b.csv", CSV)]))
    assert sorted(read(outer)["source_file"]) == ["b.csv", "x/one.zip/a.csv"]


def test_every_file_left_out_is_named(tmp_path):
    for number in range(9):
        write(tmp_path, f"{number}.csv", "")
    write(tmp_path, "a.csv", CSV)
    with pytest.warns(mk.MediakitWarning, match=r"out: 9 \(0.*2.csv: .*; and 6 more\)"):
        articles = mk.read_articles(tmp_path)
    told = notes(articles)["files left out"]
    assert all(f"{number}.csv: is empty" in told for number in range(9))


def test_the_lock_files_of_word_are_passed_over(tmp_path):
    write(tmp_path, "~$report.docx", b"\x05Ann" + b"\0" * 158)
    write(tmp_path, "a.csv", CSV)
    assert told(mk.read_articles(tmp_path))["files read"] == 1
