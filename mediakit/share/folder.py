"""A study of one's own: a folder with a question, articles, notebooks and a report."""

import ast
import os
import shutil
import warnings
from pathlib import Path

import yaml

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.making import MADE, making
from mediakit.progress import progress
from mediakit.share.cache import EXECUTED, data_digest, executed, prepared
from mediakit.share.editions import edition, question_of, read_notebook
from mediakit.share.own import OwnData
from mediakit.share.report import Report
from mediakit.share.study import PAGE, RECORD, record_of, write_report
from mediakit.text.corpus import Corpus
from mediakit.text.store import open_corpus

STUDY, CACHE, REPORT, NOTEBOOKS = "study.yaml", ".mediakit", "report", "notebooks"
KNOWN = {
    **{"question": str, "articles": str, "by": str, "a": str, "b": str},
    **{"words": list, "columns": dict, "clean": bool, "notebooks": list},
}


def read_study(folder: str | os.PathLike) -> tuple[OwnData, dict]:
    """Return the articles and choices of a study's study.yaml, and all it says."""
    path = Path(folder) / STUDY
    if not path.is_file():
        raise MediakitError(
            f"{str(folder)!r} is no study: it has no {STUDY}. `mediakit new` makes "
            "a folder for one."
        )
    try:
        said = yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MediakitError(f"{STUDY} cannot be read as YAML: {error}.") from error
    if not isinstance(said, dict):
        raise MediakitError(f"{STUDY} must hold lines `name: value`.")
    for name, value in said.items():
        if name not in KNOWN:
            raise MediakitError(f"{STUDY} has {name!r}; there are {list(KNOWN)}.")
        if value is not None and not isinstance(value, KNOWN[name]):
            raise MediakitError(
                f"`{name}` in {STUDY} must be {KNOWN[name].__name__}, got {value!r}; "
                "put texts that look like numbers or yes/no in quotes."
            )
    said = {name: value for name, value in said.items() if value is not None}
    own = OwnData(
        path=str(Path(folder) / said.get("articles", "data")),
        by=said.get("by", "outlet"),
        a=said.get("a"),
        b=said.get("b"),
        words=tuple(map(str, said.get("words", []))),
        columns=said.get("columns", {}),
        clean=said.get("clean", False),
    )
    return own, said


def open_study(folder: str | os.PathLike) -> tuple[Corpus, str, str, str, list[str]]:
    """Open the corpus of a study, as its notebooks do: read once, then kept.

    Parameters
    ----------
    folder : path
        With ``study.yaml`` in it.

    Returns
    -------
    tuple
        corpus; by, a, b (str, the sides); words (list of str).

    Raises
    ------
    MediakitError
        If the folder is no study, or its articles cannot be read or compared.

    Notes
    -----
    The corpus lies in ``.mediakit`` in the folder and is made again when a file of the
    articles, a line of study.yaml or mediakit changed.

    Examples
    --------
    >>> import mediakit as mk
    >>> corpus, by, a, b, words = mk.open_study("ferries")  # doctest: +SKIP
    """
    own, _ = read_study(folder)
    code, _, place = prepared(own, Path(folder) / CACHE)
    *_, sides, words = (ast.literal_eval(one.value) for one in ast.parse(code).body[1:])
    corpus = open_corpus(place / "corpus")
    titles = '.only("title")' in code.splitlines()[0]
    return (corpus.only("title") if titles else corpus), *sides, words


def run_folder(folder: str | os.PathLike) -> tuple[Path, list[str]]:
    """Run a study; return its page and the notebooks that had to be run.

    What is finished when the work is cut short, also by a kill, is not run again.
    """
    folder = Path(folder)
    own, said = read_study(folder)
    place, named = folder.resolve() / CACHE, said.get("notebooks", [])
    paths = {one.stem: one for one in sorted((folder / NOTEBOOKS).glob("*.ipynb"))}
    unknown = [name for name in named if name not in paths]
    if unknown or not paths:
        raise MediakitError(
            f"the study has no notebooks {unknown or ''}; there are {list(paths)}."
        )
    paths = {name: paths[name] for name in named or paths}
    job = {"study": folder.resolve().name}
    with making(folder / REPORT, index=RECORD, job=job) as work:
        for draft in (place / EXECUTED).glob(".*"):
            draft.unlink()
        report, ran = _report(own, said, paths, place)
        record = record_of(paths, own) | {"study": said}
        record["articles"] = data_digest(Path(own.path))
        shutil.rmtree(work / MADE)
        (work / MADE).mkdir()
        write_report(report, work / MADE, record)
    return folder / REPORT / PAGE, ran


def _report(own: OwnData, said: dict, paths: dict[str, Path], place: Path):
    code, page, cwd = prepared(own, place)
    title = said.get("question") or f"The study {place.parent.name}"
    report, ran = Report(title), []
    report.add_page(
        "articles", "The articles", "What was read, and what was not?", page
    )
    for name, path in progress(paths.items(), what="running notebooks"):
        source = read_notebook(path)
        shown = edition(source, "study", setup=code)
        shown, stopped, known = executed(shown, name=name, cwd=cwd, place=place)
        ran += [] if known else [name]
        if stopped:
            warnings.warn(f"{name}: {stopped}", MediakitWarning, stacklevel=3)
        report.add_notebook(name, question_of(source), shown, stopped=stopped)
    return report, ran
