"""plot_articles and show_articles by their artists, their list and their words."""

import io

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.schema import complete_articles

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def visit():
    articles = mk.load_sample("strait").articles
    return mk.label_duplicates(articles[articles["published"] < "2016-03-10"])


def made(*rows):
    names = ["article_id", "outlet", "published", "published_precision", "title"]
    table = pd.DataFrame(rows, columns=names).assign(text="two words")
    days = pd.to_datetime(table["published"], format="ISO8601")
    return complete_articles(table.assign(published=days))


def listed(shown):
    return pd.read_html(io.StringIO(shown.page), keep_default_na=False)[0]


def test_marks_stand_where_and_when_the_articles_do(visit):
    ax = mk.plot_articles(visit)
    rows = [label.get_text() for label in ax.get_yticklabels()]
    assert rows == list(dict.fromkeys(visit.sort_values("published")["outlet"]))
    assert len(ax.lines) == 13
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert [rows[line.get_ydata()[0]] for line in hollow] == ["Halvane Broadcasting"]
    assert [text.get_text() for text in ax.texts[:13]] == list(map(str, range(1, 14)))
    assert mk.describe(ax).startswith("Timeline: 13 articles, 8 outlets. Earliest: The")
    assert "Constructed data" in mk.describe(ax)


def test_the_list_has_the_numbers_of_the_plot_and_tells_copies(visit):
    shown = mk.show_articles(visit)
    table = listed(shown)
    assert table["number"].tolist() == [*range(1, 14)]
    assert table.loc[0, "when"] == "7 March 2016, 05:00 UTC"
    copies = table[table["copy of"] != ""]
    assert copies[["outlet", "copy of"]].to_numpy().tolist() == [
        ["Halvane Broadcasting", "3, Longshore"]
    ]
    assert shown.csv.count("\n") == 14


def test_a_date_is_shown_no_more_exact_than_it_is_known():
    articles = made(
        ("a", "A", "2024-05-06 07:08", "minute", "clock"),
        ("b", "B", "2024-05-06", "day", "day"),
        ("c", "C", "2024-05-01", "month", "month"),
        ("d", "A", None, None, "undated"),
    )
    table = listed(mk.show_articles(articles))
    assert table["when"].tolist() == [
        "May 2024",
        "6 May 2024",
        "6 May 2024, 07:08 UTC",
        "not known",
    ]
    ax = mk.plot_articles(articles)
    lengths = [line.get_xdata()[-1] - line.get_xdata()[0] for line in ax.lines]
    assert lengths == [pd.Timedelta("30D"), pd.Timedelta("1D"), pd.Timedelta(0)]
    said = mk.describe(ax)
    assert "Without a date: 1." in said
    assert "of unknown order that day: 2." in said


def test_hostile_and_missing_words_are_shown_as_words():
    shown = mk.show_articles(made(("a", HOSTILE, "2024-05-06", "day", None)))
    assert HOSTILE not in shown.page
    assert "(no title)" in shown.page


def test_nothing_gives_an_empty_list_and_a_sentence(visit):
    none = visit.iloc[:0]
    assert len(listed(mk.show_articles(none))) == 0
    assert "nothing to show" in mk.plot_articles(none).texts[0].get_text()


def test_many_rows_are_cut_and_counted(visit):
    assert "3 more articles are not shown." in mk.show_articles(visit, rows=10).text
    many = made(*((f"{n}", f"o{n:02}", "2024-05-06", "day", "t") for n in range(40)))
    ax = mk.plot_articles(many)
    assert len(ax.get_yticklabels()) == 30
    assert "10 more outlets are not shown." in " ".join(t.get_text() for t in ax.texts)


def test_a_column_that_groups_nothing_is_refused(visit):
    with pytest.raises(MediakitError, match="a column to group by, got 'title'"):
        mk.plot_articles(visit, by="title")
    with pytest.raises(MediakitError, match=r"lacks the columns \['country'\]"):
        mk.show_articles(visit, by="country")
