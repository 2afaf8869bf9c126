"""Every command of the list ends as `mediakit/docs/command.md` says, also in JSON."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
from study_cases import CODE, run_here, write_articles, write_notebook

import mediakit as mk
from mediakit.share import cache, doctor_checks
from mediakit.share.doctor_checks import PROBLEM, Finding
from mediakit.share.new import new_study

SIDES = ["--a", "East", "--words", "tax"]
ASKED = {
    "new": ["made"],
    "read": ["data/articles.csv"],
    "audit": ["clean.csv"],
    "tokenize": ["data/articles.csv", "kept"],
    "compare": ["data/articles.csv", *SIDES],
    "trend": ["data/articles.csv", "--words", "tax"],
    "find": ["data/articles.csv", "tax"],
    "study": [],
    "derive": [],
    "verify": ["derived"],
    "replicate": ["derived", "data/articles.csv"],
    "diff": ["report", "derived"],
    "doctor": [],
    "lab": ["mine", "--no-open"],
}
DIFFERS = {
    "audit": ["data/articles.csv"],
    "verify": ["changed"],
    "diff": ["report", "fewer"],
    "doctor": [],
}
WRONG = {
    "new": ["data"],
    "read": ["nowhere.csv"],
    "audit": ["nowhere.csv"],
    "tokenize": ["nowhere.csv", "kept"],
    "compare": ["data/articles.csv", "--a", "North", "--words", "tax"],
    "trend": ["data/articles.csv"],
    "find": ["data/articles.csv", "/(/"],
    "study": ["--a", "East"],
    "derive": ["nowhere.csv"],
    "verify": ["data"],
    "replicate": ["data", "data/articles.csv"],
    "diff": ["report", "data"],
    "lab": ["mine", "--no-open", "--edition", "none"],
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A study that was run and derived, a package that was changed, and one table."""
    folder = tmp_path_factory.mktemp("endings") / "ferries"
    new_study(folder)
    write_articles(folder / "data" / "articles.csv")
    for path in (folder / "notebooks").glob("*"):
        path.unlink()
    write_notebook(folder / "notebooks" / "1_chosen.ipynb", CODE)
    with open(folder / "study.yaml", "a", encoding="utf-8") as file:
        file.write("words: ['tax']\n")
    return folder


@pytest.fixture(autouse=True)
def there(place, monkeypatch, run):
    """Work in the study, whose notebooks run here, without a kernel."""
    monkeypatch.setattr(cache, "code_digest", lambda: "code")
    monkeypatch.setattr(cache, "run_notebook", run_here)
    monkeypatch.setattr(doctor_checks, "CHECKS", [])
    monkeypatch.chdir(place)
    if not (place / "changed").exists():
        assert run("study")[0] == run("derive")[0] == 0
        shutil.copytree("derived", "changed")
        shutil.copytree("report", "fewer")
        with open("changed/vocabulary.csv", "a", encoding="utf-8") as file:
            file.write("x,1,1\n")
        path = next(iter((place / "fewer" / "tables").glob("*.csv")))
        table = mk.read_table(path)
        mk.save_table(table.assign(articles_a=table["articles_a"] + 1), path)
        write_clean(place / "clean.csv")


def write_clean(path):
    """Write articles that pass the audit: known outlets, no gap, no copies."""
    random, rows = np.random.default_rng(1), []
    words = [f"word{number}" for number in range(300)]
    for day in pd.date_range("2024-01-01", periods=30).strftime("%Y-%m-%d"):
        for outlet in ("BBC", "China Daily"):
            text = " ".join(random.choice(words, 80)) + "."
            rows.append([outlet, f"{outlet} of {day}", day, text])
    table = pd.DataFrame(rows, columns=["outlet", "title", "published", "text"])
    table.to_csv(path, index=False)


def test_the_list_is_whole():
    listed = "new read audit tokenize compare trend find study derive verify diff"
    assert {*listed.split(), "doctor", "lab"} <= set(ASKED)
    assert set(WRONG) | {"doctor"} == set(ASKED)


@pytest.mark.parametrize("verb", ASKED)
def test_json_is_all_of_the_output_and_the_code_is_0(run, verb):
    code, out, err = run(verb, *ASKED[verb], "--json")
    assert isinstance(json.loads(out), (dict, list))
    assert code == 0, err


@pytest.mark.parametrize("verb", DIFFERS)
def test_what_differs_or_is_wrong_ends_with_1(run, monkeypatch, verb):
    bad = Finding("disk", PROBLEM, "full", "make room")
    monkeypatch.setattr(doctor_checks, "CHECKS", [lambda _: [bad]])
    assert run(verb, *DIFFERS[verb])[0] == 1
    code, out, _ = run(verb, *DIFFERS[verb], "--json")
    assert json.loads(out)
    assert code == 1


@pytest.mark.parametrize("verb", WRONG)
def test_a_mistake_is_one_sentence_and_the_code_is_2(run, verb):
    for more in ([], ["--json"]):
        code, out, err = run(verb, *WRONG[verb], *more)
        assert (code, out) == (2, "")
        said = [line for line in err.splitlines() if not line.startswith("Note: ")]
        assert len(said) == 1
        assert said[0].startswith("mediakit: ")
