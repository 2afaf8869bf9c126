"""Editions of a notebook: one source, cells chosen by their tags.

Also the catalogue of notebooks, and which of them are studies of a user's own data.
"""

import copy
from pathlib import Path

import nbformat

from mediakit.errors import MediakitError, check_choice
from mediakit.resources import folder

LEFT_OUT = {
    "student": {"solution", "teacher"},
    "teacher": set(),
    "report": {"teacher"},
    "study": {"lesson", "sample", "solution", "teacher"},
}


def notebook_paths() -> dict[str, Path]:
    """Return the curated notebooks by name, in their order."""
    return {path.stem: path for path in sorted(folder("notebooks").glob("*.ipynb"))}


def studies() -> dict[str, str]:
    """Return the studies a user can run on own data: name -> notebook."""
    named = {name: _about(path).get("study") for name, path in notebook_paths().items()}
    return {study: name for name, study in named.items() if study}


def question_of(notebook) -> str:
    """Return the question that a notebook says it answers."""
    return notebook.metadata.get("mediakit", {}).get("question", "")


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Read a notebook file."""
    return nbformat.read(path, as_version=4)


def choose_notebooks(names: list[str], *, only_studies: bool = False):
    """Return the notebooks called by file name or by study, in their order.

    Without names these are all notebooks, or all that are studies.
    """
    known, by_study = notebook_paths(), studies()
    for name in names:
        if name not in known and name not in by_study:
            raise MediakitError(
                f"there is no notebook or study {name!r}; there are the notebooks "
                f"{list(known)} and the studies {list(by_study)}."
            )
    chosen = {by_study.get(name, name) for name in names}
    lessons = sorted(chosen - set(by_study.values()))
    if only_studies and lessons:
        raise MediakitError(
            f"{lessons} are lessons about the samples and do not run on your own "
            f"articles; choose among the studies {list(by_study)}."
        )
    chosen = chosen or set(by_study.values() if only_studies else known)
    return {name: path for name, path in known.items() if name in chosen}


def edition(notebook, name: str, *, setup: str | None = None):
    """Return an edition of a notebook, without the cells that are not for it.

    `setup` is code that takes the place of the first code cell tagged `sample`, so
    that the notebook runs on other data.
    """
    check_choice("name", name, LEFT_OUT)
    out = copy.deepcopy(notebook)
    cells = []
    for cell in out.cells:
        tags = set(cell.metadata.get("tags", []))
        if setup and "sample" in tags and cell.cell_type == "code":
            cells.append(nbformat.v4.new_code_cell(setup))
            setup = None
        if not tags & LEFT_OUT[name]:
            cells.append(cell)
    out.cells = cells
    return out


def _about(path: Path) -> dict:
    return read_notebook(path).metadata.get("mediakit", {})
