"""What the acceptance script leans on: its other tests, thinning, and its limits."""

from types import SimpleNamespace

import acceptance_docs
import numpy as np
import pytest
from acceptance_page import judge
from measures import measure_of, planted
from scipy import stats
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
        ("false among found, ratio 0.5", "by week", "all", 0.08, 40, "no"),
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
