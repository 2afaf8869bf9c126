"""JSON, JSON Lines, Parquet, Excel, text files and what holds several of them."""

import bz2
import gzip
import json
import lzma
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from load_helpers import read, told, write

import mediakit as mk

RECORDS = [
    {"title": "Dam opens", "text": "Water flows.", "published": "2024-05-01"},
    {"title": "Dam shuts", "text": "Water stops.", "published": "2024-05-02"},
]
TITLES = ["Dam opens", "Dam shuts"]
CSV = "title,text,published\n" + "".join(
    f"{r['title']},{r['text']},{r['published']}\n" for r in RECORDS
)
LINES = "\n".join(map(json.dumps, RECORDS))


@pytest.mark.parametrize(
    "document",
    [
        RECORDS,
        {"articles": RECORDS},
        {"status": "ok", "title": "My search", "articles": RECORDS},
        {"response": {"docs": RECORDS, "total": 2}},
        {"a1": RECORDS[0], "a2": RECORDS[1]},
        {key: [record[key] for record in RECORDS] for key in RECORDS[0]},
        {key: {"0": RECORDS[0][key], "1": RECORDS[1][key]} for key in RECORDS[0]},
    ],
)
def test_every_usual_shape_of_json_gives_its_records(tmp_path, document):
    articles = read(write(tmp_path, "a.json", json.dumps(document)))
    assert articles["title"].tolist() == TITLES
    assert articles["text"].tolist() == ["Water flows.", "Water stops."]
    assert articles["published"].dt.day.tolist() == [1, 2]


def test_records_under_keys_keep_the_keys_as_ids(tmp_path):
    articles = read(write(tmp_path, "a.json", json.dumps({"k7": RECORDS[0]})))
    assert articles["article_id"].tolist() == ["k7"]


def test_keys_that_would_hide_each_other_are_all_kept(tmp_path):
    record = {"title": "A", "id": 5, "a.b": 1, "a": {"b": 2}}
    articles = read(write(tmp_path, "a.json", json.dumps({"k7": record})))
    assert articles["article_id"].tolist() == ["5"]
    assert articles.loc[0, ["a.b", "a.b (2)", "id (2)"]].tolist() == [1, 2, "k7"]


def test_one_article_is_one_row(tmp_path):
    story = RECORDS[0] | {"tags": [{"tag": "water"}]}
    articles = read(write(tmp_path, "a.json", json.dumps(story)))
    assert articles["title"].tolist() == ["Dam opens"]
    assert articles["tags"].tolist() == ['[{"tag": "water"}]']


def test_nested_objects_become_columns_and_lists_become_text(tmp_path):
    record = {
        "title": "Dam opens",
        "content": ["Water flows.", "Boats wait."],
        "source": {"id": 7, "name": "Herald"},
        "authors": ["Ann Oak", "Bo Elm"],
        "size": 2**70,
    }
    articles = read(write(tmp_path, "a.json", json.dumps([record])))
    row = articles.loc[0]
    assert row["text"] == "Water flows.\n\nBoats wait."
    assert row["author"] == "Ann Oak; Bo Elm"
    assert row["outlet"] == "Herald"
    assert row["source.id"] == 7
    assert row["size"] == str(2**70)


def test_a_key_that_stands_twice_and_a_broken_character_are_kept(tmp_path):
    content = '[{"title": "A", "note": "one", "note": "\\ud800x"}]'
    articles = read(write(tmp_path, "a.json", content))
    assert articles.loc[0, ["note", "note (2)"]].tolist() == ["one", "\ufffdx"]


def test_entries_that_are_no_record_are_dropped_and_counted(tmp_path):
    path = write(tmp_path, "a.json", json.dumps([*RECORDS, None, "x"]))
    with pytest.warns(mk.MediakitWarning, match="entries that are no record: 2"):
        articles = mk.read_articles(path)
    account = told(articles)
    assert (account["rows expected"], account["rows kept"]) == (4, 2)
    assert "rows lost" not in account


def test_lines_that_are_no_record_are_dropped_and_counted(tmp_path):
    path = write(tmp_path, "a.jsonl", LINES + '\n\n{"title": "cut of\n[1]\n')
    match = "entries that are no record: 2 .first in line 4"
    with pytest.warns(mk.MediakitWarning, match=match):
        articles = mk.read_articles(path)
    assert articles["title"].tolist() == TITLES
    assert told(articles)["rows expected"] == 4


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson", "a", "a.txt"])
def test_json_lines_are_told_from_the_content(tmp_path, name):
    assert read(write(tmp_path, name, LINES))["title"].tolist() == TITLES


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", LINES[:-5], "not valid JSON.*cut off"),
        ("a.json", "[1, 2]", "holds no records. Expected a list"),
        ("a.json", "[" * 100_000, "not valid JSON"),
        ("a.jsonl", "no\nrecord", "no line that is a JSON record"),
        ("a.parquet", b"PAR1 and no more", "not a complete Parquet file"),
        ("a.xlsx", b"PK\x03\x04 and no more", "damaged zip"),
        ("a.csv.gz", gzip.compress(CSV.encode() * 99)[:-20], "cut off, damaged"),
        ("a.csv.bz2", bz2.compress(CSV.encode())[:-9], "cut off, damaged"),
        ("a.csv.xz", lzma.compress(CSV.encode())[:-9], "cut off, damaged"),
        ("a.csv", "", "a.csv is empty"),
        ("a.pdf", b"%PDF-1.7 \xe2\xe3", "a.pdf is a damaged PDF"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0", "a.csv is a PNG image"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(600), r"save it as \.docx, \.xlsx or"),
        ("a.webarchive", b"bplist00" + bytes(99), "save its page source"),
        (
            "a.mht",
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related;\r\n\ttype="text/html"\r\n',
            r"a.mht is a page saved as MHTML \(save it as HTML\)",
        ),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "not a complete Excel work.*\\.xlsx"),
        ("a.csv", bytes(range(256)) * 9, "binary file of unknown kind"),
        ("a.log", "Dam opens today", "none known; tried were.*format='csv'"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path, name, content, message):
    with pytest.raises(mk.MediakitError, match=f"(?s){message}"):
        mk.read_articles(write(tmp_path, name, content))


def test_a_format_that_cannot_be_told_can_be_said(tmp_path):
    path = write(tmp_path, "a.log", "title\ttext\nA, b, c\td, e\n")
    with pytest.raises(mk.MediakitError, match="none known"):
        mk.read_articles(path)
    articles = mk.read_articles(path, format="tsv")
    assert articles.loc[0, ["title", "text"]].tolist() == ["A, b, c", "d, e"]
    article = mk.read_articles(path, format="txt")
    assert article.loc[0, "text"] == path.read_text()
    with pytest.raises(mk.MediakitError, match="not valid JSON"):
        mk.read_articles(path, format="json")


def test_parquet_keeps_types_and_moments(tmp_path):
    frame = pd.DataFrame(RECORDS).assign(
        published=pd.to_datetime(["2024-05-01 01:00", None]).tz_localize("Asia/Tokyo"),
        score=[0.5, 1.0],
        tags=[["a", "b"], []],
    )
    frame.to_parquet(tmp_path / "a.parquet")
    articles = read(tmp_path / "a.parquet")
    assert articles["published"][0] == pd.Timestamp("2024-04-30 16:00", tz="UTC")
    assert articles["score"].tolist() == [0.5, 1.0]
    assert articles["tags"].tolist() == ["a; b", ""]
    assert told(articles)["rows expected"] == 2


def workbook(folder, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def test_excel_joins_sheets_with_the_same_headings_and_counts_the_rest(tmp_path):
    heading = ["title", "published", None]
    path = workbook(
        tmp_path,
        May=[heading, ["Dam opens", datetime(2024, 5, 1), 3], [None] * 3],
        June=[heading, ["Dam shuts", "2 June 2024", 4]],
        Notes=[["whatever"], ["else"]],
    )
    with pytest.warns(mk.MediakitWarning, match="rows on sheets left out: 2 .'Notes'"):
        articles = mk.read_articles(path)
    assert articles["title"].tolist() == TITLES
    assert articles["published_precision"].tolist() == ["day", "day"]
    assert articles["column_3"].tolist() == [3, 4]
    account = told(articles)
    assert account["rows expected"] == account["rows read"] == 2


def test_excel_without_headings_is_read_by_position(tmp_path):
    path = workbook(tmp_path, A=[[20240501, "Dam opens"], [20240502, "Dam shuts"]])
    articles = mk.read_articles(path, columns={1: "title", 0: "published"})
    assert articles["title"].tolist() == TITLES
    assert articles["published"].dt.day.tolist() == [1, 2]


def test_texts_cut_at_the_limit_of_excel_are_counted():
    table = pd.DataFrame({"title": ["A", "B"], "text": ["x" * 32_767, "x" * 32_768]})
    with pytest.warns(mk.MediakitWarning, match="texts cut by Excel: 1"):
        mk.read_articles(table)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_table_that_was_read_comes_back_from_any_file_as_it_was(tmp_path, ending):
    table = pd.DataFrame(
        {
            "outlet": ["Herald", "Post", None],
            "published": ["2024-05-01", "May 2024", "2 May 2024, 15:45"],
            "title": ["Dam opens", None, 'He said "no"'],
            "text": ["One.\n\nTwo, three", "Übung", "x"],
            "words": [3, 1, 1],
        }
    )
    articles = mk.read_articles(table)
    path = tmp_path / f"a.{ending}"
    if ending == "csv":
        articles.to_csv(path, index=False)
    elif ending == "jsonl":
        articles.to_json(path, orient="records", lines=True, date_format="iso")
    elif ending == "parquet":
        articles.to_parquet(path)
    else:
        plain = articles.assign(published=articles["published"].dt.tz_localize(None))
        plain.to_excel(path, index=False)
    pd.testing.assert_frame_equal(mk.read_articles(path), articles)


def test_a_hundred_thousand_blank_lines_are_read_like_few(tmp_path):
    path = tmp_path / "blank.txt"
    path.write_text("Title\n" + "\n" * 100_000 + "The words.\n")
    articles = mk.read_articles(path)
    assert articles["text"].str.contains("The words").all()
