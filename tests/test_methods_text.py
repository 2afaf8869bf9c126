"""methods_text: n, unit, interval, test, correction and references; never a cause."""

import re

import pytest
from second_looks import SIDES, measure_of, planted

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.show.methods_tests import TOLD_BY_VERB
from mediakit.show.references import REFERENCES, cited

CLAIMS = (
    r"\b(caus|because|bias|intent|deliberate|slant|manipulat|propagand|due to|led to"
    r"|in order to|prove|drive|hid(es|ing)|distort|agenda)"
)


@pytest.fixture(scope="module")
def tables():
    measure = measure_of(planted())
    share, mean = (measure_of(planted(), kind) for kind in ("share", "mean"))
    return {
        "summarise": mk.summarise(measure, by="outlet"),
        "trend": mk.trend(measure, freq="month"),
        "compare": mk.compare(measure, **SIDES),
        "permuted": mk.compare(measure, **SIDES, test="permutation", seed=1),
        "within": mk.compare(measure, **SIDES, within="event_id"),
        "share": mk.compare(share, **SIDES),
        "mean": mk.compare(mean, **SIDES),
        "keyness": mk.keyness(measure, **SIDES),
        "placebo": mk.placebo(measure, repeats=2),
        "dispersion": mk.dispersion(measure),
        "second_look": mk.second_look(measure, "war", **SIDES),
        "multiverse": mk.multiverse(measure, "war", **SIDES),
    }


def test_nothing_claims_cause_intent_or_bias(tables):
    for name, table in tables.items():
        found = re.search(CLAIMS, mk.methods_text(table), re.IGNORECASE)
        assert not found, (name, found[0])
    for name in ("summarise", "trend", "compare"):
        assert not re.search(CLAIMS, mk.describe(tables[name]), re.IGNORECASE)
    for table in (tables["second_look"], tables["multiverse"]):
        said = " ".join([*table.get("why", []), *table.attrs["mediakit"]["notes"]])
        assert not re.search(CLAIMS, said, re.IGNORECASE)
    assert not re.search(CLAIMS, mk.show_second_look(tables["second_look"]).text, re.I)
    curve = mk.describe(mk.plot_multiverse(tables["multiverse"]))
    assert not re.search(CLAIMS, curve, re.IGNORECASE)


def test_the_paragraph_names_n_unit_interval_test_correction(tables):
    text = mk.methods_text(tables["compare"])
    sides = tables["compare"].attrs["mediakit"]["sides"]
    for part in (
        "measured war, talks as a rate",
        f"A + B {sides['a']['articles']}; C + D {sides['b']['articles']}",
        "Unit of evidence: the article",
        "95 % intervals",
        "score test",
        "2 items in at least ten articles were tested together",
        "Benjamini and Hochberg 1995",
        "whole groups by event_id",
        f"mediakit {mk.__version__}",
        "do not say why",
    ):
        assert part in text


def test_each_verb_tells_of_itself(tables):
    expected = {
        "summarise": "Intervals of rates",
        "trend": "by month",
        "permuted": "p-value is by permutation, seed 1",
        "within": "Mantel and Haenszel 1959",
        "share": "Newcombe 1998",
        "mean": "jackknife",
        "keyness": "Dunning 1993",
        "placebo": "2 times, a share of 0.5",
        "dispersion": "`mk.dispersion`",
        "second_look": "Could not be asked: another tokenizer",
        "multiverse": "Steegen et al. 2016",
    }
    for name, part in expected.items():
        assert part in mk.methods_text(tables[name]), name


def test_what_is_cited_is_listed_and_nothing_else(tables):
    for table in tables.values():
        text, _, listed = mk.methods_text(table).partition("\nReferences\n")
        for short, full in REFERENCES.items():
            assert (short in text) == (full in listed)
    assert cited("no name here") == []


def test_a_saved_table_says_the_same(tables, tmp_path):
    for name in TOLD_BY_VERB.keys() & tables.keys():
        path = mk.save_table(tables[name], tmp_path / f"{name}.csv")[0]
        again = mk.methods_text(mk.read_table(path))
        assert again == mk.methods_text(tables[name])


def test_tables_without_a_record_are_refused(tables):
    bare = tables["compare"].copy()
    bare.attrs = {}
    with pytest.raises(MediakitError, match="does not say how it was made"):
        mk.methods_text(bare)
