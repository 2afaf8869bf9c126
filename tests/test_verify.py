"""verify and match_texts: what is whole, what was changed, what comes out again."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
from derive_cases import make_articles, make_corpus

import mediakit as mk
from mediakit.folders import sha256
from mediakit.share.differences import differences, summary
from mediakit.show.tables import save_table
from mediakit.text.derived import INDEX, SEAL, seal


@pytest.fixture(scope="module")
def articles():
    table = make_articles(44)
    table["url"] = [f"https://a.example/{number}" for number in range(44)]
    return mk.read_articles(table)


@pytest.fixture(scope="module")
def made(articles, tmp_path_factory):
    """Derive a package with four tables; return its folder."""
    corpus = mk.tokenize(articles)
    words, some = mk.count_terms(corpus, min_articles=10), ["word7", "word8 word9"]
    pairs = mk.count_patterns(corpus, some)
    sides = {"by": "outlet", "a": "East", "b": ["West"]}
    tables = {
        "words": mk.compare(words, **sides),
        "pairs": mk.compare(pairs, **sides, cluster="week"),
        "weeks": mk.trend(words, items=["word7"], freq="week"),
        "chance": mk.placebo(words, by="outlet", a="East", repeats=2, seed=1),
    }
    folder = tmp_path_factory.mktemp("made") / "news"
    mk.derive(corpus, folder, measures=[pairs], tables=tables)
    return folder


@pytest.fixture
def package(made, tmp_path):
    """Return a copy at another place, as a stranger has it."""
    return shutil.copytree(made, tmp_path / "elsewhere")


def failed(report):
    return report.loc[~report["ok"], "check"].tolist()


def test_a_package_elsewhere_gives_the_same_tables(package):
    report = mk.verify(package)
    assert failed(report) == []
    told = report.set_index("check")["detail"]
    assert told["tables/words.csv"].endswith("cells, all the same")
    assert report["level"].unique().tolist() == [1]
    assert report.attrs["mediakit"]["differences"] == []
    quick = mk.verify(package, rerun=False)
    assert not quick["check"].str.startswith("tables").any()


@pytest.mark.parametrize(
    "name",
    ["vocabulary.csv", "counts.parquet", "tables/words.csv", "README.md"]
    + ["measures/patterns/values.mtx", "addresses.csv"],
)
def test_a_changed_file_is_named_and_nothing_is_made_of_it(package, name):
    content = bytearray((package / name).read_bytes())
    content[len(content) // 2] ^= 1
    (package / name).write_bytes(bytes(content))
    assert failed(mk.verify(package)) == [name, "tables"]


def test_missing_added_and_stray_files_are_named(package):
    (package / "articles.csv").unlink()
    (package / "extra.csv").write_text("a")
    (package / "link").symlink_to(package.parent)
    assert failed(mk.verify(package)) == [
        *("articles.csv", "extra.csv", "link", "tables")
    ]


def test_a_changed_index_is_told_and_a_ruined_one_too(package):
    text = (package / INDEX).read_text("utf-8")
    (package / INDEX).write_text(text.replace('"min_words": 50', '"min_words": 5'))
    assert failed(mk.verify(package)) == [INDEX, "tables"]
    (package / INDEX).write_text(text[:100])
    assert failed(mk.verify(package)) == [INDEX, "tables"]
    (package / INDEX).unlink()
    with pytest.raises(mk.MediakitError, match="is no derived corpus"):
        mk.verify(package)


def sealed_anew(package, change):
    """Change the package as a careful forger would."""
    index = json.loads((package / INDEX).read_text("utf-8"))
    index.pop(SEAL)
    change(index)
    index[SEAL] = seal(index)
    (package / INDEX).write_text(json.dumps(index))


def rehash(package, name):
    def change(index):
        for one in index["resources"]:
            if one["path"].startswith(name):
                one["hash"] = "sha256:" + sha256(package / one["path"])

    sealed_anew(package, change)


def test_a_number_changed_and_sealed_anew_is_found_by_making_it_again(package):
    table = mk.read_table(package / "tables" / "words.csv")
    table.loc[3, "log_ratio"] += 0.5
    save_table(table, package / "tables" / "words.csv")
    rehash(package, "tables/words.csv")
    report = mk.verify(package)
    assert failed(report) == ["tables/words.csv"]
    detail = report.set_index("check")["detail"]["tables/words.csv"]
    assert "1 of" in detail
    assert f"log_ratio of {table.loc[3, 'item']}" in detail
    (line,) = report.attrs["mediakit"]["differences"]
    assert (line["row"], line["column"]) == (table.loc[3, "item"], "log_ratio")


def test_rules_broken_and_sealed_anew_are_found(package):
    rows = pd.read_csv(package / "articles.csv")
    rows.loc[0, "words"] = 49
    rows.to_csv(package / "articles.csv", index=False)
    words = pd.read_csv(package / "vocabulary.csv")
    words.loc[0, "articles"] = 9
    words.to_csv(package / "vocabulary.csv", index=False)
    rehash(package, "articles.csv")
    rehash(package, "vocabulary.csv")
    report = mk.verify(package, rerun=False)
    assert failed(report) == ["schema", "limits"]
    detail = report.set_index("check")["detail"]["limits"]
    assert "rows have at least 50 words (1 times)" in detail
    assert "words stand in at least 10 articles (1 times)" in detail


def test_a_path_out_of_the_package_is_refused(package):
    sealed_anew(package, lambda index: index["resources"][0].update(path="../x.csv"))
    report = mk.verify(package)
    assert "points outside" in report.set_index("check")["detail"]["../x.csv"]


def test_texts_of_today_are_same_changed_or_gone(package, articles):
    now = articles.copy()
    now.loc[1, "text"] = "Updated. " + now.loc[1, "text"]
    now.loc[2, ["text", "url"]] = ["Correction: " + now.loc[2, "text"], None]
    now.loc[4, "text"] = "\r\n" + now.loc[4, "text"].replace(" ", "  ")
    now = now.drop(index=[3]).sample(frac=1, random_state=1).reset_index(drop=True)
    found = mk.match_texts(now, package)
    day = articles["published"]
    state = found.set_index("published")["state"]
    assert state[day[[1, 2, 3, 4]]].tolist() == ["changed", "changed", "gone", "same"]
    assert state.value_counts()["same"] == 41
    assert found["found_as"].isna().sum() == 1
    assert found.loc[found["state"] == "changed", "likeness"].between(0.9, 1).all()
    report = mk.verify(package, articles=now)
    told = report[report["level"] == 2].set_index("check")
    assert told.loc["texts of East", "detail"] == "20 same, 1 changed, 1 gone"
    assert told.loc["texts of West", "detail"] == "21 same, 1 changed, 0 gone"
    assert told.loc["words of the same texts, counted anew", "ok"]
    assert not told.loc["tables/words.csv of the same texts", "ok"]
    whole = mk.verify(package, articles=articles)
    assert failed(whole) == []


def test_what_cannot_be_matched_says_so(articles, tmp_path, package):
    bags = make_articles(60, words=20).assign(published="2020-01-01")
    mk.derive(make_corpus(bags), tmp_path / "bags", bag="bag of stories")
    with pytest.raises(mk.MediakitError, match="its rows are bags"):
        mk.match_texts(articles, tmp_path / "bags")
    with pytest.raises(mk.MediakitError, match="have no text"):
        mk.match_texts(articles.assign(text=float("nan")), package)


def test_a_table_of_an_unknown_measure_is_refused(articles, tmp_path):
    corpus = mk.tokenize(articles)
    table = mk.summarise(mk.count_patterns(corpus, ["word7"]), by="outlet")
    with pytest.raises(mk.MediakitError, match="measure that is not stored"):
        mk.derive(corpus, tmp_path / "news", tables={"one": table})
    with pytest.raises(mk.MediakitError, match="cannot be made again"):
        mk.derive(corpus, tmp_path / "news", tables={"one": pd.DataFrame({"a": [1]})})
    assert list(tmp_path.iterdir()) == []


def test_differences_find_rows_columns_and_cells_in_any_order():
    one = pd.DataFrame(
        {"item": list("abc"), "n": [1, 2, 3], "x": [0.1, np.nan, 1.0], "z": [1, 1, 1]}
    )
    two = pd.DataFrame(
        {"item": list("dba"), "n": [9, 2, 4], "x": [0.0, np.nan, 0.1 + 1e-12]}
    )
    found = differences(one, two)
    said = found[["row", "column", "before", "after"]].to_numpy().tolist()
    assert said == [
        ["", "z", "a column", ""],
        ["c", "", "(a row)", "(no such row)"],
        ["d", "", "(no such row)", "(a row)"],
        ["a", "n", "1", "4"],
    ]
    assert found["relative"].tolist()[-1] == 0.75
    assert len(differences(one, two, tolerance=0)) == 5
    assert differences(one, one.iloc[::-1]).empty
    assert summary(found, 12).startswith("4 of 12 cells differ; the most: n of a, 1")
