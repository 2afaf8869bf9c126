"""keyness: compare's table, with the classical columns pinned on its counts."""

import json

import numpy as np
import pandas as pd
import pytest
from measures import measure_of, planted
from scipy import stats

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.formulas import keyness as formulas

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


def test_only_counts_have_keyness():
    with pytest.raises(MediakitError, match="kind 'share'"):
        mk.keyness(measure_of(planted(), "share", ["talks"]), **SIDES)
