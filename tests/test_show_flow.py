"""show_flow: every article that came in is in a box or beside an arrow."""

import pandas as pd
import pytest

import mediakit as mk
from mediakit.show.captions import drawn_on
from mediakit.show.flow import flow_table


@pytest.fixture(scope="module")
def articles():
    table = pd.read_csv("data/strait/constructed_articles.csv")
    return mk.read_articles(table.astype({"author": "str"}))


@pytest.fixture(scope="module")
def chosen(articles):
    unique = mk.keep_unique(mk.label_duplicates(articles), across=True)
    by_hand = unique[unique["outlet"] != "KELTA"]
    return mk.keep_about(by_hand, "trawler*").iloc[1:]


def test_numbers_add_up_from_the_first_box_to_the_last(articles, chosen):
    table = flow_table(chosen)
    assert table["step"].drop_duplicates().tolist() == [
        "Exported",
        "Different articles",
        "Chosen",
        "On topic",
        "Analysed",
    ]
    first, last = table["articles"].iloc[[0, -1]]
    assert (first, last) == (len(articles), len(chosen))
    assert first - table["dropped"].sum() == last


def test_rows_dropped_by_hand_are_shown_as_not_recorded(chosen):
    table = flow_table(chosen)
    unrecorded = table[table["why"].str.contains("not recorded")]
    assert unrecorded["step"].tolist() == ["Chosen", "Analysed"]
    assert unrecorded["dropped"].iloc[1] == 1


def test_the_figure_says_it_all(chosen):
    ax = mk.plot_flow(chosen)
    drawn = " ".join(text.get_text() for text in ax.texts).replace("\n", " ")
    table = drawn_on(ax).table
    for row in table.itertuples():
        assert f"{row.step} {row.articles:,} articles" in drawn
        if row.dropped > 0:
            assert f"{row.dropped:,.0f} {row.why}" in drawn
    assert mk.describe(ax).startswith("Flow of articles. Exported: 185. Dropped")
    assert "invented world" in ax.get_title("left")


def test_a_display_with_alt_text_and_table(chosen):
    shown = mk.show_flow(chosen)
    assert f'alt="{shown.text}"' in shown.page.replace("&#x27;", "'")
    assert shown.csv.count("\n") == len(flow_table(chosen)) + 1


def test_copies_and_empty_texts_that_stay_are_told(articles):
    labelled = mk.label_duplicates(articles)
    labelled.loc[labelled.index[0], "text"] = ""
    notes = flow_table(labelled).attrs["mediakit"]["notes"]
    assert len(notes) == 2
    assert notes[1].startswith("1 of those")


def test_rows_lost_in_reading_are_shown(tmp_path):
    path = tmp_path / "list.jsonl"
    path.write_text('{"title": "a", "text": "b"}\n{"title": \n', encoding="utf-8")
    with pytest.warns(mk.MediakitWarning):
        table = flow_table(mk.read_articles(path))
    assert table["step"].tolist() == ["Exported", "Read", "Analysed"]
    assert table["articles"].tolist() == [2, 1, 1]


def test_a_table_without_account_is_refused(articles):
    bare = articles.copy()
    bare.attrs = {}
    with pytest.raises(mk.MediakitError, match="no account"):
        mk.show_flow(bare)


def test_saved_with_its_table(chosen, tmp_path):
    paths = mk.save_figure(mk.plot_flow(chosen), tmp_path / "flow.png")
    assert {path.suffix for path in paths} == {".png", ".txt", ".csv", ".json"}
    back = mk.read_table(tmp_path / "flow.csv")
    pd.testing.assert_frame_equal(back, flow_table(chosen), check_flags=False)
