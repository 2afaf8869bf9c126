"""The register holds facts that fit together, and matching never guesses."""

import re
import string
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.load import register_match
from mediakit.load.register import LABELS, label_outlets, load_outlets
from mediakit.load.register_match import domain_index, fold_name, match_addresses
from mediakit.load.register_tables import ALIASES, COLUMNS, FACTORS, read_table
from mediakit.resources import folder

SHARED = Path(__file__).parents[2] / "shared" / "data"
REGISTER = load_outlets()
DOMAINS = domain_index(REGISTER)
IDS = set(REGISTER["outlet_id"])
TABLES = ["outlets", "names", "domains", "classifications", "codes", "schemes"]
TABLES += ["disputes", "countries"]
ACCENTED = "Agência Brasil"


def outlet_of(url):
    row = match_addresses(pd.Series([url], dtype="str"), DOMAINS)[0]
    return None if row < 0 else REGISTER["outlet_id"].iloc[row]


def label(names, urls=None, **kwargs):
    """Labels of articles, with the warnings about them."""
    frame = pd.DataFrame({"outlet": pd.Series(names, dtype="str")})
    if urls is not None:
        frame["url"] = pd.Series(urls, dtype="str")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        labelled = label_outlets(frame, **kwargs)
    return labelled, [str(warning.message) for warning in caught]


# The tables fit together ----------------------------------------------------------


def test_it_holds_the_outlets_of_the_reference_table():
    assert len(REGISTER) == 104
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


def test_what_a_database_prints_is_from_memory_and_says_so():
    names = read_table("names")
    printed = names[names["used_by"].notna()]
    assert set(printed["used_by"]) == {"Nexis", "Factiva", "ProQuest", "Europresse"}
    assert set(printed["basis"]) == {"M"}
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


# Codes travel with scheme and edition ---------------------------------------------

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
        np.nan: 16,
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


# Names ----------------------------------------------------------------------------

NAMES = [
    ("Xinhua", "xinhua", "name", "as listed"),
    ("CGTN", "cgtn", "name", "as listed"),
    ("Global Times", "global-times", "name", "as listed"),
    ("China Daily", "china-daily", "name", "as listed"),
    ("BBC", "bbc", "name", "as listed"),
    ("New York Times", "nyt", "name", "without The"),
    ("The New York Times", "nyt", "name", "with The"),
    ("New York Times, The", "nyt", "name", "The of a library catalogue"),
    ("NYT", "nyt", "alias", "abbreviation"),
    ("KCNA", "kcna", "name", "as listed"),
    ("TASS", "tass", "name", "as listed"),
    ("itar-tass", "tass", "alias", "case"),
    ("  THE   GUARDIAN ", "guardian", "name", "spaces and case"),
    ("agencia brasil", "agencia-brasil", "name", "without accents"),
    ("RTE", "rte", "name", "without accents"),
    ("Al-Jazeera", "al-jazeera", "name", "hyphen"),
    ("People’s Daily", "peoples-daily", "name", "curly apostrophe"),
    ("globaltimes", "global-times", "name", "spaces lost, as in file names"),
    ("RFE/RL", "rfe-rl", "alias", "slash"),
    ("新华社", "xinhua", "alias", "local name"),
    ("الجزيرة", "al-jazeera", "alias", "local name"),
    ("Xinhua General News Service", "xinhua", "alias", "Nexis"),
    ("Agence France Presse -- English", "afp", "alias", "Nexis"),
    ("The Straits Times (Singapore)", "straits-times", "alias", "Nexis"),
    ("Sputnik News Service", "sputnik", "alias", "Factiva"),
    ("New York Times; New York, N.Y.", "nyt", "alias", "ProQuest"),
    ("Le Monde (site web)", "le-monde", "alias", "Europresse"),
    ("BBC Monitoring Asia Pacific", "bbc-monitoring", "alias", "not the BBC"),
    ("www.rt.com", "rt", "url", "an outlet that is a domain"),
    ("xinhuanet", "xinhua", "alias", "name of the site"),
]


@pytest.mark.parametrize(("name", "outlet", "how", "reason"), NAMES)
def test_names_that_match(name, outlet, how, reason):
    labelled, told = label([name])
    assert labelled.loc[0, ["outlet_id", "matched_by"]].tolist() == [outlet, how]
    assert told == []


STRANGERS = [
    ("ABC", "three broadcasters have the name"),
    ("CNA", "Taiwan and Singapore"),
    ("The Herald", "Harare, Glasgow, Melbourne"),
    ("The National", "Abu Dhabi, Glasgow"),
    ("BBC Good Food", "a part of a name is not a name"),
    ("The New York Times Magazine Quiz", "a part of a name is not a name"),
    ("The", "nothing but The"),
    ("", "empty"),
    ("!!!", "nothing but punctuation"),
    ("sciencealert.com", "ends like rt.com"),
]


@pytest.mark.parametrize(("name", "reason"), STRANGERS)
def test_names_that_do_not_match(name, reason):
    labelled, told = label([name])
    assert labelled[[*LABELS.values(), "matched_by"]].isna().all(axis=None)
    assert len(told) == 1


@given(name=st.text(max_size=30))
def test_folding_twice_is_folding_once(name):
    folded = fold_name(name)
    assert fold_name(folded.upper()) in (folded, fold_name(fold_name(folded)))
    assert not set(folded) & set(string.whitespace + string.punctuation)


# Addresses ------------------------------------------------------------------------

URLS = [
    ("https://www.rt.com/news/1-title/", "rt", "www"),
    ("http://RT.com", "rt", "case, no path"),
    ("//rt.com:443/x", "rt", "no scheme, a port"),
    ("rt.com/x", "rt", "bare"),
    ("https://francais.rt.com/a?b=c#d", "rt", "a part of the site"),
    ("https://swentr.site/news", "rt", "mirror"),
    ("https://rt.com./x", "rt", "root dot"),
    ("https://sciencealert.com/rt.com", None, "ends like rt.com"),
    ("https://report.com/", None, "ends like rt.com"),
    ("https://rt.com.evil.example/", None, "starts like rt.com"),
    ("https://rt.com@evil.example/", None, "a user name, not a host"),
    ("https://evil.example/?u=https://rt.com/", None, "in the query"),
    ("https://example.org/rt.com/x", None, "in the path"),
    ("mailto:desk@rt.com", None, "no page"),
    ("ftp://rt.com/x", None, "no page"),
    ("https://m.bbc.co.uk/news/1", "bbc", "mobile"),
    ("https://www.bbc.com/news", "bbc", "the other domain"),
    ("https://www.bbc.com/persian/world-1", "bbc-persian", "path"),
    ("https://www.bbc.com/persian", "bbc-persian", "path without slash"),
    ("https://www.bbc.com/persian?x=1", "bbc-persian", "path before a query"),
    ("https://www.bbc.com/persiana", "bbc", "half a segment"),
    ("https://www.bbc.com/news/persian", "bbc", "not at the start"),
    ("https://monitoring.bbc.co.uk/x", "bbc-monitoring", "its own host"),
    ("https://english.ahram.org.eg/News/1", "al-ahram", "suffix of two labels"),
    ("https://agenciabrasil.ebc.com.br/x", "agencia-brasil", "host below the domain"),
    ("https://tvbrasil.ebc.com.br/x", None, "sister host"),
    ("https://prasarbharati.gov.in/doordarshan/x", "doordarshan", "path only"),
    ("https://prasarbharati.gov.in/about", None, "path only"),
    ("https://www3.nhk.or.jp/nhkworld/en/", "nhk", "www3"),
    ("https://www.abc.net.au/news/1", "abc-australia", "decides what ABC does not"),
    ("https://abcnews.go.com/", None, "another ABC"),
    ("http://www.kcna.co.jp/item/1997/01.htm#1", "kcna", "older site"),
    ("https://co.uk/", None, "a public suffix"),
    ("https://[::1]/x", None, "an address of numbers"),
    ("not a url", None, "text"),
    ("", None, "empty"),
]


@pytest.mark.parametrize(("url", "outlet", "reason"), URLS)
def test_addresses(url, outlet, reason):
    assert outlet_of(url) == outlet


LISTED = st.sampled_from(sorted(DOMAINS))
LABEL = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)


@given(domain=LISTED, before=LABEL, path=LABEL)
def test_letters_before_a_domain_make_another_domain(domain, before, path):
    assume(before + domain not in DOMAINS)
    found = outlet_of(f"https://{before}{domain}/{path}")
    assert found is None or f".{domain}" not in f"{before}{domain}"[1:]
    parent = domain.partition(".")[2]
    assert found is None or parent in DOMAINS


@given(domain=LISTED, after=st.sampled_from(["x", "-a", ".evil.example", ".zz", "0"]))
def test_letters_after_a_domain_make_another_domain(domain, after):
    assert outlet_of(f"https://{domain}{after}/") is None


@given(domain=LISTED, before=st.lists(LABEL, min_size=1, max_size=3))
def test_a_host_below_a_domain_belongs_to_it(domain, before):
    host = ".".join([*before, domain])
    assume(
        not any(host.endswith(f".{other}") for other in DOMAINS if domain in other[1:])
    )
    bare = [row for prefix, row in DOMAINS[domain] if not prefix]
    expected = REGISTER["outlet_id"].iloc[bare[0]] if bare else None
    assert outlet_of(f"https://{host}/") == expected


@given(segment=LABEL)
def test_a_path_matches_in_whole_segments(segment):
    expected = "bbc-persian" if segment == "" else "bbc"
    assert outlet_of(f"https://bbc.com/persian{segment}/1") == expected
    assert outlet_of(f"https://bbc.com/persian/{segment}") == "bbc-persian"


def test_matching_by_address_agrees_with_a_naive_version():
    urls = pd.Series([url for url, *_ in URLS], dtype="str")
    rows = match_addresses(urls, DOMAINS)
    one_by_one = [outlet_of(url) for url in urls]
    found = [None if row < 0 else REGISTER["outlet_id"].iloc[row] for row in rows]
    assert found == one_by_one == [outlet for _, outlet, _ in URLS]


# Labelling ------------------------------------------------------------------------


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
    names = [name for name, *_ in NAMES]
    forth, _ = label(names)
    back, _ = label(names[::-1])
    assert forth["outlet_id"].tolist() == back["outlet_id"].tolist()[::-1]


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


# Outlets of one's own -------------------------------------------------------------


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


WRONG = [
    (own(name="X"), r"`outlets` lacks the columns \['outlet_id'\]"),
    (own(outlet_id="x", name="X", colour="red"), r"unknown columns \['colour'\]"),
    (own(outlet_id=None, name="X"), "have no `outlet_id`"),
    (pd.concat([own(outlet_id="x", name="X")] * 2), "repeat an `outlet_id`"),
    (own(outlet_id="x"), r"are new but have no `name`: \['x'\]"),
    (own(outlet_id="x", name="X", country="Kenya"), "no ISO 3166 code"),
    (own(outlet_id="bbc", code="SC"), "a code without `scheme` and `edition`"),
    (own(outlet_id="bbc", funding="yes"), "a code without `scheme` and `edition`"),
    (
        own(outlet_id="bbc", scheme="SMM", edition="1", code="XX"),
        r"their scheme does not have .*'CaPu'.*\['bbc'\]",
    ),
    (own(outlet_id="x", name="NYT"), "'X'|both claim the name 'nyt'"),
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


# Outside this file ----------------------------------------------------------------


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


def test_the_suffix_list_is_the_bundled_one():
    assert register_match.registrable("news.bbc.co.uk") == "bbc.co.uk"
    assert register_match.registrable("spa.gov.sa") == "spa.gov.sa"
    assert register_match.registrable("gov.sa") is None


def test_real_headlines_and_links_match():
    if not SHARED.is_dir():
        pytest.skip("the real data are not beside the repository")
    links = pd.read_csv(
        SHARED / "kcna" / "kcna_headlines_1997_2014.csv.gz", usecols=["story.link"]
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
