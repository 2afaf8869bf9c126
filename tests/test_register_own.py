"""Outlets, names and codes of the user's own join the register or are refused."""

import pandas as pd
import pytest
from register_helpers import label

from mediakit.errors import MediakitError
from mediakit.load.register import load_outlets
from mediakit.load.register_tables import FACTORS


def own(**columns):
    return pd.DataFrame({name: [value] for name, value in columns.items()})


def test_an_outlet_of_ones_own_is_matched_by_name_alias_and_domain():
    mine = own(
        outlet_id="nation",
        name="Nation",
        country="KE",
        domains="nation.africa",
        aliases="Daily Nation | The Nation (Nairobi)",
    )
    labelled, told = label(
        ["nation", "Daily Nation", None],
        [None, None, "https://nation.africa/kenya/1"],
        outlets=mine,
    )
    assert told == []
    assert labelled["outlet_id"].tolist() == ["nation"] * 3
    assert labelled["matched_by"].tolist() == ["name", "alias", "url"]
    row = load_outlets(outlets=mine).set_index("outlet_id").loc["nation"]
    assert row[["region", "g77"]].tolist() == ["Africa", "yes"]
    assert row["code_note"] == "No row for SMM in this register"
    assert row["disputes"] == 0


def test_a_known_outlet_gains_names_and_keeps_its_own(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("outlet_id,aliases,parent\nbbc,The Beeb,Nobody\n", "utf-8")
    labelled, _ = label(["Beeb", "BBC", "BBC News"], outlets=path)
    assert labelled["outlet_id"].tolist() == ["bbc"] * 3
    row = load_outlets(outlets=str(path)).set_index("outlet_id").loc["bbc"]
    assert row[["parent", "country", "code"]].tolist() == ["Nobody", "GB", "IP"]
    assert "BBC News | " in row["aliases"]


def test_the_table_can_be_edited_and_given_back():
    table = load_outlets(edition="2023")
    pd.testing.assert_frame_equal(load_outlets(edition="2023", outlets=table), table)


def test_a_code_of_ones_own_replaces_the_whole_classification():
    mine = own(outlet_id="voa", scheme="SMM", edition="2030", code="IP")
    row = load_outlets(outlets=mine).set_index("outlet_id").loc["voa"]
    assert row[["scheme", "edition", "code"]].tolist() == ["SMM", "2030", "IP"]
    assert row[FACTORS].tolist() == ["no", "no", "no"]
    assert row[["source", "url", "retrieved", "code_note"]].isna().all()


def test_a_scheme_of_ones_own_may_have_its_own_codes():
    mine = own(outlet_id="bbc", scheme="Ours", edition="1", code="blue")
    labelled, _ = label(["BBC"], outlets=mine)
    assert labelled.loc[0, ["scheme", "edition", "code"]].tolist() == [
        "Ours",
        "1",
        "blue",
    ]


def test_rows_may_carry_any_index_and_domains_www():
    mine = pd.concat(
        [
            own(outlet_id="x", name="X", scheme="SMM", edition="1", code="ISF"),
            own(outlet_id="y", name="Y", domains="www.y.example.org"),
        ]
    )
    labelled, _ = label(["X", None], [None, "https://y.example.org/1"], outlets=mine)
    assert labelled["outlet_id"].tolist() == ["x", "y"]
    assert labelled["funding"].tolist()[0] == "yes"
    assert labelled["funding"].isna().tolist() == [False, True]


WRONG = [
    (own(name="X"), r"`outlets` lacks the columns \['outlet_id'\]"),
    (own(outlet_id="x", name="X", colour="red"), r"unknown columns \['colour'\]"),
    (own(outlet_id=None, name="X"), "have no `outlet_id`"),
    (pd.concat([own(outlet_id="x", name="X")] * 2), "repeat an `outlet_id`"),
    (own(outlet_id="x"), r"are new but have no `name`: \['x'\]"),
    (own(outlet_id="x", name="X", country="Kenya"), "no ISO 3166 code"),
    (own(outlet_id="x", name="X", ownership="Private"), "`ownership` that is none of"),
    (own(outlet_id="x", name="X", audience="all"), "`audience` that is none of"),
    (own(outlet_id="x", name="X", public_money="some"), "none of .'direct', 'levy'"),
    (own(outlet_id="x", name="X", founded="long ago"), "`founded` that is no number"),
    (own(outlet_id="x", name="X", disputes="many"), "`disputes` that is no number"),
    (own(outlet_id="bbc", code="SC"), "a code without `scheme` and `edition`"),
    (own(outlet_id="bbc", funding="yes"), "a code without `scheme` and `edition`"),
    (
        own(outlet_id="bbc", scheme="SMM", edition="1", code="XX"),
        r"their scheme does not have .*'CaPu'.*\['bbc'\]",
    ),
    (own(outlet_id="x", name="NYT"), "both claim the name 'nyt'"),
    (own(outlet_id="x", name="X", domains="rt.com"), "both claim the domain 'rt.com'"),
    (own(outlet_id="x", name="X", domains="co.uk"), "lists the domain 'co.uk'"),
    (own(outlet_id="x", name="X", domains="https://x.org"), "without https://"),
    (42, "path of such a CSV file, got int"),
    ("no/such/file.csv", "cannot be read as CSV"),
]


@pytest.mark.parametrize(("outlets", "message"), WRONG)
def test_rows_that_cannot_be_used_are_refused(outlets, message):
    with pytest.raises(MediakitError, match=message):
        load_outlets(outlets=outlets)
