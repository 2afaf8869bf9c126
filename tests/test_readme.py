"""The README's code runs, and what it names is there."""

import re
from pathlib import Path

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
