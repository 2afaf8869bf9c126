"""Docstrings as HTML: the sections of numpydoc, read as this house writes them."""

import html
import inspect
import re
from collections.abc import Iterator

from nbconvert.filters import markdown2html

HEADING = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
CODE = re.compile(r"(```.*?```|`[^`]*`)", re.DOTALL)
LISTED = ("Parameters", "Returns", "Yields", "Raises", "Warns", "Attributes")
TITLES = {"Raises": "Stops with", "Warns": "Warns with"}


def sections(docstring: str) -> list[tuple[str, str]]:
    r"""Return heading and text of each section; the first has no heading.

    Examples
    --------
    >>> sections("Count.\n\nNotes\n-----\nOf words.\n")
    [('', 'Count.'), ('Notes', 'Of words.')]
    """
    pieces = HEADING.split(inspect.cleandoc(docstring))
    heads = ["", *pieces[1::2]]
    return [
        (head, text.strip("\n").rstrip())
        for head, text in zip(heads, pieces[::2], strict=True)
    ]


def entries(text: str) -> Iterator[tuple[str, str, str]]:
    r"""Return name, type and description of each entry of a list.

    Examples
    --------
    >>> list(entries("a, b : int\n    Sides.\nMediakitError\n    If not."))
    [('a, b', 'int', 'Sides.'), ('MediakitError', '', 'If not.')]
    """
    blocks = re.split(r"\n(?=\S)", text)
    for block in blocks:
        first, _, rest = block.partition("\n")
        name, _, kind = first.partition(" : ")
        yield name.strip(), kind.strip(), inspect.cleandoc(f"\n{rest}")


def as_html(docstring: str) -> str:
    """Return a docstring as HTML, headings from h2 down."""
    parts = []
    for head, text in sections(docstring):
        if head:
            parts.append(f"<h2>{TITLES.get(head, head)}</h2>")
        if head in LISTED:
            parts.append(_listed(text))
        elif head == "Examples":
            parts.append(_examples(text))
        else:
            parts.append(prose(text))
    return "\n".join(parts)


def prose(text: str) -> str:
    """Return running text as HTML; indented blocks after "::" are code."""
    pieces = CODE.split(re.sub(r"::\n", ":\n", text))
    pieces[::2] = [one.replace("$", "&#36;") for one in pieces[::2]]  # no formulas
    return markdown2html("".join(pieces))


def _listed(text: str) -> str:
    terms = []
    for name, kind, told in entries(text):
        of = f' <span class="kind">{_inline(kind)}</span>' if kind else ""
        terms.append(f"<dt><code>{html.escape(name)}</code>{of}</dt>")
        terms.append(f"<dd>{prose(told)}</dd>" if told else "<dd></dd>")
    return f"<dl>{''.join(terms)}</dl>"


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def _examples(text: str) -> str:
    """Return doctests as they are, and the words between them as prose."""
    parts = []
    for block in re.split(r"\n\s*\n", text):
        if block.lstrip().startswith(">>>"):
            parts.append(f"<pre>{html.escape(block, quote=False)}</pre>")
        else:
            parts.append(prose(block))
    return "".join(parts)
