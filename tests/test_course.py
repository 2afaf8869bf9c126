"""The course: each edition gets its cells, and each page can be read by everybody."""

import json
import re

import nbformat
import pytest
from page import Page, check_page, figures_without_numbers
from typer.testing import CliRunner

import mediakit as mk
from mediakit.cli import app
from mediakit.errors import MediakitError
from mediakit.share import course
from mediakit.share.course import write_course
from mediakit.share.course_pages import plan_page
from mediakit.share.editions import edition, notebook_paths, read_notebook
from mediakit.show.glossary import glossary

NOTEBOOKS = notebook_paths()
PLANS = ["ninety_minutes", "rubric", "three_hours", "twelve_weeks"]
each = pytest.mark.parametrize("name", NOTEBOOKS)


def cell(notebook, name):
    (found,) = [one.source for one in notebook.cells if one.id == name]
    return found


def column(table, place):
    rows = re.findall(r"^\|(.+)\|$", table, re.MULTILINE)[2:]
    cells = [row.split("|")[place].strip() for row in rows]
    return [0 if one == "–" else int(one) for one in cells]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Write the course of the first notebook, run in earnest."""
    return write_course(
        ["00_start_here"], out=tmp_path_factory.mktemp("made") / "course"
    ).parent


@each
def test_each_lesson_tells_its_time(name):
    notebook = read_notebook(NOTEBOOKS[name])
    table = cell(notebook, "teacher-time")
    assert sum(column(table, 1)) == 50
    assert sum(column(table, 2)) == 90
    assert "**Before the lesson.**" in table
    told = cell(notebook, "title" if name.startswith("00") else "learn")
    assert re.search(r"\b50\b", told)
    assert re.search(r"\b90\b", told)


@each
def test_each_lesson_has_talk_wrong_answers_and_marks(name):
    talk = cell(read_notebook(NOTEBOOKS[name]), "teacher-talk")
    questions, rest = talk.split("**Common wrong answers")
    wrong, marks = rest.split("**What a sentence is worth.**")
    assert questions.count("\n- ") >= 3
    assert len(re.findall(r"^\| .+\. \| .+[?.] \|$", wrong, re.MULTILINE)) >= 3
    assert len(re.findall(r"^\| (claims more|says what) ", marks, re.MULTILINE)) == 3


@each
def test_the_words_of_a_lesson_are_in_the_glossary(name):
    notebook = read_notebook(NOTEBOOKS[name])
    told = cell(notebook, "title" if name.startswith("00") else "learn")
    line = re.search(r"^\*\*Words:\*\* (.+);", told, re.MULTILINE)[1]
    words = [word.lower() for word in re.findall(r"\*([^*]+)\*", line)]
    assert len(words) >= 4
    assert set(words) <= set(glossary())


@each
def test_students_get_nothing_of_the_teachers(name):
    notebook = read_notebook(NOTEBOOKS[name])
    for kind in ("student", "study", "report"):
        shown = edition(notebook, kind)
        assert not any("teacher" in one.metadata.get("tags", []) for one in shown.cells)
        assert "For the teacher" not in str(shown)
    assert str(edition(notebook, "teacher")).count("For the teacher") == 2


def test_the_folder_has_every_edition(made):
    names = {one.relative_to(made).as_posix() for one in made.rglob("*.*")}
    for kind in ("student", "teacher"):
        assert f"{kind}/notebooks/00_start_here.ipynb" in names
        assert f"{kind}/pages/00_start_here.html" in names
    plans = {f"teacher/plans/{plan}.{end}" for plan in PLANS for end in ("md", "html")}
    assert plans <= names
    assert {"student/sheets/frames.html", "student/sheets/frames.csv"} <= names
    assert {"study/study.yaml", "course.json", "index.html"} <= names
    record = json.loads((made / "course.json").read_text("utf-8"))
    assert list(record["notebooks"]) == ["00_start_here"]


def test_the_first_page_links_what_is_there(made):
    page = Page((made / "index.html").read_text("utf-8"))
    links = [link["href"] for link in page.links]
    assert len(links) == len(set(links)) >= 14
    assert all((made / link).is_file() for link in links)


def test_pages_are_whole_quiet_and_readable(made):
    for kind in ("student", "teacher"):
        text = (made / kind / "pages" / "00_start_here.html").read_text("utf-8")
        page = check_page(text)
        assert not figures_without_numbers(text)
        audit, *trends = (picture["alt"] for picture in page.pictures)
        assert audit.startswith("Heat map of articles")
        assert len(trends) == 2
        assert all("95 % intervals" in alt for alt in trends), "no numbers"
        assert ("answer = 285" in text) == (kind == "teacher")
        assert ("Common wrong answers" in text) == (kind == "teacher")
        assert "word-interval" in page.ids


def test_notebooks_of_the_course_are_sound_and_empty(made):
    for path in made.glob("*/notebooks/*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        for one in notebook.cells:
            assert one.cell_type != "code" or one.outputs == []


def test_the_key_tells_what_the_sheet_hides(made):
    sheet = (made / "student" / "sheets" / "frames.html").read_text("utf-8")
    key = (made / "teacher" / "sheets" / "key_to_frames.html").read_text("utf-8")
    ids = re.findall(r"<td>(u[0-9a-f]{11})</td>", key)
    assert re.findall(r'<span class="id">(u[0-9a-f]{11})</span>', sheet) == ids
    assert len(ids) == 12
    strait = mk.load_sample("strait").metadata
    for outlet in set(strait["outlet"]):
        assert f"<td>{outlet}</td>" not in sheet
    truth = mk.load_truth("frames").set_index(["article_id", "coder"])
    row = re.search(r"<tr>\s*<td>1</td>.*?</tr>", key, re.DOTALL)[0]
    _, _, article, _, _, saw, _ = re.findall(r"<td>(.*?)</td>", row)
    assert ("conflict" in saw) == bool(truth.loc[(article, "A"), "conflict"])


@pytest.mark.parametrize("plan", PLANS)
def test_plans_name_only_what_there_is(plan):
    text = (NOTEBOOKS["00_start_here"].parent / "plans" / f"{plan}.md").read_text()
    named = set(re.findall(r"`(\d\d_\w+)`", text))
    assert named <= set(NOTEBOOKS)
    page = Page(plan_page(text))
    assert page.headings[0] == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(b <= a + 1 for a, b in steps)


def test_plans_fill_their_time():
    folder = NOTEBOOKS["00_start_here"].parent / "plans"
    for plan, minutes in {"ninety_minutes": 90, "three_hours": 180}.items():
        text = (folder / f"{plan}.md").read_text("utf-8")
        spans = re.findall(r"^\| (\d+)-(\d+) \|", text, re.MULTILINE)
        edges = [int(one) for span in spans for one in span]
        assert (edges[0], edges[-1]) == (0, minutes)
        assert edges[1:-1:2] == edges[2::2], "a gap or an overlap"
    term = (folder / "twelve_weeks.md").read_text("utf-8")
    weeks = re.findall(r"^\| (\d+) \|", term, re.MULTILINE)
    assert weeks == [str(week) for week in range(1, 13)]
    assert sum(map(int, re.findall(r"\| (\d+) % \|", term))) == 100
    assert set(NOTEBOOKS) == set(re.findall(r"`(\d\d_\w+)`", term))


def test_nothing_is_left_of_a_course_that_failed(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise MediakitError("stopped")

    monkeypatch.setattr(course, "run_notebook", fail)
    with pytest.raises(MediakitError, match="stopped"):
        write_course(["00_start_here"], out=tmp_path / "course")
    assert not list(tmp_path.iterdir())


def test_the_command_says_what_it_wrote(tmp_path, monkeypatch):
    def write(names, *, out):
        out.mkdir()
        (out / "index.html").write_bytes(b"x" * 2_000_000)
        return out / "index.html"

    monkeypatch.setattr(course, "write_course", write)
    done = CliRunner().invoke(app, ["course", "--out", str(tmp_path / "c")])
    assert done.exit_code == 0
    assert "1 files, 2 MB." in done.stdout


def test_tone_is_coded_on_paper_and_the_key_has_both_instruments(made):
    sheet = (made / "student" / "sheets" / "tone.html").read_text("utf-8")
    key = (made / "teacher" / "sheets" / "key_to_tone.html").read_text("utf-8")
    ids = re.findall(r"<td>(u[0-9a-f]{11})</td>", key)
    assert re.findall(r'<span class="id">(u[0-9a-f]{11})</span>', sheet) == ids
    assert len(ids) == 12
    assert "toward Kelmar" in sheet
    assert "{actor}" not in sheet
    assert not re.search("vader|textblob|The Concord Banner", sheet)
    heads = re.findall(r"<th>(.*?)</th>", key)
    assert heads[-2:] == ["vader", "textblob"]
    scores = re.findall(r"<td>([+-]\d\.\d\d|no known word)</td>", key)
    assert len(scores) == 24
