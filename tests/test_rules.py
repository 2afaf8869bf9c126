"""What rules are worth stands under every figure of them, as the cards say it."""

import html
import re

import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.resources import folder
from mediakit.show.rules import IN_SHORT, OWN_LISTS

CARDS = {"count_voices": "voice_verbs", "count_agency": "harm_verbs"}
TEXTS = [
    "“We won,” said the minister. Police shot three men.",
    "“No,” said a nurse. Two men died.",
]


def measures():
    corpus = corpus_of(TEXTS, outlet=["A", "B"])
    return {
        "count_voices": mk.count_voices(corpus),
        "count_agency": mk.count_agency(corpus),
    }


@pytest.mark.parametrize("verb", CARDS)
def test_the_figures_are_those_of_the_card(verb):
    card = (folder("data") / "dictionaries" / f"{CARDS[verb]}.md").read_text("utf-8")
    numbers = re.findall(r"(?<!\w)\.\d\d|\d\d of \d\d", IN_SHORT[verb])
    assert len(numbers) >= 2
    rounded = re.sub(r"(?<!\d)\.\d{3}", lambda one: f"{float(one[0]):.2f}"[1:], card)
    mentions = re.findall(r"\b(\d\d) mentions.*?right in (\d\d)", card, re.DOTALL)
    known = rounded + "".join(f" {right} of {all_}" for all_, right in mentions)
    assert not [one for one in numbers if one not in known]


@pytest.mark.parametrize("verb", CARDS)
def test_it_stands_in_tables_captions_and_plots(verb):
    measure = measures()[verb]
    summary = mk.summarise(measure, by="outlet")
    for shown in (
        summary,
        mk.compare(measure, by="outlet", a="A", b="B"),
        mk.plot_summary(summary),
    ):
        assert IN_SHORT[verb] in mk.describe(shown)
    page = mk.show_table(summary, name="shares")._repr_mimebundle_()
    assert IN_SHORT[verb] in html.unescape(page["text/html"])


def test_lists_of_ones_own_are_not_those_that_were_tried():
    corpus = corpus_of(TEXTS)
    voices = mk.count_voices(corpus, verbs={"classes": {"neutral": ["say"]}})
    told = mk.describe(mk.summarise(voices))
    assert OWN_LISTS in told
    assert IN_SHORT["count_voices"] not in told
