"""A coding as a page that prints well: the codebook, then each unit with boxes."""

import html

from mediakit.show.coding_text import around
from mediakit.show.widget_files import visible
from mediakit.text.codebook import Category, Codebook, Question
from mediakit.text.coding import Coding

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #1a1a1a;
  background: #fff; max-width: 48rem; margin: 0 auto; padding: 1rem; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
h1 { font-size: 1.5em; margin: 0 0 .4em; }
h2 { font-size: 1.15em; margin: 1.4em 0 .3em; }
h3 { font-size: 1em; margin: .9em 0 .2em; }
p { margin: .3em 0; }
.line { display: inline-block; border-bottom: 1px solid #1a1a1a; min-width: 15em; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
th, td { text-align: left; vertical-align: top; padding: .3em .6em .3em 0;
  border-bottom: 1px solid #b0b0b0; }
th { white-space: nowrap; }
tr { break-inside: avoid; }
.example { font-style: italic; }
.unit { border-top: 2px solid #1a1a1a; padding-top: .5em; margin-top: 1.4em; }
.short { break-inside: avoid; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate;
  margin: .4em 0 .6em; }
mark { background: none; font-weight: bold; text-decoration: underline; }
.id { font: .85em monospace; color: #595959; float: right; }
ul { list-style: none; padding: 0; margin: .2em 0 .6em; }
li { display: inline-block; margin: 0 1.3em .25em 0; }
.box { display: inline-block; width: .8em; height: .8em; border: 1.2px solid #1a1a1a;
  margin-right: .4em; vertical-align: -.08em; }
.code { color: #595959; }
.ask { break-inside: avoid; }
.book { break-after: page; }
@media print { body { padding: 0; max-width: none; } }
"""
SHORT = 1_200


def page_of(coding: Coding) -> str:
    """Return the whole document."""
    book = coding.codebook
    title = _told(book.title or book.name)
    units = coding.units.to_dict("records")
    asked = "".join(_question(one, book) for one in book.questions)
    items = "".join(
        _unit(number, row, book, len(units))
        for number, row in enumerate(units, start=1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Coding sheet: {title}</title><style>{STYLE}</style></head><body>"
        f'<div class="book"><h1>{title}</h1><p>Coder <span class="line">&nbsp;</span> '
        'Date <span class="line">&nbsp;</span></p>'
        f"<p>{len(units):,} texts. Read each once and answer alone. Tick a box, or "
        "type the answer into the column of the question in the CSV; for several "
        "put a semicolon between them, for none of many a hyphen. Empty means not "
        f"coded.</p>{asked}</div>"
        f"{items}</body></html>\n"
    )


def _told(text: str) -> str:
    return html.escape(visible(text))


def _question(question: Question, book: Codebook) -> str:
    rows = "".join(_category(kind) for kind in question.categories)
    return (
        f"<h2>{_told(question.ask)} "
        f'<span class="code">{_told(question.name)}</span></h2>'
        f"<p>{_told(question.definition)} "
        f"<b>{_rule(question, book)}</b></p><table><thead><tr><th>Answer</th>"
        f"<th>When</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _rule(question: Question, book: Codebook) -> str:
    rule = (
        "Choose one." if question.choose == "one" else "Choose all that fit, or none."
    )
    if question.only_if:
        name, code = question.only_if
        rule = f"Only if {_told(name)} is {_told(code)}. {rule}"
    return rule


def _category(kind: Category) -> str:
    examples = "".join(
        f' <span class="example">“{_told(one)}”</span>' for one in kind.examples
    )
    return (
        f"<tr><th>{_named(kind)}</th><td>{_told(kind.definition)}{examples}</td></tr>"
    )


def _named(kind: Category) -> str:
    label, code = _told(kind.label), _told(kind.code)
    same = kind.label.casefold() == kind.code.casefold()
    return label if same else f'{label} <span class="code">{code}</span>'


def _unit(number: int, row: dict, book: Codebook, of: int) -> str:
    before, match, after = map(_told, around(row["text"], row.get("match", "")))
    marked = f"<mark>{match}</mark>" if match else ""
    title = row.get("title", "")
    heading = f'<h3 dir="auto">{_told(title)}</h3>' if title else ""
    short = " short" if len(row["text"]) <= SHORT else ""
    return (
        f'<section class="unit{short}"><span class="id">{_told(row["unit_id"])}</span>'
        f"<h2>{number} of {of}</h2>{heading}"
        f'<div class="text" dir="auto">{before}{marked}{after}</div>'
        f"{''.join(map(_boxes, book.questions))}"
        '<p>Note <span class="line" style="min-width:80%">&nbsp;</span></p></section>'
    )


def _boxes(question: Question) -> str:
    boxes = "".join(
        f'<li><span class="box"></span>{_named(kind)}</li>'
        for kind in question.categories
    )
    return f'<div class="ask"><b>{_told(question.ask)}</b><ul>{boxes}</ul></div>'
