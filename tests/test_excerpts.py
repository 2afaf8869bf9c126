"""show_excerpts: cards side by side, with what was found in bold and all escaped."""

import re

import numpy as np
import pandas as pd
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.errors import MediakitError

HOSTILE = "<script>alert(1)</script>"


def passages(*rows):
    names = ["outlet", "article_id", "left", "match", "right"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(published=pd.Timestamp("2024-05-06", tz="UTC"))


FOUND = passages(
    ("B", "b1", "the ", "war", " goes on"),
    ("A", "a1", "a ", "war", " of words"),
    ("A", "a1", "this ", "war", " ends"),
    ("A", "a2", "no ", "war", " here"),
)


def test_each_outlet_has_a_card_and_articles_take_turns():
    text = mk.show_excerpts(FOUND, each=2).text
    assert text.splitlines() == [
        "A (3 in 2 articles)",
        "- a *war* of words (2024-05-06)",
        "- no *war* here (2024-05-06)",
        "B (1 in 1 article)",
        "- the *war* goes on (2024-05-06)",
    ]


def test_the_page_says_the_same_in_bold():
    page = mk.show_excerpts(FOUND, each=1, by="article_id").page
    assert re.findall("<strong>(.*?)</strong>", page) == [
        *("a1", "war", "a2", "war", "b1", "war")
    ]
    assert page.count("<li>") == 3


def test_everything_is_escaped():
    shown = mk.show_excerpts(passages(*[[HOSTILE] * 5]))
    assert "<script>" not in shown.page
    assert shown.page.count("&lt;script&gt;") == 4


@pytest.mark.parametrize("find", [mk.find_quotations, mk.find_agency])
def test_quotations_and_harm_are_shown_with_their_speaker_or_form(find):
    articles = pd.DataFrame(
        {"outlet": ["A"], "text": ['"We won," Ann Lee said. Police shot three men.']}
    )
    text = mk.show_excerpts(find(mk.tokenize(mk.read_articles(articles)))).text
    said = {
        mk.find_quotations: '- "We won," *Ann Lee* (said)',
        mk.find_agency: "- Police *shot* three men. (active)",
    }
    assert said[find] in text.splitlines()


def test_long_excerpts_and_many_cards_are_cut():
    long = mk.show_excerpts(passages(("A", "a", "x " * 900, "war", " y" * 900))).text
    assert len(long) < 900
    assert long.count("…") == 2
    many = passages(*((f"o{n:02}", f"{n}", "", "war", "") for n in range(15)))
    shown = mk.show_excerpts(many)
    assert shown.text.endswith("3 more are not shown.")
    assert shown.csv.count("\n") == 16


def test_nothing_found_is_said():
    assert mk.show_excerpts(FOUND.iloc[:0]).text == "There is nothing to show."


def test_other_tables_and_columns_are_refused():
    with pytest.raises(MediakitError, match="must come from one of"):
        mk.show_excerpts(pd.DataFrame({"outlet": ["A"]}))
    with pytest.raises(MediakitError, match=r"lacks the columns \['country'\]"):
        mk.show_excerpts(FOUND, by="country")


FINDERS = {
    "find_passages": lambda corpus: mk.find_passages(corpus, "the", limit=3),
    "find_quotations": mk.find_quotations,
    "find_agency": mk.find_agency,
    "find_tone": lambda corpus: mk.find_tone(corpus, limit=3),
    "find_toward": lambda corpus: mk.find_toward(corpus, {"Kelmar": ["Kelmar"]}),
    "find_similar": lambda corpus: mk.find_similar(corpus, "the war", limit=2),
}


@pytest.mark.parametrize("name", FINDERS)
def test_lines_of_an_invented_world_say_so_wherever_they_are_shown(name):
    strait = mk.load_sample("strait")
    found = FINDERS[name](strait.subset(np.arange(len(strait)) < 20))
    assert found.attrs["mediakit"]["verb"] == name
    said = "Constructed data: an invented world"
    assert said in mk.show_table(found.head(2), name="x").text
    real = FINDERS[name](corpus_of(["Kelmar won the war.", "Kelmar the end."]))
    assert "mediakit" not in real.attrs
    if name in ("find_passages", "find_quotations", "find_agency"):
        assert said in mk.show_excerpts(found, by="outlet", name="x").text
        assert said not in mk.show_table(real, name="x").text
