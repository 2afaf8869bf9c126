"""methods_text: n, unit, interval, test, correction and references; never a cause."""

import re
from pathlib import Path

import pandas as pd
import pytest
from second_looks import SIDES, measure_of, planted

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.infer.adjust import adjust
from mediakit.show.methods_tests import TOLD_BY_VERB
from mediakit.show.references import REFERENCES, cited

SHOW = Path(__file__).resolve().parents[1] / "mediakit" / "show"
CLAIMS = (
    r"\b(caus|because|bias|intent|deliberate|slant|manipulat|propagand|due to|led to"
    r"|in order to|prove|drive|hid(es|ing)|distort|agenda)"
)


def of_corpus():
    """Return tables of measures that need texts, and of checks by hand."""
    strait, labels = mk.load_sample("strait"), mk.load_truth("labels")
    events = strait.articles[["article_id"]].merge(labels[["article_id", "event_id"]])
    covered = mk.count_coverage(strait.with_columns(events), what="silence")
    codes = pd.DataFrame({"unit_id": list("aabbcc"), "code": [1, 1, 0, 1, 0, 0]})
    codes["coder"] = ["x", "y"] * 3
    counts = pd.DataFrame({"article_id": list("abc"), "war": [1, 0, 0], "words": 9})
    checked = mk.as_measure(counts, value="war", exposure="words")
    terms = {"sea": ["harbour", "ferry"], "talk": ["said", "told"]}
    entries = mk.count_dictionary(strait, terms, items="entry")
    return {
        "topics": mk.summarise(mk.score_topics(strait, k=3, seed=1)),
        "coverage": mk.summarise(covered, by="outlet"),
        "tone": mk.summarise(mk.score_sentiment(strait, method="vader_corrected")),
        "voices": mk.summarise(mk.count_voices(strait)),
        "associate": mk.associate(mk.count_collocates(strait, "minister")),
        "explain": mk.explain(entries, by="outlet", top=1),
        "agreement": mk.agreement(codes, repeats=99),
        "validate": mk.validate(checked, codes, repeats=99),
        "label_events": mk.label_events(strait.articles),
    }


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
        "classical": mk.keyness(measure, **SIDES, measures="all"),
        "bootstrap": mk.compare(measure, **SIDES, test="bootstrap", seed=1),
        "adjusted": adjust(mk.compare(measure, **SIDES)),
        "dispersion": mk.dispersion(measure),
        "power": mk.power(measure, **SIDES),
        "decompose": mk.decompose(measure, **SIDES, within="event_id"),
        "change_points": mk.change_points(measure, freq="week", repeats=19),
        "bursts": mk.bursts(measure, repeats=19),
        "calendar_effects": mk.calendar_effects(measure),
        "lead_lag": mk.lead_lag(measure, **SIDES, max_lag=2),
        "diverging": mk.diverging(measure, **SIDES),
        **of_corpus(),
        "second_look": mk.second_look(measure, "war", **SIDES),
        "multiverse": mk.multiverse(measure, "war", **SIDES),
    }


def test_nothing_claims_cause_intent_or_bias(tables):
    for name, table in tables.items():
        said = mk.methods_text(table).partition("\nReferences\n")[0]
        said = said.replace("Coming first is not causing", "")
        found = re.search(CLAIMS, said, re.IGNORECASE)
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
        "permuted": "p-value is by permutation of labels, 999 times, seed 1",
        "within": "Mantel and Haenszel 1959",
        "share": "Newcombe 1998",
        "mean": "jackknife",
        "keyness": "Dunning 1993",
        "placebo": "2 times, a share of 0.5",
        "dispersion": "DP (Gries 2008)",
        "classical": "conservative log ratio of Evert 2022",
        "bootstrap": "BCa interval (Efron 1987); p_lijffijt is that of Lijffijt et al.",
        "adjusted": "Benjamini and Yekutieli 2001, whatever",
        "power": "in 80% of such corpora, one article being one unit",
        "decompose": "within event_id after Kitagawa 1955",
        "change_points": "binary segmentation (Scott and Knott 1974)",
        "bursts": "automaton of Kleinberg 2002",
        "calendar_effects": "quasi-Poisson regression, every week",
        "lead_lag": "autoregression of its own (Haugh 1976)",
        "diverging": "q_cluster holds the false discovery rate",
        "topics": "3 topics were learnt by non-negative factorisation",
        "coverage": "Silence in the sense of D'Alessio and Allen 2000",
        "tone": "Tone is scored by VADER (Hutto and Gilbert 2014), corrected",
        "voices": "their speakers were found by rules",
        "associate": "mutual information after Bouma 2009",
        "explain": "of which the commonest 1 a group are shown",
        "agreement": "“code”: 3 units read by 2 coders, alpha",
        "validate": "precision, recall, F1, alpha (Krippendorff 2011)",
        "label_events": "average likeness (Sokal and Michener 1958) of at least",
        "second_look": "Could not be asked: another tokenizer",
        "multiverse": "Steegen et al. 2016",
    }
    for name, part in expected.items():
        assert part in mk.methods_text(tables[name]), name


def test_no_verb_is_left_to_its_documentation(tables):
    for name, table in tables.items():
        assert "Its documentation names" not in mk.methods_text(table), name
    made_up = tables["power"].copy()
    made_up.attrs = {"mediakit": tables["power"].attrs["mediakit"] | {"verb": "new"}}
    assert "made by `mk.new` with by 'outlet'" in mk.methods_text(made_up)


def test_every_reference_is_of_use():
    source = "".join(path.read_text("utf-8") for path in SHOW.glob("methods_*.py"))
    joined = re.sub(r'"\s*f?"', "", source)
    unused = [short for short in REFERENCES if short not in joined]
    assert unused == []


def test_captions_name_the_test_and_the_correction(tables):
    said = {name: mk.describe(tables[name]) for name in ("compare", "permuted", "mean")}
    assert (
        "score test with pooled dispersion over articles and by event"
        in said["compare"]
    )
    assert "5 % (Benjamini-Hochberg), and what is said" in said["compare"]
    assert "Test: permutation of labels over" in said["permuted"]
    assert "Test: t test by the jackknife over" in said["mean"]
    assert "(Benjamini-Yekutieli)" in mk.describe(tables["adjusted"])
    assert "inside event_id. Correction" in mk.describe(tables["within"])
    assert "by the jackknife over event_id" in mk.describe(tables["decompose"])


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
