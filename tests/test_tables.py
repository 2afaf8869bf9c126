"""save_table and read_table: what comes back is what went in."""

import csv
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plot_tables import comparison, summary, trend

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.show.tables import read_table, save_table

AWKWARD = ["", "NA", "nan", "<missing>", "=1+1", "'=1", "''@x", "-", "+49", "\t", "＝1"]
AWKWARD += ["a,b", 'a"b', "a\nb", "a\rb", "\r\n", "\0", "\ufeff", " x ", "#", "'", None]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
TEXTS = TEXTS | st.sampled_from(AWKWARD)


def typed(values, dtype):
    return pd.Series(values, dtype=dtype)


def again(table, folder):
    back = read_table(save_table(table, folder / "table.csv")[0])
    pd.testing.assert_frame_equal(back, table, check_exact=True)
    return back


ROWS = st.tuples(TEXTS, st.floats(), st.integers(-(2**63), 2**63 - 1), st.booleans())


@given(st.lists(ROWS, max_size=5))
@settings(deadline=None, max_examples=150)
def test_every_value_comes_back(tmp_path_factory, rows):
    texts, floats, integers, truths = zip(*rows, strict=True) if rows else [[]] * 4
    table = pd.DataFrame(
        {
            "item": typed(texts, "str"),
            "rate": typed(floats, "float64"),
            "articles": typed(integers, "int64"),
            "partial": typed(truths, "bool"),
        }
    )
    folder = tmp_path_factory.mktemp("tables")
    again(table, folder)
    again(table[["item"]], folder)


@pytest.mark.parametrize(
    "column",
    [
        typed(
            [0.1, -0.0, 5e-324, 1.7976931348623157e308, np.inf, -np.inf, np.nan], float
        ),
        typed([0.1, np.nan], "float32"),
        typed([255, 0], "uint8"),
        typed([1, None], "Int64"),
        typed([True, None], "boolean"),
        typed(["2014-02-01", None], "datetime64[us]"),
        typed(["2014-02-01 03:04:05.678901+00:00", None], "datetime64[us, UTC]"),
        typed(["2014-02-01 03:04:05+08:00"], "datetime64[s, Asia/Shanghai]"),
        typed(["2014-10-26 00:30", "2014-10-26 01:30"], "datetime64[ns, UTC]"),
        typed(["0001-01-01", "9999-12-31"], "datetime64[s]"),
        typed(["text", None], "object"),
        typed([], "str"),
    ],
    ids=lambda column: str(column.dtype),
)
def test_every_type_comes_back(column, tmp_path):
    again(pd.DataFrame({"column": column}), tmp_path)


def test_an_hour_that_happens_twice_comes_back(tmp_path):
    moments = pd.to_datetime(["2014-10-26 00:30", "2014-10-26 01:30"], utc=True)
    table = pd.DataFrame({"at": moments.tz_convert("Europe/Berlin")})
    assert table["at"].dt.hour.tolist() == [2, 2]
    again(table, tmp_path)


@pytest.mark.parametrize("make", [summary, comparison, trend])
def test_a_table_of_a_verb_comes_back_with_its_provenance(make, tmp_path):
    table = make(source={"corpus": "abc", "seed": np.int64(3)})
    back = again(table, tmp_path)
    assert back.attrs == table.attrs
    again(table.iloc[:0], tmp_path)


def test_the_csv_opens_elsewhere(tmp_path):
    table = comparison()
    path, _ = save_table(table, tmp_path / "table.csv")
    foreign = pd.read_csv(path)
    assert list(foreign.columns) == list(table.columns)
    assert foreign["log_ratio"].tolist() == table["log_ratio"].tolist()


def test_a_spreadsheet_finds_no_formula_and_the_sidecar_says_what_was_done(tmp_path):
    table = pd.DataFrame(
        {"=item": ["=HYPERLINK(1)", "@x", "fine", "'-1"], "n": [-1.0] * 4}
    )
    path, sidecar = save_table(table, tmp_path / "table.csv")
    with open(path, encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)]
    assert cells == ["'=item", "'=HYPERLINK(1)", "'@x", "fine", "''-1"]
    told = json.loads(sidecar.read_text(encoding="utf-8"))
    assert told["columns"][0]["guarded"] == 3
    assert "guarded" not in told["columns"][1]
    assert "apostrophe" in told["guard"]


def test_missing_and_empty_text_differ(tmp_path):
    table = pd.DataFrame({"item": typed(["", None, "NA"], "str")})
    back = again(table, tmp_path)
    assert back["item"].isna().tolist() == [False, True, False]


def test_a_very_long_cell_comes_back_and_the_limit_stays(tmp_path):
    limit = csv.field_size_limit()
    again(pd.DataFrame({"text": ["x" * (limit + 1)]}), tmp_path)
    assert csv.field_size_limit() == limit


def test_row_numbers_left_by_a_filter_are_not_stored(tmp_path):
    table = comparison()
    back = read_table(save_table(table.iloc[[2, 0]], tmp_path / "table.csv")[0])
    pd.testing.assert_frame_equal(back, table.iloc[[2, 0]].reset_index(drop=True))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"a": [[1]]}), "column 'a' holds list among text"),
        (pd.DataFrame({"a": ["x", 1]}), "column 'a' holds int among text"),
        (pd.DataFrame({"a": ["x"]}).astype("category"), "holds category, which"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "must be text and differ"),
        (pd.DataFrame([[1]]), "must be text and differ"),
        (pd.DataFrame(), "has no columns"),
        (pd.DataFrame({"a": [1]}, index=["x"]), r"call reset_index\(\) first"),
        (pd.DataFrame({"a": [1]}, index=pd.Index([7], name="id")), "data .id. that"),
        (pd.DataFrame({"a": ["\ud800"]}, dtype=object), "half a character"),
        ("table", "must be a pandas DataFrame, got str"),
    ],
)
def test_what_cannot_come_back_is_refused(table, message, tmp_path):
    with pytest.raises(MediakitError, match=message):
        save_table(table, tmp_path / "table.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [math.nan, {1, 2}, b"x"])
def test_provenance_that_is_no_json_is_refused(value, tmp_path):
    table = summary()
    table.attrs["mediakit"]["parameters"]["odd"] = value
    with pytest.raises(MediakitError, match="cannot be written as JSON"):
        save_table(table, tmp_path / "table.csv")
    assert list(tmp_path.iterdir()) == []


def test_other_suffixes_are_refused(tmp_path):
    with pytest.raises(MediakitError, match=r"must end in \.csv, got"):
        save_table(summary(), tmp_path / "table.xlsx")


def test_an_edited_csv_is_said(tmp_path):
    path, _ = save_table(summary(), tmp_path / "table.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8-sig")
    with pytest.warns(MediakitWarning, match=r"changed after .*4 rows then, 3 now"):
        table = read_table(path)
    assert len(table) == 3
    assert "changed after" in table.attrs["mediakit"]["notes"][-1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("item,group", "thing,group", "its columns should be"),
        ("war,North,0.001", "war,North", "row 1 has 8 cells, not 9"),
        ("war,North,0.001", "war,North,many", "column 'rate' was saved as float64"),
        (",40,", ",4.5,", "column 'articles' was saved as int64"),
    ],
)
def test_a_csv_that_no_longer_fits_is_refused(old, new, message, tmp_path):
    path, _ = save_table(summary(), tmp_path / "table.csv")
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8-sig")
    with pytest.raises(MediakitError, match=message):
        read_table(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n"])
def test_a_csv_overwritten_by_something_else_is_refused(content, tmp_path):
    path, _ = save_table(summary(), tmp_path / "table.csv")
    path.write_bytes(content)
    with pytest.raises(MediakitError, match="no longer the table saved"):
        read_table(path)


def test_missing_files_and_foreign_sidecars_are_said(tmp_path):
    path = tmp_path / "table.csv"
    with pytest.raises(MediakitError, match="there is no file"):
        read_table(path)
    path.write_text("a\n1\n")
    with pytest.raises(
        MediakitError, match=r"has no 'table.csv.json' beside it.*pandas"
    ):
        read_table(path)
    sidecar = tmp_path / "table.csv.json"
    sidecar.write_text("{")
    with pytest.raises(MediakitError, match="is not JSON"):
        read_table(path)
    sidecar.write_text("[]")
    with pytest.raises(MediakitError, match="does not describe"):
        read_table(path)


def test_the_table_saved_is_not_modified(tmp_path):
    table = summary(["=1"])
    before = table.copy(deep=True)
    save_table(table, tmp_path / "table.csv")
    assert table.equals(before)
    assert table.attrs == before.attrs
