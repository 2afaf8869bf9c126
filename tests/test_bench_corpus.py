"""The made-up articles of the benchmarks: any number, the same for one seed."""

import datetime
import re
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bench_helpers import corpus, make_articles


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_articles(700, tmp_path_factory.mktemp("made") / "seven")


def test_files_hold_a_shard_each_and_all_columns(folder):
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == [f"part-{n:05d}.parquet" for n in range(3)]
    assert [pq.read_metadata(file).num_rows for file in files] == [300, 300, 100]
    names = ["outlet", "group", "published", "title", "text"]
    assert pq.read_table(folder).column_names == names


@pytest.mark.parametrize("number", [1, 250, 300, 450])
def test_fewer_articles_are_the_first_of_more(folder, tmp_path, number):
    make_articles(number, tmp_path)
    assert pq.read_table(tmp_path).equals(pq.read_table(folder).slice(0, number))


def test_another_seed_makes_other_articles(folder, tmp_path):
    make_articles(100, tmp_path, seed=2)
    ours, other = (
        pq.read_table(place)["text"].to_pylist() for place in (folder, tmp_path)
    )
    assert not set(ours) & set(other)


def test_a_file_is_written_before_the_next_is_made(tmp_path, monkeypatch):
    """So a million articles need no more memory than one file of them."""
    written = []

    def block(_model, _seed, number):
        written.append(len(list(tmp_path.iterdir())))
        return pa.table({"text": [f"block {number}"] * 100})

    monkeypatch.setattr(corpus, "BLOCK", 100)
    monkeypatch.setattr(corpus, "SHARD", 300)
    monkeypatch.setattr(corpus, "Model", lambda seed: None)
    monkeypatch.setattr(corpus, "block", block)
    corpus.main(900, tmp_path)
    assert written == [0] * 3 + [1] * 3 + [2] * 3


def test_articles_are_news_like(folder):
    table = pq.read_table(folder)
    words = [
        re.findall(r"\w+(?:['’-]\w+)*", text) for text in table["text"].to_pylist()
    ]
    sizes = np.array([len(one) for one in words])
    assert 410 < sizes.mean() < 490
    assert sizes.min() >= 35
    counts = Counter(word.lower() for one in words for word in one)
    assert counts.most_common(1)[0][0] == "the"
    assert 0.03 < counts["the"] / counts.total() < 0.07
    once = sum(count == 1 for count in counts.values())
    assert 0.3 < once / len(counts) < 0.6
    share = np.mean([group == "western" for group in table["group"].to_pylist()])
    assert 0.45 < share < 0.65
    days = table["published"].to_pylist()
    assert max(days) - min(days) > datetime.timedelta(days=700)
