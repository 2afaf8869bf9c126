"""One story from a folder of saved pages, as a journalist runs the study."""

import shutil

import pytest
from page import check_page

import mediakit as mk
from mediakit.resources import folder
from mediakit.share.own import OwnData
from mediakit.share.study import run_study

pytest.importorskip("trafilatura")

VISIT = {
    "The Concord Banner": "banner-2",
    "Halvane Broadcasting": "hbs-1",
    "KELTA": "kelta-1",
    "Longshore": "longshore-1",
    "Lorenga Observer": "observer-1",
    "Union World Service": "uws-1",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    place = tmp_path_factory.mktemp("story")
    for outlet, name in VISIT.items():
        (place / "visit" / outlet).mkdir(parents=True)
        shutil.copy(
            folder("data") / "strait" / "pages" / f"constructed_e01-{name}.html",
            place / "visit" / outlet / f"2016-03-08 {name}.html",
        )
    words = ("Pellmoor*", "Sarro*", "disputed islands")
    own = OwnData(str(place / "visit"), words=words)
    with pytest.warns(mk.MediakitWarning, match="dates a page leaves open: 2"):
        return run_study(["one_story"], out=place / "report", own=own).parent


def table(report, name):
    return mk.read_table(report / "tables" / f"05_one_story-{name}.csv")


def test_six_pages_make_one_page(report):
    text = (report / "index.html").read_text(encoding="utf-8")
    said = " ".join("".join(check_page(text).text).split())
    assert "stopped here" not in text
    assert "Traceback" not in text
    assert "counts only, no test" in said
    assert said.count("Sarro Islands") >= 2


def test_who_wrote_and_which_name_each_used(report):
    articles = table(report, "articles")
    assert len(articles) == 6
    copied = articles[articles["copy of"].str.contains("Longshore", na=False)]
    assert copied["outlet"].tolist() == ["Halvane Broadcasting"]
    names = table(report, "names_used").set_index("group")
    used = names.gt(0).idxmax(axis=1)
    assert used["KELTA"] == used["The Concord Banner"] == "Sarro*"
    assert used["Longshore"] == used["Lorenga Observer"] == "disputed islands"
    assert used["Halvane Broadcasting"] == "Pellmoor*"


def test_who_is_quoted(report):
    who = table(report, "who_is_quoted")
    said = who[who["outlet"] == "KELTA"].set_index("speaker")
    assert said.loc["Osmar Veldic", "words"] == 12
    assert "citizen" not in set(said["group"])
