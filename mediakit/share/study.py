"""Studies: the curated notebooks run on a corpus, and one report of what they say."""

import html
import json
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from mediakit.errors import MediakitError
from mediakit.folders import new_folder, sha256
from mediakit.load.account import account
from mediakit.load.read import read_articles
from mediakit.progress import progress
from mediakit.share.editions import (
    choose_notebooks,
    edition,
    question_of,
    read_notebook,
    studies,
)
from mediakit.share.report import Report
from mediakit.share.run import run_notebook
from mediakit.text.tokenize import tokenize

PAGE = "index.html"
RECORD = "provenance.json"
PACKAGES = ("mediakit", "numpy", "pandas", "scipy", "pyarrow", "nltk", "matplotlib")


@dataclass(frozen=True)
class OwnData:
    """A user's articles and what to compare in them."""

    path: str
    by: str = "outlet"
    a: str | None = None
    b: str | None = None
    words: tuple[str, ...] = ()


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
    if own is not None:
        names = names or list(studies())
    notebooks = {name: read_notebook(p) for name, p in choose_notebooks(names).items()}
    title = "mediakit: what the notebooks find"
    report = Report(title if own is None else f"mediakit: a study of {own.path}")
    kind = "teacher" if own is None else "study"
    with TemporaryDirectory() as place:
        setup = None if own is None else _prepare(own, Path(place), report)
        for name, notebook in progress(notebooks.items(), what="running notebooks"):
            shown = edition(notebook, kind, setup=setup)
            run_notebook(shown, name=name, place=Path(place))
            report.add_notebook(name, question_of(notebook), shown)
    with new_folder(out, index=RECORD) as work:
        _write(report, work, _record(list(notebooks), own))
    return Path(out) / PAGE


def _prepare(own: OwnData, place: Path, report: Report) -> str:
    """Read the user's articles once; return the set-up cell of the notebooks."""
    articles = read_articles(own.path)
    if own.by not in articles or articles[own.by].notna().sum() == 0:
        filled = [name for name in articles if articles[name].notna().any()]
        raise MediakitError(
            f"the articles have no column {own.by!r} to compare by; choose with --by "
            f"one of {filled}."
        )
    sizes = articles[own.by].value_counts()
    a, b = own.a or sizes.index[0], own.b or "rest"
    if len(sizes) < 2:
        raise MediakitError(
            f"all articles have the same {own.by!r} ({sizes.index[0]!r}); a comparison "
            "needs two values: choose another column with --by."
        )
    corpus = place / "corpus"
    tokenize(articles).save(corpus)
    page = (
        f"<h2>The articles</h2><p>Read from {html.escape(own.path)}; in the "
        "notebooks, <code>corpus</code> is what <code>mk.tokenize</code> made of them."
        "</p>"
        f"{account(articles).to_html(index=False, border=0, na_rep='–')}"
        f"<h3>By {html.escape(own.by)}</h3>"
        f"{sizes.rename('articles').to_frame().to_html(border=0)}"
    )
    report.add_page("articles", "The articles", "what was read, and what was not", page)
    return (
        f"corpus = mk.open_corpus({corpus.name!r})\n"
        f"by, a, b = {own.by!r}, {str(a)!r}, {str(b)!r}\n"
        f"words = {list(own.words)!r}"
    )


def _write(report: Report, work: Path, record: dict) -> None:
    tables = work / "tables"
    tables.mkdir()
    for name, csv in report.files.items():
        (tables / name).write_text(csv, encoding="utf-8", newline="\n")
        side = json.dumps(report.records[name], indent=1, ensure_ascii=False)
        (tables / f"{name}.json").write_text(side + "\n", encoding="utf-8")
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (work / PAGE).write_text(report.page(text), encoding="utf-8", newline="\n")
    (work / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")


def _record(notebooks: list[str], own: OwnData | None) -> dict:
    record = {
        "notebooks": notebooks,
        "data": "the samples of this mediakit" if own is None else asdict(own),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.system(),
        "versions": {name: version(name) for name in PACKAGES},
    }
    if own is not None and Path(own.path).is_file():
        record["sha256"] = sha256(Path(own.path))
    return record
