"""Three lessons in JupyterLab, as a student opens them: run, code, search, reload."""

import pytest

from mediakit.share.editions import edition, notebook_paths, read_notebook
from mediakit.text.read_codes import read_codes

LONGEST = 400  # seconds for a lesson on a machine that is busy
CODING = "document.querySelector('.mk-coding {}')"
ROWS = "[...document.querySelectorAll('.mk-list tbody tr')]"


def lesson(lab, name, *more):
    """Open the student's edition, more cells behind it; return tab and cells."""
    import nbformat

    book = edition(read_notebook(notebook_paths()[name]), "student")
    book.cells += [nbformat.v4.new_code_cell(source) for source in more]
    return lab.show(name, book, LONGEST), [cell.id for cell in book.cells]


def problems(tab):
    """Return what a reader of the notebook would take for an error."""
    from lab import outputs

    given = outputs(tab)
    assert {one["output_type"] for one in given} & {"display_data", "execute_result"}
    wrong = [one for one in given if one["output_type"] == "error"]
    said = [one["text"] for one in given if one.get("name") == "stderr"]
    notes = [text for text in said if "MediakitWarning" in text]
    return wrong + [one for one in said if one not in notes]


@pytest.mark.parametrize("name", ["00_start_here", "40_which_words"])
def test_a_lesson_runs_from_the_top_and_asks_nothing_of_the_network(lab, name):
    tab, _ = lesson(lab, name)
    assert problems(tab) == []
    assert tab.errors == tab.external == tab.dialogs == []


def coding_at(tab, place, text):
    """Go to the coding sheet, into its text, and wait until it is that one."""
    from lab import scroll

    scroll(tab, place)
    tab.wait(CODING.format(".mk-text"))
    tab.wait(f"{CODING.format('.mk-top')}.innerText.includes('Text {text} of 24')")
    tab.ask(f"{CODING.format('.mk-text')}.focus()")
    tab.ask("new Promise(done => setTimeout(() => done(1), 300))")


def test_codes_given_in_a_lesson_are_there_when_the_page_is_loaded_again(lab):
    from lab import CELLS, READY, command, scroll

    name = "80_sentiment_and_its_limits"
    tab, cells = lesson(lab, name, "mk.show_passages(corpus, pattern='blockade*')")
    assert problems(tab) == []
    sheet = cells.index("code-run")
    coding_at(tab, sheet, 1)
    tab.press("n")
    coding_at(tab, sheet, 2)
    scroll(tab, len(cells) - 1)
    tab.wait(f"{ROWS}.length === 21")
    tab.ask(f"{ROWS}[0].focus()")
    tab.press("ArrowDown", "Enter")
    tab.wait("document.querySelector('article.mk-pane:not([hidden])')")
    assert "blockade" in tab.text("article.mk-pane mark")
    command(tab, "docmanager:save")
    tab.wait(f"{READY} && !window.jupyterapp.shell.currentWidget.context.model.dirty")
    tab.ask("window.before = 1")
    tab.send("Page.reload")
    tab.wait(f"!window.before && {READY}", 60)
    tab.wait(f"{CELLS}.length === {len(cells)}")
    coding_at(tab, sheet, 2)
    assert read_codes(lab.notebooks / "coding-tone")["code"].dropna().tolist() == ["no"]
    assert tab.errors == tab.external == tab.dialogs == []
