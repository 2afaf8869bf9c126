"""explain: the entries behind a category, side by side."""

import pandas as pd
import pytest

import mediakit as mk
from mediakit.errors import MediakitError


def test_explain_shows_each_side_s_entries():
    table = pd.DataFrame(
        {
            "outlet": ["A", "A", "B"],
            "text": ["war war army", "army war", "army army, wars: peace"],
        }
    )
    corpus = mk.tokenize(mk.read_articles(table))
    conflict = {"conflict": ["war", "wars", "army", "navy"], "calm": ["peace"]}
    measure = mk.count_dictionary(corpus, conflict, items="entry")
    shown = mk.explain(measure, by="outlet")
    assert shown[["concept", "group", "item", "rank", "value"]].to_numpy().tolist() == [
        ["conflict", "A", "conflict: war", 1, 3],
        ["conflict", "A", "conflict: army", 2, 2],
        ["conflict", "B", "conflict: army", 1, 2],
        ["conflict", "B", "conflict: wars", 2, 1],
        ["calm", "B", "calm: peace", 1, 1],
    ]
    assert shown["share"].tolist() == [0.6, 0.4, 2 / 3, 1 / 3, 1.0]
    assert shown["articles_with"].tolist() == [2, 2, 1, 1, 1]
    everything = mk.explain(measure, by="outlet", top=None)
    assert len(everything) == 10
    never = everything[everything["item"] == "conflict: navy"]
    assert never["value"].tolist() == [0, 0]
    assert everything["share"].isna().sum() == 1
    assert shown.attrs["mediakit"]["parameters"]["top"] == 10
    for wrong in (0, "all"):
        with pytest.raises(MediakitError, match="`top` must be"):
            mk.explain(measure, top=wrong)
    with pytest.raises(MediakitError, match="items='entry'"):
        mk.explain(mk.count_dictionary(corpus, conflict))
