"""One self-contained HTML page of executed notebooks, with its tables as files."""

import base64
import html
import re
from dataclasses import dataclass, field

from nbconvert.filters import ansi2html, markdown2html

from mediakit.show.display import MIME

STYLE = """
:root { color-scheme: light; }
body { font: 17px/1.55 Georgia, 'Times New Roman', serif; color: #1a1a1a;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, h4, summary, nav, table, pre { font-family: system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.2; margin-top: 2.2em; }
h1 { margin-top: 0; }
section { border-top: 3px solid #1a1a1a; margin-top: 4rem; }
img { max-width: 100%; height: auto; }
figure { margin: 1.5rem 0; }
pre { background: #f4f2ee; padding: .7rem; overflow-x: auto; font-size: .82rem;
  font-family: ui-monospace, monospace; }
summary { cursor: pointer; font-size: .85rem; color: #333; }
table { border-collapse: collapse; font-size: .85rem; display: block;
  overflow-x: auto; margin: 1rem 0; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid #d8d4cc; text-align: left; }
.note { background: #f4f2ee; border-left: 4px solid #5a5a5a; padding: .4rem .8rem; }
a { color: #0b4f8a; }
"""


@dataclass
class Report:
    """A page that grows section by section, and the files that belong to it."""

    title: str
    sections: list[str] = field(default_factory=list)
    contents: list[tuple[str, str, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    records: dict[str, dict] = field(default_factory=dict)

    def add_page(self, name: str, title: str, question: str, page: str) -> None:
        """Add a section of HTML to the page and to its contents."""
        self.contents.append((name, title, question))
        self.sections.append(f'<section id="{html.escape(name)}">{page}</section>')

    def add_notebook(self, name: str, question: str, notebook) -> None:
        """Add an executed notebook; its tables become files of the report."""
        parts = [self._cell(name, cell) for cell in notebook.cells]
        title = _first_heading(notebook) or name
        self.add_page(name, title, question, "\n".join(parts))

    def page(self, provenance: str) -> str:
        """Return the whole page."""
        links = "".join(
            f'<li><a href="#{html.escape(name)}">{html.escape(title)}</a>'
            f"{': ' + html.escape(question) if question else ''}</li>"
            for name, title, question in self.contents
        )
        title = html.escape(self.title)
        source = f"<pre>{html.escape(provenance)}</pre>"
        return (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title><style>{STYLE}</style></head><body>"
            f"<h1>{title}</h1><nav><ol>{links}</ol></nav>"
            f"<main>{''.join(self.sections)}</main>"
            f'<section id="provenance"><h2>Provenance</h2>{source}</section>'
            "</body></html>\n"
        )

    def _cell(self, name: str, cell) -> str:
        if cell.cell_type == "markdown":
            return _lower_headings(markdown2html(cell.source))
        if cell.cell_type != "code" or not cell.source.strip():
            return ""
        code = f"<pre>{html.escape(cell.source)}</pre>"
        shown = "".join(self._output(name, output) for output in cell.outputs)
        return f"<details><summary>Code</summary>{code}</details>{shown}"

    def _output(self, name: str, output) -> str:
        if output.output_type == "stream":
            note = "note" if output.name == "stderr" else "out"
            return f'<pre class="{note}">{ansi2html(output.text)}</pre>'
        data = output.get("data", {})
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
        slug = re.sub(r"[^a-z0-9]+", "_", shown["name"].lower()).strip("_")
        file = f"{notebook}-{slug or 'table'}.csv"
        number = 2
        while file in self.files:
            file = f"{notebook}-{slug}-{number}.csv"
            number += 1
        self.files[file] = shown["csv"]
        self.records[file] = shown["provenance"]
        data = base64.b64encode(shown["csv"].encode("utf-8")).decode()
        return (
            f'<p><a download="{file}" href="data:text/csv;charset=utf-8;base64,{data}">'
            f"{file}</a></p>"
        )


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
