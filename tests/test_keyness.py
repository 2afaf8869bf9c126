"""keyness: compare's table, with the classical columns pinned on its counts."""

import json

import numpy as np
import pandas as pd
import pytest
from measures import cut, measure_of, planted
from scipy import stats

import mediakit as mk
from mediakit import kernels
from mediakit.errors import MediakitError
from mediakit.formulas import effects
from mediakit.formulas import keyness as formulas
from mediakit.infer import article_rates
from mediakit.infer.classical import MEASURES

ADDED = (
    "g2_two_term g2_four_term p_g2 q_g2 percent_diff odds_ratio bic log_ratio_hardie "
    "z_fightin_words"
).split()
SIDES = {"by": "outlet", "a": "A", "b": "B"}


def articles_of(a, c, b, d, articles=20):
    """One item with published totals, spread evenly over articles of each side."""
    frame = pd.DataFrame({"outlet": ["A"] * articles + ["B"] * articles})
    for name, totals in (("war", (a, b)), ("words", (c, d))):
        frame[name] = np.concatenate(
            [np.diff(np.linspace(0, t, articles + 1).astype(int)) for t in totals]
        )
    return mk.as_measure(frame, value="war", exposure="words", unit="word")


def test_published_counts_give_the_published_figures():
    row = mk.keyness(articles_of(620, 1_017_879, 267, 1_007_532), **SIDES).iloc[0]
    assert row["g2_two_term"] == pytest.approx(140.8655, abs=5e-5)
    assert row["g2_four_term"] == pytest.approx(140.9255, abs=5e-5)
    assert row["log_ratio"] == pytest.approx(1.2007, abs=5e-5)
    assert row["log_ratio_hardie"] == pytest.approx(1.2007, abs=5e-5)
    assert row["percent_diff"] == pytest.approx(129.849, abs=5e-4)
    assert row["bic"] == pytest.approx(126.344, abs=5e-4)
    assert row["p_g2"] == pytest.approx(stats.chi2.sf(140.9255, 1), rel=1e-3)


def test_every_published_figure_can_be_asked_for():
    brezina = articles_of(620, 1_017_879, 267, 1_007_532)
    row = mk.keyness(brezina, **SIDES, measures="all", k=100).iloc[0]
    assert row["simple_maths"] == pytest.approx(1.94, abs=5e-3)
    low = stats.binomtest(620, 887).proportion_ci(0.95, "exact").low
    lrc = np.log2(low / (1 - low) * 1_007_532 / 1_017_879)
    assert row["lrc"] == pytest.approx(lrc)
    cells = [[620, 1_017_259], [267, 1_007_265]]
    for name, yates in (("chi2", False), ("chi2_yates", True)):
        found = stats.chi2_contingency(cells, correction=yates)
        assert row[name] == pytest.approx(found.statistic)
        assert row[f"p_{name}"] == pytest.approx(found.pvalue)
    assert row["p_fisher"] == pytest.approx(stats.fisher_exact(cells)[1], rel=1e-5)
    assert row["relative_risk"] == pytest.approx(2.29849, abs=5e-6)
    coefficient = (2.29849 - 1) / (2.29849 + 1)
    assert row["difference_coefficient"] == pytest.approx(coefficient, abs=1e-5)


def test_columns_follow_the_measures_asked_for():
    measure = measure_of(planted())
    table = mk.keyness(measure, **SIDES, measures=["lrc", "g2", "lrc"])
    added = ["lrc", "g2_two_term", "g2_four_term", "p_g2", "q_g2"]
    assert table.columns.tolist()[-5:] == added
    assert mk.keyness(measure, **SIDES, measures="bic").columns[-1] == "bic"
    everything = mk.keyness(measure, **SIDES, measures="all")
    assert set(ADDED) < set(everything.columns)
    for name in MEASURES:
        one = mk.keyness(measure, **SIDES, measures=name)
        pd.testing.assert_frame_equal(one, everything[one.columns])
    record = everything.attrs["mediakit"]
    assert record["k"] == 1
    assert record["alpha0_flat"] == {"words": 0.02}
    assert json.loads(json.dumps(record)) == record


def test_tests_over_articles_agree_with_scipy_whatever_the_blocks(monkeypatch):
    frame = planted()
    measure = measure_of(frame, items=["war", "talks", "summit"])
    names = ["mann_whitney", "welch", "text_dispersion"]
    table = mk.keyness(measure, **SIDES, measures=names)
    monkeypatch.setattr(article_rates, "RATES_AT_ONCE", 40)
    again = mk.keyness(cut(measure, [7, 200, 201]), **SIDES, measures=names)
    pd.testing.assert_frame_equal(table, again)
    frame = frame[frame["words"] > 0]
    a, b = (frame[frame["outlet"] == side] for side in "AB")
    for row in table.itertuples():
        x, y = (side[row.item] / side["words"] for side in (a, b))
        u = stats.mannwhitneyu(x, y, method="asymptotic")
        t = stats.ttest_ind(x, y, equal_var=False)
        assert row.mann_whitney_u == u.statistic
        assert row.p_mann_whitney == pytest.approx(u.pvalue)
        assert (row.welch_t, row.p_welch) == pytest.approx((t.statistic, t.pvalue))
        held = (x > 0).sum(), (y > 0).sum()
        g2 = formulas.g2(*held, len(x), len(y))
        assert row.g2_text_dispersion == pytest.approx(float(g2))


def test_adds_columns_to_compare_and_changes_none():
    measure = measure_of(planted())
    table, plain = mk.keyness(measure, **SIDES), mk.compare(measure, **SIDES)
    assert table.columns.tolist() == [*plain.columns, *ADDED]
    pd.testing.assert_frame_equal(table[plain.columns], plain)
    record = table.attrs["mediakit"]
    assert record["verb"] == "keyness"
    assert json.loads(json.dumps(record)) == record
    assert record | {"verb": "compare"} == plain.attrs["mediakit"] | {
        "alpha0": record["alpha0"]
    }


@pytest.mark.parametrize("compiled", [True, False])
def test_classical_only_is_the_same_without_what_articles_say(monkeypatch, compiled):
    monkeypatch.setattr(kernels, "COMPILED", compiled and kernels.COMPILED)
    measure = measure_of(planted(), items=["war", "talks", "summit"])
    whole = mk.keyness(measure, **SIDES, measures="all").set_index("item")
    for one in (measure, cut(measure, [7, 200, 201])):
        table = mk.keyness(one, **SIDES, measures="all", classical_only=True)
        found = table.set_index("item")
        gone = {*mk.compare(measure, **SIDES).columns} - {*table.columns}
        assert {"low", "high", "bound", "p", "p_cluster", "note"} <= gone
        pd.testing.assert_frame_equal(found, whole.loc[found.index, found.columns])
        assert table["g2_four_term"].is_monotonic_decreasing
    record = table.attrs["mediakit"]
    assert "`compare` says what articles bear out" in record["notes"][-1]
    assert record["family"] == whole.attrs["mediakit"]["family"]
    assert record["sides"] == whole.attrs["mediakit"]["sides"]
    assert json.loads(json.dumps(record)) == record
    nothing = mk.keyness(measure.only_items([]), **SIDES, classical_only=True)
    assert nothing.columns.tolist() == [*table.columns[:9], *ADDED]


def test_the_prior_is_an_average_article_of_both_sides():
    frame = planted()
    table = mk.keyness(measure_of(frame), **SIDES).set_index("item")
    sides = frame[frame["outlet"].isin(["A", "B"]) & (frame["words"] > 0)]
    alpha0 = sides["words"].mean()
    assert table.attrs["mediakit"]["alpha0"] == pytest.approx({"words": alpha0})
    totals = sides.groupby("outlet")[["war", "words"]].sum()
    z = formulas.fightin_words(
        *totals["war"],
        *totals["words"],
        background=sides["war"].sum() / sides["words"].sum(),
        alpha0=alpha0,
    )
    assert table.loc["war", "z_fightin_words"] == pytest.approx(float(z))


def test_the_one_article_trap():
    # methods.md A2: thirty articles of 1,000 words a side
    frame = pd.DataFrame({"outlet": ["A"] * 30 + ["B"] * 30, "words": 1000, "war": 0})
    frame.loc[29, "war"], frame.loc[58, "war"], frame.loc[59, "war"] = 30, 1, 2
    frame["talks"] = [0, 1, 2] * 20
    table = mk.keyness(measure_of(frame), **SIDES).set_index("item")
    assert table.loc["war", "g2_two_term"] == pytest.approx(25.6417, abs=5e-5)
    assert table.loc["war", "p_g2"] < 1e-6
    assert np.isnan(table.loc["war", "q_g2"])  # three articles: not of the family
    assert np.isnan(table.loc["war", "p"])
    assert table.loc["talks", "q_g2"] == table.loc["talks", "p_g2"]


def test_the_weight_of_the_prior_can_be_set():
    frame = planted()
    names = ["fightin_words", "fightin_words_flat"]
    table = mk.keyness(measure_of(frame), **SIDES, measures=names, alpha0=77)
    assert table.attrs["mediakit"]["alpha0"] == {"words": 77}
    row = table.set_index("item").loc["war"]
    sides = frame[frame["outlet"].isin(["A", "B"])].groupby("outlet")
    totals = sides[["war", "words"]].sum()
    counts = (*totals["war"], *totals["words"])
    share = totals["war"].sum() / totals["words"].sum()
    z = formulas.fightin_words(*counts, background=share, alpha0=77)
    assert row["z_fightin_words"] == pytest.approx(float(z))
    flat = formulas.fightin_words(*counts, background=0.5, alpha0=0.02)
    assert row["z_fightin_words_flat"] == pytest.approx(float(flat))


def test_lrc_counts_the_family_and_leaves_out_the_rest():
    frame = planted()
    frame["rare"] = (np.arange(len(frame)) < 3).astype(int) * (frame["words"] > 0)
    measure = measure_of(frame, items=["war", "talks", "summit", "rare"])
    table = mk.keyness(measure, **SIDES, measures="lrc").set_index("item")
    family = table.attrs["mediakit"]["family"]
    assert family == table["lrc"].notna().sum() < 4
    totals = frame[frame["words"] > 0].groupby("outlet")[["war", "words"]].sum()
    counts = (*totals.loc[["A", "B"], "war"], *totals.loc[["A", "B"], "words"])
    lrc = effects.lrc(*counts, family=family)
    assert table.loc["war", "lrc"] == pytest.approx(float(lrc))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measures": "G2"}, "Did you mean 'g2'"),
        ({"measures": ["g2", "loglik"]}, "some of .'chi2', 'chi2_yates', 'fisher'"),
        ({"measures": []}, '`measures` must be "all" or some of'),
        ({"k": 0}, "`k` must be a number above 0, got 0"),
        ({"k": None}, "`k` must be a number above 0, got None"),
        ({"alpha0": -1}, "`alpha0` must be a number above 0, got -1"),
    ],
)
def test_what_cannot_be_asked_for_is_said(options, message):
    with pytest.raises(MediakitError, match=message):
        mk.keyness(measure_of(planted()), **SIDES, **options)


def test_only_counts_have_keyness():
    with pytest.raises(MediakitError, match="kind 'share'"):
        mk.keyness(measure_of(planted(), "share", ["talks"]), **SIDES)
