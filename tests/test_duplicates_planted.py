"""label_duplicates on the constructed groups and on planted edits of several strengths.

The threshold was chosen on the odd events and is checked on the even ones.
"""

import inspect
import itertools
import re

import numpy as np
import pandas as pd
import pytest

import mediakit as mk

DEFAULT = inspect.signature(mk.label_duplicates).parameters["threshold"].default
DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def strait():
    articles = mk.load_sample("strait").articles
    truth = mk.load_truth("labels").set_index("article_id")
    return articles, truth.loc[articles["article_id"]]


def halves(truth):
    odd = truth["event_id"].str[1:].astype(int).to_numpy() % 2 == 1
    return odd, ~odd


def score(labelled, truth, rows):
    found, true = labelled["duplicate_of"].fillna("")[rows], truth["origin"][rows]
    right = ((found.to_numpy() == true.to_numpy()) & (true != "").to_numpy()).sum()
    return right / (found != "").sum(), right / (true != "").sum()


def shingle_set(text):
    row = re.sub(r"[^\w\s]", "", text.lower()).split()
    return {tuple(row[at : at + 5]) for at in range(len(row) - 4)}


def largest_and_smallest_overlap(articles, truth):
    """Return the largest overlap of unrelated texts and the smallest of a copy."""
    sets = articles["text"].map(shingle_set).tolist()
    groups, copies = truth["duplicate_group"].tolist(), truth["origin"].tolist()
    names, unrelated, copied = truth.index.tolist(), [], []
    for a, b in itertools.combinations(range(len(sets)), 2):
        found = len(sets[a] & sets[b]) / min(len(sets[a]), len(sets[b]))
        if not groups[a] or groups[a] != groups[b]:
            unrelated.append(found)
        elif names[a] == copies[b] or names[b] == copies[a]:
            copied.append(found)
    return max(unrelated), min(copied)


def test_the_default_chosen_on_half_of_the_events_holds_on_the_others(strait):
    articles, truth = strait
    chosen, checked = halves(truth)
    ends = largest_and_smallest_overlap(articles[chosen], truth[chosen])
    assert ends == pytest.approx((0.02, 0.33), abs=0.01)
    assert round(sum(ends) / 2, 1) == DEFAULT
    labelled = mk.label_duplicates(articles)
    assert score(labelled, truth, checked) == (1, 1)
    groups = labelled["duplicate_group"].fillna("")
    assert groups.tolist() == truth["duplicate_group"].tolist()


@pytest.mark.parametrize(
    ("threshold", "recall"), [(0.1, 1), (0.3, 0.93), (0.5, 0.53), (0.9, 0.27)]
)
def test_a_stricter_threshold_loses_copies_and_adds_none(strait, threshold, recall):
    articles, truth = strait
    labelled = mk.label_duplicates(articles, threshold=threshold)
    found = score(labelled, truth, np.ones(len(truth), bool))
    assert found == pytest.approx((1, recall), abs=0.005)


def test_light_edits_and_corrections_survive_a_strict_threshold(strait):
    articles, truth = strait
    labelled = mk.label_duplicates(articles, threshold=0.7)
    found = (labelled["duplicate_of"].notna()).to_numpy()
    assert found.tolist() == truth["edit"].isin(["light", "corrected"]).tolist()


def edited(text, edit, strength, rng):
    if edit == "respelling":
        row = np.array(text.split(" "), dtype=object)
        row[rng.random(len(row)) < strength] += "x"
        return " ".join(row)
    row = np.array(text.replace("\n\n", " ").split(". "), dtype=object)
    if edit == "reorder":
        moved = np.flatnonzero(rng.random(len(row)) < strength)
        row[moved] = row[rng.permutation(moved)]
        return ". ".join(row)
    if edit == "cut":
        return ". ".join(row[: round((1 - strength) * len(row))])
    added = (f"w{rng.integers(9**9)}" for _ in range(round(strength * text.count(" "))))
    return " ".join([*added, text])


@pytest.mark.parametrize(
    ("edit", "strength", "recall"),
    [
        *[("cut", s, 1) for s in (0.2, 0.5, 0.6)],
        *[("cut", 0.7, 59 / 60), ("cut", 0.8, 57 / 60)],  # under 25 shingles left
        *[("reorder", s, 1) for s in (0.2, 0.5, 1)],
        *[("addition", s, 1) for s in (0.5, 2, 8)],
        *[("respelling", s, 1) for s in (0.05, 0.1, 0.2)],
        ("respelling", 0.5, 0),  # .5**5 = 3 % of the shingles are left
    ],
)
def test_planted_edits_are_found_across_outlets_and_days(
    strait, edit, strength, recall
):
    articles, truth = strait
    alone = articles[(truth["duplicate_group"] == "").to_numpy()].head(60)
    rng = np.random.default_rng(5)
    copies = alone.assign(
        article_id="copy-" + alone["article_id"],
        outlet="The Copyist",
        title="Another headline",
        published=alone["published"] + 2 * DAY,
        text=[edited(text, edit, strength, rng) for text in alone["text"]],
    )
    labelled = mk.label_duplicates(pd.concat([alone, copies], ignore_index=True))
    found = labelled["duplicate_of"].dropna()
    assert found.index.min() >= 60 or recall == 0
    right = labelled["duplicate_of"].iloc[60:].to_numpy() == alone["article_id"]
    assert right.mean() == recall
    assert len(found) == right.sum()
