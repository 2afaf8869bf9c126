"""A new study: the folder, the forms and the notebooks, ready for one's articles."""

import os
from pathlib import Path

import nbformat

from mediakit.errors import MediakitError
from mediakit.folders import new_folder
from mediakit.resources import folder as resource
from mediakit.share.editions import edition, notebook_paths, read_notebook, studies
from mediakit.share.folder import CACHE, NOTEBOOKS, STUDY

OPENING = (
    "import mediakit as mk\n\n"
    'corpus, by, a, b, words = mk.open_study("..")  # what study.yaml says'
)
FORMS = "study"
IGNORED = f"# articles may not be shared; the derived corpus may\ndata/\n{CACHE}/\n"


def new_study(folder: str | os.PathLike) -> list[str]:
    """Lay out a folder for a study of one's own; return what was written.

    Parameters
    ----------
    folder : path
        A name that is free, or an empty folder.

    Returns
    -------
    list of str
        The files: README.md (what to do, step by step), study.yaml (question, sides
        and words), preregistration.md, codebook.md, notebooks.

    Raises
    ------
    MediakitError
        If something lies there already.
    """
    target = Path(folder)
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    if target.exists():
        raise MediakitError(
            f"{str(target)!r} exists already and is left as it is; choose another name."
        )
    with new_folder(target, index=STUDY) as work:
        for form in sorted((resource("data") / FORMS).iterdir()):
            text = form.read_text("utf-8").replace("NAME", target.name)
            (work / form.name).write_bytes(text.encode())
        (work / ".gitignore").write_text(IGNORED, "utf-8")
        (work / "data").mkdir()
        (work / NOTEBOOKS).mkdir()
        for name in studies().values():
            nbformat.write(_opening(name), work / NOTEBOOKS / f"{name}.ipynb")
    return sorted(
        one.relative_to(target).as_posix() for one in target.rglob("*") if one.is_file()
    )


def _opening(name: str):
    """Return the study edition of a notebook, which opens the study's articles."""
    shown = edition(read_notebook(notebook_paths()[name]), "study", setup=OPENING)
    for cell in shown.cells:
        if cell.source == OPENING:
            cell.metadata["tags"] = ["sample"]
    return shown
