"""Sheets that coders typed their codes into: CSV or Excel -> the same as a journal."""

import re
import unicodedata

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.load import delimited, excel
from mediakit.load.account import Ledger
from mediakit.load.sources import Options, Source
from mediakit.text.codebook import Codebook, Question
from mediakit.text.coding import Coding
from mediakit.text.coding_journal import FIRST, LONGEST_CODER, Sitting, coder_name
from mediakit.text.coding_sheets import said_in

NOTHING = ("-", "none of these")
BETWEEN = re.compile(r"[;,\n]")


def read_typed(source: Source, coding: Coding) -> tuple[Sitting, list[str]]:
    """Return the answers typed into a sheet, and what could not be read as one."""
    frame = _table(source, coding)
    book = coding.codebook
    asked = [one for one in book.questions if one.name in frame.columns]
    if "unit_id" not in frame.columns or not asked:
        names = [one.name for one in book.questions]
        raise MediakitError(
            f"{source.name} is no sheet of this coding: it needs the columns unit_id "
            f"and {names}, and has {list(frame.columns)[:12]}."
        )
    units = set(coding.units["unit_id"])
    records, remarks = [], []
    for number, row in enumerate(frame.to_dict("records"), start=2):
        unit = said_in(row["unit_id"])
        typed = {one: said_in(row[one.name]) for one in asked}
        typed = {one: cell for one, cell in typed.items() if cell is not None}
        if unit not in units:
            if typed:
                remarks.append(f"row {number}: unit {unit!r} is not in the sample")
            continue
        for question, cell in typed.items():
            codes = codes_in(cell, question)
            if codes is None:
                remarks.append(
                    f"row {number}: {question.name!r} is {cell[:40]!r}, must be one of "
                    f"{list(question.codes)}"
                )
            else:
                said = {"unit": unit, "question": question.name, "codes": codes}
                records.append(said)
        note = said_in(row.get("note"))
        if note is not None:
            records.append({"unit": unit, "note": note})
    name = _coder(frame, source)
    sitting = Sitting(source.name, name, coding.fingerprint, FIRST, "", records)
    return sitting, remarks


def codes_in(cell: str, question: Question) -> list[str] | None:
    """Return the codes a cell names, or None if it names something else.

    Examples
    --------
    >>> import mediakit as mk
    >>> frames = mk.load_codebook("frames").question("frames")
    >>> codes_in("Conflict; econ", frames), codes_in("-", frames), codes_in("x", frames)
    (['conflict', 'economic consequences'], [], None)
    """
    if question.choose == "one":
        code = _code(cell, question)
        return None if code is None else [code]
    if _plain(cell) in NOTHING:
        return []
    found = [_code(part, question) for part in BETWEEN.split(cell) if part.strip()]
    if not found or None in found:
        return None
    return [code for code in question.codes if code in found]


def _code(cell: str, question: Question) -> str | None:
    """Return the category that a cell names by code, by label, or by how they begin."""
    said = _plain(cell)
    for named in ("code", "label"):
        for kind in question.categories:
            if _plain(getattr(kind, named)) == said:
                return kind.code
    begun = {
        kind.code
        for kind in question.categories
        if _plain(kind.code).startswith(said) or _plain(kind.label).startswith(said)
    }
    return begun.pop() if len(begun) == 1 and not said.lstrip("-").isdecimal() else None


def _plain(text: str) -> str:
    said = unicodedata.normalize("NFKC", text).replace("\u2212", "-").casefold()
    return " ".join(said.split()).removeprefix("+")


def _table(source: Source, coding: Coding) -> pd.DataFrame:
    kind = excel if excel.recognise(source) else delimited
    if not len(source.data):
        raise MediakitError(f"{source.name} is empty.")
    frame = kind.read(source, Options(), Ledger())
    known = ["unit_id", "coder", *columns_of(coding.codebook)]
    plain = {_plain(name): name for name in known}
    named = {name: plain.get(_plain(str(name)), str(name)) for name in frame.columns}
    frame = frame.rename(columns=named)
    return frame.loc[:, ~frame.columns.duplicated()]


def _coder(frame: pd.DataFrame, source: Source) -> str:
    cells = frame["coder"] if "coder" in frame.columns else []
    named = dict.fromkeys(name for name in map(said_in, cells) if name is not None)
    if len(named) > 1:
        raise MediakitError(
            f"{source.name} names {len(named)} coders ({list(named)[:3]}); each needs "
            "a sheet of her own."
        )
    return coder_name(next(iter(named), source.stem)[:LONGEST_CODER])


def columns_of(book: Codebook) -> list[str]:
    """Return the columns to type into."""
    return [*(question.name for question in book.questions), "note"]
