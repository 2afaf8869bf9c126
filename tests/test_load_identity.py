"""Ids that stay with the content, and repeats that are told apart."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from load_helpers import read, told, write

import mediakit as mk
from mediakit.load.identity import give_ids

STORY = {
    "outlet": "Herald",
    "published": "2024-05-01",
    "title": "Dam",
    "text": "Flows.",
}


def id_of(**changes):
    return mk.read_articles(pd.DataFrame([STORY | changes])).loc[0, "article_id"]


def test_the_id_of_known_content_never_changes():
    assert id_of() == "12c08e5e775fab26"


@pytest.mark.parametrize("field", ["outlet", "title", "text"])
def test_each_part_of_the_content_counts(field):
    assert id_of(**{field: "Other"}) != id_of()
    assert id_of(published="2024-05-02") != id_of()
    assert id_of(url="elsewhere") == id_of()
    assert re.fullmatch("[0-9a-f]{16}", id_of(**{field: None}))


def test_parts_do_not_run_into_each_other():
    assert id_of(title="Dam F", text="lows.") != id_of(title="Dam", text="Flows.")


def test_the_id_is_the_same_whatever_the_file(tmp_path):
    text = "Flows.\nBoats wait."
    csv = 'outlet,published,title,text\nHerald,1 May 2024,Dam,"Flows.\r\nBoats wait."\n'
    jsonl = '{"outlet": "Herald", "published": "2024-05-01", "title": "Dam", "text": '
    ids = {
        id_of(text=text),
        mk.read_articles(write(tmp_path, "a.csv", csv)).loc[0, "article_id"],
        mk.read_articles(
            write(tmp_path, "a.jsonl", jsonl + '["Flows.", "Boats wait."]}')
        ).loc[0, "article_id"],
    }
    assert len(ids) == 1


def test_repeats_stay_and_are_numbered():
    articles = mk.read_articles(pd.DataFrame([STORY] * 3))
    first = id_of()
    assert articles["article_id"].tolist() == [first, f"{first}-2", f"{first}-3"]
    assert told(articles)["exact repeats"] == 2


def test_a_given_id_of_several_articles_is_numbered_and_warned_about():
    table = pd.DataFrame(
        {
            "article_id": [7, 7, 7, None, "7-2"],
            "title": ["Dam", "Dam", "Rain", "Snow", "Wind"],
        }
    )
    match = "ids given to several articles: 1 .numbered -2, -3, as '7'"
    with pytest.warns(mk.MediakitWarning, match=match):
        articles = mk.read_articles(table)
    assert articles["article_id"].tolist()[:3] == ["7", "7-3", "7-4"]
    assert articles.loc[4, "article_id"] == "7-2"
    account = told(articles)
    assert account["ids made from the content"] == 1
    assert account["exact repeats"] == 1


def test_given_ids_stay_as_they_are_written(tmp_path):
    path = write(tmp_path, "a.csv", "article_id,title\n007,a\n12345678901234567890,b\n")
    ids = mk.read_articles(path)["article_id"].tolist()
    assert ids == ["007", "12345678901234567890"]
    numbers = pd.DataFrame({"article_id": [1.0, 2.0, None], "title": ["a", "b", "c"]})
    assert read(numbers)["article_id"].tolist()[:2] == ["1", "2"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b", None])))
def test_ids_are_unique_and_first_ones_untouched(names):
    given_ids = pd.Series(names, dtype="str")
    digests = pd.Series(range(len(names))).to_numpy(dtype="uint64")
    ids = give_ids(given_ids, digests)
    assert ids.is_unique
    assert ids.notna().all()
    first = ~given_ids.duplicated() & given_ids.notna()
    assert ids[first].tolist() == given_ids[first].tolist()
