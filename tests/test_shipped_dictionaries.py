"""The dictionaries that ship: well formed, with cards, and as valid as they say."""

import re
import warnings

import dictionary_validity as validity
import naming_validity
import numpy as np
import pytest

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.resources import folder
from mediakit.text.dictionary_shipped import SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_each_is_read_whole_and_says_what_it_is(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dictionary = mk.load_dictionary(name)
    assert dictionary.name == name
    assert dictionary.unread.empty
    needed = {"purpose", "source", "licence", "validity", "failures"}
    assert needed <= set(dictionary.about)
    card = folder("data") / "dictionaries" / f"{name}.md"
    text = card.read_text(encoding="utf-8")
    for heading in ("What", "Source and licence", "Use", "Validity", "Failures"):
        assert f"**{heading}" in text, heading


def test_every_label_says_who_uses_it():
    naming = mk.load_dictionary("naming")
    notes = naming.about["notes"]
    said = {(concept, label) for concept, of in notes.items() for label in of}
    labels = {tuple(one.split(" > ")) for one in naming.entries["category"]}
    assert said == labels
    assert all(len(note) > 7 for of in notes.values() for note in of.values())
    verdict = re.compile(r"\b(neutral|objective|biased|correct|wrong)\b")
    assert not [n for of in notes.values() for n in of.values() if verdict.search(n)]


def test_an_unknown_name():
    with pytest.raises(MediakitError, match="`name` must be one of"):
        mk.load_dictionary("bias")


def f1_of(codes, found):
    both = (codes & found).sum()
    return 2 * both / max(codes.sum() + found.sum(), 1)


def f1_table(units, measure, names):
    measure = measure.only_items(names)
    found = measure.values.toarray() > 0
    coded = units[names].to_numpy() > 0
    return {n: f1_of(coded[:, i], found[:, i]) for i, n in enumerate(names)}


def test_policy_frames_find_what_the_card_says(shared):
    units = validity.gun_units(shared / "data")
    corpus = validity.corpus_of(units)
    policy = mk.load_dictionary("policy_frames")
    measure = mk.count_dictionary(corpus, policy, unit="article")
    f1 = f1_table(units, measure, list(validity.GUN_FRAMES.values()))
    assert len(units) == 626
    assert f1["policy prescription"] == pytest.approx(0.75, abs=0.02)
    assert f1["political"] == pytest.approx(0.72, abs=0.02)
    assert f1["cultural identity"] == pytest.approx(0.28, abs=0.02)
    assert np.mean(list(f1.values())) == pytest.approx(0.51, abs=0.02)


def test_loaded_words_find_what_the_card_says(shared):
    units = validity.loaded_units(shared / "data")
    loaded = mk.load_dictionary("loaded")
    measure = mk.count_dictionary(
        validity.corpus_of(units), loaded, unit="article", items="coverage"
    )
    f1 = f1_table(units, measure, [validity.ANY])
    assert f1[validity.ANY] == pytest.approx(0.58, abs=0.02)


def test_captions_say_what_a_list_is_worth():
    corpus = mk.load_sample("strait")
    loaded = mk.load_dictionary("loaded")
    table = mk.summarise(mk.count_dictionary(corpus, loaded, unit="sentence"))
    assert loaded.about["in short"] in mk.describe(table)


def test_an_outside_lexicon_s_phrases_part_the_papers_as_it_says(shared):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        corpus = naming_validity.papers(shared / "data")
        lexicon = naming_validity.lexicon(shared / "data")
        table = naming_validity.phrases(corpus, lexicon).set_index("item")
        sides = naming_validity.sides(corpus, lexicon).set_index("class")
    assert table.loc["aligned", "low"] > 2
    assert table.loc["opposed", "high"] < 0
    assert (sides["f1"] > sides["f1_always"]).all()
    assert sides["f1"].tolist() == pytest.approx([0.88, 0.79], abs=0.01)


def test_countries_are_those_that_coders_gave(shared):
    found = naming_validity.states(shared / "data").set_index("class")
    assert (found["precision"] > 0.8).all()
    others = found.drop("United States")
    assert (others["f1"] > others["f1_always"] + 0.3).all()


def test_labels_of_migrants_find_the_mentions_of_migrants(shared):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        found = naming_validity.mentions(shared / "data")
    assert found["precision"] == pytest.approx(0.94, abs=0.02)
    assert found["recall"] == pytest.approx(0.47, abs=0.02)
