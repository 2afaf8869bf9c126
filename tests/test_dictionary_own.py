"""Dictionaries of one's own: YAML, JSON, CSV, and dicts."""

import json

import pandas as pd
import pytest
from test_dictionary_files import pairs, read

from mediakit.errors import MediakitError
from mediakit.text.dictionary import Dictionary, as_dictionary

YAML = """
name: states
about: {purpose: a trial, validity: none}
exclude: ["kind of"]
negation: {words: [no, not], reach: 2}
categories:
  europe:
    north: [Norway, "no", =US]
    south: Italy
  mood: {glad: 1.5, sad: -2}
"""


def test_yaml_of_ours(tmp_path):
    found = read(tmp_path, YAML, "own.yaml")
    assert (found.name, found.exclude, found.negators, found.reach) == (
        "states",
        ("kind of",),
        ("no", "not"),
        2,
    )
    assert found.about == {"purpose": "a trial", "validity": "none"}
    assert found.categories == ["europe", "europe > north", "europe > south", "mood"]
    assert found.patterns("europe") == ["Norway", "no", "=US", "Italy"]
    assert found.entries["weight"].tolist() == [1, 1, 1, 1, 1.5, -2]
    assert len(found.only("mood")) == 2


def test_yaml_as_quanteda_writes_it(tmp_path):
    text = "a:\n  b:\n  - no\n  - 1990\n  - on\n  c: [yes]\na:\n  d: ['don''t']\ne:\n"
    found = read(tmp_path, text, "own.yml")
    assert pairs(found) == [
        ("a > b", "1990"),
        ("a > b", "no"),
        ("a > b", "on"),
        ("a > c", "yes"),
        ("a > d", "don't"),
    ]


def test_json_and_csv_hold_the_same(tmp_path):
    nested = {"war": {"arms": ["missile*"], "words": {"enemy": -1.5}}}
    table = "Category;Pattern;Weight\nwar > arms;missile*;\nwar > words;enemy;-1.5\n"
    records = [
        {"category": "war > arms", "pattern": "missile*"},
        {"category": "war > words", "pattern": "enemy", "weight": -1.5},
    ]
    found = [
        read(tmp_path, json.dumps(nested), "own.json"),
        read(tmp_path, json.dumps(records), "list.json"),
        read(tmp_path, table, "own.csv"),
        as_dictionary(nested),
    ]
    assert len({one.digest for one in found}) == 1


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("own.yaml", "a: [b", "is no YAML, line"),
        ("own.yaml", "just words", "must hold categories"),
        ("own.yaml", "[a, b]", "must hold categories"),
        ("own.yaml", "a: ['(b']", "never closed"),
        ("own.yaml", "a: ['*']", "meets every word"),
        ("own.yaml", "a: [' ']", "must be text"),
        ("own.yaml", "a: {b: 1}\nc: {b: x}\nd: {}", None),
        ("own.yaml", "a: {b: 1, c: [b]}\na: {b: 2}", "two weights"),
        ("own.yaml", "categories: {a: [b]}\ncatgories: {}", "got \\['catgories'\\]"),
        ("own.yaml", "categories: {a: [b]}\nnegation: {range: 2}", "'negation' has"),
        (
            "own.yaml",
            "categories: {a: [b]}\nnegation: {words: [no], reach: 99}",
            "1 to 30 words",
        ),
        ("own.yaml", "x: &x [a, a]\n" + "y: [*x, *x]\n", None),
        ("own.json", "{", "is no JSON"),
        ("own.csv", "word,weight\na,1\n", "columns category and pattern"),
        ("own.csv", "category,pattern,weight\na,b,high\n", "a weight that is a number"),
        ("own.txt", "hello", "give `format`"),
    ],
)
def test_errors_name_the_file_and_the_remedy(tmp_path, name, text, message):
    if message is None:
        assert len(read(tmp_path, text, name))
        return
    with pytest.raises(MediakitError, match=message):
        read(tmp_path, text, name)


def test_aliases_that_multiply_are_refused(tmp_path):
    text = "a0: &a0 [w, w]\n"
    for n in range(1, 25):
        text += f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n"
    with pytest.raises(MediakitError, match="no dictionary does"):
        read(tmp_path, text, "own.yaml")


def test_a_missing_file_and_an_unknown_format(tmp_path):
    from mediakit.text.dictionary_files import read_dictionary

    with pytest.raises(MediakitError, match="there is no file"):
        read_dictionary(tmp_path / "none.dic")
    with pytest.raises(MediakitError, match="`format` must be one of"):
        read(tmp_path, YAML, "own.yaml", format="yml")


@pytest.mark.parametrize(
    "value", [None, 3, "war", [["war"]], {"war": 3.5}, {"": ["a"]}]
)
def test_what_is_no_dictionary(value):
    with pytest.raises(MediakitError):
        as_dictionary(value)


def test_the_digest_tells_what_decides_a_count():
    table = pd.DataFrame({"category": ["a"], "pattern": ["b"]})
    one, same = Dictionary("x", table), Dictionary("y", table)
    assert one.digest == same.digest != Dictionary("x", table, ("b c",)).digest
    assert repr(one) == "Dictionary('x': 1 entries in 1 categories)"
