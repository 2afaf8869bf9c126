"""placebo: random splits, what is found in them, and the real newspaper."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from measures import measure_of, planted
from scipy import sparse

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.infer.placebo import random_sides
from mediakit.infer.units import OUTSIDE, A, B
from mediakit.measure.measure import Block
from mediakit.measure.terms import item_table

COLUMNS = (
    "repeat group articles_a articles_b items found found_cluster found_g2 smallest_p"
).split()


def clumped(seed=1, articles=300, items=200):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"words": rng.integers(200, 900, articles)})
    frame["outlet"] = rng.choice(["A", "B", "C"], articles)
    frame["week"] = np.arange(articles) // 10
    bursts = rng.gamma(0.2, 5, (articles, items))
    counts = rng.poisson(0.002 * frame["words"].to_numpy()[:, None] * bursts)
    names = [f"w{i}" for i in range(items)]
    frame = frame.join(pd.DataFrame(counts, columns=names))
    return mk.as_measure(frame, value=names, exposure="words", unit="word")


def test_finds_nothing_where_log_likelihood_finds_much():
    table = mk.placebo(clumped(), repeats=10, seed=1, cluster="week")
    assert list(table.columns) == COLUMNS
    assert (table["items"] == 200).all()
    assert table["found"].sum() <= 2
    assert table["found_cluster"].sum() <= 2
    assert table["found_g2"].mean() > 20
    assert table["smallest_p"].between(0, 0.1).all()
    assert table["repeat"].tolist() == list(range(1, 11))


def test_a_split_is_a_comparison_of_random_sides():
    measure = measure_of(planted())
    table = mk.placebo(measure, repeats=1, seed=5)
    everyone = np.ones(len(measure), bool)
    rng = np.random.default_rng(5)
    side = random_sides(np.arange(len(measure)), everyone, 0.5, rng)
    articles = measure.articles.assign(half=np.where(side == A, "first", "second"))
    halves = mk.as_measure(
        articles.assign(**frame_values(measure)),
        value=["war", "talks"],
        exposure="words",
    )
    compared = mk.compare(halves, by="half", a="first", b="second")
    assert table["smallest_p"].iloc[0] == pytest.approx(compared["p"].min())
    assert table["found"].iloc[0] == (compared["q"] < 0.05).sum()


def frame_values(measure):
    war, talks = measure.values.toarray().T
    return {"war": war, "talks": talks, "words": measure.exposure[:, 0]}


def test_whole_clusters_are_split_and_only_the_groups_rows():
    codes, rows = np.repeat(np.arange(10), 3), np.arange(30) < 24
    side = random_sides(codes, rows, 0.25, np.random.default_rng(1))
    assert (side[24:] == OUTSIDE).all()
    assert all(len(set(side[codes == code])) == 1 for code in range(8))
    assert len(np.unique(codes[side == A])) == 2
    assert len(np.unique(codes[side == B])) == 6


def test_groups_share_and_seed():
    measure = clumped()
    both = mk.placebo(measure, by="outlet", a="A", b=["B", "C"], share=0.2, repeats=2)
    assert both["group"].tolist() == ["A", "A", "B + C", "B + C"]
    sizes = measure.articles["outlet"].value_counts()
    assert (both["articles_a"] + both["articles_b"]).tolist()[0] == sizes["A"]
    assert both["articles_a"].iloc[2] == round(0.2 * (sizes["B"] + sizes["C"]))
    one = mk.placebo(measure, by="outlet", a="A", share=0.2, repeats=2)
    pd.testing.assert_frame_equal(one, both[:2])
    again = mk.placebo(measure, by="outlet", a="A", share=0.2, repeats=2)
    pd.testing.assert_frame_equal(one, again)
    other = mk.placebo(measure, by="outlet", a="A", share=0.2, repeats=2, seed=1)
    assert not other["smallest_p"].equals(one["smallest_p"])


def test_the_only_outlet_and_sides_in_two_languages_can_be_split():
    measure = clumped(items=12)
    alone = dataclasses.replace(measure, articles=measure.articles.assign(outlet="A"))
    table = mk.placebo(alone, by="outlet", a="A", repeats=1)
    assert table["group"].tolist() == ["A"]
    assert table["smallest_p"].equals(mk.placebo(alone, repeats=1)["smallest_p"])
    language = np.where(measure.articles["outlet"] == "A", "en", "es")
    mixed = dataclasses.replace(
        measure, articles=measure.articles.assign(language=language)
    )
    assert len(mk.placebo(mixed, by="outlet", a="A", b="rest", repeats=1)) == 2


def test_other_kinds_have_no_log_likelihood_and_small_groups_no_p():
    table = mk.placebo(measure_of(planted(), "share", ["talks"]), repeats=2)
    assert table["found_g2"].isna().all()
    assert table["smallest_p"].notna().all()
    few = mk.placebo(measure_of(planted(articles=15)), repeats=2)
    assert few["smallest_p"].isna().all()
    assert (few["items"] == 0).all()
    assert (few["found"] == 0).all()


def test_the_record_can_be_saved():
    table = mk.placebo(clumped(items=12), by="outlet", a=["A", "B"], repeats=1)
    record = table.attrs["mediakit"]
    assert json.loads(json.dumps(record)) == record
    assert record["verb"] == "placebo"
    assert record["parameters"]["split"] == "article"
    assert record["parameters"]["groups"] == ["A + B"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"share": 1.0}, "between 0 and 1"),
        ({"repeats": 0}, "whole number from 1"),
        ({"repeats": 2.5}, "whole number from 1"),
        ({"by": "outlet"}, "a=None"),
        ({"a": "A"}, "by=None"),
        ({"by": "outlet", "a": "Z"}, "'A'"),
    ],
)
def test_mistakes_are_answered(options, message):
    with pytest.raises(MediakitError, match=message):
        mk.placebo(clumped(items=12), **options)


def test_real_articles(shared):
    """A tenth of the headline figure's articles; the whole is in benchmarks/."""
    articles = pd.read_csv(
        shared / "data" / "chinadaily_nyt" / "articles.csv.gz",
        usecols=["source", "text"],
    )
    times = (
        articles[articles["source"] != "China Daily"]
        .dropna()
        .sample(400, random_state=1)
    )
    words = times["text"].str.lower().str.findall(r"[^\W_]{2,}").explode()
    numbers, names = pd.factorize(words)
    rows = pd.factorize(words.index)[0]
    counts = sparse.csr_array((np.ones(len(rows), int), (rows, numbers)))
    kept = np.flatnonzero((counts > 0).sum(axis=0) >= 25)
    measure = dataclasses.replace(
        measure_of(pd.DataFrame({"war": [0], "talks": [0], "words": [1]})),
        items=item_table(names[kept]),
        articles=pd.DataFrame(index=range(400)),
        stored=(Block(slice(0, 400), counts[:, kept], counts.sum(axis=1)[:, None]),),
    )
    table = mk.placebo(measure, repeats=3, seed=1)
    assert (table["items"] > 1000).all()
    assert table["found"].sum() <= 1
    assert (table["found_g2"] > 50).all()
