"""One self-contained HTML page of executed notebooks, with its tables as files.

The page holds no script, asks for nothing from outside and forbids both, so a hostile
article cannot act in it.
"""

import base64
import html
import re
from dataclasses import dataclass, field

from nbconvert.filters import ansi2html, markdown2html

from mediakit.share.run import failed
from mediakit.show.display import MIME
from mediakit.show.glossary import glossed, words_page

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
WIDGET = "application/vnd.jupyter.widget-view+json"
WORDS = "words"
WHAT_WORDS = "what do the headings of the tables mean?"
OF_WORDS = "The headings of the tables that are links lead here."
STYLE = """
:root { color-scheme: light; }
body { font: 17px/1.55 Georgia, 'Times New Roman', serif; color: #1a1a1a;
  max-width: 61rem; margin: 2rem auto; padding: 0 1rem; }
p, ul, ol, pre { max-width: 44rem; }
h1, h2, h3, h4, summary, nav, table, pre, .small { font-family: system-ui, sans-serif; }
h1, h2, h3, h4 { line-height: 1.2; margin: 2em 0 .6em; }
h1, section > h2:first-child { margin-top: 0; }
section { border-top: 3px solid #1a1a1a; margin-top: 4rem; padding-top: 1.5rem; }
img { max-width: 100%; height: auto; }
figure { margin: 1.5rem 0; }
pre { background: #f4f2ee; padding: .7rem; overflow-x: auto; font-size: .82rem;
  font-family: ui-monospace, monospace; white-space: pre-wrap; }
summary { cursor: pointer; font-size: .85rem; color: #333; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .82rem; line-height: 1.35; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #d8d4cc;
  text-align: left; vertical-align: top; }
th { vertical-align: bottom; }
.shown td { white-space: nowrap; max-width: 24rem; overflow: hidden;
  text-overflow: ellipsis; }
p:has(> small), p.small { margin: .3rem 0; font-family: system-ui, sans-serif; }
.note { background: #f4f2ee; border-left: 4px solid #5a5a5a; padding: .4rem .8rem; }
.small { font-size: .82rem; }
a { color: #0b4f8a; }
th a { color: inherit; text-decoration-style: dotted; text-underline-offset: .2em; }
dt { font-weight: bold; font-family: system-ui, sans-serif; font-size: .85rem; }
dd { margin: 0 0 .7rem; max-width: 44rem; }
"""


@dataclass
class Report:
    """A page that grows section by section, and the files that belong to it.

    `files` holds, by name, the CSV of a table and its sidecar.
    """

    title: str
    sections: list[str] = field(default_factory=list)
    contents: list[tuple[str, str, str]] = field(default_factory=list)
    files: dict[str, tuple[str, dict]] = field(default_factory=dict)

    def add_page(self, name: str, title: str, question: str, page: str) -> None:
        """Add a section of HTML, whose first heading is an h2, and list it."""
        self.contents.append((name, title, question))
        page = re.sub(r"<table.*?</table>", _scrolling, page, flags=re.DOTALL)
        self.sections.append(f'<section id="{html.escape(name)}">{page}</section>')

    def add_notebook(self, name: str, question: str, notebook, *, stopped="") -> None:
        """Add an executed notebook; its tables become files of the report.

        `stopped` says why it could not be run to its end; nothing after that is shown.
        """
        parts = [self._cell(name, cell) for cell in _executed(notebook, stopped)]
        if stopped:
            parts.append(
                '<p class="note">The notebook stopped here, because these articles do '
                f"not allow the next step: {html.escape(stopped)}</p>"
            )
        title = _first_heading(notebook) or name
        self.add_page(name, title, question, "\n".join(parts))

    def page(self, provenance: str) -> str:
        """Return the whole page."""
        links = "".join(
            f'<li><a href="#{html.escape(name)}">{html.escape(title)}</a>: '
            f"{html.escape(question)}</li>"
            for name, title, question in self.contents
        )
        title = html.escape(f"{self.title} - mediakit")
        sections, words = glossed("".join(self.sections))
        if words:
            links += f'<li><a href="#{WORDS}">Words</a>: {WHAT_WORDS}</li>'
            told = f"<h2>Words</h2><p>{OF_WORDS}</p>{words_page(words)}"
            sections += f'<section id="{WORDS}">{told}</section>'
        source = f"<pre>{html.escape(provenance)}</pre>"
        return (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title><style>{STYLE}</style></head><body>"
            f"<header><h1>{html.escape(self.title)}</h1></header>"
            f'<nav aria-label="Contents"><ol>{links}'
            '<li><a href="#provenance">Provenance</a>: how can this report be made '
            "again?</li></ol></nav>"
            f"<main>{sections}"
            f'<section id="provenance"><h2>Provenance</h2>{source}</section></main>'
            "</body></html>\n"
        )

    def _cell(self, name: str, cell) -> str:
        if cell.cell_type == "markdown":
            return _without_ids(_lower_headings(markdown2html(cell.source)))
        if cell.cell_type != "code" or not cell.source.strip():
            return ""
        kind = _kind(cell)
        code = f"<pre>{html.escape(cell.source)}</pre>"
        shown = "" if kind == "Exercise" else self._outputs(name, cell)
        return f"<details><summary>{kind}</summary>{code}</details>{shown}"

    def _outputs(self, name: str, cell) -> str:
        return "".join(self._output(name, output) for output in cell.outputs)

    def _output(self, name: str, output) -> str:
        if output.output_type == "stream":
            return _stream(output)
        data = output.get("data", {})
        if WIDGET in data and "text/html" not in data:  # a progress bar
            return ""
        link = self._keep(name, data[MIME]) if MIME in data else ""
        if "text/html" in data:
            return data["text/html"] + link
        if "text/plain" in data:
            return f"<pre>{html.escape(data['text/plain'])}</pre>"
        return ""

    def _keep(self, notebook: str, shown: dict) -> str:
        """Keep a shown table as a file and return a link that holds it, too."""
        if not shown["csv"]:
            return ""
        stem = f"{notebook}-{shown['sidecar']['csv'].removesuffix('.csv')}"
        file, number = f"{stem}.csv", 2
        while file in self.files:
            file, number = f"{stem}-{number}.csv", number + 1
        self.files[file] = shown["csv"], shown["sidecar"] | {"csv": file}
        data = base64.b64encode(shown["csv"].encode("utf-8")).decode()
        return (
            '<p class="small">Numbers: '
            f'<a download="{file}" href="data:text/csv;charset=utf-8;base64,{data}">'
            f"{file}</a></p>"
        )


def _executed(notebook, stopped: str) -> list:
    """Return the cells up to the one that raised; without its output if one did."""
    cells = []
    for cell in notebook.cells:
        if stopped and failed(cell):
            return cells
        cells.append(cell)
    return cells


def _stream(output) -> str:
    """Return what a cell printed; of a warning of mediakit, its words only."""
    told = re.findall(r"MediakitWarning: (.+)", output.text)
    if output.name == "stderr" and told:
        return "".join(f'<p class="note">Note: {html.escape(one)}</p>' for one in told)
    return f"<pre>{ansi2html(output.text)}</pre>"


def _kind(cell) -> str:
    """Say what a code cell is; a line that ends in three dots waits for an answer."""
    if "solution" in cell.metadata.get("tags", []):
        return "Solution"
    return "Exercise" if re.search(r"= \.\.\.$", cell.source, re.M) else "Code"


def _first_heading(notebook) -> str:
    for cell in notebook.cells:
        found = re.search(r"^# (.+)$", cell.source, re.MULTILINE)
        if cell.cell_type == "markdown" and found:
            return found[1].strip()
    return ""


def _lower_headings(page: str) -> str:
    """Make a notebook's h1 an h2 and so on; the page has one h1."""
    return re.sub(
        r"(</?h)([1-5])", lambda found: f"{found[1]}{int(found[2]) + 1}", page
    )


def _without_ids(page: str) -> str:
    """Take the anchors off headings: the same heading stands in every notebook."""
    page = re.sub(r'<a class="anchor-link".*?</a>', "", page)
    return re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", page)


def _scrolling(table: re.Match) -> str:
    """Let a wide table scroll by itself, also with the keyboard."""
    opening = '<div class="scroll" tabindex="0" role="region" aria-label="Table">'
    return f"{opening}{table[0]}</div>"
