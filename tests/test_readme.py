"""The README's code runs, and what it names is there."""

import re
from pathlib import Path

import pandas as pd
import pytest

import mediakit as mk

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_ten_lines_run_and_keep_their_promise():
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    names = {}
    exec(code, names)
    assert (names["found"]["q"] < 0.05).sum() > 1000
    assert names["chance"]["found"].mean() <= 0.5
    assert names["chance"]["found_g2"].mean() > 300
    assert len([line for line in code.splitlines() if line.strip()]) <= 10


def test_names_of_mediakit_in_the_readme_exist():
    for name in set(re.findall(r"\bmk\.(\w+)", README)):
        assert hasattr(mk, name), name


@pytest.mark.parametrize("name", re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
def test_notebooks_named_in_the_readme_exist(name):
    assert (ROOT / "notebooks" / f"{name}.ipynb").is_file()


def test_linked_files_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_figure_says_in_words_what_its_numbers_are():
    docs = ROOT / "mediakit" / "docs"
    alt = (docs / "random_halves.txt").read_text(encoding="utf-8").strip()
    assert f"![{alt}](mediakit/docs/random_halves.png)" in README
    table = pd.read_csv(docs / "random_halves.csv")
    means = table.groupby("split").mean().drop(columns="repeat")
    for value in means.to_numpy().ravel():
        assert f"{value:,.1f}" in alt
    assert means["compare"].max() <= 0.2
    assert means.loc["half and half", "log-likelihood"] > 350


def test_the_table_of_notebooks_is_whole():
    named = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    assert named == {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
