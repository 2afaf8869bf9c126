"""How much of the article is found: on the strait's pages and on two public sets."""

from pathlib import Path

import pytest
from load_helpers import read, told

pytest.importorskip("trafilatura")
from pages import (  # noqa: E402
    by_outlet,
    extraction_f1,
    snippet_counts,
    snippet_figures,
    strait_f1,
    token_f1,
)

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"

FLOORS = {
    "banner": 0.87,
    "courier": 0.95,
    "hbs": 0.90,
    "kelta": 0.68,
    "longshore": 0.91,
    "observer": 0.96,
    "skerry": 0.98,
    "today": 0.95,
    "tribune": 0.98,
    "uws": 0.96,
}


def needs(folder):
    there = (SHARED / folder).is_dir()
    return pytest.mark.skipif(
        not there, reason=f"{folder} is not beside the repository"
    )


def test_token_f1_on_counts_done_by_hand():
    assert token_f1("a b b", "a b c") == pytest.approx(2 * 2 / 6)
    assert token_f1("", "") == 1
    assert token_f1("a", "") == 0


def test_the_strait_is_read_about_whole():
    scores = by_outlet(strait_f1())
    low = {name: score for name, score in scores.items() if score < FLOORS[name]}
    assert not low
    assert set(scores.index) == set(FLOORS)


def test_the_account_of_the_strait():
    articles = read(ROOT / "data" / "strait" / "pages")
    account = told(articles)
    assert account["rows expected"] == account["rows read"] == 30
    assert account["texts taken from the data of a page"] == 3
    assert account["pages that declare a wrong encoding"] == 1
    cut = articles["source_file"][articles["truncated"]]
    assert cut.tolist() == ["constructed_e08-courier-2.html"]
    assert not articles["text"].str.contains("\ufffd|â€").any()


@needs("article_extraction")
def test_articles_of_real_pages_are_found():
    scores = extraction_f1(SHARED)
    assert len(scores) >= 86
    assert scores.mean() >= 0.96
    assert (scores < 0.5).sum() <= 1


@needs("boilerplate_checks")
def test_furniture_of_real_pages_is_left_out():
    figures = snippet_figures(snippet_counts(SHARED))
    assert figures["f1"] >= 0.925
    assert figures["accuracy"] >= 0.925
