"""What a notebook shows: alt text, plain words, files that read back whole."""

import base64
import html
import json
import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from page import Page
from plot_tables import comparison, summary, trend

import mediakit as mk
from mediakit.show.captions import drawn_on
from mediakit.show.display import CONSTRUCTED, MIME, MOST_KEPT, Shown
from mediakit.show.words import number

HOSTILE = "<script>alert(1)</script>"


def read_back(shown: Shown, folder):
    """Write what a report would write, and read it with mediakit."""
    path = folder / "table.csv"
    path.write_bytes(shown.csv.encode())
    sidecar = json.dumps(shown.sidecar)
    path.with_name("table.csv.json").write_text(sidecar, encoding="utf-8")
    return mk.read_table(path)


def cells(page):
    """Return the cells of a shown table as they stand there."""
    names = re.findall(r"<th>(.*?)</th>", page)
    values = re.findall(r"<td>(.*?)</td>", page)
    width = len(names)
    rows = [values[i : i + width] for i in range(0, len(values), width)]
    return pd.DataFrame(rows, columns=names)


def keyness_table():
    """Ten articles with a word on one side, one article full of another."""
    counts = pd.DataFrame({"outlet": ["A"] * 30 + ["B"] * 30, "words": 100})
    counts["tax"] = [5, 4, 6] * 10 + [0, 1, 0] * 10
    counts["rare"] = [1] * 9 + [0] * 51
    counts["quake"] = [30] + [0, 0, 1] * 9 + [0] * 32
    measure = mk.as_measure(
        counts, value=["tax", "quake", "rare"], exposure="words", unit="word"
    )
    return mk.keyness(measure, by="outlet", a="A", b="B")


@pytest.mark.parametrize(
    ("table", "plot"),
    [
        (summary(), mk.plot_summary),
        (comparison(), mk.plot_comparison),
        (trend(), mk.plot_trend),
    ],
)
def test_a_figure_comes_with_alt_text_and_its_numbers(table, plot, tmp_path):
    drawn = drawn_on(plot(table))
    plt.close("all")
    shown = mk.show_figure(plot(table), name="a figure")
    assert not plt.get_fignums()
    (picture,) = Page(shown.page).pictures
    assert picture["alt"] == drawn.alt == shown.text
    png = base64.b64decode(picture["src"].removeprefix("data:image/png;base64,"))
    assert png.startswith(b"\x89PNG")
    again = read_back(shown, tmp_path)
    pd.testing.assert_frame_equal(again, drawn.table.reset_index(drop=True))
    assert again.attrs == table.attrs
    assert "<table" in shown.page.split("<details>")[1]
    assert "Unit of evidence: the article" in shown.page.split("<details>")[2]


def test_alt_text_of_ones_own_is_kept_and_escaped():
    shown = mk.show_figure(mk.plot_trend(trend()), name="n", alt='he said "<b>"')
    (picture,) = Page(shown.page).pictures
    assert picture["alt"] == 'he said "<b>"'


def test_a_plot_of_another_origin_needs_alt_text():
    _, ax = plt.subplots()
    with pytest.raises(mk.MediakitError, match="write the alt text yourself"):
        mk.show_figure(ax, name="n")
    shown = mk.show_figure(ax, name="n", alt="Nothing is drawn here.")
    assert (shown.csv, shown.sidecar) == ("", {})
    with pytest.raises(mk.MediakitError, match="must be the Axes of a plot"):
        mk.show_figure(trend(), name="n")


def test_a_table_of_a_verb_is_said_in_plain_words(tmp_path):
    table = comparison(items=["war", "peace", "tax", "rain"])
    shown = mk.show_table(table, name="key words")
    assert "times as often in North" in shown.text
    assert "log_ratio" not in shown.page
    assert "log_ratio" in read_back(shown, tmp_path)


def test_keyness_shows_both_verdicts_side_by_side():
    table = keyness_table()
    shown = mk.show_table(table, name="k")
    rows = cells(shown.page).set_index("item")
    assert rows.loc["tax", ["key by G2", "key by articles"]].tolist() == ["yes", "yes"]
    assert rows.loc["quake", "key by G2"] == "yes"
    assert rows.loc["quake", "key by articles"] == "no"
    assert set(rows.loc["rare", ["key by G2", "key by articles"]]) == {"not tested"}
    g2 = table.set_index("item")[["g2_two_term", "g2_four_term"]].map(number)
    assert g2.loc["tax", "g2_two_term"] != g2.loc["tax", "g2_four_term"]
    assert rows["G2"].to_dict() == g2["g2_four_term"].to_dict()


def test_notes_stand_under_the_table_once():
    notes = ["7 articles: no test", HOSTILE]
    table = comparison(items=["war", "peace", "tax"], notes=notes)
    table["note"] = ["clumps", "", "clumps"]
    shown = mk.show_table(table, name="n", rows=2)
    for said in ("7 articles: no test", "The first 2 of 3 rows.", "war: clumps."):
        assert shown.page.count(said) == 1
        assert said in shown.text
    assert not Page(shown.page).active


def test_constructed_data_are_called_constructed():
    assert CONSTRUCTED not in mk.show_table(summary(), name="n").page
    made = summary(source={"constructed": True})
    assert CONSTRUCTED in mk.show_table(made, name="n").page
    assert CONSTRUCTED in mk.show_table(made[["item", "group"]], name="n").page


def test_any_table_is_shown_with_readable_numbers_and_days(tmp_path):
    table = pd.DataFrame(
        {
            "outlet": [HOSTILE, None],
            "published": pd.to_datetime(["2014-10-01", None], utc=True),
            "rate": [0.00012345, float("nan")],
            "words": [1234567, 1],
        }
    )
    shown = mk.show_table(table, name="n")
    assert not Page(shown.page).active
    first, second = cells(shown.page).to_numpy().tolist()
    assert first == [html.escape(HOSTILE), "2014-10-01", "0.000123", "1,234,567"]
    assert second == ["–", "–", "–", "1"]
    pd.testing.assert_frame_equal(read_back(shown, tmp_path), table)


def test_a_cut_table_keeps_what_was_asked_for_and_says_so(tmp_path):
    table = pd.DataFrame({"n": range(MOST_KEPT + 5)})
    shown = mk.show_table(table, name="n", rows=3)
    assert shown.page.count("<tr") == 4
    assert f"The first 3 of {MOST_KEPT + 5:,} rows." in shown.page
    again = read_back(shown, tmp_path)
    assert len(again) == MOST_KEPT
    assert again.attrs["rows_left_out"] == 5
    assert "rows_left_out" not in table.attrs


def test_a_table_of_shuffled_rows_and_an_empty_one_can_be_shown(tmp_path):
    table = summary().sort_values("rate", ascending=False)
    again = read_back(mk.show_table(table, name="n"), tmp_path)
    assert again["rate"].tolist() == table["rate"].tolist()
    assert "item" in mk.show_table(table.iloc[:0], name="n").page


def test_the_notebook_gets_html_text_and_the_files():
    bundle = mk.show_table(summary(), name="Two Words!")._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain", MIME}
    assert bundle[MIME]["sidecar"]["csv"] == "two_words.csv"
    assert json.loads(json.dumps(bundle)) == bundle


def test_what_a_csv_cannot_hold_is_refused():
    with pytest.raises(mk.MediakitError, match="index holds data"):
        mk.show_table(summary().set_index("item"), name="n")
    with pytest.raises(mk.MediakitError, match="must be a pandas DataFrame"):
        mk.show_table([1], name="n")
