import json
import re

import numpy as np
import pytest
from articles import articles_of, corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize import TreebankWordTokenizer

import mediakit as mk


def names(corpus, name="name"):
    found = []
    for part in corpus.parts:
        words, layer = part.shard.vocabulary.to_pylist(), part.shard.layers[name]
        for start, end in zip(layer.starts, layer.ends, strict=True):
            found.append(" ".join(words[one] for one in part.shard.ids[start:end]))
    return found


def names_in(*texts, titles="", least=2):
    return names(mk.mark_names(corpus_of(list(texts), titles), least=least))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The United Nations met on Tuesday.", ["United Nations"]),
        ("The Communist Party of China met.", ["Communist Party of China"]),
        (
            "Great Britain and the United States signed the treaty.",
            ["Great Britain", "United States"],
        ),
        ("The Great Wall is in China", ["Great Wall"]),
        ("Angry Chinese fans left.", []),
        ("In Paris, London and Rome they met.", []),
        (
            "It went to the Ministry of Trade and Industry.",
            ["Ministry of Trade and Industry"],
        ),
        (
            "He left the Securities and Exchange Commission.",
            ["Securities and Exchange Commission"],
        ),
        ("He flew from Washington for Beijing.", []),
        ("A report by the Center for the Study of War.", None),
        ("He met Bashar al-Assad there.", ["Bashar al-Assad"]),
        ("She spoke to Ursula von der Leyen.", ["Ursula von der Leyen"]),
        ("He works at Johnson & Johnson now.", ["Johnson Johnson"]),
        ("On Monday Barack Obama came.", ["Barack Obama"]),
        ("He met Xi Jinping, Barack Obama said.", ["Xi Jinping", "Barack Obama"]),
        ("I said I Am happy.", []),
    ],
)
def test_what_is_a_name(text, found):
    expected = ["Center for the Study of War"] if found is None else found
    assert names_in(text) == expected


def test_the_corpus_tells_what_a_sentence_may_begin_with():
    begins = "Open Ledger asked. Angry Kelmaris left. Tiny Reef is calm."
    assert names_in(begins) == []
    elsewhere = "They asked Open Ledger. The angry crowd; an open door, at Tiny Reef."
    assert names_in(begins, elsewhere) == [
        "Open Ledger",
        "Tiny Reef",
        "Open Ledger",
        "Tiny Reef",
    ]


def test_a_word_in_no_dictionary_may_begin_a_name():
    assert names_in("Kirsa Bellow sells bread.") == ["Kirsa Bellow"]


def test_quotations_and_colons_begin_anew():
    assert names_in("He said: Strong Chinese growth.") == []
    assert names_in("He said “Strong Chinese growth” helps.") == []
    assert names_in("He said Strong Chinese growth helps.") == ["Strong Chinese"]


def test_a_headline_in_capitals_needs_evidence():
    titles = "Great News For United States As Leaders Praise Trade"
    assert names_in("They like the United States.", titles=titles) == [
        "United States",
        "United States",
    ]
    assert names_in("Rain fell.", titles="GREAT NEWS FOR HAPPY FARMERS") == []


def test_least_chooses_how_many_words():
    text = "The Party met NATO and the Red Cross."
    assert names_in(text, least=1) == ["Party", "NATO", "Red Cross"]
    assert names_in("The Hague Red Cross Union met.", least=5) == []


def test_masked_names_leave_every_count():
    corpus = mk.mark_names(corpus_of(["The Great Hall was great."]))
    inside, outside = corpus.only("name"), corpus.without("name")
    assert (inside.totals() + outside.totals() == corpus.totals()).all()
    assert mk.count_patterns(outside, ["great"]).values.sum() == 1


def test_other_tokenizers_give_the_same_names():
    text = "The talks in New York (near Long Island) ended. Xi Jinping met Li Qiang."
    by_words = names_in(text)
    other = mk.tokenize(articles_of([text]), tokenizer=TreebankWordTokenizer())
    assert names(mk.mark_names(other)) == by_words == names_in(text)
    assert by_words[:2] == ["New York", "Long Island"]


def test_articles_that_were_left_out_give_no_evidence():
    corpus = corpus_of(["Open Ledger asked.", "They asked Open Ledger."])
    first = mk.mark_names(corpus.subset(np.array([True, False])))
    assert first.only("name").totals().tolist() == [0]
    assert mk.mark_names(corpus).only("name").totals().tolist() == [2, 2]


def test_shards_do_not_matter(monkeypatch):
    articles = mk.load_sample("strait").articles.iloc[:60]
    whole = mk.mark_names(mk.tokenize(articles))
    monkeypatch.setattr("mediakit.text.tokenize.SHARD_ARTICLES", 20)
    cut = mk.mark_names(mk.tokenize(articles))
    assert len(cut.parts) == 3
    for view in ("only", "without"):
        some, others = (getattr(one, view)("name").totals() for one in (whole, cut))
        assert (some == others).all()


WORDS = ["great", "united", "party", "of", "and", "the", "talks", "Reef", "Kelmar"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=1))
def test_a_small_word_is_never_named_for_beginning_a_sentence(sentences):
    small = " ".join(word for word in WORDS if word.islower())
    texts = [" ".join(one) for one in sentences]
    text = ". ".join(one[0].upper() + one[1:] for one in texts) + "."
    for name in names_in(f"x {small} {small}.", text):
        first = name.split()[0]
        assert first in ("Reef", "Kelmar")


def test_people_of_the_constructed_world_are_found():
    corpus = mk.mark_names(mk.load_sample("strait"))
    found = " | ".join(names(corpus))
    articles = corpus.articles
    printed = "\n".join([*articles["title"], *articles["text"]])
    people = mk.load_truth("people")["name"]
    full = people[people.str.fullmatch(r"(?:[A-Z][\w'’-]+ )+[A-Z][\w'’-]+")]
    there = [name for name in full if name in printed]
    assert len(there) > 100
    assert np.mean([name in found for name in there]) >= 0.95


def test_targets_in_real_news(shared):
    lines = (shared / "data/newsmtsc/train.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines[:3000]]
    texts = [row["sentence_normalized"] for row in rows]
    corpus = mk.mark_names(mk.tokenize(articles_of(texts)))
    hits = []
    for row, inside in zip(rows, corpus.only("name").totals(), strict=True):
        for target in row["targets"]:
            if re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", target["mention"]):
                hits.append(inside >= 2)
    assert len(hits) > 300
    assert np.mean(hits) >= 0.97


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"least": 0}, "1 to 10"),
        ({"least": True}, "1 to 10"),
        ({"name": "title"}, "new name"),
        ({"name": ""}, "new name"),
    ],
)
def test_errors_say_what_to_do(options, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.mark_names(corpus_of(["A b."]), **options)


def test_where_capitals_tell_nothing_there_is_an_error():
    with pytest.raises(mk.MediakitError, match="every noun"):
        mk.mark_names(mk.tokenize(articles_of(["Ein Haus."]), language="de"))
    with pytest.raises(mk.MediakitError, match="needs the order of words"):
        mk.mark_names(mk.load_sample("democracy"))


def test_an_empty_corpus_stays_empty():
    assert names(mk.mark_names(corpus_of([]))) == []
    assert names(mk.mark_names(corpus_of(["", "   "]))) == []
