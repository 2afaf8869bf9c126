"""The rules of house style as data: whole, bounded, and named when they are wrong."""

import re

import pytest
import yaml

import mediakit as mk
from mediakit.clean import rules
from mediakit.clean.rules import load_house_words, outlet_key
from mediakit.resources import folder


def test_outlets_are_the_same_however_written():
    names = ["The New York Times", "new york times", "New-York Times", "NEW YORK TIMES"]
    assert {outlet_key(name) for name in names} == {"newyorktimes"}
    assert outlet_key("Thea") == "thea"


def test_house_words_have_an_outlet_and_a_reason():
    words = load_house_words()
    assert words.columns.tolist() == ["word", "outlet", "reason"]
    assert not words.isna().any().any()
    assert (words["word"] == words["word"].str.lower()).all()
    assert {"mr", "mrs", "ms"} <= set(
        words.loc[words["outlet"] == "New York Times", "word"]
    )


def all_rules():
    path = folder("data") / "registry" / "house_style.yaml"
    return yaml.safe_load(path.read_text("utf-8"))["rules"]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule["rule"])
def test_every_repeat_is_bounded(rule):
    assert not re.search(
        r"(?<!\\)[*+]|\{\d*,\}", re.sub(r"\[[^\]]*\]", "", rule["pattern"])
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pattern": "(a)"}, "no capturing groups"),
        ({"pattern": "a?"}, "must not match the empty text"),
        ({"where": "middle"}, "needs field in"),
        ({"field": "url"}, "needs field in"),
        ({"reason": ""}, "lacks"),
    ],
)
def test_a_wrong_rule_is_named(change, message):
    rule = {"rule": "x", "outlet": "*", "where": "line", "pattern": "a", "reason": "b"}
    with pytest.raises(mk.MediakitError, match=message):
        rules.check_rule({**rule, **change})
