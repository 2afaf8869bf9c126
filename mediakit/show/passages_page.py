"""Passages as a table in plain HTML, for where there are no widgets."""

import html

from mediakit.show.passages_query import Query

# Said twice, the class outweighs JupyterLab's own rules for tables.
STYLE = (
    "<style>.mk-still.mk-still table{table-layout:fixed;width:100%}"
    ".mk-still.mk-still :is(td,th){vertical-align:top;text-align:left;"
    "overflow-wrap:anywhere}.mk-still.mk-still :is(td,th):first-child{"
    "text-align:right}.mk-still mark{background:none;color:inherit;"
    "font-weight:700;text-decoration:underline}</style>"
)
HEADS = {"before": 27, "match": 13, "after": 27, "outlet": 11, "date": 9, "title": 13}


def still_page(page: dict, query: Query, because: str) -> str:
    """Return a page of passages as a table without script, everything escaped."""
    shown = len(page["lines"])
    told = [page["error"], page["status"]]
    if page["total"] > shown:
        first = page["start"]
        told.append(f"Lines {first + 1:,} to {first + shown:,}.")
    if not query.pattern and not shown:
        told.append("No pattern yet: give one, as pattern='word'.")
    told += [*page["notes"], because]
    notes = "".join(
        f"<p><small>{html.escape(note)}</small></p>" for note in filter(None, told)
    )
    if not shown:
        return f'<div class="mk-still">{notes}</div>'
    heads = "".join(
        f'<th scope="col" style="width:{width}%">{name}</th>'
        for name, width in HEADS.items()
    )
    rows = "".join(map(_row, page["lines"]))
    asked = html.escape(f"Passages: {query.pattern}" if query.pattern else "Passages")
    return (
        f'<div class="mk-still">{STYLE}<table><caption>{asked}</caption><thead><tr>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table>{notes}</div>"
    )


def _row(line: dict) -> str:
    about = f" ({line['about']})" if line["about"] else ""
    cells = [
        f"<td>{_isolated(line['left'])}</td>",
        f"<td><mark>{_isolated(line['match'])}</mark></td>",
        f"<td>{_isolated(line['right'] + about)}</td>",
    ]
    for name in ("outlet", "date", "title"):
        cells.append(f"<td>{_isolated(line.get(name, 'hidden'))}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _isolated(text: str) -> str:
    return f'<bdi dir="auto">{html.escape(text)}</bdi>'
