"""The page of an audit: sentences, a heat map of coverage, and the tables behind.

Every heading asks a question that the table below it answers.
"""

import html
import re

import pandas as pd

from mediakit.clean.audit import Audit
from mediakit.show.audit_heat import coverage_picture
from mediakit.show.audit_sections import COUNTS_ONLY, SECTIONS, headline
from mediakit.show.words import number, one_line

MOST_ROWS = 40
CONSTRUCTED = "Constructed data: an invented world, not real coverage."
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = """
.mk-audit { font-family: system-ui, sans-serif; color: #1a1a1a; background: #fff;
  line-height: 1.5; max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
.mk-audit h1, .mk-audit h2, .mk-audit h3, .mk-audit h4 { line-height: 1.2;
  margin: 1.6em 0 .5em; }
.mk-audit .scroll { overflow-x: auto; }
.mk-audit table { border-collapse: collapse; font-size: .88rem; margin: .4em 0; }
.mk-audit caption { text-align: left; color: #595959; padding: .2em 0; }
.mk-audit th, .mk-audit td { padding: .3em .7em; text-align: left;
  vertical-align: top; border-bottom: 1px solid #d0d0d0; overflow-wrap: break-word; }
.mk-audit thead th { border-bottom: 2px solid #1a1a1a; vertical-align: bottom; }
.mk-audit thead th { overflow-wrap: normal; }
.mk-audit tbody th { font-weight: 600; min-width: 11em; }
.mk-audit td.n, .mk-audit td.d { white-space: nowrap; }
.mk-audit td.n, .mk-audit th.n { text-align: right;
  font-variant-numeric: tabular-nums; }
.mk-audit td { max-width: 30em; }
.mk-audit td.t { min-width: 14em; }
.mk-audit img { max-width: 100%; height: auto; }
.mk-audit figure { margin: .5em 0; }
.mk-audit summary { cursor: pointer; padding: .3em 0; }
.mk-audit .note { color: #595959; }
"""


def fragment(audit: Audit) -> str:
    """Return the audit as HTML with one h1, and an h2 for each question."""
    parts = [f"<h1>Audit of the {audit.unit}s</h1>", _said(headline(audit) + ".")]
    if audit.counts_only:
        parts.append(_said(COUNTS_ONLY))
    if _constructed(audit):
        parts.append(_said(CONSTRUCTED))
    parts += ["<h2>What was found</h2>", _summary(audit)]
    parts += ["<h2>Which weeks are there?</h2>", _coverage(audit)]
    for name, (question, note) in SECTIONS.items():
        if name not in audit.tables:
            continue
        table = audit.tables[name]
        if name == "wire" and table.iloc[:, 2:].isna().all(axis=None):
            table = table.head(0)
        if not len(table):
            body = _said("Nothing." if name != "wire" else note)
        else:
            body = _details(table, note)
        parts += [f"<h2>{html.escape(question)}</h2>", body]
    return f'<div class="mk-audit"><style>{STYLE}</style>{"".join(parts)}</div>'


def lowered(body: str) -> str:
    """Return a fragment for a notebook, which has headings of its own."""
    return re.sub(r"<(/?)h([12])>", lambda tag: f"<{tag[1]}h{int(tag[2]) + 2}>", body)


def whole_page(body: str, title: str) -> str:
    """Return a whole HTML document around a fragment."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Audit: {html.escape(title)}</title></head><body><main>{body}</main>"
        "</body></html>\n"
    )


def _summary(audit: Audit) -> str:
    asked = audit.checks["articles"].notna()
    clean = audit.checks.loc[asked & (audit.checks["articles"] == 0), "finding"]
    parts = []
    if len(audit.summary):
        shown = audit.summary[
            [
                "finding",
                "articles",
                "share",
                "outlet",
                "outlet_share",
                "why",
                "examples",
            ]
        ]
        shown = shown.assign(outlet=shown["outlet"].where(shown["share"] < 1, "all"))
        named = {"outlet": "most in", "outlet_share": "its share"}
        parts.append(_table(shown.rename(columns=named), "Signs, not proofs."))
    else:
        parts.append(_said("Nothing was found."))
    parts.append(_said(f"Looked for and not found: {'; '.join(clean) or 'nothing'}."))
    unasked = audit.checks[~asked]
    if len(unasked):
        named = "; ".join(unasked["finding"] + " (" + unasked["note"] + ")")
        parts.append(_said(f"Could not be asked: {named}."))
    return "".join(parts)


def _coverage(audit: Audit) -> str:
    said = CONSTRUCTED if _constructed(audit) else ""
    weeks = _picture(audit.tables["coverage"], audit.unit, said)
    months = audit.tables.get("months", audit.tables["coverage"].head(0))
    shown = weeks + _picture(months, audit.unit, said, finest="month")
    return shown or _said(f"No {audit.unit} has a plausible date.")


def _constructed(audit: Audit) -> bool:
    source = audit.summary.attrs["mediakit"].get("source", {})
    return bool(source.get("constructed"))


def _picture(
    counts: pd.DataFrame, unit: str, said: str, *, finest: str = "week"
) -> str:
    asked = {"unit": unit, "finest": finest, "said": said}
    picture, alt, table, note = coverage_picture(counts, **asked)
    if table.empty:
        return ""
    alt = f"{alt} {said}".strip()
    image = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{picture}">'
    return f"<figure>{image}<figcaption>{_said(note)}</figcaption></figure>" + _details(
        table, f"{finest.capitalize()}s: from the outlet's first to its last."
    )


def _details(table: pd.DataFrame, note: str) -> str:
    more = len(table) - MOST_ROWS
    rows = f"{len(table):,} row{'s' * (len(table) != 1)}"
    if more <= 0 and len(table) <= 12:
        return _table(table, note)
    if more > 0:
        rows = f"the first {MOST_ROWS:,} of {rows}"
    body = _table(table.head(MOST_ROWS), note)
    return f"<details><summary>The table, {rows}</summary>{body}</details>"


def _table(table: pd.DataFrame, caption: str) -> str:
    """Return a table whose first column heads the rows; numbers stand right."""
    place = [_place(table[name]) for name in table.columns]
    heads = "".join(
        f'<th scope="col"{at}>{html.escape(str(name).replace("_", " "))}</th>'
        for name, at in zip(table.columns, place, strict=True)
    )
    columns = [_cells(table[name]) for name in table.columns]
    rows = "".join(
        f'<tr><th scope="row">{first}</th>'
        + "".join(
            f"<td{at}>{cell}</td>" for cell, at in zip(rest, place[1:], strict=True)
        )
        + "</tr>"
        for first, *rest in zip(*columns, strict=True)
    )
    caption = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="scroll"><table>{caption}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _place(column: pd.Series) -> str:
    """Return the class of a column: numbers stand right, dates do not wrap."""
    if pd.api.types.is_numeric_dtype(column):
        return ' class="n"'
    if column.name in ("why", "examples", "passage"):
        return ' class="t"'
    if column.name.endswith("_week"):
        return ' class="d"'
    return ' class="d"' * pd.api.types.is_datetime64_any_dtype(column)


def _cells(column: pd.Series) -> list[str]:
    if pd.api.types.is_float_dtype(column):
        said = percent if column.name.endswith("share") else number
        return ["–" if x != x else said(x) for x in column]
    if pd.api.types.is_datetime64_any_dtype(column):
        return ["–" if x is pd.NaT else f"{x:%Y-%m-%d}" for x in column]
    if pd.api.types.is_integer_dtype(column):
        return [f"{x:,}" for x in column]
    return ["–" if pd.isna(x) else html.escape(one_line(str(x))) for x in column]


def percent(share: float) -> str:
    """Return a share in per cent; never 0 % for some, never 100 % for not all.

    Examples
    --------
    >>> percent(0.00001), percent(0.5), percent(0.9999), percent(1.0)
    ('under 0.1 %', '50.0 %', 'over 99.9 %', '100 %')
    """
    if 0 < share < 0.001:
        return "under 0.1 %"
    if 0.999 < share < 1:
        return "over 99.9 %"
    return f"{share:.1%}".replace("%", " %").replace("100.0", "100")


def _said(sentence: str) -> str:
    return f'<p class="note">{html.escape(sentence)}</p>'
