"""Phrases of real articles come to the top (nothing of their text stands here)."""

import pandas as pd
import pytest

import mediakit as mk


@pytest.fixture(scope="module")
def china_daily(shared):
    path = shared / "data" / "chinadaily_nyt" / "articles.csv.gz"
    data = pd.read_csv(path).query("source == 'China Daily'")
    whole = data["text"].notna() & ~data["text"].str.startswith("...", na=True)
    return mk.tokenize(mk.read_articles(data[whole]))


@pytest.mark.filterwarnings("ignore::mediakit.MediakitWarning")
def test_names_are_found_as_phrases(china_daily):
    for n, phrases in (
        (2, ["united states", "human rights"]),
        (3, ["xinhua news agency"]),
    ):
        measure = mk.count_ngrams(china_daily, n=n, stopwords=True, min_articles=10)
        table = mk.associate(measure).set_index("item")
        known = table.loc[phrases]
        assert (known["npmi"] > 0.6).all()
        assert (known["npmi"] > table["npmi"].median()).all()
        assert (known["q"] < 0.001).all()
