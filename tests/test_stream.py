"""Corpora made of files, shard by shard: the same as of the table they hold."""

import json
import warnings

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from articles import same_corpus
from load_helpers import read, write
from nltk.tokenize import TreebankWordTokenizer

import mediakit as mk
from mediakit.load import staging
from mediakit.text import tokenize as tokenizing


@pytest.fixture(autouse=True)
def small_shards(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 7)


def table_of(size=40, **columns):
    numbers = range(size)
    texts = [f"Word{n % 5} said: “No {n}”. End." if n % 9 else None for n in numbers]
    return pd.DataFrame(
        {
            "Headline": [f"Title {n % 13}" if n % 6 else "" for n in numbers],
            "body": texts,
            "date": [f"{1 + n % 28:02d}/{1 + n % 12:02d}/2022" for n in numbers],
            "source": ["A", "B", "NA", None] * (size // 4),
            "id": [f"x{n // 2}" if n % 5 else None for n in numbers],
            "stars": [n if n % 7 else None for n in numbers],
            **columns,
        }
    )


def tokenize(path, folder, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.tokenize(path, folder=folder, **options)


def assert_same(corpus, path):
    articles = read(path)
    same_corpus(corpus, mk.tokenize(articles))
    one, other = corpus.provenance["source"], articles.attrs["mediakit"]
    assert one["checksum"] == other["checksum"]
    assert one["parameters"] == other["parameters"]
    assert by_heading(one) == by_heading(other)


def by_heading(source):
    return {line["what"]: line["articles"] for line in source["account"]}


@pytest.mark.parametrize("rows", [3, 11, 100])
def test_a_parquet_file_gives_what_read_articles_gives(tmp_path, rows):
    table_of().to_parquet(tmp_path / "all.parquet", row_group_size=rows)
    corpus = tokenize(tmp_path / "all.parquet", tmp_path / "corpus")
    assert [len(part) for part in corpus.parts] == [7, 7, 7, 7, 7, 5]
    assert_same(corpus, tmp_path / "all.parquet")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["all.parquet", "corpus"]


def test_typed_columns_keep_their_types(tmp_path):
    dates = pd.date_range("2022-01-01 10:00", periods=40, freq="h", tz="UTC")
    table = table_of(date=dates, own=[True, False] * 20, lists=[["a", "b"]] * 40)
    table.to_parquet(tmp_path / "all.parquet")
    corpus = tokenize(tmp_path / "all.parquet", tmp_path / "corpus")
    assert_same(corpus, tmp_path / "all.parquet")


def test_files_of_a_folder_are_joined(tmp_path):
    folder = tmp_path / "many files ✓"
    folder.mkdir()
    table_of(12).to_parquet(folder / "a.parquet")
    table_of(8).drop(columns="stars").to_parquet(folder / "b.parquet")
    table_of(4).drop(columns="Headline").to_parquet(folder / "c.parquet")
    corpus = tokenize(folder, tmp_path / "corpus")
    assert_same(corpus, folder)
    assert corpus.metadata["source_file"].nunique() == 3


def test_names_of_folders_are_columns(tmp_path):
    table = table_of().drop(columns="source")
    for outlet in ("Le Monde", "BBC"):
        for year in (2021, 2022):
            folder = tmp_path / "data" / f"outlet={outlet.replace(' ', '%20')}"
            folder = folder / f"year={year}"
            folder.mkdir(parents=True)
            table.to_parquet(folder / "part-0.parquet")
    (tmp_path / "data" / "_SUCCESS").write_text("")
    corpus = tokenize(tmp_path / "data", tmp_path / "corpus")
    assert len(corpus) == 160
    assert corpus.metadata["outlet"].value_counts().to_dict() == {
        "Le Monde": 80,
        "BBC": 80,
    }
    assert corpus.metadata["year"].unique().tolist() == [2021, 2022]
    assert corpus.metadata["article_id"].is_unique


@pytest.mark.parametrize("name", ["all.csv", "all.jsonl", "all.json"])
def test_other_files_are_converted_first(tmp_path, name):
    table = table_of()
    if name == "all.csv":
        table.to_csv(tmp_path / name, index=False)
    else:
        table.to_json(tmp_path / name, orient="records", lines=name.endswith("l"))
    assert_same(tokenize(tmp_path / name, tmp_path / "corpus"), tmp_path / name)


def test_folders_of_anything_are_converted_file_by_file(tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    table_of(8).to_csv(folder / "a.csv", index=False)
    table_of(8).to_parquet(folder / "b.parquet")
    write(folder, "c/2022-03-04 A dam.txt", "The dam opened.")
    write(folder, "d/2022-03-05 A bridge.txt", "The bridge closed.")
    write(folder, "e.csv", "no,known,column\n1,2,3\n")
    corpus = tokenize(folder, tmp_path / "corpus")
    assert_same(corpus, folder)
    assert by_heading(corpus.provenance["source"])["files left out"] == 1


def test_json_lines_are_read_in_blocks(tmp_path, monkeypatch):
    table_of(200).to_json(tmp_path / "all.jsonl", orient="records", lines=True)
    monkeypatch.setattr(staging, "BLOCK", 3_000)
    corpus = tokenize(tmp_path / "all.jsonl", tmp_path / "corpus")
    assert_same(corpus, tmp_path / "all.jsonl")


def test_a_csv_that_must_be_read_whole_may_not_be_huge(tmp_path, monkeypatch):
    table_of().to_csv(tmp_path / "all.csv", index=False)
    monkeypatch.setattr(staging, "LARGEST", 100)
    with pytest.raises(mk.MediakitError, match="convert it to Parquet in parts"):
        tokenize(tmp_path / "all.csv", tmp_path / "corpus")
    assert [path.name for path in tmp_path.iterdir()] == ["all.csv"]


def test_a_path_needs_a_folder_and_a_table_may_have_one(tmp_path):
    table_of().to_parquet(tmp_path / "all.parquet")
    with pytest.raises(mk.MediakitError, match="`folder` must say where"):
        mk.tokenize(tmp_path / "all.parquet")
    with pytest.raises(mk.MediakitError, match="There is no file"):
        mk.tokenize(tmp_path / "none.parquet", folder=tmp_path / "corpus")
    articles = read(tmp_path / "all.parquet")
    same_corpus(mk.tokenize(articles, folder=tmp_path / "c"), mk.tokenize(articles))


def test_other_tokenizers_stream_too(tmp_path):
    table_of().to_parquet(tmp_path / "all.parquet")
    rule = TreebankWordTokenizer()
    corpus = tokenize(tmp_path / "all.parquet", tmp_path / "c", tokenizer=rule)
    articles = read(tmp_path / "all.parquet")
    same_corpus(corpus, mk.tokenize(articles, tokenizer=rule))


def test_what_is_wrong_is_said(tmp_path):
    pq.write_table(pa.table({"n": [1]}), tmp_path / "n.parquet")
    with pytest.raises(mk.MediakitError, match="no column known to hold titles"):
        tokenize(tmp_path / "n.parquet", tmp_path / "corpus")
    whole = table_of()
    whole.to_parquet(tmp_path / "n.parquet")
    data = (tmp_path / "n.parquet").read_bytes()
    (tmp_path / "n.parquet").write_bytes(data[: len(data) // 2])
    with pytest.raises(mk.MediakitError, match="not a complete Parquet file"):
        tokenize(tmp_path / "n.parquet", tmp_path / "corpus")
    whole.assign(body="为人民服务是共产党的宗旨").to_parquet(tmp_path / "n.parquet")
    with pytest.raises(mk.MediakitError, match="Chinese"):
        tokenize(tmp_path / "n.parquet", tmp_path / "corpus")
    assert [path.name for path in tmp_path.iterdir()] == ["n.parquet"]


def test_no_articles_give_an_empty_corpus(tmp_path):
    table_of().iloc[:0].to_parquet(tmp_path / "none.parquet")
    corpus = tokenize(tmp_path / "none.parquet", tmp_path / "corpus")
    assert len(corpus) == 0
    assert corpus.metadata.columns.tolist()[:3] == ["article_id", "outlet", "published"]


def test_constructed_articles_stay_marked(tmp_path):
    table_of(constructed="true").to_parquet(tmp_path / "all.parquet")
    corpus = tokenize(tmp_path / "all.parquet", tmp_path / "corpus")
    assert corpus.provenance["constructed"]
    index = (tmp_path / "corpus" / "corpus.json").read_text("utf-8")
    assert json.loads(index.rpartition("\n{")[0])["articles"] == 40
    assert np.unique(corpus.totals()).tolist() == [0, 5]
