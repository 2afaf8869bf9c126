"""Articles made up for tests of second looks: a planted difference, and texts."""

import numpy as np
import pandas as pd
import pytest

import mediakit as mk

SIDES = {"by": "outlet", "a": ["A", "B"], "b": ["C", "D"]}


def planted(ratio=3.0, seed=1, articles=240):
    """Return articles of four outlets; A and B say "war" `ratio` times as often."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"outlet": rng.choice(list("ABCD"), articles)})
    frame["article_id"] = [f"article {number}" for number in range(articles)]
    frame["words"] = rng.integers(200, 600, articles)
    frame["week"] = rng.integers(0, 30, articles)
    days = pd.to_timedelta(7 * frame["week"], unit="D")
    frame["published"] = pd.Timestamp("2016-01-04", tz="UTC") + days
    rate = 0.004 * np.where(frame["outlet"].isin(["A", "B"]), ratio, 1.0)
    clump = rng.gamma(4, 0.25, articles)
    frame["war"] = rng.poisson(rate * frame["words"] * clump)
    frame["talks"] = rng.poisson(0.004 * frame["words"] * clump)
    frame["event_id"] = [f"e{number}" for number in rng.integers(0, 25, articles)]
    frame["duplicate_of"] = pd.Series([None] * articles, dtype="str")
    return frame


def measure_of(frame, kind="count"):
    frame = frame.reset_index(drop=True)
    options = {"exposure": "words", "unit": "word", "kind": kind}
    return mk.as_measure(frame, value=["war", "talks"], **options)


def looked(frame, **options):
    table = mk.second_look(measure_of(frame), "war", **SIDES | options)
    return table.set_index("question")


def articles(seed=2):
    """Return 120 short articles; eight of outlet A are copies of its own."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(120):
        outlet = "ABCD"[number % 4]
        names = [f"name{one}" for one in rng.integers(0, 60, 70)]
        war = ["war"] * int(rng.poisson(3 if outlet in "AB" else 1))
        theme = [f"theme{number // 8}"] * 6
        words = rng.permutation([*names, *war, *theme])
        day = pd.Timestamp("2016-01-04", tz="UTC") + pd.Timedelta(
            days=2 * (number // 8)
        )
        rows.append((outlet, day, " ".join(words) + "."))
    for number in range(0, 32, 4):
        rows.append(("B", rows[number][1], rows[number][2]))
    table = pd.DataFrame(rows, columns=["outlet", "published", "text"])
    table["title"] = [f"Report {number}" for number in range(len(table))]
    return mk.read_articles(table)


def numbers(row):
    return [row[name] for name in ("low", "high", "p", "articles_a", "articles_b")]


def by_hand(measure, **options):
    row = mk.compare(measure.only_items(["war"]), **SIDES, **options).iloc[0]
    return [row["log_ratio"], *numbers(row)]


def same(answer, expected):
    assert [answer["estimate"], *numbers(answer)] == pytest.approx(
        expected, nan_ok=True
    )
