"""The audit on real exports: figures of the data's notes, and what it first showed."""

import pandas as pd
import pytest
from audit_tables import TODAY

import mediakit as mk
from mediakit.schema import complete_articles


def test_real_exports(shared):
    """The figures of the data's own notes, and China Daily's texts that end in dots."""
    path = shared / "data" / "chinadaily_nyt" / "articles.csv.gz"
    if not path.is_file():
        pytest.skip("the articles of China Daily are not on this machine")
    columns = {"source": "outlet", "date": "published"}
    report = mk.audit_articles(mk.read_articles(path, columns=columns), today=TODAY)
    dots = report.tables["texts"].set_index("outlet")["ends_in_dots"]
    assert dots.to_dict() == {"China Daily": 333, "New York Times": 0}
    cut = report.tables["texts"]["ends_inside_sentence"].sum()
    assert cut < 0.005 * report.articles


def test_real_stories(shared):
    path = shared / "data" / "kcna" / "kcna_stories_2011_2012.csv.gz"
    if not path.is_file():
        pytest.skip("the stories of KCNA are not on this machine")
    named = {"story": "text", "index.link": "url", "date": "published"}
    stories = pd.read_csv(path).rename(columns=named).assign(outlet="KCNA")
    stories["article_id"] = [str(n) for n in range(len(stories))]
    stories["published"] = pd.to_datetime(stories["published"], utc=True)
    table = mk.audit_articles(complete_articles(stories), today=TODAY).summary
    counts = dict(zip(table["finding"], table["articles"], strict=True))
    assert counts["no text"] == 2_439
    assert counts["same text again in one outlet"] == 92
    assert counts["no date"] == 1
    assert counts.get("text ends inside a sentence", 0) < 250
