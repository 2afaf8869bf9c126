"""Studies: the curated notebooks run on a corpus, and one report of what they say."""

import json
import platform
import warnings
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from mediakit.errors import MediakitWarning
from mediakit.folders import new_folder, sha256
from mediakit.progress import progress
from mediakit.share.appendix import add_appendix
from mediakit.share.editions import (
    choose_notebooks,
    edition,
    notebook_paths,
    question_of,
    read_notebook,
    studies,
)
from mediakit.share.own import OwnData, prepare
from mediakit.share.report import Report
from mediakit.share.run import NotebookError, run_notebook
from mediakit.share.word import FILE as WORD
from mediakit.share.word import MISSING, write_word

PAGE, TABLES = "index.html", "tables"
RECORD = "provenance.json"
PACKAGES = ("mediakit", "numpy", "pandas", "scipy", "pyarrow", "nltk", "matplotlib")


def list_notebooks() -> list[str]:
    """Return one line for each notebook and for each study of own articles."""
    lessons = [
        f"{name}: {question_of(read_notebook(path))}"
        for name, path in notebook_paths().items()
    ]
    own = [
        f"{study}: of your own articles, by {name}" for study, name in studies().items()
    ]
    return lessons + own


def run_study(names: list[str], *, out: Path, own: OwnData | None = None) -> Path:
    """Run notebooks and write their report; return the path of its page.

    Parameters
    ----------
    names : list of str
        Notebooks or studies; empty for all.
    out : Path
        Folder of the report. An earlier report there is replaced, anything else
        refused.
    own : OwnData, optional
        Run the study edition on these articles instead of the samples.
    """
    paths = choose_notebooks(names, only_studies=own is not None)
    report = Report(
        "What the notebooks find"
        if own is None
        else f"A study of {Path(own.path).name}"
    )
    with (
        new_folder(out, index=RECORD) as work,
        # Windows keeps the files of a kernel that has just ended for a moment
        TemporaryDirectory(ignore_cleanup_errors=True) as place,
    ):
        setup = None
        if own is not None:
            setup, page = prepare(own, Path(place))
            report.add_page(
                "articles", "The articles", "What was read, and what was not?", page
            )
        for name, path in progress(paths.items(), what="running notebooks"):
            _run(name, read_notebook(path), report, Path(place), setup)
        write_report(report, work, record_of(paths, own))
    return Path(out) / PAGE


def _run(name, notebook, report, place, setup) -> None:
    """Run one notebook; on own articles, what they do not allow is told and left."""
    shown = edition(notebook, "study" if setup else "report", setup=setup)
    stopped = ""
    try:
        run_notebook(shown, name=name, place=place)
    except NotebookError as error:
        if not setup or not error.expected:
            raise
        warnings.warn(str(error), MediakitWarning, stacklevel=2)
        stopped = error.told
    report.add_notebook(name, question_of(notebook), shown, stopped=stopped)


def write_report(report: Report, work: Path, record: dict) -> None:
    """Write the page, its tables and its record into an empty folder."""
    tables = work / TABLES
    tables.mkdir()
    for name, (csv, sidecar) in report.files.items():
        (tables / name).write_bytes(csv.encode("utf-8"))
        side = json.dumps(sidecar, indent=1, ensure_ascii=False)
        (tables / f"{name}.json").write_bytes(f"{side}\n".encode())
    add_appendix(report, tables)
    if not write_word(tables, work / WORD):
        warnings.warn(MISSING, MediakitWarning, stacklevel=2)
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (work / PAGE).write_bytes(report.page(text).encode("utf-8"))
    (work / RECORD).write_bytes(f"{text}\n".encode())


def record_of(paths: dict[str, Path], own: OwnData | None) -> dict:
    """Return what is needed to make a report again."""
    record = {
        "notebooks": {name: sha256(path) for name, path in paths.items()},
        "data": "the samples that come with mediakit",
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.system(),
        "versions": {name: version(name) for name in PACKAGES},
    }
    if own is not None:
        path = Path(own.path)
        record["data"] = asdict(own) | {"path": path.name}
        record["sha256"] = sha256(path) if path.is_file() else None
    return record
