"""The tables of the register hold facts that fit together."""

import re

import pandas as pd
import pytest

from mediakit.load.register import load_outlets
from mediakit.load.register_match import fold_name
from mediakit.load.register_tables import ALIASES, COLUMNS, FACTORS, read_table
from mediakit.resources import folder

REGISTER = load_outlets()
IDS = set(REGISTER["outlet_id"])
TABLES = ["outlets", "names", "domains", "classifications", "codes", "schemes"]
TABLES += ["disputes", "countries"]


def test_it_holds_the_outlets_of_the_reference_table():
    assert len(REGISTER) == 112
    assert REGISTER["outlet_id"].is_unique
    assert list(REGISTER.columns) == COLUMNS


def test_namibia_is_a_country_and_not_a_missing_value():
    countries = read_table("countries").set_index("country")
    assert countries.loc["NA", "name"] == "Namibia"
    assert countries.index.is_unique


def test_the_group_of_77_has_its_134_members():
    assert (read_table("countries")["g77"] == "yes").sum() == 134


@pytest.mark.parametrize("column", ["country", "hq_country"])
def test_every_outlet_has_a_country(column):
    countries = set(read_table("countries")["country"])
    assert set(read_table("outlets")[column]) <= countries


@pytest.mark.parametrize(
    ("column", "allowed"),
    [
        ("ownership", {"state", "party", "public", "private", "non-profit", "mixed"}),
        ("audience", {"domestic", "external", "both"}),
        ("public_money", {"direct", "levy", "partial", "none"}),
        ("basis", {"V", "K", "M"}),
    ],
)
def test_a_term_has_one_spelling(column, allowed):
    assert set(read_table("outlets")[column].dropna()) <= allowed


@pytest.mark.parametrize("table", ["names", "domains", "classifications", "disputes"])
def test_every_row_belongs_to_an_outlet(table):
    assert set(read_table(table)["outlet_id"]) <= IDS


@pytest.mark.parametrize("table", ["names", "domains", "classifications", "disputes"])
def test_every_row_says_how_far_it_is_checked(table):
    assert set(read_table(table)["basis"]) <= {"V", "M"}


def test_what_a_database_prints_is_from_a_sample_or_from_memory_and_says_so():
    names = read_table("names")
    printed = names[names["used_by"].notna()]
    assert set(printed["used_by"]) == {"Nexis", "Factiva", "ProQuest", "Europresse"}
    seen = printed[printed["basis"] == "V"]
    assert seen["source"].str.startswith("sample export of ").all()
    assert set(printed["basis"]) == {"M", "V"}
    assert set(names.loc[names["basis"] == "M", "source"]) == {"from memory: check"}


def test_every_code_is_one_of_its_scheme_with_its_factors():
    rows = read_table("classifications")
    coded = rows[rows["code"].notna()]
    codes = read_table("codes")
    merged = coded.merge(codes, on=["scheme", "code"], how="left", suffixes=("", "_"))
    assert merged["model"].notna().all()
    for factor in FACTORS:
        pd.testing.assert_series_equal(
            merged[factor], merged[f"{factor}_"], check_names=False
        )


def test_a_missing_code_says_why_and_states_no_factor():
    rows = read_table("classifications")
    bare = rows[rows["code"].isna()]
    assert bare["note"].notna().all()
    assert bare[FACTORS].isna().all(axis=None)


def test_one_classification_per_outlet_scheme_and_edition():
    rows = read_table("classifications")
    assert not rows.duplicated(["outlet_id", "scheme", "edition"]).any()
    filled = rows[["scheme", "edition", "source", "url", "retrieved"]]
    assert filled.notna().all(axis=None)
    assert set(rows["scheme"]) <= set(read_table("schemes")["scheme"])


def test_the_seven_codes_of_the_matrix_differ_in_their_factors():
    codes = read_table("codes")
    matrix = codes[codes["scheme"] == "SMM"]
    assert len(matrix) == 7
    assert not matrix.duplicated(FACTORS).any()
    controlled = set(matrix.loc[matrix["editorial"] == "yes", "code"])
    assert controlled == {"SC", "CaPu", "CaPr"}


def test_contested_outlets_are_those_with_disputes():
    outlets = read_table("outlets")
    contested = set(outlets.loc[outlets["contested"] == "yes", "outlet_id"])
    assert contested == set(read_table("disputes")["outlet_id"])


def test_funding_that_rests_on_the_code_agrees_with_it():
    by_code = read_table("outlets").query("public_money_basis == 'SMM 2023 factor'")
    codes = load_outlets(edition="2023").set_index("outlet_id")
    assert (by_code["public_money"] == "direct").all()
    assert (codes.loc[by_code["outlet_id"], "funding"] == "yes").all()


def test_a_domain_with_its_path_is_listed_once():
    rows = read_table("domains")
    assert not rows.duplicated(["domain", "path_prefix"]).any()
    assert IDS == set(rows["outlet_id"])
    assert (rows["domain"] == rows["domain"].str.lower()).all()
    assert not rows["domain"].str.startswith("www.").any()


def test_a_name_belongs_to_one_outlet_and_is_listed_once():
    names = pd.concat([REGISTER["name"], read_table("names")["alias"]])
    folded = names.map(fold_name)
    assert folded[folded.duplicated(keep=False)].tolist() == []
    assert not names.str.contains(ALIASES.strip(), regex=False).any()


@pytest.mark.parametrize("table", TABLES)
def test_no_word_takes_a_side(table):
    text = (folder("data") / "registry" / f"{table}.csv").read_text("utf-8").lower()
    for word in ("baseline", "neutral", "reference side", "propaganda", "regime"):
        assert word not in text
    assert not re.search(r"\b(unbiased|biased|mouthpiece|free press)\b", text)
