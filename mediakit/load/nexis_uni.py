"""Documents of Nexis Uni: title, outlet, date, fields, "Body", "End of Document".

The cover lists the titles; its labels in French, German and Spanish are built from
documentation.
"""

import re

from mediakit.load.databases import Export, add_value, is_rights, split_date
from mediakit.load.databases_labels import head_column, tail_column

GAP = r"[^\S\n]*"  # within a line: \s would try every blank line anew
END = re.compile(
    rf"^{GAP}(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento)"
    rf"{GAP}$",
    re.MULTILINE | re.IGNORECASE,
)
COUNT = re.compile(
    rf"^{GAP}(?:Documents|Dokumente|Documentos){GAP}\((\d{{1,9}})\){GAP}$", re.M
)
ENTRY = re.compile(rf"^{GAP}\d{{1,6}}\.[^\S\n]+(\S.*)$", re.M)
BODY = re.compile(r"(?:Body|Volltext|Corps|Texte|Cuerpo|Texto)", re.IGNORECASE)
AFTER = {
    "classification": None, "klassifizierung": None, "clasificacion": None,
    "klassifikation": None, "graphic": "graphic", "grafik": "graphic",
    "graphique": "graphic", "grafico": "graphic", "notes": "notes",
    "anmerkungen": "notes", "remarques": "notes", "notas": "notes",
    "correction": "correction", "korrektur": "correction",
}  # fmt: skip
LABEL = re.compile(r"\s*([A-ZÀ-Þ][\w \-]{2,30}):(?=\s|$)\s*")
ENDS_TEXT = {"loaded"}
TOP = 12


def has_end_marks(text: str) -> bool:
    """Say whether the text has the line "End of Document"."""
    return END.search(text) is not None


def listed_titles(text: str) -> list[str]:
    """Return the titles of a list of documents that holds none of them."""
    said = COUNT.search(text)
    titles = [] if has_end_marks(text) or not said else ENTRY.findall(text)
    titles = [" ".join(title.split()) for title in titles]
    return titles if titles and len(titles) == int(said[1]) else []


def read_uni(text: str) -> Export:
    """Split a text at its end marks and read each document."""
    pieces = END.split(text)
    documents = [_lines(piece) for piece in pieces]
    remainder = documents.pop()
    if _place_of_body(remainder) is not None:  # cut off before its end mark
        documents.append(remainder)
    start = _start(documents[0])
    cover, documents[0] = documents[0][:start], documents[0][start:]
    records = [read_document(document) for document in documents]
    said = [int(number) for number in COUNT.findall("\n".join(cover))]
    expected = max([*said, len(records)])
    gone = expected - len(records)
    missing = f"{gone} of the {expected} documents on the cover" if gone else ""
    return Export(records, expected, missing, "", _dropped(cover))


def _dropped(cover: list[str]) -> dict[str, str]:
    text = "\n".join(cover)
    if not text.strip():
        return {}
    dropped = {"cover pages left out": f"{sum(map(bool, cover))} lines"}
    if entries := len(ENTRY.findall(text)):
        dropped["tables of contents left out"] = f"{entries} titles"
    return dropped


def _lines(piece: str) -> list[str]:
    lines = [
        line.replace("\xa0", " ").strip("\ufeff \t\r") for line in piece.split("\n")
    ]
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def _place_of_body(lines: list[str]) -> int | None:
    places = (i for i, line in enumerate(lines) if BODY.fullmatch(line))
    return next(places, None)


def _start(lines: list[str]) -> int:
    """Return where the first document starts, after the cover."""
    body = _place_of_body(lines)
    end = len(lines) if body is None else body
    dates = [i for i in range(end) if split_date(lines[i]) is not None]
    if not dates or (body is None and not COUNT.search("\n".join(lines))):
        return 0
    date = dates[-1] if body is not None else dates[0]
    title = max(date - 2, 0)
    while title > 0 and lines[title - 1]:
        title -= 1
    return title


def read_document(lines: list[str]) -> dict:
    """Read one document from its title to its end mark."""
    record = {}
    rest = _read_top(lines, record)
    column = "text"
    in_head = any(BODY.fullmatch(line) for line in rest)
    for line in rest:
        if in_head and BODY.fullmatch(line):
            column, in_head = "text", False
            continue
        heading = line.casefold().replace("ó", "o").replace("á", "a")
        if not in_head and heading in AFTER:
            column = AFTER[heading] or "classification"
            continue
        label = LABEL.match(line)
        found = _column(label[1], column, in_head) if label else None
        if found:
            add_value(record, found, line[label.end() :])
            column = column if in_head or column != "text" else "classification"
        elif in_head and is_rights(line):
            add_value(record, "copyright", line)
        else:
            add_value(record, column, line)
    return record


def _column(label: str, column: str, in_head: bool) -> str | None:
    """Return where a labelled line goes: in the text, only the load date is one."""
    if in_head:
        return head_column(label)
    tail = tail_column(label)
    return tail if column != "text" or tail in ENDS_TEXT else None


def _read_top(lines: list[str], record: dict) -> list[str]:
    """Take title, outlet, date and edition; return the lines after them."""
    filled = [i for i, line in enumerate(lines) if line][:TOP]
    for place, i in enumerate(filled):
        date = split_date(lines[i])
        if date is None or place == 0:
            continue
        above = [lines[j] for j in filled[:place]]
        record["outlet"] = above.pop()
        record["title"] = " ".join(above) or None
        record["published"], record["edition"] = date
        return lines[i + 1 :]
    if filled:
        record["title"] = lines[filled[0]]
    return lines[filled[0] + 1 :] if filled else []
