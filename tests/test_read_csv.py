"""Delimited text in every dialect, and files that are broken in the usual ways."""

import csv
import io
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from load_helpers import read, told, write

import mediakit as mk
from mediakit.load.account import Ledger
from mediakit.load.columns import unique_names
from mediakit.load.csv_scan import scan
from mediakit.schema import ARTICLES, UTC

CELL = st.text(
    st.one_of(st.sampled_from("\"',;\t|\\\r\n aé中"), st.characters(codec="utf-8")),
    max_size=8,
).map(lambda cell: cell.replace("\0", "").replace("\r", "\r\n"))
ROWS = st.lists(st.tuples(CELL, CELL, CELL), max_size=8)
NAMES = ["title", "text", "note"]


def columns_of(articles):
    """Return title, text and the user's note as lists, missing as ""."""
    return [articles[name].astype("str").fillna("").tolist() for name in NAMES]


def written(rows, **dialect):
    stream = io.StringIO(newline="")
    csv.writer(stream, **dialect).writerows([NAMES, *rows])
    return stream.getvalue().encode()


@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t|^~"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    ends=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_that_the_csv_module_writes_is_read_back(
    rows, delimiter, quoting, ends, encoding
):
    marks = ["NA", "N/A", "NaN", "nan", "None", "NULL", "null", "<NA>"]
    rows = [[f"x{c}" if c in marks or c.isdigit() else c for c in row] for row in rows]
    content = written(rows, delimiter=delimiter, quoting=quoting, lineterminator=ends)
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), "a.csv", content.decode().encode(encoding))
        articles = read(path)
    assert len(articles) == told(articles)["rows expected"] == len(rows)
    expected = list(map(list, zip(*rows, strict=True))) or [[], [], []]
    assert columns_of(articles) == expected


def test_a_byte_order_mark_below_the_headings_is_text(tmp_path):
    path = write(tmp_path, "a.csv", "title,text\n\ufeffA,b\n")
    assert mk.read_articles(path)["title"].tolist() == ["\ufeffA"]


@pytest.mark.parametrize(
    "dialect",
    [
        {"doublequote": False, "escapechar": "\\"},
        {"quoting": csv.QUOTE_NONE, "escapechar": "\\", "quotechar": None},
        {"quoting": csv.QUOTE_ALL, "quotechar": "'"},
        {"delimiter": "\x1f"},
        {"delimiter": "¦", "quoting": csv.QUOTE_ALL},
        {"lineterminator": "\r"},
    ],
)
def test_rarer_dialects_are_told_from_the_file(tmp_path, dialect):
    rows = [["Dam, opens", 'He said "yes", once', "a"], ["Dam shuts", "No, no", "b"]]
    path = write(tmp_path, "a.csv", written(rows, **dialect))
    assert columns_of(read(path)) == list(map(list, zip(*rows, strict=True)))


def test_blanks_after_delimiters_do_not_hide_quotes(tmp_path):
    path = write(tmp_path, "a.csv", 'title, text\nA, "one, two"\nB, "three, four"\n')
    assert read(path)["text"].tolist() == ["one, two", "three, four"]


def test_the_first_line_may_name_the_delimiter(tmp_path):
    path = write(tmp_path, "a.csv", "sep=;\r\ntitle;text\r\nA, B;C, D\r\n")
    assert read(path).loc[0, ["title", "text"]].tolist() == ["A, B", "C, D"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16-le", "utf-32"])
def test_encodings_are_told_from_the_bytes(tmp_path, encoding):
    content = "title,text\nCafé zu,Der Preis für Öl steigt\n".encode(encoding)
    articles = read(write(tmp_path, "a.csv", content))
    assert articles["text"].tolist() == ["Der Preis für Öl steigt"]
    assert told(articles)["files in another encoding"] == 1


def test_short_and_long_rows_are_kept_padded_and_counted(tmp_path):
    path = write(tmp_path, "a.csv", "title,text\nA,b\nC\n\nD,e,f,g\nH,i,\n")
    with pytest.warns(mk.MediakitWarning) as caught:
        articles = mk.read_articles(path)
    assert "rows too short: 1 (first in line 3" in str(caught[0].message)
    assert "rows too long: 1 (first in line 5" in str(caught[0].message)
    assert articles["title"].tolist() == ["A", "C", "D", "H"]
    assert articles["extra_cells"].fillna("").tolist() == ["", "", "f,g", ""]
    assert told(articles)["rows expected"] == 4


def test_nul_bytes_are_removed_and_counted(tmp_path):
    path = write(tmp_path, "a.csv", b"title,text\nA,one\0two\0\nB,three\n")
    with pytest.warns(mk.MediakitWarning, match="NUL bytes removed: 2"):
        assert mk.read_articles(path)["text"].tolist() == ["onetwo", "three"]


def test_mixed_encodings_in_one_file_are_read_line_by_line_and_counted(tmp_path):
    content = "title,text\nOne,Größe\nTwo,Übung\n".encode() + "Three,Café".encode(
        "cp1252"
    )
    path = write(tmp_path, "a.csv", content)
    with pytest.warns(mk.MediakitWarning, match="lines not in UTF-8: 1 .*line 4"):
        assert mk.read_articles(path)["text"].tolist() == ["Größe", "Übung", "Café"]


def test_a_broken_byte_leaves_the_rest_of_its_line_alone(tmp_path):
    content = "title,text\nA,Größe ".encode() + b"\x93ja\x94" + " à la carte\n".encode()
    with pytest.warns(mk.MediakitWarning, match="lines not in UTF-8|another"):
        articles = mk.read_articles(
            write(tmp_path, "a.csv", content + "B,é\n".encode())
        )
    assert articles["text"].tolist() == ["Größe “ja” à la carte", "é"]


@pytest.mark.parametrize("encoding", ["cp1251", "gb18030", "shift_jis", "euc_kr"])
def test_other_scripts_are_asked_about_not_guessed(tmp_path, encoding):
    words = {"cp1251": "Вода идёт", "gb18030": "大坝开放", "euc_kr": "댐이 열렸다"}
    text = words.get(encoding, "ダムが開いた")
    path = write(tmp_path, "a.csv", f"title,text\nA,{text}\n".encode(encoding))
    with pytest.raises(mk.MediakitError, match=f"neither UTF-8 nor .*'{encoding}'"):
        mk.read_articles(path)
    assert mk.read_articles(path, encoding=encoding)["text"].tolist() == [text]


def test_a_wrong_or_unknown_encoding_is_said(tmp_path):
    path = write(tmp_path, "a.csv", "title\nCafé\n".encode("cp1252"))
    with pytest.raises(mk.MediakitError, match="not utf-8 throughout.*Leave"):
        mk.read_articles(path, encoding="utf-8")
    with pytest.raises(mk.MediakitError, match="'klingon' is not known"):
        mk.read_articles(path, encoding="klingon")


def test_a_line_of_twenty_megabytes_is_read(tmp_path):
    long = "word, " * (20_000_000 // 6)
    path = write(tmp_path, "a.csv", f'title,text\nA,"{long}"\nB,c\n')
    assert mk.read_articles(path)["text"].str.len().tolist() == [len(long), 1]
    path = write(tmp_path, "b.csv", f'title;text\nA;{long}\nB;c"d\n')
    assert mk.read_articles(path)["text"].str.len().tolist() == [len(long), 3]


def test_headings_that_repeat_or_lack_a_name_are_numbered(tmp_path):
    path = write(tmp_path, "a.csv", "title,note,note,\nA,1,2,3\n")
    articles = mk.read_articles(path)
    assert list(articles.columns[-3:]) == ["note", "note (2)", "column_4"]
    assert told(articles)["headings that stand twice"] == 1


def numbered(names):
    """Number repeats the plain way: try one number after the other."""
    taken = []
    for name in names:
        number, new = 1, name
        while new in taken or (number > 1 and new in names):
            number += 1
            new = f"{name} ({number})"
        taken.append(new)
    return taken


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "a (2) (2)", "b"]), max_size=9))
def test_repeated_headings_are_numbered_as_if_one_by_one(names):
    assert unique_names(names, Ledger()) == numbered(names)


def test_twenty_thousand_equal_headings_are_numbered():
    assert unique_names(["note"] * 20_000, Ledger())[-1] == "note (20000)"


def test_numbers_are_numbers_only_where_nothing_is_lost(tmp_path):
    path = write(
        tmp_path,
        "a.csv",
        "title,whole,broken,gaps,zip,huge\nA,1,0.50,2,007,12345678901234567890\n"
        "B,-2,3,,010,2\n",
    )
    articles = mk.read_articles(path)
    assert articles["whole"].tolist() == [1, -2]
    assert articles["broken"].tolist() == [0.5, 3.0]
    assert articles["gaps"].dtype == "float64"
    assert articles["zip"].tolist() == ["007", "010"]
    assert articles["huge"].tolist() == ["12345678901234567890", "2"]


def test_marks_for_missing_are_read_as_missing_and_counted(tmp_path):
    path = write(tmp_path, "a.csv", "title,text,note\nA,NA,NA\nnull,b,x\n")
    articles = mk.read_articles(path)
    assert articles[["title", "text"]].isna().sum().sum() == 2
    assert articles["note"].tolist() == ["NA", "x"]
    assert told(articles)["cells read as missing"] == 2


def test_a_file_of_headings_gives_an_empty_table_with_all_columns(tmp_path):
    articles = mk.read_articles(write(tmp_path, "a.csv", "title,published,note\n"))
    assert len(articles) == 0
    assert list(articles) == [*ARTICLES, "note"]
    assert str(articles["published"].dtype) == UTC


@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_the_scan_counts_what_the_csv_module_counts(rows, ends):
    content = written(rows, lineterminator=ends)
    text = io.StringIO(content.decode(), newline="")
    found = scan(content, delimiter=",")
    assert found.regular
    assert found.records == sum(bool(row) for row in csv.reader(text, strict=True))


def test_pandas_reads_the_same_from_a_regular_file(tmp_path):
    rows = [[f"Title {n}", f'Text, "{n}"\r\nmore', f"note {n}"] for n in range(5000)]
    path = write(tmp_path, "a.csv", written(rows))
    theirs = pd.read_csv(path)
    assert columns_of(mk.read_articles(path)) == columns_of(theirs)
