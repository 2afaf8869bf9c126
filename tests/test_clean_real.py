"""Cleaning on real texts: no furniture among the key words, and no news eaten."""

import json
import re
import tarfile
import warnings

import pandas as pd
import pytest

import mediakit as mk
from mediakit.clean.recurring import find_recurring

CD, NYT, KCNA = "China Daily", "New York Times", "KCNA"
PAIRS = [(CD, NYT), (KCNA, CD), (KCNA, NYT)]
FURNITURE = re.compile(
    r"page\d*|edition|photo\w*|caption|provided|author|writer|contact\w*|by-?lined?|"
    r"contributed|reporting|correspondent|xinhua|kcna|reuters|afp|ap|tass|agencies|"
    r"next|previous|turnpage|div_\w+|innerhtml|document.all|commentator|copyright|"
    r"\w*@\w*|mr|mrs|ms|mon|tue|wed|thu|fri|sat|sun|jan|feb|nov|dec"
)


def read(rows):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        return mk.read_articles(rows)


@pytest.fixture(scope="module")
def raw(shared):
    papers = pd.read_csv(shared / "data/chinadaily_nyt/articles.csv.gz")
    papers = papers.rename(columns={"source": "outlet", "date": "published"})
    papers = papers[~papers["text"].fillna("...").str.startswith("...")]
    agency = pd.read_csv(shared / "data/kcna/kcna_stories_2011_2012.csv.gz")
    agency = agency[(agency["language"] == "en") & agency["story"].notna()]
    agency = agency.rename(columns={"story": "text", "date": "published"})
    agency = agency.assign(outlet=KCNA).iloc[::25]
    columns = ["outlet", "published", "title", "text"]
    return read(pd.concat([papers[columns].iloc[::4], agency[columns]]))


@pytest.fixture(scope="module")
def repaired(raw):
    return mk.clean_text(raw)


@pytest.fixture(scope="module")
def clean(repaired):
    return mk.clean_boilerplate(repaired)


def key_words(articles, a, b, stopwords=()):
    counts = mk.count_terms(mk.tokenize(articles), stopwords=stopwords)
    return mk.compare(counts, by="outlet", a=a, b=b)["item"].head(50)


def test_no_key_word_is_furniture_after_cleaning(raw, clean):
    before = key_words(raw, CD, NYT)
    assert before.map(FURNITURE.fullmatch).notna().sum() >= 8
    house = mk.load_house_words()["word"].unique().tolist()
    for a, b in PAIRS:
        after = key_words(clean, a, b, stopwords=house)
        assert after[after.map(FURNITURE.fullmatch).notna()].tolist() == []


def test_little_is_taken(repaired, clean):
    sizes = pd.DataFrame({"before": repaired["text"], "after": clean["text"]})
    sizes = sizes.map(lambda text: len(str(text))).groupby(clean["outlet"]).sum()
    kept = sizes["after"] / sizes["before"]
    assert kept[CD] == pytest.approx(0.973, abs=0.005)
    assert kept[NYT] == pytest.approx(0.997, abs=0.002)
    assert kept[KCNA] > 0.9999


def test_hardly_a_line_recurs_that_no_list_knows(clean):
    told = mk.cleaning_report(clean)
    taken = told[told["rule"].str.startswith("recurring")]
    assert taken["characters_removed"].sum() < 500


def test_what_lists_know_is_found_without_them(repaired):
    """The foot of China Daily's page by counting; the agency's formulas stay."""
    daily = find_recurring(repaired.loc[repaired["outlet"] == CD, "text"].tolist())
    assert {"(hk edition 0/0/0 page0)", "previous page"} <= daily.taken[1]
    agency = find_recurring(repaired.loc[repaired["outlet"] == KCNA, "text"].tolist())
    assert agency is None or not any(agency.taken)


def test_pages_keep_what_their_checkers_marked_as_text(shared, tmp_path):
    folder = shared / "data" / "boilerplate_checks"
    marks = json.loads((folder / "evaldata_subset.json").read_text("utf-8"))
    with tarfile.open(folder / "pages.tar.gz") as pages:
        pages.extractall(tmp_path, filter="data")
    articles = read(tmp_path)
    clean = mk.clean_boilerplate(mk.clean_text(articles))
    names = articles["source_file"].str.rsplit("/", n=1).str[-1]
    before = dict(zip(names, articles["text"].fillna(""), strict=True))
    after = dict(zip(names, clean["text"].fillna(""), strict=True))
    wanted = [
        (page["file"], piece)
        for page in marks.values()
        for piece in page["with"]
        if piece in before.get(page["file"], "")
    ]
    lost = [piece for name, piece in wanted if piece not in after[name]]
    assert len(wanted) > 350
    assert len(lost) <= 3  # two e-mail addresses and the dateline of an agency
