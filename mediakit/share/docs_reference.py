"""A page for every public name, made of its docstring, in the order of the rooms."""

import html
import inspect
from collections.abc import Iterator
from typing import NamedTuple

from mediakit.share.docs_page import Page
from mediakit.share.docstrings import as_html, prose, sections

ROOMS = {
    "load": "Bring articles in",
    "text": "Corpus, layers, passages, coding",
    "clean": "Prepare and audit",
    "measure": "Measure",
    "infer": "Compare, follow, doubt",
    "show": "Show and keep",
    "share": "Share and check",
}
GROUND = "Errors and workers"
PLACE = "reference"


class Named(NamedTuple):
    """A public name: what it is called, what it is, and the module it is in."""

    name: str
    what: object
    module: str


def place_of(name: str) -> str:
    """Return where the page of a name lies."""
    return f"{PLACE}/{name}.html"


def reference_pages(names: list[Named]) -> list[Page]:
    """Return a page for each name, and first of all their list."""
    grouped = {group: [] for group in (*ROOMS.values(), GROUND)}
    for named in names:
        grouped[_group(named)].append(named)
    pages = [_overview(grouped)]
    for group, members in grouped.items():
        pages += [
            Page(place_of(n.name), n.name, first_line(n.what), _body(n), group)
            for n in sorted(members)
        ]
    return pages


def first_line(what) -> str:
    """Return the first sentence of a docstring."""
    return sections(what.__doc__ or "")[0][1].partition("\n\n")[0].replace("\n", " ")


def _group(named: Named) -> str:
    room = named.module.split(".")[1]
    return ROOMS.get(room, GROUND)


def _overview(grouped: dict[str, list[Named]]) -> Page:
    parts = [
        "<h1>Every verb</h1><p>The verb says what goes in and what comes out: "
        "<code>read_</code> brings articles in, <code>count_</code> and "
        "<code>score_</code> make a measure of a corpus, and <code>summarise</code>, "
        "<code>compare</code> and <code>trend</code> work on every measure. In a "
        "notebook, <code>help(mk.compare)</code> shows the same words.</p>"
    ]
    for group, members in grouped.items():
        rows = "".join(
            f"<tr><td><code>{n.name}</code></td><td>{prose(first_line(n.what))}</td>"
            "</tr>"
            for n in sorted(members)
        )
        parts.append(f"<h2>{group}</h2><table>{rows}</table>")
    line = "All functions and classes, by what they are for."
    return Page(f"{PLACE}/index.html", "Every verb", line, "".join(parts), "Guides")


def _body(named: Named) -> str:
    parts = [f"<h1>{named.name}</h1>", _signature(named.name, named.what)]
    parts.append(as_html(named.what.__doc__ or ""))
    if inspect.isclass(named.what):
        parts += [_member(name, what) for name, what in _members(named.what)]
    where = html.escape(named.module.replace(".", "/"))
    parts.append(f'<p class="small">In <code>{where}.py</code>.</p>')
    return "\n".join(parts)


def _members(kind: type) -> Iterator[tuple[str, object]]:
    for name, what in vars(kind).items():
        if not name.startswith("_") and isinstance(
            what, (property, classmethod, staticmethod)
        ):
            yield name, what
        elif not name.startswith("_") and inspect.isfunction(what):
            yield name, what


def _member(name: str, what) -> str:
    text = as_html(what.__doc__ or "").replace("h2>", "h4>")
    plain = name if isinstance(what, property) else f"{name}()"
    return f'<h3 id="{name}"><code>.{plain}</code></h3>{text}'


def _signature(name: str, what) -> str:
    if inspect.isclass(what) and issubclass(what, Exception | Warning):
        return ""
    bare = inspect.Parameter.empty
    signature = inspect.signature(what)
    parameters = [p.replace(annotation=bare) for p in signature.parameters.values()]
    shown = str(
        signature.replace(
            parameters=parameters, return_annotation=inspect.Signature.empty
        )
    )
    return f'<pre class="signature">mk.{name}{html.escape(shown)}</pre>'
