"""No code travels bare, and what matched nothing is reported."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from register_helpers import label

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.load.register import LABELS, label_outlets, load_outlets
from mediakit.load.register_tables import read_table

REGISTER = load_outlets()

CODES_2023 = [
    ("xinhua", "SC"),
    ("nhk", "CaPu"),
    ("daily-sabah", "CaPr"),
    ("voa", "ISFM"),
    ("dw", "ISF"),
    ("rte", "ISM"),
    ("bbc", "IP"),
    ("kbs", "IP"),
]


@pytest.mark.parametrize(("outlet", "code"), CODES_2023)
def test_codes_of_the_snapshot(outlet, code):
    row = load_outlets(edition="2023").set_index("outlet_id").loc[outlet]
    assert row[["scheme", "edition", "code"]].tolist() == ["SMM", "2023", code]
    assert row["retrieved"] == "2024-02-07"


def test_how_many_outlets_carry_each_code():
    counts = load_outlets(edition="2023")["code"].value_counts(dropna=False)
    assert counts.to_dict() == {
        "SC": 48,
        "CaPu": 11,
        "CaPr": 2,
        "ISFM": 10,
        "ISF": 2,
        "ISM": 4,
        "IP": 11,
        np.nan: 24,
    }


@pytest.mark.parametrize("outlet", ["voa", "rfe-rl", "rfa", "stvr"])
def test_the_newest_edition_is_shown_by_default(outlet):
    row = REGISTER.set_index("outlet_id").loc[outlet]
    assert row[["edition", "code"]].tolist() == ["2025", "SC"]


@pytest.mark.parametrize("outlet", ["kbs", "thai-pbs"])
def test_a_lost_code_is_not_replaced_by_an_invented_one(outlet):
    row = REGISTER.set_index("outlet_id").loc[outlet]
    assert row["edition"] == "2024"
    assert pd.isna(row["code"])
    assert row["code_note"] == "IP lost, code not stated"


def test_an_outlet_without_a_row_in_the_edition_shows_that():
    row = load_outlets(edition="2025").set_index("outlet_id").loc["xinhua"]
    assert row[["scheme", "edition", "code"]].isna().all()
    assert row["code_note"] == "No row for SMM 2025 in this register"


@pytest.mark.parametrize("scheme", ["SMM", "Twitter", "YouTube"])
def test_no_code_is_bare(scheme):
    register = load_outlets(scheme=scheme)
    coded = register[register["code"].notna()]
    assert len(coded) > 0
    assert (coded["scheme"] == scheme).all()
    beside = ["edition", "source", "url", "retrieved"]
    assert coded[beside].notna().all(axis=None)
    assert register.loc[register["code"].isna(), "code_note"].notna().all()


def test_disputes_are_counted_and_told():
    row = REGISTER.set_index("outlet_id").loc["bbc"]
    assert row["disputes"] == 2
    assert row["dispute_summary"].startswith("BBC: Objected in April 2023")
    assert REGISTER["disputes"].sum() == len(read_table("disputes"))


def test_an_unknown_scheme_or_edition_is_told_the_choices():
    with pytest.raises(MediakitError, match=r"`scheme` must be one of \['SMM', 'Tw"):
        load_outlets(scheme="RSF")
    with pytest.raises(MediakitError, match=r"one of \['2023', '2024', '2025'\]"):
        load_outlets(edition="1999")


def test_labels_are_added_and_nothing_else_changes():
    articles = pd.DataFrame(
        {"outlet": ["TASS", "BBC"], "title": ["x", "y"]}, index=[7, 7]
    )
    articles.attrs["mediakit"] = {"read": 2}
    before = articles.copy()
    labelled = label_outlets(articles)
    pd.testing.assert_frame_equal(articles, before)
    pd.testing.assert_frame_equal(labelled[["outlet", "title"]], before)
    assert list(labelled.columns) == [*before, *LABELS.values(), "matched_by"]
    assert labelled.attrs == articles.attrs == {"mediakit": {"read": 2}}
    assert (
        labelled["label_source"].tolist()
        == ["ASD at GMF: State_Media_Matrix.csv, 2024-02-07"] * 2
    )
    assert labelled["disputes"].tolist() == [0.0, 2.0]


def test_empty_in_gives_empty_out_with_the_same_columns():
    full, _ = label(["BBC"])
    empty, told = label([])
    assert len(empty) == 0
    assert told == []
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


def test_what_matched_nothing_is_counted_and_named():
    outlets = ["Nobody"] * 3 + [None, None, "BBC"]
    urls = [None, None, None, "https://a.example.org/x", None, None]
    labelled, told = label(outlets, urls)
    assert labelled["outlet_id"].isna().tolist() == [True] * 5 + [False]
    assert len(told) == 1
    assert told[0].startswith(
        "5 of 6 articles matched no outlet of the register: 'Nobody' (3), "
    )
    assert "'example.org' (1)" in told[0]
    assert "'neither outlet nor url' (1)" in told[0]


def test_ten_of_many_strangers_are_named():
    _, told = label([f"Nobody {n}" for n in range(13)])
    assert told[0].count("(1)") == 10
    assert "and 3 more. Their labels" in told[0]


def test_the_name_wins_over_the_url_and_the_conflict_is_told():
    labelled, told = label(
        ["China Daily", "China Daily", "Unknown wire"],
        ["https://xinhuanet.com/a", "https://chinadaily.com.cn/a", "https://tass.com/"],
    )
    assert labelled["outlet_id"].tolist() == ["china-daily", "china-daily", "tass"]
    assert labelled["matched_by"].tolist() == ["name", "name", "url"]
    assert told == [
        "1 articles name one outlet and link to another; the name was kept: "
        "'China Daily at Xinhua' (1)."
    ]


def test_the_warning_points_at_the_caller():
    with pytest.warns(MediakitWarning) as caught:
        label_outlets(pd.DataFrame({"outlet": ["Nobody"]}))
    assert caught[0].filename == __file__


def test_the_order_of_rows_does_not_matter():
    names = ["NYT", "Nobody", "BBC", "tass", "Nobody", "KCNA"]
    forth, _ = label(names)
    back, _ = label(names[::-1])
    turned = back[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(forth, turned)


def test_columns_of_the_user_are_not_replaced():
    frame = pd.DataFrame({"outlet": ["BBC"], "code": [1], "edition": ["first"]})
    with pytest.raises(MediakitError, match=r"the columns \['edition', 'code'\]"):
        label_outlets(frame)
    with pytest.raises(MediakitError, match="earlier labelling"):
        label_outlets(label_outlets(frame[["outlet"]]))


def test_articles_must_name_an_outlet():
    with pytest.raises(MediakitError, match="needs a column `outlet` or `url`"):
        label_outlets(pd.DataFrame({"title": ["x"]}))
    with pytest.raises(MediakitError, match="must be a pandas DataFrame, got list"):
        label_outlets(["BBC"])


def test_one_column_is_enough_and_its_dtype_does_not_matter():
    by_url = label_outlets(pd.DataFrame({"url": ["https://tass.ru/1"]}))
    assert by_url["outlet_id"].tolist() == ["tass"]
    frame = pd.DataFrame({"outlet": pd.Categorical(["BBC", "TASS", "BBC"])})
    assert label_outlets(frame)["outlet_id"].tolist() == ["bbc", "tass", "bbc"]


def test_nothing_is_fetched():
    code = (
        "import socket\n"
        "def refuse(*args, **kwargs): raise AssertionError('network')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = refuse\n"
        "import pandas as pd\n"
        "from mediakit.load.register import label_outlets\n"
        "frame = pd.DataFrame({'url': ['https://www.rt.com/a']})\n"
        "assert label_outlets(frame)['outlet_id'].tolist() == ['rt']\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_real_headlines_and_links_match(shared):
    links = pd.read_csv(
        shared / "data" / "kcna" / "kcna_headlines_1997_2014.csv.gz",
        usecols=["story.link"],
    )["story.link"].dropna()
    assert len(links) > 100_000
    labelled, told = label([None] * len(links), links.tolist())
    assert (labelled["outlet_id"] == "kcna").all()
    assert told == []
    labelled, told = label(["cgtn", "globaltimes", "xinhuanet", "chinadaily", "bbc"])
    assert labelled["outlet_id"].tolist() == [
        "cgtn",
        "global-times",
        "xinhua",
        "china-daily",
        "bbc",
    ]
