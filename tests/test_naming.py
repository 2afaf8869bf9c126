"""Rival labels: what was planted is found, shares add up, errors name the remedy."""

import pickle

import numpy as np
import pandas as pd
import pytest
from dictionary_helpers import tokenized

import mediakit as mk
from mediakit.errors import MediakitError

FIGHTING = {
    "fighting": {"civil war": "civil war", "war": "war", "conflict": "conflict*"},
    "fighters": {"rebels": ["rebel*"], "war party": ["war party"], "conflict": "party"},
}


def counts(measure):
    return dict(zip(measure.items["item"], measure.values.sum(axis=0), strict=True))


def planted():
    """Return the planted spans, and the labels of each concept as written."""
    truth = mk.load_truth("naming")
    corpus = mk.load_sample("strait")
    (part,) = corpus.parts
    ids, texts = corpus.metadata["article_id"], part.texts("text").to_pylist()
    texts = dict(zip(ids, texts, strict=True))
    spans = zip(truth["article_id"], truth["start"], truth["end"], strict=True)
    truth["written"] = [texts[article][start:end] for article, start, end in spans]
    concepts = {}
    for (concept, label), of in truth.groupby(["concept", "label"]):
        concepts.setdefault(concept, {})[label] = sorted(set(of["written"]))
    return corpus, truth, concepts


def test_planted_labels_are_recovered_in_and_out_of_quotation():
    corpus, truth, concepts = planted()
    corpus = mk.mark_quotations(corpus)
    assert len(truth) > 700
    for quoted, view in (
        (True, corpus.only("quotation")),
        (False, corpus.without("quotation")),
    ):
        measure = mk.count_naming(view, concepts)
        of = truth[truth["quoted"] == quoted]
        expected = of.groupby(["concept", "label"]).size()
        keys = pd.MultiIndex.from_frame(measure.items[["concept", "item"]])
        found = pd.Series(measure.values.sum(axis=0), keys)
        assert found[found > 0].sort_index().to_dict() == expected.to_dict()


def test_the_longest_label_counts_within_a_concept_and_concepts_are_apart():
    corpus = tokenized("The civil war party. War, conflicts; rebels of the party.")
    measure = mk.count_naming(corpus, FIGHTING)
    assert counts(measure) == {
        "civil war": 1,
        "war": 1,
        "conflict (fighting)": 1,
        "rebels": 1,
        "war party": 1,
        "conflict (fighters)": 1,
    }
    assert measure.exposure.tolist() == [[3, 3]]
    assert measure.denominators == ("fighting", "fighters")
    assert measure.items["denominator"].tolist() == [0, 0, 0, 1, 1, 1]


def test_shares_of_a_concept_add_up_to_one():
    corpus, _, concepts = planted()
    measure = mk.count_naming(corpus, concepts)
    table = mk.summarise(measure, by="outlet")
    table["concept"] = table["item"].map(
        dict(zip(measure.items["item"], measure.items["concept"], strict=True))
    )
    table = table[table["exposure"] > 0]
    sums = table.groupby(["concept", "group"])["rate"].sum()
    assert len(sums) > 40
    np.testing.assert_allclose(sums, 1)


def test_exclusions_and_possessives():
    table = pd.DataFrame(
        {
            "category": ["rule > regime", "rule > government"],
            "pattern": ["regime", "government"],
        }
    )
    rule = mk.Dictionary("rule", table, ("regime change", "government bond*"))
    corpus = tokenized(
        "The regime’s army. Regime change! The government's regimes. Government bonds."
    )
    measure = mk.count_naming(corpus, rule)
    assert counts(measure) == {"regime": 1, "government": 1}
    assert measure.provenance["labels"]["rule > regime"] == ["regime", "regime's"]


def test_the_passages_are_those_that_were_counted():
    corpus, _, concepts = planted()
    measure = mk.count_naming(corpus, concepts)
    for label in ("men_at_sea > fishermen", "rule_of_kelmar > Kelmari regime"):
        patterns = measure.provenance["labels"][label]
        passages = mk.find_passages(corpus, patterns)
        assert len(passages) == counts(measure)[label.split(" > ")[1]]


def test_planted_house_labels_stand_out_in_a_comparison():
    corpus, _, concepts = planted()
    measure = mk.count_naming(corpus, {"islands": concepts["islands"]})
    house = mk.load_truth("house_labels").query("concept == 'islands'")
    owners = house.set_index("outlet_id")["label"]
    table = mk.summarise(measure, by="outlet").sort_values("rate")
    most = table.groupby("group").last()["item"]
    names = mk.load_truth("outlets").set_index("outlet_id")
    column = next(c for c in names if set(names[c]) & set(most.index))
    assert {names.loc[o, column]: label for o, label in owners.items()} == {
        outlet: label
        for outlet, label in most.items()
        if outlet in set(names.loc[owners.index, column])
    }


def test_a_cluster_can_be_sent_the_plan():
    measure = mk.count_naming(tokenized("War and conflict."), FIGHTING)
    again = pickle.loads(pickle.dumps(measure.stored))
    assert again[0].values.toarray().tolist() == measure.values.toarray().tolist()


@pytest.mark.parametrize(
    ("concepts", "message"),
    [
        ({"war": ["war", "wars"]}, "has patterns but no labels"),
        ({"war": {"war": ["war"]}}, "has one label, 'war'"),
        ({"war": {"war": ["war"], "fight": ["war"]}}, "'war' stands under two labels"),
        (["war"], "a dict of a category"),
    ],
)
def test_errors(concepts, message):
    with pytest.raises(MediakitError, match=message):
        mk.count_naming(tokenized("war"), concepts)


def test_counts_answer_single_words_only():
    corpus = mk.load_sample("democracy")
    measure = mk.count_naming(
        corpus, {"rule": {"regime": ["regime"], "government": ["government"]}}
    )
    assert measure.values.sum() > 100
    with pytest.raises(MediakitError, match=r"\['civil war', 'war party'\] ask for"):
        mk.count_naming(corpus, FIGHTING)


def test_no_article_no_label():
    corpus = tokenized("War.", "Peace.")
    measure = mk.count_naming(corpus, FIGHTING)
    assert measure.exposure.tolist() == [[1, 0], [0, 0]]
    assert np.isnan(mk.summarise(measure)["rate"]).sum() == 3
    none = corpus.subset(np.zeros(2, bool))
    assert mk.count_naming(none, FIGHTING).values.shape == (0, 6)


def test_labels_are_suggested_from_the_places_of_the_known_ones():
    corpus = mk.load_sample("strait")
    found = mk.suggest_labels(corpus, ["militia", "fishermen"])
    assert list(found) == ["label", "places", "score", "uses", "articles", "example"]
    assert found["label"].iloc[0] == "crew"
    assert not {"militia", "fishermen"} & set(found["label"])
    assert len(mk.suggest_labels(corpus, ["militia", "fishermen"], limit=3)) == 3


def test_a_place_is_the_words_on_either_side():
    corpus = tokenized(
        "The cruel regime of X. The old regime in X.",
        "The cruel rulers of X. The old rulers in X. The old men in X.",
        "A cruel sea.\n\nOf rulers.",
    )
    found = mk.suggest_labels(corpus, "regime")
    assert found.to_numpy().tolist() == [["rulers", 2, 0.5 + 1 / 3, 2, 1, "cruel … of"]]
    with pytest.raises(MediakitError, match="stands between two words"):
        mk.suggest_labels(corpus, "junta")
    with pytest.raises(MediakitError, match="`limit` must be"):
        mk.suggest_labels(corpus, "regime", limit=0)
    with pytest.raises(MediakitError, match="labels"):
        mk.suggest_labels(mk.load_sample("democracy"), "regime")
