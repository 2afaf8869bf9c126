"""What the acceptance script leans on: its other tests, thinning, and its limits."""

from types import SimpleNamespace

import acceptance
import acceptance_docs
import claim_splits
import numpy as np
import pandas as pd
import pytest
from acceptance_page import judge
from inside_splits import vectors
from measures import measure_of, planted
from scipy import sparse, stats
from split_parts import Outlet, rank_p, thinned, welch_p, with_values


@pytest.fixture(scope="module")
def outlet():
    frame = planted(articles=120)
    read = frame[frame["words"] > 0].reset_index(drop=True)
    measure = measure_of(read, items=["war", "talks", "summit"])
    return Outlet(with_values(measure, measure.values.astype(np.int64)))


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_welch_and_mann_whitney_are_scipys(outlet, share):
    rng = np.random.default_rng(1)
    side = outlet.split(np.arange(len(outlet.measure)), share, rng)
    rates = outlet.rates.toarray()
    a, b = rates[side == 0], rates[side == 1]
    welch = stats.ttest_ind(a, b, equal_var=False).pvalue
    ranks = stats.mannwhitneyu(a, b, method="asymptotic").pvalue
    assert welch_p(outlet.rates, side) == pytest.approx(welch)
    assert rank_p(outlet.above, side) == pytest.approx(ranks)


def test_only_the_chosen_words_of_one_side_are_thinned(outlet):
    rng = np.random.default_rng(2)
    side = outlet.split(np.arange(len(outlet.measure)), 0.5, rng)
    before = outlet.measure.values.toarray()
    after = thinned(outlet.measure, side, [0], 0.5, rng).values.toarray()
    changed = after != before
    assert changed[side == 0, 0].any()
    assert not changed[side == 1].any()
    assert not changed[:, 1:].any()
    left = after[side == 0, 0].sum() / before[side == 0, 0].sum()
    assert 0.4 < left < 0.6


@pytest.mark.parametrize(
    ("quantity", "test", "band", "value", "tests", "held"),
    [
        ("p < .05", "compare", "50-200", 0.061, 9000, "no"),
        ("p < .05", "compare", "50-200", 0.06, 9000, "yes"),
        ("p < .05", "compare", "50-200", 0.03, 9000, "no"),
        ("p < .05", "compare", "10-20", 0.03, 9000, "yes"),
        ("p < .05", "compare by week", "50-200", 0.03, 9000, "yes"),
        ("p < .05", "compare by week", "50-200", 0.07, 9000, "no"),
        ("p < .05", "compare", "50-200", 0.5, 900, ""),
        ("p < .05", "G2", "50-200", 0.5, 9000, ""),
        ("p < .001", "by event", "10-20", 0.0021, 9000, "no"),
        ("p < .05", "by outlet, outlets of habits", "200+", 0.02, 9000, "yes"),
        ("p < .05", "by article, outlets of habits", "200+", 0.2, 9000, ""),
        ("p < .05", "chance, confirmed", "all", 0.061, 9000, "no"),
        ("left of one outlet's", "leave one outlet out", "50+", 0.6, 90, "no"),
        ("left of a whole side's", "leave one outlet out", "50+", 0.6, 90, "no"),
        ("false among found, ratio 0.5", "by week", "all", 0.08, 40, "no"),
        ("false among found, ratio 0.5", "not matched", "all", 0.8, 40, ""),
        ("coverage of ratio 0.5", "compare", "10-20", 0.9, 499, ""),
        ("coverage of ratio 0.5", "compare", "10-20", 0.9, 500, "no"),
        ("power at ratio 0.5", "compare", "10-20", 0.9, 500, ""),
    ],
)
def test_limits_are_those_set_beforehand(quantity, test, band, value, tests, held):
    row = SimpleNamespace(
        quantity=quantity, test=test, band=band, value=value, tests=tests
    )
    assert judge(row) == held


def test_parts_measured_again_replace_those_that_were_saved(monkeypatch, tmp_path):
    row = {"outlet": "KCNA", "split": "50/50", "test": "compare", "band": "50-200"}
    row |= {"quantity": "p < .05", "tests": 9000, "held": "yes"}
    saved = pd.DataFrame(
        [row | {"part": part, "value": 0.05} for part in ("Labels by week", "old", "x")]
    )
    saved.attrs["mediakit"] = {"parameters": {"seed": 1, "measured_again": ["x"]}}
    monkeypatch.setattr(acceptance, "OUT", tmp_path)
    acceptance.mk.save_table(saved, tmp_path / "acceptance.csv")
    again = pd.DataFrame([row | {"part": "old", "value": 0.07}])
    both = acceptance.with_saved(again)
    assert both["part"].tolist() == ["Labels by week", "old", "x"]
    assert both["value"].tolist() == [0.05, 0.07, 0.05]
    assert both["held"].tolist() == ["yes", "no", "yes"]
    parameters = both.attrs["mediakit"]["parameters"]
    assert parameters == {"seed": 1, "measured_again": ["x", "old"]}


def test_true_parts_are_what_many_drawn_articles_have(outlet):
    codes = np.arange(len(outlet.measure)) % 3
    chance, kept = np.array([0.2, 0.5, 0.8]), 0.6
    true = claim_splits.true_parts(outlet.measure, codes, chance, kept)
    x, n = outlet.measure.values.toarray(), outlet.measure.exposure[:, 0]
    a, b = chance[codes], 1 - chance[codes]  # of each article on either side
    rate_a = kept * (a @ x) / (a @ n)
    difference = rate_a - (b @ x) / (b @ n)
    assert true["composition"] + true["treatment"] == pytest.approx(difference)
    same = claim_splits.true_parts(outlet.measure, codes, np.full(3, 0.3), kept)
    assert same["composition"] == pytest.approx(0, abs=1e-12)


def test_habits_keep_their_part_of_an_outlets_words(outlet):
    dealt = np.arange(len(outlet.measure)) % 2
    kept = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, 1.0]])
    before = outlet.measure.values.toarray()
    rng = np.random.default_rng(3)
    habits = claim_splits._with_habits(outlet.measure, dealt, kept, rng)
    after = habits.values.toarray()
    np.testing.assert_array_equal(after[dealt == 0, 0], before[dealt == 0, 0])
    np.testing.assert_array_equal(after[dealt == 1, 1:], before[dealt == 1, 1:])
    assert not after[dealt == 0, 2].any()
    assert not after[dealt == 1, 0].any()
    left = after[dealt == 0, 1].sum() / before[dealt == 0, 1].sum()
    assert 0.4 < left < 0.6


def test_articles_of_one_topic_lie_together():
    rng = np.random.default_rng(4)
    topic = np.repeat([0, 1], 100)
    rate = np.where((np.arange(80) % 2)[None] == topic[:, None], 0.9, 0.2)
    places = vectors(sparse.csr_array(rng.poisson(rate)))
    assert np.linalg.norm(places, axis=1) == pytest.approx(1)
    alike = places @ places.T
    same = topic[:, None] == topic
    assert alike[same].mean() > alike[~same].mean() + 0.2


def test_the_page_of_the_documentation_is_that_of_the_saved_tables(
    monkeypatch, tmp_path
):
    committed = acceptance_docs.PAGE.read_text("utf-8")
    monkeypatch.setattr(acceptance_docs, "PAGE", tmp_path / "acceptance.md")
    acceptance_docs.main()
    assert acceptance_docs.PAGE.read_text("utf-8") == committed


@pytest.mark.parametrize(
    ("quantity", "value", "side"),
    [
        ("p < .05", 0.07, "bold"),
        ("p < .05", 0.03, "careful"),
        ("coverage of ratio 0.5", 0.9, "bold"),
        ("coverage of ratio 0.5", 0.99, "careful"),
    ],
)
def test_misses_are_bold_or_careful(quantity, value, side):
    row = SimpleNamespace(
        quantity=quantity, test="compare", band="50-200", value=value, held="no"
    )
    assert acceptance_docs.side_of(row) == side
    row.held = "yes"
    assert acceptance_docs.side_of(row) == "within"
