"""Editions: which cells a reader gets, and which notebooks run on own articles."""

import copy

import nbformat
import pytest

from mediakit.errors import MediakitError
from mediakit.share import editions
from mediakit.share.editions import edition

SETUP = "corpus = mine"


def cell(source, *tags, kind="code"):
    make = (
        nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    )
    return make(source, metadata={"tags": list(tags)} if tags else {})


@pytest.fixture
def notebook():
    return nbformat.v4.new_notebook(
        metadata={"mediakit": {"question": "Why?", "study": "whys"}},
        cells=[
            cell("# Why", kind="markdown"),
            cell("about the sample", "sample", kind="markdown"),
            cell("import"),
            cell("corpus = sample", "sample"),
            cell("count(corpus)"),
            cell("play", "lesson"),
            cell("answer = ...", "lesson"),
            cell("answer = 1", "solution"),
            cell("assert sample", "lesson", "sample"),
        ],
    )


@pytest.fixture
def library(notebook, tmp_path, monkeypatch):
    """Put three notebooks in the place of mediakit's own."""
    lesson = copy.deepcopy(notebook)
    lesson.metadata["mediakit"] = {"question": "Where?"}
    for name, one in {"40_why": notebook, "00_where": lesson}.items():
        nbformat.write(one, tmp_path / f"{name}.ipynb")
    bare = nbformat.v4.new_notebook(cells=[cell("1")])
    nbformat.write(bare, tmp_path / "90_bare.ipynb")
    monkeypatch.setattr(editions, "folder", lambda name: tmp_path)


def sources(notebook):
    return [one.source for one in notebook.cells]


def test_students_get_all_but_solutions_and_teachers_get_all(notebook):
    assert sources(edition(notebook, "teacher")) == sources(notebook)
    student = sources(edition(notebook, "student"))
    assert student == [one for one in sources(notebook) if one != "answer = 1"]


def test_a_study_leaves_lesson_sample_and_solution_out(notebook):
    assert sources(edition(notebook, "study")) == ["# Why", "import", "count(corpus)"]


def test_the_users_setup_takes_the_place_of_the_first_sample_code(notebook):
    before = copy.deepcopy(notebook)
    own = edition(notebook, "study", setup=SETUP)
    assert sources(own) == ["# Why", "import", SETUP, "count(corpus)"]
    nbformat.validate(own)
    assert notebook == before


def test_an_unknown_edition_is_refused(notebook):
    with pytest.raises(MediakitError, match="must be one of"):
        edition(notebook, "parents")


@pytest.mark.usefixtures("library")
def test_notebooks_are_found_in_their_order_and_by_study():
    assert list(editions.notebook_paths()) == ["00_where", "40_why", "90_bare"]
    assert editions.studies() == {"whys": "40_why"}
    assert list(editions.choose_notebooks([])) == ["00_where", "40_why", "90_bare"]
    for names in (["whys"], ["40_why"], ["whys", "40_why"]):
        assert list(editions.choose_notebooks(names)) == ["40_why"]
    assert list(editions.choose_notebooks(["whys", "00_where"])) == [
        "00_where",
        "40_why",
    ]


@pytest.mark.usefixtures("library")
def test_on_own_articles_only_studies_run():
    assert list(editions.choose_notebooks([], only_studies=True)) == ["40_why"]
    with pytest.raises(MediakitError, match=r"\['00_where'\] are lessons.*'whys'"):
        editions.choose_notebooks(["00_where", "whys"], only_studies=True)


@pytest.mark.usefixtures("library")
def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(MediakitError, match="'no'.*'00_where'.*'whys'"):
        editions.choose_notebooks(["no"])


@pytest.mark.usefixtures("library")
def test_questions_are_read_from_the_notebooks():
    read = map(editions.read_notebook, editions.notebook_paths().values())
    assert [editions.question_of(one) for one in read] == ["Where?", "Why?", ""]
