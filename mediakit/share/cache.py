"""What a study made before, found again by the content it was made of."""

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path

import nbformat

from mediakit.errors import MediakitError
from mediakit.folders import sha256
from mediakit.making import MADE, making
from mediakit.resources import PACKAGE
from mediakit.share.own import OwnData, prepare
from mediakit.share.run import NotebookError, run_notebook
from mediakit.share.writing import versions

PREPARED, EXECUTED = "prepared", "executed"
INDEX = "prepared.json"
STOPPED = "stopped"


def key_of(*parts) -> str:
    """Return the sha256 of parts that JSON holds, 24 digits of it."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@cache
def code_digest() -> str:
    """Return the sha256 of mediakit's code and versions: other code, other numbers."""
    digest = hashlib.sha256(json.dumps(versions()).encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def data_digest(path: Path) -> dict[str, str]:
    """Return the sha256 of a file, or of every file in a folder."""
    if path.is_file():
        return {path.name: sha256(path)}
    if not path.is_dir():
        raise MediakitError(f"there is no file or folder {str(path)!r}.")
    files = sorted(one for one in path.rglob("*") if one.is_file())
    return {one.relative_to(path).as_posix(): sha256(one) for one in files}


def prepared(own: OwnData, place: Path) -> tuple[str, str, Path]:
    """Return the code that opens the articles, the page on them, and their folder.

    They are read again only if a file, a choice or mediakit changed.
    """
    chosen = {**vars(own), "path": Path(own.path).name}
    key = key_of(chosen, data_digest(Path(own.path)), code_digest())
    folder = place / PREPARED / key
    if not (folder / INDEX).is_file():
        with making(folder, index=INDEX, job={"of": key}) as work:
            code, page = prepare(own, work / MADE)
            content = json.dumps({"code": code, "page": page}, ensure_ascii=False)
            (work / MADE / INDEX).write_bytes(content.encode())
    content = json.loads((folder / INDEX).read_text("utf-8"))
    return content["code"], content["page"], folder


def executed(notebook, *, name: str, cwd: Path, place: Path):
    """Return a notebook with its results, and why it stopped if it did.

    It is run only if its code, the articles or mediakit changed since. What stops it is
    kept as well, if it is a word of mediakit's about the articles and no fault.
    """
    cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    key = key_of(cells, cwd.name, code_digest())
    path = place / EXECUTED / f"{key}.ipynb"
    if path.is_file():
        known = nbformat.read(path, as_version=4)
        return known, known.metadata.get(STOPPED, ""), True
    stopped = ""
    try:
        run_notebook(notebook, name=name, place=cwd)
    except NotebookError as error:
        if not error.expected:
            raise
        stopped = error.told
    notebook.metadata[STOPPED] = stopped
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
        nbformat.write(notebook, out)
    os.replace(draft, path)
    return notebook, stopped, False
