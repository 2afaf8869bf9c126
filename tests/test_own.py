"""A user's own articles: sides settled, what was read said, mistakes named."""

import html
from pathlib import Path

import pandas as pd
import pytest

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.share.own import OwnData, prepare

DERIVED = Path(__file__).parents[1] / "data" / "derived"
FRAME = {
    "outlet": ["A", "A", "B"],
    "title": ["one", "two", "three"],
    "text": ["Rain falls.", "Sun shines.", "Wind blows."],
    "published": ["2024-01-01", "2024-01-02", "2024-01-03"],
    "room": ["x", "y", "y"],
    "empty": [None, None, None],
}


def prepared(tmp_path, frame, **choices):
    path = tmp_path / "articles.csv"
    pd.DataFrame(frame).to_csv(path, index=False)
    return prepare(OwnData(str(path), **choices), tmp_path)


def test_sides_are_the_fullest_and_the_others(tmp_path):
    code, _ = prepared(tmp_path, FRAME)
    assert "by, a, b = 'outlet', 'A', 'B'" in code
    assert 'mk.open_corpus("corpus")\n' in code
    code, page = prepared(tmp_path, FRAME | {"outlet": ["A", "B", "C"]}, a="C")
    assert "by, a, b = 'outlet', 'C', 'rest'" in code
    assert "'C' has only 1 article; only count and read" in html.unescape(page)
    code, _ = prepared(tmp_path, FRAME, by="room", b="y", words=("rain",))
    assert "by, a, b = 'room', 'x', 'y'\nwords = ['rain']" in code


def test_headlines_alone_are_measured_as_titles(tmp_path):
    frame = {name: FRAME[name] for name in ("outlet", "title", "published")}
    code, page = prepared(tmp_path, frame)
    assert 'mk.open_corpus("corpus").only("title")' in code
    assert "have no texts" in page


def test_a_preset_of_the_register_divides_the_outlets(tmp_path):
    frame = FRAME | {"outlet": ["Xinhua", "The Guardian", "TASS"]}
    code, page = prepared(tmp_path, frame, by="sc_v_private")
    assert "'state-controlled (SC, SMM 2023)'" in code
    corpus = mk.open_corpus(tmp_path / "corpus")
    assert corpus.metadata["sc_v_private"].notna().all()
    assert "By sc_v_private" in page


@pytest.mark.parametrize(
    ("changes", "choices", "said"),
    [
        ({}, {"by": "paper"}, r"no column 'paper'.*'outlet'.*--by.*'sc_v_private'"),
        ({}, {"by": "empty"}, "'empty' to compare by, or it is empty"),
        ({"outlet": "A"}, {}, "all articles have the same 'outlet', 'A'"),
        ({}, {"a": "Q"}, r"got 'Q'; 'outlet' has 'A' \(2\), 'B' \(1\)"),
        ({}, {"a": "A", "b": "A"}, "choose one side"),
        ({"text": "...", "title": "!"}, {}, "no word in the articles"),
    ],
)
def test_what_cannot_be_compared_is_said(tmp_path, changes, choices, said):
    with pytest.raises(MediakitError, match=said):
        prepared(tmp_path, FRAME | changes, **choices)


@pytest.mark.parametrize(
    ("size", "said"),
    [(9, "only count and read"), (10, "read passages first"), (49, "read p"), (50, "")],
)
def test_small_sides_are_told_what_they_are_good_for(tmp_path, size, said):
    outlets = ["A"] * 60 + ["B"] * size
    text = [f"Rain fell {number} times." for number in range(len(outlets))]
    _, page = prepared(tmp_path, {"outlet": outlets, "text": text})
    assert ("'B' has only" in html.unescape(page)) == bool(said)
    assert said in page
    assert "'A' has only" not in html.unescape(page)


PAGES = {
    "outlet": ["A"] * 6 + ["B"],
    "title": [f"title {name}" for name in "abcdefg"],
    "text": [f"Story {name} is told.\n\nMorning issue" for name in "abcdefg"],
}


def test_the_audit_stands_before_any_chart(tmp_path):
    _, page = prepared(tmp_path, FRAME)
    assert "Audit of the articles" in page
    assert "--clean takes that off" in page
    assert page.index("Read from") < page.index("What was found")


def test_cleaning_is_asked_for_and_told(tmp_path):
    prepared(tmp_path, PAGES)
    kept = mk.open_corpus(tmp_path / "corpus")
    assert kept.articles["text"].str.contains("Morning").all()
    _, page = prepared(tmp_path / "", PAGES, clean=True)
    assert "What cleaning took" in page
    assert "recurring line “morning issue”" in html.unescape(page)
    assert "--clean takes that off" not in page


def test_counts_without_texts_are_audited_too(tmp_path):
    corpus = mk.load_sample("kcna")
    place = tmp_path / "place"
    place.mkdir()
    _, page = prepare(OwnData(str(DERIVED / "kcna"), by="part"), place)
    assert f"{corpus.metadata['n_articles'].sum():,} articles of 1 outlet" in page
    assert "needs the texts, which this corpus does not hold" in page
