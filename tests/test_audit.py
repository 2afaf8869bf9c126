"""The audit: nothing in a clean table, every planted fault where it was planted."""

import numpy as np
import pandas as pd
import pytest
from articles import articles_of
from audit_tables import OUTLETS, SENTENCE, TODAY, clean_articles, planted

import mediakit as mk
from mediakit.clean.audit_findings import NEEDS, WHY

LONG = SENTENCE.format(n=1, m=2, k=3, j=4)
HOSTILE = ["<script>alert(1)</script>", "=cmd()", "\x00\x1b[2J", "A | B", "𝒜\u202e", ""]


def audit(articles):
    return mk.audit_articles(articles, today=TODAY)


def found(articles):
    """Return for each finding how many articles it counts."""
    table = audit(articles).summary
    return dict(zip(table["finding"], table["articles"], strict=True))


def test_nothing_is_found_in_a_clean_table():
    clean = audit(clean_articles())
    assert clean.summary.empty
    assert clean.tables["outlets"].empty
    assert (clean.checks["articles"].dropna() == 0).all()
    assert clean.articles == 270
    assert clean.outlets == 3


def test_what_could_not_be_asked_is_not_called_clean():
    checks = audit(clean_articles()).checks.set_index("finding")
    assert list(checks.index.sort_values()) == sorted(WHY)
    unasked = checks.index[checks["articles"].isna()]
    assert set(unasked) == set(NEEDS) - {"language other than the outlet's main one"}
    assert (checks.loc[unasked, "note"] != "").all()


FAULTS = {
    "no text": ("text", ["", None, " \n "], 3),
    "no title": ("title", [None, ""], 2),
    "very short text": ("text", ["Photo: the quay."], 1),
    "text ends in dots": (
        "text",
        [LONG + " And so …", LONG + " [...]", LONG + " Then she (…)", LONG + "..."],
        4,
    ),
    "text ends in a teaser": (
        "text",
        [LONG + " Read more", LONG + " [+2134 chars]", LONG + "\nSubscribe to read on"]
        + [LONG + " Leer más »", LONG + " Continue reading the main story"],
        5,
    ),
    "text ends inside a sentence": ("text", [LONG[:-9], LONG + " And then the,"], 2),
    "no date": ("published", [pd.NaT], 1),
    "no outlet": ("outlet", [None, " "], 2),
    "outlet not in the register": ("outlet", ["The Skerry Sunday Trumpet"] * 2, 2),
    "language other than the outlet's main one": ("language", ["es", "ES-mx"], 2),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_and_nothing_else(name):
    column, values, count = FAULTS[name]
    report = audit(planted(column, values))
    same = {"same text again in one outlet", "same text in several outlets"}
    assert set(report.summary["finding"]) - same == {name}
    row = report.summary.iloc[0]
    assert row["articles"] == count
    assert row["share"] == pytest.approx(count / 270)
    ids = [f"article-{n}" for n in range(count)]
    assert row["examples"] == " | ".join(ids)
    assert row["why"] == WHY[name]


@pytest.mark.parametrize(
    "end",
    [
        "He said: “It rained.”",
        "It rained (a lot).",
        "Related: What the council will do about rope | Who mends the nets of whom now",
        "READ MORE: How much could a new net knock off the price of your herring today",
        "Jane Doe in Port",
        "Contact the writers of this page at herring@example.org and rope@example.org",
        "To be heard in all of the houses along the northern quay (APPLAUSE) END",
        "It rained in all of the houses along the northern quay until noon., ,  , , ,",
        "他说,雨一直下到深夜,码头上的人都回家了。",
    ],
)
def test_whole_texts_are_not_called_cut(end):
    assert not found(planted("text", [f"{LONG}\n\n{end}"]))


def test_the_outlet_that_a_finding_strikes_most_is_named():
    """One of 90 in one outlet, 45 of 90 in another: the second."""
    rows = [0, *range(1, 135, 3)]
    report = audit(planted("title", [None] * len(rows), rows=rows))
    row = report.summary.iloc[0]
    assert (row["outlet"], row["outlet_share"]) == (OUTLETS[1], 0.5)
    by = report.tables["outlets"].set_index("outlet")["articles"]
    assert by.to_dict() == {OUTLETS[0]: 1, OUTLETS[1]: 45}


def test_pages_marked_by_their_reader_are_found():
    marked = clean_articles().assign(truncated=[True, None] + [False] * 268)
    report = audit(marked)
    assert report.summary["finding"].tolist() == ["page that shows a wall"]
    assert report.summary["examples"].tolist() == ["article-0"]


def test_texts_cut_at_one_length():
    articles = clean_articles()
    text = articles["text"].where(articles["outlet"] != "Xinhua", articles["text"] * 2)
    cut = articles.assign(text=text.str.slice(stop=700))
    rows = (cut["outlet"] == "Xinhua") & (cut["text"].str.len() >= 697)
    assert rows.sum() > 20
    report = audit(cut)
    assert report.tables["texts"].set_index("outlet")[
        "cut_at_one_length"
    ].to_dict() == {
        "BBC News": 0,
        "The New York Times": 0,
        "Xinhua": rows.sum(),
    }


def test_lengths_that_lie_close_together_are_no_cut():
    texts = [LONG + f" {'x' * (n % 40)}." for n in range(400)]
    assert "texts cut at one length" not in found(articles_of(texts))


def test_a_cell_of_a_spreadsheet_holds_so_much():
    text = " ".join(f"Word {n} is said." for n in range(5_000))[: 32_767 - 1] + "."
    assert found(planted("text", [text]))["texts cut at one length"] == 1


def test_repetition_is_measured():
    once = "The ferry left the northern quay at nine in the morning without a pilot"
    other = "Nobody could say afterwards who had given the order to leave that early"
    report = audit(articles_of([f"{once}. {other}. {once}.\n\n{once}", f"{once}."]))
    (row,) = report.tables["repetition"].itertuples()
    assert (row.article_id, row.times) == ("article-0", 3)
    letters = len(once), len(other)
    expected = 2 * letters[0] / (3 * letters[0] + letters[1])
    assert row.repeated_share == pytest.approx(expected)
    assert row.passage.startswith("The ferry left")
    assert "text repeated inside the article" in set(report.summary["finding"])


def test_a_refrain_in_a_long_text_is_listed_but_no_finding():
    refrain = "We shall come back to this question in a moment or two"
    body = clean_articles()["text"].head(9).str.cat(sep=" ")
    report = audit(articles_of([f"{refrain}. {body} {refrain}."]))
    assert len(report.tables["repetition"]) == 1
    assert "text repeated inside the article" not in set(report.summary["finding"])


def test_exact_repeats_across_and_inside_outlets():
    articles = planted("text", [LONG] * 4, rows=[0, 1, 3, 4])  # A, B, A, B
    assert found(articles) == {
        "same text in several outlets": 4,
        "same text again in one outlet": 2,
    }
    (row,) = audit(articles).tables["repeats"].itertuples()
    assert (row.articles, row.outlets) == (4, 2)
    assert row.outlet_names == "BBC News | Xinhua"
    assert row.examples == "article-0 | article-1 | article-3 | article-4"
    assert row.days == 3


def test_labels_of_languages_and_duplicates_are_used():
    nothing = [None] * 270
    labelled = clean_articles(
        language_found=["es", "de", *["en"] * 268],
        language_sure=[0.99, 0.5, *[0.99] * 268],
        wire_agency=["Xinhua", "Xinhua", "AP", *nothing[3:]],
        duplicate_of=["article-1", *nothing[1:]],
    )
    assert found(labelled) == {
        "language other than the outlet's main one": 1,
        "language other than stated": 1,
        "credited to an agency": 2,  # Xinhua's own credit is not counted
        "copy of another article": 1,
    }
    wire = audit(labelled).tables["wire"].set_index("outlet")
    assert wire.loc["Xinhua", "credited_share"] == 0
    assert wire.loc["BBC News", "copy_share"] == pytest.approx(1 / 90)


def test_missing_metadata_is_counted_by_column():
    table = audit(planted("url", ["https://bbc.com/1"])).tables["metadata"]
    row = table.set_index("column").loc["url"]
    assert row["missing"] == 269
    assert row["outlets_without"] == 2
    assert row["outlets_complete"] == 0


def test_empty_in_gives_the_same_columns():
    full, empty = audit(clean_articles()), audit(clean_articles().head(0))
    assert (empty.articles, empty.outlets, len(empty.summary)) == (0, 0, 0)
    for name, table in full.tables.items():
        assert empty.tables[name].dtypes.equals(table.dtypes), name
    assert empty.summary.dtypes.equals(full.summary.dtypes)
    assert len(empty.checks) == len(full.checks)


@pytest.mark.parametrize("rows", [1, 2])
def test_a_table_of_a_row_or_two(rows):
    report = audit(clean_articles().head(rows))
    assert report.summary.empty
    assert report.tables["coverage"]["articles"].sum() == rows


def test_hostile_text_goes_through():
    articles = articles_of(HOSTILE, HOSTILE, outlet=HOSTILE, author=HOSTILE)
    report = audit(articles)
    assert report.articles == len(HOSTILE)
    assert set(report.tables["texts"]["outlet"]) >= {"<script>alert(1)</script>"}


def test_the_table_stays_as_it_was_whatever_its_index():
    articles = planted("text", [LONG] * 2)
    shuffled = articles.sample(frac=1, random_state=0)
    shuffled.index = np.zeros(len(articles), dtype=int)
    before = shuffled.copy(deep=True)
    again = audit(shuffled)
    pd.testing.assert_frame_equal(shuffled, before)
    assert again.summary["articles"].tolist() == found_counts(articles)


def found_counts(articles):
    return audit(articles).summary["articles"].tolist()


@pytest.mark.parametrize("today", ["soon", object(), pd.NaT])
def test_today_must_be_a_date(today):
    with pytest.raises(mk.MediakitError, match="`today` must be a date"):
        mk.audit_articles(clean_articles(), today=today)


def test_other_tables_are_refused():
    with pytest.raises(mk.MediakitError, match="lacks the columns"):
        mk.audit_articles(pd.DataFrame({"text": ["x"]}))
