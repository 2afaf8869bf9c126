"""The passage explorer as a widget, as a table without one, and run again."""

import re
from dataclasses import replace

import numpy as np
import pytest

import mediakit as mk
from mediakit.show import passages_explorer, passages_kept
from mediakit.show.passages_query import Query
from mediakit.show.passages_widget import explorer_widget


@pytest.fixture(scope="module")
def strait():
    return mk.mark_quotations(mk.load_sample("strait"))


@pytest.fixture
def kernel(monkeypatch):
    """Pretend that this is a notebook's kernel."""
    for module in (passages_explorer, passages_kept):
        monkeypatch.setattr(module, "can_show_widgets", lambda: True)
    monkeypatch.setattr(passages_kept, "_LAST", {})


def ask(explorer, **changes):
    return explorer.ask({**explorer.query, **changes})


def test_the_explorer_comes_back_as_it_was_left(strait, kernel):
    ask(mk.show_passages(strait), pattern="sea", sort="left", layer="title")
    again = mk.show_passages(strait)
    assert Query(**again.query) == Query("sea", "left", layer="title")
    other = mk.show_passages(strait.subset(np.arange(185) > 3))
    assert mk.show_passages(strait, sort="date").query["pattern"] == ""
    assert other.query == vars(Query())
    ask(again, pattern="(sea")
    assert mk.show_passages(strait).query["pattern"] == "sea"


def test_the_widget_answers_what_the_browser_asks(strait):
    explorer = mk.show_passages(strait)
    widget = explorer_widget(explorer)
    asked = vars(replace(Query(), pattern="sea"))
    widget.query = {**asked, "asked": 7}
    assert widget.page["asked"] == 7
    assert widget.page == {**explorer.page(), "asked": 7}
    widget.query = {"asked": 8, "sort": None}
    assert widget.page["asked"] == 8
    assert "`sort` must be str" in widget.page["error"]


def test_a_failure_of_ours_reaches_the_reader(strait, monkeypatch):
    explorer = mk.show_passages(strait)
    monkeypatch.setattr(explorer._source, "find", lambda query: 1 / 0)
    widget = explorer_widget(explorer)
    widget.query = {**explorer.query, "pattern": "sea", "asked": 1}
    assert "ZeroDivisionError" in widget.page["error"]


def test_a_notebook_gets_the_widget_and_a_report_the_table(strait, kernel, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "IPython.display.display", lambda bundle, raw: shown.append(bundle)
    )
    mk.show_passages(strait, pattern="sea")._ipython_display_()
    widget, still = shown
    assert "application/vnd.jupyter.widget-view+json" in widget
    assert "text/html" not in widget
    name = re.search(r"<div data-mk-still='(\w+)'>", still["text/html"])[1]
    assert f"div:has([data-mk-live='{name}'])" in still["text/html"]
    assert "A still picture" in still["text/html"]
    assert "pip install" not in still["text/html"]


def test_without_widgets_the_table_says_what_to_install(strait):
    shown = mk.show_passages(strait, pattern="sea")
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/html"] == shown._repr_html_()
    assert "pip install &#x27;mediakit[notebooks]&#x27;" in bundle["text/html"]
    assert bundle["text/html"].count("<tr>") == 1 + len(shown.page()["lines"])


def test_what_is_shown_of_a_line_stays_with_the_page(strait, monkeypatch):
    explorer = mk.show_passages(strait, pattern="sea", blind=True)
    widget, sent = explorer_widget(explorer), []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._handle_custom_msg({"ask": "reveal", "at": 1, "view": "v"}, [])
    assert [line["hidden"] for line in widget.page["lines"][:3]] == [True, False, True]
    assert sent == [{"ask": "reveal", "at": 1, "view": "v", "error": ""}]
    widget._handle_custom_msg({"ask": "cite", "at": 0}, [])
    assert "hidden" in sent[-1]["error"]
