"""The pages of the course: a notebook to read, a plan to print, the first page."""

import html
import re
from pathlib import Path

import nbformat
import pandas as pd
from nbconvert.filters import markdown2html

from mediakit.share.editions import question_of
from mediakit.share.report import POLICY, STYLE, Report

KINDS = {
    "student": "To read, for those who do not run code. Code and exercises open on a "
    "click; every number is below its figure.",
    "teacher": "Teacher's edition: with solutions, times, discussion, common wrong "
    "answers and rubric. Not for handing out.",
}
PARTS = {
    "plans": "Plans and rubric",
    "student pages": "To read: pages for students",
    "student notebooks": "To run: notebooks for students",
    "student sheets": "To print: coding sheets",
    "teacher pages": "To read: pages for teachers",
    "teacher notebooks": "To run: notebooks for teachers",
    "teacher sheets": "Keys to the coding sheets",
    "study": "For one's own data",
}
HAND_OUT = (
    "Hand out the folder <code>student</code> and keep <code>teacher</code>. The pages "
    "need a browser and nothing else, no network and no Python. The notebooks need "
    "mediakit; <code>mediakit doctor</code> says whether it is in order."
)
OF_A_KEY = (
    "For the teacher. Texts in the order of the sheet. What coders saw is no right "
    "answer but two careful readings; where they differ, talk about it."
)
OF_A_PLAN = (
    "table { width: 100%; } th, td { white-space: normal; } @page { margin: 2cm; }"
)


def reading_page(name: str, notebook, kind: str, provenance: str) -> str:
    """Return an executed notebook as one page that needs nothing else."""
    report = Report(f"mediakit course, {kind}'s page")
    note = f'<p class="note">{KINDS[kind]}</p>'
    report.add_notebook(name, question_of(notebook), notebook)
    report.sections[0] = report.sections[0].replace(">", f">{note}", 1)
    return report.page(provenance)


def plan_page(text: str) -> str:
    """Return a plan written in Markdown as one page."""
    body = re.sub(r'<a class="anchor-link".*?</a>', "", markdown2html(text))
    body = re.sub(r'(href="[\w-]+)\.md"', r'\1.html"', body)
    return _page(_heading(text), f"<main>{body}</main>", OF_A_PLAN)


def key_page(key: pd.DataFrame, book: str) -> str:
    """Return what stands behind the texts of a coding sheet."""
    title = f"Key to the coding sheet {book}"
    body = f"<h1>{title}</h1><p>{OF_A_KEY}</p>{key.to_html(index=False, border=0)}"
    return _page(title, f"<main>{body}</main>", OF_A_PLAN)


def index_page(listed: dict[str, list]) -> str:
    """Return the first page: everything there is, with its size."""
    parts = []
    for part, files in listed.items():
        rows = "".join(
            f'<li><a href="{html.escape(one.path)}">{html.escape(one.title)}</a> '
            f'<span class="small">{_size(one.size)}</span></li>'
            for one in files
        )
        parts.append(f"<h2>{PARTS[part]}</h2><ul>{rows}</ul>")
    body = f"<h1>The mediakit course</h1><p>{HAND_OUT}</p>{''.join(parts)}"
    return _page("The mediakit course", f"<main>{body}</main>")


def title_of(path: Path) -> str:
    """Return how the first page calls a file."""
    if path.suffix == ".ipynb":
        first = nbformat.read(path, as_version=4).cells[0].source
        return f"{path.stem}: {_heading(first)}"
    if path.suffix == ".html":
        text = path.read_text("utf-8")
        found = re.search(r"<h2[^>]*>(.*?)</h2>", text)
        title = re.search(r"<title>(.*?)</title>", text)[1]
        named = path.stem[0].isdigit() and found
        return f"{path.stem}: {found[1]}" if named else html.unescape(title)
    return path.name


def _heading(text: str) -> str:
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 5e4 else f"{max(1, round(size / 1e3))} kB"


def _page(title: str, body: str, more: str = "") -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{STYLE}{more}</style></head>"
        f"<body>{body}</body></html>\n"
    )
