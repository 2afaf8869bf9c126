"""compare of means, by naive jackknives, and what it says of few scores."""

import numpy as np
import pytest
from comparisons import by_item, measure_of, two_outlets
from measures import planted
from scipy import optimize, stats

import mediakit as mk


def shuffled_skew(frame):
    """Return the skewness that the difference of means has if labels are shuffled."""
    square = cube = 0
    for g in "AB":
        rows = frame[(frame["outlet"] == g) & (frame["words"] > 0)]
        residual = (
            rows["tone"] - rows["tone"].sum() / rows["words"].sum() * rows["words"]
        )
        square += (residual**2).sum() * len(rows) / (len(rows) - 1)
        cube += (residual**3).sum()
    n_a, n_b = (frame["words"][frame["outlet"] == g].sum() for g in "AB")
    return cube * (n_b - n_a) / np.sqrt(n_a * n_b) / square**1.5


def shuffled_p(t, df, skew):
    """Return the chance that t strays as far either way, by SciPy's Pearson III."""
    curve = stats.pearson3(skew)
    near = stats.norm.ppf(curve.cdf(-t / (1 + skew * t / 2)))
    far = stats.norm.ppf(curve.cdf(t / (1 - skew * t / 2)))
    return stats.t.cdf(near, df) + stats.t.sf(far, df)


def test_the_mean_agrees_with_a_naive_jackknife():
    frame = planted()
    frame["tone"] = frame["war"] - 0.003 * frame["words"]
    row = by_item(measure_of(frame, "mean", ["tone"])).loc["tone"]
    parts = []
    for g in "AB":
        rows = frame[(frame["outlet"] == g) & (frame["words"] > 0)]
        x, n, m = rows["tone"], rows["words"], len(rows)
        left_out = (x.sum() - x) / (n.sum() - n)
        mean = x.sum() / n.sum()
        parts.append((mean, (m - 1) / m * ((left_out - mean) ** 2).sum(), m))
    (mean_a, v_a, m_a), (mean_b, v_b, m_b) = parts
    df = (v_a + v_b) ** 2 / (v_a**2 / (m_a - 1) + v_b**2 / (m_b - 1))
    error, skew = np.sqrt(v_a + v_b), shuffled_skew(frame)
    assert row["difference"] == pytest.approx(mean_a - mean_b)
    t = np.abs(mean_a - mean_b) / error
    assert skew * (mean_a - mean_b) < 0  # the bounded tail: p is above Welch's
    assert row["p"] == pytest.approx(shuffled_p(t, df, np.abs(skew)), rel=1e-6)
    plain = stats.t.isf(0.025, df)
    wide = optimize.brentq(
        lambda t: shuffled_p(t, df, np.abs(skew)) - 0.05, plain, 9 * plain
    )
    assert wide > plain * (1 + 1e-5)
    ends = np.array([row["low"], row["high"]])
    assert np.abs(ends - row["difference"]) == pytest.approx(
        error * np.array([plain, wide] if skew > 0 else [wide, plain])
    )
    assert np.isnan(row["log_ratio"])
    assert row["articles_a"] == m_a
    # zeros are scores: an article of tone 0 counts as one that has a score
    frame.loc[frame.index[:50], "tone"] = 0
    assert by_item(measure_of(frame, "mean", ["tone"]))["articles_a"].iloc[0] == m_a


def test_mean_clusters_on_both_sides_are_left_out_together():
    rng = np.random.default_rng(1)
    week = rng.normal(0, 3, 15)
    frame = two_outlets(300)
    frame["event"] = np.repeat(np.arange(15), 20)
    frame["tone"] = 500 * (week[frame["event"]] + rng.normal(0, 1, 300))
    row = by_item(measure_of(frame, "mean", ["tone"])).loc["tone"]
    totals = frame.pivot_table(
        index="event", columns="outlet", values="tone", aggfunc="sum"
    )
    paired = stats.ttest_rel(totals["A"], totals["B"])
    # equal exposures: Welch's df less fourteen is 14 where the variances are equal
    assert row["p_cluster"] == pytest.approx(paired.pvalue, rel=0.05)


def test_few_scores_in_a_smaller_side_are_told():
    frame = planted(articles=240)

    def notes(kind, others, rare=1, **options):
        few = frame.assign(outlet=np.where(np.arange(len(frame)) % others, "A", "B"))
        few["war"] = few["war"].where(np.arange(len(few)) % rare == 0, 0)
        measure = measure_of(few, kind, items=["war"])
        table = mk.compare(measure, by="outlet", a="A", **options)
        return " ".join(table.attrs["mediakit"]["notes"])

    assert "1 of 1 items have a score other than 0 in fewer than 10" in (
        told := notes("mean", 5, rare=6)
    )
    assert 'test="permutation"' in told
    for other in (("mean", 5), ("mean", 2, 6), ("count", 5, 6)):
        assert "too small" not in notes(*other)
    assert "too small" not in notes("mean", 5, 6, test="permutation", seed=1)
