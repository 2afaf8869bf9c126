import numpy as np
import pandas as pd
import pytest

import mediakit as mk

VOTES = pd.DataFrame(
    {"outlet": ["A", "B", "B"], "biased": [3, 0, 2], "fair": [2, 4, 3], "n": [5, 4, 5]}
)


def test_columns_become_items_over_one_exposure():
    measure = mk.as_measure(VOTES, value=["biased", "fair"], exposure="n", kind="share")
    assert measure.items["item"].tolist() == ["biased", "fair"]
    assert measure.values.toarray().tolist() == [[3, 2], [0, 4], [2, 3]]
    assert measure.exposure[:, 0].tolist() == [5, 4, 5]
    assert measure.articles["outlet"].tolist() == ["A", "B", "B"]
    assert (measure.kind, measure.name) == ("share", "biased, fair")


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"biased": [1, np.nan, 1]}, "count", "must hold numbers, got nan in row 1"),
        ({"biased": ["x", "1", "2"]}, "count", "got 'x' in row 0"),
        ({"biased": [-1, 0, 0]}, "count", "kind='mean'"),
        ({"n": [5, -4, 5]}, "count", "0 or more"),
        ({"n": [0, 4, 5]}, "count", "1 rows have a value but 'n' is 0"),
        ({"biased": [6, 0, 0]}, "share", "at most 'n'"),
        ({}, "rate", r"`kind` must be one of \['count', 'share', 'mean'\]"),
    ],
)
def test_numbers_that_make_no_rate_are_refused(change, kind, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.as_measure(VOTES.assign(**change), value="biased", exposure="n", kind=kind)


def test_signed_values_are_means():
    measure = mk.as_measure(
        VOTES.assign(biased=[-1, 0, 1]), value="biased", exposure="n", kind="mean"
    )
    assert measure.values.toarray()[:, 0].tolist() == [-1, 0, 1]


def test_a_missing_column_is_named():
    with pytest.raises(mk.MediakitError, match=r"lacks the columns \['votes'\]"):
        mk.as_measure(VOTES, value="biased", exposure="votes")


def test_numbers_of_constructed_articles_stay_marked():
    made = mk.as_measure(VOTES.assign(constructed=True), value="biased", exposure="n")
    assert made.provenance["constructed"]
    assert "Constructed data" in mk.describe(mk.summarise(made))
    real = mk.as_measure(VOTES, value="biased", exposure="n")
    assert "constructed" not in real.provenance
