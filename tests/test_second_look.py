"""second_look: each check is what a user would get by hand; planted flaws are found."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from second_looks import SIDES, articles, by_hand, looked, measure_of, planted, same

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.infer import second_look_evidence, second_look_finding

COLUMNS = "question verdict estimate low high p articles_a articles_b why".split()
QUESTIONS = [
    "first look",
    "all items allowed for",
    "weeks or events as evidence",
    "placebo",
    "explore, then confirm",
    "without its most influential article",
    "leave one outlet out",
    "without wire copy",
    "matched events",
    "another tokenizer",
]


@pytest.fixture(autouse=True)
def few_repeats(monkeypatch):
    """Take fewer random splits and halves: the rules stay, the tests are short."""
    monkeypatch.setattr(second_look_evidence, "HALVES", 4)
    monkeypatch.setattr(second_look_evidence, "SPLITS", 39)


def test_a_planted_difference_holds_whatever_is_asked():
    frame = planted()
    table = mk.second_look(measure_of(frame), "war", **SIDES)
    assert list(table.columns) == COLUMNS
    assert table["question"].tolist() == QUESTIONS
    verdicts = table.set_index("question")["verdict"]
    assert verdicts.pop("another tokenizer") == "could not be asked"
    assert (verdicts == "held").all()


def test_where_nothing_differs_nothing_is_asked():
    rows = looked(planted(ratio=1))
    assert rows.loc["first look", "verdict"] == "did not hold"
    others = rows.drop("first look")
    assert (others["verdict"] == "could not be asked").all()
    assert others["why"].str.contains("nothing to hold").all()


def test_swapped_sides_turn_signs_and_no_verdict():
    frame = planted()
    one = looked(frame)
    other = looked(frame, a=["C", "D"], b=["A", "B"])
    assert one["verdict"].tolist() == other["verdict"].tolist()
    np.testing.assert_allclose(one["estimate"], -other["estimate"])
    np.testing.assert_allclose(one["low"], -other["high"])


def test_a_difference_that_hangs_on_one_article_is_unmasked():
    frame = almost_clear()
    rows = looked(frame)
    assert rows.loc["first look", "verdict"] == "held"
    answer = rows.loc["without its most influential article"]
    assert answer["verdict"] == "did not hold"
    assert f"(article 0) with {frame['war'][0]} of " in answer["why"]
    same(answer, by_hand(measure_of(frame.drop(0))))
    compared = mk.compare(measure_of(frame), **SIDES).set_index("item").loc["war"]
    assert answer["p"] == pytest.approx(compared["p_without"])


def almost_clear():
    """Return articles whose difference is clear by the weight of article 0 only."""
    for ratio in np.arange(1.05, 1.4, 0.01):
        frame = planted(ratio=ratio).sort_values("outlet").reset_index(drop=True)
        frame["article_id"] = [f"article {number}" for number in range(len(frame))]
        frame.loc[0, "words"], frame.loc[0, "war"] = 600, 14
        row = mk.compare(measure_of(frame), **SIDES).set_index("item").loc["war"]
        if row["low"] > 0 and row["p"] < 0.05 < row["p_without"]:
            return frame
    raise AssertionError("no such articles")


def test_a_difference_that_hangs_on_one_outlet_is_unmasked():
    frame = planted(ratio=1, seed=4)
    frame.loc[frame["outlet"] == "A", "war"] *= 4
    answer = looked(frame).loc["leave one outlet out"]
    assert answer["verdict"] == "did not hold"
    assert "Not without A." in answer["why"]
    left = measure_of(frame[frame["outlet"] != "A"])
    row = mk.compare(left, by="outlet", a="B", b=["C", "D"]).set_index("item")
    assert answer["p"] == pytest.approx(row.loc["war", "p"])


def test_single_outlets_cannot_be_left_out():
    frame = planted()
    answer = looked(frame, a="A", b="C").loc["leave one outlet out"]
    assert answer["verdict"] == "could not be asked"
    assert "several outlets a side" in answer["why"]
    answer = looked(frame, a="A", b=["C", "D"]).loc["leave one outlet out"]
    assert "A is one outlet and cannot be left out." in answer["why"]
    assert "2 of 2 outlets" in answer["why"]


def test_a_difference_that_hangs_on_wire_copy_is_unmasked():
    frame = planted(ratio=1)
    copied = (frame["outlet"].isin(["A", "B"])) & (np.arange(len(frame)) % 3 == 0)
    frame.loc[copied, "war"] = frame.loc[copied, "war"] * 4 + 2
    frame.loc[copied, "duplicate_of"] = "elsewhere"
    rows = looked(frame)
    answer = rows.loc["without wire copy"]
    assert (rows.loc["first look", "verdict"], answer["verdict"]) == (
        "held",
        "did not hold",
    )
    assert f"Left out: {copied.sum()} of {len(frame)} articles" in answer["why"]
    same(answer, by_hand(measure_of(frame[~copied])))


def test_an_agency_is_not_the_copy_of_itself():
    frame = planted()
    frame["wire_agency"] = frame["outlet"].where(frame["outlet"] == "A")
    rows = looked(frame)
    assert "Left out: 0 of" in rows.loc["without wire copy", "why"]
    frame["wire_agency"] = frame["wire_agency"].replace({"A": "Elsewhere"})
    rows = looked(frame)
    assert (
        f"Left out: {(frame['outlet'] == 'A').sum()} of"
        in rows.loc["without wire copy", "why"]
    )


def test_a_difference_of_topics_is_unmasked_by_matched_events():
    frame = planted(ratio=1)
    rng = np.random.default_rng(5)
    ours = frame["outlet"].isin(["A", "B"])
    battle = rng.random(len(frame)) < np.where(ours, 0.8, 0.2)
    frame["event_id"] = [
        f"{'war' if one else 'art'}{n % 12}" for n, one in enumerate(battle)
    ]
    frame["war"] = np.where(battle, frame["war"] * 3 + 1, frame["war"] // 2)
    rows = looked(frame)
    answer = rows.loc["matched events"]
    assert (rows.loc["first look", "verdict"], answer["verdict"]) == (
        "held",
        "did not hold",
    )
    same(answer, by_hand(measure_of(frame), within="event_id"))


def test_events_that_no_side_shares_cannot_be_matched():
    frame = planted()
    frame["event_id"] = frame["outlet"] + frame["week"].astype(str)
    answer = looked(frame).loc["matched events"]
    assert answer["verdict"] == "could not be asked"
    assert "No event is reported by both sides" in answer["why"]


def test_a_derived_corpus_says_what_it_cannot_be_asked():
    corpus = mk.load_sample("democracy")
    kept = np.random.default_rng(1).random(len(corpus)) < 0.12
    corpus = corpus.subset(kept)
    measure = mk.count_patterns(corpus, ["suffrage", "protest*"])
    sides = {"by": "outlet", "a": "China Daily", "b": "New York Times"}
    rows = mk.second_look(measure, "suffrage", **sides, corpus=corpus)
    rows = rows.set_index("question")
    assert rows.loc["first look", "verdict"] == "held"
    assert "counts only" in rows.loc["another tokenizer", "why"]
    assert rows.loc["matched events", "verdict"] == "could not be asked"


def test_the_record_tells_rule_and_verdicts():
    table = mk.second_look(measure_of(planted()), "war", **SIDES)
    record = table.attrs["mediakit"]
    assert record["verb"] == "second_look"
    assert "leaves out 'no difference'" in record["rule"]
    assert record["verdicts"] == table["verdict"].value_counts().to_dict()
    assert record["sides"]["a"]["label"] == "A + B"


def test_mistakes_are_answered():
    frame = planted()
    measure = measure_of(frame)
    with pytest.raises(MediakitError, match="no items"):
        mk.second_look(measure, "peace", **SIDES)
    with pytest.raises(MediakitError, match="must be a Corpus"):
        mk.second_look(measure, "war", **SIDES, corpus=frame)
    other = mk.tokenize(articles())
    with pytest.raises(MediakitError, match="holds 0 of the"):
        mk.second_look(measure, "war", **SIDES, corpus=other)
    nameless = dataclasses.replace(
        measure, articles=measure.articles.drop(columns="article_id")
    )
    with pytest.raises(MediakitError, match="no column 'article_id'"):
        mk.second_look(nameless, "war", **SIDES, corpus=other)


def test_few_articles_cannot_be_asked():
    table = mk.second_look(measure_of(planted()[:14]), "war", **SIDES)
    assert table["verdict"].iloc[0] == "could not be asked"
    assert pd.isna(table["p"].iloc[0])


def test_a_check_that_its_data_refuse_stops_no_other(monkeypatch):
    def refuse(articles):
        raise MediakitError("these articles cannot be labelled.")

    monkeypatch.setattr(second_look_finding, "label_duplicates", refuse)
    corpus = mk.tokenize(articles())
    measure = mk.count_terms(corpus)
    rows = mk.second_look(measure, "war", **SIDES, corpus=corpus)
    rows = rows.set_index("question")
    assert rows.loc["without wire copy", "why"] == "these articles cannot be labelled."
    assert rows.loc["without wire copy", "verdict"] == "could not be asked"
    assert rows.loc["another tokenizer", "verdict"] == "held"
