"""The curated notebooks: one form, one voice, and every cell where it belongs."""

import ast
import builtins
import re

import nbformat
import pandas as pd
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.errors import MediakitWarning
from mediakit.share.editions import edition, notebook_paths, read_notebook, studies

PARTS = [
    "Question",
    "What you will learn",
    "What this cannot tell you",
    "Set-up",
    "Data",
    "Steps",
    "Read the articles",
    "How sure are we?",
    "Try it",
]
IN_A_STUDY = [part for part in PARTS if part not in {"What you will learn", "Try it"}]
MOST_CELLS, MOST_LINES, LINES_OF_A_DEF = 40, 10, 5
OWN = {"corpus", "by", "a", "b", "words"}
NOT_IN_CODE = r"\bpip\b|^[!%]|https?:|urlopen|requests|open\(|Path\(|\.\./|subprocess"
NOT_IN_WORDS = r"\b(baseline|biased outlet|propaganda|obviously|simply|of course)\b"

NOTEBOOKS = notebook_paths()
each = pytest.mark.parametrize("name", NOTEBOOKS)
each_study = pytest.mark.parametrize("name", studies().values())


def tags(cell):
    return set(cell.metadata.get("tags", []))


def headings(notebook, level="#+"):
    return re.findall(rf"^({level}) (.+)$", words(notebook), re.MULTILINE)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def words(notebook):
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return "\n\n".join(texts)


def names_in(tree, context):
    """Return the names that code reads (ast.Load) or sets (ast.Store)."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return {node.id for node in nodes if isinstance(node.ctx, context)}


def unknown_names(cells):
    """Return, by cell, the names that are read before any cell has set them."""
    known, unknown = {*dir(builtins), "display"}, {}
    for cell in cells:
        tree = ast.parse(cell.source)
        kinds = ast.Import | ast.ImportFrom
        imports = [node for node in ast.walk(tree) if isinstance(node, kinds)]
        known |= {alias.asname or alias.name for one in imports for alias in one.names}
        known |= names_in(tree, ast.Store)
        kinds = ast.FunctionDef | ast.arg
        own = [node for node in ast.walk(tree) if isinstance(node, kinds)]
        known |= {one.arg if isinstance(one, ast.arg) else one.name for one in own}
        if missing := names_in(tree, ast.Load) - known:
            unknown[cell.id] = missing
    return unknown


@each
def test_the_file_is_sound(name):
    notebook = read_notebook(NOTEBOOKS[name])
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]+", one) for one in ids), "ids are words"
    about = notebook.metadata.mediakit
    assert about.question.endswith("?")
    assert sum(about.minutes.values()) in {15, 60, 75, 90}


@each
def test_an_audit_comes_before_any_chart(name):
    sources = [cell.source for cell in code(read_notebook(NOTEBOOKS[name]))]
    charts = [n for n, source in enumerate(sources) if "mk.plot_" in source]
    audits = [n for n, source in enumerate(sources) if "mk.show_audit(" in source]
    assert audits[0] < min(charts, default=len(sources))


@each
def test_nine_parts_in_their_order(name):
    notebook = read_notebook(NOTEBOOKS[name])
    assert len(edition(notebook, "report").cells) <= MOST_CELLS
    assert [title for _, title in headings(notebook, "##")] == PARTS
    levels = [len(marks) for marks, _ in headings(notebook)]
    assert levels.count(1) == 1
    assert notebook.cells[0].source.startswith("# ")
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))
    question = notebook.metadata.mediakit.question
    assert f"## Question\n\n{question}" in notebook.cells[0].source


@each
def test_code_is_short_and_stays_at_home(name):
    for cell in code(read_notebook(NOTEBOOKS[name])):
        assert len(re.findall(r"^.+$", cell.source, re.M)) <= MOST_LINES, cell.id
        assert not re.search(NOT_IN_CODE, cell.source, re.MULTILINE), cell.id
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < LINES_OF_A_DEF, cell.id
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert cell.id == "import"


@each
def test_words_are_plain_and_fair(name):
    found = re.search(NOT_IN_WORDS, words(read_notebook(NOTEBOOKS[name])), re.I)
    assert not found, found[0]


@each
def test_the_data_are_called_real_or_constructed(name):
    notebook = read_notebook(NOTEBOOKS[name])
    data = words(notebook).partition("## Data")[2].partition("## Steps")[0]
    assert re.search(r"\*\*(real|constructed)\*\*", data)
    assert "licence" in data


@each
def test_every_picture_and_table_is_shown_by_mediakit(name):
    for cell in code(read_notebook(NOTEBOOKS[name])):
        assert cell.source.count("mk.plot_") == cell.source.count("mk.show_figure")
        assert not re.search(r"\bplt\b|\.plot\(|\.style\b", cell.source), cell.id


@each
def test_exercises_have_hint_blank_check_and_solution(name):
    notebook = read_notebook(NOTEBOOKS[name])
    blanks = [
        cell for cell in code(notebook) if re.search(r"= \.\.\.$", cell.source, re.M)
    ]
    solutions = {cell.id: cell for cell in code(notebook) if "solution" in tags(cell)}
    assert len(solutions) == len(blanks) >= 1
    for blank in blanks:
        (answer,) = re.findall(r"^(\w+) = \.\.\.$", blank.source, re.MULTILINE)
        solution = solutions[f"{blank.id}-solution"].source
        assert "lesson" in tags(blank)
        tree = ast.parse(blank.source)
        last = tree.body[-1].value
        assert ast.unparse(last.func) == "mk.check_answer", blank.id
        assert ast.unparse(last.args[0]) == answer
        read = [one.id for one in ast.walk(tree) if isinstance(one, ast.Name)]
        assert read.count(answer) == 2, "only check_answer reads it: it stops at none"
        assert re.search(rf"^{answer} = ", solution, re.MULTILINE)
        assert "assert " in solution
    told = words(notebook)
    assert told.count("<summary>Hint</summary>") >= len(blanks)
    assert re.search("[Pp]redict|Before you run", told)


@each
def test_headline_numbers_are_asserted_last(name):
    last = read_notebook(NOTEBOOKS[name]).cells[-1]
    assert tags(last) == {"sample"}
    assert last.source.count("assert ") >= 3


@each
def test_students_can_run_all_before_they_answer(name):
    """A blank must not break a later cell: no cell but its solution reads it."""
    student = edition(read_notebook(NOTEBOOKS[name]), "student")
    assert not unknown_names(code(student))


@each
def test_what_a_hint_sets_is_read_by_no_later_cell(name):
    """Else who does the exercises and then runs on stops at the last cell."""
    cells = [
        one for one in read_notebook(NOTEBOOKS[name]).cells if "-solution" not in one.id
    ]
    for place, cell in enumerate(cells):
        told = set(re.findall(r"`(\w+) = ", cell.source))
        if cell.cell_type != "markdown" or not cell.id.startswith("try-"):
            continue
        for one in cells[place:]:
            if one.cell_type == "code" and not one.id.startswith("try-"):
                assert not told & names_in(ast.parse(one.source), ast.Load), one.id


@each_study
def test_a_study_needs_only_what_the_user_gives(name):
    notebook = read_notebook(NOTEBOOKS[name])
    sample = next(cell for cell in code(notebook) if "sample" in tags(cell))
    assert names_in(ast.parse(sample.source), ast.Store) == OWN
    study = edition(notebook, "study", setup="corpus = by = a = b = words = None")
    assert [title for _, title in headings(study, "##")] == IN_A_STUDY
    assert not unknown_names(code(study))
    said = str([cell.source for cell in study.cells])
    assert not re.search("China Daily|New York Times|Hong Kong|Xinhua|BBC", said)


def test_framing_goes_on_where_no_entry_is_met():
    frames = mk.load_dictionary("frames")
    corpus = corpus_of(["rain lamp stone ferry."] * 4, outlet=["A", "B"] * 2)
    known = {"mk": mk, "pd": pd, "corpus": corpus, "frames": frames, "by": "outlet"}
    known["display"] = lambda shown: None
    cells = code(edition(read_notebook(NOTEBOOKS["70_how_framed"]), "study"))
    (cell,) = (cell for cell in cells if "commonest =" in cell.source)
    with pytest.warns(MediakitWarning, match="no entry of the categories"):
        exec(cell.source, known)
    assert known["makers"].empty
    assert known["places"].empty
