"""summarise against a naive version, its laws, and planted rates."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

import mediakit as mk
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer import provenance
from mediakit.measure.measure import Block, Measure

COLUMNS = ["item", "group", "rate", "low", "high", "value", "exposure"]
COLUMNS += ["articles", "articles_with"]
SUMS = ["value", "exposure", "articles", "articles_with"]


def measure_of(frame, kind="count", items=("war", "talks")):
    return mk.as_measure(
        frame, value=list(items), exposure="words", kind=kind, unit="word"
    )


def cut(measure, places):
    """Return the same measure in other blocks."""
    edges = sorted({0, len(measure), *(p for p in places if p < len(measure))})
    rows = [slice(a, b) for a, b in zip(edges[:-1], edges[1:], strict=True)]
    values, exposure = measure.values, measure.exposure
    blocks = tuple(Block(r, values[r], exposure[r]) for r in rows)
    return dataclasses.replace(measure, stored=blocks)


def planted(seed=1, articles=400):
    """Return articles of four outlets of unequal size; words come in bursts."""
    rng = np.random.default_rng(seed)
    outlet = rng.choice(["A", "B", "C", "D"], articles, p=[0.5, 0.3, 0.17, 0.03])
    words = rng.integers(50, 900, articles) * (rng.random(articles) > 0.05)
    frame = pd.DataFrame({"outlet": outlet, "words": words})
    frame["event"] = rng.integers(0, articles // 3, articles)
    rate = frame["outlet"].map({"A": 0.004, "B": 0.001, "C": 0.008, "D": 0})
    frame["war"] = rng.poisson(rate * words * rng.gamma(2, 0.5, articles))
    frame["talks"] = rng.binomial(words, 0.01)
    return frame


def naive(frame, item, kind="count"):
    """Compute rate and interval of each outlet without sparse sums, pools or blocks."""
    out, parts = {}, {}
    for group, rows in frame[frame["words"] > 0].groupby("outlet"):
        x, n, m = rows[item].to_numpy(), rows["words"].to_numpy(), len(rows)
        rate = x.sum() / n.sum()
        spread = m / (m - 1) * ((x - rate * n) ** 2).sum() if m > 1 else np.nan
        mass = x.sum() * (1 - rate if kind == "share" else 1)
        enough = min((x > 0).sum(), (x < n).sum() if kind == "share" else m) >= 10
        parts[group] = x, n, m, rate, spread, mass, enough
    pool = [p for p in parts.values() if p[2] > 1]
    overall = sum(p[4] for p in pool) / max(sum(p[5] for p in pool), 1e-300)
    for group, (x, n, m, rate, spread, mass, enough) in parts.items():
        phi = spread / mass if mass else np.nan
        phi = phi if enough and spread else np.nanmax([phi, overall, 1])
        t, total = stats.t.isf(0.025, m - 1), n.sum()
        if kind == "mean" and m == 1:
            out[group] = rate, np.nan, np.nan
        elif kind == "mean":
            left = np.array([(x.sum() - x[i]) / (total - n[i]) for i in range(m)])
            half = t * np.sqrt((m - 1) / m * ((left - rate) ** 2).sum())
            out[group] = rate, rate - half, rate + half
        elif kind == "share":
            z2, shares = t**2 * phi / total, (rate, rate * (1 - rate))
            half = np.sqrt(z2 * shares[1] + z2**2 / 4)
            bounds = np.array([rate + z2 / 2 - half, rate + z2 / 2 + half]) / (1 + z2)
            out[group] = rate, *np.clip(bounds, 0, 1)
        else:
            half = t * np.sqrt(phi * (x.sum() + t**2 * phi / 4))
            middle = x.sum() + t**2 * phi / 2
            out[group] = rate, (middle - half) / total, (middle + half) / total
    return pd.DataFrame(out, index=["rate", "low", "high"]).T


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
@pytest.mark.parametrize("item", ["war", "talks"])
@pytest.mark.parametrize("articles", [400, 30])
def test_agrees_with_the_naive_version(kind, item, articles):
    frame = planted(articles=articles)
    if kind == "mean":
        frame[item] = (frame[item] - 2) * (frame["words"] > 0)
    table = mk.summarise(measure_of(frame, kind), by="outlet")
    ours = table[table["item"] == item].set_index("group")[["rate", "low", "high"]]
    np.testing.assert_allclose(ours, naive(frame, item, kind), rtol=1e-9, atol=1e-15)


def test_columns_and_order():
    table = mk.summarise(measure_of(planted(), items=("war", "talks")), by="outlet")
    assert list(table) == COLUMNS
    assert table["item"].tolist() == ["war"] * 4 + ["talks"] * 4
    assert table["group"].tolist() == list("ABCD") * 2
    kinds = [str(dtype) for dtype in table.dtypes]
    assert kinds == ["str"] * 2 + ["float64"] * 5 + ["int64"] * 2
    assert table.index.equals(pd.RangeIndex(8))


def test_sums_count_articles_with_exposure():
    frame = pd.DataFrame(
        {"outlet": ["A", "A", "A"], "war": [2, 0, 0], "words": [100, 100, 0]}
    )
    table = mk.summarise(measure_of(frame, items=["war"]))
    assert table.loc[0, SUMS].tolist() == [2, 200, 2, 1]
    assert table.loc[0, "rate"] == 0.01
    (note,) = table.attrs["mediakit"]["notes"]
    assert note == "1 of 3 articles have no exposure (word) and count nowhere."


def test_a_word_never_found_has_an_upper_bound_that_shrinks_with_reading():
    frame = pd.DataFrame({"outlet": list("A" * 10 + "B" * 90), "words": 500})
    frame = frame.assign(war=0, talks=[0] * 10 + [9, 0, 0] * 30)
    table = mk.summarise(measure_of(frame), by="outlet").set_index(["item", "group"])
    assert (table.loc["war", ["rate", "low"]] == 0).all(axis=None)
    assert table.loc[("war", "A"), "high"] > 5 * table.loc[("war", "B"), "high"] > 0
    t = stats.t.isf(0.025, 89)
    assert table.loc[("war", "B"), "high"] == pytest.approx(t**2 / 45_000)
    clumped = table.loc[("talks", "A"), "high"]  # phi is B's, and far over 1
    assert clumped > 5 * table.loc[("war", "A"), "high"]


def test_one_article_is_no_evidence_and_none_is_nothing():
    frame = pd.DataFrame(
        {"outlet": list("ABBC"), "war": [3, 1, 2, 0], "words": [100, 100, 90, 0]}
    )
    table = mk.summarise(measure_of(frame, items=["war"]), by="outlet")
    table = table.set_index("group")
    assert table.loc["A", "rate"] == 0.03
    assert table.loc["B", ["low", "high"]].notna().all()
    assert table.loc[["A", "C"], ["low", "high"]].isna().all(axis=None)
    assert np.isnan(table.loc["C", "rate"])
    assert table.loc["C", SUMS].tolist() == [0, 0, 0, 0]
    assert (
        "1 of 3 rows have a rate but no interval" in table.attrs["mediakit"]["notes"][1]
    )


def test_without_variation_a_mean_has_no_interval_and_a_count_the_poisson_one():
    frame = pd.DataFrame({"outlet": "A", "war": [1] * 30, "words": [100] * 30})
    counted = mk.summarise(measure_of(frame, items=["war"])).loc[0]
    meant = mk.summarise(measure_of(frame, "mean", ["war"])).loc[0]
    assert np.isnan([meant["low"], meant["high"]]).all()
    t2 = stats.t.isf(0.025, 29) ** 2
    assert counted["high"] - counted["low"] == pytest.approx(
        2 * np.sqrt(t2 * (30 + t2 / 4)) / 3000
    )


def test_each_item_has_its_own_denominator():
    frame = planted()
    both = measure_of(frame)
    frame["uses"] = frame["war"] + frame["talks"]
    exposure = frame[["words", "uses"]].to_numpy(float)
    items = both.items.assign(denominator=[0, 1])
    block = Block(slice(0, len(frame)), both.values, exposure)
    mixed = dataclasses.replace(
        both, items=items, denominators=("words", "uses"), stored=(block,)
    )
    table = mk.summarise(mixed, by="outlet")
    by_words = mk.summarise(both, by="outlet")
    by_uses = mk.summarise(
        mk.as_measure(frame, value="talks", exposure="uses"), by="outlet"
    )
    pd.testing.assert_frame_equal(table[:4], by_words[:4], check_exact=True)
    pd.testing.assert_frame_equal(
        table[4:].reset_index(drop=True), by_uses, check_exact=True
    )


@pytest.mark.parametrize("kind", ["count", "share", "mean"])
def test_clusters_are_merged_before_they_are_squared(kind):
    frame = planted()
    merged = frame.groupby(["outlet", "event"], as_index=False).sum()
    clustered = mk.summarise(measure_of(frame, kind), by="outlet", cluster="event")
    by_hand = mk.summarise(measure_of(merged, kind), by="outlet")
    for column in ["rate", "low", "high", "value", "exposure"]:
        np.testing.assert_allclose(clustered[column], by_hand[column], rtol=1e-12)
    plain = mk.summarise(measure_of(frame, kind), by="outlet")
    pd.testing.assert_frame_equal(clustered[SUMS], plain[SUMS])
    assert not np.allclose(clustered["high"], plain["high"], equal_nan=True)


ARTICLE = st.tuples(
    st.sampled_from(["A", "B", None]), st.integers(0, 30), st.integers(0, 9)
)
FRAMES = st.lists(ARTICLE, max_size=25).map(
    lambda rows: (
        pd.DataFrame(rows, columns=["outlet", "words", "war"])
        .astype({"outlet": "str", "words": "int64", "war": "int64"})
        .assign(war=lambda f: f["war"].clip(upper=f["words"]), talks=0)
    )
)


@given(FRAMES, st.sampled_from(["count", "share"]), st.lists(st.integers(0, 25)))
@pytest.mark.filterwarnings("ignore::mediakit.errors.MediakitWarning")
def test_blocks_change_nothing(frame, kind, places):
    measure = measure_of(frame, kind)
    for cluster in (None, "words"):
        whole = mk.summarise(measure, by="outlet", cluster=cluster)
        parts = mk.summarise(cut(measure, places), by="outlet", cluster=cluster)
        pd.testing.assert_frame_equal(whole, parts, check_exact=True)


@given(FRAMES, st.randoms(use_true_random=False))
@pytest.mark.filterwarnings("ignore::mediakit.errors.MediakitWarning")
def test_the_order_of_articles_changes_nothing(frame, random):
    order = random.sample(range(len(frame)), len(frame))
    table = mk.summarise(measure_of(frame), by="outlet")
    shuffled = mk.summarise(measure_of(frame.iloc[order]), by="outlet")
    pd.testing.assert_frame_equal(table, shuffled)


@given(FRAMES)
@pytest.mark.filterwarnings("ignore::mediakit.errors.MediakitWarning")
def test_groups_add_up_and_the_interval_holds_the_rate(frame):
    frame = frame.fillna({"outlet": "C"})
    groups = mk.summarise(measure_of(frame), by="outlet")
    total = mk.summarise(measure_of(frame))
    added = groups.groupby("item", sort=False)[SUMS].sum().reset_index(drop=True)
    pd.testing.assert_frame_equal(added, total[SUMS])
    for table in (groups, total):
        known = table.dropna(subset=["low"])
        assert (known["low"] <= known["rate"]).all()
        assert (known["rate"] <= known["high"]).all()
        assert (known["low"] < known["high"]).all()
        assert (known["low"] >= 0).all()


@given(FRAMES)
@pytest.mark.filterwarnings("ignore::mediakit.errors.MediakitWarning")
def test_names_of_groups_carry_no_weight(frame):
    swapped = frame.replace({"outlet": {"A": "B", "B": "A"}})
    table = mk.summarise(measure_of(frame), by="outlet").replace({"A": "B", "B": "A"})
    other = mk.summarise(measure_of(swapped), by="outlet")
    keys = ["item", "group"]
    pd.testing.assert_frame_equal(
        table.sort_values(keys, ignore_index=True),
        other.sort_values(keys, ignore_index=True),
    )


@given(FRAMES)
@pytest.mark.filterwarnings("ignore::mediakit.errors.MediakitWarning")
def test_a_share_and_its_complement_mirror_each_other(frame):
    frame["talks"] = frame["words"] - frame["war"]
    table = mk.summarise(measure_of(frame, "share"), by="outlet")
    half = len(table) // 2
    one, other = table[:half], table[half:]
    np.testing.assert_allclose(one["low"], 1 - other["high"], atol=1e-9)
    np.testing.assert_allclose(one["high"], 1 - other["low"], atol=1e-9)


def test_nothing_in_gives_the_same_columns_out():
    empty = measure_of(planted().iloc[:0])
    for by in (None, "outlet"):
        table = mk.summarise(empty, by=by)
        assert list(table) == COLUMNS
        assert len(table) == 0
    nameless = dataclasses.replace(
        empty, items=empty.items[:0], articles=planted()[["outlet"]]
    )
    assert len(mk.summarise(dataclasses.replace(nameless, stored=()))) == 0


def test_input_is_left_alone():
    frame = planted()
    before = frame.copy()
    measure = measure_of(frame)
    values, articles = measure.values.copy(), measure.articles.copy()
    mk.summarise(measure, by="outlet", cluster="event")
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(measure.articles, articles)
    assert (measure.values != values).nnz == 0


def test_the_record_says_what_was_done_and_survives_json():
    measure = measure_of(planted())
    table = mk.summarise(measure, by="outlet", cluster="event")
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    assert record["verb"] == "summarise"
    assert record["parameters"] == {"by": "outlet", "cluster": "event", "alpha": 0.05}
    assert (record["measure"], record["unit"]) == ("war, talks", "word")
    assert record["versions"]["mediakit"] == mk.__version__


def test_articles_in_no_group_are_counted_and_warned_about():
    frame = planted()
    frame.loc[:6, "outlet"] = None
    message = "7 of 400 articles have no value of 'outlet' and stand in no group."
    with pytest.warns(MediakitWarning, match=message):
        table = mk.summarise(measure_of(frame), by="outlet")
    assert message in table.attrs["mediakit"]["notes"]


def test_errors_say_what_to_do(monkeypatch):
    measure = measure_of(planted())
    with pytest.raises(MediakitError, match="must be a Measure, got DataFrame; make"):
        mk.summarise(planted(), by="outlet")
    with pytest.raises(MediakitError, match="nothing is called 'outlt'.*'outlet'"):
        mk.summarise(measure, by="outlt")
    with pytest.raises(MediakitError, match="nothing is called 'evnt'"):
        mk.summarise(measure, by="outlet", cluster="evnt")
    monkeypatch.setattr(provenance, "MOST_ROWS", 7)
    with pytest.raises(MediakitError, match="would have 8 rows, but at most 7 are"):
        mk.summarise(measure, by="outlet")


def test_a_value_without_exposure_is_refused():
    measure = measure_of(planted(articles=5))
    block = Block(slice(0, 5), measure.values, np.zeros((5, 1)))
    with pytest.raises(MediakitError, match="but no exposure"):
        mk.summarise(dataclasses.replace(measure, stored=(block,)))


def held(seed, articles, items, rate, burst):
    """Return how often the intervals of samples hold the rate they were drawn with."""
    rng = np.random.default_rng(seed)
    outlet = np.repeat(np.arange(20), articles)
    words = np.maximum(rng.lognormal(6, 0.6, len(outlet)).round(), 1)
    clumps = rng.gamma(1 / burst, burst, (len(outlet), items)) if burst else 1
    counts = rng.poisson(rate * words[:, None] * clumps, (len(outlet), items))
    names = [f"w{i}" for i in range(items)]
    frame = pd.DataFrame(counts, columns=names).assign(outlet=outlet, words=words)
    table = mk.summarise(measure_of(frame, items=names), by="outlet")
    return ((table["low"] <= rate) & (rate <= table["high"])).mean()


@pytest.mark.parametrize("burst", [0, 1])
@pytest.mark.parametrize("rate", [0.0001, 0.001, 0.01])
@pytest.mark.parametrize("articles", [20, 50, 200])
def test_the_interval_holds_planted_rates(articles, rate, burst):
    assert 0.915 <= held(3, articles, items=500, rate=rate, burst=burst) <= 0.98


def counted_words(path):
    """Return New York Times articles x words in ten or more, and their lengths."""
    frame = pd.read_csv(path).dropna(subset="text").drop_duplicates("text")
    texts = frame.loc[frame["source"] == "New York Times", "text"]
    words = texts.str.lower().str.findall(r"\w\w+").explode().dropna()
    article, _ = pd.factorize(words.index)
    word, _ = pd.factorize(words)
    counts = sparse.coo_array((np.ones(len(words)), (article, word))).tocsr()
    counts.sum_duplicates()
    common = np.flatnonzero((counts > 0).sum(axis=0) >= 10)
    return counts[:, common], counts.sum(axis=1)


@pytest.mark.slow
@pytest.mark.parametrize("articles", [10, 20, 50, 200])
def test_samples_of_real_articles_hold_the_rate_of_the_collection(shared, articles):
    counts, words = counted_words(
        shared / "data" / "chinadaily_nyt" / "articles.csv.gz"
    )
    rng = np.random.default_rng(articles)
    rows = rng.integers(0, len(words), 50 * articles)
    items = [f"word {i}" for i in range(counts.shape[1])]
    measure = Measure(
        name="words",
        kind="count",
        unit="word",
        items=pd.DataFrame({"item": items, "concept": None, "denominator": 0}),
        denominators=("words",),
        articles=pd.DataFrame({"sample": np.repeat(np.arange(50), articles)}),
        stored=(Block(slice(0, len(rows)), counts[rows], words[rows, None]),),
    )
    table = mk.summarise(measure, by="sample")
    truth = np.repeat(np.asarray(counts.sum(axis=0)) / words.sum(), 50)
    inside = (table["low"] <= truth) & (truth <= table["high"])
    expected = np.repeat(np.asarray((counts > 0).mean(axis=0)) * articles, 50)
    bands = inside.groupby(pd.cut(expected, [0, 1, 3, 10, 30, 100, 200])).mean()
    assert bands.dropna().between(0.925, 0.98).all(), bands
