"""The passage explorer: what is found, shown, hidden, read and copied."""

import json
import re

import pandas as pd
import pytest

import mediakit as mk

SORTS = ["text", "left", "right", "date"]


@pytest.fixture(scope="module")
def strait():
    return mk.mark_quotations(mk.load_sample("strait"))


def ask(explorer, **changes):
    return explorer.ask({**explorer.query, **changes})


def uncut(lines):
    return [line["left"] + line["match"] + line["right"] for line in lines]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("layer", ["", "title", "only:quotation", "without:quotation"])
def test_the_pages_together_are_all_passages_in_their_order(strait, sort, layer):
    view = strait.only("title") if layer == "title" else strait
    if ":" in layer:
        verb, name = layer.split(":")
        view = getattr(strait, verb)(name)
    expected = mk.find_passages(view, "the", sort=sort)
    explorer = mk.show_passages(strait, pattern="the", sort=sort)
    seen, page = [], ask(explorer, layer=layer)
    assert page["total"] == len(expected) == mk.count_patterns(view, "the").values.sum()
    while len(seen) < page["total"]:
        page = ask(explorer, start=len(seen))
        seen += page["lines"]
    assert uncut(seen) == (expected.left + expected.match + expected.right).tolist()
    assert [line["number"] for line in seen] == list(range(len(expected)))
    columns = [*expected.columns]
    pd.testing.assert_frame_equal(explorer.found()[columns], expected)


def test_filters_leave_what_a_reader_would_pick_by_hand(strait):
    expected = mk.find_passages(strait, "blockade*")
    days = expected["published"].dt.strftime("%Y-%m-%d")
    expected = expected[(days >= "2016-05-21") & (days <= "2016-05-24")]
    expected = expected[expected["outlet"] == "Halvane Today"]
    explorer = mk.show_passages(strait, pattern="blockade*")
    asked = {"outlets": ["Halvane Today"], "first": "2016-05-21", "last": "2016-05-24"}
    page = ask(explorer, **asked)
    assert len(expected) == 2
    assert page["total"] == len(expected)
    assert [line["article_id"] for line in page["lines"]] == [*expected["article_id"]]
    meta = strait.metadata
    days = meta["published"].dt.strftime("%Y-%m-%d")
    searched = (days >= "2016-05-21") & (days <= "2016-05-24")
    searched = (searched & (meta["outlet"] == "Halvane Today")).sum()
    articles = "article" if searched == 1 else "articles"
    assert page["status"] == f"2 passages in 1 of {searched} {articles}."


def test_several_outlets_are_searched_together(strait):
    explorer = mk.show_passages(strait, pattern="blockade*")
    each = [name for name, _ in explorer._source.facts()["outlets"]][:3]
    alone = [ask(explorer, outlets=[name])["total"] for name in each]
    assert min(alone) >= 0
    assert max(alone) > 0
    assert ask(explorer, outlets=each)["total"] == sum(alone)
    assert ask(explorer, outlets=each + each[:1])["total"] == sum(alone)
    assert ask(explorer, outlets=[])["total"] == 21
    assert ask(explorer, outlets=["nobody"])["total"] == 0
    for bad in (None, 3, [4], {"a": 1}):
        assert "`outlets` must be names" in ask(explorer, outlets=bad)["error"]


def test_articles_without_a_date_are_left_out_of_a_span_and_counted():
    articles = pd.DataFrame(
        {"outlet": "A", "text": ["war one", "war two", "war three"]}
    )
    articles["published"] = ["2016-05-24", None, "2016-05-25"]
    explorer = mk.show_passages(mk.tokenize(mk.read_articles(articles)), pattern="war")
    assert explorer.page()["total"] == 3
    page = ask(explorer, last="2016-05-24")
    assert uncut(page["lines"]) == ["war one"]
    assert page["notes"] == ["Left out, as they have no date: 1."]


def test_random_order_is_the_same_each_time_and_loses_nothing(strait):
    texts = [
        mk.show_passages(strait, pattern="sea", sort=sort).found()["left"].tolist()
        for sort in ("mixed", "mixed", "text")
    ]
    assert texts[0] == texts[1] != texts[2]
    assert sorted(texts[0]) == sorted(texts[2])


def test_a_start_past_the_end_is_the_last_page(strait):
    explorer = mk.show_passages(strait, pattern="the")
    page = ask(explorer, start=10**9)
    assert page["start"] + len(page["lines"]) == page["total"]


def test_blind_reading_sends_nothing_of_the_source_until_asked(strait):
    explorer = mk.show_passages(strait, pattern="blockade*", blind=True)
    names = mk.find_passages(strait, "blockade*")[["outlet", "title", "article_id"]]
    article = explorer.answer({"ask": "article", "at": 3})
    article.pop("parts")
    sent = [explorer.page(), article, *explorer._repr_mimebundle_().values()]
    for text in map(json.dumps, sent):
        assert not [name for name in names.to_numpy().ravel() if name in text]
        assert ".example/" not in text
    refused = explorer.answer({"ask": "cite", "at": 3})
    assert "hidden (blind reading); show it first" in refused["error"]
    lines = explorer.answer({"ask": "reveal", "at": 3})["page"]["lines"]
    assert [line["number"] for line in lines if not line["hidden"]] == [3]
    assert lines[3]["outlet"] == names["outlet"].iloc[3]
    assert names["outlet"].iloc[3] in explorer.answer({"ask": "cite", "at": 3})["text"]
    assert ask(explorer, pattern="sea")["lines"][3]["hidden"]


def test_a_citation_holds_all_that_finds_the_passage_again(strait):
    explorer = mk.show_passages(strait, pattern="blockade*")
    found = mk.find_passages(strait, "blockade*").iloc[2]
    assert explorer.answer({"ask": "cite", "at": 2})["text"].splitlines() == [
        f"“{found.left}{found.match}{found.right}”",
        "Halvane Today, “Prime Minister: no family in Halvane will go without bread”, "
        "23 May 2016.",
        "https://halvanetoday.example/2016/e08-today-1",
        "Article e08-today-1. Found by the pattern 'blockade*'.",
        f"Corpus of 185 articles, fingerprint {strait.fingerprint}",
        "Constructed data: an invented world, not real coverage.",
    ]


def test_the_article_is_the_text_with_the_passage_marked(strait):
    explorer = mk.show_passages(strait, pattern="blockade*")
    found = explorer.found()
    texts = strait.articles.set_index("article_id")["text"]
    for at in range(len(found)):
        article = explorer.answer({"ask": "article", "at": at})
        text = texts[found["article_id"].iloc[at]]
        shown = "".join(one for one, _ in article["parts"])
        assert shown == text[article["before"] : len(text) - article["after"]]
        assert found["match"].iloc[at] in [
            one for one, is_hit in article["parts"] if is_hit
        ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"pattern": "(war"}, r"character 1: this bracket is never closed"),
        ({"pattern": "/[/"}, r"regular expression"),
        ({"sort": "size"}, r"`sort` must be one of"),
        ({"first": "24 May"}, r"is no day; write year, month and day"),
        ({"first": "2016-02-02", "last": "2016-02-01"}, r"comes after the last"),
        ({"layer": "only:lies"}, r"no layer 'lies'"),
        ({"layer": "__class__:x"}, r"`layer` is none of those offered"),
        ({"start": "1"}, r"`start` must be int"),
        ({"start": True}, r"`start` must be int"),
    ],
)
def test_a_wrong_query_is_told_and_the_last_one_stays(strait, changes, message):
    explorer = mk.show_passages(strait, pattern="sea")
    page = ask(explorer, **changes)
    assert (page["total"], page["lines"]) == (0, [])
    assert re.search(message, page["error"])
    assert explorer.query["pattern"] == "sea"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"passages": 5}, "must be a corpus or a table of passages, got int"),
        ({"passages": pd.DataFrame({"a": [1]})}, "or a table from one of"),
        ({"pattern": ["sea"]}, "`pattern` must be text"),
        ({"pattern": "(sea"}, "never closed"),
        ({"sort": "size"}, "`sort` must be one of"),
        ({"width": -1}, "`width` must be a number of words"),
        ({"blind": "no"}, "`blind` must be True or False"),
        ({"corpus": 5}, "`corpus` must be a corpus"),
    ],
)
def test_wrong_arguments_are_told(strait, arguments, message):
    arguments = {"passages": strait, **arguments}
    with pytest.raises(mk.MediakitError, match=message):
        mk.show_passages(arguments.pop("passages"), **arguments)


def test_a_corpus_of_counts_has_no_passages():
    with pytest.raises(mk.MediakitError, match="needs the order of words"):
        mk.show_passages(mk.load_sample("kcna"))


@pytest.mark.parametrize("message", [{}, {"ask": "cite", "at": 10**6}, {"at": "0"}])
def test_messages_that_fit_nothing_get_an_answer_too(strait, message):
    explorer = mk.show_passages(strait, pattern="sea")
    assert "there is no" in explorer.answer({"at": 0, **message})["error"]


def test_a_word_that_stands_nowhere_is_said_to(strait):
    page = mk.show_passages(strait, pattern="blokade").page()
    assert page["status"] == "0 passages in 0 of 185 articles."
    assert "stands nowhere in the corpus" in page["notes"][0]
    assert mk.show_passages(strait, pattern="sea blockade").page()["total"] == 0
