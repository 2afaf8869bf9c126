"""The passage explorer on tables, and on texts that mean harm or are very long."""

import html
import re

import pandas as pd
import pytest

import mediakit as mk
from mediakit.show.passages_lines import MOST_SIDE, MOST_WHOLE
from mediakit.show.widget_files import visible

OVERRIDE = "\u202e"
HOSTILE = (
    f'<img src=x onerror="alert(1)">war</script><script>alert(2)</script>{OVERRIDE}'
)
LONG = "x" * 1_000_000


@pytest.fixture(scope="module")
def strait():
    return mk.mark_quotations(mk.load_sample("strait"))


@pytest.fixture(scope="module")
def hostile():
    """Return a corpus whose every column means harm, and one word of a million."""
    articles = pd.DataFrame(
        {
            "article_id": ["<b>1</b>", "2"],
            "outlet": ["<script>alert(3)</script>", f"A{OVERRIDE}"],
            "published": ["2016-05-24", "2016-05-25"],
            "title": ["<svg onload=alert(4)>", "T"],
            "text": [f"Before {HOSTILE} after", f"A war {LONG} ends"],
            "url": ["javascript:alert(5)", "https://a.example/1"],
        }
    )
    return mk.tokenize(mk.read_articles(articles))


def ask(explorer, **changes):
    return explorer.ask({**explorer.query, **changes})


def test_nothing_that_came_from_outside_is_html_in_the_table(hostile):
    page = mk.show_passages(hostile, pattern="war")._repr_html_()
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z!]+)", page))
    own = "div style table caption thead tr th tbody td mark bdi p small"
    assert tags == set(own.split())
    assert OVERRIDE not in page
    assert "⟨U+202E⟩" in page
    assert html.escape('<img src=x onerror="alert(1)">') in page


def test_an_address_that_is_none_of_the_web_is_no_address(hostile):
    lines = mk.show_passages(hostile, pattern="war").page()["lines"]
    assert [line["url"] for line in lines] == ["", "https://a.example/1"]


def test_a_line_of_a_million_signs_is_cut_and_all_of_it_is_bounded(hostile):
    explorer = mk.show_passages(hostile, pattern="war")
    line = explorer.page()["lines"][1]
    hidden = len(f" {LONG} ends") - MOST_SIDE
    assert line["cut"] == hidden
    assert line["right"] == f" {LONG} ends"[:MOST_SIDE] + "…"
    line = explorer.answer({"ask": "whole", "at": 1})["page"]["lines"][1]
    assert len(line["right"]) == MOST_WHOLE + 1
    assert line["cut"] == hidden + MOST_SIDE - MOST_WHOLE
    short = explorer.answer({"ask": "article", "at": 1})
    long = explorer.answer({"ask": "article", "at": 1, "long": True})
    sizes = [sum(len(one) for one, _ in each["parts"]) for each in (short, long)]
    assert sizes == [6_000, 200_000]
    whole = len(f"A war {LONG} ends")
    assert long["before"] + sizes[1] + long["after"] == whole
    cited = explorer.answer({"ask": "cite", "at": 1})["text"]
    assert len(cited) < MOST_WHOLE + 1_000
    assert f"goes on for {whole - MOST_WHOLE:,} signs" in cited


def test_what_is_found_stays_exact(hostile):
    found = mk.show_passages(hostile, pattern="war").found()
    assert OVERRIDE in found["right"].iloc[0]
    assert found["right"].iloc[1] == f" {LONG} ends"


def test_a_table_of_passages_is_shown_as_it_is(strait):
    table = mk.find_passages(strait, "blockade*")
    explorer = mk.show_passages(table, corpus=strait)
    columns = ["left", "match", "right", "article_id", "title"]
    for sort in ("left", "right", "date", "text"):
        ask(explorer, sort=sort)
        expected = mk.find_passages(strait, "blockade*", sort=sort)
        pd.testing.assert_frame_equal(explorer.found()[columns], expected[columns])


def test_words_typed_choose_lines_of_a_table_whatever_the_case(strait):
    table = mk.find_quotations(strait)
    explorer = mk.show_passages(table)
    page = ask(explorer, pattern="  HARBOUR ")
    words = table["quotation"].str.lower().str.contains("harbour")
    said = (table["speaker"].fillna("") + " " + table["verb"].fillna("")).str.lower()
    assert page["total"] == (words | said.str.contains("harbour")).sum() > 3
    assert page["error"] == ""
    assert ask(explorer, pattern="(harbour")["error"] == ""


def test_speakers_and_agents_stand_beside_their_lines(strait):
    spoken = mk.show_passages(mk.find_quotations(strait)).page()["lines"][0]
    assert spoken["about"].startswith("speaker: the elderly inhabitants")
    table = mk.find_agency(strait)
    explorer = mk.show_passages(table)
    found = explorer.found()
    assert (found["left"] + found["match"] + found["right"]).equals(table["sentence"])
    assert found["match"].equals(table["match"])
    assert "agent: not named" in " ".join(found["about"])


def test_layers_of_a_table_can_be_chosen(strait):
    table = mk.find_passages(strait, "blockade*")
    explorer = mk.show_passages(table)
    assert [*dict(explorer.facts()["layers"])] == ["", "quotation"]
    inside = ask(explorer, layer="quotation")["total"]
    assert inside == (table["layers"] == "quotation").sum() > 0


def test_with_its_corpus_a_table_leads_to_the_article_and_its_title(strait):
    table = mk.find_agency(strait)
    alone, with_corpus = mk.show_passages(table), mk.show_passages(table, corpus=strait)
    told = alone.answer({"ask": "article", "at": 0})["error"]
    assert "mk.show_passages(passages, corpus=corpus)" in told
    assert (
        "The corpus is not known here."
        in alone.answer({"ask": "cite", "at": 0})["text"]
    )
    article = with_corpus.answer({"ask": "article", "at": 0})
    row = strait.articles.set_index("article_id").loc[table["article_id"].iloc[0]]
    assert (article["title"], article["url"]) == (row["title"], row["url"])
    assert visible(row["text"])[:100] == article["parts"][0][0][:100]


def test_a_table_of_another_corpus_is_told(strait, hostile):
    explorer = mk.show_passages(mk.find_passages(hostile, "war"), corpus=strait)
    said = explorer.answer({"ask": "article", "at": 0})["error"]
    assert "the corpus has no article '<b>1</b>'" in said


def test_an_empty_table_shows_no_line():
    empty = mk.find_passages(mk.load_sample("strait"), "blokade")
    explorer = mk.show_passages(empty)
    assert explorer.page()["status"] == "0 passages in 0 of 0 articles."
    assert list(explorer.found().columns[:3]) == ["article_id", "outlet", "published"]
