"""The main job: all notebooks in fresh kernels, one report; also on own articles."""

import csv
import html
import json
import random
import re

import nbformat
import pytest
from page import check_page, figures_without_numbers

import mediakit as mk
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.folders import sha256
from mediakit.share import study
from mediakit.share.editions import notebook_paths, read_notebook, studies
from mediakit.share.own import OwnData
from mediakit.share.report import Report
from mediakit.share.run import NotebookError
from mediakit.share.study import RECORD, run_study

LAST = ["methods", "second-looks", "check", "words", "provenance"]
HOSTILE = "<script>alert(1)</script>"
ODD = '$Herald_1$ & "Sons"'
COLUMNS = {
    "Zeitung": "outlet",
    "Überschrift": "title",
    "Datum": "published",
    "Volltext": "text",
}
NAMES = ["ferry", "bridge", "council", "school", "harbour", "tax", "minister"]


def sentence(rng):
    one, other = rng.sample(NAMES, 2)
    return f"The {one} meets the {other} again and again."


def rows(outlet, days, rng):
    for day in days:
        text = " ".join(sentence(rng) for _ in range(rng.randint(3, 8)))
        yield [outlet, f"<b>Line {day}</b>", day, text, "=1+1"]


@pytest.fixture(scope="module")
def own_file(tmp_path_factory):
    """Write a semicolon-separated file of few articles, odd names and formulas."""
    path = tmp_path_factory.mktemp("own") / "my articles.csv"
    rng = random.Random(1)
    days = [f"2024-{month:02d}-{day:02d}" for month in (1, 2, 4) for day in (3, 9, 20)]
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow([*COLUMNS, "=cmd|calc"])
        out.writerows(rows(HOSTILE, days[:7], rng))
        out.writerows(rows(ODD, [*days, "", "2024-04-21"], rng))
    return path


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """Run every notebook on its sample, once for all tests."""
    return run_study([], out=tmp_path_factory.mktemp("samples") / "report").parent


@pytest.fixture(scope="module")
def own(own_file, tmp_path_factory):
    """Run both studies on the user's file, once for all tests."""
    data = OwnData(str(own_file), words=("tax", "again and again"), columns=COLUMNS)
    return run_study([], out=tmp_path_factory.mktemp("own") / "report", own=data).parent


@pytest.fixture(params=["samples", "own"])
def report(request):
    return request.getfixturevalue(request.param)


def sections(page):
    return [one for one in page.ids if not one.startswith("word-")]


def page_of(report):
    return (report / "index.html").read_text(encoding="utf-8")


def test_the_page_is_whole_quiet_and_readable(report):
    text = page_of(report)
    page = check_page(text)
    assert len(page.pictures) >= 4
    assert not figures_without_numbers(text)
    text = re.sub(r"base64,[A-Za-z0-9+/=\s]+", "", text)  # a picture may spell "/tmp"
    for trace in ("Traceback", "Warning:", "/tmp", "stopped here", "it/s]"):
        assert trace not in text


def test_every_table_reads_back_and_says_where_it_comes_from(report):
    tables = sorted((report / "tables").glob("*.csv"))
    links = check_page(page_of(report)).links
    held = {link["download"] for link in links if "download" in link}
    assert {path.name for path in tables} == held
    records = [mk.read_table(path).attrs.get("mediakit", {}) for path in tables]
    assert {"keyness", "trend"} <= {record.get("verb") for record in records}


def test_the_contents_list_what_follows(samples):
    page = check_page(page_of(samples))
    assert sections(page) == [*notebook_paths(), *LAST]
    for path in notebook_paths().values():
        assert read_notebook(path).metadata.mediakit.question in "".join(page.text)


def test_the_record_is_enough_to_make_it_again(samples):
    record = json.loads((samples / RECORD).read_text(encoding="utf-8"))
    assert record["notebooks"] == {
        name: sha256(path) for name, path in notebook_paths().items()
    }
    assert record["versions"]["mediakit"] == mk.__version__
    assert json.dumps(record, indent=1) in html.unescape(page_of(samples))


def test_the_account_of_reading_comes_first(own, own_file):
    page = check_page(page_of(own))
    assert sections(page) == ["articles", *studies().values(), *LAST]
    said = " ".join(page.text)
    assert said.index("rows kept") < said.index("What this cannot tell you")
    assert "dates missing 1" in " ".join(said.split())
    assert str(own_file.parent) not in page_of(own)
    record = json.loads((own / RECORD).read_text(encoding="utf-8"))
    assert record["data"]["path"] == own_file.name
    assert len(record["sha256"]) == 64


def test_few_articles_are_counted_and_not_tested(own):
    said = " ".join("".join(check_page(page_of(own)).text).split())
    assert f"'{HOSTILE}' has only 7 articles" in said
    assert "a side has only 7 articles: counts only, no test" in said
    table = mk.read_table(own / "tables" / "40_which_words-key_words.csv")
    assert table["p"].isna().all()
    assert (table["articles_a"] + table["articles_b"]).max() == 18


def test_the_users_words_are_followed(own):
    chosen = mk.read_table(own / "tables" / "40_which_words-chosen_words.csv")
    assert set(chosen["item"]) == {"tax", "again and again"}
    (name,) = (own / "tables").glob("50_when-again_and_again_by_week.csv")
    line = mk.read_table(name)
    assert line["value"].sum() * 8 == line["exposure"].sum(), "once in eight words"
    assert set(line["group"]) == {HOSTILE, ODD}


@pytest.mark.parametrize(
    ("expected", "setup", "raises"),
    [(True, "a = 1", False), (True, None, True), (False, "a = 1", True)],
)
def test_only_what_own_articles_do_not_allow_is_passed_over(
    expected, setup, raises, monkeypatch, tmp_path
):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])

    def fail(shown, *, name, place):
        error = NotebookError.__new__(NotebookError)
        error.told, error.expected = "no dates", expected
        raise error

    monkeypatch.setattr(study, "run_notebook", fail)
    report = Report("r")
    with pytest.raises(NotebookError) if raises else pytest.warns(MediakitWarning):
        study._run("x", notebook, report, tmp_path, setup)
    assert len(report.sections) == (not raises)
    assert raises or "no dates" in report.sections[0]


def test_nothing_is_left_of_a_report_that_failed(tmp_path):
    with pytest.raises(MediakitError, match="no file or folder"):
        run_study([], out=tmp_path / "report", own=OwnData("missing.csv"))
    assert not list(tmp_path.iterdir())
