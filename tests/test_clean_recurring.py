"""Furniture found by counting: what recurs at an edge goes, what is said stays."""

import warnings

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.clean.recurring import find_recurring, normal

BODIES = [
    f"Story {word} tells of one thing and then of another." for word in "abcdefghi"
]
FORMULA = "Present there were officials concerned."


def table(**columns):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.read_articles(pd.DataFrame(columns))


def cleaned(texts, outlet="X", titles=None):
    titles = titles or [f"Title number {i} of them" for i in range(len(texts))]
    articles = table(outlet=[outlet] * len(texts), title=titles, text=texts)
    return mk.clean_boilerplate(articles)


def test_a_line_under_many_articles_goes_and_is_told():
    texts = [
        f"{body}\n\nEin Angebot von Z 12.{at}.2020" for at, body in enumerate(BODIES)
    ]
    out = cleaned(texts)
    assert out["text"].tolist() == BODIES
    row = mk.cleaning_report(out).iloc[0]
    assert row["rule"] == "recurring line “ein angebot von z 0.0.0”"
    assert (row["articles"], row["outlet"]) == (9, "X")
    assert row["example"] == "Ein Angebot von Z 12.0.2020"


@pytest.mark.parametrize(
    ("count", "taken"), [(3, False), (4, False), (5, True), (9, True)]
)
def test_from_five_articles_on(count, taken):
    texts = [f"{body}\nThe Paper, morning issue" for body in BODIES[:count]]
    out = cleaned(texts + BODIES[count:])["text"]
    assert out.str.contains("morning issue").any() != taken


def test_two_in_a_thousand_of_a_large_outlet():
    texts = [
        f"Story {at} is told.\nA b c" if at < 6 else f"Story {at}."
        for at in range(4000)
    ]
    texts = [
        text.replace(str(at), f"{at:b}".replace("0", "o").replace("1", "i"))
        for at, text in enumerate(texts)
    ]
    assert find_recurring(texts) is None
    assert find_recurring(texts[:2000]) is not None


def test_a_paragraph_of_the_wire_in_many_articles_stays():
    wire = (
        "The ministry said that the war began on 24 February 2022, as Moscow calls it."
    )
    for count in (3, 9):
        texts = [f"{body}\n{wire}" for body in BODIES[:count]]
        out = cleaned(texts)
        assert out["text"].tolist() == texts
    told = mk.cleaning_report(out)
    assert told["rule"].str.startswith("left, a sentence").tolist() == [True]
    assert told[["articles", "characters_removed"]].values.tolist() == [[9, 0]]


def test_copies_of_one_article_are_no_evidence():
    text = "One story\nwithout a stop\nand its end"
    assert cleaned([text] * 9)["text"].tolist() == [text] * 9


def test_a_formula_of_protocol_stays_and_a_word_of_the_page_goes():
    texts = [f"{body}\n{FORMULA}\nThis story will be updated." for body in BODIES]
    out = cleaned(texts)["text"]
    assert out.tolist() == [f"{body}\n{FORMULA}" for body in BODIES]


def test_outlets_do_not_speak_for_each_other():
    texts = [f"{body}\nMorning issue" for body in BODIES]
    articles = table(outlet=list("AAABBBCCC"), text=texts)
    assert mk.clean_boilerplate(articles)["text"].tolist() == texts


def test_the_other_edge_and_the_middle_are_not_touched():
    long = "\n".join(f"Sentence {word} of the story." for word in "klmnopqr")
    texts = [f"{body}\n{long}\nMorning issue\n{long}\n{body}" for body in BODIES]
    assert cleaned(texts)["text"].str.contains("Morning issue").all()


def test_it_can_be_left_out():
    texts = [f"{body}\nMorning issue" for body in BODIES]
    articles = table(outlet=["X"] * 9, text=texts)
    out = mk.clean_boilerplate(articles, recurring=False)
    assert out["text"].tolist() == texts


LINES = [
    "Morning issue",
    "By JANE DOE",
    FORMULA,
    "Share this",
    "Related: a | b",
    "A b c",
]


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(st.sampled_from(LINES + BODIES), max_size=6), min_size=9, max_size=12
    )
)
def test_twice_is_once(articles):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        out = cleaned(["\n".join(lines) or "x" for lines in articles])
        again = mk.clean_boilerplate(out)
    assert again["text"].tolist() == out["text"].tolist()


def test_normal_form_forgets_case_figures_and_dates():
    assert normal("Updated Mon 3 May 2020, PAGE 9") == normal(
        "updated mon 12 june 1999, page 10"
    )
    assert normal("Mayor") == "mayor"


BRIDGE, FERRY = "Bridge opens after storm", "Ferry late again today"
LIST = "\n".join([BRIDGE, BRIDGE, FERRY, FERRY])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BODIES[0]}\n{LIST}", BODIES[0]),
        (f"{BODIES[0]}\n{LIST}\n{BODIES[1]}", f"{BODIES[0]}\n{BODIES[1]}"),
        (f"{BODIES[0]}\nFerry late againFerry late again", BODIES[0]),
        (f"{BODIES[0]}\nNo! No! No!\nNo! No! No!", None),
        (f"{BODIES[0]}\n{BODIES[1]}\n{BODIES[1]}", None),
        (f"{BODIES[0]}\nwe shall meet #again here\nwe shall meet #again here", None),
        (f"Title number 0 of them\n\n{BODIES[0]}", BODIES[0]),
        (f"{BODIES[0]}\nTitle number 1 of them", BODIES[0]),
        (f"{BODIES[0]}\nHe read Title number 1 of them.", None),
    ],
)
def test_headlines_of_lists_go(text, expected):
    out = cleaned([text, BODIES[2]])
    assert out["text"].iloc[0] == (expected or text)


def test_the_strait_loses_its_furniture_and_no_word_of_news():
    articles = mk.load_sample("strait").articles
    texts = articles.set_index("article_id")["text"]
    out = mk.clean_boilerplate(articles).set_index("article_id")["text"]
    spans = mk.load_truth("furniture")
    pieces = [texts[row.article_id][row.start : row.end] for row in spans.itertuples()]
    left = [
        piece in out[name]
        for piece, name in zip(pieces, spans["article_id"], strict=True)
    ]
    assert (len(left), sum(left)) == (181, 11)
    for name, rows in spans.groupby("article_id"):
        news, last = "", 0
        for row in rows.sort_values("start").itertuples():
            news, last = news + texts[name][last : row.start], row.end
        news += texts[name][last:]
        assert "".join(news.split()) in "".join(out[name].split())
