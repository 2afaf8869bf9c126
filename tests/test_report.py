"""The report: one page that is whole, quiet, readable, and holds its numbers."""

import base64
import re

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from page import check_page
from plot_tables import summary, trend

import mediakit as mk
from mediakit.share.report import Report

HOSTILE = '<script>alert("1")</script><img src="http://x.example/p.png" onerror="f()">'


def output(shown):
    return nbformat.v4.new_output("display_data", data=shown._repr_mimebundle_())


def text(words, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text=words)


def code(source, *outputs, tags=()):
    made = nbformat.v4.new_code_cell(source, outputs=list(outputs))
    made.metadata["tags"] = list(tags)
    return made


def notebook(*cells, title="# Why?"):
    opening = nbformat.v4.new_markdown_cell(f"{title}\n\n## Question\n\n### Small")
    return nbformat.v4.new_notebook(cells=[opening, *cells])


def page_of(*cells, **options):
    report = Report("A report")
    report.add_notebook("40_why", "Why?", notebook(*cells), **options)
    return report, report.page('{"seed": 1}')


def raised():
    return nbformat.v4.new_output("error", ename="E", evalue="v", traceback=["boom"])


def test_two_notebooks_make_one_page_with_one_h1():
    report = Report("A report")
    report.add_page("articles", "The articles", "What?", "<h2>The articles</h2>")
    shown = output(mk.show_figure(mk.plot_trend(trend()), name="war"))
    for name in ("40_why", "50_when"):
        report.add_notebook(name, "Really?", notebook(code("draw()", shown)))
    page = check_page(report.page('{"seed": 1}'))
    assert page.headings == [1, 2, 2, 3, 4, 2, 3, 4, 2, 2]
    sections = [one for one in page.ids if not one.startswith("word-")]
    assert sections == ["articles", "40_why", "50_when", "words", "provenance"]
    assert {"word-rate", "word-interval"} <= set(page.ids)
    assert len(page.pictures) == 2
    assert '{"seed": 1}' in "".join(page.text)


def test_nothing_hostile_comes_alive():
    table = summary(items=(HOSTILE,), groups=(HOSTILE, "B"))
    cells = [
        code(f"a = {HOSTILE!r}", output(mk.show_table(table, name=HOSTILE))),
        code("draw()", output(mk.show_figure(mk.plot_summary(table), name="n"))),
        code("print()", text(HOSTILE), text(HOSTILE, "stderr")),
        code("repr", nbformat.v4.new_output("display_data", {"text/plain": HOSTILE})),
    ]
    report = Report(HOSTILE)
    report.add_notebook("40_why", HOSTILE, notebook(*cells), stopped=HOSTILE)
    page = report.page(HOSTILE)
    check_page(page)
    assert "default-src 'none'" in page
    assert "".join(check_page(page).text).count(HOSTILE) >= 9


def test_every_table_is_a_file_and_in_the_page():
    table = summary()
    shown = output(mk.show_table(table, name="Two words"))
    report, page = page_of(code("a", shown), code("b", shown))
    assert list(report.files) == ["40_why-two_words.csv", "40_why-two_words-2.csv"]
    links = [one for one in check_page(page).links if "download" in one]
    for link, (name, (csv, sidecar)) in zip(links, report.files.items(), strict=True):
        assert link["download"] == sidecar["csv"] == name
        held = base64.b64decode(link["href"].partition("base64,")[2]).decode()
        assert held == csv
        assert sidecar["attrs"] == table.attrs


def test_a_figure_without_numbers_has_no_file():
    _, ax = plt.subplots()
    shown = mk.show_figure(ax, name="n", alt="A picture without any numbers.")
    report, page = page_of(code("a", output(shown)))
    assert not report.files
    assert len(check_page(page).pictures) == 1


def test_code_is_folded_and_named_for_what_it_is():
    _, page = page_of(
        code("x = 1"),
        code("answer = ...\n'Not yet.'", text("Not yet."), tags=["lesson"]),
        code("answer = 2", tags=["solution"]),
        code(""),
    )
    said = "".join(check_page(page).text)
    assert page.count("<summary>") == 3
    assert said.index("Code") < said.index("Exercise") < said.index("Solution")
    assert said.count("Not yet.") == 1, "in the code, not as a result"


def test_warnings_are_said_in_words_and_bars_left_out():
    warned = f"/tmp/k/1.py:2: MediakitWarning: 3 of 9 in {HOSTILE} lost.\n  mk.t()\n"
    bar = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "1"},
        "text/plain": "50%|##",
    }
    shown = nbformat.v4.new_output("display_data", data=bar)
    _, page = page_of(code("a", text(warned, "stderr"), shown))
    said = "".join(check_page(page).text)
    assert f"Note: 3 of 9 in {HOSTILE} lost." in said
    assert "/tmp/k" not in page
    assert "50%" not in page


def test_a_widget_that_has_a_table_is_shown_as_the_table():
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    table = {**view, "text/html": "<table><tr><td>told</td></tr></table>"}
    shown = nbformat.v4.new_output("display_data", data=table)
    _, page = page_of(code("a", shown))
    assert "told" in check_page(page).text


def test_other_output_on_stderr_is_kept():
    _, page = page_of(code("a", text("\x1b[31mred\x1b[0m", "stderr")))
    assert "red" in "".join(check_page(page).text)


def test_a_notebook_that_stopped_shows_what_came_before_and_why():
    report, page = page_of(
        code("a", text("counted")),
        code("b", raised()),
        code("c"),
        stopped="no dates",
    )
    said = "".join(check_page(page).text)
    assert "counted" in said
    assert "stopped here" in said
    assert "no dates" in said
    assert "boom" not in said
    assert page.count("<summary>") == 1


def test_wide_tables_scroll_and_can_be_reached_by_keyboard():
    wide = pd.DataFrame({f"column {n}": [n] for n in range(40)})
    _, page = page_of(code("a", output(mk.show_table(wide, name="wide"))))
    assert len(re.findall('<div class="scroll" tabindex="0"[^>]*><table', page)) == 1


@pytest.mark.parametrize("title", ["# Why?", "no heading"])
def test_the_contents_name_the_notebook(title):
    report = Report("A report")
    report.add_notebook("40_why", "Why?", notebook(title=title))
    name = "Why?" if title.startswith("#") else "40_why"
    assert report.contents == [("40_why", name, "Why?")]
