"""Documents of the older LexisNexis layout: "1 of 14 DOCUMENTS" before each.

Plain text has them wrapped and centred; HTML and RTF have the same blocks. The
layouts in French, German and Spanish are built from documentation.
"""

import re
from dataclasses import dataclass

from mediakit.load.databases import (
    Export,
    add_value,
    count_missing,
    is_rights,
    split_date,
)
from mediakit.load.databases_labels import head_column, tail_column

NUMBERED = re.compile(
    r"^[ \t\f]*(?:(?:Document|Dokument|Documento)[ \t]+(\d[\d.,]{0,9})[ \t]+"
    r"(?:of|von|de|sur)[ \t]+(\d[\d.,]{0,9})"
    r"|(\d[\d.,]{0,9})[ \t]+(?:of|von|de|sur)[ \t]+(\d[\d.,]{0,9})[ \t]+"
    r"(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?))[ \t]*\r?$",
    re.MULTILINE,
)
CHOSEN = re.compile(
    r"(?:Items|Documents|Dokumente|Documentos)\s*:\s*(\d{1,9})-(\d{1,9})\s*$",
    re.MULTILINE,
)
CONTENTS = re.compile(
    r"^[^\S\n]*(?:TABLE OF CONTENTS|TABLE DES MATIÈRES|INHALTSVERZEICHNIS|ÍNDICE)"
    r"[^\S\n]*$",
    re.MULTILINE,
)
LABEL = re.compile(r"^[ \t]{0,4}([A-ZÀ-Þ][A-ZÀ-Þ \-/]{2,30}):(?=\s|$)\s*")
CENTRED = " " * 10
OUTLET_LINES = 4
MOST = 10_000
BEFORE, HEAD, BODY, TAIL = range(4)
ENDS_TEXT = {
    "acc_no", "correction", "correction_date", "graphic", "journal_code", "language",
    "loaded", "publication_type",
}  # fmt: skip


@dataclass
class Layout:
    """How a text is set: lines wrapped inside paragraphs or not."""

    wrapped: bool

    def paragraph(self, block: list[str]) -> str:
        """Join the lines of a block."""
        lines = [" ".join(line.split()) for line in block]
        return (" " if self.wrapped else "\n").join(filter(None, lines))


def has_documents(text: str) -> bool:
    """Say whether the text has a line such as "1 of 14 DOCUMENTS"."""
    return bool(_marks(text))


def read_documents(text: str, *, wrapped: bool) -> Export:
    """Split a text at its document numbers and read each document."""
    marks = _marks(text)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    layout = Layout(wrapped)
    records = [
        {"document_number": str(_number(mark)[0])}
        | read_document(text[mark.end() : end], layout)
        for mark, end in zip(marks, ends, strict=True)
    ]
    numbers = [_number(mark) for mark in marks]
    expected, missing, part = _expected(numbers, text[: marks[0].start()])
    return Export(records, expected, missing, part, _cover(text[: marks[0].start()]))


def _marks(text: str) -> list[re.Match]:
    """Return the lines that number a document; none has a number above the total."""
    marks = NUMBERED.finditer(text)
    return [mark for mark in marks if 0 < _number(mark)[0] <= _number(mark)[1]]


def _number(mark: re.Match) -> tuple[int, int]:
    found = [re.sub(r"\D", "", digits) for digits in mark.groups() if digits]
    return int(found[0]), int(found[1])


def _expected(numbers: list[tuple[int, int]], cover: str) -> tuple[int, str, str]:
    """Return how many documents there should be, which are missing, and of how many."""
    present = [number for number, _ in numbers]
    totals = [total for _, total in numbers]
    total = max(set(totals), key=totals.count)
    expected, gaps = count_missing(present)
    chosen = CHOSEN.search(cover)
    if chosen and present == sorted(set(present)):
        low, high = int(chosen[1]), int(chosen[2])
        if low <= present[0] and present[-1] <= high:
            expected = high - low + 1
            gaps = sorted(set(range(low, min(high, low + MOST) + 1)) - set(present))
    missing = f"document {', '.join(map(str, gaps[:20]))}" if gaps else ""
    span = f"documents {present[0]:,} to {present[-1]:,} of {total:,}"
    return expected, missing, span if total > expected else ""


def _cover(text: str) -> dict[str, str]:
    contents = CONTENTS.search(text)
    cover = text[: contents.start()] if contents else text
    dropped = {}
    if cover.strip("\ufeff \t\r\n"):
        dropped["cover pages left out"] = f"{_filled(cover)} lines"
    if contents:
        lines = _filled(text[contents.end() :])
        dropped["tables of contents left out"] = f"{lines} lines"
    return dropped


def _filled(text: str) -> int:
    return sum(bool(line.strip("\ufeff \t\r\n")) for line in text.splitlines())


def read_document(text: str, layout: Layout) -> dict:
    """Read what stands between two document numbers."""
    record = {}
    blocks = _blocks(text)
    rest = _read_top(blocks, record)
    rest = _read_title(rest, record)
    return _read_fields(rest, record, layout)


def _blocks(text: str) -> list[list[str]]:
    blocks = [[]]
    for line in text.replace("\f", "\n").splitlines():
        if line.strip():
            blocks[-1].append(line.rstrip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _read_top(blocks: list, record: dict) -> list:
    """Take outlet, date and edition; return the blocks after them."""
    outlet = []
    for place, block in enumerate(blocks):
        if LABEL.match(block[0]) or len(outlet) > OUTLET_LINES:
            break
        if is_rights(block[0]):
            add_value(record, "copyright", " ".join(line.strip() for line in block))
            continue
        for number, line in enumerate(block):
            date = split_date(line)
            if date is None:
                outlet.append(line.strip())
                continue
            record["outlet"] = " ".join(outlet) or None
            record["published"], edition = date
            after = blocks[place + 1 :]
            lines = [edition, *block[number + 1 :]]
            while after and all(line.startswith(CENTRED) for line in after[0]):
                lines += after[0]
                after = after[1:]
            record["edition"] = " ".join(filter(None, map(str.strip, lines)))
            return after
    record.pop("copyright", None)
    return _undated(blocks, record)


def _undated(blocks: list, record: dict) -> list:
    """Take the first block for the outlet where no date is printed."""
    if blocks and not LABEL.match(blocks[0][0]):
        record["outlet"] = " ".join(line.strip() for line in blocks[0])
        return blocks[1:]
    return blocks


def _read_title(blocks: list, record: dict) -> list:
    """Take the block before the labels for the title."""
    if blocks and not LABEL.match(blocks[0][0]) and not is_rights(blocks[0][0]):
        record["title"] = " ".join(" ".join(blocks[0]).split())
        return blocks[1:]
    return blocks


def _read_fields(blocks: list, record: dict, layout: Layout) -> dict:
    """Read labelled fields, the text between them and the copyright line."""
    column, part = "text", BEFORE
    for left, block in enumerate(blocks, -len(blocks)):
        label, value = _labelled(block, layout)
        head = head_column(label) if part in (BEFORE, HEAD) else None
        tail = tail_column(label)
        if tail and not head and (part == TAIL or _starts_tail(tail, value)):
            part, column = TAIL, tail
        elif head:
            part, column = (BODY if head == "text" else HEAD), "text"
        else:
            part = BODY if part == HEAD else part
            value = layout.paragraph(block)
            if is_rights(value) and _set_apart(block, left, layout):
                head = "copyright"
        add_value(record, head or column, value)
    record["title"] = " ".join((record.get("title") or "").split())
    return record


def _labelled(block: list[str], layout: Layout) -> tuple[str, str]:
    found = LABEL.match(block[0])
    if not found:
        return "", ""
    return found[1], layout.paragraph([block[0][found.end() :], *block[1:]])


def _starts_tail(column: str, value: str) -> bool:
    """Say whether a label ends the text: index terms do where they have their share."""
    return column in ENDS_TEXT or "%)" in value or value.startswith("http")


def _set_apart(block: list[str], left: int, layout: Layout) -> bool:
    """Say whether a block is centred, or last, as copyright lines are."""
    return block[0].startswith(CENTRED) if layout.wrapped else left >= -2
