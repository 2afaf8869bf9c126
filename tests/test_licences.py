"""The table of licences is that of the lock, and no GPL is in it."""

import re

import licences
import pytest

# Each may be had under a licence without copyleft, or binds its own files only.
CHOSEN = {"tld": "MPL-1.1"}


@pytest.fixture(scope="module")
def rows():
    return licences.ROW.findall(licences.PAGE.read_text("utf-8"))[1:]


def test_the_table_is_the_lock(rows):
    versions, core = licences.locked()
    found = {name: found.split(",") for name, found, _, _ in rows}
    advice = "run `python benchmarks/licences.py`"
    assert found == {name: sorted(one) for name, one in versions.items()}, advice
    assert {name for name, _, part, _ in rows if part == "core"} == core, advice
    assert {"numpy", "pandas", "nltk"} < core
    assert "trafilatura" not in core


def test_every_licence_is_known_and_none_is_gpl(rows):
    unknown = [row for row in rows if re.search("not |LICENSE|unknown", row[3])]
    assert unknown == []
    for name, _, part, licence in rows:
        if re.search(r"(?<!L)GPL|General Public", licence):
            assert CHOSEN.get(name, "none") in licence.split(" OR "), name
            assert part == "extra", name


def test_what_is_installed_says_what_the_table_says(rows):
    installed = [(name, said) for name, _, _, said in rows if licences.licence(name)]
    assert len(installed) > 40
    assert [one for one in installed if licences.licence(one[0]) != one[1]] == []
