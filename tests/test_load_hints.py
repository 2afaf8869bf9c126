"""What is said where a column that matters is not known by its heading."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_helpers import told

import mediakit as mk

ROWS = 12


def table(**columns):
    """Return a table with titles, dates and the given columns."""
    base = {
        "title": [f"Dam {i} opens" for i in range(ROWS)],
        "published": ["2024-05-01"],
    }
    base["published"] *= ROWS
    return pd.DataFrame(base | columns)


def notes(articles):
    return mk.account(articles).set_index("what")["note"].to_dict()


def test_a_column_of_long_values_may_be_the_text():
    long = table(Whole=["Water flows. " * 40] * ROWS, remark=["good"] * ROWS)
    with pytest.warns(mk.MediakitWarning, match=r"say columns=\{'Whole': 'text'\}"):
        articles = mk.read_articles(long)
    assert told(articles)["columns that look like texts"] == 1
    named = mk.read_articles(long, columns={"Whole": "text"})
    assert "columns that look like texts" not in told(named)


def test_a_column_of_few_short_values_may_be_the_outlet():
    articles = mk.read_articles(table(carrier=["A", "B"] * 6, place=["x", "y"] * 6))
    assert told(articles)["outlets missing"] == ROWS
    said = notes(articles)["outlets missing"]
    assert "columns={'carrier': 'outlet'}, or one of ['place']" in said
    unlike = mk.read_articles(table(number=[f"n{i}" for i in range(ROWS)]))
    assert notes(unlike)["outlets missing"] == "no column is known to hold the outlet"


def test_one_outlet_in_several_spellings_is_said():
    spelt = table(outlet=["China Daily", "CHINA  DAILY", "china daily", "BBC"] * 3)
    with pytest.warns(mk.MediakitWarning, match="spelt in several ways: 9"):
        articles = mk.read_articles(spelt)
    assert articles["outlet"].nunique() == 4, "said, and not mended"


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["A", "B b", "C"]), min_size=1, max_size=9))
def test_names_spelt_in_one_way_each_are_not_spoken_of(names):
    frame = pd.DataFrame({"title": names, "outlet": names})
    assert "outlets spelt in several ways" not in told(mk.read_articles(frame))
