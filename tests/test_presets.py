"""Presets are sets that do not overlap, say what they rest on and name their rival."""

import re
import warnings
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.load import presets
from mediakit.load.presets import preset_names, preset_outlets, preset_sets
from mediakit.load.register import LABELS, label_outlets, load_outlets
from mediakit.load.register_tables import COLUMNS
from mediakit.resources import folder

NAMES = preset_names()
CODED = {"code", "funding", "governance", "editorial"}
SETS = [
    pytest.param(name, label, where, id=f"{name}: {label}")
    for name in NAMES
    for label, where in presets.load_presets()[name]["sets"].items()
]


def test_there_are_several_and_they_cut_across_each_other():
    assert len(NAMES) >= 6
    for name, preset in presets.load_presets().items():
        across = preset["across"].split(", ")
        assert set(across) <= set(NAMES) - {name}
        assert preset["caution"]
        assert preset["title"]
        assert len(preset["sets"]) >= 2


def test_no_preset_is_hidden_by_a_column_that_labelling_adds():
    columns = {*COLUMNS, *LABELS.values(), "matched_by", "outlet", "url", "week"}
    assert not set(NAMES) & columns


@pytest.mark.parametrize("name", NAMES)
def test_no_outlet_stands_in_two_sets_and_no_set_is_empty(name):
    table = preset_outlets(name)
    assert table["outlet_id"].is_unique
    assert set(table["outlet_id"]) <= set(load_outlets()["outlet_id"])
    assert list(table["set"].unique()) == list(presets.load_presets()[name]["sets"])


@pytest.mark.parametrize(("name", "label", "where"), SETS)
def test_a_set_that_rests_on_codes_names_scheme_and_edition(name, label, where):
    preset = presets.load_presets()[name]
    if CODED & set(where) or "IP" in label or "SC" in label:
        assert f"{preset['scheme']} {preset['edition']}" in label
    assert all(isinstance(value, str) for values in where.values() for value in values)
    assert {column.removesuffix("_not") for column in where} <= set(COLUMNS)


@pytest.mark.parametrize(("name", "label", "where"), SETS)
def test_codes_named_in_a_label_are_the_codes_of_its_outlets(name, label, where):
    table = preset_outlets(name)
    found = set(table.loc[table["set"] == label, "code"].dropna())
    named = set(re.findall(r"\b(SC|CaPu|CaPr|ISFM|ISF|ISM|IP)\b", label))
    if CODED & set(where):
        assert found == named
    assert found >= named or "SMM 2025" in label


def test_the_code_that_changed_is_named_with_both_editions():
    newest = load_outlets().set_index("outlet_id").loc["voa"]
    assert (newest["code"], newest["edition"]) == ("SC", "2025")
    label = preset_outlets("voa_v_bbc").loc[0, "set"]
    assert label == "Voice of America (ISFM in SMM 2023, SC in SMM 2025)"


def test_no_text_takes_a_side():
    text = (folder("data") / "registry" / "presets.yaml").read_text("utf-8").lower()
    text += (folder("data") / "registry" / "README.md").read_text("utf-8").lower()
    text += "".join(
        Path(module).read_text("utf-8").lower()
        for module in Path(presets.__file__).parent.glob("register*.py")
    )
    text += Path(presets.__file__).read_text("utf-8").lower()
    for word in ("baseline", "neutral", "reference side", "control group", "the west "):
        assert word not in text
    assert "western" not in text.replace("western-funded institute", "")


MEMBERS = [
    ("sc_v_private", "xinhua", "state-controlled (SC, SMM 2023)"),
    ("sc_v_private", "nyt", "privately owned, Europe/N. America"),
    ("sc_v_private", "bbc", None),
    ("sc_v_private", "voa", None),
    ("sc_v_private", "izvestia", None),
    ("sc_china_v_russia", "tass", "state-controlled, Russia (SC, SMM 2023)"),
    ("sc_china_v_russia", "rthk", None),
    ("public_v_private_uk", "bbc", "independent public, UK (IP, SMM 2023)"),
    ("public_v_private_uk", "guardian", "privately owned, UK"),
    ("private_us_v_europe", "ap", "privately owned, USA"),
    ("private_us_v_europe", "haaretz", None),
    ("three_groups", "rt", "state-controlled, China and Russia (SC, SMM 2023)"),
    ("three_groups", "ndtv", "Group of 77 without China, any owner"),
    ("three_groups", "irna", "Group of 77 without China, any owner"),
    ("three_groups", "voa", None),
    ("funding_criterion", "bbc", "public money in whole or part"),
    ("funding_criterion", "rt", "public money in whole or part"),
    ("funding_criterion", "reuters", "no public money"),
    ("funding_criterion", "le-monde", None),
]


@pytest.mark.parametrize(("name", "outlet", "label"), MEMBERS)
def test_who_stands_where(name, outlet, label):
    sets = preset_outlets(name).set_index("outlet_id")["set"]
    assert sets.get(outlet) == label


def test_the_two_criteria_group_the_bbc_and_rt_in_opposite_ways():
    articles = pd.DataFrame({"outlet": ["BBC", "RT"]})
    assert preset_sets(articles, "funding_criterion").nunique() == 1
    assert preset_sets(articles, "editorial_criterion").nunique() == 2


@pytest.mark.parametrize("name", NAMES)
def test_each_article_stands_where_its_outlet_does(name):
    register = load_outlets()
    articles = pd.DataFrame({"outlet": register["name"]}).set_index(register.index + 9)
    found = preset_sets(articles, name)
    expected = register["outlet_id"].map(
        preset_outlets(name).set_index("outlet_id")["set"]
    )
    assert found.tolist() == pytest.approx(expected.tolist(), nan_ok=True)
    assert found.index.equals(articles.index)
    assert found.name == name
    assert found.dtype == "str"


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(st.sampled_from(["Xinhua", "TASS", "BBC", "NYT", "Mediapart"])))
def test_rows_are_judged_one_by_one(rows):
    articles = pd.DataFrame({"outlet": pd.Series(rows, dtype="str")})
    whole = preset_sets(articles, "sc_v_private").tolist()
    alone = [
        preset_sets(articles.iloc[[at]], "sc_v_private").iloc[0]
        for at in range(min(len(rows), 3))
    ]
    assert whole[: len(alone)] == pytest.approx(alone, nan_ok=True)


def test_the_edition_of_a_preset_does_not_follow_the_labels():
    articles = pd.DataFrame({"outlet": ["VOA", "Xinhua"]})
    labelled = label_outlets(articles)
    assert labelled["code"].tolist() == ["SC", "SC"]
    found = preset_sets(labelled, "sc_v_private")
    assert found.isna().tolist() == [True, False]


def test_labelled_articles_are_not_matched_again():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        labelled = label_outlets(pd.DataFrame({"outlet": ["Nobody", "BBC"]}))
        assert len(caught) == 1
        found = preset_sets(labelled.drop(columns="outlet"), "voa_v_bbc")
        assert len(caught) == 1
    assert found.isna().tolist() == [True, False]


def test_what_matches_nothing_is_told():
    with pytest.warns(MediakitWarning, match=r"1 of 2 .*'Nobody' \(1\)") as caught:
        preset_sets(pd.DataFrame({"outlet": ["Nobody", "BBC"]}), "voa_v_bbc")
    assert caught[0].filename == __file__


def test_empty_in_gives_empty_out():
    found = preset_sets(pd.DataFrame({"outlet": pd.Series([], dtype="str")}), NAMES[0])
    assert len(found) == 0
    assert found.dtype == "str"


def test_outlets_of_ones_own_join_the_sets():
    mine = pd.DataFrame(
        {"outlet_id": ["x"], "name": ["X"], "country": ["US"], "ownership": ["private"]}
    )
    articles = pd.DataFrame({"outlet": ["X"]})
    found = preset_sets(articles, "private_us_v_europe", outlets=mine)
    assert found.tolist() == ["privately owned, USA"]


def test_an_unknown_preset_is_told_the_choices():
    articles = pd.DataFrame({"outlet": ["BBC"]})
    with pytest.raises(MediakitError, match=r"one of \['sc_v_private'.*got 'east'"):
        preset_sets(articles, "east")
    with pytest.raises(MediakitError, match="must be a pandas DataFrame"):
        preset_sets(["BBC"], "sc_v_private")
    with pytest.raises(MediakitError, match="needs a column `outlet` or `url`"):
        preset_sets(pd.DataFrame({"title": ["x"]}), "sc_v_private")


def test_sets_that_overlap_are_refused(monkeypatch):
    sets = {"a": {"code": ["SC"]}, "b": {"country": ["CN"]}}
    monkeypatch.setattr(presets, "load_presets", lambda: {"both": {"sets": sets}})
    with pytest.raises(MediakitError, match="'Xinhua'.* stand in two sets of the pre"):
        preset_outlets("both")
