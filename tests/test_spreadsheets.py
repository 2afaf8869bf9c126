"""No CSV that mediakit writes holds a cell that a spreadsheet would run."""

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.load import fetch
from mediakit.share.package import write_tables
from mediakit.spreadsheets import guard, guarded, unguard
from mediakit.text.derived import open_derived

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CALL = "=cmd|' /C calc'!A0"


def cells(folder):
    """Return every cell of every CSV in a folder that is not a number."""
    found = []
    for path in folder.rglob("*.csv"):
        with open(path, encoding="utf-8-sig", newline="") as file:
            found += [cell for row in csv.reader(file) for cell in row]
    return [cell for cell in found if not is_number(cell)]


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


@given(st.text(alphabet=[*RUNS, "'", "a", " "], max_size=6))
def test_what_is_guarded_does_not_run_and_comes_back(text):
    assert not guard(text).startswith(RUNS)
    assert unguard(guard(text)) == text
    assert guard(guard(text)) != guard(text) or guard(text) == text


def test_a_table_is_guarded_and_stays_as_it_was():
    table = pd.DataFrame({"=a": [CALL, None], "n": [-1, 2], "x": pd.Series([1, "+b"])})
    before = table.copy(deep=True)
    made = guarded(table)
    assert made.columns.tolist() == ["'=a", "n", "x"]
    assert made.to_numpy(object)[0].tolist() == ["'" + CALL, -1, 1]
    assert made["x"].tolist() == [1, "'+b"]
    pd.testing.assert_frame_equal(table, before)


@pytest.fixture(scope="module")
def hostile():
    texts = [f"@everyone talks of word{n % 7} " + "peace now " * 40 for n in range(24)]
    columns = {"outlet": [CALL, "B"] * 12, "author": "@SUM(1)", "section": "\t=1"}
    return mk.read_articles(pd.DataFrame({"text": texts, "title": CALL, **columns}))


def test_a_saved_measure_runs_nowhere_and_opens_as_it_was(hostile, tmp_path):
    measure = mk.count_terms(mk.tokenize(hostile))
    assert "@everyone" in set(measure.items["item"])
    measure.save(tmp_path / "terms")
    found = cells(tmp_path)
    assert {"'" + CALL, "'@everyone", "'@SUM(1)", "'\t=1"} <= set(found)
    assert [cell for cell in found if cell.startswith(RUNS)] == []
    again = mk.open_measure(tmp_path / "terms")
    pd.testing.assert_frame_equal(again.items, measure.items)
    pd.testing.assert_frame_equal(again.articles, measure.articles)


def test_a_derived_corpus_runs_nowhere_and_opens_as_it_was(tmp_path):
    rows = pd.DataFrame({"article_id": ["a"], "outlet": [CALL], "published": ["2020"]})
    rows = rows.assign(period="day", n_articles=1, words=3)
    terms = pd.DataFrame({"word": ["+1", "@all", "so"], "articles": [10, 10, 10]})
    from scipy import sparse

    write_tables(tmp_path, rows, terms, sparse.csr_array([[1, 1, 1]]))
    from mediakit.share.package import fingerprint, write_package

    content = {"bag": "article", "measures": [], "parameters": {}}
    write_package(tmp_path, "n", {}, content | {"fingerprint": fingerprint(tmp_path)})
    found = cells(tmp_path)
    assert {"'" + CALL, "'@all"} <= set(found)
    assert [cell for cell in found if cell.startswith(RUNS)] == []
    corpus = open_derived(tmp_path)
    assert corpus.metadata["outlet"].tolist() == [CALL]
    assert corpus.vocabulary.to_pylist() == ["+1", "@all", "so"]


def test_what_became_of_each_address_runs_nowhere(tmp_path):
    class Store:
        def outcomes(self):
            return [dict.fromkeys(fetch.SAID, CALL) | {"status": None, "url": "-1+1"}]

    fetch._write_outcomes(Store(), tmp_path / "outcomes.csv")
    found = cells(tmp_path)
    assert "'-1+1" in found
    assert "None" not in found
    assert [cell for cell in found if cell.startswith(RUNS)] == []
