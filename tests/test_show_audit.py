"""The page of an audit: whole, quiet, escaped, with the numbers of its tables."""

import base64
import re

import numpy as np
import pandas as pd
import pytest
from articles import articles_of
from audit_tables import TODAY, clean_articles, planted
from page import Page, check_page

import mediakit as mk
from mediakit.show.audit_heat import _grid, coverage_picture, coverage_table
from mediakit.show.audit_sections import headline
from mediakit.show.display import MIME

HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(1)>'


def audit(articles):
    return mk.audit_articles(articles, today=TODAY)


def test_the_page_is_whole_quiet_and_readable():
    shown = mk.show_audit(audit(planted("text", [None, "Photo."])))
    page = check_page(shown.document)
    assert len(page.pictures) == 1
    text = " ".join(page.text)
    assert "no text" in text
    assert "It counts as an article but has no words" in text
    assert "date after retrieval (needs a column `retrieved`)" in text


def test_the_notebook_shows_a_part_without_its_own_first_heading():
    shown = mk.show_audit(audit(clean_articles()))
    bundle = shown._repr_mimebundle_()
    page = Page(bundle["text/html"])
    assert set(page.headings) == {3, 4}
    assert page.headings[0] == 3
    assert not page.active
    assert "<html" not in bundle["text/html"]
    assert bundle["text/plain"].endswith("Nothing was found.")
    assert bundle[MIME]["name"] == "audit"


def test_articles_are_audited_first():
    shown = mk.show_audit(mk.load_sample("strait").articles)
    assert "Constructed data" in shown.page
    assert shown.text.startswith("185 articles of 10 outlets")


def test_numbers_are_those_of_the_tables():
    report = audit(planted("title", [None] * 31))
    shown = mk.show_audit(report)
    (row,) = re.findall(r'<tr><th scope="row">no title</th>(.*?)</tr>', shown.page)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
    assert cells[:2] == ["31", "11.5 %"]
    assert "no title: 31 (11.5 %); most in" in shown.text
    assert shown.csv.count("\n") == 2


def test_text_from_outside_is_escaped():
    articles = articles_of(
        [f"{HOSTILE} " * 5] * 4, HOSTILE, outlet=HOSTILE, language=HOSTILE
    )
    articles["article_id"] = [f"{HOSTILE}{n}" for n in range(4)]
    articles["published"] = pd.Timestamp("2024-05-01", tz="UTC").as_unit("us")
    shown = mk.show_audit(audit(articles))
    page = check_page(shown.document)
    assert len(page.pictures) == 1
    assert HOSTILE in "".join(page.text)
    assert "<script" not in shown.document


@pytest.mark.parametrize("rows", [0, 1])
def test_a_table_of_no_or_one_row(rows):
    shown = mk.show_audit(audit(clean_articles().head(rows)))
    page = check_page(shown.document)
    assert len(page.pictures) == rows
    assert ("No article has a plausible date." in shown.page) == (rows == 0)


def test_the_file_is_the_whole_page(tmp_path):
    shown = mk.show_audit(audit(clean_articles()))
    path = shown.save(tmp_path / "new" / "audit.html")
    assert path.read_text(encoding="utf-8") == shown.document
    assert [file.name for file in path.parent.iterdir()] == ["audit.html"]
    with pytest.raises(mk.MediakitError, match=r"must end in \.html"):
        shown.save(tmp_path / "audit.pdf")


def test_other_objects_are_refused():
    with pytest.raises(mk.MediakitError, match="mk.audit_articles"):
        mk.show_audit("articles.csv")


def weeks_of(counts):
    """Return a coverage table: outlet -> articles in each week from 2024-W01."""
    parts = []
    for outlet, articles in counts.items():
        start = pd.date_range("2024-01-01", periods=len(articles), freq="7D", tz="UTC")
        iso = start.strftime("%G-W%V")
        columns = {"outlet": outlet, "week": iso, "week_start": start}
        parts.append(pd.DataFrame({**columns, "articles": articles}))
    return pd.concat(parts, ignore_index=True)


def test_coverage_is_summed_up_by_outlet():
    table = coverage_table(weeks_of({"A": [1, 0, 0, 2, 0, 1], "B": [9, 9]}))
    assert table["outlet"].tolist() == ["B", "A"]
    row = table.iloc[1]
    assert (row["articles"], row["weeks"], row["empty_weeks"]) == (4, 6, 3)
    assert (row["longest_empty_run"], row["most_in_a_week"]) == (2, 2)
    assert (row["first_week"], row["last_week"]) == ("2024-W01", "2024-W06")


@pytest.mark.parametrize(
    ("weeks", "step"), [(3, "week"), (300, "month"), (1300, "quarter"), (4000, "year")]
)
def test_long_spans_are_drawn_in_longer_steps_and_lose_nothing(weeks, step):
    counts = weeks_of({"A": [1] * weeks, "B": [0, 2]})
    grid, drawn = _grid(counts, ["A", "B"])
    assert drawn == step
    assert grid.loc["A"].sum() == weeks
    assert grid.loc["B"].sum() == 2
    assert np.isnan(grid.loc["B"].iloc[-1])


def test_alt_text_names_the_longest_holes():
    counts = weeks_of({"A": [1, 0, 0, 2], "B": [9, 9], "C": [1, 0, 1]})
    picture, alt, table, _ = coverage_picture(counts)
    assert base64.b64decode(picture).startswith(b"\x89PNG")
    assert "Longest runs of empty weeks: A, 2; C, 1." in alt
    assert len(table) == 3


def test_many_outlets_are_cut_and_counted():
    counts = weeks_of({f"Paper {n:02}": [n, 1] for n in range(1, 41)})
    _, alt, table, note = coverage_picture(counts)
    assert "30 rows" in alt
    assert "30 outlets with most articles" in note
    assert len(table) == 40


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (0, "0 articles of 0 outlets, no plausible date"),
        (1, "1 article of 1 outlet, 1 January 2024"),
        (270, "270 articles of 3 outlets, 1 January to 28 July 2024"),
    ],
)
def test_the_headline_says_how_many_and_when(rows, said):
    assert headline(audit(clean_articles().head(rows))) == said


def test_the_picture_of_an_invented_world_says_so():
    strait = mk.load_sample("strait").articles
    page = mk.show_audit(mk.audit_articles(strait)).document
    assert re.search(r'<img alt="[^"]*Constructed data: an invented world', page)
    real = mk.show_audit(mk.audit_articles(strait.drop(columns="constructed"))).document
    assert "Constructed data" not in real
