"""second_look: its checks are what a user would get by hand."""

import numpy as np
import pandas as pd
import pytest
from nltk.tokenize import RegexpTokenizer
from second_looks import SIDES, articles, by_hand, looked, measure_of, planted, same

import mediakit as mk
from mediakit.infer import second_look_evidence
from mediakit.infer.recount import UnaskedError, count_again
from mediakit.text.dictionary import Dictionary

HALVES, SPLITS = 4, 39
NUMBERS = ("log_ratio", "low", "high", "p", "articles_a", "articles_b")


@pytest.fixture(autouse=True)
def few_repeats(monkeypatch):
    """Take fewer random splits and halves: the rules stay, the tests are short."""
    monkeypatch.setattr(second_look_evidence, "HALVES", HALVES)
    monkeypatch.setattr(second_look_evidence, "SPLITS", SPLITS)


def test_the_placebo_is_that_of_placebo():
    frame = planted(ratio=1.3, seed=3)
    answer = looked(frame, seed=4).loc["placebo"]
    measure = measure_of(frame).only_items(["war"])
    first = mk.compare(measure, **SIDES).iloc[0]
    share = frame["outlet"].isin(["A", "B"]).mean()
    splits = mk.placebo(measure, share=share, repeats=SPLITS, seed=4)
    as_strong = (splits["smallest_p"] <= first["p"]).sum()
    assert answer["p"] == (1 + as_strong) / (1 + SPLITS)
    assert (answer["verdict"] == "held") == (answer["p"] < 0.05)


def test_the_halves_are_those_of_a_split_corpus():
    frame = planted()
    answer = looked(frame, seed=7).loc["explore, then confirm"]
    measure, found = measure_of(frame), []
    for seed in range(7, 7 + HALVES):
        order = np.random.default_rng(seed).permutation(len(frame))
        kept = np.isin(np.arange(len(frame)), order[len(frame) // 2 :])
        found.append(by_hand(measure.subset(kept)))
    middle = sorted(found, key=lambda row: row[3])[HALVES // 2]
    same(answer, middle)


def test_all_items_and_weeks_are_those_of_compare():
    frame = planted(ratio=1.5)
    measure = measure_of(frame)
    row = mk.compare(measure, **SIDES).set_index("item").loc["war"]
    rows = looked(frame)
    assert rows.loc["first look", "low"] == row["low"]
    assert rows.loc["weeks or events as evidence", "p"] == row["p_cluster"]
    held = rows.loc["all items allowed for", "verdict"] == "held"
    assert held == (row["bound"] > 0)


def test_shares_and_means_are_looked_at_as_well():
    frame = planted()
    for kind in ("share", "mean"):
        rows = mk.second_look(measure_of(frame, kind), "war", **SIDES)
        rows = rows.set_index("question")
        compared = mk.compare(measure_of(frame, kind), **SIDES).set_index("item")
        assert rows.loc["first look", "estimate"] == compared.loc["war", "difference"]
        answer = rows.loc["without its most influential article"]
        assert answer["p"] == pytest.approx(compared.loc["war", "p_without"])


def test_texts_answer_what_columns_do_not():
    corpus = mk.tokenize(articles())
    measure = mk.count_terms(corpus)
    without = mk.second_look(measure, "war", **SIDES).set_index("question")
    for question in ("without wire copy", "matched events", "another tokenizer"):
        assert without.loc[question, "verdict"] == "could not be asked"
        assert "`corpus=`" in without.loc[question, "why"]
    rows = mk.second_look(measure, "war", **SIDES, corpus=corpus).set_index("question")
    labelled = mk.label_duplicates(corpus.articles)
    copies = labelled["duplicate_of"].notna().to_numpy()
    assert copies.sum() == 8
    same(rows.loc["without wire copy"], by_hand(measure.subset(~copies)))
    cut = mk.tokenize(corpus.articles, tokenizer=RegexpTokenizer(r"\w+"))
    same(rows.loc["another tokenizer"], by_hand(mk.count_terms(cut)))
    events = mk.label_events(labelled)[["article_id", "event_id"]]
    matched = mk.count_terms(corpus.with_columns(events))
    options = {"within": "event_id", "cluster": "week"}
    same(rows.loc["matched events"], by_hand(matched, **options))


def test_outlets_left_out_reach_as_far_as_compare_says():
    frame = planted(ratio=1.5)
    row = mk.compare(measure_of(frame), **SIDES).set_index("item").loc["war"]
    found = []
    for outlet in "ABCD":
        left = measure_of(frame[frame["outlet"] != outlet])
        sides = {side: [o for o in SIDES[side] if o != outlet] for side in "ab"}
        table = mk.compare(left, by="outlet", **sides).set_index("item")
        found.append(table.loc["war"])
    ends = min(one["log_ratio"] for one in found), max(o["log_ratio"] for o in found)
    assert ends == pytest.approx((row["outlet_low"], row["outlet_high"]))
    weakest = min(found, key=lambda one: one["low"])
    answer = looked(frame).loc["leave one outlet out"]
    same(answer, [weakest[name] for name in NUMBERS])


def test_labels_are_counted_again_as_labels():
    corpus = mk.tokenize(articles())
    names = {
        "fight": {"war": "war", "theme": "theme1*"},
        "place": {"war": "theme2", "name": "name1*"},
    }
    counted = mk.count_naming(corpus, names)
    item = "war (fight)"
    rows = mk.second_look(counted, item, **SIDES, corpus=corpus)
    answer = rows.set_index("question").loc["another tokenizer"]
    cut = mk.tokenize(corpus.articles, tokenizer=RegexpTokenizer(r"\w+"))
    row = mk.compare(mk.count_naming(cut, names), **SIDES).set_index("item").loc[item]
    same(answer, [row["difference"], *(row[name] for name in NUMBERS[1:])])


def test_labels_in_levels_and_with_exclusions_are_counted_again():
    corpus = mk.tokenize(articles())
    rows = [("fight > in words > war", "war", 1.0)]
    rows += [("fight > in words > theme", "theme*", 1.0)]
    table = pd.DataFrame(rows, columns=["category", "pattern", "weight"])
    names = Dictionary("names", table, exclude=("theme1",))
    again = count_again(mk.count_naming(corpus, names), "theme", corpus)
    first = mk.count_naming(corpus, names).only_items(["theme"])
    assert (again.values.toarray() == first.values.toarray()).all()
    assert (again.exposure[:, 0] == first.exposure[:, 0]).all()
    assert first.values.sum() < mk.count_patterns(corpus, "theme*").values.sum()


def test_voices_and_agency_are_counted_again():
    corpus = mk.load_sample("strait")
    sides = {"by": "outlet", "a": ["KELTA", "Halvane Today"], "b": "rest"}
    cut = mk.tokenize(corpus.articles, tokenizer=RegexpTokenizer(r"\w+"))
    own = [mk.mark_quotations(one).without("quotation") for one in (corpus, cut)]
    voices, again = (mk.count_voices(one) for one in (corpus, cut))
    agency, twice = (mk.count_agency(one) for one in own)
    tables = [
        (mk.second_look(voices, "official", **sides, corpus=corpus), again),
        (mk.second_look(agency, "active", **sides, corpus=own[0]), twice),
    ]
    for table, counted in tables:
        answers = table.set_index("question")
        item = table.attrs["mediakit"]["item"]
        row = mk.compare(counted, **sides).set_index("item").loc[item]
        answer = answers.loc["another tokenizer"]
        same(answer, [row["difference"], *(row[name] for name in NUMBERS[1:])])
    assert answers.loc["first look", "verdict"] == "held"
    mine = mk.count_voices(corpus, verbs={"classes": {"neutral": ["say"]}})
    with pytest.raises(UnaskedError, match="Your own verbs are not held"):
        count_again(mine, "official", corpus)
    with pytest.raises(UnaskedError, match="not outside of them"):
        count_again(voices, "official", own[0])
