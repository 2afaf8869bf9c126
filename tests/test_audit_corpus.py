"""The audit of a corpus of counts: per article, and honest about what it lacks."""

import numpy as np
import pandas as pd
import pytest
from audit_tables import TODAY, clean_articles
from page import check_page
from scipy import sparse

import mediakit as mk
from mediakit.clean.audit_corpus import OF_TEXTS
from mediakit.schema import complete_articles
from mediakit.text.corpus import Corpus

SAME = ("coverage", "gaps", "dates", "languages", "register")


def audit(corpus):
    return mk.audit_corpus(corpus, today=TODAY)


def counted(table, *, bag="article", by=(), words=10):
    """Return a corpus of counts with `words` words a row, one of them pooled."""
    rows = complete_articles(table.drop(columns=["title", "text"], errors="ignore"))
    matrix = sparse.csr_array(np.full((len(rows), 1), words - 1, dtype=np.int64))
    return Corpus.from_counts(
        rows,
        ["rain"],
        matrix,
        np.full(len(rows), words, dtype=np.int64),
        bag=bag,
        provenance={"parameters": {"by": list(by)}},
    )


def bags(dates, numbers, periods, **columns):
    """Return rows that hold several articles each."""
    published = pd.to_datetime(pd.Series(dates), utc=True).astype("datetime64[us, UTC]")
    coarse = ["month" if period == "month" else "day" for period in periods]
    table = {
        "article_id": [f"bag{n}" for n in range(len(dates))],
        "outlet": "BBC News",
        "published": published,
        "published_precision": coarse,
        "language": "en",
        "period": periods,
        "n_articles": numbers,
    }
    return pd.DataFrame(table | columns)


def test_counts_of_articles_are_audited_as_the_articles_are():
    articles = clean_articles(weeks=8)
    known, counts = mk.audit_articles(articles, today=TODAY), audit(counted(articles))
    for name in SAME:
        pd.testing.assert_frame_equal(counts.tables[name], known.tables[name])
    assert (counts.articles, counts.outlets) == (known.articles, known.outlets)


def test_a_corpus_of_texts_is_audited_with_its_texts():
    corpus = mk.load_sample("strait")
    known = mk.audit_articles(corpus.articles, today=TODAY)
    pd.testing.assert_frame_equal(audit(corpus).checks, known.checks)
    assert not audit(corpus).counts_only


def test_every_article_of_a_bag_counts_and_missing_weeks_are_found():
    days = ["2024-01-01", "2024-01-02", "2024-01-29"]
    found = audit(counted(bags(days, [30, 20, 50], ["day", "day", "week"])))
    assert found.articles == 100
    weeks = found.tables["coverage"]
    assert weeks["articles"].tolist() == [50, 0, 0, 0, 50]
    (gap,) = found.tables["gaps"].itertuples()
    assert (gap.from_week, gap.to_week, gap.weeks) == ("2024-W02", "2024-W04", 3)
    assert gap.expected == pytest.approx(60)
    (finding,) = found.summary.itertuples()
    assert (finding.finding, finding.articles) == ("gap in the outlet's coverage", 100)
    assert finding.examples == "bag0 | bag1 | bag2"


def test_bags_of_a_month_are_in_months_and_in_no_week():
    days = ["2024-01-01", "2024-02-01", "2024-04-01"]
    found = audit(counted(bags(days, [8, 9, 10], ["month"] * 3)))
    assert found.tables["coverage"].empty
    months = found.tables["months"].set_index("month")["articles"]
    assert months.to_dict() == {"2024-01": 8, "2024-02": 9, "2024-03": 0, "2024-04": 10}
    (gap,) = found.tables["month_gaps"].itertuples()
    assert (gap.from_month, gap.months, gap.expected) == ("2024-03", 1, 27 / 4)
    told = found.summary.set_index("finding")["articles"]
    assert told["day of the month not known"] == told.max() == 27


def test_keys_of_bags_stand_beside_the_outlet():
    days = ["2024-01-01"] * 3
    table = bags(days, [1, 2, 4], ["day"] * 3, section=["UK", "WORLD", None])
    rows = audit(counted(table, bag="bag of headlines", by=["section"]))
    assert rows.outlets == 1
    assert rows.unit == "headline"
    told = rows.tables["rows"].set_index("outlet")["articles"].to_dict()
    assert told == {"BBC News": 4, "BBC News, UK": 1, "BBC News, WORLD": 2}


def test_what_needs_texts_is_named_and_never_called_clean():
    checks = audit(counted(clean_articles(weeks=2))).checks.set_index("finding")
    assert checks.loc["no text", "note"] == OF_TEXTS
    assert checks.loc["same text in several outlets", "note"] == OF_TEXTS
    asked = checks["articles"].notna()
    assert (checks.loc[~asked, "note"] != "").all()
    assert (checks.loc[asked, "note"] == "").all()
    assert asked["no date"]


def test_rows_and_stored_measures_say_on_how_much_they_rest():
    corpus = mk.load_sample("democracy")
    tables = audit(corpus).tables
    rows = tables["rows"].set_index("outlet")
    assert rows["words"].sum() == corpus.totals().sum()
    assert rows["rows"].to_dict() == {"China Daily": 1121, "New York Times": 2523}
    measures = tables["measures"]
    assert set(measures["measure"]) == set(corpus.measures)
    here = (corpus.metadata["outlet"] == "China Daily").to_numpy()
    row = measures.set_index(["measure", "outlet"]).loc["vader", "China Daily"]
    exposure = np.asarray(corpus.measures["vader"].exposure)[here]
    assert row["exposure"] == np.nansum(exposure[:, 0])
    assert row["per"] == "scored sentences"
    assert measures.loc[measures["measure"] == "naming", "exposure"].isna().all()


def test_samples_of_counts_show_their_holes():
    gaps = audit(mk.load_sample("democracy")).tables["gaps"]
    assert gaps["outlet"].unique().tolist() == ["China Daily"]
    assert gaps["from_week"].tolist() == [
        "2013-W07",
        "2014-W06",
        "2015-W44",
        "2015-W52",
    ]
    kcna = audit(mk.load_sample("kcna")).tables
    assert kcna["month_gaps"]["from_month"].tolist() == ["1997-05"]
    assert kcna["coverage"]["articles"].sum() == 19_402
    assert kcna["months"]["articles"].sum() == 99_735


def test_the_page_of_a_derived_corpus_says_what_it_could_not_ask():
    shown = mk.show_audit(mk.load_sample("headlines_2022"))
    page = check_page(shown.document)
    text = " ".join(page.text)
    assert "Word counts and stored measures only" in text
    assert f"no text ({OF_TEXTS})" in text
    assert "On how much do the stored measures rest?" in text
    assert shown.text.startswith("37,680 headlines of 5 outlets")
    assert "headlines per week" in shown.document


def test_nothing_in_gives_an_empty_audit():
    corpus = counted(clean_articles(weeks=1))
    empty = audit(corpus.subset(np.zeros(len(corpus), dtype=bool)))
    full = audit(corpus)
    assert empty.articles == empty.outlets == 0
    for name, table in full.tables.items():
        pd.testing.assert_index_equal(empty.tables[name].columns, table.columns)


def test_a_table_is_sent_to_its_own_audit():
    with pytest.raises(mk.MediakitError, match="audit_articles"):
        mk.audit_corpus(clean_articles(weeks=1))
