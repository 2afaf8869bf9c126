"""The glossary: every heading a reader meets has its words, and links find them."""

import re

import pandas as pd
import pytest

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.show.glossary import entry_of, glossary, glossed, words_page

ASKED_FOR = [
    *["exposure", "log ratio", "q", "bound", "cluster", "dispersion"],
    *["effect size", "interval", "placebo"],
]


@pytest.fixture(scope="module")
def measure():
    rows = {"outlet": ["A", "B"] * 12, "tax": [4, 1, 3, 0] * 6, "words": 500}
    table = pd.DataFrame(rows)
    table["published"] = pd.date_range("2020-01-01", periods=24, freq="10D", tz="UTC")
    return mk.as_measure(table, value="tax", exposure="words", unit="word")


def test_words_are_in_order_and_once():
    words = [one.word.lower() for one in glossary().values()]
    assert words == sorted(words, key=lambda word: word.replace("-", " "))
    headings = [name for one in glossary().values() for name in one.headings]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("word", ASKED_FOR)
def test_the_words_of_the_tables_are_there(word):
    assert glossary()[word].more


def test_other_words_named_are_there_too():
    for one in glossary().values():
        assert {word.lower() for word in one.see} <= set(glossary()), one.word
        assert one.word not in one.see
        assert one.means.endswith((".", "?")), one.word
        assert len(one.means) < 160, one.word


def test_every_heading_of_the_verbs_is_explained(measure):
    tables = [
        mk.in_plain_words(mk.compare(measure, by="outlet", a="A", b="B")),
        mk.in_plain_words(mk.summarise(measure, by="outlet")),
        mk.in_plain_words(mk.trend(measure, by="outlet", freq="month")),
    ]
    own = {"note"}
    for table in tables:
        lacking = [name for name in table if name not in own and not entry_of(name)]
        assert not lacking


def test_show_glossary_finds_words_headings_and_near_ones():
    assert mk.show_glossary("Q").text.startswith("q: p after allowing")
    assert mk.show_glossary("what is sure").text.startswith("bound:")
    assert mk.show_glossary("A, per 1,000 words").text.startswith("rate:")
    assert mk.show_glossary().text.count("\n") > len(glossary())
    with pytest.raises(MediakitError, match="no 'intervall'; near it are.*interval"):
        mk.show_glossary("intervall")
    with pytest.raises(MediakitError, match="must be a word, got int"):
        mk.show_glossary(3)


def test_headings_become_links_to_words_on_the_page(measure):
    table = mk.compare(measure, by="outlet", a="A", b="B")
    page, met = glossed(mk.show_table(table, name="tax").page)
    links = re.findall(r'<th[^>]*><a href="#([^"]+)">', page)
    assert "word-bound" in links
    assert {one.anchor for one in met} == set(links)
    anchors = re.findall(r'id="([^"]+)"', words_page(met))
    assert sorted(anchors) == sorted(set(links))


def test_hostile_headings_stay_text():
    hostile = pd.DataFrame({"<script>x</script>": [1], "rate<b": [2], "q": [3]})
    page, met = glossed(hostile.to_html(index=False))
    assert "<script>" not in page
    assert [one.word for one in met] == ["q"]
