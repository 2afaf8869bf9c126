"""The documentation as a folder of plain HTML that needs no network.

Guides are the Markdown files in ``mediakit/docs``; the reference is the docstrings.
"""

import html
import json
import os
import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from mediakit.folders import new_folder
from mediakit.resources import PACKAGE
from mediakit.share.docs_page import Page, framed, search_index
from mediakit.share.docs_reference import Named, place_of, reference_pages
from mediakit.share.docstrings import prose
from mediakit.share.editions import notebook_paths, question_of, read_notebook
from mediakit.show.glossary import glossary

SOURCES = PACKAGE / "docs"
RECORD, GUIDES = "docs.json", "Guides"
FIRST = ("index", "ten_minutes", "which_measure", "notebooks", "command", "glossary")
FIRST += ("quanteda", "antconc", "cite")
COPIED = (".png", ".csv", ".css", ".js")
SLOT = re.compile(r"^\{\{(\w+)\}\}$", re.MULTILINE)


def build_docs(
    folder: str | os.PathLike, *, names: list[Named], commands: str = ""
) -> list[Path]:
    """Write the documentation as HTML.

    Parameters
    ----------
    folder : path
        Made, or written again if it holds an earlier documentation.
    names : list of Named
        The public names, which this room does not know.
    commands : str, optional
        Markdown about the command line, which it does not know either.

    Returns
    -------
    list of Path
        The pages, index.html first.

    Raises
    ------
    MediakitError
        If the folder holds anything else.
    """
    pages = [*guides(commands=commands), *reference_pages(names)]
    known = {named.name: place_of(named.name) for named in names}
    with new_folder(folder, index=RECORD) as work:
        for page in pages:
            target = work / page.path
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(framed(page, pages, known).encode())
        for source in sorted(SOURCES.iterdir()):
            if source.suffix in COPIED:
                (work / source.name).write_bytes(source.read_bytes())
        (work / "pages.js").write_bytes(search_index(pages).encode())
        about = {"mediakit": version("mediakit"), "pages": len(pages)}
        (work / RECORD).write_bytes(f"{json.dumps(about)}\n".encode())
    return [Path(folder) / page.path for page in pages]


def guides(*, commands: str = "") -> list[Page]:
    """Return the guides in their order, their slots filled."""
    slots = {
        "notebooks": _notebooks,
        "glossary": _glossary,
        "commands": lambda: commands,
    }
    stems = [path.stem for path in SOURCES.glob("*.md")]
    order = [*FIRST, *sorted(set(stems) - set(FIRST))]
    return [_guide(SOURCES / f"{stem}.md", slots) for stem in order]


def _guide(path: Path, slots: dict[str, Callable[[], str]]) -> Page:
    text = SLOT.sub(lambda slot: slots[slot[1]](), path.read_text("utf-8"))
    title = re.search(r"^# (.+)$", text, re.MULTILINE)[1]
    line = re.search(r"^(?![#\s|`>!-])(.+?)(?:\n\n|\Z)", text, re.MULTILINE | re.S)
    body = _scrolling(prose(re.sub(r"\]\((\w+)\.md", r"](\1.html", text)))
    told = re.sub(r"[`*\[\]]|\(\S+\)", "", line[1].replace("\n", " ")) if line else ""
    return Page(f"{path.stem}.html", title, told, body, GUIDES)


def _scrolling(page: str) -> str:
    opening = '<div class="scroll" tabindex="0" role="region" aria-label="Table">'
    return page.replace("<table>", f"{opening}<table>").replace(
        "</table>", "</table></div>"
    )


def _notebooks() -> str:
    rows = ["| notebook | question |", "|--|--|"]
    for name, path in notebook_paths().items():
        rows.append(f"| `{name}` | {question_of(read_notebook(path))} |")
    return "\n".join(rows)


def _glossary() -> str:
    words = glossary()
    parts = []
    for one in words.values():
        see = ", ".join(
            f"[{other}](#{words[other.lower()].anchor})" for other in one.see
        )
        parts.append(f'<h3 id="{one.anchor}">{html.escape(one.word)}</h3>\n')
        parts.append(f"**{one.means}** {one.more}" + f" See: {see}." * bool(see) + "\n")
    return "\n".join(parts)
