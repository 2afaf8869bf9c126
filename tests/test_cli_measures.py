"""The command's verbs on articles: what is printed, kept, and how they end."""

import json
import subprocess
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

import mediakit as mk
from mediakit.cli import app
from mediakit.cli.printing import plain
from mediakit.errors import MediakitError

ROWS = 24
VERBS = "new read audit tokenize compare trend find study derive verify diff doctor lab"
SIDES = ["--a", "China Daily", "--b", "New York Times"]
WORDS = ["--words", "umbrella,occup*"]


def run(*arguments):
    """Run the command in this process; mistakes come as MediakitError."""
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def rows_of(result):
    """Return what --json printed, which is JSON and nothing else."""
    return json.loads(result.stdout)["rows"]


@pytest.fixture
def export(tmp_path):
    """A CSV of two outlets, with names of its own for the columns."""
    table = pd.DataFrame(
        {
            "Headline": [f"Dam {number} opens" for number in range(ROWS)],
            "Paper": ["North", "South"] * (ROWS // 2),
            "Day": pd.date_range("2024-01-01", periods=ROWS).strftime("%Y-%m-%d"),
            "Body": ['Water flows. "Tax the dam," he said. It is new.', "Rain fell."]
            * (ROWS // 2),
        }
    )
    path = tmp_path / "my export.csv"
    table.to_csv(path, index=False)
    return path


NAMES = [
    *("--column", "Headline=title", "--column", "Paper=outlet"),
    *("--column", "Day=published", "--column", "Body=text"),
]


@pytest.mark.parametrize("verb", [*VERBS.split(), "docs", "warm", "version"])
def test_every_verb_has_help_and_most_an_example(verb):
    shown = run(verb, "--help")
    assert shown.exit_code == 0
    if verb not in ("doctor", "version", "warm"):
        assert f"mediakit {verb}" in shown.stdout.partition("For example:")[2]


def test_notebooks_are_listed_for_a_program():
    listed = json.loads(run("study", "--list", "--json").stdout)["listed"]
    assert any(line.startswith("00_start_here:") for line in listed)


def test_the_list_of_verbs_is_whole():
    shown = run("--help").stdout
    assert all(f" {verb} " in shown for verb in VERBS.split())


def test_compare_prints_what_the_python_verb_returns():
    corpus = mk.load_sample("democracy")
    counts = mk.count_patterns(corpus, ["umbrella", "occup*"])
    sides = {"a": "China Daily", "b": "New York Times"}
    expected = mk.compare(counts, by="outlet", **sides)
    printed = rows_of(run("compare", "democracy", *SIDES, *WORDS, "--json"))
    assert [row["item"] for row in printed] == expected["item"].tolist()
    for name in ("log_ratio", "low", "bound", "q", "q_cluster"):
        got = [row[name] for row in printed]
        assert got == pytest.approx(expected[name].tolist(), rel=1e-9, abs=1e-9)
    shown = run("compare", "democracy", *SIDES, *WORDS).stdout
    assert "occup*" in shown
    assert mk.describe(expected) in shown


def test_tables_and_figures_are_kept_with_where_they_come_from(tmp_path):
    table, figure = tmp_path / "words.csv", tmp_path / "words.png"
    done = run("compare", "democracy", *SIDES, *WORDS, "--out", table, "--json")
    assert len(mk.read_table(table)) == len(rows_of(done))
    done = run("trend", "democracy", *WORDS, "--freq", "year", "--figure", figure)
    assert figure.is_file()
    assert figure.with_suffix(".txt").read_text(encoding="utf-8").strip()
    assert str(figure) in done.stderr
    assert str(figure) not in done.stdout


def test_trend_has_the_rows_of_the_python_verb():
    counts = mk.count_patterns(mk.load_sample("democracy"), ["umbrella", "occup*"])
    expected = mk.trend(counts, by="outlet", freq="year")
    printed = rows_of(run("trend", "democracy", *WORDS, "--freq", "year", "--json"))
    assert [row["value"] for row in printed] == expected["value"].tolist()
    assert printed[0]["period"].startswith("2013-01-01")


def test_several_outlets_make_a_side():
    sides = ["--a", "BBC", "--b", "CGTN", "--b", "Xinhua"]
    done = run("compare", "headlines_2022", *sides, "--words", "ukraine", "--json")
    about = json.loads(done.stdout)["about"]
    assert len(about["parameters"]["b"].split(",")) == 2 or "CGTN" in str(about)
    (row,) = rows_of(done)
    assert row["value_a"] > 0
    assert row["value_b"] > 0


def test_an_export_is_read_kept_and_read_again(export, tmp_path):
    kept = tmp_path / "kept.parquet"
    told = rows_of(run("read", export, *NAMES, "--out", kept, "--json"))
    assert {"what": "rows kept", "articles": ROWS}.items() <= {
        key: value
        for row in told
        if row["what"] == "rows kept"
        for key, value in row.items()
    }.items()
    again = mk.read_articles(kept)
    first = mk.read_articles(
        export,
        columns=dict(pair.split("=") for pair in NAMES[1::2]),
    )
    assert again["article_id"].tolist() == first["article_id"].tolist()


def test_read_keeps_only_parquet(export, tmp_path):
    with pytest.raises(MediakitError, match=r"must end in \.parquet"):
        run("read", export, "--out", tmp_path / "kept.csv")


def test_audit_ends_with_1_and_its_page_is_written(export, tmp_path):
    page = tmp_path / "audit.html"
    done = run("audit", export, *NAMES, "--out", page)
    assert done.exit_code == 1
    assert f"{ROWS} articles of 2 outlets" in done.stdout
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    found = rows_of(run("audit", export, *NAMES, "--json"))
    assert {"finding", "articles", "share"} <= set(found[0])


def test_a_corpus_is_made_once_and_asked_again(export, tmp_path):
    folder = tmp_path / "corpus"
    (told,) = rows_of(run("tokenize", export, folder, *NAMES, "--json"))
    assert told["articles"] == ROWS
    own = ["--without", "quotation", "--a", "North", "--words", "tax,flows", "--json"]
    counted = {r["item"]: r["value_a"] for r in rows_of(run("compare", folder, *own))}
    assert counted == {"tax": 0, "flows": ROWS // 2}
    own[1] = "quotation"
    own[0] = "--only"
    counted = {r["item"]: r["value_a"] for r in rows_of(run("compare", folder, *own))}
    assert counted == {"tax": ROWS // 2, "flows": 0}


def test_find_shows_lines_and_says_when_there_are_none(export):
    done = run("find", export, "tax*", *NAMES, "--limit", "3")
    lines = done.stdout.splitlines()
    assert [line for line in lines if "[Tax] the dam" in line] == lines[:3]
    assert "North 2024-01-01" in lines[0]
    assert "--limit" in lines[3]
    assert "nowhere" in run("find", export, "snow", *NAMES).stdout
    assert rows_of(run("find", export, "snow", *NAMES, "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["trend", "democracy"], "say what to follow"),
        (["compare", "strait", "--a", "KELTA", "--clean"], "a corpus already"),
        (["compare", "strait", "--a", "Nobody", *WORDS], "Nobody"),
        (["find", "democracy", "war"], "counts"),
        (["find", "no-such-file", "war"], "no file or folder"),
        (
            ["trend", "strait", *WORDS, "--dictionary", "frames"],
            "not both",
        ),
    ],
)
def test_mistakes_say_what_to_do(arguments, said):
    with pytest.raises(MediakitError, match=said):
        run(*arguments)


def test_what_a_terminal_would_obey_is_taken_out(tmp_path):
    hostile = "Dam \x1b]0;owned\x07 \x9b2J \u202eopens"
    path = tmp_path / "a.jsonl"
    row = {"title": hostile, "outlet": "A\x1b[31m", "text": f"{hostile} war now."}
    path.write_text(json.dumps(row), encoding="utf-8")
    for done in (run("find", path, "war"), run("find", path, "war", "--json")):
        assert "war" in done.stdout
        assert not set("\x1b\x07\x9b\u202e") & set(done.stdout)
    assert plain("a\nb") == "a b"


def test_lab_copies_once_and_leaves_answers_alone(tmp_path):
    folder = tmp_path / "my notebooks"
    assert run("lab", folder, "--no-open").exit_code == 0
    names = {path.stem for path in folder.glob("*.ipynb")}
    assert "00_start_here" in names
    answer = folder / "00_start_here.ipynb"
    answer.write_text("mine", encoding="utf-8")
    assert run("lab", folder, "--no-open").stderr == ""
    assert answer.read_text(encoding="utf-8") == "mine"


def test_a_study_keeps_its_own_notebooks(tmp_path):
    told = json.loads(run("new", tmp_path / "study", "--json").stdout)
    assert "study.yaml" in told["files"]
    before = sorted((tmp_path / "study").rglob("*"))
    run("lab", tmp_path / "study", "--no-open")
    assert sorted((tmp_path / "study").rglob("*")) == before


def command(*arguments):
    """Run the real command, as a shell does: stderr is no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "mediakit.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_real_command_ends_with_0_1_and_2(export):
    done = command("find", export, "tax*", *NAMES, "--limit", 1, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["rows"]) == 1
    assert command("audit", export, *NAMES).returncode == 1
    wrong = command("trend", "democracy")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("mediakit: say what to follow")


def test_what_is_left_out_is_a_mistake_of_use():
    assert run("compare", "democracy").exit_code == 2  # no --a
