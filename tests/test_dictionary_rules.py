"""What a dictionary counts where entries overlap: the sentences users complain of."""

from dataclasses import replace

from dictionary_helpers import counted

import mediakit as mk
from mediakit.text.dictionary import as_dictionary


def test_czech_republic_and_equatorial_guinea_count_once():
    places = {"CZ": ["Czech Republic", "Czech"], "GN": "Guinea"}
    places["GQ"] = "Equatorial Guinea"
    texts = ["The Czech Republic brews. Equatorial Guinea, not Guinea."]
    found = counted(texts, places)
    assert {item: int(hits[0]) for item, hits in found.items()} == {
        "CZ": 1,
        "GN": 1,
        "GQ": 1,
    }


def test_the_lexicoder_manual_sentence():
    lsd = {
        "negative": ["aggressive"],
        "positive": ["win", "friends"],
        "neg_positive": ["not win", "not friends"],
        "neg_negative": ["not aggressive"],
    }
    found = counted(["This aggressive policy will not win friends."], lsd)
    assert [int(hits[0]) for hits in found.values()] == [1, 1, 1, 0]


def test_of_is_decided_by_the_word_behind(tmp_path):
    file = tmp_path / "own.dic"
    file.write_text("%\n1\tgentle\n2\tsort\n%\nkind\t<of>2/1\n")
    found = counted(["A kind of kind man."], mk.read_dictionary(file))
    assert {item: int(hits[0]) for item, hits in found.items()} == {
        "sort": 1,
        "gentle": 1,
    }


def test_a_word_of_two_categories_counts_once_in_what_holds_both():
    nested = {"tone": {"bad": ["war*"], "loud": ["war", "cry"]}}
    found = counted(["War cry, warfare."], nested)
    assert {item: int(hits[0]) for item, hits in found.items()} == {
        "tone": 3,
        "tone > bad": 2,
        "tone > loud": 2,
    }


def test_the_most_literal_entry_is_credited():
    found = counted(["War, wars."], {"war": ["w*", "war*", "war"]}, items="entry")
    assert {item: int(hits[0]) for item, hits in found.items()} == {
        "war: w*": 0,
        "war: war*": 1,
        "war: war": 1,
    }


def test_exclusions_take_their_words():
    kind = replace(as_dictionary({"kind": ["kind*"]}), exclude=("kind of", "kindle"))
    found = counted(["Kind of a kind deed. Kindle it kindly."], kind)
    assert found["kind"].tolist() == [2]


def test_negation_stays_in_its_sentence_and_reach():
    good = replace(
        as_dictionary({"tone": {"good": ["good", "very nice"]}}),
        negators=("not", "no way"),
        reach=2,
    )
    texts = [
        "Not good.",
        "Not so good.",
        "Not so very good.",
        "Not. Good.",
        "Good, not.",
        "No way very nice.",
        "Not not good, so good.",
    ]
    found = counted(texts, good)
    assert found["tone > good"].tolist() == [0, 0, 1, 1, 1, 0, 1]
    assert found["not tone > good"].tolist() == [1, 1, 0, 0, 0, 1, 1]
    assert found["not tone"].tolist() == found["not tone > good"].tolist()
