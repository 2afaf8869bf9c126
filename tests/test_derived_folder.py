"""open_derived: a derived corpus opens whole, or says what is wrong with it."""

import json
import shutil

import pandas as pd
import pytest
from derive_cases import make_articles, make_corpus

import mediakit as mk
from mediakit.share.derive import derive
from mediakit.text.derived import INDEX, SEAL, open_derived, seal


@pytest.fixture
def derived(tmp_path):
    derive(make_corpus(make_articles()), tmp_path / "news")
    return tmp_path / "news"


def damage(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("name", ["articles.csv", "vocabulary.csv", "counts.parquet"])
def test_a_changed_file_is_named(derived, name):
    damage(derived / name)
    with pytest.raises(mk.MediakitError, match=f"'{name}' in .* was changed"):
        mk.open_corpus(derived)


def test_a_missing_file_is_named(derived):
    (derived / "vocabulary.csv").unlink()
    with pytest.raises(mk.MediakitError, match=r"lacks 'vocabulary.csv'"):
        mk.open_corpus(derived)


def test_a_changed_index_is_refused(derived):
    package = json.loads((derived / INDEX).read_text())
    package["mediakit"]["bag"] = "bag of headlines"
    (derived / INDEX).write_text(json.dumps(package))
    with pytest.raises(mk.MediakitError, match="was changed"):
        mk.open_corpus(derived)
    (derived / INDEX).write_text("{")
    with pytest.raises(mk.MediakitError, match="was changed"):
        mk.open_corpus(derived)


def test_a_path_outside_is_refused(derived):
    package = json.loads((derived / INDEX).read_text())
    package.pop(SEAL)
    package["resources"][0]["path"] = "../outside.csv"
    package[SEAL] = seal(package)
    (derived / INDEX).write_text(json.dumps(package))
    with pytest.raises(mk.MediakitError, match="points outside"):
        mk.open_corpus(derived)


def test_no_folder_says_so(tmp_path):
    with pytest.raises(mk.MediakitError, match="no derived corpus"):
        open_derived(tmp_path / "nothing")


def test_it_opens_wherever_it_is_copied(derived, tmp_path):
    shutil.copytree(derived, tmp_path / "elsewhere")
    opened = mk.open_corpus(tmp_path / "elsewhere")
    assert opened.fingerprint == mk.open_corpus(derived).fingerprint
    assert opened.provenance["sample"] == "news"


def test_what_needs_order_says_so(derived):
    opened = mk.open_corpus(derived)
    with pytest.raises(mk.MediakitError, match="needs the order"):
        opened.only("title")
    with pytest.raises(mk.MediakitError, match="needs? the order"):
        mk.count_patterns(opened, ["word1 word2"])


def test_the_index_is_a_data_package_that_describes_its_tables(derived):
    package = json.loads((derived / INDEX).read_text())
    resources = {one["path"]: one for one in package["resources"]}
    for name, columns in (
        ("articles.csv", pd.read_csv(derived / "articles.csv", nrows=0).columns),
        ("counts.parquet", ["row", "term", "n"]),
    ):
        fields = [field["name"] for field in resources[name]["schema"]["fields"]]
        assert fields == list(columns)
        assert resources[name]["bytes"] == (derived / name).stat().st_size
