"""The course: every edition of the curated notebooks from the one source.

Each notebook is run once, with its solutions; the editions are cut out of that.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from mediakit.folders import new_folder
from mediakit.progress import progress
from mediakit.resources import folder
from mediakit.share.course_pages import index_page, plan_page, reading_page, title_of
from mediakit.share.course_sheets import write_sheets
from mediakit.share.editions import choose_notebooks, edition, read_notebook
from mediakit.share.new import new_study
from mediakit.share.run import run_notebook
from mediakit.share.study import record_of

RECORD, PAGE = "course.json", "index.html"
NOTEBOOKS, PAGES, PLANS, SHEETS = "notebooks", "pages", "plans", "sheets"
EDITIONS = {
    "student": "Notebooks without solutions, the same as pages to read, coding sheets.",
    "teacher": "With solutions, times, discussion, common wrong answers and rubric.",
}


@dataclass(frozen=True)
class Listed:
    """One file of the course, as its first page names it."""

    path: str
    title: str
    size: int


def write_course(names: list[str], *, out: Path) -> Path:
    """Write the course into a folder; return the path of its first page.

    Parameters
    ----------
    names : list of str
        Notebooks; empty for all.
    out : Path
        Folder of the course. An earlier course there is replaced, anything else
        refused.

    Returns
    -------
    Path
        ``index.html``. Beside it: ``student`` and ``teacher`` (each with notebooks and
        pages, the pages self-contained), ``plans``, ``study`` (as `mediakit new` lays
        it out) and ``course.json``, which says what it was made of.
    """
    paths = choose_notebooks(names)
    with new_folder(out, index=RECORD) as work:
        record = record_of(paths, None)
        with TemporaryDirectory(ignore_cleanup_errors=True) as place:
            for name, path in progress(paths.items(), what="running notebooks"):
                _write(name, read_notebook(path), work, Path(place), record)
        _write_plans(work)
        write_sheets(work / "student" / SHEETS, work / "teacher" / SHEETS)
        new_study(work / "study")
        _write_text(work / PAGE, index_page(_listed(work)))
        text = json.dumps(record, indent=1, ensure_ascii=False)
        _write_text(work / RECORD, f"{text}\n")
    return Path(out) / PAGE


def _write(name: str, source, work: Path, place: Path, record: dict) -> None:
    """Write the editions of one notebook, and the page of each."""
    ran = edition(source, "teacher")
    run_notebook(ran, name=name, place=place)
    said = json.dumps(
        record | {"notebooks": {name: record["notebooks"][name]}}, indent=1
    )
    for kind in EDITIONS:
        file = work / kind / NOTEBOOKS / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(edition(source, kind), file)
        page = reading_page(name, edition(ran, kind), kind, said)
        _write_text(work / kind / PAGES / f"{name}.html", page)


def _write_plans(work: Path) -> None:
    """Write the plans and the rubric as they are, and as pages that print."""
    for path in sorted((folder("notebooks") / PLANS).glob("*.md")):
        text = path.read_text("utf-8")
        _write_text(work / "teacher" / PLANS / path.name, text)
        page = plan_page(text)
        _write_text(work / "teacher" / PLANS / f"{path.stem}.html", page)


def _listed(work: Path) -> dict[str, list[Listed]]:
    """Return the files that the first page links, by the part they stand in."""
    parts = {
        "plans": work / "teacher" / PLANS,
        **{f"{kind} pages": work / kind / PAGES for kind in EDITIONS},
        **{f"{kind} notebooks": work / kind / NOTEBOOKS for kind in EDITIONS},
        **{f"{kind} sheets": work / kind / SHEETS for kind in EDITIONS},
    }
    listed = {}
    for part, place in parts.items():
        files = sorted(one for one in place.iterdir() if one.suffix != ".md")
        listed[part] = [
            Listed(one.relative_to(work).as_posix(), title_of(one), one.stat().st_size)
            for one in files
        ]
    study = work / "study" / "README.md"
    own = Listed("study/README.md", "A study of one's own", study.stat().st_size)
    return listed | {"study": [own]}


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
