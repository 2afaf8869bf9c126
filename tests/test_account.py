"""The account: complete, kept with the table, and refused for any other."""

import json

import pandas as pd
import pytest
from load_helpers import read, told

import mediakit as mk

TABLE = pd.DataFrame(
    {
        "outlet": ["Herald"] * 6,
        "published": [
            "2024-05-01",
            "1 May 2024",
            "soon",
            None,
            "1246-01-01",
            "2 May 2024",
        ],
        "title": ["Dam opens", "Dam  opens", "Dam", None, "Dam\tshuts", " "],
        "text": ["Flows.", "Flows.", None, " \n", "Dry.", "Rain."],
    }
)


@pytest.fixture
def articles():
    return read(TABLE)


def test_every_row_is_accounted_for(articles):
    assert told(articles) == {
        "rows expected": 6,
        "rows read": 6,
        "rows kept": 6,
        "column outlet": 6,
        "column published": 5,
        "column title": 5,
        "column text": 5,
        "dates missing": 1,
        "dates not understood": 1,
        "dates no article can have": 1,
        "titles empty": 2,
        "texts empty": 2,
        "neither title nor text": 1,
        "exact repeats": 1,
        "ids made from the content": 6,
    }


def test_the_account_is_a_table_of_text_and_whole_numbers(articles):
    account = mk.account(articles)
    assert list(account.columns) == ["what", "articles", "note"]
    assert account.dtypes.map(str).tolist() == ["str", "int64", "str"]
    notes = account.set_index("what")["note"]
    assert notes["dates not understood"] == "as 'soon'"
    assert notes["dates no article can have"] == "as '1246-01-01'"


def test_what_was_lost_is_warned_about_in_one_breath():
    with pytest.warns(mk.MediakitWarning) as caught:
        mk.read_articles(TABLE)
    assert [str(warning.message) for warning in caught] == [
        "Reading the table: dates not understood: 1 (as 'soon'); dates no article can "
        "have: 1 (as '1246-01-01'). `mk.account(articles)` tells all."
    ]
    assert caught[0].filename == __file__


def test_provenance_is_plain_json_and_survives_pandas(articles):
    provenance = articles.attrs["mediakit"]
    assert json.loads(json.dumps(provenance)) == provenance
    assert provenance["verb"] == "read_articles"
    assert {"mediakit", "pandas", "python"} <= set(provenance["versions"])
    later = articles.copy().sort_values("title").reset_index(drop=True)
    pd.testing.assert_frame_equal(mk.account(later), mk.account(articles))
    more = articles.assign(mark=1)
    assert told(more) == told(articles)


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a[a["title"].notna()],
        lambda a: a.assign(text=a["text"].str.lower()),
        lambda a: a.assign(title=a["title"].str.replace("  ", " ")),
        lambda a: a.assign(article_id=a["article_id"] + "x"),
        lambda a: a.assign(text=a["text"].to_numpy()[::-1]),
        lambda a: a.drop(columns="text"),
        lambda a: a.assign(published=a["published"].dt.date),
    ],
)
def test_a_changed_table_has_no_account(articles, change):
    with pytest.raises(mk.MediakitError, match="changed since it was read .*6 rows"):
        mk.account(change(articles))


def test_a_table_from_elsewhere_has_no_account(articles):
    for table in (TABLE, pd.concat([articles, read(TABLE[:2])])):
        with pytest.raises(mk.MediakitError, match="carries no account"):
            mk.account(table)
    with pytest.raises(mk.MediakitError, match="must be a pandas DataFrame"):
        mk.account([])


def test_the_input_is_not_changed():
    before = TABLE.copy(deep=True)
    read(TABLE)
    pd.testing.assert_frame_equal(TABLE, before)
    assert not TABLE.attrs
