"""The curated notebooks in a folder of one's own, to work in."""

import os
from pathlib import Path

import nbformat

from mediakit.errors import MediakitError, check_choice
from mediakit.share.editions import edition as edition_of
from mediakit.share.editions import notebook_paths, read_notebook
from mediakit.share.folder import STUDY
from mediakit.show.files import new_files

EDITIONS = ("student", "teacher")


def copy_lessons(folder: str | os.PathLike, *, edition: str = "student") -> list[Path]:
    """Copy an edition of the notebooks; return what was written.

    Parameters
    ----------
    folder : path
        Made if it is not there. Notebooks in it are left as they are; a study's
        folder, which has notebooks of its own, gets none.
    edition : {"student", "teacher"}, default "student"
        Without the solutions, or with them.

    Returns
    -------
    list of Path
        The new files.

    Raises
    ------
    MediakitError
        If the edition is unknown or the folder cannot be written.
    """
    check_choice("edition", edition, EDITIONS)
    folder = Path(folder)
    if (folder / STUDY).is_file():
        return []
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediakitError(
            f"{str(folder)!r} cannot be made ({error.strerror}); choose another folder."
        ) from error
    written = []
    for name, path in notebook_paths().items():
        target = folder / f"{name}.ipynb"
        if not target.exists():
            with new_files(target) as (part,):
                part.write_text(
                    nbformat.writes(edition_of(read_notebook(path), edition)) + "\n",
                    encoding="utf-8",
                )
            written.append(target)
    return written
