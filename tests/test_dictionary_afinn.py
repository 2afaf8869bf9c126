"""The list of AFINN, read from its author's package where that is installed."""

import sys

import pytest
from articles import corpus_of

import mediakit as mk

METADATA = "Metadata-Version: 2.1\nName: afinn\nVersion: 0.1\n"
LIST = "good\t3\nbad\t-3\ncan't stand\t-3\nwar\t-2\n"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Put a package of that name, with four words, where Python finds packages."""
    (tmp_path / "afinn" / "data").mkdir(parents=True)
    path = tmp_path / "afinn" / "data" / "AFINN-en-165.txt"
    path.write_text(LIST, encoding="utf-8")
    (tmp_path / "afinn-0.1.dist-info").mkdir()
    (tmp_path / "afinn-0.1.dist-info" / "METADATA").write_text(METADATA)
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("installed")
def test_the_list_is_read_where_it_is_installed():
    afinn = mk.load_dictionary("afinn")
    assert afinn.name == "afinn"
    weights = dict(zip(afinn.entries["pattern"], afinn.entries["weight"], strict=True))
    assert weights == {"good": 3, "bad": -3, "can't stand": -3, "war": -2}
    assert afinn.about["source"].startswith("afinn 0.1")


@pytest.mark.usefixtures("installed")
def test_it_stands_beside_the_others_with_its_licence_under_figures():
    corpus = corpus_of(["A good day.", "A bad war."] * 6, outlet=["A", "B"] * 6)
    methods = ["vader", mk.load_dictionary("afinn")]
    tones = mk.score_tones(corpus, methods=methods, without=())
    assert tones.items["item"].tolist() == ["vader", "afinn"]
    assert tones.values.toarray()[:2, 1].tolist() == [3, -5]
    for measure in (tones, mk.score_sentiment(corpus, method=methods[1])):
        said = mk.describe(mk.summarise(measure, by="outlet"))
        assert "available under the Open Database License (ODbL) 1.0" in said
    assert "Open Database" not in mk.describe(mk.summarise(tones.only_items(["vader"])))
    masked = mk.score_tones(corpus, methods=methods).only_items(["afinn, without name"])
    assert "Open Database" in mk.describe(mk.summarise(masked))


def test_without_the_package_the_error_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(mk.MediakitError, match=r"Open Database.*`pip install afinn`"):
        mk.load_dictionary("afinn")
